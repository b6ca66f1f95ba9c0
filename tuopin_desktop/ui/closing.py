"""What a window asks before it closes: nothing where nothing would be lost, else whether that is wanted."""

from collections.abc import Callable, Mapping

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from tuopin_desktop.ui.plumbing.drafting import DraftKeeper
from tuopin_desktop.ui.widgets.ask import confirm
from tuopin_desktop.ui.widgets.page import Page


class Closing:
    """Decides for one window with its pages; `keeper` gives what keeps the text that is not saved."""

    def __init__(
        self,
        window: QWidget,
        pages: Mapping[str, Page],
        keeper: Callable[[], DraftKeeper],
        leave: Callable[[], object],
    ) -> None:
        self._window, self._pages, self._keeper, self._leave = window, pages, keeper, leave
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
        confirm(self._window, f"{self.unsaved}还没有保存，关闭后就没有了。", "不保存，关闭", self._leave)
