"""Daily logs against attendance, slips, each other and the day they were keyed; by months of bits, no text is read."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from tuopin_desktop.domain.attendance.codes import AWAY, PLACE_KEYS, halves
from tuopin_desktop.domain.attendance.laidover import days_of, stretch_of, within
from tuopin_desktop.domain.contradictions.kinds import Contradiction, Side
from tuopin_desktop.domain.contradictions.view import View, days_in, slip_side, whole
from tuopin_desktop.domain.halves import Period
from tuopin_desktop.domain.leave.count import day_of, half_number, shared, short_words
from tuopin_desktop.domain.records import Attendance
from tuopin_desktop.domain.records.choices import PLACE_KIND

VILLAGES = tuple(PLACE_KEYS.values())
IN_COUNTY = (*VILLAGES, "county")
OUT = "out"

# Five masks of 31 days side by side in one number: a month is compared with its logs by one AND instead of by 31 days.
_KNOWN, _AWAY, _HERE, _VILLAGE, _TOWN = (1 << (31 * place) for place in range(5))
"""Of a day: anything is known; both halves out; both in the county; both in villages; both in the county town."""

_MASK = (1 << 31) - 1

_SHOWN = 10
"""Logs named one by one where many were keyed at once."""


class _Says(dict[str, int]):
    """What one stored day says, as flags that are shifted to their day; worked out when it is met first."""

    def __missing__(self, day: str) -> int:
        codes = halves(day)
        count = _KNOWN if any(codes) else 0
        if all(codes):
            places = [code[0] for code in codes]
            count |= _AWAY if all(place == AWAY for place in places) else 0
            count |= _HERE if all(place != AWAY for place in places) else 0
            count |= _VILLAGE if all(place in PLACE_KEYS for place in places) else 0
            count |= _TOWN if all(place == "c" for place in places) else 0
        self[day] = count
        return count


_SAYS = _Says()


def _said(record: Attendance | None) -> int:
    """Return what a month says, five masks of 31 days in one number."""
    total = 0
    if record is not None:
        for place, day in enumerate(days_of(record)):
            if day:
                total |= _SAYS[day] << place
    return total


def _mask(count: int, flag: int) -> int:
    return count // flag & _MASK


def find(view: View) -> Iterator[Contradiction]:
    """Yield the contradictions of one posting's logs."""
    for month, places in view.logs.items():
        yield from _month(view, month, places)


def _month(view: View, month: str, places: Mapping[str, int]) -> Iterator[Contradiction]:
    count = _said(view.months.get(month))
    here = _union(places, IN_COUNTY)
    leave = _covered(view, month)
    keyed_here = _mask(count, _HERE)
    if clash := here & leave & ~keyed_here:
        yield from _in_leave(view, days_in(clash, month))
    if clash := here & _mask(count, _AWAY) & ~leave:
        yield from _days(view, "log_when_away", days_in(clash, month), "日志写在旗县工作", "考勤登记不在旗县")
    number = _mask(count, _KNOWN)
    if number and (clash := _union(places, places) & ~number & ~leave & _closed(view, month, number)):
        yield from _days(view, "log_unmarked", days_in(clash, month), "有日志", "当天没有考勤")
    yield from _elsewhere(view, month, places, count)


def _elsewhere(view: View, month: str, places: Mapping[str, int], count: int) -> Iterator[Contradiction]:
    """A log in the county town on a day keyed wholly in villages, the other way round, or out of the county."""
    pairs = (
        (places.get(OUT, 0) & _mask(count, _HERE), "日志写在旗县外", "考勤登记在旗县"),
        (places.get("county", 0) & _mask(count, _VILLAGE), "日志写在旗县机关", "考勤登记进村入户"),
        (_union(places, VILLAGES) & _mask(count, _TOWN), "日志写在嘎查村、农牧户", "考勤登记在旗县，没有进村入户"),
    )
    for clash, log_words, keyed_words in pairs:
        if clash:
            yield from _days(view, "log_elsewhere", days_in(clash, month), log_words, keyed_words)


