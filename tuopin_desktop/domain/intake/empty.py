"""Rows that are no rows: formulas filled down that show nothing or 0, and seats nobody sits in."""

from collections.abc import Sequence
from datetime import date, datetime, time

from tuopin_desktop.domain.columns import Column
from tuopin_desktop.domain.intake.verdicts import Raw
from tuopin_desktop.domain.names import vacant
from tuopin_desktop.domain.record import Form

ZEROS = "公式填充的空行（只显示0）"
VACANT = "空缺的岗位，没有人"
_NO_DAY = 1900


def nought(cell: Raw) -> bool:
    """Tell whether a cell shows what a formula makes of an empty cell: 0, also under a format of dates or hours."""
    if isinstance(cell, str):
        return cell == "0"
    if isinstance(cell, int | float):
        return cell == 0 and not isinstance(cell, bool)
    return cell.year < _NO_DAY if isinstance(cell, datetime | date) else cell == time.min


def names_the_row(column: Column) -> bool:
    """Tell whether a column says who a row is about: his own name, or the posting of a month of attendance."""
    if column.field.person_name:
        return column.field.name == "name"
    return column.field.form is Form.REF and (column.kind, column.field.name) == ("attendance", "posting")


def reason_of(raw: Sequence[Raw], names: Sequence[int]) -> str:
    """Return why the mapped cells of a row give nobody anything; "" for a row of data."""
    first = next((cell for cell in raw if cell is not None and cell != ""), None)
    if nought(first) and _only_noughts(raw):
        return ZEROS
    for place in names:
        cell = raw[place]
        if isinstance(cell, str) and cell and len(cell) < 8 and vacant(cell):
            return VACANT
    return ""


def _only_noughts(raw: Sequence[Raw]) -> bool:
    filled = [cell for cell in raw if cell is not None and cell != ""]
    return len(filled) > 1 and all(map(nought, filled))
