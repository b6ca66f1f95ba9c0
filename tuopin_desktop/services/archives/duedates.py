"""When the papers of a term are due: at the archives after 10 or 20 years, for appraisal when their period is over."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.records import ArchiveItem
from tuopin_desktop.services.judging import terms
from tuopin_desktop.services.office import handed
from tuopin_desktop.services.office.desk import Desk

KEEPING = {Level.COUNTY: 10, Level.LEAGUE: 20, Level.REGION: 20}
"""After how many years papers go to the archives (档案法实施条例 2024, 第二十条): of a county, of the offices above."""
PERIODS = {"D10": 10, "D30": 30}
"""The years of the periods that end; what is kept for ever is never appraised."""


class DueYear(msgspec.Struct, frozen=True, kw_only=True):
    """A year of the term: how many items were formed of it, in which year they are due, and if that has come."""

    year: int
    items: int
    due: int
    is_due: bool
    received: bool = False


def due_years(desk: Desk) -> tuple[DueYear, ...]:
    """Return every year of the terms that are over, and of whatever was filed, with when it goes to the archives."""
    counts = Counter(one.year for one in filed(desk) if one.year)
    years = {year for term in terms.over(desk) for year in range(term.first.year, term.last.year + 1)} | counts.keys()
    keep, today, received = KEEPING[desk.level], desk.today(), handed.years(desk)
    return tuple(
        DueYear(
            year=year,
            items=counts[year],
            due=year + keep,
            is_due=year + keep <= today.year and year not in received,
            received=year in received,
        )
        for year in sorted(years)
    )


def expired(desk: Desk, day: date | None = None) -> list[ArchiveItem]:
    """Return the items whose period is over by a day, in the order of their codes: each is to be appraised."""
    year = (day or desk.today()).year
    return sorted(
        (one for one in filed(desk) if one.year and one.period in PERIODS and one.year + PERIODS[one.period] <= year),
        key=lambda one: (one.year or 0, one.period, one.body_code, one.number or 0),
    )


def filed(desk: Desk) -> Iterable[ArchiveItem]:
    """Return the items of this office that were formed."""
    return [one for one in desk.store.rows(ArchiveItem, scope=ids.private(desk.scope)) if one.number]
