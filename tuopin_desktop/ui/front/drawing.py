"""Words and signs as the first pages paint them: without a widget for each, which a start would have to dress."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QFont, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from tuopin_desktop.ui import theme
from tuopin_desktop.ui.widgets.oneline import OneLine

LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
MIDDLE = int(Qt.AlignmentFlag.AlignCenter)
_SIDE = 6
"""Px of the square a hatching repeats."""


def quiet_line(text: str = "", role: str = "quiet") -> OneLine:
    """Return quiet words on one line, which make do with any room."""
    line = OneLine(text)
    line.setProperty("role", role)
    return line


def ink(tone: str) -> str:
    """Return the token of the ink of a tone; words nobody needs to act on are plain."""
    return tone if tone in ("ok", "warn", "bad") else "text2"


def font_of(widget: QWidget, px: int, *, bold: bool = False) -> QFont:
    """Return the widget's letters at a size of the normal letter size."""
    font = QFont(widget.font())
    font.setPixelSize(theme.scaled(widget, px))
    font.setBold(bold)
    return font


def write(painter: QPainter, place: QRect, text: str, token: str = "text", flags: int = LEFT) -> int:
    """Write a line, shortened to its place; return how wide it became."""
    line = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.setPen(theme.color(token))
    painter.drawText(place, flags, line)
    return painter.fontMetrics().horizontalAdvance(line)


def pill(painter: QPainter, place: QRect, text: str, tone: str) -> int:
    """Paint a status word on its ground at the left of a place; return how wide it became."""
    foreground, ground = theme.TONES.get(tone, theme.TONES["quiet"])
    metrics = painter.fontMetrics()
    width = min(place.width(), metrics.horizontalAdvance(text) + metrics.height())
    box = QRectF(place.left(), place.center().y() - metrics.height() / 2 - 1, width, metrics.height() + 4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color_of(ground))
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    painter.setPen(theme.color_of(foreground))
    painter.drawText(box, MIDDLE, text)
    return width


_FAINT = {"bad": "#EFC9C5"}
"""Ink of lines that words stand on."""


def hatching(tone: str, ratio: float, *, faint: bool = False) -> QBrush:
    """Return a ground of slanting lines, which is another one in grey as well; `faint` ones lie under words."""
    side = round(_SIDE * ratio)
    picture = QPixmap(side, side)
    picture.fill(theme.color_of(theme.TONES.get(tone, theme.TONES["quiet"])[1]))
    painter = QPainter(picture)
    try:
        pen = painter.pen()
        pen.setColor(theme.color_of(_FAINT[tone]) if faint else theme.color(ink(tone)))
        pen.setWidthF(ratio)
        painter.setPen(pen)
        painter.drawLine(0, side, side, 0)
        painter.drawPoint(0, 0)
        painter.drawPoint(side - 1, side - 1)
    finally:
        painter.end()
    picture.setDevicePixelRatio(ratio)
    return QBrush(picture)
