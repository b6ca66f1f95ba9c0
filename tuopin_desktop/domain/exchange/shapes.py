"""Lines of one kind that fill the same fields: what holds of names is asked once, what holds of a value once a value.

Of a package of 300,000 lines most are a few shapes, and in each column the same few values come again and again.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

import msgspec

from tuopin_desktop.domain.change import FeedLine
from tuopin_desktop.domain.record import Scalar


class Shape(msgspec.Struct, frozen=True, dict=True):
    """The lines of a kind, in their order, that fill `names`."""

    kind: str
    names: tuple[str, ...]
    lines: list[FeedLine]

    @cached_property
    def keys(self) -> list[str]:
        """The log key of each line."""
        return [line.key for line in self.lines]

    @cached_property
    def columns(self) -> Mapping[str, set[Scalar]]:
        """Each field with the different values its lines give it: asked by whoever judges, made once."""
        values = zip(*(line.set.values() for line in self.lines), strict=True)
        return dict(zip(self.names, map(set, values), strict=True))

    def without(self, keys: Collection[str]) -> "Shape":
        """Return the lines of other records than these."""
        if not keys or all(key not in keys for key in self.keys):
            return self
        return Shape(self.kind, self.names, [line for line in self.lines if line.key not in keys])


class Batch(msgspec.Struct, frozen=True, dict=True):
    """Some lines in their order, and the same lines by shape."""

    lines: Sequence[FeedLine]
    shapes: tuple[Shape, ...]

    @cached_property
    def keys(self) -> list[str]:
        """The log key of each line."""
        return [line.key for line in self.lines]

    @cached_property
    def stamps(self) -> list[int]:
        """The stamp of each line."""
        return [line.at for line in self.lines]


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
