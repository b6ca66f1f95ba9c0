"""Which of several lists was shown is kept under its name, and shown again when the page is first opened."""

from PySide6.QtCore import QEvent, QObject

from tuopin_desktop.ui.widgets.chips import Chips
from tuopin_desktop.ui.widgets.memory import memory_of


class FilterMemory(QObject):
    """Watches one row of lists; what the program chose, so as to show a record, is not kept."""

    def __init__(self, page: str, chips: Chips) -> None:
        super().__init__(chips)
        self._chips, self._page = chips, page
        self._is_settled = False
        chips.installEventFilter(self)
        for button in chips.buttons.values():
            button.clicked.connect(self._keep)
        chips.chosen.connect(self._settle)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and not self._is_settled:
            self._is_settled = True
            code = memory_of(self._chips).get(self._name())
            if code and code != self._chips.code() and self._chips.offers(code):
                self._chips.choose(code)
        return super().eventFilter(watched, event)

    def _keep(self) -> None:
        memory_of(self._chips).keep(self._name(), self._chips.code())

    def _settle(self) -> None:
        """Somebody wants to see something: what was wanted the day before holds no more."""
        self._is_settled = True

    def _name(self) -> str:
        return f"filters/{self._page}/{self._chips.accessibleName()}"


def remember(page: str, chips: Chips) -> None:
    """Keep which list of a page was shown from one run of the program to the next; the first page begins anew."""
    FilterMemory(page, chips)
