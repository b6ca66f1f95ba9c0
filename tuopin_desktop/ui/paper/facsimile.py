"""The official form as a sheet of paper that is typed on: editors lie where the fields are printed, unseen at rest."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QColor, QHelpEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QWidget

from tuopin_desktop.domain.display import FieldBox, Sheet
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.paper.painter import PT_IN_MM, PaperFonts, paint_ops
from tuopin_desktop.ui.widgets.plain import set_tip, show_tip

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

    def content(self) -> str:
        """Return what stands in the cell."""
        return self.text()

    def set_content(self, text: str) -> None:
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

    def content(self) -> str:
        """Return what stands in the cell."""
        return self.toPlainText()

    def set_content(self, text: str) -> None:
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


_TYPED_INK = "#1B3A6B"
INK_HINT = "此格由领导手写签字"
_PAUSE_MS = 350
_DEFAULT_MM = 3.6
_INK_MM = 4.0


class FacsimileForm(QWidget):
    """A sheet with editors laid over it in mm × zoom.

    `typed(name, text)` is emitted a moment after the last key and when a cell is left; whoever listens composes the
    sheet anew and hands it to `show_sheet`. `entered` carries the cell that took the keyboard. A cell shows its
    editor while it has the keyboard, the printed form of its text otherwise.
    """

    typed = Signal(str, str)
    entered = Signal(object)

    def __init__(self, fonts: PaperFonts) -> None:
        super().__init__()
        self._fonts = fonts
        self._sheet: Sheet | None = None
        self._boxes: tuple[FieldBox, ...] = ()
        self._locked: dict[str, str] = {}
        self._fixed: dict[str, str] = {}
        self._ink: dict[str, str] = {}
        self._marks: frozenset[str] = frozenset()
        self._mm = _DEFAULT_MM
        self._problems: dict[str, str] = {}
        self.cells: dict[str, Cell] = {}
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self._waiting = ""
        self.setMouseTracking(True)

    # -- content

    def set_form(
        self, boxes: Sequence[FieldBox], locked: Mapping[str, str], hints: Mapping[str, str] | None = None
    ) -> None:
        """Lay out the fields of a form in paper order; `locked` names fields not typed here and says why."""
        for cell in self.cells.values():
            cell.removeEventFilter(self)
            cell.deleteLater()
        self._boxes = tuple(boxes)
        self._locked = dict(locked)
        self.cells = {}
        for box in self._boxes:
            if not box.ink and box.name not in locked:
                self._add(box, (hints or {}).get(box.name, ""))
        self._place()

    def _add(self, box: FieldBox, hint: str) -> None:
        cell: Cell = LongCell(box, self) if box.multiline else LineCell(box, self)
        cell.setAccessibleName(box.label)
        cell.setAccessibleDescription(hint)
        set_tip(cell, f"{box.label}：{hint}" if hint else box.label)
        cell.installEventFilter(self)
        cell.edited.connect(lambda: self._edited(box.name))
        cell.show()
        before = list(self.cells.values())
        if before:
            QWidget.setTabOrder(before[-1], cell)
        self.cells[box.name] = cell

    def set_fixed(self, fixed: Mapping[str, str], ink: Mapping[str, str]) -> None:
        """Make cells read-only that stand as they were signed, each with why; `ink` are words written there by hand."""
        self._fixed, self._ink = dict(fixed), dict(ink)
        for name, cell in self.cells.items():
            cell.setReadOnly(name in fixed)
            set_tip(cell, fixed.get(name, cell.accessibleName()))
        self.update()

    def mark_cells(self, names: Iterable[str]) -> None:
        """Frame the cells that another version has otherwise."""
        self._marks = frozenset(names)
        self.update()

    def show_sheet(self, sheet: Sheet) -> None:
        """Show the sheet as it will be printed."""
        self._sheet = sheet
        for name, cell in self.cells.items():
            cell.mark_wrong(name in sheet.overflow or name in self._problems)
        self.updateGeometry()
        self.update()

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Mark the cells that hold problems and say them when pointed at."""
        self._problems = dict(problems)
        overflow = self._sheet.overflow if self._sheet else ()
        for name, cell in self.cells.items():
            cell.mark_wrong(name in problems or name in overflow)
        self.update()

    def fill(self, values: Mapping[str, str]) -> None:
        """Put words into the cells; the cell that is being typed in is left alone."""
        for name, cell in self.cells.items():
            if not cell.hasFocus() and cell.content() != values.get(name, ""):
                cell.set_content(values.get(name, ""))

    def values(self) -> dict[str, str]:
        """Return the words in the cells."""
        return {name: cell.content() for name, cell in self.cells.items()}

    def go_to(self, name: str) -> None:
        """Put the keyboard into a cell."""
        if name in self.cells:
            self.cells[name].setFocus(Qt.FocusReason.OtherFocusReason)

    def first_empty(self) -> None:
        """Put the keyboard into the first cell without words."""
        empty = [name for name, cell in self.cells.items() if not cell.content().strip()]
        self.go_to(next(iter(empty or self.cells), ""))

    # -- size

    @property
    def zoom(self) -> float:
        """Pixels per millimetre."""
        return self._mm

    def set_zoom(self, mm: float) -> None:
        """Show the paper at so many pixels per millimetre."""
        self._mm = max(1.5, min(mm, 12.0))
        self._place()

    def sizeHint(self) -> QSize:
        width, height = (self._sheet.width, self._sheet.height) if self._sheet else (210.0, 297.0)
        return QSize(round(width * self._mm), round(height * self._mm))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _place(self) -> None:
        for box in self._boxes:
            if box.name in self.cells:
                self.cells[box.name].lay(self._rect(box), self._mm)
        self.updateGeometry()
        self.resize(self.sizeHint())
        self.update()

    def _rect(self, box: FieldBox) -> QRectF:
        return QRectF(box.x * self._mm, box.y * self._mm, box.width * self._mm, box.height * self._mm)

    # -- keyboard and mouse

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut) and isinstance(watched, QWidget):
            if event.type() is QEvent.Type.FocusIn:
                self.entered.emit(watched)
            elif self._waiting:
                self._tell()
            self.update()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            show_tip(event.globalPos(), self.tip_at(event.pos()), self)
            return True
        return super().event(event)

    def tip_at(self, place: QPoint) -> str:
        """Return why nothing is typed at that place of the paper."""
        for box in self._boxes:
            if self._rect(box).contains(place):
                return INK_HINT if box.ink else self._locked.get(box.name, "")
        return ""

    def _edited(self, name: str) -> None:
        if self._waiting and self._waiting != name:
            self._tell()
        self._waiting = name
        self._pause.start()

    def flush(self) -> None:
        """Tell what was typed a moment ago now."""
        if self._waiting:
            self._tell()

    def _tell(self) -> None:
        self._pause.stop()
        name, self._waiting = self._waiting, ""
        if name in self.cells:
            self.typed.emit(name, self.cells[name].content())

    # -- paint

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:  # ends the painter whatever happens: a live one after an error ends the process
            painter.fillRect(self.rect(), theme.color("card"))
            if self._sheet is None:
                return
            for box in self._boxes:
                self._ground(painter, box)
            paint_ops(painter, self._sheet.static, self._fonts, mm=self._mm)
            ink = theme.color("text") if self._fixed else QColor(_TYPED_INK)
            paint_ops(painter, self._sheet.fields, self._fonts, mm=self._mm, ink=ink)
            paint_ops(painter, self._sheet.across, self._fonts, mm=self._mm)
            self._frame(painter)
            painter.setPen(theme.color("line2"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _frame(self, painter: QPainter) -> None:
        painter.setPen(QPen(theme.color("warn"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for box in self._boxes:
            if box.name in self._marks:
                painter.drawRect(self._rect(box).adjusted(1, 1, -1, -1))

    def _ground(self, painter: QPainter, box: FieldBox) -> None:
        rect = self._rect(box)
        if box.ink:
            painter.fillRect(rect, QBrush(QColor("#DDE2E9"), Qt.BrushStyle.BDiagPattern))
            self._write_ink(painter, rect, self._ink.get(box.name, ""))
        elif box.name in self._fixed:
            painter.fillRect(rect, theme.color("card"))
        elif box.name in self._locked:
            painter.fillRect(rect, QColor("#F4F5F7"))
        elif self._sheet and (box.name in self._sheet.overflow or box.name in self._problems):
            painter.fillRect(rect, theme.color("bad_bg"))
        else:
            painter.fillRect(rect, QColor("#EFF4FB"))

    def _write_ink(self, painter: QPainter, rect: QRectF, text: str) -> None:
        """Say in grey what is written there by hand: it is not printed, and not typed."""
        if not text:
            return
        painter.save()
        font = self.font()
        font.setPixelSize(max(9, round(_INK_MM * self._mm)))
        painter.setFont(font)
        painter.setPen(theme.color("text2"))
        painter.drawText(rect.adjusted(6, 4, -6, -4), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)
        painter.restore()
