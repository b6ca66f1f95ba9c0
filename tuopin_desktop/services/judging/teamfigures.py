"""One team's month in figures: everybody's days in post, in the village, on leave, and how they stand by the twenty."""

from collections.abc import Sequence

import msgspec

from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.services.judging.monthstanding import standing
from tuopin_desktop.services.judging.teammonth import Member, TeamMonth


class PersonMonth(msgspec.Struct, frozen=True, kw_only=True):
    """One posting's month in days, `stayed` those a living subsidy is paid for.

    `state` is 满 (reached), 缺 (not reached), or 未登记 (not known well enough).
    """

    posting: str
    county: str
    name: str
    position: str
    needed: int
    days: float
    trips: float
    leave: float
    unjustified: float
    missing: float
    stayed: float
    village: float | None
    state: str


class TeamFigures(msgspec.Struct, frozen=True, kw_only=True):
    """One team's month."""

    county: str
    name: str
    people: tuple[PersonMonth, ...]
    is_closed: bool

    def having(self, state: str) -> int:
        """Return how many people are in a state."""
        return sum(one.state == state for one in self.people)


def figures(read: TeamMonth, facts: Facts) -> TeamFigures:
    """Return a team's month in figures."""
    return TeamFigures(
        county=read.county,
        name=facts.county_name(read.county),
        people=tuple(person_month(member, read.members) for member in read.members),
        is_closed=read.is_closed,
    )


def person_month(member: Member, members: Sequence[Member]) -> PersonMonth:
    """Return a member's month in days."""
    month = member.month
    return PersonMonth(
        posting=member.posting.id,
        county=member.posting.county,
        name=member.name,
        position=member.position,
        needed=month.needed,
        days=month.days,
        trips=month.apart / 2,
        leave=month.leave / 2,
        unjustified=month.unjustified / 2,
        missing=month.missing / 2,
        stayed=member.stayed,
        village=round(100 * float(month.share), 1) if month.share is not None else None,
        state=standing(member, members),
    )
