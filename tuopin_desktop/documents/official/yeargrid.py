"""A person's year as twelve rows of days: what a glance tells apart by lightness, hatching and frame."""

from collections.abc import Iterator, Sequence

import msgspec

from tuopin_desktop.documents.breaking import measure
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.documents.official.plots import Area
from tuopin_desktop.documents.official.strokes import Fill, filled
from tuopin_desktop.documents.typeset import BASELINE, runs
from tuopin_desktop.domain.display import MM, Box, Op

KINDS = {
    "village": ("在村", Fill("deep", "deep")),
    "household": ("入户", Fill("light", "light")),
    "county": ("在旗县", Fill("pale", "light")),
    "rest": ("休息", Fill("mist", "mist")),
    "away": ("请假外出", Fill("sand", "amber", "amber", 1.0, 1)),
    "doubt": ("离开待核", Fill("", "bad")),
    "none": ("没有登记", Fill("mist", "mist", "grey", 1.6, -1)),
}
"""What a day was, in words and as it is drawn."""

WIDE = 174.0
_LEFT, _CELL, _HIGH, _GAP = 12.0, 4.1, 3.5, 0.5
_TOP, _FOOT = 4.5, 7.0
_SIZE = 9.0


class GridMonth(msgspec.Struct, frozen=True):
    """One month: the kind of every day, "" of one nobody was posted on or that is to come, and its words at the end."""

    month: str
    days: tuple[str, ...]
    text: str = ""
    short: bool = False


def height(months: Sequence[GridMonth]) -> float:
    """Return how high (mm) the drawing is."""
    return _TOP + len(months) * (_HIGH + _GAP) + _FOOT


def areas(months: Sequence[GridMonth]) -> tuple[tuple[int, int, Area], ...]:
    """Return where every day stands: place of its month, place of the day, the area in mm."""
    return tuple((row, at, _area(row, at)) for row, month in enumerate(months) for at in range(len(month.days)))


def _area(row: int, at: int) -> Area:
    x, y = _LEFT + at * _CELL, _TOP + row * (_HIGH + _GAP)
    return Area(x, y, x + _CELL - _GAP, y + _HIGH)


def draw(months: Sequence[GridMonth], book: FontBook) -> list[Op]:
    """Return the drawing as ink, `WIDE` mm wide, from its top-left corner."""
    ops = list(_heads(book))
    for row, month in enumerate(months):
        middle = _TOP + row * (_HIGH + _GAP) + _HIGH / 2
        ops += _words(f"{int(month.month[5:])}月", _LEFT - 1.5, middle, book, right=True)
        for at, kind in enumerate(month.days):
            ops += _day(kind, _area(row, at), book)
        ops += _words(month.text, _LEFT + 31 * _CELL + 2, middle, book, ink="bad" if month.short else "")
    return [*ops, *_legend(_TOP + len(months) * (_HIGH + _GAP) + 3.5, book)]


def _heads(book: FontBook) -> Iterator[Op]:
    for day in (1, 5, 10, 15, 20, 25, 30):
        yield from _words(str(day), _LEFT + (day - 0.5) * _CELL - 1, _TOP / 2, book)


def _day(kind: str, area: Area, book: FontBook) -> Iterator[Op]:
    if kind not in KINDS:
        return
    yield from filled(*area, KINDS[kind][1])
    x, y = (area.x0 + area.x1) / 2, (area.y0 + area.y1) / 2
    if kind == "rest":
        yield Box(x - 0.35, y - 0.35, 0.7, 0.7, ink="grey")
    if kind == "doubt":
        yield from _words("?", x - 0.7, y, book, ink="bad")


def _legend(y: float, book: FontBook) -> Iterator[Op]:
    x = _LEFT
    for kind, (text, _) in KINDS.items():
        yield from _day(kind, Area(x, y - _HIGH / 2, x + _CELL - _GAP, y + _HIGH / 2), book)
        yield from _words(text, x + _CELL + 0.6, y, book)
        x += _CELL + 4 + measure(text, "fang", book) * _SIZE / MM


def _words(text: str, x: float, y: float, book: FontBook, *, right: bool = False, ink: str = "") -> Iterator[Op]:
    shift = measure(text, "fang", book) * _SIZE / MM if right else 0.0
    for op in runs(text, x - shift, y + BASELINE * _SIZE / MM, _SIZE, "fang", book):
        yield msgspec.structs.replace(op, ink=ink) if ink else op


__all__ = ["KINDS", "WIDE", "GridMonth", "areas", "draw", "height"]
