"""What is said under a rehearsal: the sheets, columns and rows that were left out, and how odd dates were read."""

from collections.abc import Iterator

from tuopin_desktop.documents import grids
from tuopin_desktop.domain.intake import Intake, Status
from tuopin_desktop.domain.record import Form
from tuopin_desktop.services.sheets import sheetparts

_SHOWN = 5
"""Readings and rows left out that a note names one by one; the rest it counts."""


def left_sheets(book: grids.Workbook, choice: sheetparts.Choice) -> Iterator[str]:
    """Yield which sheets of a book were not read."""
    read = list(dict.fromkeys(table.grid.name for table in choice.tables))
    others = [grid.name for grid in book.grids if grid.name not in read]
    if others:
        yield f"只读取工作表“{'、'.join(read[:_SHOWN])}”，未读取：{'、'.join(others)}"
    if book.hidden:
        yield f"隐藏的工作表没有读取：{'、'.join(book.hidden)}"


def of_rows(intake: Intake) -> Iterator[str]:
    """Yield what of a table was left out, and how what is not written in figures was read."""
    if intake.header.left_out:
        yield f"没有对应项目的列不导入：{'、'.join(intake.header.left_out)}"
    if intake.skipped:
        texts = "；".join(f"第{one.number}行{one.reason}" for one in intake.skipped[:_SHOWN])
        rest = f"等{len(intake.skipped)}行" if len(intake.skipped) > _SHOWN else ""
        yield f"没有读入的行：{texts}{rest}"
    readings = [
        f"第{row.number}行{cell.column.heading}{cell.message}"
        for row in intake.rows
        for cell in row.cells
        if cell.status is Status.NOTED and _READ in cell.message and cell.column.field.form in _DATED
        if _HIDDEN not in cell.message
    ]
    if readings:
        rest = f"等{len(readings)}格" if len(readings) > _SHOWN else ""
        yield f"日期是这样读的：{'；'.join(readings[:_SHOWN])}{rest}"


_READ, _HIDDEN = "登记", "***"
_DATED = (Form.DATE, Form.MONTH, Form.PERIOD, Form.HALF)
