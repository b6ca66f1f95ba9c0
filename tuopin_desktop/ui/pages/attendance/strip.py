"""A person's year as twelve cells: days counted against days needed, each tinted as it is judged."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from tuopin_desktop.services.attendance.year import PersonYear, YearMonth
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.pages.attendance.headers import small
from tuopin_desktop.ui.widgets.findings import TONES
from tuopin_desktop.ui.widgets.plain import set_tip

_MONTHS = 12


class YearStrip(QWidget):
    """Twelve months side by side; a click, or Enter on the chosen one, asks for that month."""

    month_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._year: PersonYear | None = None
        self._at = 0
        self.setFixedHeight(theme.scaled(self, 46))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("全年各月")
        set_tip(self, "每月：计入天数/应满天数。左右键选月份，回车打开")

    def show_year(self, year: PersonYear) -> None:
        """Show a person's year."""
        self._year = year
        self.setAccessibleDescription("；".join(_words(month) for month in year.months if month.count))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._year is None:
            return
        with QPainter(self) as painter:
            for place, month in enumerate(self._year.months):
                self._cell(painter, self._box(place), month)
            if self.hasFocus():
                painter.setPen(theme.color("accent"))
                painter.drawRect(self._box(self._at).adjusted(0, 0, -1, -1))

    def _box(self, place: int) -> QRect:
        width = self.width() // _MONTHS
        return QRect(place * width, 0, width - 4, self.height())

    def _cell(self, painter: QPainter, box: QRect, month: YearMonth) -> None:
        tone = TONES[month.finding.verdict] if month.finding else "quiet"
        ink, ground = theme.TONES[tone]
        painter.fillRect(box, QColor(ground if month.count else theme.TOKENS["bg"]))
        painter.setPen(QColor(ink if month.count else theme.TOKENS["text3"]))
        upper, lower = QRect(box), QRect(box)
        upper.setBottom(box.center().y())
        lower.setTop(box.center().y())
        painter.setFont(small(self.font(), 0.85))
        painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, f"{int(month.month[5:])}月")
        painter.setFont(self.font())
        figures = f"{month.count.days:g}/{month.count.needed}" if month.count else "—"
        painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, figures)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = int(event.position().x()) * _MONTHS // max(1, self.width())
        self._ask(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            self._at = min(max(self._at + step, 0), _MONTHS - 1)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask(self._at)
        else:
            super().keyPressEvent(event)

    def _ask(self, place: int) -> None:
        if self._year is not None and 0 <= place < _MONTHS:
            self.month_wanted.emit(self._year.months[place].month)


def _words(month: YearMonth) -> str:
    return f"{int(month.month[5:])}月{month.count.days:g}天，应满{month.count.needed}天" if month.count else ""
