"""A whole sheet in little: the form faint, and strong what the printer would put on it."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from tuopin_desktop.domain.display import Op, Sheet
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.paper.painter import PaperFonts, paint_ops

_FAINT = 0.3
_STRONG = QColor("#1B3A6B")


class SheetPreview(QWidget):
    """Shows a sheet at so many pixels a millimetre; `overlay` is drawn strong over the faint form."""

    def __init__(self, fonts: PaperFonts, mm: float) -> None:
        super().__init__()
        self._fonts = fonts
        self._mm = mm
        self._sheet: Sheet | None = None
        self._overlay: tuple[Op, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("套打预览")

    def show_overlay(self, sheet: Sheet, overlay: Sequence[Op]) -> None:
        """Show what is printed onto a sheet that is filled in already."""
        self._sheet, self._overlay = sheet, tuple(overlay)
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        width, height = (self._sheet.width, self._sheet.height) if self._sheet else (210.0, 297.0)
        return QSize(round(width * self._mm), round(height * self._mm))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.color("card"))
            if self._sheet is not None:
                painter.setOpacity(_FAINT)
                paint_ops(painter, self._sheet.static, self._fonts, mm=self._mm)
                painter.setOpacity(1.0)
                paint_ops(painter, self._overlay, self._fonts, mm=self._mm, ink=_STRONG)
            painter.setPen(theme.color("line2"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
