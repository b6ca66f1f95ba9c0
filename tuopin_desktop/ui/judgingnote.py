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
        self._standings: dict[str, Standing] = {}
        self._pages, self._again = pages, again
        asker.standing.connect(self._hear)

    def tell(self, page: Page) -> None:
        """Tell a page that has just been made."""
        if page.from_shelves:
            page.stand(next((one for topic, one in self._standings.items() if topic in page.from_shelves), None))

    def _hear(self, standing: Standing) -> None:
        self._standings.pop(standing.topic, None)
        if standing.count < standing.total:
            self._standings[standing.topic] = standing
        for page in self._pages.values():
            self.tell(page)
        self._again(standing.kinds)
