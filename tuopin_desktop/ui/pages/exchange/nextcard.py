"""接下来谁办什么: three lines, who is to act and what is to be done, the first of them now."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame

from tuopin_desktop.ui import theme
from tuopin_desktop.ui.widgets.parts import column, label, row

_LINES, _WHO = 3, 96


class NextCard(QFrame):
    """Moves with the state of an enrolment."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._lines = [(label("", "strong"), label("", wrap=True)) for _ in range(_LINES)]
        rows = []
        for who, what in self._lines:
            who.setMinimumWidth(theme.scaled(who, _WHO))
            line = row(who, what, gap=10)
            line.setStretch(1, 1)
            rows.append(line)
        self.setLayout(column(label("接下来谁办什么", "section"), *rows, None, gap=8, margins=(14, 10, 14, 10)))

    def show_actors(self, actors: Sequence[tuple[str, str]]) -> None:
        """Show who does what."""
        for (who, what), (name, text) in zip(self._lines, actors, strict=True):
            who.setText(name)
            what.setText(text)
