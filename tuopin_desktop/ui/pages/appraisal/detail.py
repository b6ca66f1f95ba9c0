"""The card beside a list: lines one under another, scrolling when there are many, written anew for every record."""

from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from tuopin_desktop.ui.widgets.parts import Piece, clear, column, label, row, rule


class Detail(QFrame):
    """Base of the detail cards; `name` is what a screen reader says, `empty` what stands there with nothing chosen."""

    def __init__(self, name: str, empty: str, least_px: int) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setMinimumWidth(least_px)
        self._empty = empty
        self._lines = column(gap=6, margins=(12, 6, 12, 6))
        inside = QWidget()
        inside.setObjectName("sheet")
        inside.setLayout(self._lines)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(name)
        scroll.setWidget(inside)
        self.setLayout(column(scroll, margins=(4, 8, 4, 8)))

    def show_nothing(self) -> None:
        """Say what this is for."""
        self.begin()
        self.say(self._empty, "quiet")
        self.end()

    def begin(self) -> None:
        """Take away what was shown."""
        clear(self._lines)

    def say(self, text: str, role: str = "") -> None:
        """Add words, wrapped, in a label's role."""
        self._lines.addWidget(label(text, role, wrap=True))

    def put(self, *pieces: Piece) -> None:
        """Add pieces side by side."""
        self._lines.addLayout(row(*pieces))

    def part(self) -> None:
        """Draw a line before what follows."""
        self._lines.addWidget(rule())

    def end(self) -> None:
        """Keep everything at the top."""
        self._lines.addStretch(1)
