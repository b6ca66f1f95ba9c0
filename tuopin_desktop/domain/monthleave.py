"""Leave that has a day in a month, and overstays: of an open month as slips tell it today, of a closed one as kept."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

import msgspec

from tuopin_desktop.domain.attendance.laidover import stretch_of
from tuopin_desktop.domain.attendance.roll import Journey, Overrun, Roll
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.halves import parse_stored
from tuopin_desktop.domain.leave.account import travelled
from tuopin_desktop.domain.leave.count import between, half_number, halves_of, of_year, shared
from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.domain.policy import Policy, pack_of
from tuopin_desktop.domain.records import MonthClose, Posting

Holds = Callable[[str, str], bool]
"""Tells whether a slip or a close, by its kind and id, is asked about."""

Leave = tuple[tuple[Journey, ...], tuple[Overrun, ...]]
"""The journeys and the overruns of a month."""


class MonthLeave(msgspec.Struct, frozen=True, kw_only=True):
    """The leave of a month: that of open months as slips tell it today, that of closed ones as their rolls keep it."""

    of_slips: Leave
    of_rolls: Leave

    @property
    def whole(self) -> Leave:
        """Return all of it, that of open months first."""
        return together([self])


def together(parts: Iterable[MonthLeave]) -> Leave:
    """Return the leave of all parts, given in the order of owners, as that of the whole is told."""
    some = list(parts)
    leaves = [*(part.of_slips for part in some), *(part.of_rolls for part in some)]
    return tuple(one for leave in leaves for one in leave[0]), tuple(one for leave in leaves for one in leave[1])


def in_month(facts: Facts, policy: Policy, first: date, last: date, holds: Holds = lambda *_: True) -> MonthLeave:
    """Return the leave of a month of every team, or of the slips and closes that are held by their kind and id.

    That of a closed team is what its roll keeps.
    """
    month = f"{first:%Y-%m}"
    rolls = {county: roll for (county, at), roll in facts.closed_months.rolls.of.items() if at == month}
    slips = (one for one in facts.slips if not one.deleted and holds(one.kind.name, one.id))
    pairs = ((facts.posting_by_id.get(slip.posting), slip) for slip in slips)
    stories = (
        (posting, facts.story(slip, policy))
        for posting, slip in pairs
        if posting is None or posting.county not in rolls
    )
    own = [roll for county, roll in rolls.items() if holds(MonthClose.kind.name, f"{county}/{month}")]
    journeys = tuple(one for roll in own for one in roll.journeys if facts.pack in ("", one.pack))
    over = tuple(one for roll in own for one in roll.overruns if facts.pack in ("", one.pack))
    return MonthLeave(of_slips=_living(stories, first, last), of_rolls=(journeys, over))


def of_team(facts: Facts, policy: Policy, county: str, first: date, last: date) -> Leave:
    """Return the leave of one team in a month as its slips tell it today, each under the pack of its posting."""
    posted = {posting.id: posting for posting in facts.postings_by_county.get(county, ())}
    stories = (
        (posted[slip.posting], facts.story(slip, policy))
        for slip in facts.slips
        if slip.posting in posted and not slip.deleted
    )
    return _living(stories, first, last)


def _living(stories: Iterable[tuple[Posting | None, Story]], first: date, last: date) -> Leave:
    stretch = between(first, last)
    pairs = [(posting, story) for posting, story in stories if travelled(story)]
    away = [pair for pair in pairs if shared(halves_of(parse_stored(pair[1].slip.period)), stretch)]
    return tuple(_journey(*pair, stretch) for pair in away), tuple(_overruns(pairs, stretch))


def _journey(posting: Posting | None, story: Story, stretch: range) -> Journey:
    slip = story.slip
    county, pack = (posting.county, pack_of(posting)) if posting else ("", "")
    halves = len(shared(halves_of(parse_stored(slip.period)), stretch))
    return Journey(slip.id, slip.posting, county, slip.name, pack, slip.leave_type, story.late, halves)


def _overruns(pairs: Iterable[tuple[Posting | None, Story]], stretch: range) -> Iterator[Overrun]:
    for posting, story in pairs:
        over = story.journey.overstay
        if over is not None and shared(halves_of(over.period), stretch):
            slip = story.slip
            county, pack = (posting.county, pack_of(posting)) if posting else ("", "")
            yield Overrun(slip.id, slip.posting, county, slip.name, pack, over.first, over.last, over.days, over.open)


class YearLeave(msgspec.Struct, frozen=True, kw_only=True):
    """One slip's leave in a year: `halves` of its period in the year, in closed months as they were closed."""

    slip: str
    county: str
    leave_type: str
    late: bool
    halves: int
    overrun: bool


def in_year(facts: Facts, policy: Policy, year: int) -> tuple[YearLeave, ...]:
    """Return the leave travelled with a day in a year, up to the day of the facts; one for each slip."""
    rolls = {at: roll for at, roll in facts.closed_months.rolls.of.items() if at[1][:4] == str(year)}
    year_leave_by_key: dict[str, YearLeave] = {}
    for slip in facts.slips:
        posting = facts.posting_by_id.get(slip.posting)
        story = facts.story(slip, policy)
        ranges = [stretch_of(month) for county, month in sorted(rolls) if posting and county == posting.county]
        if travelled(story) and (one := _in_year(posting, story, ranges, of_year(year), facts.today)):
            year_leave_by_key[slip.id] = one
    for roll in rolls.values():
        _keep(roll, year_leave_by_key, facts.pack)
    return tuple(year_leave_by_key.values())


def _in_year(
    posting: Posting | None, story: Story, ranges: Sequence[range], year: range, today: date
) -> YearLeave | None:
    """Return what a slip says of the open part of a year; None where it says nothing there."""
    period, over = halves_of(parse_stored(story.slip.period)), story.journey.overstay
    if not period or period.start > half_number(today, "pm"):
        return None
    open_halves = _length(shared(period, year), ranges)
    overrun = bool(over is not None and _length(shared(halves_of(over.period), year), ranges))
    if not open_halves and not (overrun and shared(period, year)):
        return None
    return YearLeave(
        slip=story.slip.id,
        county=posting.county if posting else "",
        leave_type=story.slip.leave_type,
        late=story.late,
        halves=open_halves,
        overrun=overrun,
    )


def _length(numbers: range, ranges: Sequence[range]) -> int:
    return len(numbers) - sum(len(shared(numbers, stretch)) for stretch in ranges)


def _keep(roll: Roll, leaves: dict[str, YearLeave], pack: str) -> None:
    """Add what a closed month keeps of leave to what its slips say of the open part of the year."""
    over = {one.slip for one in roll.overruns}
    for one in roll.journeys:
        if pack not in ("", one.pack):
            continue
        before = leaves.get(one.slip)
        leaves[one.slip] = YearLeave(
            slip=one.slip,
            county=one.county,
            leave_type=one.leave_type,
            late=one.late or (before is not None and before.late),
            halves=one.halves + (before.halves if before else 0),
            overrun=one.slip in over or (before is not None and before.overrun),
        )
    for slip in over & leaves.keys():
        leaves[slip] = msgspec.structs.replace(leaves[slip], overrun=True)
