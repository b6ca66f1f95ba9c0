"""Lines of one kind that fill the same fields: what holds of names is asked once, what holds of a value once a value.

Of a package of 300,000 lines most are a few shapes, and in each column the same few values come again and again.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from tuopin_desktop.domain.change import FeedLine
from tuopin_desktop.domain.record import Scalar


class Shape(msgspec.Struct, frozen=True):
    """The lines of a kind, in their order, that fill `names`."""

    kind: str
    names: tuple[str, ...]
    lines: list[FeedLine]

    def columns(self) -> Iterator[tuple[str, set[Scalar]]]:
        """Yield each field with the different values its lines give it."""
        return zip(self.names, map(set, zip(*(line.set.values() for line in self.lines), strict=True)), strict=True)


class Batch(msgspec.Struct, frozen=True):
    """Some lines in their order, and the same lines by shape."""

    lines: Sequence[FeedLine]
    shapes: tuple[Shape, ...]


def batch(lines: Sequence[FeedLine]) -> Batch:
    """Return the lines with their shapes."""
    return Batch(lines, tuple(_shapes(lines)))


def _shapes(lines: Iterable[FeedLine]) -> Iterable[Shape]:
    shapes: dict[tuple[str, tuple[str, ...]], Shape] = {}
    for line in lines:
        place = line.key.partition(":")[0], tuple(line.set)
        shape = shapes.get(place)
        if shape is None:
            shape = shapes[place] = Shape(*place, [])
        shape.lines.append(line)
    return shapes.values()
