"""Lists: the view over plain rows, what its keys and its menu do with them, how wide its columns are."""

from collections.abc import Callable, Sequence
from typing import Any, TypedDict

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
)

from tuopin_desktop.domain.daywords import with_dates
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.widgets.inorder import InOrder
from tuopin_desktop.ui.widgets.listmemory import ListMemory
from tuopin_desktop.ui.widgets.rows import SORT, CalmRows, Column, RowsModel

_STRETCH_AT_LEAST = 120
_BESIDE = 18
"""Px a cell needs beside its words."""
_COMPUTED = "这张表由程序按登记汇总，请到登记这些内容的页面粘贴"
_SAMPLE = 40
"""Rows that are looked at to see that a column is one of days."""
_LONGEST_NAME = 280
"""Px a column of names grows to: 乌云其其格 and longer are never cut."""
_HELD = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta)


class Ways(TypedDict, total=False):
    """What can be said of a list beside its columns; see `RowsView`."""

    many: bool
    nothing: str
    sheet: str
    no_paste: str
    unprinted: str


class RowsView(QTableView):
    """A list of rows: Enter or double click opens one, a click on a header sorts, the rest by key and menu.

    `nothing` is what it says once it was told that there are no rows. Rows can be pasted into it as a kind of `sheet`
    (`domain/columns.py`); `no_paste` says why none can. `unprinted` says why it goes neither onto paper nor into a
    workbook.
    """

    opened = Signal(object)
    current_changed = Signal(object)
    narrowed = Signal()

    def __init__(
        self,
        columns: Sequence[Column],
        key: Callable[[Any], str],
        name: str,
        *,
        many: bool = False,
        nothing: str = "",
        sheet: str = "",
        no_paste: str = "",
        unprinted: str = "",
    ) -> None:
        super().__init__()
        self._nothing, self._many = nothing, many
        self.sheet, self.unprinted = sheet, unprinted
        self.no_paste = "" if sheet else no_paste or _COMPUTED
        self.about = ""
        """Of which time or person the rows are, for the title of their paper; "" is of today."""
        self.personal = ""
        """What is personal in the rows that are shown in full; whoever takes them out is noted."""
        self.alone = ""
        """The one person whose rows are shown, "" for everybody."""
        self.rows_model = RowsModel(columns, key, self)
        self._wanted = self.rows_model.columns
        self._widths = [item.width for item in self._wanted]
        self._sorted = InOrder(self)
        self._sorted.setSourceModel(self.rows_model)
        self._sorted.setSortRole(SORT)
        self.setModel(self._sorted)
        self.setItemDelegate(CalmRows(self))
        self.setAccessibleName(name)
        self._dress()
        self.selectionModel().currentRowChanged.connect(self._tell_current)
        self._memory = ListMemory(self)

    def _dress(self) -> None:
        self._choose_many(self._many)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.scaled(self, 34))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSectionsMovable(True)
        for at, item in enumerate(self.rows_model.columns):
            if item.width:
                header.resizeSection(at, theme.scaled(self, item.width))
            else:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        self._sorted.sort(-1)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        self.setSortingEnabled(True)
        header.setMinimumSectionSize(theme.scaled(self, 40))

    def replace_rows(self, rows: Sequence[Any]) -> None:
        """Show other rows and keep the current row and the scroll position where they are."""
        current = self.current()
        scrolled = self.verticalScrollBar().value()
        self.rows_model.replace_rows(rows)
        if self.alone and not any(self.person_of(row) == self.alone for row in rows):
            self.show_alone("")
        self.narrowed.emit()
        self.setAccessibleDescription("" if rows else self._nothing)
        self._fit()
        if current is not None:
            self.select(self.rows_model.key(current))
        self.verticalScrollBar().setValue(scrolled)

    def current(self) -> Any:
        """Return the current row, or None."""
        index = self._sorted.mapToSource(self.currentIndex())
        return self.rows_model.rows[index.row()] if index.isValid() else None

    def chosen(self) -> list[Any]:
        """Return the selected rows in the order shown."""
        places = sorted(self.selectionModel().selectedRows(), key=lambda index: index.row())
        return [self.rows_model.rows[self._sorted.mapToSource(place).row()] for place in places]

    def select(self, key: str) -> bool:
        """Make the row of that key the current one; False when it is not shown."""
        for at, row in enumerate(self.rows_model.rows):
            if self.rows_model.key(row) == key:
                if self.alone and self.person_of(row) != self.alone:
                    self.show_alone("")
                self.setCurrentIndex(self._sorted.mapFromSource(self.rows_model.index(at, 0)))
                return True
        return False

    def enter(self) -> None:
        """Come in from the search line: take the keyboard and stand on the first row."""
        self.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.currentIndex().isValid() and self._sorted.rowCount():
            self.setCurrentIndex(self._sorted.index(0, 0))

    # -- what is chosen and shown

    def _choose_many(self, many: bool) -> None:
        modes = QAbstractItemView.SelectionMode
        self.setSelectionMode(modes.ExtendedSelection if many else modes.SingleSelection)

    def selectAll(self) -> None:
        """Choose every row, also where one is worked on at a time: until the next key or click, for copying."""
        self._choose_many(True)
        super().selectAll()

    def one_again(self) -> None:
        if not self._many and self.selectionMode() is not QAbstractItemView.SelectionMode.SingleSelection:
            self._choose_many(False)
            self.selectRow(self.currentIndex().row())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.one_again()
        super().mousePressEvent(event)

    def places(self) -> list[int]:
        """Return the columns from left to right, as somebody ordered them, the hidden ones too."""
        head = self.horizontalHeader()
        return [head.logicalIndex(at) for at in range(head.count())]

    def rows_shown(self) -> list[Any]:
        """Return the rows in the order shown."""
        count = self._sorted.rowCount()
        return [self.rows_model.rows[self._sorted.mapToSource(self._sorted.index(at, 0)).row()] for at in range(count)]

    def person_of(self, row: Any) -> str:
        """Return whose row it is, "" where the list names nobody."""
        column = next((one for one in self.rows_model.columns if one.is_person), None)
        return column.value(row) if column is not None else ""

    def show_alone(self, name: str) -> None:
        """Show the rows of one person, "" for everybody's."""
        current = self.current()
        place = next((at for at, one in enumerate(self.rows_model.columns) if one.is_person), -1)
        self.alone = name if place >= 0 else ""
        self._sorted.show_alone(place, self.alone)
        self.narrowed.emit()
        if current is not None:
            self.select(self.rows_model.key(current))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._memory.take_up()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt gives a list that is entered a current row without showing it: show where the keyboard stands."""
        super().focusInEvent(event)
        if self.currentIndex().isValid() and not self.selectionModel().hasSelection():
            self.selectRow(self.currentIndex().row())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if text := self.accessibleDescription():
            painter = QPainter(self.viewport())
            painter.setPen(theme.color("text2"))
            inner = self.viewport().rect().adjusted(16, 12, -16, -12)
            painter.drawText(inner, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)
            painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shed(event.size().width())

    def _shed(self, room: int) -> None:
        widths = fitted_widths(
            self.rows_model.columns, self._wanted, room * theme.BODY_PX // theme.scaled(self, theme.BODY_PX)
        )
        for at, width in enumerate(widths):
            self.setColumnHidden(at, width is None)
            if width and width != self._widths[at]:
                self.horizontalHeader().resizeSection(at, theme.scaled(self, width))
                self._widths[at] = width

    def _fit(self) -> None:
        """Widen the columns that may grow to their longest words; one the clerk has set stays until those change."""
        columns = tuple(self._grown(item) for item in self.rows_model.columns)
        if columns != self._wanted:
            self._wanted = columns
            self._shed(self.viewport().width())

    def _grown(self, item: Column) -> Column:
        is_whole = item.is_person or self._holds_days(item)  # names and days are never cut
        if not item.most and not is_whole:
            return item
        texts = {with_dates(item.value(row)) for row in self.rows_model.rows}
        longest = max((self.fontMetrics().horizontalAdvance(text) for text in texts), default=0)
        needed = longest * theme.BODY_PX // theme.scaled(self, theme.BODY_PX) + _BESIDE
        most = max(item.most, _LONGEST_NAME if is_whole else 0)
        return msgspec.structs.replace(item, width=min(max(item.width, needed), most))

    def _holds_days(self, item: Column) -> bool:
        first = {item.value(row) for row in self.rows_model.rows[:_SAMPLE]} - {""} if item.width else set()
        return bool(first) and all(with_dates(value) != value for value in first)

    def open_current(self) -> None:
        """Open the current row."""
        row = self.current()
        if row is not None:
            self.opened.emit(row)

    def _tell_current(self) -> None:
        self.current_changed.emit(self.current())


def shown_columns(columns: Sequence[Column], room: int) -> set[int]:
    """Return which columns are shown in so many px: the most dispensable go first until the rest fits."""
    counts = set(range(len(columns)))

    def needed() -> int:
        return sum(columns[at].width or _STRETCH_AT_LEAST for at in counts)

    for at in sorted(counts, key=lambda place: columns[place].shed, reverse=True):
        if needed() <= room or not columns[at].shed:
            break
        counts.discard(at)
    return counts


def fitted_widths(columns: Sequence[Column], grown: Sequence[Column], room: int) -> list[int | None]:
    """Return how wide each column is in so many px, None if hidden; `grown` are as wide as their words want."""
    least = [item if item.shed else want for item, want in zip(columns, grown, strict=True)]
    counts = shown_columns(least, room)
    spare = max(0, room - sum(least[at].width or _STRETCH_AT_LEAST for at in counts))
    widths: list[int | None] = []
    for at, (item, want) in enumerate(zip(least, grown, strict=True)):
        more = min(spare, want.width - item.width) if at in counts else 0
        spare -= more
        widths.append(item.width + more if at in counts else None)
    return widths
