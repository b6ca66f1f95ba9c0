"""Below the region its number is kept, and mended after a question as long as nothing of the region is here."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMessageBox

from tuopin_desktop.domain.exchange.trust import heard, in_digits, spoken
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.services.office import stations
from tuopin_desktop.ui.pages.exchange import questions
from tuopin_desktop.ui.plumbing.runner import question
from tuopin_desktop.ui.widgets.ask import confirm
from tuopin_desktop.ui.widgets.page import Page

_OTHER = (
    "现在填的号码 {number} 和本机以前登记的不同。\n\n"
    "只有刚在电话中和自治区办公室逐组核对过、确是以前登记错了的，才能更换。"
)


class Founding:
    """Registers the number; `then` is called once it stands."""

    def __init__(self, page: Page, then: Callable[[], object]) -> None:
        self._page, self._then = page, then
        self.question: QMessageBox | None = None

    def register(self, path: Path | None, text: str, *, replace: bool = False) -> None:
        """Keep the number of a card, or without one as it was heard; another one gives way once the clerk agrees."""
        wish = question(questions.trust, path, text, replace=replace)
        self._page.asker.ask(wish, then=self._done, failed=partial(self._not_done, path, text))

    def _done(self, _: object) -> None:
        self._page.message.say("已登记自治区办公室的号码。请把U盘交送件人")
        self._page.refresh()
        self._then()

    def _not_done(self, path: Path | None, text: str, error: Refused | Trouble) -> None:
        if isinstance(error, Refused) and any(one.code == stations.REPLACEABLE for one in error.problems):
            asks = _OTHER.format(number=spoken(in_digits(heard(text))))
            replace = partial(self.register, path, text, replace=True)
            self.question = confirm(self._page, asks, "更换号码", replace)
        else:
            self._page.complain(error)
