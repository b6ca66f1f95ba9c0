"""What a cell looks like: drawn once per look and size, then only copied, so that a whole month paints in a frame."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap, QPolygonF

from tuopin_desktop.domain.attendance.codes import AWAY, sign
from tuopin_desktop.ui import theme

_INKS = {"w": "text", "r": "text3", "l": "warn", "t": "accent", "n": "accent", "u": "bad", "?": "bad"}
_GROUNDS = {"l": "#FBF2DC", "t": "#E8EFF8", "n": "#E8EFF8", "u": "#FAEAE8", "?": "#FAEAE8"}
REST = "#F1F3F6"
HOLIDAY = "#F7EDEB"
OUT = "#E6E9EE"
LINE = "#E7EAEE"
TONES = {"ok": ("text", ""), "quiet": ("text2", ""), "warn": ("warn", "#FBF2DC"), "bad": ("bad", "#FAEAE8")}


class Look(NamedTuple):
    """A day cell: the codes of its halves, which of them papers say, its ground, and what is marked at its corners."""

    morning: str = ""
    afternoon: str = ""
    papers: tuple[bool, bool] = (False, False)
    ground: str = ""
    clash: str = ""
    brought: bool = False
    shut: bool = False


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
        self._made: dict[Look | Figure, QPixmap] = {}

    def of(self, look: Look | Figure) -> QPixmap:
        """Return the picture of a look."""
        if look not in self._made:
            self._made[look] = self._draw(look)
        return self._made[look]

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
        ink = theme.color(_INKS.get(code[1], "text"))
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
