"""Days of a month by half-days (Art. 9): worked, on trips, in villages, what was needed, and what can still be reached.

A month is summed as whole numbers in which every tally has eight bits of its own (a month has at most 62 halves), so
that counting a month is one sum over 31 look-ups.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

import msgspec

from tuopin_desktop.domain.attendance.codes import AWAY, PLACE_KEYS, halves, without
from tuopin_desktop.domain.attendance.logs import Due
from tuopin_desktop.domain.attendance.months import month_id, served, span_of
from tuopin_desktop.domain.attendance.presences import days_before, parts_of
from tuopin_desktop.domain.calendar import Calendar
from tuopin_desktop.domain.leave.count import between, half_number
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import Posting

TALLIES = ("counted", "apart", "village", "county", "rested", "unlogged", "leave", "unjustified", "known")
"""Counted to the 20 days; trips kept apart; worked in villages; worked in the county; counted on rest days; worked on
rest days of which no log tells (Q8); away on leave; away without reason (Art. 16); anything known at all."""

# A tally never exceeds 62 half-days, so 8 bits hold it and a sum never carries into its neighbour. Against a
# dictionary of counters a month is summed four times as fast (19 against 72 microseconds), and the check of a region
# of 100,000 people sums millions of months.
_BITS = 8
_ONE = {name: 1 << (_BITS * place) for place, name in enumerate(TALLIES)}
_MASK = (1 << _BITS) - 1
_WORKED = "cw"
"""A half-day worked in the county, by which it is tried what a blank one could still come to."""


class Reading(msgspec.Struct, frozen=True):
    """The switches Q1 to Q10 that decide what a half-day counts for, read once."""

    days: int
    unit: str
    partial: str
    trips: bool
    training: bool
    whole_days: bool
    whole_travel: bool
    rest: str
    villages: frozenset[str]

    @classmethod
    def of(cls, policy: Policy) -> "Reading":
        """Return the reading of a policy."""
        places = policy.several("village.places")
        return cls(
            days=policy.number("presence.days"),
            unit=policy.choice("presence.unit"),
            partial=policy.choice("presence.partial_month"),
            trips=policy.choice("presence.trips") == "counted",
            training=policy.choice("presence.office_training") == "counted",
            whole_days=policy.choice("presence.granularity") == "day",
            whole_travel=policy.choice("presence.travel_day") == "absent",
            rest=policy.choice("presence.rest_day_in_county"),
            villages=frozenset(letter for letter, key in PLACE_KEYS.items() if key in places),
        )


class Month(msgspec.Struct, frozen=True):
    """One posting-month counted; all tallies are half-days, `workdays` the official workdays of the whole month.

    `needed` are the days required of the `span`, the days in post since the measure took effect (Art. 21); `workdays`
    is None in a year whose notice is not known. `unjustified` is what Article 16 counts of the month, `leave` away on
    leave without it: what was keyed is the book's (`lines.py`).
    """

    month: str
    span: tuple[date, date]
    length: int
    needed: int
    workdays: int | None
    counted: int
    apart: int
    village: int
    county: int
    rested: int
    unlogged: int
    leave: int
    unjustified: int
    known: int

    @property
    def days(self) -> float:
        """Return the days that count."""
        return self.counted / 2

    @property
    def in_post(self) -> int:
        """Return the days in post."""
        return (self.span[1] - self.span[0]).days + 1

    @property
    def missing(self) -> int:
        """Return the half-days in post about which nothing is known."""
        return 2 * self.in_post - self.known

    @property
    def share(self) -> Fraction | None:
        """Return the part of the county's worked half-days spent in villages; None without any."""
        return Fraction(self.village, self.county) if self.county else None


class Forecast(msgspec.Struct, frozen=True):
    """What a running month can still come to: half-days left, and the last day on which full presence still reaches."""

    left: int
    reachable: bool
    latest: date | None


