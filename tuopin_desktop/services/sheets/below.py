"""Another table below the one that is read: under a heading of its own, or under the title of another month."""

import itertools
from collections.abc import Iterator, Sequence

from tuopin_desktop.documents.grids import Grid
from tuopin_desktop.domain.intake import Header, find_header, heading_key, monthsheets
from tuopin_desktop.domain.intake.daycells import day_of
from tuopin_desktop.domain.intake.footing import reason_to_skip
from tuopin_desktop.domain.intake.questions import SKIP, Question

_ENOUGH_DAYS = 3
"""Rising days in a row that make it a heading: marks and sums do not rise."""

_LONGEST = 30


def questions(grid: Grid, header: Header) -> Iterator[Question]:
    """Yield what is asked of the first other table that begins below; its rows are held until they are moved away."""
    rows = grid.rows
    keys = _first_keys(rows, header)
    is_attendance = bool(monthsheets.days_of(header))
    for number in range(header.last + 1, len(rows) + 1):
        row = rows[number - 1]
        if _is_other_heading(row, header, keys):
            yield _asked(number, len(rows), "另有一张表，表头与上面不同")
            return
        if is_attendance and _is_other_title(grid, header, number):
            yield _asked(number, len(rows), "另有一张表，标题是另一个月")
            return


def _asked(number: int, last: int, text: str) -> Question:
    sentence = f"第{number}行起{text}，没有读入；请把它移到另一张工作表再导入"
    return Question("below", sentence, (SKIP,), "rows", frozenset(range(number, last + 1)))


def _first_keys(rows: Sequence[Sequence[object]], header: Header) -> set[str]:
    """Return the words of the first column that is read, of every row of the heading."""
    place = min(header.columns, default=0)
    cells = (row[place] for row in rows[header.first - 1 : header.last] if place < len(row))
    return {heading_key(cell) for cell in cells if isinstance(cell, str) and cell.strip()}


def _is_other_heading(row: Sequence[object], header: Header, keys: set[str]) -> bool:
    texts = (cell for cell in row if isinstance(cell, str) and len(cell) < _LONGEST)
    if any(any(word[:1] in text for word in keys) and heading_key(text) in keys for text in texts):
        other = find_header([row], header.kind)
        return isinstance(other, Header) and other.columns != header.columns
    days = [(place, day_of(row[place])) for place in monthsheets.days_of(header) if place < len(row)]
    pairs = [(int(header.columns[place].field.name[1:]), day.day) for place, day in days if day is not None]
    rising = all(one[1] < two[1] for one, two in itertools.pairwise(pairs))
    return len(pairs) >= _ENOUGH_DAYS and rising and any(own != day for own, day in pairs)


def _is_other_title(grid: Grid, header: Header, number: int) -> bool:
    """Tell whether a row holds nothing but the title of another month, with days below it."""
    row = grid.rows[number - 1]
    texts = {cell for cell in row if cell not in (None, "")}
    text = next(iter(texts), None)
    if len(texts) != 1 or not isinstance(text, str) or reason_to_skip(row, below_footer=False):
        return False
    days = monthsheets.days_of(header)
    below = any(row[place] not in (None, "") for row in grid.rows[number:] for place in days if place < len(row))
    return below and monthsheets.is_other_month(text, grid.rows, header, grid.name)
