"""How much of a page an op covers: where a stamp or a seam must not be."""

import math
from typing import NamedTuple

import msgspec

from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.domain.display import MM, Box, Line, Op, Text

_ABOVE, _BELOW = 0.88, 0.12  # em a character reaches above and below its baseline


class Extent(NamedTuple):
    """A rectangle in mm from the page's top-left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Extent", clear: float = 0.0) -> bool:
        """Tell whether two rectangles are nearer to each other than `clear` mm."""
        return (
            self.left < other.right + clear
            and other.left < self.right + clear
            and self.top < other.bottom + clear
            and other.top < self.bottom + clear
        )

    def around(self, other: "Extent") -> "Extent":
        """Return the smallest rectangle that holds both."""
        return Extent(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


def extent(op: Op, book: FontBook) -> Extent:
    """Return what an op covers; of words the squares of their characters, also where they rise."""
    if isinstance(op, Line):
        half = op.width / MM / 2
        left, right = sorted((op.x0, op.x1))
        top, bottom = sorted((op.y0, op.y1))
        return Extent(left - half, top - half, right + half, bottom + half)
    if isinstance(op, Box):
        return Extent(op.x, op.y, op.x + op.width, op.y + op.height)
    return _of_words(op, book)


def moved(op: Op, x: float, y: float) -> Op:
    """Return an op so many mm to the right and down."""
    if isinstance(op, Line):
        return msgspec.structs.replace(op, x0=op.x0 + x, y0=op.y0 + y, x1=op.x1 + x, y1=op.y1 + y)
    return msgspec.structs.replace(op, x=op.x + x, y=op.y + y)


def _of_words(op: Text, book: FontBook) -> Extent:
    em = op.size / MM
    face = book.face(op.font)
    wide = math.fsum(face.width(char) for char in op.text) * em + len(op.text) * op.spacing / MM
    cos, sin = math.cos(math.radians(op.turn)), math.sin(math.radians(op.turn))
    corners = [(x, y) for x in (0.0, wide) for y in (-_ABOVE * em, _BELOW * em)]
    xs = [op.x + x * cos + y * sin for x, y in corners]
    ys = [op.y - x * sin + y * cos for x, y in corners]
    return Extent(min(xs), min(ys), max(xs), max(ys))
