"""The lines of a form's table: a frame, and inner lines with gaps where cells are merged."""

from collections.abc import Iterator, Sequence

from tuopin_desktop.documents.definition import Cell

Ends = tuple[float, float, float, float]


def frame(columns: list[float], rows: list[float]) -> list[Ends]:
    """The outer lines of the grid, in mm."""
    left, right, top, bottom = columns[0], columns[-1], rows[0], rows[-1]
    across = [(left, top, right, top), (left, bottom, right, bottom)]
    return [*across, (left, top, left, bottom), (right, top, right, bottom)]


def grid(cells: list[Cell], columns: list[float], rows: list[float]) -> Iterator[Ends]:
    """The inner lines in mm, as long as possible, with gaps where cells are merged."""
    owner = _owners(cells)
    for row in range(1, len(rows) - 1):
        split = [owner[row - 1, column] != owner[row, column] for column in range(len(columns) - 1)]
        yield from ((columns[first], rows[row], columns[last], rows[row]) for first, last in _stretches(split))
    for column in range(1, len(columns) - 1):
        split = [owner[row, column - 1] != owner[row, column] for row in range(len(rows) - 1)]
        yield from ((columns[column], rows[first], columns[column], rows[last]) for first, last in _stretches(split))


def _owners(cells: list[Cell]) -> dict[tuple[int, int], int]:
    owner: dict[tuple[int, int], int] = {}
    for number, cell in enumerate(cells):
        top, left, bottom, right = cell.span()
        owner.update({(row, column): number for row in range(top, bottom + 1) for column in range(left, right + 1)})
    return owner


def _stretches(flags: list[bool]) -> Iterator[tuple[int, int]]:
    """The runs of True as (first, one past the last)."""
    start = None
    for place, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = place
        elif not flag and start is not None:
            yield start, place
            start = None


def steps(start: float, sizes: Sequence[float]) -> list[float]:
    """The places of the grid lines, from the first line and the distances."""
    places = [start]
    for size in sizes:
        places.append(places[-1] + size)
    return places
