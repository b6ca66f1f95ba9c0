"""What a window asks before it closes: nothing where nothing would be lost, else whether that is wanted."""

from collections.abc import Callable, Mapping

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMessageBox, QWidget

from tuopin_desktop.ui.plumbing.drafting import DraftKeeper
from tuopin_desktop.ui.widgets.ask import confirm
from tuopin_desktop.ui.widgets.page import Page
from tuopin_desktop.ui.widgets.plain import box


class Closing:
    """Decides for one window with its pages; `keeper` gives what keeps the text that is not saved.

    `ways` close the window: what is half written is let go, or kept.
    """

    def __init__(
        self,
        window: QWidget,
        pages: Mapping[str, Page],
        keeper: Callable[[], DraftKeeper],
        ways: tuple[Callable[[], object], Callable[[], object]],
    ) -> None:
        self._window, self._pages, self._keeper = window, pages, keeper
        self._leave, self._part = ways
        self._waits = False

    @property
    def unsaved(self) -> str:
        """What would be lost, in words."""
        return "、".join(text for page in self._pages.values() if (text := page.unsaved()))

    def keep(self) -> None:
        """Keep what is not saved for whoever opens a window next."""
        self._keeper().look()
        self._keeper().rest()

    def decide(self, event: QCloseEvent, *, is_locked: bool) -> None:
        """Accept the close, or ask first; at a locked window nobody is there to be asked, and everything is kept."""
        event.accept()
        if is_locked:
            self.keep()
        elif self.settle():
            self._waits = True  # what keeps itself is being kept; `settled` goes on
            event.ignore()
        elif self.unsaved:
            event.ignore()
            self._ask()
        else:
            self._keeper().give_up()

    def settle(self) -> bool:
        """Let every page keep what keeps itself; tell whether an answer is awaited."""
        awaited = [page.settle() for page in self._pages.values()]
        return any(awaited)

    def settled(self) -> None:
        """Go on with a close that waited."""
        if not self._waits:
            return
        self._waits = False
        if self.unsaved:
            self._ask()
        else:
            self._leave()

    def _ask(self) -> None:
        """Keeping what is half written is the way that loses nothing, so it is the one offered first."""
        pages = self._pages.values()
        names = "、".join(dict.fromkeys(draft.title for page in pages for draft in page.drafts().values()))
        cells = "、".join(page.unsaved() for page in pages if page.unsaved() and not page.drafts())
        whole = f"{self.unsaved}还没写完：{names}。草稿存在电脑里，断电也不丢，下次打开接着写。" if names else ""
        rest = f"{cells}没有存上，关闭后就没有了。" if cells else ""
        question = box(QMessageBox.Icon.Question, "还没写完", whole + rest, self._window)
        part = question.addButton("留着草稿，关闭", QMessageBox.ButtonRole.AcceptRole)
        question.addButton("回去看看", QMessageBox.ButtonRole.RejectRole)
        drop = question.addButton("丢掉草稿…", QMessageBox.ButtonRole.DestructiveRole)
        question.setDefaultButton(part)
        part.clicked.connect(lambda: self._part())
        drop.clicked.connect(lambda: confirm(self._window, f"{self.unsaved}就没有了。", "丢掉，关闭", self._leave))
        question.finished.connect(question.deleteLater)
        question.open()
