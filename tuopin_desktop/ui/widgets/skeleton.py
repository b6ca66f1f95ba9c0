"""What lies over a page until its first answer is there: nothing, then grey bars; what is not known is not told."""

from collections.abc import Callable
from typing import Protocol, cast

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QTabBar, QWidget

from tuopin_desktop.ui import theme
from tuopin_desktop.ui.plumbing.awaited import Awaited
from tuopin_desktop.ui.widgets.parts import button

PATIENCE_MS = 300
"""Until then an answer usually is there, and bars would only flicker."""
WORDS = "正在统计…"
LOST = "没有读出来"
_BARS = (0.62, 0.48, 0.56, 0.4)
_HIGH, _APART, _INSET = 12, 34, 24


class Skeleton(QWidget):
    """Covers the part of a page that is not known yet; it is in no layout and moves nothing.

    What was asked for and met trouble is not awaited any more: `again` asks for it once more.
    """

    def __init__(self, host: QWidget, again: Callable[[], object]) -> None:
        super().__init__(host)
        self.again = button("再试一次", again)
        self.again.setParent(self)
        self.again.hide()
        self._slow = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._slow.timeout.connect(self.update)
        self.hide()

    def cover(self, place: QRect, *, lost: bool = False) -> None:
        """Lie over a place of the host; the bars come when the answer takes long, a button when it met trouble."""
        self.setGeometry(place)
        self.setAccessibleName(LOST if lost else WORDS)
        if self.isHidden():
            self._slow.start()
        inset, apart = theme.scaled(self, _INSET), theme.scaled(self, _APART)
        self.again.setGeometry(QRect(QPoint(inset, apart + 4), self.again.sizeHint()))
        self.again.setVisible(lost)
        self.update()
        self.show()
        self.raise_()

    @property
    def is_slow(self) -> bool:
        """Tell whether the bars are shown."""
        return self.isVisible() and not self._slow.isActive()

    def hideEvent(self, event: QHideEvent) -> None:
        self._slow.stop()
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.fillRect(self.rect(), theme.color("bg"))
            if not self.again.isHidden():
                self._paint_words(painter, LOST)
            elif self.is_slow:
                self._paint_bars(painter)
        finally:
            painter.end()

    def _paint_words(self, painter: QPainter, text: str) -> None:
        inset, apart = theme.scaled(self, _INSET), theme.scaled(self, _APART)
        painter.setPen(theme.color("text2"))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(inset, 0, self.width(), apart), int(flags), text)

    def _paint_bars(self, painter: QPainter) -> None:
        self._paint_words(painter, WORDS)
        inset, apart = theme.scaled(self, _INSET), theme.scaled(self, _APART)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("line"))
        for number, part in enumerate(_BARS, 1):
            high, width = theme.scaled(self, _HIGH), round(part * (self.width() - 2 * inset))
            painter.drawRoundedRect(inset, number * apart + (apart - high) // 2, width, high, 4, 4)


class Place(Protocol):
    """Where that stands on a page which is asked for: its `whole` body, or what is under its tabs."""

    def __call__(self, *, whole: bool) -> QRect: ...


class Unknown(QObject):
    """Covers of a page what was never answered yet: the whole, and each of its tabs when it is first opened.

    What was shown before stays while it is asked for again: an old picture is better than none. Only when something
    else was asked for, another month or county, it goes after a moment: it does not belong under the new heading.
    `turned` tells that something is covered, or no longer. What was never answered because all that was asked for it
    met trouble says so and offers to ask `again`: an empty list would say that there is nothing.
    """

    turned = Signal()

    def __init__(self, page: QWidget, awaited: Awaited, place: Place, again: Callable[[], object]) -> None:
        super().__init__(page)
        self._page, self._awaited, self._place = page, awaited, place
        self._answered: set[tuple[int, ...]] = set()
        self._boxes: set[int] = set()
        self._renewing = self.covers = self.is_lost = False
        self._moment = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._moment.timeout.connect(self._look)
        self.skeleton = Skeleton(page, again)
        awaited.begun.connect(self._look)
        awaited.over.connect(self._learn)
        page.installEventFilter(self)

    def renew(self) -> None:
        """Something else is asked for than what is shown."""
        self._renewing = True
        self._moment.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.LayoutRequest):
            self._look()
        return super().eventFilter(watched, event)

    def _where(self) -> tuple[int, ...]:
        bars = cast("list[QTabBar]", self._page.findChildren(QTabBar))
        return tuple(bar.currentIndex() for bar in bars if bar.isVisibleTo(self._page))

    def _look(self) -> None:
        before = (self.covers, self.is_lost)
        old = self._renewing and not self._moment.isActive()
        unknown = self._where() not in self._answered
        self.covers = self._awaited.waits and (old or unknown)
        self.is_lost = unknown and not self._awaited.waits and self._awaited.is_lost
        if self.covers or self.is_lost:
            self.skeleton.cover(self._place(whole=not self._answered), lost=self.is_lost)
        else:
            self.skeleton.hide()
        if (self.covers, self.is_lost) != before:
            self.turned.emit()

    def _learn(self) -> None:
        if not self._awaited.is_lost:
            self._answered.add(self._where())
        self._renewing = False
        self._listen()
        self._look()

    def _listen(self) -> None:
        """Hear of every choice on the page: each asks for something else."""
        for box in cast("list[QComboBox]", self._page.findChildren(QComboBox)):
            if id(box) not in self._boxes:
                self._boxes.add(id(box))
                box.activated.connect(self.renew)
        for bar in cast("list[QTabBar]", self._page.findChildren(QTabBar)):
            if id(bar) not in self._boxes:
                self._boxes.add(id(bar))
                bar.currentChanged.connect(self._look)
