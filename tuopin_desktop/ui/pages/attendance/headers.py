"""The frozen names at the left, the days on top, and the line of sums below."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from tuopin_desktop.domain.records.choices import POSITION
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.pages.attendance.looks import HOLIDAY, LINE, REST
from tuopin_desktop.ui.pages.attendance.model import TOTALS, WEEK, MonthModel
from tuopin_desktop.ui.widgets.plain import set_tip

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


def small(font: QFont, factor: float = 0.8) -> QFont:
    """Return smaller letters."""
    made = QFont(font)
    made.setPixelSize(max(9, round((font.pixelSize() if font.pixelSize() > 0 else 14) * factor)))
    return made


class Names(QHeaderView):
    """One name a line, the post behind it in grey; the county before the first of a team when several are shown."""

    def __init__(self, model: MonthModel) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._month = model
        self.setSectionsClickable(True)
        self.setAccessibleName("姓名，按 Y 看全年")

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        if logical >= len(self._month.lines):
            return
        row = self._month.lines[logical].row
        painter.fillRect(rect, theme.color("card"))
        chosen = self.selectionModel() is not None and self.selectionModel().currentIndex().row() == logical
        if chosen:
            painter.fillRect(rect, theme.color("tint"))
        painter.setFont(self.font())
        painter.setPen(theme.color("text"))
        inner = rect.adjusted(6, 0, -6, 0)
        if self._several:
            width = rect.width() // 3
            county = QRect(inner.left(), inner.top(), width, inner.height())
            if self._first_of_team(logical):
                painter.setFont(small(self.font(), 0.85))
                painter.setPen(theme.color("text2"))
                painter.drawText(county, _LEFT, painter.fontMetrics().elidedText(row.county, _ELIDE, width))
            inner.setLeft(inner.left() + width + 2)
            painter.setFont(self.font())
            painter.setPen(theme.color("text"))
        post = POSITION.word(row.posting.position)
        post_width = painter.fontMetrics().horizontalAdvance(post)
        room = inner.width() - post_width
        painter.drawText(inner, _LEFT, painter.fontMetrics().elidedText(row.name, _ELIDE, room))
        painter.setFont(small(self.font()))
        painter.setPen(theme.color("text3"))
        painter.drawText(inner, _RIGHT, post)
        painter.setPen(QColor(LINE))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())

    @property
    def _several(self) -> bool:
        return self._month.sheet is not None and self._month.several

    def _first_of_team(self, logical: int) -> bool:
        lines = self._month.lines
        return not logical or lines[logical - 1].row.posting.county != lines[logical].row.posting.county


_ELIDE = Qt.TextElideMode.ElideRight


class Dates(QHeaderView):
    """The number and the weekday of every day, marked when it is free, worked out of turn, or today."""

    def __init__(self, model: MonthModel) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._month = model
        self.setHighlightSections(False)
        self.setAccessibleName("日期")

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.scaled(self, 42))

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        days = self._month.days
        painter.fillRect(rect, theme.color("card"))
        if logical < len(days):
            self._day(painter, rect, logical)
        elif logical - len(days) < len(TOTALS):
            painter.setFont(small(self.font(), 0.9))
            painter.setPen(theme.color("text2"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, TOTALS[logical - len(days)].heading)
        painter.setPen(theme.color("line2"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _day(self, painter: QPainter, rect: QRect, logical: int) -> None:
        day = self._month.days[logical]
        ink = "text"
        if day.rest:
            painter.fillRect(rect, QColor(HOLIDAY if day.name else REST))
            ink = "bad" if day.name else "text3"
        if day.date == self._month.today:
            painter.fillRect(rect.adjusted(0, 0, 0, 0), theme.color("accent"))
            ink = "card"
        upper, lower = QRect(rect), QRect(rect)
        upper.setBottom(rect.center().y() + 1)
        lower.setTop(rect.center().y() + 1)
        painter.setPen(theme.color(ink))
        painter.setFont(self.font())
        painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, str(day.date.day))
        painter.setFont(small(self.font(), 0.85))
        if day.name and not day.rest:
            painter.setPen(theme.color("card" if day.date == self._month.today else "accent"))
        word = "班" if day.name and not day.rest else ("休" if day.name else WEEK[day.date.weekday()])
        painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, word)


class Sums(QWidget):
    """Below the grid: how many worked in the county each day, and the totals of all lines."""

    def __init__(self, table: QTableView, model: MonthModel) -> None:
        super().__init__()
        self._table, self._month = table, model
        self.setFixedHeight(theme.scaled(self, 24))
        self.setAccessibleName("合计：每天在旗县人数")
        set_tip(self, "每天在旗县工作的人数（半天记0.5；休息留在旗县的不计，与考勤簿相同），右边是各项合计")
        model.dataChanged.connect(lambda *_: self.update())
        model.modelReset.connect(self.update)
        table.horizontalScrollBar().valueChanged.connect(lambda _: self.update())

    def paintEvent(self, event: QPaintEvent) -> None:
        table, days = self._table, len(self._month.days)
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.color("bg"))
            if not self._month.lines:
                return
            painter.setFont(small(self.font(), 0.8))
            painter.setPen(theme.color("text2"))
            left = table.verticalHeader().width()
            painter.setClipRect(QRect(left, 0, table.viewport().width(), self.height()))
            for column in range(self._month.columnCount()):
                x = left + table.columnViewportPosition(column)
                box = QRect(x, 0, table.columnWidth(column), self.height())
                text = self._month.present_words(column + 1) if column < days else self._month.sums(column - days)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
            painter.setClipping(False)
            painter.drawText(QRect(6, 0, left - 12, self.height()), _LEFT, "在旗县人数")
