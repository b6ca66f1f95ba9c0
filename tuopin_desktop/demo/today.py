"""The morning of the tour in one county: somebody out, due, overdue, waiting for ink, waiting to be filed."""

from datetime import date, timedelta

import msgspec

from tuopin_desktop.demo.journeys import Journey
from tuopin_desktop.demo.roster import Roster
from tuopin_desktop.domain.halves import Period

COUNTY = "150426"


class Case(msgspec.Struct, frozen=True):
    """Who is where: the slot's key, the first and last day of leave from the morning on, how far the paper has come."""

    morning: date
    key: str
    days: tuple[int, int]
    signed: bool = True
    back: bool = False
    unfiled: tuple[str, ...] = ()

    @property
    def first(self) -> date:
        """Return the first day of the leave."""
        return self.morning + timedelta(days=self.days[0])

    @property
    def last(self) -> date:
        """Return the last day of the leave."""
        return self.morning + timedelta(days=self.days[1])

    @property
    def journey(self) -> Journey:
        """Return the journey of this case."""
        period = Period(self.first, "am", self.last, "pm")
        return Journey(period, "呼和浩特市", "到自治区有关厅局汇报工作。", "official")

    @property
    def filled(self) -> date:
        """Return the day the slip was filled in."""
        return self.first - timedelta(days=1) if self.signed else self.morning


def cases(roster: Roster) -> tuple[Case, ...]:
    """Return the cases of the morning where their county is kept.

    Out now, due today, overdue for four days, printed and not yet signed, back but not filed everywhere.
    """
    morning = roster.term.morning
    if COUNTY not in roster.counties:
        return ()
    return (
        Case(morning, "leader", (-1, 3)),
        Case(morning, "deputy", (-3, 0)),
        Case(morning, "member_region", (-5, -4)),
        Case(morning, "member_league", (7, 9), signed=False),
        Case(morning, "member_county", (-5, -4), back=True, unfiled=("liaison",)),
    )
