"""The help of a window: a pane beside the page, which loads when somebody asks for it."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, cast
from weakref import WeakSet

from PySide6.QtCore import QEvent, QObject, QRect, Signal
from PySide6.QtWidgets import QApplication, QSplitter, QTabBar

from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.memory import memory_of
from tuopin_desktop.ui.widgets.page import Page, Pane

if TYPE_CHECKING:
    from tuopin_desktop.ui.helppane import HelpPane
    from tuopin_desktop.ui.keysheet import KeySheet
    from tuopin_desktop.ui.manualdoors import ManualDoors

BESIDE = 1180
"""Px of a window that has room for the pane beside a page; in a narrower one it lies over the page's edge."""
_WIDTH = "help/width"


class Manual(QObject):
    """Opens and closes the pane at the end of `side`; `opened` tells that it was.

    `place` returns the page's key and the page that stands open, `pages` every page of the window by its title, for
    the sheet of keys; `level` is whose manual it is.
    """

    opened = Signal()

    def __init__(
        self,
        side: QSplitter,
        asker: Asker,
        place: Callable[[], tuple[str, Page]],
        pages: Callable[[], Sequence[tuple[str, Page]]],
        level: str,
    ) -> None:
        super().__init__(side)
        self._side, self._asker, self._place, self._pages, self._level = side, asker, place, pages, level
        self._bars: WeakSet[QTabBar] = WeakSet()
        self.pane: HelpPane | None = None
        """The pane, once somebody asked for help."""

    @cached_property
    def key_sheet(self) -> "KeySheet":
        """Return what saves the sheet of the keys of the window."""
        from tuopin_desktop.ui.keysheet import KeySheet  # noqa: PLC0415 start-up: most starts ask for no help

        return KeySheet(self._side.window(), self._asker, self._pages)

    @cached_property
    def doors(self) -> "ManualDoors":
        """Return what prints, saves and copies the whole manual."""
        from tuopin_desktop.ui.manualdoors import ManualDoors  # noqa: PLC0415 start-up: as above

        return ManualDoors(self._side.window(), self._asker, lambda: self.key_sheet.rows(), lambda: self._place()[1])

    @property
    def is_open(self) -> bool:
        """Whether the pane is seen."""
        return self.pane is not None and self.pane.isVisible()

    @property
    def as_pane(self) -> Pane | None:
        """The pane as F6 goes to it, while it is seen."""
        return Pane(self.pane, self.pane.enter) if self.pane is not None and self.pane.isVisible() else None

    def toggle(self) -> None:
        """Open the pane, the keyboard staying where it is, or close it (F1)."""
        if self.is_open:
            self._close()
            return
        pane = self._made()
        pane.show()
        self._lay(pane)
        self.follow()
        self.opened.emit()

    def follow(self) -> None:
        """Explain the page and the tab that stand open now."""
        if self.pane is None or not self.pane.isVisible():
            return
        key, page = self._place()
        every = cast("list[QTabBar]", page.findChildren(QTabBar))
        bars = [one for one in every if one.isVisible()]
        for bar in bars:
            if bar not in self._bars:
                self._bars.add(bar)
                bar.currentChanged.connect(lambda _at: self.follow())
        self.pane.follow(key, bars[0].tabText(bars[0].currentIndex()).partition(" ")[0] if bars else "")

    def _made(self) -> "HelpPane":
        if self.pane is None:
            from tuopin_desktop.ui.helppane import HelpPane  # noqa: PLC0415 start-up: as above

            self.pane = HelpPane(self._side.window(), self._level)
            self.pane.left.connect(self._close)
            self.pane.print_wanted.connect(lambda: self.doors.ask_print())
            self.pane.save_wanted.connect(lambda: self.doors.ask_save())
            self.pane.copy_wanted.connect(lambda: self.doors.ask_copy())
            self.pane.keys_wanted.connect(lambda: self.key_sheet.ask(self._side.window()))
            self._side.splitterMoved.connect(lambda *_: self._keep())
            self._side.installEventFilter(self)
        return self.pane

    def _close(self) -> None:
        if self.pane is None:
            return
        inside, page = self.pane.isAncestorOf(QApplication.focusWidget() or self._side), self._place()[1]
        self.pane.hide()
        if inside:
            page.take_keyboard()

    def _lay(self, pane: "HelpPane") -> None:
        """Stand beside the page, or over its edge in a window too narrow for both."""
        whole, window = self._side.rect(), self._side.window()
        if window.width() < BESIDE:
            if pane.parentWidget() is not window:
                pane.setParent(window)
                pane.show()
            corner = self._side.mapTo(window, whole.topRight())
            pane.setGeometry(QRect(corner.x() - pane.over + 1, corner.y(), pane.over, whole.height()))
            pane.raise_()
        elif self._side.indexOf(pane) < 0:
            self._side.addWidget(pane)
            self._side.setStretchFactor(0, 1)
            self._side.setCollapsible(1, False)
            wide = pane.fitting(int(memory_of(window).get(_WIDTH) or 0))
            self._side.setSizes([whole.width() - wide, wide])
            pane.show()

    def _keep(self) -> None:
        if self.pane is not None:
            memory_of(self._side.window()).keep(_WIDTH, str(self.pane.width()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.pane is not None and self.pane.isVisible():
            self._lay(self.pane)
        return super().eventFilter(watched, event)
