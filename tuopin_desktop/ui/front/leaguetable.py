"""The table of all teams by league: sums and folds, twelve months as marks, each number one click to its rows."""

from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from tuopin_desktop.services.home.abovestate import AboveState
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.front.drawing import LEFT, RIGHT, font_of, pill, write
from tuopin_desktop.ui.front.leaguerows import LeagueRow, arranged, total_row
from tuopin_desktop.ui.widgets.rows import CalmRows, Column, Index
from tuopin_desktop.ui.widgets.table import RecordTable

FIGURES = {"report": "reports", "registered": "registered", "reached": "reached", "overdue": "overdue", "out": "out"}
"""By column the key its rows are rows_wanted by (`behindabove.FIGURES`)."""
_KEYS = ("name", "report", "registered", "reached", "overdue", "out", "marks", "change")
_SIGNS: dict[int, str] = {1: "√", 0: "×", -1: "－"}
_COLUMNS = (
    Column("旗县", lambda row: row.title),
    Column("月报", lambda row: row.figures["report"], 66),
    Column("登记", lambda row: row.figures["registered"], 76, right=True),
    Column("达标", lambda row: row.figures["reached"], 70, right=True, shed=2),
    Column("逾期", lambda row: row.figures["overdue"], 52, right=True),
    Column("外出", lambda row: row.figures["out"], 48, right=True, shed=3),
    Column("近12个月", lambda row: "".join(_SIGNS[one] for one in row.marks), 82, shed=1),
    Column("较上月", lambda row: row.change, 60, right=True, shed=4),
)
_NOTHING = ("0", "–", "无登记", "")


def can_open(row: LeagueRow, column: str) -> bool:
    """Tell whether a cell has rows behind its number; of nothing there are none."""
    if column not in FIGURES or row.figures[column] in _NOTHING:
        return False
    return column == "report" or not row.figures[column].startswith("0/")


def paint_cell(painter: QPainter, widget: QWidget, place: QRect, row: LeagueRow, column: str) -> None:
    """Paint one cell of a row."""
    inner = place.adjusted(8, 0, -8, 0)
    painter.setFont(font_of(widget, 14, bold=row.is_group))
    if column == "name":
        write(painter, inner.adjusted(0 if row.is_group else 14, 0, 0, 0), row.title, "text", LEFT)
    elif column == "marks":
        _marks(painter, inner, row.marks)
    elif column == "change":
        write(painter, inner, row.change, row.change_tone or "text2", RIGHT)
    elif column == "report" and not row.is_group:
        painter.setFont(font_of(widget, 12))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pill(painter, inner, row.figures[column], row.tone)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    else:
        _number(painter, inner, row, column)


