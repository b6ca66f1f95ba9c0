"""The month up to today as bars, and the year as a strip of months: what is reached, and what still can be."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from tuopin_desktop.services.home.countystate import CountyState, MonthBar, YearMonth
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.front.drawing import MIDDLE, RIGHT, font_of, hatching, ink, quiet_line, write
from tuopin_desktop.ui.widgets.parts import column, label, row
from tuopin_desktop.ui.widgets.plain import show_tip

_MONTH_DAYS = 31
_MONTHS = 12
_ROOMY = 660
"""From this width on there is room for the year beside the month."""


class MonthBars(QWidget):
    """A bar for each: days in the county filled, days away hatched, a tick where the days needed are."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: tuple[MonthBar, ...] = ()

    def replace(self, bars: Sequence[MonthBar]) -> None:
        """Show other bars."""
        self._bars = tuple(bars)
        self.setAccessibleName("；".join(f"{one.name}{one.presence:g}/{one.needed}，{one.sentence}" for one in bars))
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(self, 300), theme.scaled(self, 76))

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(self, 460), theme.scaled(self, 24) * max(1, len(self._bars)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            high = min(theme.scaled(self, 26), self.height() // max(5, len(self._bars)))
            for at, bar in enumerate(self._bars):
                self._paint(painter, QRect(0, at * high, self.width(), high), bar)
        finally:
            painter.end()

    def _paint(self, painter: QPainter, place: QRect, bar: MonthBar) -> None:
        painter.setFont(font_of(self, 13))
        name, figure, sentence = (theme.scaled(self, px) for px in (74, 56, 172))
        write(painter, QRect(place.left(), place.top(), name, place.height()), bar.name)
        width = max(40, place.width() - name - figure - sentence - 14)
        tall = min(theme.scaled(self, 11), place.height() - 4)
        box = QRect(place.left() + name + 4, place.center().y() - tall // 2, width, tall)
        theme.fill(painter, box, theme.color("row"))
        filled = QRect(box.left(), box.top(), round(width * min(bar.presence, _MONTH_DAYS) / _MONTH_DAYS), tall)
        theme.fill(painter, filled, theme.color("accent"))
        if bar.away:
            away = min(round(width * bar.away / _MONTH_DAYS), width - filled.width())
            painter.setBrush(hatching("warn", self.devicePixelRatioF()))
            painter.drawRect(QRect(filled.right() + 1, box.top(), away, tall))
        tick = box.left() + round(width * bar.needed / _MONTH_DAYS)
        theme.fill(painter, QRect(tick, box.top() - 2, 2, tall + 4), theme.color("text"))
        at = QRect(box.right() + 2, place.top(), figure, place.height())
        write(painter, at, f"{bar.presence:g}/{bar.needed}", "text", RIGHT)
        rest = QRect(at.right() + 10, place.top(), place.right() - at.right() - 10, place.height())
        write(painter, rest, bar.sentence, ink(bar.tone))


class YearStrip(QWidget):
    """Twelve months: filled as high as their share, hatched where nobody was posted, dashed while to come.

    `month_wanted` carries a month; arrow keys go along them and Enter opens.
    """

    month_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._months: tuple[YearMonth, ...] = ()
        self._now = ""
        self._at = 0
        self.setAccessibleName("全年各月")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def replace(self, months: Sequence[YearMonth], now: str) -> None:
        """Show another year, with the month that is running."""
        if not self._months:
            self._at = int(now[5:]) - 1
        self._months, self._now = tuple(months), now
        self._name()
        self.update()

    def _name(self) -> None:
        self.setAccessibleName(self.sentence(self._months[self._at]) if self._months else "")

    def sentence(self, month: YearMonth) -> str:
        """Return a month as it is told."""
        name = f"{int(month.month[5:])}月"
        if month.month > self._now:
            return f"{name}：还没有到"
        return f"{name}：没有派驻" if month.share is None else f"{name}：全队在旗县天数为应满天数的{month.share}%"

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(self, 200), theme.scaled(self, 44))

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(self, 264), theme.scaled(self, 56))

    def place(self, at: int) -> QRect:
        """Return where a month is painted, its number under it left out."""
        width = self.width() // _MONTHS
        high = min(theme.scaled(self, 34), self.height() - theme.scaled(self, 18))
        return QRect(at * width + 1, 2, max(8, width - 5), high)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(font_of(self, 12))
            for at, month in enumerate(self._months):
                self._paint(painter, at, month)
        finally:
            painter.end()

    def _paint(self, painter: QPainter, at: int, month: YearMonth) -> None:
        box = self.place(at)
        pen = painter.pen()
        pen.setWidthF(1)
        pen.setColor(theme.color("accent" if month.month == self._now else "line2"))
        pen.setStyle(Qt.PenStyle.DashLine if month.month > self._now else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        unposted = month.share is None and month.month <= self._now
        painter.setBrush(hatching("quiet", self.devicePixelRatioF()) if unposted else theme.color("card"))
        painter.drawRoundedRect(box, 3, 3)
        if month.share:
            tall = round((box.height() - 2) * min(month.share, 100) / 100)
            theme.fill(
                painter, QRect(box.left() + 1, box.bottom() - tall, box.width() - 2, tall), theme.color("accent")
            )
        if self.hasFocus() and at == self._at:
            pen.setColor(theme.color_of("#7FA3D1"))
            pen.setWidthF(2)
            painter.setPen(pen)
            painter.setBrush(Qt.GlobalColor.transparent)
            painter.drawRoundedRect(box.adjusted(-1, -1, 2, 2), 3, 3)
        number = QRect(box.left() - 4, box.bottom() + 2, box.width() + 8, theme.scaled(self, 16))
        write(painter, number, str(at + 1), "text2", MIDDLE)

    def _month_at(self, x: int) -> int:
        return min(_MONTHS - 1, max(0, x // max(1, self.width() // _MONTHS)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._at = self._month_at(event.position().toPoint().x())
        self._open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self._at = min(_MONTHS - 1, max(0, self._at + step))
            self._name()
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._months:
            show_tip(event.globalPos(), self.sentence(self._months[self._month_at(event.pos().x())]), self)
            return True
        return super().event(event)

    def _open(self) -> None:
        if self._months and self._months[self._at].month <= self._now:
            self.month_wanted.emit(self._months[self._at].month)


class MonthCard(QFrame):
    """Bars of the running month, and beside them the year; `month_wanted` carries a month to open."""

    month_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._title, self._days = label("", "section"), quiet_line()
        self._year, self._about = label("", "section"), label("柱高＝全队在旗县天数÷应满天数", "quiet")
        self.bars, self.strip = MonthBars(), YearStrip()
        self.strip.month_wanted.connect(self.month_wanted)
        left = column(row(self._title, self._days, None, gap=10), self.bars, gap=4)
        left.setStretch(1, 1)
        self._right = QWidget()
        legend = label("斜线＝没有派驻", "faint")
        self._right.setLayout(column(row(self._year, None), self.strip, self._about, legend, None, gap=3))
        whole = row(left, 16, self._right, margins=(16, 8, 16, 8), gap=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(self, 320), theme.scaled(self, 112))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._right.setVisible(event.size().width() > theme.scaled(self, _ROOMY))

    def replace(self, state: CountyState) -> None:
        """Show another state."""
        number = int(state.month[5:])
        self._title.setText(f"{number}月到今天")
        self._days.setText(f"{state.passed}天过去，还剩{state.left}天" if state.left else "本月最后一天")
        self._year.setText(f"{state.month[:4]}年")
        self.bars.replace(state.bars)
        self.strip.replace(state.year, state.month)
