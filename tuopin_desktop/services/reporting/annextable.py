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
    rows; a table that needs others takes another key.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    kinds: tuple[str, ...]
    rows: Callable[[YearFacts], Iterable[Row]]
    paper: bool = True
    optional: bool = False


def number(heading: str, width: float) -> Column:
    """Return a column of numbers."""
    return Column(heading, width, "center", Form.INTEGER)