def _number(painter: QPainter, place: QRect, row: LeagueRow, column: str) -> None:
    opens, text = can_open(row, column), row.figures[column]
    left = column == "report"
    width = write(painter, place, text, "text" if opens else "text2", LEFT if left else RIGHT)
    if opens:
        start = place.left() if left else place.right() - width
        line = place.center().y() + painter.fontMetrics().height() // 2
        pen = painter.pen()
        pen.setColor(theme.color("text3"))
        pen.setStyle(Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.drawLine(start, line, start + width, line)


def _marks(painter: QPainter, place: QRect, marks: tuple[int, ...]) -> None:
    """Paint twelve months: filled and tall where a report was made, hollow, red and low where not."""
    side, base = 5, place.center().y() + 7
    for at, mark in enumerate(marks):
        left = place.left() + at * (side + 1)
        if mark > 0:
            theme.fill(painter, QRect(left, base - 13, side, 14), theme.color("accent"))
        elif not mark:
            painter.setBrush(Qt.GlobalColor.transparent)
            painter.setPen(theme.color("bad"))
            painter.drawRect(left, base - 4, side - 1, 4)
        else:
            theme.fill(painter, QRect(left, base, side, 1), theme.color("line2"))


class LeagueRows(CalmRows):
    """Draws the rows: leagues on a light ground and in bold, their counties set in."""

    def __init__(self, table: "LeagueTable") -> None:
        super().__init__(table)
        self._table = table

    def _paint(self, painter: QPainter, option: Any, index: Index) -> None:
        line = self._table.row_at(index)
        if line is None:
            return
        if self._view.selectionModel().isSelected(index):
            theme.fill(painter, option.rect, theme.color("selection"))
        elif line.is_group:
            theme.fill(painter, option.rect, theme.color("bg"))
        painter.setPen(theme.color("row"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        paint_cell(painter, self._table, option.rect, line, _KEYS[index.column()])


class LeagueTable(RecordTable):
    """`rows_wanted` carries the key of a figure and the place whose rows are wanted, `county` one to be opened.

    `stood` tells the place it stands on, `refolded` that other leagues are folded, `search_stop` that a county
    is wanted which what is looked for leaves out.
    """

    rows_wanted = Signal(str, str)
    county = Signal(str)
    stood = Signal(str)
    refolded = Signal()
    search_stop = Signal()

    def __init__(self) -> None:
        super().__init__(_COLUMNS, lambda row: row.place, "各旗县")
        self._state: AboveState | None = None
        self.is_grouped, self.text = True, ""
        self.folded: set[str] = set()
        self.setItemDelegate(LeagueRows(self))
        self.setSortingEnabled(False)
        self.setMouseTracking(True)
        head = self.horizontalHeader()
        head.setSortIndicatorShown(True)
        head.sortIndicatorChanged.connect(lambda *_: self.arrange())
        self.verticalHeader().setDefaultSectionSize(theme.scaled(self, 29))
        self.clicked.connect(self._click)
        self.opened.connect(self._enter)
        self.current_changed.connect(lambda row: self.stood.emit(row.place if row is not None else ""))

    def replace(self, state: AboveState) -> None:
        """Show other counts."""
        self._state = state
        self.arrange()

    def sortByColumn(self, place: int, order: Qt.SortOrder) -> None:
        """Order by a column; leagues are ordered by their sums and their counties among themselves."""
        self.horizontalHeader().setSortIndicator(place, order)

    def worst_first(self) -> None:
        """Order by the column that was chosen last, or by what is overdue, the worst first."""
        place = self.horizontalHeader().sortIndicatorSection()
        place = place if 0 < place < len(_KEYS) else _KEYS.index("overdue")
        self.sortByColumn(place, Qt.SortOrder.DescendingOrder)

    def arrange(self) -> None:
        """Put the rows into their order."""
        if self._state is None:
            return
        head = self.horizontalHeader()
        at = head.sortIndicatorSection()
        column = _KEYS[at] if 0 <= at < len(_KEYS) else ""
        rows = arranged(
            self._state,
            column,
            most_first=head.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder,
            grouped=self.is_grouped,
            folded=self.folded,
            text=self.text,
        )
        self.replace_rows(rows)

    def go_to(self, county: str) -> None:
        """Stand on a county; the fold of its league is opened, and a search that leaves it out ends."""
        if self.text and county not in {row.place for row in self.rows_model.rows}:
            self.search_stop.emit()
        if county[:4] in self.folded:
            self.folded.discard(county[:4])
            self.arrange()
        self.select(county)

    def row_at(self, index: Index) -> LeagueRow | None:
        """Return the row of a cell."""
        source = self._sorted.mapToSource(index)
        row: LeagueRow | None = self.rows_model.rows[source.row()] if source.isValid() else None
        return row

    def ask(self, row: LeagueRow, column: str) -> None:
        """Open the rows of a cell, or fold a league."""
        if can_open(row, column):
            self.rows_wanted.emit(FIGURES[column], row.place)
        elif column == "name" and row.is_group and row.place:
            self.folded ^= {row.place}
            self.arrange()
            self.refolded.emit()

    def _click(self, index: Index) -> None:
        row = self.current()
        if row is not None:
            self.ask(row, _KEYS[index.column()])

    def _enter(self, row: LeagueRow) -> None:
        column = _KEYS[max(self.currentIndex().column(), 0)]
        if row.is_group or can_open(row, column):
            self.ask(row, column)
        else:
            self.county.emit(row.place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current()
        keys = Qt.Key
        if row is not None and row.is_group and event.key() == keys.Key_Space:
            self.ask(row, "name")
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        row = self.row_at(index)
        opens = row is not None and can_open(row, _KEYS[index.column()])
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)


class TotalRow(QWidget):
    """The sums under the table, in its columns; they stay where they are. `rows_wanted` carries the key of a figure."""

    rows_wanted = Signal(str)

    def __init__(self, table: LeagueTable) -> None:
        super().__init__()
        self._table = table
        self.row: LeagueRow | None = None
        table.horizontalHeader().sectionResized.connect(lambda *_: self.update())
        self.setFixedHeight(theme.scaled(self, 32))

    def replace(self, state: AboveState) -> None:
        """Show other sums."""
        self.row = total_row(state)
        figures = {column.title: self.row.figures.get(key, "") for key, column in zip(_KEYS, _COLUMNS, strict=True)}
        text = "，".join(f"{title}{text}" for title, text in figures.items() if text)
        self.setAccessibleName(f"{self.row.name}：{text}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, theme.scaled(self, 32))

    def place(self, column: str) -> QRect:
        """Return where a column is, empty where it is hidden."""
        head, at = self._table.horizontalHeader(), _KEYS.index(column)
        if self._table.isColumnHidden(at):
            return QRect()
        return QRect(head.sectionViewportPosition(at), 0, head.sectionSize(at), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.row is None:
            return
        painter = QPainter(self)
        try:
            theme.fill(painter, self.rect(), theme.color("bg"))
            for column in _KEYS:
                if not (place := self.place(column)).isEmpty():
                    paint_cell(painter, self, place, self.row, column)
        finally:
            painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        column = next((one for one in FIGURES if self.place(one).contains(point)), "")
        if self.row is not None and column and can_open(self.row, column):
            self.rows_wanted.emit(FIGURES[column])
