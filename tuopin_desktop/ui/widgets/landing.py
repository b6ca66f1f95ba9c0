"""A file dragged over a page: what the page would do with it, and the dashed frame that says so before it is let go."""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from tuopin_desktop.ui import icons, theme

SHEET_FILES = frozenset(".xlsx .xlsm .xls .et .ods .csv .txt".split())
SCAN_FILES = frozenset(".pdf .jpg .jpeg .png .tif .tiff .bmp".split())
REHEARSED = "先看结果再写入"
_ICON, _GAP, _ROUND, _EDGE = 28, 14, 8, 10


class Landing(msgspec.Struct, frozen=True):
    """What a place does with files of some endings: in words, `note` beside the file's name, and the doing itself.

    Nothing may be written by it before the clerk has seen what would be. `folders` are taken too; `why` says why
    nothing is taken just now.
    """

    text: str
    endings: frozenset[str]
    then: Callable[[list[Path]], object]
    note: str = REHEARSED
    folders: bool = False
    why: Callable[[], str] = str

    def takes(self, paths: Sequence[Path]) -> bool:
        """Tell by the names whether all of some files are for this place."""
        return all(path.is_dir() if not path.suffix else path.suffix.lower() in self.endings for path in paths) and (
            self.folders or not any(path.is_dir() for path in paths)
        )


class DropFrame(QWidget):
    """The dashed frame over a place; it takes no mouse and moves nothing."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName("拖放")
        self.text = self.note = ""
        self.taken_in = True
        self.hide()

    def say(self, place: QRect, text: str, note: str, *, taken_in: bool) -> None:
        """Lie over a place and say what letting go will do there."""
        self.text, self.note, self.taken_in = text, note, taken_in
        self.setAccessibleDescription(f"{text}，{note}")
        self.setGeometry(place)
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        ink = theme.color("accent" if self.taken_in else "text2")
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ground = theme.color("tint" if self.taken_in else "card")
            ground.setAlpha(236)
            painter.setBrush(ground)
            painter.setPen(QPen(ink, 2, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(self.rect().adjusted(2, 2, -2, -2), _ROUND, _ROUND)
            self._write(painter)

    def _write(self, painter: QPainter) -> None:
        ink = theme.TOKENS["accent" if self.taken_in else "text2"]
        name = "file-text" if self.taken_in else "info"
        bold = self.font()
        bold.setBold(True)
        height = painter.fontMetrics().height()
        painter.setFont(bold)
        wide = max(painter.fontMetrics().horizontalAdvance(self.text), self.fontMetrics().horizontalAdvance(self.note))
        wide = min(wide, self.width() - 2 * _EDGE - _ICON - _GAP)
        left = (self.width() - wide - _ICON - _GAP) // 2
        top = self.height() // 2 - height
        painter.drawPixmap(left, top + (2 * height - _ICON) // 2, icons.picture(name, _ICON, ink, ratio=self._ratio))
        line = QRect(left + _ICON + _GAP, top, wide, height)
        cut = Qt.TextElideMode.ElideMiddle
        painter.setPen(theme.color_of(ink))
        painter.drawText(line, painter.fontMetrics().elidedText(self.text, cut, wide))
        painter.setFont(self.font())
        painter.setPen(theme.color("text2"))
        painter.drawText(line.translated(0, height + 2), self.fontMetrics().elidedText(self.note, cut, wide))

    @property
    def _ratio(self) -> float:
        return self.devicePixelRatioF()