class _Tally(dict[str, int]):
    """What one stored day counts for, worked out when it is met first."""

    def __init__(self, reading: Reading, *, rest_day: bool, logged: bool = True) -> None:
        super().__init__()
        self._reading, self._rest_day, self._logged = reading, rest_day, logged

    def __missing__(self, day: str) -> int:
        first, second = halves(day)
        mixed = bool(first and second) and (first[0] == AWAY) != (second[0] == AWAY)
        counts = [self._counts(code, mixed=mixed) for code in (first, second)]
        if self._reading.whole_days and len({*counts, "counted"} - {"unlogged"}) > 1:
            counts = ["" if name in ("counted", "unlogged") else name for name in counts]
        total = sum(_ONE[name] for name in counts if name)
        total += _ONE["rested"] * (counts.count("counted") if self._rest_day else 0)
        total += sum(self._facts(code) for code in (first, second) if code)
        self[day] = total
        return total

    def _counts(self, code: str, *, mixed: bool) -> str:
        """Return the tally of days a half belongs to: `counted`, `unlogged`, `apart` or none."""
        if not code or (self._rest_day and self._reading.unit == "workday"):
            return ""
        place, reason = code[0], code[1]
        if place == AWAY:
            office = self._reading.training if reason == "n" else self._reading.trips
            return ("counted" if office else "apart") if reason in "wtn" else ""
        if mixed and self._reading.whole_travel:
            return ""
        if reason == "r":
            return "counted" if self._reading.rest == "always" else ""
        worked = reason in "wtn" and not (self._rest_day and self._reading.rest == "never")
        if worked and not self._logged:
            return "unlogged"
        return "counted" if worked else ""

    def _facts(self, code: str) -> int:
        place, reason = code[0], code[1]
        total = _ONE["known"]
        if place != AWAY and reason in "wtn":
            total += _ONE["county"] + (_ONE["village"] if place in self._reading.villages else 0)
        return total + (_ONE["leave"] if reason == "l" else 0)


class _Layout(msgspec.Struct, frozen=True):
    """A month's days by their places 0..30: workdays and rest days; official workdays, None when not known."""

    first: date
    length: int
    work: tuple[int, ...]
    rest: tuple[int, ...]
    workdays: int | None


_Asked = tuple[Posting, tuple[str, ...], frozenset[int]]
"""What a month was counted from: whose, its days, and the half-days that are absence."""


