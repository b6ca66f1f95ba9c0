"""What a tab of the page of the archives is: what the page asks of whatever stands open."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tuopin_desktop.ui.plumbing.drafting import Draft
from tuopin_desktop.ui.widgets.page import PageContext


class ArchiveView(QWidget):
    """Base of the tabs; `turned` tells that the line of state or the buttons of the head are others now.

    `interests` are the kinds of records its `refresh` reads.
    """

    turned = Signal()
    interests: frozenset[str] = frozenset()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context
        self.buttons: Sequence[QWidget] = ()
        """What stands at the right of the page's head while the tab is open."""

    @property
    def state(self) -> str:
        """The line under the page's title."""
        return ""

    def refresh(self) -> None:
        """Ask the services again."""

    def take_keyboard(self) -> None:
        """Put the keyboard where work begins."""

    def show_subject(self, subject: str) -> None:
        """Show what follows the tab's key in a goal, `items/2019`."""

    def search(self) -> None:
        """Ctrl+F."""

    def new(self) -> None:
        """Ctrl+N."""

    def save(self) -> None:
        """Ctrl+S."""

    def print_(self) -> None:
        """Ctrl+P."""

    def drafts(self) -> Mapping[str, Draft]:
        """Return what is typed and not saved, as `Page.drafts` does; keys begin with the tab's."""
        return {}

    def resume(self, content: Mapping[str, str]) -> None:
        """Take up what was typed and not saved."""
