"""What the page's three tabs have in common: a view, its buttons, its line of state, and the shared keys."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.empty import EmptyState
from tuopin_desktop.ui.widgets.message import MessageBar
from tuopin_desktop.ui.widgets.parts import card, row


class Tab(QObject):
    """Base of the tabs; `named` tells that title or state have other words."""

    named = Signal()

    def __init__(
        self, asker: Asker, office: OfficeView, message: MessageBar, window: QWidget, years: FilterBox
    ) -> None:
        super().__init__(window)
        self.asker = asker
        self.office = office
        self.message = message
        self.window = window
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
