"""Several pages under each other, as wide as there is room: how a document will lie on paper."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.paper.painter import PaperFonts, paint_mark, paint_sheet

_GAP = 10  # px between pages
_WIDEST = 4.2  # px a millimetre: larger letters do not read better


class PagesView(QScrollArea):
    """Shows sheets with their mark; arrow and page keys scroll."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._stack = _Stack()
        self.setWidget(self._stack)

    @property
    def sheets(self) -> Sequence[Sheet]:
        """The sheets shown."""
        return self._stack.sheets

    def show_sheets(self, sheets: Sequence[Sheet], fonts: PaperFonts, mark: str) -> None:
        """Show other pages, from the top."""
        self._stack.sheets, self._stack.fonts, self._stack.mark = tuple(sheets), fonts, mark
        self._fit()
        self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._stack.fit(self.viewport().width())


class _Stack(QWidget):
    """The pages as one long widget, of which only what is seen is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: tuple[Sheet, ...] = ()
        self.fonts: PaperFonts | None = None
        self.mark = ""
        self._mm = 3.0

    def fit(self, width: int) -> None:
        """Take the scale with which the widest page fits."""
        widest = max((sheet.width for sheet in self.sheets), default=210.0)
        self._mm = max(1.0, min(_WIDEST, (width - 2 * _GAP) / widest))
        self.resize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        widest = max((sheet.width for sheet in self.sheets), default=0.0)
        tall = sum(round(sheet.height * self._mm) + _GAP for sheet in self.sheets)
        return QSize(round(widest * self._mm) + 2 * _GAP, tall + _GAP)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.fonts is None:
            return
        with QPainter(self) as painter:
            top = _GAP
            for sheet in self.sheets:
                place = QRect(_GAP, top, round(sheet.width * self._mm), round(sheet.height * self._mm))
                if place.intersects(event.rect()):
                    painter.save()
                    painter.translate(place.topLeft())
                    painter.fillRect(0, 0, place.width(), place.height(), Qt.GlobalColor.white)
                    paint_sheet(painter, sheet, self.fonts, mm=self._mm)
                    paint_mark(painter, sheet, self.fonts, self.mark, mm=self._mm)
                    painter.setPen(theme.color("line2"))
                    painter.drawRect(0, 0, place.width() - 1, place.height() - 1)
                    painter.restore()
                top += place.height() + _GAP
