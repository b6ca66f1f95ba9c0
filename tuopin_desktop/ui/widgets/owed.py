"""One line of what is owed today beside the lists; each part opens the list it counts."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from tuopin_desktop.ui.widgets.parts import button, label, row

if TYPE_CHECKING:  # what the count is made with loads after the first page is painted
    from tuopin_desktop.services.duties.today import DueLine


class OwedLine(QFrame):
    """Hidden while nothing is owed; `opened` carries page and subject."""

    opened = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._parts = row(gap=4)
        self.setLayout(row(label("今日要办", "section"), self._parts, None, margins=(16, 4, 8, 4), gap=12))
        self.hide()

    def replace(self, lines: "Sequence[DueLine]") -> None:
        """Show other lines; the keyboard stays where it was among them."""
        places = range(self._parts.count())
        count = next((place for place in places if self._parts.itemAt(place).widget().hasFocus()), -1)
        while (item := self._parts.takeAt(0)) is not None:
            item.widget().deleteLater()
        for line in lines:
            made = button(line.text, partial(self.opened.emit, line.page, line.subject), role="flat", tip=line.hint)
            made.setAccessibleDescription(line.hint)
            self._parts.addWidget(made)
        self.setVisible(bool(lines))
        if count >= 0 and lines:
            self._parts.itemAt(min(count, len(lines) - 1)).widget().setFocus()
