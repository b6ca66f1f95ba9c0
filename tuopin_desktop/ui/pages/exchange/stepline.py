"""Three steps with ticks, side by side: what is done, what is to be done now, what comes later."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from tuopin_desktop.ui import theme
from tuopin_desktop.ui.widgets.parts import Button, column, label, mark, row
from tuopin_desktop.ui.widgets.plain import set_tip

_ROUND = 28
_TICK = "✓"


class _Step(QWidget):
    """One step: its number or tick, which can be pressed to look at it, its name and how it stands."""

    def __init__(self, number: int, name: str) -> None:
        super().__init__()
        self._number = number
        self.sign = Button(str(number))
        self.sign.setProperty("role", "step")
        self.sign.setAccessibleName(f"第{number}步：{name}")
        side = theme.scaled(self, _ROUND)
        self.sign.setFixedSize(side, side)
        self._name, self._below = label(name, "strong"), label("", "quiet")
        self.setLayout(row(self.sign, column(self._name, self._below, gap=0), gap=10))

    def show_standing(self, text: str, standing: str) -> None:
        """Show how it stands: done, now or later."""
        self.sign.setText(_TICK if standing == "done" else str(self._number))
        mark(self.sign, "standing", standing)
        self._below.setText(text)
        set_tip(self._below, text)


class StepLine(QWidget):
    """The steps; `look(number)`, from 1, when one was pressed."""

    look = Signal(int)

    def __init__(self, *names: str) -> None:
        super().__init__()
        self.setAccessibleName("步骤")
        self.steps = [_Step(number, name) for number, name in enumerate(names, 1)]
        pieces: list[QWidget] = []
        for number, step in enumerate(self.steps, 1):
            step.sign.clicked.connect(lambda _=False, number=number: self.look.emit(number))
            pieces += [step] if number == 1 else [_line(), step]
        layout = row(*pieces, gap=14)
        for at in range(1, len(pieces), 2):
            layout.setStretch(at, 1)
        self.setLayout(layout)

    def show_standing(self, count: int, texts: Sequence[str], current: int) -> None:
        """Show how many are done, what is said of each, and which is looked at."""
        for number, (step, text) in enumerate(zip(self.steps, texts, strict=True), 1):
            step.show_standing(text, "now" if number == current else "done" if number <= count else "later")


def _line() -> QWidget:
    line = QFrame()
    line.setProperty("role", "rule")
    line.setMinimumWidth(16)
    return line


def note(text: str = "") -> QLabel:
    """Return a sentence of a step, which may be long."""
    widget = label(text, "quiet", wrap=True)
    widget.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return widget
