"""One generic list for every register of duties: its kind is chosen at the left, everything else is derived."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout

from tuopin_desktop.domain.belonging import COUNTY
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.record import Field, Form, Owner
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.services.registers.registerlists import GROUPS, RegisterRow, RegisterRows
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.empty import EmptyState
from tuopin_desktop.ui.widgets.front import Front
from tuopin_desktop.ui.widgets.parts import column, hide_unless, label, row
from tuopin_desktop.ui.widgets.search import SearchLine
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_KIND = Qt.ItemDataRole.UserRole
_LEAST = 60
_WORDS = (Form.TEXT, Form.LONG, Form.REF, Form.PERIOD)
"""The forms of which the widest column takes the room that is left."""


class RegisterView(Front):
    """`asked(kind, text, county)` wants rows, `opened(kind, id)` a record, `new_wanted(kind)` a blank one."""

    asked = Signal(str, str, str)
    opened = Signal(str, str)
    new_wanted = Signal()
    import_wanted = Signal()
    revealed = Signal(str)

    def __init__(self, office: OfficeView) -> None:
        super().__init__()
        self._level = office.level
        self._left_out = (COUNTY,) if office.level is Level.COUNTY else ()
        self.kinds = _kinds()
        self.kinds.currentItemChanged.connect(lambda *_: self._other_kind())
        self.search = SearchLine("搜索本登记簿", "搜索登记簿")
        self.search.setMaximumWidth(260)
        self.search.searched.connect(lambda _: self.ask())
        self.search.entered.connect(lambda _: self._enter())
        self.search.left_down.connect(self._enter)
        values = {
            code: name for code, name in office.vocabulary["旗县"].labels.items() if code.startswith(office.scope)
        }
        self.county = FilterBox("全部旗县", values, "按旗县筛选")
        hide_unless(self.county, office.level is not Level.COUNTY)
        self.county.chosen.connect(lambda *_: self.ask())
        self._count = label("", "quiet")
        self._tables: dict[str, RecordTable] = {}
        self._lists = QStackedWidget()
        self._nothing = EmptyState("inbox", "没有找到", hint="换一个词试试，或者清除筛选。")
        self._empty = EmptyState(
            "inbox",
            "这本登记簿还是空的",
            first=("登记一条", self.new_wanted.emit),
            second=("从 Excel 导入", self.import_wanted.emit),
        )
        self._closed = EmptyState(
            "eye-off",
            "这本登记簿涉及个人，平时不显示",
            hint="需要查看或登记时再打开；离开本页后又不显示。",
            first=("显示", self._reveal),
        )
        self._revealed: str = ""
        self._lists.addWidget(self._closed)
        self._lists.addWidget(self._nothing)
        self._lists.addWidget(self._empty)
        self._build()

    def _build(self) -> None:
        left = QFrame()
        left.setProperty("role", "card")
        left.setLayout(column(self.kinds, margins=(4, 6, 4, 6)))
        left.setFixedWidth(176)
        right = QFrame()
        right.setProperty("role", "card")
        tools = row(self.search, self.county, None, self._count, margins=(12, 10, 16, 4))
        inside: QVBoxLayout = column(tools, self._lists, gap=2, margins=(5, 0, 5, 6))
        inside.setStretch(1, 1)
        right.setLayout(inside)
        whole = row(left, right, gap=12)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def kind(self) -> str:
        """Return the register that is shown."""
        item = self.kinds.currentItem()
        return str(item.data(_KIND) or "")

    def choose(self, kind: str) -> None:
        """Show a register."""
        for place in range(self.kinds.count()):
            if self.kinds.item(place).data(_KIND) == kind:
                self.kinds.setCurrentRow(place)

    def ask(self) -> None:
        """Ask for the rows of the register that fit the search and the filter."""
        self.asked.emit(self.kind(), self.search.text().strip(), self.county.code())

    def hidden(self) -> bool:
        """Tell whether the register is about people's conduct and not opened: then it is not saved either."""
        return KINDS[self.kind()].kind.restricted and self._revealed != self.kind()

    def opened_up(self) -> bool:
        """Tell whether a register about people's conduct was opened on purpose, and is shown in full."""
        return KINDS[self.kind()].kind.restricted and not self.hidden()

    def ours(self) -> bool:
        """Tell whether this office enters records of the register itself: some are the region office's alone."""
        return KINDS[self.kind()].kind.owner is Owner.COUNTY or self._level is Level.REGION

    def _reveal(self) -> None:
        self._revealed = self.kind()
        self.revealed.emit(self.kind())
        self.ask()

    def hideEvent(self, event: QHideEvent) -> None:
        self._revealed = ""
        super().hideEvent(event)

    def _other_kind(self) -> None:
        if self.search.text():
            self.search.clear()
        self.ask()

    def _enter(self) -> None:
        table = self._tables.get(self.kind())
        if table is not None and self._lists.currentWidget() is table:
            table.enter()

    def replace(self, rows: RegisterRows) -> None:
        """Show other rows; an answer for a register no longer shown is dropped."""
        if rows.kind != self.kind():
            return
        if self.hidden():
            self._lists.setCurrentWidget(self._closed)
            self._count.setText("")
            self.begin_at(self._closed)
            return
        table = self._table(rows)
        table.personal = f"{KINDS[rows.kind].kind.label}内容" if self.opened_up() else ""
        table.replace_rows(rows.rows)
        narrowed = rows.total and not rows.rows
        self._lists.setCurrentWidget(table if rows.rows else self._nothing if narrowed else self._empty)
        text = f"{len(rows.rows)}条" if len(rows.rows) == rows.total else f"{len(rows.rows)}条，共{rows.total}条"
        self._count.setText(text)
        self._empty.say(f"{KINDS[rows.kind].kind.label}还是空的", "逐条登记，或从 Excel 导入：确认之前什么也不写入。")
        self.begin_at(table if rows.rows else self._empty)

    def _table(self, rows: RegisterRows) -> RecordTable:
        if rows.kind not in self._tables:
            pairs = [(place, item) for place, item in enumerate(rows.columns) if item.name not in self._left_out]
            widest = max(pairs, key=lambda pair: pair[1].width if pair[1].form in _WORDS else 0)[0]
            columns = [_column(place, item, stretched=place == widest) for place, item in pairs]
            columns.append(Column("附件", lambda line: str(line.files or ""), 56, right=True, shed=1))
            label_ = KINDS[rows.kind].kind.label
            table = RecordTable(columns, lambda line: line.id, f"{label_}列表", many=True, sheet=rows.kind)
            table.opened.connect(lambda line, kind=rows.kind: self.opened.emit(kind, line.id))
            self._tables[rows.kind] = table
            self._lists.addWidget(table)
        return self._tables[rows.kind]


def _column(place: int, item: Field, *, stretched: bool) -> Column:
    def value(line: RegisterRow) -> str:
        return line.cells[place]

    return Column(
        item.label,
        value,
        0 if stretched else max(item.width, _LEAST),
        right=item.form is Form.MONEY,
        sort=(lambda line: float(value(line) or 0)) if item.form is Form.MONEY and not item.personal else None,
        shed=max(0, place - 4),
    )


def _kinds() -> QListWidget:
    widget = QListWidget()
    widget.setAccessibleName("登记簿")
    widget.setObjectName("kinds")
    widget.setFrameShape(QListWidget.Shape.NoFrame)
    for group, kinds in GROUPS.items():
        heading = QListWidgetItem(group)
        heading.setFlags(Qt.ItemFlag.NoItemFlags)
        heading.setForeground(theme.color("text2"))
        font = widget.font()
        font.setBold(True)
        heading.setFont(font)
        widget.addItem(heading)
        for kind in kinds:
            item = QListWidgetItem(f"  {KINDS[kind].kind.label}")
            item.setData(_KIND, kind)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, KINDS[kind].kind.label)
            widget.addItem(item)
    widget.setCurrentRow(1)
    return widget