class Counting:
    """Counts months under one policy and calendar; remembers what a day and a month are.

    `logged` has the days with a log as bits, by the id of the posting's month: a rest day worked counts by its log.
    `presence` says which postings are one with a posting: together they need what the month needs, and no less.
    """

    def __init__(
        self,
        policy: Policy,
        calendar: Calendar,
        logged: Mapping[str, int],
        presence: Callable[[Posting], Sequence[Posting]] = lambda posting: (posting,),
    ) -> None:
        self._presence = presence
        self.reading = Reading.of(policy)
        self.log_days = Due(policy, self.is_rest)
        self._in_force = policy.in_force
        self._logged = logged
        self._calendar = calendar
        self._layouts: dict[str, _Layout] = {}
        self._counted: dict[tuple[str, str], tuple[_Asked, Month | None]] = {}
        self._work = _Tally(self.reading, rest_day=False)
        self._rest = _Tally(self.reading, rest_day=True)
        counts_worked = self.reading.rest == "worked"
        self._unlogged = _Tally(self.reading, rest_day=True, logged=False) if counts_worked else self._rest

    def month(self, days: Sequence[str], month: str, posting: Posting, absent: Collection[int]) -> Month | None:
        """Return the count of 31 stored days; None for a text that is no month, or one the posting does not touch.

        `absent` are the half-days of the person that Article 16 counts (`unjustified.py`). Days before the measure took
        effect neither count nor are asked for (Art. 21). Two rules ask for every month, one after the other over all of
        them: the second is told what the first was.
        """
        row = (posting, tuple(days), frozenset(absent))
        pair = self._counted.get((posting.id, month))
        if pair is not None and pair[0][0] is posting and pair[0][1:] == row[1:]:
            return pair[1]
        result = self._month(days, month, posting, row[2])
        self._counted[posting.id, month] = (row, result)
        return result

    def _month(self, days: Sequence[str], month: str, posting: Posting, absent: Collection[int]) -> Month | None:
        span = served(posting, month)
        if span is None:
            return None
        if span[1] < self._in_force:
            return self._before(span, month)
        part = span[0] < self._in_force
        pair = (max(span[0], self._in_force), span[1])
        whole = self._counted_in(pair, days, month, posting, part=part)
        return self._without(absent, days, whole, posting) if absent else whole

    def _before(self, span: tuple[date, date], month: str) -> Month:
        """Return the count of a month that was over when the measure took effect: nothing counts, nothing is asked."""
        layout = self._layout(month)
        tallies = {**dict.fromkeys(TALLIES, 0), "known": 2 * ((span[1] - span[0]).days + 1)}
        return Month(month=month, span=span, length=layout.length, needed=0, workdays=layout.workdays, **tallies)

    def _without(self, absent: Collection[int], days: Sequence[str], month: Month, posting: Posting) -> Month:
        """Return a count with the half-days that are absence without reason, which are then no leave."""
        first, last = month.span
        presence = self._presence(posting)
        chain = parts_of(month.month, presence) if len(presence) > 1 else ()
        for later in chain[[one.id for one in chain].index(posting.id) + 1 :] if len(chain) > 1 else ():
            last = min(last, (later.since or date.max) - timedelta(days=1))  # a day of hand-over is the later one's
        own, start = between(first, last), half_number(first.replace(day=1), "am")
        places = [number - start for number in absent if number in own]
        if not places and not month.unjustified:
            return month
        on_leave = sum(halves(days[place // 2])[place % 2][1:2] == "l" for place in places)
        return msgspec.structs.replace(month, unjustified=len(places), leave=month.leave - on_leave)

    def _counted_in(
        self, span: tuple[date, date], days: Sequence[str], month: str, posting: Posting, *, part: bool
    ) -> Month:
        layout = self._layout(month)
        if (span[1] - span[0]).days + 1 < layout.length:
            low, high = span[0].day, span[1].day
            days = [day if low <= number <= high else "" for number, day in enumerate(days, 1)]
        tallies = self._tallies(days, layout, month_id(posting.id, month))
        needed = self._needed(span, layout, posting, part=part)
        return Month(month=month, span=span, length=layout.length, needed=needed, workdays=layout.workdays, **tallies)

    def _tallies(self, days: Sequence[str], layout: _Layout, record_id: str) -> dict[str, int]:
        total = sum([self._work[days[place]] for place in layout.work])
        logged = self._logged.get(record_id, 0)
        total += sum([(self._rest if logged >> place & 1 else self._unlogged)[days[place]] for place in layout.rest])
        return {name: total >> (_BITS * place) & _MASK for place, name in enumerate(TALLIES)}

    def before(self, later: date, other_days: Sequence[str], month: Month, days: Sequence[str], posting: str) -> Month:
        """Return an earlier posting's count without the half-days that are `taken` by a posting begun on `later`.

        On the days that both serve the later one counts; what it says nothing of is still the earlier one's.
        """
        shared = range(max(later, month.span[0]).day, month.span[1].day + 1)
        own = [day if number in shared else "" for number, day in enumerate(days, 1)]
        if not any(own):
            return month
        left = [without(day, over) for day, over in zip(own, other_days, strict=True)]
        layout, record_id = self._layout(month.month), month_id(posting, month.month)
        was, still = self._tallies(own, layout, record_id), self._tallies(left, layout, record_id)
        tallies = {name: getattr(month, name) - was[name] + still[name] for name in TALLIES}
        return msgspec.structs.replace(month, **tallies)

    def is_rest(self, day: date) -> bool:
        """Tell whether a day is a rest day; in a year without notice Saturday and Sunday are taken."""
        worked = self._calendar.is_workday(day)
        return day.weekday() >= 5 if worked is None else not worked

    def _needed(self, span: tuple[date, date], layout: _Layout, posting: Posting, *, part: bool) -> int:
        """Return 20 × days in post ÷ days of the month, rounded down (Q2); Q1 may put the workdays in its place.

        Of the month in which the measure took effect it is always the `part` that it was in force. Of several postings
        that are one presence each needs what is added to what those before it need.
        """
        days = self.reading.days
        if self.reading.unit == "min":
            days = min(days, len(layout.work))
        in_post = (span[1] - span[0]).days + 1
        chain = self._presence(posting) if in_post < layout.length else ()
        if len(chain) > 1:
            before, with_own = days_before(
                posting, f"{layout.first:%Y-%m}", chain, self._in_force if part else date.min
            )
            if part or self.reading.partial == "prorate":
                return days * with_own // layout.length - days * before // layout.length
            return 0 if before else days
        return days * in_post // layout.length if part or self.reading.partial == "prorate" else days

    def _layout(self, month: str) -> _Layout:
        if month not in self._layouts:
            span = span_of(month)
            assert span is not None, "asked only of months"
            numbers = range(span[1].day)
            rest = tuple(place for place in numbers if self.is_rest(span[0] + timedelta(days=place)))
            work = tuple(place for place in numbers if place not in rest)
            is_known = self._calendar.knows(span[0])
            self._layouts[month] = _Layout(span[0], span[1].day, work, rest, len(work) if is_known else None)
        return self._layouts[month]

    def forecast(self, month: Month, days: Sequence[str], today: date) -> Forecast:
        """Return what a month can still come to from tomorrow on; half-days that slips already take are not left."""
        lacking = max(0, 2 * month.needed - month.counted)
        free = self.gains(days, max(today + timedelta(days=1), month.span[0]), month.span[1])
        left = len(free)
        if lacking > left:
            return Forecast(left, reachable=False, latest=None)
        return Forecast(left, reachable=True, latest=free[left - lacking] if lacking else None)

    def gains(self, days: Sequence[str], first: date, last: date) -> list[date]:
        """Return the day of every half-day that work in the county, where nothing is keyed, would still add; in order.

        What a rest day, a half beside leave, or a day of travel cannot add under the switches is not promised.
        """
        date_s = []
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            stored = days[day.day - 1]
            pair = halves(stored)
            if all(pair):
                continue
            tally = self._rest if self.is_rest(day) else self._work
            filled = "/".join(half or _WORKED for half in pair)
            date_s += [day] * ((tally[filled] & _MASK) - (tally[stored] & _MASK))
        return date_s
