"""The grid itself: the whole viewport painted in one go, keys that set marks, and no input method in between."""

from datetime import date
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QCursor,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from tuopin_desktop.domain.attendance.codes import KEYS, Mark, halves
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.pages.attendance.headers import HOLIDAY, OUT, REST, Dates, Figure, Look, Names, Stamps
from tuopin_desktop.ui.pages.attendance.measure import Fit
from tuopin_desktop.ui.pages.attendance.model import Cell, MonthModel
from tuopin_desktop.ui.pages.attendance.plans import Part
from tuopin_desktop.ui.widgets.findings import TONES

_KEY = Qt.Key
_PREFIXES: dict[str, Part] = {",": "am", "，": "am", "-": "am", ".": "pm", "。": "pm", "+": "pm"}
_SPACE = {" ": "V"}


class Grid(QTableView):
    """Members down, days across. `marked` carries (mark, rest days only); `commanded` the name of a command.

    `part` is the half the next mark sets; a key says it of one mark, the palette of all that follow (`base`). While a
    mark is the `brush` the mouse paints with it: `painted` carries it.
    """

    marked = Signal(object, bool)
    painted = Signal(object)
    commanded = Signal(str)
    part_changed = Signal(str)
    unfolded = Signal(int, int)

    def __init__(self, model: MonthModel) -> None:
        super().__init__()
        self.month = model
        self._stamps: Stamps | None = None
        self.target = ""  # the posting to stand on, once it is shown
        self.part: Part = "day"
        self.base: Part = "day"
        self.brush: Mark | None = None
        self.setModel(model)
        self.setAccessibleName("考勤表")
        self.setProperty("keys write", True)  # `ui/limits.py`
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setHorizontalHeader(Dates(model))
        self._names = Names(model)
        self.setVerticalHeader(self._names)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setMinimumSectionSize(16)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        # The frame of a selection lies outside the cells Qt would draw anew.
        self.selectionModel().selectionChanged.connect(lambda *_: self.viewport().update())
        self.selectionModel().currentChanged.connect(lambda *_: self.verticalHeader().viewport().update())
        model.modelReset.connect(self.fit)

    # -- measure

    def fit(self) -> None:
        """Give names what the longest needs and the days all the rest, so that a month fits whatever the window."""
        self.month.narrow = Fit(self, self.month, self._names).lay_out()

    @property
    def needed(self) -> int:
        """The height at which every line can be seen."""
        rows = len(self.month.lines) * self.verticalHeader().defaultSectionSize()
        bar = self.horizontalScrollBar()
        return rows + self.horizontalHeader().height() + (bar.sizeHint().height() if bar.maximum() else 0) + 3

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    # -- what is chosen

    def day_cells(self) -> list[Cell]:
        """Return the chosen days by ranges; the totals behind them cannot be keyed."""
        last = len(self.month.days) - 1
        table: dict[Cell, None] = {}
        for part in self._ranges():
            numbers = range(part.left() + 1, min(part.right(), last) + 2)
            table.update(dict.fromkeys(self.month.cells(range(part.top(), part.bottom() + 1), numbers)))
        return list(table)

    def _ranges(self) -> list[QItemSelectionRange]:
        selection = self.selectionModel().selection()
        return [selection.at(place) for place in range(selection.count())]

    def rectangle(self) -> tuple[range, range]:
        """Return the rows and the days of the smallest rectangle around the selection."""
        cells = self.day_cells()
        if not cells:
            return range(0), range(0)
        rows, numbers = [cell.row for cell in cells], [cell.number for cell in cells]
        return range(min(rows), max(rows) + 1), range(min(numbers), max(numbers) + 1)

    def go_to(self, cell: Cell) -> None:
        """Put the frame on a day, and on that alone whatever key is held down."""
        index = self.month.index(cell.row, cell.number - 1)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def step_on(self) -> bool:
        """Go one day on after one day was keyed, to the next line after the last day; tell whether there is one."""
        index = self.currentIndex()
        row, number = index.row(), index.column() + 1
        if number < len(self.month.days):
            self.go_to(Cell(row, number + 1))
        elif row + 1 < len(self.month.lines):
            self.go_to(Cell(row + 1, 1))
        return self.currentIndex() != index

    def choose_all(self) -> None:
        """Choose every day of every line."""
        if self.month.lines and self.month.days:
            whole = QItemSelection(
                self.month.index(0, 0), self.month.index(len(self.month.lines) - 1, len(self.month.days) - 1)
            )
            self.selectionModel().select(whole, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command = _command(event)
        if command == "all":
            self.choose_all()
        elif command:
            self.commanded.emit(command)
        elif not self._typed(event):
            super().keyPressEvent(event)

    def _typed(self, event: QKeyEvent) -> bool:
        """Take a key that sets a mark or says which half the next one sets; tell whether it was one."""
        modifiers = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        text = event.text().upper()
        if modifiers or not text:
            return False
        if text in _PREFIXES:
            target = _PREFIXES[text]
            self.set_part(self.base if self.part == target else target)
            return True
        mark = KEYS.get(_SPACE.get(text, text))
        if mark is None:
            return False
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier) and text.isalpha()
        self.marked.emit(mark, shift)
        return True

    def set_part(self, part: Part) -> None:
        """Say which half the next key sets."""
        self.part = part
        self.part_changed.emit(part)
        self.viewport().update()

    def stay_with(self, part: Part) -> None:
        """Say which half all marks set from now on."""
        self.base = part
        self.set_part(part)

    def hold(self, mark: Mark | None) -> None:
        """Give the pointer a mark to paint with, or take it away."""
        self.brush = mark
        self.viewport().setCursor(_pointer(self, mark) if mark else QCursor(Qt.CursorShape.ArrowCursor))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if self.brush is not None and event.button() is Qt.MouseButton.LeftButton:
            self.painted.emit(self.brush)
        if index.isValid():
            self.unfolded.emit(index.row(), index.column())

    # -- painting

    def look(self, row: int, number: int) -> Look:
        """Return what a day looks like."""
        line, day = self.month.lines[row], self.month.days[number - 1]
        if not line.in_post(number):
            return Look(ground=OUT)
        ground = (HOLIDAY if day.name else REST) if day.rest else ""
        stored, text = line.days[number - 1], line.face(number)
        asked_for = "warn" if any(one.is_open for one in self.month.remarks(row, number)) else ""
        if not text:
            return Look(ground=ground, clash=asked_for, due=day.date <= self.month.today and not line.shut)
        own, (first, second) = halves(stored), halves(text)
        papers = (bool(first) and not own[0], bool(second) and not own[1])
        clash = asked_for
        if stored and line.clashes(number):
            clash = "warn" if number in line.row.notes else "bad"
        brought = any(code.endswith("i") for code in own)
        return Look(first[:2], second[:2], papers, ground, clash, brought, bool(line.shut))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            painter.fillRect(event.rect(), theme.color("card"))
            if self.month.lines and self.month.days:
                self._paint_cells(painter, event.rect())
                self._paint_today(painter)
                self._paint_chosen(painter)

    def _paint_cells(self, painter: QPainter, area: QRect) -> None:
        model, days = self.month, len(self.month.days)
        height = self.verticalHeader().defaultSectionSize()
        rows = _span(self.rowAt(area.top()), self.rowAt(area.bottom()), len(model.lines))
        columns = _span(self.columnAt(area.left()), self.columnAt(area.right()), model.columnCount())
        stamps = self._ready(self.columnWidth(0), height)
        places = [(column, self.columnViewportPosition(column)) for column in columns]
        for row in rows:
            y = self.rowViewportPosition(row)
            for column, x in places:
                if self.isColumnHidden(column):
                    continue
                if column < days:
                    painter.drawPixmap(x, y, stamps.of(self.look(row, column + 1)))
                else:
                    self._paint_total(painter, QPoint(x, y), row, column - days)

    def _paint_total(self, painter: QPainter, at: QPoint, row: int, place: int) -> None:
        text = self.month.total(row, place)
        look = Figure(text, TONES[self.month.verdict(row, place)])
        width = self.columnWidth(len(self.month.days) + place)
        box = QRect(at.x(), at.y(), width, self.verticalHeader().defaultSectionSize())
        stamps = self._totals.setdefault(width, Stamps(self.font(), width, box.height(), self._ratio))
        painter.drawPixmap(box.topLeft(), stamps.of(look))

    def _paint_today(self, painter: QPainter) -> None:
        for column, day in enumerate(self.month.days):
            if day.date == self.month.today:
                x = self.columnViewportPosition(column)
                painter.setPen(QPen(theme.color("accent"), 1))
                bottom = self.rowViewportPosition(len(self.month.lines) - 1)
                bottom += self.verticalHeader().defaultSectionSize()
                painter.drawLine(x, 0, x, bottom)
                painter.drawLine(x + self.columnWidth(column) - 1, 0, x + self.columnWidth(column) - 1, bottom)

    def _paint_chosen(self, painter: QPainter) -> None:
        tint = QColor(theme.TOKENS["accent"])
        tint.setAlpha(38)
        for part in self._ranges():
            first = self.visualRect(self.month.index(part.top(), part.left()))
            last = self.visualRect(self.month.index(part.bottom(), part.right()))
            box = first.united(last)
            painter.fillRect(box, tint)
            painter.setPen(QPen(theme.color("accent"), 1))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        if self.currentIndex().isValid():
            box = self.visualRect(self.currentIndex())
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
            if self.part != "day":
                box.setWidth(box.width() // 2)
                box.moveLeft(box.left() if self.part == "am" else box.right())
                painter.fillRect(box, tint)

    @property
    def _ratio(self) -> float:
        return self.viewport().devicePixelRatioF()

    def _ready(self, width: int, height: int) -> Stamps:
        key = (self.font().key(), width, height, self._ratio)
        if self._stamps is None or self._stamps.key != key:
            self._stamps = Stamps(self.font(), width, height, self._ratio)
            self._totals: dict[int, Stamps] = {}
        return self._stamps


def _pointer(grid: Grid, mark: Mark) -> QCursor:
    """Return the pointer with a mark in it: its tip is the upper left corner."""
    side = theme.scaled(grid, 26)
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painter.setBrush(theme.color("card"))
        painter.setPen(QPen(theme.color("accent"), 1))
        painter.drawRoundedRect(4, 4, side - 6, side - 6, 4, 4)
        painter.drawLine(0, 0, 6, 6)
        painter.setFont(grid.font())
        painter.drawText(QRect(4, 4, side - 6, side - 6), Qt.AlignmentFlag.AlignCenter, mark.sign)
    return QCursor(picture, 0, 0)


def _span(first: int, last: int, count: int) -> range:
    return range(max(first, 0), (last if last >= 0 else count - 1) + 1)


_SEQUENCES: tuple[tuple[str, str], ...] = (
    ("Ctrl+D", "down"),
    ("Ctrl+R", "right"),
    ("Ctrl+Shift+D", "day_before"),
    ("Ctrl+Shift+W", "week_before"),
    ("Ctrl+C", "copy"),
    ("Ctrl+Shift+C", "copy_heads"),
    ("Ctrl+Shift+P", "print"),
    ("Ctrl+Shift+E", "sheet"),
    ("Ctrl+V", "paste"),
    ("Ctrl+Z", "undo"),
    ("Ctrl+Y", "redo"),
    ("Ctrl+Shift+Z", "redo"),
    ("Ctrl+A", "all"),
    ("Del", "clear"),
    ("Backspace", "clear"),
    ("B", "papers"),
    ("T", "against"),
    ("O", "slip"),
    ("W", "month"),
    ("N", "next"),
    ("Y", "year"),
    ("Return", "unfold"),
    ("Enter", "unfold"),
    ("F2", "unfold"),
)
_COMMANDS: dict[int, str] = {}


def _command(event: QKeyEvent) -> str:
    if not _COMMANDS:
        _COMMANDS.update({_combined(keys): name for keys, name in _SEQUENCES})
    plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return _COMMANDS.get(event.key() | plain.value, "")


def _combined(keys: str) -> int:
    first: Any = QKeySequence(keys)  # PySide's description leaves out that a sequence can be indexed
    return int(first[0].toCombined())


def begin(grid: Grid, today: date | None) -> None:
    """Go to whoever was asked for, or where nothing stands yet to the first line: on today, else on the first."""
    place, grid.target = grid.month.place(grid.target), ""
    if grid.month.lines and (place is not None or not grid.currentIndex().isValid()):
        grid.go_to(Cell(place or 0, today.day if today is not None else 1))
