"""What the page's three tabs have in common: a view, buttons, state, shared keys; and the card beside a list."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.empty import EmptyState
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import Piece, card, clear, column, label, row, rule


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


class Tab(QObject):
    """Base of the tabs; `named` tells that title or state have other words."""

    named = Signal()

    def __init__(self, context: PageContext, years: FilterBox) -> None:
        super().__init__(context.window)
        self.context = context
        self.years = years
        self.view: QWidget = QWidget()
        self.buttons: list[QWidget] = []
        self.state = ""

    @property
    def year(self) -> int:
        """Return the year of appraisal in hand."""
        return int(self.years.code())

    @property
    def title(self) -> str:
        """Return the page's title while this tab stands open."""
        return f"{self.year}年度考核"

    def refresh(self) -> None:
        """Ask the services again."""

    def new(self) -> None:
        """Ctrl+N."""

    def print_(self) -> None:
        """Ctrl+P."""

    def search(self) -> None:
        """Ctrl+F."""

    def take_keyboard(self) -> None:
        """Put the keyboard where work begins."""


def stacked(view: QWidget, empty: EmptyState) -> QStackedWidget:
    """Return a view and what stands in its place while there is nothing."""
    stack = QStackedWidget()
    stack.addWidget(view)
    stack.addWidget(card(row(empty)))
    return stack
