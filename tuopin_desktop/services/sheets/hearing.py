"""How far a long reading is: whoever waits for it hears so now and then, and may raise to end it."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Hear = Callable[[int, int], None]
T = TypeVar("T")

_STRIDE = 256
"""Rows between two words: several a second, and a cost nobody can measure."""


def deaf(count: int, total: int) -> None:
    """Hear nothing."""


def heard(items: Iterable[T], hear: Hear, start: int, total: int, stride: int = _STRIDE) -> Iterator[T]:
    """Yield the items; before every `stride`th tell how many of `total` steps are done, `start` before the first."""
    for count, item in enumerate(items, start):
        if count % stride == 0:
            hear(count, total)
        yield item
