"""The order of items in a year and the numbers they get: without gaps, the same twice, and never another later."""

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from tuopin_desktop.domain.archives.kinds import PLACE
from tuopin_desktop.domain.records import ArchiveItem

Series = tuple[int, str, str]
"""Year, period and body: in a series numbers run from 1."""
PERIOD_ORDER = ("Y", "D30", "D10")


def series_of(item: ArchiveItem) -> Series:
    """Return the series an item is numbered in."""
    return item.year or 0, item.period, item.body_code


def filing_order(item: ArchiveItem) -> tuple[int, str, date, str, str]:
    """Return where a new item stands in its series: by kind of paper, county, day, and at last by what it is."""
    return PLACE.get(item.paper, len(PLACE)), item.county, item.dated or date.max, item.name, item.subject


def catalogue_order(item: ArchiveItem) -> tuple[int, int, str, int]:
    """Return where an item with a number stands: by year, period, body and number."""
    period = PERIOD_ORDER.index(item.period) if item.period in PERIOD_ORDER else len(PERIOD_ORDER)
    return item.year or 0, period, item.body_code, item.number or 0


def numbered(standing: Iterable[ArchiveItem], fresh: Iterable[ArchiveItem]) -> list[ArchiveItem]:
    """Return the new items with the numbers that follow in their series; those that stand keep theirs."""
    last: dict[Series, int] = {}
    for item in standing:
        last[series_of(item)] = max(last.get(series_of(item), 0), item.number or 0)
    items = []
    for item in sorted(fresh, key=lambda one: (series_of(one), filing_order(one))):
        last[series_of(item)] = last.get(series_of(item), 0) + 1
        items.append(msgspec.structs.replace(item, number=last[series_of(item)]))
    return items


def gaps(items: Sequence[ArchiveItem]) -> list[tuple[Series, tuple[int, ...], tuple[int, ...]]]:
    """Return the series with missing or repeated numbers, as (series, missing, repeated)."""
    by_series: dict[Series, list[int]] = {}
    for item in items:
        by_series.setdefault(series_of(item), []).append(item.number or 0)
    faults = []
    for series, numbers in sorted(by_series.items()):
        missing = tuple(sorted(set(range(1, max(numbers) + 1)) - set(numbers)))
        repeated = tuple(sorted({one for one in numbers if numbers.count(one) > 1}))
        if missing or repeated:
            faults.append((series, missing, repeated))
    return faults
