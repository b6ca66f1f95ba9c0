"""Around the grid: looks of cells drawn once and copied, frozen names at the left, days on top, the line of sums."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from tuopin_desktop.domain.attendance.codes import AWAY, sign
from tuopin_desktop.domain.records.choices import POSITION
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.pages.attendance.model import TOTALS, WEEK, MonthModel
from tuopin_desktop.ui.widgets.plain import set_tip

INKS = {"w": "text", "r": "text3", "l": "warn", "t": "accent", "n": "accent", "u": "bad", "?": "bad"}
_GROUNDS = {"l": "#FBF2DC", "t": "#E8EFF8", "n": "#E8EFF8", "u": "#FAEAE8", "?": "#FAEAE8"}
REST = "#F1F3F6"
HOLIDAY = "#F7EDEB"
OUT = "#E6E9EE"
LINE = "#E7EAEE"
TONES = {"ok": ("text", ""), "quiet": ("text2", ""), "warn": ("warn", "#FBF2DC"), "bad": ("bad", "#FAEAE8")}


class Look(NamedTuple):
    """A day cell: the codes of its halves, which of them papers say, its ground, and what is marked at its corners.

    One that is `due` should have been entered and was not.
    """

    morning: str = ""
    afternoon: str = ""
    papers: tuple[bool, bool] = (False, False)
    ground: str = ""
    clash: str = ""
    brought: bool = False
    shut: bool = False
    due: bool = False


class Figure(NamedTuple):
    """A total: its words and tone."""

    words: str
    tone: str


class Stamps:
    """Pictures of looks at one size."""

    def __init__(self, font: QFont, width: int, height: int, ratio: float) -> None:
        """Take the letters, the size of a cell and how many dots a pixel has."""
        self.key = (font.key(), width, height, ratio)
        self._whole, self._small = QFont(font), QFont(font)
        px = font.pixelSize() if font.pixelSize() > 0 else 14
        self._small.setPixelSize(max(9, round(px * 0.75)))
        self._figures = QFont(font)
        self._figures.setPixelSize(max(10, round(px * 0.88)))
        self._width, self._height, self._ratio = width, height, ratio
        self._pictures: dict[Look | Figure, QPixmap] = {}

    def of(self, look: Look | Figure) -> QPixmap:
        """Return the picture of a look."""
        if look not in self._pictures:
            self._pictures[look] = self._draw(look)
        return self._pictures[look]

    def _draw(self, look: Look | Figure) -> QPixmap:
        picture = QPixmap(round(self._width * self._ratio), round(self._height * self._ratio))
        picture.setDevicePixelRatio(self._ratio)
        picture.fill(QColor(theme.TOKENS["card"]))
        box = QRectF(0, 0, self._width, self._height)
        with QPainter(picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if isinstance(look, Figure):
                self._figure(painter, box, look)
            else:
                self._day(painter, box, look)
            painter.setPen(QPen(QColor(LINE), 1))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.drawLine(0, self._height - 1, self._width, self._height - 1)
            painter.drawLine(self._width - 1, 0, self._width - 1, self._height)
        return picture

    def _figure(self, painter: QPainter, box: QRectF, look: Figure) -> None:
        ink, ground = TONES[look.tone]
        if ground and look.words:
            painter.fillRect(box, QColor(ground))
        painter.setFont(self._figures)
        painter.setPen(theme.color(ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, look.words)

    def _day(self, painter: QPainter, box: QRectF, look: Look) -> None:
        if look.ground:
            painter.fillRect(box, QColor(look.ground))
        if look.due:
            painter.fillRect(box.adjusted(1, 1, -2, -2), hatching())
        left, right = QRectF(box), QRectF(box)
        left.setWidth(box.width() / 2)
        right.setLeft(box.width() / 2)
        if look.morning == look.afternoon and look.papers[0] == look.papers[1]:
            self._sign(painter, box, look.morning, look, self._whole, 0)
        else:
            self._sign(painter, left, look.morning, look, self._small, 0)
            self._sign(painter, right, look.afternoon, look, self._small, 1)
        self._corners(painter, box, look)

    def _sign(self, painter: QPainter, box: QRectF, code: str, look: Look, font: QFont, which: int) -> None:
        if not code:
            return
        ground = _GROUNDS.get(code[1]) if code[1] != "w" else None
        if ground:
            painter.fillRect(box.adjusted(1, 2, -1, -2), QColor(ground))
        ink = theme.color(INKS.get(code[1], "text"))
        if code[0] == "c" and code[1] == "w":
            ink = theme.color("text2")
        if look.shut and code[0] != AWAY:
            ink = theme.color("text2")
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, sign(code))
        if look.papers[which]:
            painter.setPen(QPen(theme.color("accent"), 1.4))
            painter.drawLine(QPointF(box.left() + 5, box.bottom() - 3.5), QPointF(box.right() - 5, box.bottom() - 3.5))

    def _corners(self, painter: QPainter, box: QRectF, look: Look) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        if look.clash:
            painter.setBrush(theme.color(look.clash))
            corner = [QPointF(box.right() - 9, 0), QPointF(box.right(), 0), QPointF(box.right(), 9)]
            painter.drawPolygon(QPolygonF(corner))
        if look.brought:
            painter.setBrush(theme.color("text3"))
            painter.drawRect(QRectF(2, box.bottom() - 5, 3, 3))


def hatching() -> QBrush:
    """Return the slanted lines of what should have been entered and was not."""
    picture = QPixmap(_HATCH, _HATCH)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor("#E9CE8E"), 1))
        for shift in (-_HATCH, 0, _HATCH):
            painter.drawLine(shift, _HATCH, shift + _HATCH, 0)
    return QBrush(picture)


_HATCH = 6
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


def small(font: QFont, factor: float = 0.8) -> QFont:
    """Return smaller letters."""
    font_small = QFont(font)
    font_small.setPixelSize(max(9, round((font.pixelSize() if font.pixelSize() > 0 else 14) * factor)))
    return font_small


class Names(QHeaderView):
    """One name a line, the post behind it in grey; the county before the first of a team when several are shown."""

    def __init__(self, model: MonthModel) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._month = model
        self.posts = True
        """Whether there is room for the posts."""
        self.setSectionsClickable(True)
        self.setAccessibleName("姓名，按 Y 看全年")

    def widths(self) -> tuple[int, int]:
        """Return the px that every name is whole in, with the posts beside them and without."""
        names, posts = QFontMetrics(self.font()), QFontMetrics(small(self.font()))
        rows = [line.row for line in self._month.lines]
        longest = max((names.horizontalAdvance(row.name) for row in rows), default=0)
        post = max((posts.horizontalAdvance(POSITION.word(row.posting.position)) for row in rows), default=0)
        around = 2 * _MARGIN + (self._county_width() + _GAP if self._several else 0)
        least = theme.scaled(self, _NAMES_LEAST)
        return max(least, longest + _GAP + post + around), max(least, longest + around)

    def _county_width(self) -> int:
        """Return the px of the counties' names, of which the longest are cut: their people's are not."""
        measure = QFontMetrics(small(self.font(), 0.85))
        longest = max((measure.horizontalAdvance(line.row.county) for line in self._month.lines), default=0)
        return min(longest, measure.horizontalAdvance(_COUNTY))

    def name_rect(self, rect: QRect) -> QRect:
        """Return where the name of a line stands."""
        inner = rect.adjusted(_MARGIN, 0, -_MARGIN, 0)
        if self._several:
            inner.setLeft(inner.left() + self._county_width() + _GAP)
        return inner

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        if logical >= len(self._month.lines):
            return
        row = self._month.lines[logical].row
        painter.fillRect(rect, theme.color("card"))
        chosen = self.selectionModel() is not None and self.selectionModel().currentIndex().row() == logical
        if chosen:
            painter.fillRect(rect, theme.color("tint"))
        inner = self.name_rect(rect)
        if self._several and self._first_of_team(logical):
            county = QRect(rect.left() + _MARGIN, inner.top(), self._county_width(), inner.height())
            painter.setFont(small(self.font(), 0.85))
            painter.setPen(theme.color("text2"))
            painter.drawText(county, _LEFT, painter.fontMetrics().elidedText(row.county, _ELIDE, county.width()))
        painter.setFont(self.font())
        painter.setPen(theme.color("text"))
        painter.drawText(inner, _LEFT, row.name)
        if self.posts:
            painter.setFont(small(self.font()))
            painter.setPen(theme.color("text3"))
            painter.drawText(inner, _RIGHT, POSITION.word(row.posting.position))
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
_MARGIN, _GAP = 7, 6
_NAMES_LEAST = 84
_COUNTY = "翁牛特旗"
"""Longer names of counties are cut; the tooltip has them."""


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
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._month.heading(logical - len(days)))
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
                if table.isColumnHidden(column):
                    continue
                x = left + table.columnViewportPosition(column)
                box = QRect(x, 0, table.columnWidth(column), self.height())
                text = self._month.present_words(column + 1) if column < days else self._month.sums(column - days)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
            painter.setClipping(False)
            painter.drawText(QRect(6, 0, left - 12, self.height()), _LEFT, "在旗县人数")
