"""What is typed and not saved in the window: kept while it is typed, offered at the next start."""

from collections.abc import Callable, Collection, Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from tuopin_desktop.services.office import unsaved
from tuopin_desktop.services.office.unsaved import Unsaved
from tuopin_desktop.ui.plumbing.drafting import Draft, DraftKeeper, Place
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.sheets.takeup import TakeUpDialog, offer, show_words
from tuopin_desktop.ui.widgets.form import dialog_drafts
from tuopin_desktop.ui.widgets.page import Page


class Unfinished(QObject):
    """Serves one window: `pages` are those made so far, `doors` the keys of all, `ways` make and show one."""

    def __init__(
        self,
        window: QWidget,
        asker: Asker,
        pages: Mapping[str, Page],
        doors: Collection[str],
        ways: tuple[Callable[[str], Page], Callable[[str], object]],
    ) -> None:
        super().__init__(window)
        self._window, self._asker, self._pages, self._doors = window, asker, pages, doors
        self._make, self._show = ways
        self.keeper = DraftKeeper(asker, self._typed, self)
        self.take_up: TakeUpDialog | None = None

    def _typed(self) -> dict[Place, Draft]:
        draft_by_pair = {
            (name, key): draft for name, page in self._pages.items() for key, draft in page.drafts().items()
        }
        return {**draft_by_pair, **dialog_drafts(self._window)}

    def begin(self, app: QApplication) -> None:
        """Offer what was typed and not saved when the program ended last, and keep what is typed from now on."""
        self._asker.ask(unsaved.waiting, then=self._offer, lane="unsaved")
        self.keeper.begin(app)

    def _offer(self, waiting: list[Unsaved]) -> None:
        if waiting:
            self.take_up = offer(waiting, self._asker, self._window)
            self.take_up.taken_up.connect(self._resume)

    def _resume(self, waiting: list[Unsaved]) -> None:
        """Hand every form to its page, the newest last and shown; the words of small windows stand to be copied."""
        places = [one for one in reversed(waiting) if one.page in self._doors]
        self.keeper.adopt(places)
        for one in places:
            page, newest = self._pages.get(one.page) or self._make(one.page), one is places[-1]
            if newest:
                self._show(one.page)
            page.resume(one.key, one.content, show=newest)
        show_words([one for one in waiting if one not in places], self._asker, self._window)
