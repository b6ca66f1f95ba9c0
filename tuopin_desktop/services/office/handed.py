"""What the archives have received: asked by whoever would forget something (`services/forgetting`)."""

from collections.abc import Mapping

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.archives import ranges
from tuopin_desktop.domain.archives.ranges import Numbers, Series
from tuopin_desktop.domain.records import ArchiveHandover, ArchiveItem
from tuopin_desktop.services.office.desk import Desk


class Received(msgspec.Struct, frozen=True):
    """The numbers of items that lie in hand-overs whose receipt is entered, by series."""

    ranges: tuple[Mapping[Series, Numbers], ...]

    def holds(self, item: ArchiveItem) -> bool:
        """Tell whether the archives have an item."""
        series = series_of(item)
        return any(ranges.holds(one, series, item.number or 0) for one in self.ranges)


def series_of(item: ArchiveItem) -> Series:
    """Return the series an item is numbered in."""
    return item.year or 0, item.period, item.body_code.replace(" ", "_")


def received(desk: Desk) -> Received:
    """Return what the archives have of this office."""
    every = desk.store.rows(ArchiveHandover, scope=ids.private(desk.scope))
    return Received(tuple(ranges.read(one.series) for one in every if one.received))


def years(desk: Desk) -> frozenset[int]:
    """Return the years of which there are items and the archives have every one."""
    return frozenset({item.year or 0 for item in _items(desk)} - open_years(desk))


def open_years(desk: Desk) -> frozenset[int]:
    """Return the years of which the archives do not have every item that was numbered."""
    have = received(desk)
    return frozenset(item.year or 0 for item in _items(desk) if not have.holds(item))


def _items(desk: Desk) -> list[ArchiveItem]:
    every = desk.store.rows(ArchiveItem, scope=ids.private(desk.scope))
    return [item for item in every if item.number]
