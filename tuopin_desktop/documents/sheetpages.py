"""How a wide table goes onto paper: readable type first, so many pages side by side as that takes."""

from collections.abc import Sequence
from math import fsum
from typing import NamedTuple

PAPER = 297 - 2 * 12.7
"""Millimetres across landscape A4 between margins of half an inch."""

LEAST = 60
"""Per cent: below this the 10.5 pt of a list are smaller than a newspaper's."""


class Spread(NamedTuple):
    """How many pages stand side by side, and how many columns the first one surely holds."""

    pages: int
    first: int


def spread(widths: Sequence[float], repeated: int) -> Spread:
    """Return how columns (widths in characters) go onto pages on each of which the first `repeated` stand again.

    The spreadsheet program itself chooses the scale and the columns of each page: programs measure characters a
    little differently, so breaks of ours beside its own would waste pages.
    """
    sizes = [millimetres(width) for width in widths]
    room = PAPER * 100 / LEAST
    if fsum(sizes) <= room:
        return Spread(1, len(sizes))
    again = fsum(sizes[:repeated])
    breaks: list[int] = []
    used = 0.0
    for place, size in enumerate(sizes):
        if used and used + size > room:
            breaks.append(place)
            used = again if again < room / 2 else 0.0
        used += size
    return Spread(len(breaks) + 1, max(repeated + 1, _surely(sizes, len(breaks) + 1)))


def _surely(sizes: Sequence[float], pages: int) -> int:
    """Return the columns in nine tenths of an even share: the type may come out larger than the smallest."""
    share = 0.9 * max(fsum(sizes) / pages, PAPER)
    used, count = 0.0, 0
    for size in sizes:
        used += size
        if used > share:
            break
        count += 1
    return count


def millimetres(width: float) -> float:
    """Return what a column of some characters takes on paper at 100 %."""
    return (int(width * 7 + 0.5) + 5) / 96 * 25.4
