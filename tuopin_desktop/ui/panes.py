"""F6 and Esc, the same on every page: the next part of the window, and one step out of where the hand is."""

from collections.abc import Callable
from typing import cast

import shiboken6
from PySide6.QtWidgets import QApplication, QWidget

from tuopin_desktop.ui.widgets.page import Page, Pane
from tuopin_desktop.ui.widgets.rail import Rail
from tuopin_desktop.ui.widgets.search import SearchLine


class Panes:
    """Serves one window: `page` gives the page that stands open, `beside` the help while it is seen.

    F6 goes through what a page says are its parts, its messages, the help beside it and the rail; coming back to the
    page, the keyboard is where it was.
    """

    def __init__(self, page: Callable[[], Page], rail: Rail, beside: Callable[[], Pane | None]) -> None:
        self._page, self._rail, self._beside = page, rail, beside
        self._last: QWidget | None = None

    def _all(self) -> list[Pane]:
        page = self._page()
        notes = [Pane(page.message, page.message.enter)] if page.message.isVisible() else []
        beside = self._beside()
        return [*page.panes(), *notes, *([beside] if beside is not None else []), Pane(self._rail, self._rail.enter)]

    def go_on(self) -> None:
        """Give the keyboard to the next part (F6)."""
        panes, hand = self._all(), QApplication.focusWidget()
        outer = [self._page().message, self._rail]
        here = next((at for at, one in enumerate(panes) if _holds(one, hand) and not _elsewhere(one, outer, hand)), -1)
        if hand is not None and here < len(self._page().panes()):
            self._last = hand
        pane = panes[(here + 1) % len(panes)]
        own = [one.part for one in self._page().panes()]
        if pane.part not in own or not self._return(pane):
            pane.enter()

    def _return(self, pane: Pane) -> bool:
        """Go back to where the keyboard was in a part."""
        last = self._last
        if last is None or not shiboken6.isValid(last) or not _holds(pane, last) or not last.isVisible():
            return False
        last.setFocus()
        return True

    def escape(self) -> None:
        """Leave a message, else clear a search, else go one step back on the page (Esc)."""
        page, hand = self._page(), QApplication.focusWidget()
        if hand is not None and page.message.isAncestorOf(hand):
            page.message.leave()
            return
        for line in cast("list[SearchLine]", page.findChildren(SearchLine)):
            if line.isVisible() and line.text():
                line.clear()
                return
        page.back()


def _holds(pane: Pane, widget: QWidget | None) -> bool:
    return widget is not None and (pane.part is widget or pane.part.isAncestorOf(widget))


def _elsewhere(pane: Pane, outer: list[QWidget], widget: QWidget | None) -> bool:
    """A message is the page's child, and no part of what is worked at."""
    return any(one is not pane.part and _holds(Pane(one, one.setFocus), widget) for one in outer)
