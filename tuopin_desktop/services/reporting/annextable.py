"""What a table of an annual report is: its columns, the records it is computed from, and how its rows are made."""

from collections.abc import Callable, Iterable

import msgspec

from tuopin_desktop.documents.official import Column
from tuopin_desktop.domain.record import Form
from tuopin_desktop.services.reporting.year import YearFacts

Cell = str | int | float | None
Row = tuple[Cell, ...]


class AnnexTable(msgspec.Struct, frozen=True):
    """One table: `paper` ones stand in the report itself, all in the workbook; `kinds` as of a figure.

    An `optional` one is left out where it has no rows. The columns of a key are never changed: old snapshots hold its
    rows; a table that needs others takes another key. `total` makes the row of the whole, which says the figures that
    the report says; `note` says where a column's sum is another number than the whole, and why; a switch's key in
    braces is its value as it was frozen. One that is `retired` is made no more: old snapshots hold its rows, and the
    one that `succeeds` it says the same and more.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    kinds: tuple[str, ...]
    rows: Callable[[YearFacts], Iterable[Row]]
    total: Callable[[YearFacts], Row]
    paper: bool = True
    optional: bool = False
    note: str = ""
    retired: bool = False
    succeeds: str = ""


TOTAL = "合计"


def summed(rows: Callable[[YearFacts], Iterable[Row]], count: int, columns: int) -> Callable[[YearFacts], Row]:
    """Return the row that adds up a table's columns, of which the first `count` name the place of a row."""

    def total(year: YearFacts) -> Row:
        groups = [tuple(row) for row in rows(year)]
        sums = (sum(cell for row in groups if isinstance(cell := row[at], int | float)) for at in range(count, columns))
        return (TOTAL, *[""] * (count - 1), *sums)

    return total


def number(heading: str, width: float) -> Column:
    """Return a column of numbers."""
    return Column(heading, width, "center", Form.INTEGER)
