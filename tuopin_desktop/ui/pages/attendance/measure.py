"""How wide everything of the grid is: whole names, days as wide as may be, and the totals there is room for."""

from PySide6.QtWidgets import QTableView

from tuopin_desktop.ui import theme
from tuopin_desktop.ui.pages.attendance.headers import Names
from tuopin_desktop.ui.pages.attendance.model import LESS, MonthModel

_TOTAL_WIDTHS = (52, 42, 32, 30, 38, 32)
_LEAST_DAY, _MOST_DAY = 17, 44
_EASY_DAY = 22
"""Narrower days are no ease to the eye: first the posts go from beside the names, then the totals of less weight."""
_TALL, _LOW, _TALL_FROM = 32, 26, 640
"""The height of a line, and the height of the window from which there is room for it."""


class Fit:
    """Lays a grid over its model out in the width it has."""

    def __init__(self, grid: QTableView, model: MonthModel, names: Names) -> None:
        self._grid, self._month, self._names = grid, model, names

    def lay_out(self) -> bool:
        """Set the widths and the height of a line; return whether the totals of less weight are left out."""
        grid, names = self._grid, self._names
        tall = _TALL if grid.window().height() >= theme.scaled(grid, _TALL_FROM) else _LOW
        names.setDefaultSectionSize(theme.scaled(grid, tall))
        days = len(self._month.days)
        with_posts, bare = names.widths()
        width, narrow, each = bare, True, 0
        for narrow, width in ((False, with_posts), (False, bare), (True, with_posts), (True, bare)):
            each = self._room(width, narrow=narrow) // days if days else 0
            if each >= theme.scaled(grid, _EASY_DAY):
                break
        names.posts = width == with_posts
        names.setFixedWidth(width)
        each = min(max(each, theme.scaled(grid, _LEAST_DAY)), theme.scaled(grid, _MOST_DAY))
        for column in range(self._month.columnCount()):
            total = column - days
            grid.setColumnHidden(column, narrow and total in LESS)
            grid.setColumnWidth(column, each if total < 0 else theme.scaled(grid, _TOTAL_WIDTHS[total]))
        return narrow

    def _room(self, width: int, *, narrow: bool) -> int:
        """Return the px left for the days beside the names and the totals that are shown."""
        grid = self._grid
        totals = [total for place, total in enumerate(_TOTAL_WIDTHS) if not (narrow and place in LESS)]
        many = len(self._month.lines) * self._names.defaultSectionSize() > grid.height()
        bar = grid.verticalScrollBar().sizeHint().width() if many else 0
        return grid.width() - width - sum(theme.scaled(grid, total) for total in totals) - bar - 2
