"""A sheet that a practice office wrote: its title says so, and nobody in it is real."""

import itertools
from collections.abc import Iterable

from tuopin_desktop.documents.grids import Grid
from tuopin_desktop.documents.table import PRACTICE
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.services.office.desk import Desk

_MARKS = (PRACTICE, "（演示）")
"""What stands in the titles, of earlier programs too."""
_HEAD = 8
"""Rows among which a title stands."""


def keep_out(desk: Desk, grids: Iterable[Grid]) -> None:
    """Raise Refused for a sheet of a practice office in a real one: masked, its rows look like any other's."""
    if desk.practice:
        return
    cells = (
        cell for grid in grids for row in itertools.islice(grid.rows, _HEAD) for cell in row if isinstance(cell, str)
    )
    if any(mark in cell for cell in cells for mark in _MARKS):
        raise refuse(
            "practice", "这张表是练习单位导出的，里面的人和事都是虚构的，不能导入正式数据。请另选一张表", "path"
        )
