"""How far the judging has come, told to every page that shows what was judged before."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from tuopin_desktop.services.office.desk import Standing
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.page import Page


class JudgingNote(QObject):
    """Hears from the asker how far it has come; `again` is given the kinds whose pages ask again at the end.

    It goes with the window that is its parent: the asker outlives a window that is built anew with larger letters.
    """

    def __init__(
        self, asker: Asker, pages: Mapping[str, Page], again: Callable[[frozenset[str]], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._standing: Standing | None = None
        self._pages, self._again = pages, again
        asker.standing.connect(self._hear)

    def tell(self, page: Page) -> None:
        """Tell a page that has just been made."""
        if page.from_shelves:
            page.stand(self._standing)

    def _hear(self, standing: Standing) -> None:
        self._standing = standing if standing.count < standing.total else None
        for page in self._pages.values():
            self.tell(page)
        self._again(standing.kinds)
