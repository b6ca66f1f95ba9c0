"""Rows of a list: what a column says of a row, a model over plain rows, a delegate that draws them calmly."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QWidget

from tuopin_desktop.domain.daywords import with_dates
from tuopin_desktop.domain.spelling import PersonName
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.widgets.plain import plain

Index = QModelIndex | QPersistentModelIndex
SORT = Qt.ItemDataRole.UserRole + 1
TONE = Qt.ItemDataRole.UserRole + 2
GROUND = Qt.ItemDataRole.UserRole + 3
_NAMES = ("姓名",)
"""Headings of columns of names."""
_ROOT = QModelIndex()
_BAND = 4
"""Height in px of the selection above and below a tinted cell, whose own colour stays in sight."""


class Column(msgspec.Struct, frozen=True):
    """One column: `value` gives the words; `sort` the raw value when words do not sort.

    `tone` makes the words a pill, `ground` tints the cell; both name a status tone or nothing.

    `width` in px at the normal letter size; 0 takes the room that is left, and up to `most` is given to the longest
    words shown. Where the room is short, columns with the highest `shed` are hidden first; 0 is never hidden. One that
    may be hidden grows only into room that no other needs. A `person` is a name, which is never cut, and by which the
    rows of one can be shown alone.
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
    person: bool = False

    @property
    def is_person(self) -> bool:
        """Whether it holds names of people."""
        return self.person or self.title in _NAMES

    def place(self, row: Any) -> str:
        """Return the words of a row as they are sorted: a name by its surname."""
        return PersonName(self.value(row)) if self.is_person else self.value(row)


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
            return with_dates(column.value(row))  # the value keeps the day as data: to sort, copy and export by
        if role == SORT:
            return column.sort(row) if column.sort else column.place(row)
        if role == TONE:
            return column.tone(row) if column.tone else ""
        if role == GROUND:
            return column.ground(row) if column.ground else ""
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain(with_dates((column.tip or column.value)(row)))
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
