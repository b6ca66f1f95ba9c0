"""A row of lists to choose from, each with how many there are: one is shown, digits with Alt choose."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from tuopin_desktop.ui.widgets.parts import Button, mark, row
from tuopin_desktop.ui.widgets.plain import set_tip


class Chips(QWidget):
    """Buttons over code -> words, one of them pressed; `chosen` carries its code. Arrow keys go along the row."""

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
            self._group.addButton(button)
            self.buttons[code] = button
        self.setLayout(row(*self.buttons.values(), gap=4))
        self.choose(next(iter(texts)))

    def code(self) -> str:
        """Return the code of the list shown."""
        return next((code for code, button in self.buttons.items() if button.isChecked()), "")

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
