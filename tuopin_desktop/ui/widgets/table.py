"""Lists: a model over plain rows, a delegate that draws calm rows and status pills, and the view around both."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyledItemDelegate,
    QTableView,
    QWidget,
)

from tuopin_desktop.ui import theme
from tuopin_desktop.ui.widgets.inorder import InOrder
from tuopin_desktop.ui.widgets.listmemory import ListMemory
from tuopin_desktop.ui.widgets.listmenu import Entry, menu_of
from tuopin_desktop.ui.widgets.plain import plain

Index = QModelIndex | QPersistentModelIndex
SORT = Qt.ItemDataRole.UserRole + 1
TONE = Qt.ItemDataRole.UserRole + 2
GROUND = Qt.ItemDataRole.UserRole + 3
_ROOT = QModelIndex()
_STRETCH_AT_LEAST = 120
_BAND = 4
"""Height in px of the selection above and below a tinted cell, whose own colour stays in sight."""
_BESIDE = 18
"""Px a cell needs beside its words."""


class Column(msgspec.Struct, frozen=True):
    """One column: `value` gives the words; `sort` the raw value when words do not sort.

    `tone` makes the words a pill, `ground` tints the cell; both name a status tone or nothing.

    `width` in px at the normal letter size; 0 takes the room that is left, and up to `most` is given to the longest
    words shown. Where the room is short, columns with the highest `shed` are hidden first; 0 is never hidden. One that
    may be hidden grows only into room that no other needs.
    """

    title: str
    value: Callable[[Any], str]
    width: int = 0
    right: bool = False
    sort: Callable[[Any], Any] | None = None
    tone: Callable[[Any], str] | None = None
    ground: Callable[[Any], str] | None = None
    tip: Callable[[Any], str] | None = None
    shed: int = 0
    most: int = 0


class RowsModel(QAbstractTableModel):
    """A table model over plain rows, replaced as a whole; `key` names a row so that the selection stays with it."""

    def __init__(self, columns: Sequence[Column], key: Callable[[Any], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.key = key
        self._rows: tuple[Any, ...] = ()

    @property
    def rows(self) -> tuple[Any, ...]:
        """The rows as they were given."""
        return self._rows

    def replace_rows(self, rows: Sequence[Any]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.value(row)
        if role == SORT:
            return column.sort(row) if column.sort else column.value(row)
        if role == TONE:
            return column.tone(row) if column.tone else ""
        if role == GROUND:
            return column.ground(row) if column.ground else ""
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain((column.tip or column.value)(row))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class CalmRows(QStyledItemDelegate):
    """Draws a row of a view: light ground when selected, a fine line below, a pill where the column has a tone.

    It asks the view what is selected and draws grounds as shapes: to name a style or a brush costs 12 ms of the start.
    """

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        painter.save()
        try:
            self._paint(painter, option, index)
        finally:
            painter.restore()

    def _paint(self, painter: QPainter, option: Any, index: Index) -> None:
        rect = option.rect
        selected = self._view.selectionModel().isSelected(index)
        if selected:
            theme.fill(painter, rect, theme.color("selection"))
        if ground := index.data(GROUND):
            tint = theme.color_of(theme.TONES[ground][1] if ground != "quiet" else theme.TOKENS["tint"])
            theme.fill(painter, rect.adjusted(0, _BAND, 0, -_BAND) if selected else rect, tint)
        painter.setPen(theme.color("row"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        text = str(index.data() or "")
        tone = index.data(TONE)
        if text and tone:
            self._pill(painter, option, text, tone)
            return
        painter.setFont(option.font)
        painter.setPen(theme.color("text"))
        inner = rect.adjusted(8, 0, -8, 0)
        line = option.fontMetrics.elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, index.data(Qt.ItemDataRole.TextAlignmentRole), line)

    def _pill(self, painter: QPainter, option: Any, text: str, tone: str) -> None:
        ink, ground = theme.TONES.get(tone, theme.TONES["quiet"])
        font = option.font
        font.setPixelSize(max(12, round(font.pixelSize() * 12 / theme.BODY_PX)))
        painter.setFont(font)
        metrics = painter.fontMetrics()
        room = option.rect.width() - 16
        sentence = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room - 16)
        width = min(room, metrics.horizontalAdvance(sentence) + 18)
        height = metrics.height() + 4
        box = QRectF(option.rect.left() + 8, option.rect.center().y() - height / 2 + 0.5, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color_of(ground))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setPen(theme.color_of(ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, sentence)

    def sizeHint(self, option: Any, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), 34)


class RecordTable(QTableView):
    """A list of rows: Enter or double click opens one, Ctrl+C copies for Excel, a click on a header sorts.

    `nothing` is what it says once it was told that there are no rows.
    """

    opened = Signal(object)
    current_changed = Signal(object)

    def __init__(
        self, columns: Sequence[Column], key: Callable[[Any], str], name: str, *, many: bool = False, nothing: str = ""
    ) -> None:
        super().__init__()
        self._nothing = nothing
        self.rows_model = RowsModel(columns, key, self)
        self._wanted = self.rows_model.columns
        self._widths = [item.width for item in self._wanted]
        self._sorted = InOrder(self)
        self._sorted.setSourceModel(self.rows_model)
        self._sorted.setSortRole(SORT)
        self.setModel(self._sorted)
        self.setItemDelegate(CalmRows(self))
        self.setAccessibleName(name)
        self._dress(many)
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentRowChanged.connect(self._tell_current)
        self._memory = ListMemory(self)

    def _dress(self, many: bool) -> None:
        modes = QAbstractItemView.SelectionMode
        self.setSelectionMode(modes.ExtendedSelection if many else modes.SingleSelection)
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
                self.setCurrentIndex(self._sorted.mapFromSource(self.rows_model.index(at, 0)))
                return True
        return False

    def enter(self) -> None:
        """Come in from the search line: take the keyboard and stand on the first row."""
        self.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.currentIndex().isValid() and self._sorted.rowCount():
            self.setCurrentIndex(self._sorted.index(0, 0))

    def copy(self) -> None:
        """Put the selected rows on the clipboard, tab-separated with their headings, as Excel takes them."""
        columns = self.rows_model.columns
        lines = ["\t".join(item.title for item in columns)]
        lines += ["\t".join(_one_line(item.value(row)) for item in columns) for row in self.chosen()]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._memory.take_up()

    def menu(self) -> QMenu:
        """Return what can be done with the rows, as the keys do it."""
        whole: list[Entry] = [("打开", "Return", self._open), ("复制这几行", "Ctrl+C", self.copy)]
        if self.selectionMode() is QAbstractItemView.SelectionMode.ExtendedSelection:
            whole.append(("全选", "Ctrl+A", self.selectAll))
        return menu_of(self, whole, self)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

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
        if not item.most:
            return item
        texts = {item.value(row) for row in self.rows_model.rows}
        longest = max((self.fontMetrics().horizontalAdvance(text) for text in texts), default=0)
        needed = longest * theme.BODY_PX // theme.scaled(self, theme.BODY_PX) + _BESIDE
        return msgspec.structs.replace(item, width=min(max(item.width, needed), item.most))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
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


def _one_line(text: str) -> str:
    return text.replace("\n", " ").replace("\t", " ")
