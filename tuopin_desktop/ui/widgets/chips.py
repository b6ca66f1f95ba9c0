"""A row of lists to choose from, each with how many there are: one is shown, digits with Alt choose."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from tuopin_desktop.ui.widgets.parts import Button, follow_group, mark
from tuopin_desktop.ui.widgets.plain import set_tip

_GAP, _LINE_GAP = 4, 2


class Chips(QWidget):
    """Buttons over code -> words, one of them pressed; `chosen` carries its code. Arrow keys go along the row.

    Where the room is small they stand in several lines.
    """

    chosen = Signal(str)

    def __init__(self, texts: Mapping[str, str], name: str, tones: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._texts = dict(texts)
        self._tones = dict(tones or {})
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        for number, (code, word) in enumerate(texts.items(), start=1):
            button = Button(word)
            button.setProperty("role", "chip")
            button.setCheckable(True)
            button.setAutoDefault(True)
            button.setShortcut(f"Alt+{number}")
            set_tip(button, f"Alt+{number}")
            button.setAccessibleName(f"{name}：{word}")
            button.toggled.connect(lambda on, code=code: self.chosen.emit(code) if on else None)
            follow_group(button)
            self._group.addButton(button)
            self.buttons[code] = button
            button.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)  # Fixed were one line for ever
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.choose(next(iter(texts)))

    def code(self) -> str:
        """Return the code of the list shown."""
        return next((code for code, button in self.buttons.items() if button.isChecked()), "")

    def offers(self, code: str) -> bool:
        """Tell whether there is such a list."""
        return code in self.buttons

    def text(self) -> str:
        """Return the words of the list shown, without how many there are."""
        return self._texts.get(self.code(), "")

    def choose(self, code: str) -> None:
        """Show a list, as if its button had been pressed."""
        self.buttons[code].setChecked(True)

    def count(self, counts: Mapping[str, int]) -> None:
        """Say how many are on each list; a tone is shown only where there are some."""
        for code, button in self.buttons.items():
            number = counts.get(code, 0)
            keys = button.shortcut()
            button.setText(f"{self._texts[code]} {number}")
            button.setShortcut(keys)  # other words take the key away
            mark(button, "tone", self._tones.get(code, "") if number else "")
        self.updateGeometry()
        self._lay()  # on a tab that is not seen Qt asks nobody to lay anything, and the numbers would be cut off later

    # -- in one line, or in several where the room is small

    def sizeHint(self) -> QSize:
        widths = [one.sizeHint().width() for one in self.buttons.values()]
        return QSize(sum(widths) + _GAP * (len(widths) - 1), self._height)

    def minimumSizeHint(self) -> QSize:
        return QSize(max(one.sizeHint().width() for one in self.buttons.values()), self._height)

    def heightForWidth(self, width: int) -> int:
        return self._places(width)[-1].bottom() + 1

    @property
    def _height(self) -> int:
        return max(one.sizeHint().height() for one in self.buttons.values())

    def _places(self, width: int) -> list[QRect]:
        left = top = 0
        rects, height = [], self._height
        for one in self.buttons.values():
            size = QSize(one.sizeHint().width(), height)
            if left and left + size.width() > width:
                left, top = 0, top + size.height() + _LINE_GAP
            rects.append(QRect(QPoint(left, top), size))
            left += size.width() + _GAP
        return rects

    def _lay(self) -> None:
        for one, rect in zip(self.buttons.values(), self._places(self.width()), strict=True):
            one.setGeometry(rect)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # another count stands on a button
            self.updateGeometry()
            self._lay()
        return super().event(event)
