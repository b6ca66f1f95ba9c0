"""The terms of the packs in use: when each ends, and which are over today; alarms ask it and end with the term."""

from datetime import date

import msgspec

from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office.desk import Desk

_END = "term.end"


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """The term of a pack, first and last day; a pack whose programme runs on has none."""

    pack: str
    title: str
    first: date
    last: date

    @property
    def span(self) -> str:
        """Return its days in words."""
        return "至".join(f"{day.year}年{day.month}月{day.day}日" for day in (self.first, self.last))


def terms(desk: Desk) -> tuple[Term, ...]:
    """Return the terms of the packs in use as they stand today, the first pack's first: a ruling may extend one."""
    policy = judging.policy_on(desk, desk.today())
    return tuple(
        Term(pack=one.id, title=one.title, first=one.in_force, last=one.day(_END))
        for one in (policy, *policy.beside.values())
        if _END in one.switches
    )


def over(desk: Desk, day: date | None = None) -> tuple[Term, ...]:
    """Return the terms that are over on a day (today): from the day after its last nothing falls due any more."""
    return tuple(one for one in terms(desk) if one.last < (day or desk.today()))


def ended(desk: Desk, day: date | None = None) -> frozenset[str]:
    """Return the packs whose term is over."""
    return frozenset(one.pack for one in over(desk, day))
