"""A field for a day: typed in short, or taken from a month that opens under it; every date of the program is one."""

from collections.abc import Callable, Collection
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QDialog, QLineEdit, QSizePolicy, QWidget

from tuopin_desktop.domain.attendance.months import span_of
from tuopin_desktop.domain.periods import understand
from tuopin_desktop.domain.typeddays import HINT, WEEK, day_words, read_typed
from tuopin_desktop.ui import icons, theme
from tuopin_desktop.ui.widgets.parts import button, column, label, row
from tuopin_desktop.ui.widgets.plain import set_tip
from tuopin_desktop.ui.widgets.popover import Popover

_WIDE, _HIGH, _LINES = 36, 26, 6
_MARGIN = 14
_REST = "#F1F3F6"


class MonthGrid(QWidget):
    """Six weeks from Monday on: `picked` carries the day, `keyed` a key that belongs into the field.

    `left` tells that the hand has gone elsewhere.
    """

    picked = Signal(object)
    keyed = Signal(str)
    turned = Signal()
    left = Signal()

    def __init__(self, at: date, today: date, tinted: Collection[date]) -> None:
        super().__init__()
        self.at, self._today, self._tinted = at, today, frozenset(tinted)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("选日期：方向键移动，上下翻页换月，回车选定")
        self._tell()

    def sizeHint(self) -> QSize:
        return QSize(7 * theme.scaled(self, _WIDE), (_LINES + 1) * theme.scaled(self, _HIGH))

    def turn(self, months: int) -> None:
        """Go some months on, to the same day or the last one there is."""
        month = self.at.year * 12 + self.at.month - 1 + months
        span = span_of(f"{month // 12:04d}-{month % 12 + 1:02d}")
        if span is not None:
            self.go(span[0].replace(day=min(self.at.day, span[1].day)))

    def go(self, day: date) -> None:
        """Stand on a day."""
        self.at = day
        self._tell()
        self.update()
        self.turned.emit()

    def _tell(self) -> None:
        leave = "，有请假" if self.at in self._tinted else ""
        self.setAccessibleDescription(f"{day_words(self.at, self._today)}{leave}")

    def tint(self, day: date) -> None:
        """Mark one more day."""
        self._tinted |= {day}
        self.update()

    def _first(self) -> date:
        first = self.at.replace(day=1)
        return first - timedelta(days=first.weekday())

    def _box(self, place: int) -> QRect:
        wide, high = theme.scaled(self, _WIDE), theme.scaled(self, _HIGH)
        return QRect(place % 7 * wide, (place // 7 + 1) * high, wide, high)

    def day_at(self, point: QPoint) -> date | None:
        """Return the day of the month under a point."""
        for place in range(7 * _LINES):
            day = self._first() + timedelta(days=place)
            if self._box(place).contains(point) and day.month == self.at.month:
                return day
        return None

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.color("text2"))
            for place, word in enumerate(WEEK):
                box = self._box(place)
                painter.drawText(box.translated(0, -box.height()), Qt.AlignmentFlag.AlignCenter, word)
            for place in range(7 * _LINES):
                day = self._first() + timedelta(days=place)
                if day.month == self.at.month:
                    self._paint_day(painter, self._box(place), day)

    def _paint_day(self, painter: QPainter, box: QRect, day: date) -> None:
        ink, rest = "text", day.weekday() >= 5
        if rest:
            painter.fillRect(box, theme.color_of(_REST))
            ink = "text3"
        inner = box.adjusted(1, 1, -1, -1)
        if day in self._tinted:
            painter.fillRect(inner, theme.color("warn_bg"))
            ink = "warn"
        painter.setPen(Qt.PenStyle.NoPen)
        if day == self.at:
            painter.setBrush(theme.color("accent"))
            painter.drawRoundedRect(inner, 4, 4)
            ink = "card"
        elif day == self._today:
            painter.setPen(QPen(theme.color("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inner, 4, 4)
        painter.setPen(theme.color(ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(day.day))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.left.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(event.position().toPoint())
        if day is not None:
            self.picked.emit(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        steps = {keys.Key_Left: -1, keys.Key_Right: 1, keys.Key_Up: -7, keys.Key_Down: 7}
        if event.key() in steps:
            self.go(self.at + timedelta(days=steps[keys(event.key())]))
        elif event.key() in (keys.Key_PageUp, keys.Key_PageDown):
            self.turn(1 if event.key() == keys.Key_PageDown else -1)
        elif event.key() == keys.Key_Home:
            self.go(self._today)
        elif event.key() in (keys.Key_Return, keys.Key_Enter, keys.Key_Space):
            self.picked.emit(self.at)
        elif event.text() and event.text() in "0123456789+-":
            self.keyed.emit(event.text())
        else:
            super().keyPressEvent(event)


class DayLine(QLineEdit):
    """A line in which a day is typed; F4, Alt+↓ or its sign opens a month. `tinted` gives the days with leave."""

    hint = HINT

    def __init__(self, today: date) -> None:
        super().__init__()
        self.today = today
        self.tinted: Callable[[], Collection[date]] = tuple
        self.picker: Popover | None = None
        self._sign = QAction(icons.icon("calendar-days"), "选日期（F4）", self)
        set_tip(self._sign, "选日期（F4 或 Alt+↓）")
        self._sign.triggered.connect(self.open_month)
        self.addAction(self._sign, QLineEdit.ActionPosition.TrailingPosition)

    def words_of(self, day: date) -> str:
        """Return how a day taken from the month stands in the line."""
        return day.isoformat()

    def day(self) -> date | None:
        """Return the day that stands there; None where it cannot be read."""
        return read_typed(self.text(), self.today)

    def start(self) -> date:
        """Return the day on which the month opens."""
        return self.day() or self.today

    def open_month(self) -> None:
        """Show the month of the day that stands there, or of today."""
        if self.picker is not None or self.isReadOnly() or not self.isEnabled():
            return
        grid = MonthGrid(self.start(), self.today, self.tinted())
        title = label("", "strong")
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)

        def tell() -> None:
            title.setText(f"{grid.at.year}年{grid.at.month}月")

        tell()
        turns = [
            button("", partial(grid.turn, step), icon=f"chevron-{side}", role="flat", tip=tip)
            for step, side, tip in ((-1, "left", "上一月（上翻页）"), (1, "right", "下一月（下翻页）"))
        ]
        for one in turns:
            one.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head = row(turns[0], title, turns[1])
        head.setStretch(1, 1)
        self.picker = picker = Popover(_host(self), "选日期")
        grid.picked.connect(lambda day: self.take(day, grid))
        grid.keyed.connect(self._put)
        grid.turned.connect(tell)
        inside = column(head, grid, label(self.hint, "hint"), gap=4, margins=(_MARGIN, 8, _MARGIN, 8))
        anchor = QRect(self.mapToGlobal(QPoint(0, 0)), self.size())
        grid.left.connect(self.close_month)
        picker.open(inside, 7 * _WIDE + 2 * _MARGIN, anchor, grid)

    def close_month(self) -> None:
        """Take the month away: a day was taken, Esc was pressed, or the hand has gone elsewhere."""
        picker, self.picker = self.picker, None
        if picker is not None:
            picker.dismiss()

    def take(self, day: date, _grid: MonthGrid) -> None:
        """Take a day from the month."""
        self._put(self.words_of(day))

    def _put(self, text: str) -> None:
        self.close_month()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.selectAll()
        self.insert(text)  # as if typed, so that the page hears of it

    def keyPressEvent(self, event: QKeyEvent) -> None:
        down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_F4 or down:
            self.open_month()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Behind a short form stands the day it is read as, while it is typed."""
        super().paintEvent(event)
        day = self.day() if self.hasFocus() and self.text() else None
        if day is None or len(self.text()) >= len(day.isoformat()):
            return
        with QPainter(self) as painter:
            painter.setPen(theme.color("text3"))
            left = self.cursorRect().left() + self.fontMetrics().horizontalAdvance(self.text()[self.cursorPosition() :])
            box = QRect(left + 14, 0, self.width() - left - 14 - theme.scaled(self, 28), self.height())
            text = self.fontMetrics().elidedText(day_words(day, self.today), Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)


class PeriodLine(DayLine):
    """A line for a run of days: typed in short, or its two ends taken from the month, one after the other."""

    hint = "先选第一天，再选最后一天"

    def __init__(self, today: date) -> None:
        super().__init__(today)
        self._end: date | None = None

    def day(self) -> date | None:
        return None

    def start(self) -> date:
        self._end = None
        period = understand(self.text(), self.today).period
        return period.first if period is not None else self.today

    def take(self, day: date, grid: MonthGrid) -> None:
        """Take one end, then the other; which of them is earlier does not matter."""
        if self._end is None:
            self._end = day
            grid.tint(day)
            return
        first, last = sorted((self._end, day))
        self._put(f"{first.isoformat()}至{last.isoformat()}")


def _host(widget: QWidget) -> QWidget:
    """Return what the month lies over: the dialog or the page of the line."""
    parent = widget.parentWidget()
    while parent is not None and not (isinstance(parent, QDialog) or parent.objectName() == "page"):
        parent = parent.parentWidget()
    return parent or widget.window()
