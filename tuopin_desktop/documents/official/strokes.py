"""The strokes charts are drawn with: bars told apart by tone and hatching, curves by dashes and marks."""

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from tuopin_desktop.domain.display import Box, Line, Op

FRAME, HATCH, CURVE = 0.6, 0.35, 1.1  # pt
BROKEN = 1.0  # mm of a dash of a hollow bar's frame
DASHES = (0.0, 2.2, 0.9, 4.0)  # mm of a dash per series; 0 is a whole line


class Fill(NamedTuple):
    """How the bars of a series are filled: inks of ground, frame and hatching ("" for none), mm between its lines."""

    ground: str
    frame: str
    hatch: str = ""
    gap: float = 0.0
    slope: int = 0


FILLS = (
    Fill("deep", "deep"),
    Fill("sand", "amber", "amber", 1.3, 1),
    Fill("", "bad"),
    Fill("light", "light", "deep", 1.0, 0),
)
"""Solid dark, hatched on light, an empty frame, striped: any two differ on a grey printer as well."""

UNKNOWN_FILL = Fill("mist", "grey", "grey", 1.6, 1)
"""Where nothing is registered."""


def bar(x0: float, y0: float, x1: float, y1: float, number: int, *, hollow: bool) -> Iterator[Op]:
    """Draw a bar: hatched as its series is, or with a broken frame and nothing inside where it rests on too little."""
    if not hollow:
        yield from filled(x0, y0, x1, y1, FILLS[number % len(FILLS)])
        return
    if x1 - x0 < 0.05 or y1 - y0 < 0.05:
        return
    for ends in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
        yield from dashed(*ends, BROKEN, FRAME)


def filled(x0: float, y0: float, x1: float, y1: float, fill: Fill) -> Iterator[Op]:
    """Draw a bar: its ground, its hatching and its frame; nothing where there is no bar."""
    if x1 - x0 < 0.05 or y1 - y0 < 0.05:
        return
    if fill.ground:
        yield Box(x0, y0, x1 - x0, y1 - y0, ink=fill.ground)
    for ends in ((x0, y0, x1, y0), (x1, y0, x1, y1), (x0, y1, x1, y1), (x0, y0, x0, y1)):
        if fill.frame != fill.ground:
            yield Line(*ends, FRAME, ink=fill.frame)
    if fill.gap:
        yield from _lines(x0, y0, x1, y1, fill)


def _lines(x0: float, y0: float, x1: float, y1: float, fill: Fill) -> Iterator[Line]:
    """Draw the hatching of a bar."""
    gap, ink = fill.gap, fill.hatch
    if not fill.slope:
        for row in range(1, math.ceil((y1 - y0) / gap)):
            yield Line(x0, y1 - row * gap, x1, y1 - row * gap, HATCH, ink=ink)
        return
    wide, tall = x1 - x0, y1 - y0
    offset = gap
    while offset < wide + tall:
        # From the lower edge (or the right side) up to the left side (or the upper edge), at 45 degrees.
        (ax, ay) = (offset, 0.0) if offset <= wide else (wide, offset - wide)
        (bx, by) = (0.0, offset) if offset <= tall else (offset - tall, tall)
        yield Line(x0 + ax, y1 - ay, x0 + bx, y1 - by, HATCH, ink=ink)
        offset += gap * math.sqrt(2)


def dashed(
    x0: float, y0: float, x1: float, y1: float, dash: float, wide: float = CURVE, ink: str = ""
) -> Iterator[Line]:
    """Draw a line in dashes of so many mm; 0 is a whole one."""
    length = math.hypot(x1 - x0, y1 - y0)
    if not dash or not length:
        yield Line(x0, y0, x1, y1, wide, ink=ink)
        return
    at = 0.0
    while at < length:
        ends = (at / length, min(1.0, (at + dash) / length))
        (ax, ay), (bx, by) = ((x0 + (x1 - x0) * part, y0 + (y1 - y0) * part) for part in ends)
        yield Line(ax, ay, bx, by, wide, ink=ink)
        at += dash + 1.2


_OPEN = ((-1, -1, 1, -1), (1, -1, 1, 1), (-1, 1, 1, 1), (-1, -1, -1, 1))
_CROSSES = (((-1, -1, 1, 1), (-1, 1, 1, -1)), ((-1, 0, 1, 0), (0, -1, 0, 1)))
_REACH = 0.9  # mm from the middle of a mark to its side


def hollow_mark(x: float, y: float) -> Iterator[Op]:
    """Draw an open diamond, which no series has: a value that rests on too little."""
    reach = 1.4 * _REACH
    corners = ((x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y))
    for (ax, ay), (bx, by) in zip(corners, (*corners[1:], corners[0]), strict=True):
        yield Line(ax, ay, bx, by, FRAME)


def ring(x: float, y: float) -> Iterator[Op]:
    """Draw an open circle: a value that rests on too little to stand on a line."""
    corners = [(x + 1.2 * math.cos(math.pi * at / 8), y + 1.2 * math.sin(math.pi * at / 8)) for at in range(17)]
    for (ax, ay), (bx, by) in pairwise(corners):
        yield Line(ax, ay, bx, by, 1.0, ink="grey")


def mark(x: float, y: float, number: int) -> Iterator[Op]:
    """Draw the mark of a series: a full square, an open one, a cross, an upright cross."""
    if number % 4 == 0:
        yield Box(x - _REACH, y - _REACH, 2 * _REACH, 2 * _REACH)
        return
    for ax, ay, bx, by in _OPEN if number % 4 == 1 else _CROSSES[number % 4 - 2]:
        yield Line(
            x + ax * _REACH, y + ay * _REACH, x + bx * _REACH, y + by * _REACH, FRAME if number % 4 == 1 else CURVE
        )
