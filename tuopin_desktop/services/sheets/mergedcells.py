"""Merged cells that mean more than their first cell: one mark over several days, one slip over several rows."""

from collections.abc import Sequence

from tuopin_desktop.documents.grids import Grid
from tuopin_desktop.domain.intake import Header, monthsheets
from tuopin_desktop.domain.record import Form

_PERSON = ("name", "person")


def each_day(grid: Grid, header: Header) -> tuple[Sequence[Sequence[object]], frozenset[int]]:
    """Return the rows with a mark merged over several days set on each of them, and the sheet rows that had one."""
    days = set(monthsheets.days_of(header))
    rows: list[Sequence[object]] = list(grid.rows)
    spread: set[int] = set()
    for top, left, bottom, right in grid.merged:
        places = [place for place in days if left < place <= right] if left in days else []
        for at in range(max(top, header.last), min(bottom, len(rows) - 1) + 1) if places else ():
            cells = list(rows[at])
            mark = cells[left] if left < len(cells) else ""
            free = [place for place in places if place < len(cells) and cells[place] in (None, "")]
            if mark in (None, "") or not free:
                continue
            for place in free:
                cells[place] = mark
            rows[at] = cells
            spread.add(at + 1)
    return rows, frozenset(spread)


def split_slips(grid: Grid, header: Header) -> frozenset[int]:
    """Return the sheet rows of which several share one merged name and day of filling, but not the period."""
    if header.kind != "leave_slip":
        return frozenset()
    places = {column.name: place for place, column in header.columns.items()}
    periods = [place for place, column in header.columns.items() if column.field.form is Form.PERIOD]
    person = next((places[name] for name in _PERSON if name in places), None)
    proof = places.get("filled", places.get("reason"))
    merged = {
        (top, bottom, left)
        for top, left, bottom, _ in grid.merged
        if bottom > top >= header.last and left in header.columns
    }
    return frozenset(
        row + 1
        for top, bottom, place in merged
        if place == person and (top, bottom, proof) in merged
        if not all((top, bottom, period) in merged for period in periods)
        for row in range(top, min(bottom, len(grid.rows) - 1) + 1)
    )
