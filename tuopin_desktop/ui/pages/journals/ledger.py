"""台账: what is in hand, overdue and done; N adds, Enter edits, B finishes, J carries over to next week."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from tuopin_desktop.domain.journals import weeks
from tuopin_desktop.domain.problems import Problem, Refused
from tuopin_desktop.domain.records import LedgerItem
from tuopin_desktop.domain.records.choices import LEDGER_STATE
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.journals.ledger import ItemRow
from tuopin_desktop.ui.pages.journals.questions import Items
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.widgets.chips import Chips
from tuopin_desktop.ui.widgets.empty import EmptyState
from tuopin_desktop.ui.widgets.filtermemory import remember
from tuopin_desktop.ui.widgets.form import RecordForm
from tuopin_desktop.ui.widgets.keys import on_key
from tuopin_desktop.ui.widgets.parts import act_button, button, card, clear, column, label, row
from tuopin_desktop.ui.widgets.table import Column, RecordTable

LISTS = {"open": "在办", "overdue": "逾期", "done": "已办结", "all": "全部"}
_TONES = {"open": "quiet", "done": "ok", "carried": "quiet", "dropped": "quiet"}
_COLUMNS = (
    Column("工作事项", lambda row: " ".join(row.item.task.split())),
    Column("责任人", lambda row: row.owner, 110, person=True),
    Column("周次", lambda row: row.week_words[5:].split("（")[0], 80, sort=lambda row: row.item.week),
    Column("立项", lambda row: str(row.item.opened or ""), 104, shed=2),
    Column("时限", lambda row: str(row.item.due or ""), 104),
    Column("已历", lambda row: f"{row.age}天", 70, right=True, sort=lambda row: row.age),
    Column("结转", lambda row: f"{row.carried}次" if row.carried else "", 64, right=True, shed=1),
    Column("状态", lambda row: _state(row), 84, tone=lambda row: "bad" if row.overdue else _TONES[row.item.state]),
    Column("结果", lambda row: " ".join(row.item.result.split()), 150, shed=3),
)


def _state(row: ItemRow) -> str:
    return "逾期" if row.overdue else LEDGER_STATE.word(row.item.state)


class LedgerView(QFrame):
    """`asked(which)` wants a list, `saved(item)` an item kept, `carried(ids)` items carried over to next week."""

    asked = Signal(str)
    saved = Signal(object)
    carried = Signal(list)
    edited = Signal()

    def __init__(self, office: OfficeView) -> None:
        super().__init__()
        self._office = office
        self._item: LedgerItem | None = None
        self._draft: tuple[LedgerItem, Mapping[str, str]] | None = None
        self.form: RecordForm | None = None
        self._people: Mapping[str, str] = {}
        self.lists = Chips(LISTS, "台账", {"overdue": "bad"})
        self.lists.chosen.connect(self.asked)
        remember("journals", self.lists)
        self.table = RecordTable(_COLUMNS, lambda row: row.item.id, "工作台账", many=True, sheet="ledger_item")
        self.table.opened.connect(lambda row: self.edit(row.item))
        strokes = (("B", "办结", self.finish), ("J", "结转到下周", self.carry), ("Insert", "新建", self.new))
        for keys, text, slot in strokes:
            on_key(self.table, keys, text, slot, inside=False, act=Act.ENTER, rows=keys != "Insert")
        self._empty = EmptyState(
            "inbox", "没有事项", hint="按 Ctrl+N 立项；没办完的按 J 结转到下周。", first=("立项", self.new)
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        self._finish = act_button(Act.ENTER, "办结（B）", self.finish, icon="check", tip="填办理结果")
        self._carry = act_button(Act.ENTER, "结转到下周（J）", self.carry, tip="原事项关闭，在下周继续，已历天数照算")
        tools = row(self.lists, None, self._finish, self._carry, margins=(10, 8, 14, 0))
        self._box = column(margins=(14, 10, 14, 10))
        self._holder = card(self._box)
        self._holder.hide()
        body = column(tools, self._stack, gap=4, margins=(5, 0, 5, 6))
        body.setStretch(1, 1)
        whole = column(self._holder, card(body), gap=10)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def replace(self, items: Items) -> None:
        """Show a list."""
        self._people = items.people
        self.lists.count(items.counts)
        self.table.replace_rows(items.rows)
        self._stack.setCurrentIndex(0 if items.rows else 1)

    # -- the form over the list

    def new(self) -> None:
        """Open the form for a new item; one begun before is still there."""
        if self._draft is not None:
            item, values = self._draft
            self._open(item, values)
            return
        self.edit(LedgerItem(opened=self._office.today, state="open"))

    def edit(self, item: LedgerItem, values: Mapping[str, str] | None = None) -> None:
        """Open the form over an item."""
        self._open(item, values)

    def finish(self) -> None:
        """Open the form on the current item as done, in the field of its result."""
        item_row: ItemRow | None = self.table.current()
        if item_row is None or item_row.item.state != "open" or self.form_open:
            return
        self._open(item_row.item, {"state": LEDGER_STATE.word("done")})
        assert self.form is not None
        self.form.editors["result"].setFocus()

    def carry(self) -> None:
        """Carry the selected items that are in hand over to next week."""
        items: list[Any] = [row.item.id for row in self.table.chosen() if row.item.state == "open"]
        if items:
            self.carried.emit(items)

    @property
    def form_open(self) -> bool:
        """Tell whether the form is shown."""
        return not self._holder.isHidden()

    def _open(self, item: LedgerItem, values: Mapping[str, str] | None) -> None:
        self.close_form()
        self._item = item
        left_out = {"week"} if not item.id else set()
        if not item.id:
            left_out |= {"state", "finished", "result"}
        titles = {"posting": dict(self._people)}
        self.form = RecordForm(LedgerItem, self._office, columns=3, leave_out=left_out, titles=titles, headings=False)
        self.form.load(item, values)
        self.form.edited.connect(self.edited)
        head = "立项" if not item.id else f"{weeks.week_words(item.week)} 的事项"
        save = act_button(Act.ENTER, "保存", self.save, icon="save", role="primary", tip="Ctrl+S")
        close = button("取消", self.close_form, role="flat", tip="Esc")
        top = QWidget()
        top.setLayout(row(label(head, "section"), None, close, save))
        clear(self._box)
        self._box.addWidget(top)
        self._box.addWidget(self.form)
        self._holder.show()
        self.form.editors["task"].setFocus()

    def save(self) -> None:
        """Ask to keep what stands in the form."""
        if self.form is None or not self.form_open:
            return
        try:
            self.saved.emit(self.form.record())
        except Refused as refused:
            self.form.show_problems(refused.problems)

    def show_problems(self, problems: tuple[Problem, ...]) -> list[Problem]:
        """Mark what is wrong; return what has no field in the form."""
        return self.form.show_problems(problems) if self.form is not None else list(problems)

    def settled(self, item: LedgerItem) -> None:
        """The item was kept: close the form and stand on it."""
        self._draft = None
        self._item = None
        self.form = None
        self._holder.hide()
        self.table.select(item.id)
        self.table.setFocus()

    def close_form(self) -> None:
        """Close the form; a new item that was begun is kept for the next time."""
        if self.form is not None and self._item is not None and not self._item.id:
            values = self.form.typed()
            self._draft = (self._item, values) if values else None
        self.form = None
        self._holder.hide()
        self.table.setFocus()

    def typed(self) -> list[tuple[LedgerItem, dict[str, str]]]:
        """Return items with what is typed over them and not saved."""
        if self.form is not None and self._item is not None and (values := self.form.typed()):
            return [(self._item, values)]
        return [(self._draft[0], dict(self._draft[1]))] if self._draft is not None else []

    def retype(self, item: LedgerItem, values: Mapping[str, str], *, show: bool) -> None:
        """Put back what was typed before: a new item waits for its form, over a kept one the form is opened."""
        if show:
            self._open(item, values)
        elif not item.id:
            self._draft = (item, values)

    def unsaved(self) -> int:
        """Return how many items are typed and not saved."""
        begun = self.form is not None and bool(self.form.typed())
        return int(begun or self._draft is not None)
