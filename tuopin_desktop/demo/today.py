"""The morning of the tour in one county: somebody out, due, overdue, waiting for ink, waiting to be filed."""

from datetime import date, timedelta

import msgspec

from tuopin_desktop.demo.journeys import Journey
from tuopin_desktop.demo.roster import Roster
from tuopin_desktop.domain.halves import Period

COUNTY = "150426"


class Case(msgspec.Struct, frozen=True):
    """Who is where: the slot's key, the days of leave, and how far the paper has come."""

    key: str
    first: date
    last: date
    signed: bool = True
    back: bool = False
    unfiled: tuple[str, ...] = ()

    @property
    def journey(self) -> Journey:
        """Return the journey of this case."""
        period = Period(self.first, "am", self.last, "pm")
        return Journey(period, "呼和浩特市", "到自治区有关厅局汇报工作。", "official")

    @property
    def filled(self) -> date:
        """Return the day the slip was filled in."""
        return self.first - timedelta(days=1) if self.signed else date(2019, 6, 3)


CASES = (
    Case("leader", date(2019, 6, 2), date(2019, 6, 6)),
    Case("deputy", date(2019, 5, 31), date(2019, 6, 3)),
    Case("member_region", date(2019, 5, 29), date(2019, 5, 30)),
    Case("member_league", date(2019, 6, 10), date(2019, 6, 12), signed=False),
    Case("member_county", date(2019, 5, 29), date(2019, 5, 30), back=True, unfiled=("liaison",)),
)
"""Out now, due today, overdue since the last day of May, printed and not yet signed, back but not filed everywhere."""


def cases(roster: Roster) -> tuple[Case, ...]:
    """Return the cases of this morning where their county is kept."""
    return CASES if COUNTY in roster.counties else ()
