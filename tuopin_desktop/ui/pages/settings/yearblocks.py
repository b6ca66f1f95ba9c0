"""A year as twelve small months: holidays, moved rest days and make-up workdays told by shape as well as by colour."""

from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tuopin_desktop.domain.notice import Mark
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.widgets.days import long_day
from tuopin_desktop.ui.widgets.plain import show_tip

_ACROSS, _DOWN = 4, 3
_WEEK = "一二三四五六日"
_LINES = 8  # title, weekdays, six weeks
_SMALLEST = 9
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}
LEGEND = "底色：放假 · 方框：调休上班 · 底色加方框：地方假日 · 下划线：今天"


class YearBlocks(QWidget):
    """Shows one year; arrow keys go from day to day, Enter or a double click opens one.

    `opened(day)` asks for a day; `went(day)` tells where the keyboard stands.
    """

    opened = Signal(object)
    went = Signal(object)

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._year = today.year
        self._marks: Mapping[date, Mark] = {}
        self._worked: Mapping[date, bool] = {}
        self._months: tuple[int | None, ...] = (None,) * 12
        self.day = today
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self._name()

    def show_year(
        self, year: int, marks: Mapping[date, Mark], worked: Mapping[date, bool], months: tuple[int | None, ...]
    ) -> None:
        """Show a year; the keyboard stays on its day of the year."""
        if year != self._year:
            self.day = self._today if self._today.year == year else date(year, 1, 1)
        self._year, self._marks, self._worked, self._months = year, marks, worked, months
        self._name()
        self.update()

    def go(self, day: date) -> None:
        """Put the keyboard on a day of the year shown."""
        if day.year == self._year:
            self.day = day
            self._name()
            self.update()
            self.went.emit(day)

    def describe(self, day: date) -> str:
        """Return a day in words, as the screen reader and the tip say it."""
        mark = self._marks.get(day)
        worked = self._worked.get(day)
        text = "工作日未定" if worked is None else "工作日" if worked else "休息日"
        if mark is None:
            return f"{long_day(day)}，{text}"
        local = "，地方假日" if mark.county else ""
        return f"{long_day(day)}，{mark.name}，{'上班' if mark.work else '放假'}{local}"

    def _name(self) -> None:
        self.setAccessibleName(f"{self._year}年月历：{self.describe(self.day)}")

    # -- places

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(self, 620), theme.scaled(self, 390))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(self, 480), theme.scaled(self, 300))

    def _cell(self, month: int, line: int, at: int) -> QRectF:
        wide, high = self.width() / _ACROSS, self.height() / _DOWN
        left, top = (month - 1) % _ACROSS * wide + 6, (month - 1) // _ACROSS * high + 2
        across, down = (wide - 14) / 7, (high - 6) / _LINES
        return QRectF(left + at * across, top + line * down, across, down)

    def _place(self, day: date) -> QRectF:
        first = day.replace(day=1).weekday()
        return self._cell(day.month, 2 + (first + day.day - 1) // 7, (first + day.day - 1) % 7)

    def at(self, point: QPoint) -> date | None:
        """Return the day under a point."""
        day = date(self._year, 1, 1)
        while day.year == self._year:
            if self._place(day).contains(point.toPointF()):
                return day
            day += timedelta(days=1)
        return None

    # -- hands

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.day)
        elif key in _STEPS:
            self.go(self.day + timedelta(days=_STEPS[Qt.Key(key)]))
        elif key == Qt.Key.Key_Home:
            self.go(date(self._year, 1, 1))
        elif key == Qt.Key.Key_End:
            self.go(date(self._year, 12, 31))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if (day := self.at(event.position().toPoint())) is not None:
            self.go(day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if (day := self.at(event.position().toPoint())) is not None:
            self.opened.emit(day)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            day = self.at(event.pos())
            show_tip(event.globalPos(), self.describe(day) if day else "", self)
            return True
        return super().event(event)

    # -- paint

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for month in range(1, 13):
                self._head(painter, month)
            day = date(self._year, 1, 1)
            while day.year == self._year:
                self._draw(painter, day)
                day += timedelta(days=1)
        finally:
            painter.end()

    def _letters(self, painter: QPainter, px: int, *, bold: bool = False, line: bool = False) -> None:
        font = QFont(self.font())
        room = int(self._cell(1, 0, 0).height()) - 2  # in a low window letters yield to the frames around them
        font.setPixelSize(max(_SMALLEST, min(theme.scaled(self, px), room)))
        font.setBold(bold)
        font.setUnderline(line)
        painter.setFont(font)

    def _head(self, painter: QPainter, month: int) -> None:
        title = self._cell(month, 0, 0)
        title.setWidth(self.width() / _ACROSS - 14)
        self._letters(painter, 13, bold=True)
        painter.setPen(theme.color("text"))
        painter.drawText(title, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, f" {month}月")
        self._letters(painter, 12)
        painter.setPen(theme.color("text2"))
        count = self._months[month - 1]
        text = "未定" if count is None else f"工作日 {count} "
        painter.drawText(title, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        painter.setPen(theme.color("text3"))
        self._letters(painter, 11)
        for at, word in enumerate(_WEEK):
            painter.drawText(self._cell(month, 1, at), Qt.AlignmentFlag.AlignCenter, word)

    def _draw(self, painter: QPainter, day: date) -> None:
        mark, box = self._marks.get(day), self._place(day)
        inner = box.adjusted(1.5, 0.5, -1.5, -0.5)
        ink = theme.color("text3" if day.weekday() >= 5 else "text")
        if mark is not None:
            tone = "warn" if mark.county else "quiet" if mark.work else "bad"
            ink = theme.color("accent") if mark.work else theme.color_of(theme.TONES[tone][0])
            ground = theme.color("card") if mark.work else theme.color_of(theme.TONES[tone][1])
            painter.setPen(ink if mark.work or mark.county else Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(inner, 3, 3)
        if day == self.day and self.hasFocus():
            painter.setPen(theme.color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        self._letters(painter, 12, bold=mark is not None, line=day == self._today)
        painter.setPen(ink)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(day.day))
