"""The editors that lie on the paper: unseen until they have the keyboard, so that the printed words show through."""

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QWidget

from tuopin_desktop.domain.display import FieldBox
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.paper.painter import PT_IN_MM

_SIDES = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}
_INSET = 1


class LineCell(QLineEdit):
    """A cell of one line; Enter goes on to the next cell."""

    edited = Signal()

    def __init__(self, box: FieldBox, parent: QWidget) -> None:
        super().__init__(parent)
        self.box = box
        self._wrong = False
        self.setAlignment(_SIDES.get(box.align, _SIDES["left"]) | Qt.AlignmentFlag.AlignVCenter)
        self.textEdited.connect(self.edited)

    def words(self) -> str:
        """Return what stands in the cell."""
        return self.text()

    def set_words(self, text: str) -> None:
        """Put words into the cell."""
        self.setText(text.replace("\n", ""))
        self.setCursorPosition(0)

    def lay(self, rect: QRectF, mm: float) -> None:
        """Take the place of the field at this zoom."""
        self.setGeometry(_inside(rect))
        self.setStyleSheet(_sheet("QLineEdit", self.box, mm, wrong=self._wrong))

    def mark_wrong(self, wrong: bool) -> None:
        """Remember whether the frame is red."""
        self._wrong = wrong

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            super().paintEvent(event)


class LongCell(QPlainTextEdit):
    """A cell of several lines; Tab goes on to the next cell."""

    edited = Signal()

    def __init__(self, box: FieldBox, parent: QWidget) -> None:
        super().__init__(parent)
        self.box = box
        self._wrong = False
        self._quiet = False
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().setDocumentMargin(2)
        self.viewport().setAutoFillBackground(False)
        self.textChanged.connect(self._changed)

    def words(self) -> str:
        """Return what stands in the cell."""
        return self.toPlainText()

    def set_words(self, text: str) -> None:
        """Put words into the cell."""
        self._quiet = True
        self.setPlainText(text)
        self._quiet = False

    def lay(self, rect: QRectF, mm: float) -> None:
        """Take the place of the field at this zoom."""
        self.setGeometry(_inside(rect))
        self.setStyleSheet(_sheet("QPlainTextEdit", self.box, mm, wrong=self._wrong))

    def mark_wrong(self, wrong: bool) -> None:
        """Remember whether the frame is red."""
        self._wrong = wrong

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            super().paintEvent(event)

    def _changed(self) -> None:
        if not self._quiet:
            self.edited.emit()


Cell = LineCell | LongCell


def _inside(rect: QRectF) -> QRect:
    return rect.toAlignedRect().adjusted(_INSET, _INSET, -_INSET, -_INSET)


def _sheet(kind: str, box: FieldBox, mm: float, *, wrong: bool) -> str:
    """Return the cell's own style: letters of the paper's size, clear when it has not the keyboard."""
    px = max(9, round(min(box.size, box.height * 0.72 / PT_IN_MM) * PT_IN_MM * mm))
    frame = theme.TOKENS["bad" if wrong else "accent"]
    return (
        f"{kind} {{ border: none; background: transparent; padding: 0 2px; min-height: 0; border-radius: 0;"
        f" font-size: {px}px; color: #1B3A6B; }}"
        f"{kind}:focus {{ background: #FFFFFF; border: 1px solid {frame}; }}"
    )
