"""How far practice data reach: the year of the first look, and the whole term of the teams."""

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from tuopin_desktop.domain.attendance.months import following

FIRST = date(2018, 6, 1)
"""The month in which every team arrived."""


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """The morning on which an office is looked at, and whether every team kept every month of the time before it."""

    morning: date
    whole: bool = False

    @property
    def last(self) -> date:
        """Return the last day of which anything is keyed."""
        return self.morning - timedelta(days=1)

    @property
    def months(self) -> tuple[date, ...]:
        """Return the first day of every month that has ended by the morning."""
        return tuple(day for day in _months() if following(day) <= self.morning)

    @property
    def years(self) -> range:
        """Return the years with a day of the term."""
        return range(FIRST.year, self.last.year + 1)


def _months() -> Iterator[date]:
    day = FIRST
    while day.year < FIRST.year + 5:
        yield day
        day = following(day)


YEAR = Term(morning=date(2019, 6, 3))
"""A year of slips; attendance of two months everywhere and of a year in one county: enough for a first look."""
WHOLE = Term(morning=date(2020, 12, 1), whole=True)
"""Everything of all 57 teams from their arrival to the end of November 2020."""
