"""A first page, or in its place what stands there once the term is over: that is made when it is first needed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tuopin_desktop.services.home.closingstate import ClosingState
from tuopin_desktop.ui.front.closingfront import ClosingFront
from tuopin_desktop.ui.widgets.empty import OrEmpty


class OrClosing(OrEmpty):
    """`opened` asks for a page and a subject, as the front of the closing does."""

    opened = Signal(str, str)

    def __init__(self, running: QWidget) -> None:
        super().__init__(running, self._make_front)
        self.front: ClosingFront | None = None

    def _make_front(self) -> QWidget:
        self.front = ClosingFront()
        self.front.opened.connect(self.opened)
        return self.front

    def show_state(self, state: ClosingState | None) -> bool:
        """Show the closing, or with None the page of a running term; tell which."""
        self.show_whole(state is None)
        if state is not None and self.front is not None:
            self.front.replace(state)
        return state is not None
