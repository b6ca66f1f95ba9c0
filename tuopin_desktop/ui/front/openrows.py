"""A first page and, over it, the rows behind one of its numbers: opened, counted anew, and left for where one was."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from tuopin_desktop.services.home.rowsbehind import Behind

if TYPE_CHECKING:  # most starts open no rows
    from tuopin_desktop.ui.front.behindview import BehindView


class OpenRows(QStackedWidget):
    """`opened` carries page and subject of a row, `left` that the rows should be closed, `titled` what stands open."""

    opened = Signal(str, str)
    left = Signal()
    titled = Signal(str)

    def __init__(self, whole: QWidget) -> None:
        super().__init__()
        self.view: BehindView | None = None
        """The rows, while some stand open."""
        self._came_from: QWidget | None = None
        self.addWidget(whole)

    def show_rows(self, behind: Behind, came_from: QWidget | None) -> None:
        """Show rows; `came_from` has the keyboard again when they are closed."""
        from tuopin_desktop.ui.front.behindview import BehindView  # noqa: PLC0415 start-up: most starts open none

        self.leave()
        self._came_from = came_from
        self.view = BehindView(behind)
        self.view.opened.connect(self.opened)
        self.view.left.connect(self.left)
        self.addWidget(self.view)
        self.setCurrentWidget(self.view)
        self.titled.emit(behind.title)
        self.view.table.enter()

    def renew(self, behind: Behind) -> None:
        """Show the open rows as they are counted now."""
        if self.view is not None:
            self.view.renew(behind)
            self.titled.emit(behind.title)

    def leave(self) -> None:
        """Close the rows."""
        if self.view is not None:
            self.removeWidget(self.view)
            self.view.hide()
            self.view.deleteLater()
            self.view = None

    def give_back(self, otherwise: QWidget) -> None:
        """Give the keyboard back to where the rows were asked from."""
        (self._came_from or otherwise).setFocus()
