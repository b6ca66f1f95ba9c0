"""Into which boxes the items of a year go: in the order of the catalogue, never two periods or bodies in one box."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import msgspec

from tuopin_desktop.domain.records import ArchiveItem

WIDTHS = (20, 30, 40, 50)
"""mm a box may be thick (DA/T 22-2015, 6.4)."""
PAGES_PER_MM = 9
"""Sheets that lie in a millimetre of a box: paper of 80 g is 0.1 mm, a tenth is left for the covers of the items."""


class Series(msgspec.Struct, frozen=True):
    """The items whose numbers run on: of one year, period and body; none of another lies in their boxes."""

    year: int
    period: str
    body_code: str
    items: tuple[ArchiveItem, ...]

    @property
    def body_label(self) -> str:
        """The body's code as it is shown; "" where it is nothing but the area code of an office that chose none."""
        return "" if self.body_code.isdecimal() else self.body_code

    @property
    def pages(self) -> int:
        """How many pages they have; an item whose pages nobody counted adds none."""
        return sum(item.pages or 0 for item in self.items)


class Box(msgspec.Struct, frozen=True):
    """One box: what lies in it, the how-manieth of its series it is, and how thick, in mm."""

    series: Series
    place: int
    width: int
    items: tuple[ArchiveItem, ...]

    @property
    def pages(self) -> int:
        """How many pages lie in it."""
        return sum(item.pages or 0 for item in self.items)

    @property
    def ends(self) -> tuple[str, str]:
        """The first and last number (起止件号) as the catalogue has them."""
        return number_words(self.items[0]), number_words(self.items[-1])

    @property
    def overfull(self) -> bool:
        """Tell whether it holds one item that is thicker than the box."""
        return self.pages > self.width * PAGES_PER_MM


def number_words(item: ArchiveItem) -> str:
    """Return a number with its four figures; "" while none is allotted."""
    return f"{item.number:04d}" if item.number else ""


def series(items: Iterable[ArchiveItem]) -> list[Series]:
    """Return items by series, in the order they come."""
    return [Series(*key, tuple(some)) for key, some in groupby(items, key=_key)]


def boxes(one: Series, width: int) -> list[Box]:
    """Return the boxes of a series: each is filled before the next, so that late items change the last one only."""
    return [Box(one, place, width, items) for place, items in enumerate(_filled(one.items, width * PAGES_PER_MM), 1)]


def _key(item: ArchiveItem) -> tuple[int, str, str]:
    return item.year or 0, item.period, item.body_code


def _filled(items: Sequence[ArchiveItem], most: int) -> Iterator[tuple[ArchiveItem, ...]]:
    inside: list[ArchiveItem] = []
    pages = 0
    for item in items:
        more = item.pages or 1  # what nobody counted is a sheet at least
        if inside and pages + more > most:
            yield tuple(inside)
            inside, pages = [], 0
        inside.append(item)
        pages += more
    if inside:
        yield tuple(inside)
