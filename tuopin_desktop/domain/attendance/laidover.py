"""The ledger of half-days: what was keyed, and what slips, classes and trips say laid over it; none overwritten."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Literal, TypeVar

import msgspec

from tuopin_desktop.domain.attendance.codes import AWAY, halves, join
from tuopin_desktop.domain.attendance.months import span_of
from tuopin_desktop.domain.attendance.stays import Stay, disagree
from tuopin_desktop.domain.halves import parse_stored
from tuopin_desktop.domain.leave.account import halves_taken, overstayed, travelled
from tuopin_desktop.domain.leave.chain import Paper
from tuopin_desktop.domain.leave.count import half_number, halves_of, shared
from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.domain.records import Attendance, LeaveSlip
from tuopin_desktop.domain.records.attendance import DAYS

Source = Literal["key", "import", "slip", "extension", "overstay", "training", "trip"]
Standing = Literal["approved", "waiting", "refused", "overstay"]

days_of = attrgetter(*DAYS)
"""Return the 31 stored days of a month as a tuple."""


class Cover(msgspec.Struct, frozen=True):
    """The half-days about which one slip says something: leave taken, leave refused, or days beyond its end."""

    halves: range
    slip: LeaveSlip
    standing: Standing

    @property
    def code(self) -> str:
        """Return what the slip says of a half-day nobody keyed."""
        if self.standing == "overstay":
            return "ou"
        return "ot" if self.slip.leave_type == "official" else "ol"

    @property
    def source(self) -> Source:
        """Return the source of such a half-day: an overstay, an extension or the slip itself."""
        if self.standing == "overstay":
            return "overstay"
        return "extension" if self.slip.relation == "extension" else "slip"

    @property
    def says_away(self) -> bool:
        """Tell whether the slip claims the traveller was away: one that was refused claims nothing."""
        return self.standing != "refused"


class Half(msgspec.Struct, frozen=True):
    """One half-day as it stands: its code, where that comes from, and every contradiction in words."""

    code: str
    source: Source
    slips: tuple[str, ...] = ()
    clashes: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    """The log keys of the classes and trips that say something of it."""


def covers_of(stories: Iterable[Story], by_slip: Mapping[str, Story]) -> tuple[Cover, ...]:
    """Return what slips say, approved leave first; a slip never printed is a plan and says nothing yet.

    Nor does a new version that is not signed: the one that was signed still holds.
    """
    covers: list[Cover] = []
    for story in stories:
        paper = story.chain.paper
        if paper is Paper.REFUSED:
            covers.append(Cover(halves_of(parse_stored(story.slip.period)), story.slip, "refused"))
        if not travelled(story) or paper is Paper.DRAFT or story.unsigned_version:
            continue
        standing: Standing = "approved" if paper is Paper.APPROVED else "waiting"
        covers.append(Cover(halves_taken(story, by_slip), story.slip, standing))
        covers.append(Cover(overstayed(story), story.slip, "overstay"))
    return in_rank(cover for cover in covers if cover.halves)


P = TypeVar("P", Cover, Stay)

_RANKS = ("approved", "waiting", "overstay", "refused")


def in_rank(covers: Iterable[Cover]) -> tuple[Cover, ...]:
    """Return covers in the order in which they speak: approved leave first."""
    return tuple(sorted(covers, key=lambda one: (_RANKS.index(one.standing), one.halves.start)))


def within(papers: Iterable[P], stretch: range) -> list[P]:
    """Return the covers or stays that touch a stretch of half-days, which is none for a text that is no month."""
    start, stop = stretch.start, stretch.stop
    return [one for one in papers if one.halves.start < stop and start < one.halves.stop]


def stretch_of(month: str) -> range:
    """Return the half-days of a month `YYYY-MM`; none of a text that is no month."""
    span = span_of(month)
    return range(half_number(span[0], "am"), half_number(span[1], "pm") + 1) if span else range(0)


def lay_over(days: Sequence[str], month: str, covers: Sequence[Cover], stays: Sequence[Stay] = ()) -> Sequence[str]:
    """Return the days of a month with what slips, then classes and trips, say in the half-days nobody keyed.

    Where no paper touches the month they are the days themselves.
    """
    stretch = stretch_of(month)
    near = [cover for cover in within(covers, stretch) if cover.says_away]
    beside = within(stays, stretch)
    if not near and not beside:
        return days
    lines = list(days)
    for paper in in_turn(near, beside):
        for number in shared(paper.halves, stretch):
            place, half = divmod(number - stretch.start, 2)
            pair = list(halves(lines[place]))
            pair[half] = _standing(pair[half], paper)
            lines[place] = join(*pair)
    return tuple(lines)


def in_turn(covers: Iterable[Cover], stays: Iterable[Stay]) -> list[Cover | Stay]:
    """Return all that is said in the order in which it speaks: first what excuses, as Art. 16 reads it too."""
    items: list[Cover | Stay] = [*covers, *stays]
    return sorted(items, key=lambda one: (not _excuses(one), isinstance(one, Stay)))


def _excuses(paper: Cover | Stay) -> bool:
    """Tell whether an absence without reason cannot be: an approved slip, or a class somebody took part in."""
    return paper.source == "training" or (isinstance(paper, Cover) and paper.standing == "approved")


def _standing(code: str, paper: Cover | Stay) -> str:
    """Return what a half-day is: as keyed, but absence without reason is none where it is excused."""
    return paper.code if not code or (code[1] == "u" and _excuses(paper)) else code


def ledger(
    record: Attendance | None, month: str, covers: Sequence[Cover], stays: Sequence[Stay] = ()
) -> dict[int, Half]:
    """Return every known half-day of a month by its number, contradictions marked."""
    stretch = stretch_of(month)
    days = days_of(record) if record is not None else ("",) * len(DAYS)
    near = within([cover for cover in covers if cover.says_away], stretch)
    half_by_number: dict[int, Half] = {}
    for number in stretch:
        code = halves(days[(number - stretch.start) // 2])[number % 2]
        over = [cover for cover in near if number in cover.halves]
        beside = [stay for stay in stays if number in stay.halves]
        if code or over or beside:
            half_by_number[number] = _half(code, over, beside)
    return half_by_number


def _half(code: str, over: Sequence[Cover], beside: Sequence[Stay]) -> Half:
    slips = tuple(dict.fromkeys(cover.slip.id for cover in over))
    quarrels, records = tuple(_quarrels(code, over, beside)), tuple(stay.record for stay in beside)
    first = next(iter(in_turn(over, beside)), None)
    if first is None or _standing(code, first) == code:
        return Half(code, "import" if code.endswith("i") else "key", slips, quarrels, records)
    return Half(first.code, first.source, slips, quarrels, records)


def _quarrels(code: str, over: Sequence[Cover], beside: Sequence[Stay]) -> Iterable[str]:
    """Yield in words how what was keyed of a half-day, and the papers over it, disagree."""
    if code:
        yield from (text for cover in over if (text := _clash(code, cover)))
        yield from (text for stay in beside if (text := disagree(code, stay)))
    leaves = [cover for cover in over if cover.standing != "overstay"]
    if len(leaves) > 1:
        yield "、".join(f"报备单{cover.slip.number}" for cover in leaves) + "同时包含这半天"
    yield from (f"报备单{cover.slip.number}请假，{stay.text}登记已参加" for cover, stay in _twice(leaves, beside))


def _twice(leaves: Sequence[Cover], beside: Sequence[Stay]) -> Iterable[tuple[Cover, Stay]]:
    """Yield leave and a class on one half-day: nobody is at both; a slip for a journey on duty goes with the class."""
    for cover in leaves:
        for stay in beside:
            if stay.source == "training" and cover.code == "ol":
                yield cover, stay


def _clash(code: str, cover: Cover) -> str:
    """Return in words how a keyed half-day and a slip disagree."""
    which = f"报备单{cover.slip.number}"
    if code[0] != AWAY:
        return f"考勤登记在旗县，{which}{'超假未归' if cover.standing == 'overstay' else '说已外出'}"
    if code[1] == "u" and cover.standing == "approved":
        return f"考勤登记无正当理由，{which}已批准"
    return ""


def clashes(
    record: Attendance, covers: Sequence[Cover], until: date, stays: Sequence[Stay] = ()
) -> list[tuple[int, str]]:
    """Return the contradictions of a month up to a day, each with the number of its half-day.

    Those of `ledger`, of which only half-days with a paper over them can have any: a tenth of a month of leave.
    """
    stretch = stretch_of(record.month)
    near = [cover for cover in within(covers, stretch) if cover.says_away]
    stayed = within(stays, stretch)
    if not near and not stayed:
        return []
    days, last = days_of(record), half_number(until, "pm")
    papers: list[Cover | Stay] = [*near, *stayed]
    numbers = {number for paper in papers for number in shared(paper.halves, stretch) if number <= last}
    quarrels: list[tuple[int, str]] = []
    for number in sorted(numbers):
        code = halves(days[(number - stretch.start) // 2])[number % 2]
        over = [cover for cover in near if number in cover.halves]
        beside = [stay for stay in stayed if number in stay.halves]
        quarrels += [(number, text) for text in _quarrels(code, over, beside)]
    return quarrels
