"""Lists: rows to look at, with what their keys and their menu do with them."""

from collections.abc import Callable, Sequence
from typing import Any, Unpack

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QMenu

from tuopin_desktop.ui.widgets.listacts import ListActs
from tuopin_desktop.ui.widgets.rows import GROUND, SORT, CalmRows, Column, RowsModel
from tuopin_desktop.ui.widgets.rowsview import RowsView, Ways, fitted_widths, shown_columns

__all__ = ["GROUND", "SORT", "CalmRows", "Column", "RecordTable", "RowsModel", "fitted_widths", "shown_columns"]

_HELD = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta)


class RecordTable(RowsView):
    """A list of rows: Enter or double click opens one, a click on a header sorts, the rest by key and menu.

    The same is done by the keys and by the menu under the right button (`ui/widgets/listacts.py`).
    """

    def __init__(self, columns: Sequence[Column], key: Callable[[Any], str], name: str, **ways: Unpack[Ways]) -> None:
        super().__init__(columns, key, name, **ways)
        self.acts = ListActs(self)
        self.narrowed.connect(self.acts.tell)
        self.doubleClicked.connect(self.open_current)

    def menu(self) -> QMenu:
        """Return what can be done with the rows, as the keys do it."""
        return self.acts.menu()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.acts.press(event):
            return
        if event.key() not in _HELD:
            self.one_again()
        super().keyPressEvent(event)