def _union(places: Mapping[str, int], keys: Sequence[str] | Mapping[str, int]) -> int:
    count = 0
    for place in keys:
        count |= places.get(place, 0)
    return count


def _covered(view: View, month: str) -> int:
    """Return the days both halves of which slips claim."""
    if not view.covers:
        return 0
    stretch = stretch_of(month)
    halves_said: set[int] = set()
    for cover in within(view.covers, stretch):
        if cover.says_away and cover.standing != "overstay":
            halves_said.update(shared(cover.halves, stretch))
    return sum(1 << (day_of(number).day - 1) for number in halves_said if number % 2 == 0 and number + 1 in halves_said)


def _closed(view: View, month: str, count: int) -> int:
    """Return the days whose attendance should be keyed by now: all of a month that is over, else up to the last one."""
    last = day_of(view.last)
    return _MASK if f"{last:%Y-%m}" > month else (1 << count.bit_length()) - 1


def _in_leave(view: View, days: Sequence[date]) -> Iterator[Contradiction]:
    for period in whole(days):
        cover = view.cover(half_number(period.first, "am"))
        assert cover is not None
        place = _place(view, period.first)
        sentence = f"日志写{short_words(period)}在{place}，报备单{cover.slip.number}却在请假"
        sides = [view.log_side(day, f"在{place}") for day in days if period.first <= day <= period.last]
        yield view.contradiction(
            "log_in_leave", period, sentence, *sides, slip_side(cover.slip, f"请假{short_words(period)}")
        )


def _place(view: View, day: date) -> str:
    return next((PLACE_KIND.word(place) for place in IN_COUNTY if view.logged(day, (place,))), "旗县")


def _days(view: View, what: str, days: Sequence[date], log_words: str, keyed_words: str) -> Iterator[Contradiction]:
    for period in whole(days):
        sides = [view.log_side(day, log_words) for day in days if period.first <= day <= period.last]
        sentence = f"{short_words(period)}{log_words}，{keyed_words}"
        yield view.contradiction(what, period, sentence, *sides, view.attendance_side(period, keyed_words))


def keyed(view: View, days: Sequence[date], on: date) -> Contradiction:
    """Return the contradiction of logs that were keyed on one day, all before their days or all long after them."""
    first, last = min(days), max(days)
    period = Period(first, "am", last, "pm")
    span = short_words(period) + (f"的{len(days)}份" if len(days) > 1 else "的")
    sides = [view.log_side(day, f"{on}录入") for day in sorted(days)[:_SHOWN]]
    if on < first:
        return view.contradiction("log_early", period, f"{span}日志{on}就录入了，早于当天", *sides)
    sentence = f"{span}日志到{on}才录入，最早的已过{(on - first).days}天"
    return view.contradiction("log_late", period, sentence, *sides)


def two_places(views: Sequence[View]) -> Iterator[Contradiction]:
    """Yield the days of which one person has logs at different places under two postings."""
    for at, view in enumerate(views):
        for other in views[at + 1 :]:
            for month in view.logs.keys() & other.logs.keys():
                yield from _two(view, other, month)


def _two(view: View, other: View, month: str) -> Iterator[Contradiction]:
    mine, theirs = view.logs[month], other.logs[month]
    both = _union(mine, mine) & _union(theirs, theirs)
    same = 0
    if view.posting.county == other.posting.county:
        for place in mine:
            same |= mine[place] & theirs.get(place, 0)
    for day in days_in(both & ~same, month):
        (period,) = whole([day])
        sides = [_two_side(one, day) for one in (view, other)]
        sentence = f"{day}有两份日志，一份{sides[0].words}，一份{sides[1].words}"
        yield view.contradiction("log_two_places", period, sentence, *sides)


def _two_side(view: View, day: date) -> Side:
    place = next((PLACE_KIND.word(p) for p in (*IN_COUNTY, OUT) if view.logged(day, (p,))), "地点未写")
    return view.log_side(day, f"在{place}（派驻{view.posting.county}）")
