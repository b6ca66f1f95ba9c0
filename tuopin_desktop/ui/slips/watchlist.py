"""The list a clerk lives by: who is late, due, away, which papers are out, which filings are missing."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.leave.watchlists import Watch
from tuopin_desktop.domain.masking import veil_number
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.leave.watchedslip import WatchedSlip
from tuopin_desktop.ui.slips.travellers import EXTEND, tone_of
from tuopin_desktop.ui.widgets.chips import Chips
from tuopin_desktop.ui.widgets.empty import EmptyState, OrEmpty
from tuopin_desktop.ui.widgets.keys import on_key
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import act_button, column, label, row
from tuopin_desktop.ui.widgets.table import Column, RecordTable


class WatchList(QFrame):
    """Shows the lists; `opened` carries what to show on the page of leave, Q asks when the selected came back."""

    opened = Signal(str)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._context = context
        self._rows: tuple[WatchedSlip, ...] = ()
        self._build()

    def _build(self) -> None:
        values = {"": "全部", **{item.name: item.value for item in Watch}}
        self.lists = Chips(values, "请销假", {item.name: tone_of(item.value) for item in Watch})
        self.lists.chosen.connect(lambda: self._narrow())
        columns = (
            Column("状态", lambda item: item.state, 92, tone=lambda item: tone_of(item.state)),
            Column("姓名", lambda item: item.slip.name, 84),
            Column("应返回", lambda item: f"{item.until:%m-%d}" if item.until else "", 66, sort=_until),
            Column("联系电话", lambda item: item.phone and veil_number(item.phone), 112, shed=1),
            Column("说明", lambda item: item.text, tip=lambda item: item.full),
        )
        self.table = RecordTable(columns, lambda item: item.slip.id, "请销假待办", many=True)
        self.table.opened.connect(lambda item: self.opened.emit(ids.key("leave_slip", item.slip.id)))
        on_key(self.table, "Q", "销假…", self.ask_return, inside=False)
        on_key(self.table, "Ctrl+R", "销假…", self.ask_return)
        self._stack = OrEmpty(
            self.table,
            lambda: EmptyState("circle-check", "没有要盯的报备单", hint="没有人外出，签字和备案都已办结。"),
        )
        back = act_button(Act.ENTER, "销假…  Q", self.ask_return, role="flat", tip="登记所选人员哪天返回，可多选")
        back.setAccessibleName("销假")
        back.setAutoDefault(True)
        head = row(label("请销假", "section"), None, self.lists, margins=(16, 8, 8, 0))
        foot = row(back, label("回车打开报备单 · 按住 Ctrl 或 Shift 可多选", "hint"), None, margins=(10, 0, 10, 6))
        layout = column(head, row(self._stack, margins=(8, 0, 8, 0)), foot, gap=4)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def replace(self, rows: Sequence[WatchedSlip]) -> None:
        """Show other rows."""
        self._rows = tuple(rows)
        counts = {item.name: sum(item in row.lists for row in self._rows) for item in Watch}
        self.lists.count({"": len(self._rows), **counts})
        self._narrow()

    def ask_return(self) -> None:
        """Ask when the selected travellers came back."""
        slips = [item.slip.id for item in self.table.chosen() if _out(item)]
        if not slips:
            self._context.message.say("请先选中外出或到期的人员，再销假。", "warn")
            return
        from tuopin_desktop.ui.slips import returning  # noqa: PLC0415 start-up: it loads every rule

        returning.ask_return(self._context, slips, returning.anchor_in(self.table), self._extend)

    def _extend(self, slip_id: str) -> None:
        self.opened.emit(f"{EXTEND}{slip_id}")

    def _narrow(self) -> None:
        code = self.lists.code()
        watched_slips = [item for item in self._rows if not code or Watch[code] in item.lists]
        self.table.replace_rows(watched_slips)
        self._stack.show_whole(bool(watched_slips))


def _until(item: WatchedSlip) -> str:
    return str(item.until or "")


def _out(item: WatchedSlip) -> bool:
    return item.lists[0].out
