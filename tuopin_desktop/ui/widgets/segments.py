"""A few choices side by side, one of them taken."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from tuopin_desktop.ui.widgets.parts import follow_group, row


class Segments(QWidget):
    """Radio buttons over code -> words; `chosen` carries the code."""

    chosen = Signal(str)

    def __init__(self, texts: Mapping[str, str], name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._codes: dict[QRadioButton, str] = {}
        layout = row(gap=20)
        for code, word in texts.items():
            button = QRadioButton(word)
            button.setAccessibleName(f"{name}：{word}")
            button.setChecked(not self._codes)
            button.clicked.connect(self._tell)
            self._group.addButton(button)
            follow_group(button)
            self._codes[button] = code
            layout.addWidget(button)
        layout.addStretch(1)
        self.setLayout(layout)

    def code(self) -> str:
        """Return the code taken."""
        return next((code for button, code in self._codes.items() if button.isChecked()), "")

    def choose(self, target: str) -> None:
        """Take a code and tell it."""
        for button, code in self._codes.items():
            if code == target:
                button.setChecked(True)
                self._tell()

    def _tell(self) -> None:
        self.chosen.emit(self.code())
