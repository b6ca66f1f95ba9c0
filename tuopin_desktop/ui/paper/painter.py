"""Draws a composed sheet with QPainter: on the screen at any zoom, and on a printer one to one."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QImage, QPainter, QPainterPath, QPen

from tuopin_desktop.domain.display import INKS, Box, Line, Op, Picture, Sheet, Text

PT_IN_MM = 25.4 / 72
MARK_PT = 10.5
RED = QColor(217, 0, 0)
MARK_RISE_MM = 12.0
_EM_PX = 100
"""Letters are laid out at this size and scaled, so that their widths are the same at every zoom and on paper."""


class PaperFonts:
    """The very font files the PDF is made with, by the keys of the display list."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._families = {key: _family(path) for key, path in files.items()}
        self._fonts: dict[str, QFont] = {}

    def font(self, key: str) -> QFont:
        """Return the font of a key, laid out without hinting, kerning or stand-ins."""
        if key not in self._fonts:
            font = QFont(self._families.get(key, ""))
            font.setPixelSize(_EM_PX)
            font.setKerning(False)
            font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            font.setStyleStrategy(QFont.StyleStrategy.NoFontMerging)
            self._fonts[key] = font
        return self._fonts[key]


def _family(path: Path) -> str:
    families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path)))
    return families[0] if families else ""


def paint_sheet(painter: QPainter, sheet: Sheet, fonts: PaperFonts, *, mm: float, crisp: bool = True) -> None:
    """Draw a whole sheet at the painter's origin; `mm` is the length of a millimetre in the painter's units."""
    for one in sheet.pictures:
        _picture(painter, one, mm)
    paint_ops(painter, sheet.static, fonts, mm=mm, crisp=crisp)
    paint_ops(painter, sheet.fields, fonts, mm=mm, crisp=crisp)
    paint_ops(painter, sheet.margin, fonts, mm=mm, crisp=crisp)
    paint_ops(painter, sheet.across, fonts, mm=mm, crisp=crisp)


def paint_ops(
    painter: QPainter,
    ops: Sequence[Op],
    fonts: PaperFonts,
    *,
    mm: float,
    crisp: bool = True,
    ink: QColor | None = None,
) -> None:
    """Draw text and lines; `crisp` puts lines on whole device pixels, which a screen needs and a printer does not."""
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    black = ink or QColor(Qt.GlobalColor.black)
    boxes = [op for op in ops if isinstance(op, Box)]
    for grey in sorted({box.grey for box in boxes if box.grey}, reverse=True):
        _boxes(painter, [box for box in boxes if box.grey == grey], mm)
    for _, some in groupby((box for box in boxes if box.ink), key=lambda box: box.ink):  # what is later lies above
        _boxes(painter, list(some), mm)
    for op in ops:
        if isinstance(op, Text):
            painter.setPen(_colour(op) or black)
            _text(painter, op, fonts, mm)
        elif isinstance(op, Line):
            _line(painter, op, mm, crisp=crisp)
    _boxes(painter, [box for box in boxes if not box.grey and not box.ink], mm)


def _colour(op: Text | Line) -> QColor | None:
    """Return the colour of what is not black."""
    return RED if op.red else QColor(*INKS[op.ink]) if op.ink else None


def paint_mark(painter: QPainter, sheet: Sheet, fonts: PaperFonts, mark: str, *, mm: float) -> None:
    """Write the practice mark below the frame, where the PDF has it."""
    if not mark:
        return
    em = MARK_PT * PT_IN_MM / _EM_PX
    width = QFontMetricsF(fonts.font("hei")).horizontalAdvance(mark) * em
    where = Text((sheet.width - width) / 2, sheet.height - MARK_RISE_MM, "hei", MARK_PT, mark)
    paint_ops(painter, [where], fonts, mm=mm)


def _text(painter: QPainter, op: Text, fonts: PaperFonts, mm: float) -> None:
    painter.save()
    painter.translate(op.x * mm, op.y * mm)
    painter.rotate(-op.turn)
    factor = op.size * PT_IN_MM * mm / _EM_PX
    painter.scale(factor, factor)
    font = fonts.font(op.font)
    if op.spacing:
        font = QFont(font)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, op.spacing * _EM_PX / op.size)
    painter.setFont(font)
    painter.drawText(QPointF(0, 0), op.text)
    painter.restore()


def _line(painter: QPainter, op: Line, mm: float, *, crisp: bool) -> None:
    width = op.width * PT_IN_MM * mm
    colour = _colour(op) or QColor(Qt.GlobalColor.black)
    painter.save()
    if crisp and (op.x0 == op.x1 or op.y0 == op.y1):  # a slanted one as a rectangle would fill what it crosses
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.fillRect(_crisp_rect(painter, op, mm, width), colour)
    else:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(colour, width)
        pen.setCapStyle(Qt.PenCapStyle.SquareCap)
        painter.setPen(pen)
        painter.drawLine(QPointF(op.x0 * mm, op.y0 * mm), QPointF(op.x1 * mm, op.y1 * mm))
    painter.restore()


def _picture(painter: QPainter, op: Picture, mm: float) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    where = QRectF(op.x * mm, op.y * mm, op.width * mm, op.height * mm)
    painter.drawImage(where, QImage.fromData(op.png))
    painter.restore()


def _boxes(painter: QPainter, boxes: Sequence[Box], mm: float) -> None:
    """Fill all boxes of one grey as one shape: filled one by one, hair lines would show between those that touch."""
    if not boxes:
        return
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for box in boxes:
        path.addRect(box.x * mm, box.y * mm, box.width * mm, box.height * mm)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    grey = boxes[0].grey
    painter.fillPath(path, QColor(*INKS[boxes[0].ink]) if boxes[0].ink else QColor.fromRgbF(grey, grey, grey))
    painter.restore()


def _crisp_rect(painter: QPainter, op: Line, mm: float, width: float) -> QRectF:
    """Return the line as a rectangle of whole device pixels, at least one of them wide."""
    ratio = painter.device().devicePixelRatioF()
    thick = max(1, round(width * ratio)) / ratio

    def snap(value: float) -> float:
        return round(value * ratio) / ratio

    left, right = (snap(x * mm - thick / 2) for x in sorted((op.x0, op.x1)))
    top, bottom = (snap(y * mm - thick / 2) for y in sorted((op.y0, op.y1)))
    return QRectF(left, top, right - left + thick, bottom - top + thick)
