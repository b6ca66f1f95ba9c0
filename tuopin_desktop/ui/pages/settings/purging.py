"""The section of what is to be forgotten: who is due, a proposal, the second name, and the copies made before."""

from collections.abc import Callable

import msgspec
from PySide6.QtWidgets import QLineEdit, QMessageBox, QWidget

from tuopin_desktop.services.forgetting import due, leftbehind, purging
from tuopin_desktop.services.forgetting.due import Due
from tuopin_desktop.services.forgetting.leftbehind import Removal
from tuopin_desktop.services.forgetting.purging import Outcome
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.widgets.ask import confirm
from tuopin_desktop.ui.widgets.empty import EmptyState
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import button, card, column, label, row
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_HINT = (
    "保管期满的人员先归档，再由一人提出、另一人确认，清除各类登记、扫描件和检索中的个人信息。清除后不能恢复；"
    "下一个数据包会通知有关单位一并清除。考勤数字、报告数字和校验码不变。"
)
_LONGEST = 200


class DueList(msgspec.Struct, frozen=True):
    """What the section shows."""

    people: tuple[Due, ...]
    copies: int
    signed_in: bool


def read(desk: Desk) -> DueList:
    """Return who is due and how many copies of before there are."""
    return DueList(tuple(due.listed(desk)), len(leftbehind.copies(desk)), bool(desk.who.user))


class PurgeSection(QWidget):
    """Lists who is due; what is proposed waits for a second name."""

    def __init__(self, context: PageContext, renew: Callable[[], object]) -> None:
        super().__init__()
        self._context, self._renew = context, renew
        self._list = DueList((), 0, signed_in=False)
        self.question: QMessageBox | None = None
        columns = (
            Column("姓名", lambda one: one.name, 130),
            Column("离任", lambda one: str(one.ended), 110),
            Column("保管到期", lambda one: str(one.due), 110),
            Column("状态", _state),
        )
        self.table = RecordTable(columns, lambda one: one.person, "到期名单")
        self.table.current_changed.connect(lambda _: self._offer())
        self.basis = _line("依据，如 保管期限表第12项")
        self.archived = _line("归档情况，如 2029年移交旗档案馆，档号15-3")
        self.second = _line("确认人姓名")
        self.propose_button = button("提出清除", self.propose, role="primary")
        self.confirm_button = button("确认清除…", self.ask_confirm)
        self.withdraw_button = button("收回", self.withdraw)
        self.copies_button = button("删除以前的备份…", self.ask_copies, tip="先作一个新备份，再删除以前的")
        self._nothing = EmptyState("circle-check", "没有保管期满的人员", hint=_HINT)
        self._copies = label("", "quiet", wrap=True)
        self._tools = row(self.basis, self.archived, self.propose_button)
        self._second = row(self.second, self.confirm_button, self.withdraw_button, None)
        below = row(self._copies, self.copies_button)
        below.setStretch(0, 1)
        hint = label(_HINT, "quiet", wrap=True)
        lines = (hint, self.table, self._nothing, self._tools, self._second, below)
        inside = column(*lines, gap=8, margins=(14, 10, 14, 10))
        inside.setStretch(1, 1)
        self.setLayout(row(card(inside)))

    @property
    def state(self) -> str:
        """The line under the page's title."""
        count = len(self._list.people)
        return f"保管期满{count}人" if count else "没有保管期满的人员"

    def refresh(self) -> None:
        """Ask who is due."""
        self._context.ask(read, then=self._show, lane="purging")

    def _show(self, answer: DueList) -> None:
        self._list = answer
        self.table.replace_rows(answer.people)
        self.table.setVisible(bool(answer.people))
        self._nothing.setVisible(not answer.people)
        text = f"本机有清除以前作的备份{answer.copies}个，里面仍有清除的内容。另存的备份和U盘请自行处理。"
        self._copies.setText(text if answer.copies else "本机没有清除以前作的备份。")
        self.copies_button.setEnabled(bool(answer.copies))
        self._offer()

    def _offer(self) -> None:
        """Offer what can be done with the person chosen."""
        one = self.table.current()
        waits = one is not None and bool(one.proposal)
        for part in (self.basis, self.archived, self.propose_button):
            part.setEnabled(one is not None and not waits)
        for part in (self.confirm_button, self.withdraw_button):
            part.setEnabled(waits)
        self.second.setVisible(not self._list.signed_in)
        self.second.setEnabled(waits)

    def take_keyboard(self) -> None:
        """Go to the list."""
        self.table.enter()

    def propose(self) -> None:
        """Propose the person chosen."""
        if (one := self.table.current()) is not None:
            basis, archived = self.basis.text(), self.archived.text()
            self._context.ask(purging.propose, one.person, basis, archived, then=self._proposed)

    def _proposed(self, _purge: object) -> None:
        self._context.message.say("已提出，请另一人核对后确认")
        self._renew()

    def ask_confirm(self) -> None:
        """Ask once more: it cannot be taken back."""
        if (one := self.table.current()) is not None and one.proposal:
            sentence = f"清除{one.name}的个人信息？清除后任何人都不能恢复。（{one.proposed_by}提出）"
            self.question = confirm(self._context.window, sentence, "清除", lambda: self._confirm(one.proposal))

    def _confirm(self, proposal: str) -> None:
        self._context.ask(purging.confirm, proposal, self.second.text(), then=self._confirmed)

    def _confirmed(self, outcome: Outcome) -> None:
        self.second.clear()
        self._context.message.say("".join(purging.account(outcome)))
        self._renew()

    def withdraw(self) -> None:
        """Take the proposal back."""
        if (one := self.table.current()) is not None and one.proposal:
            self._context.ask(purging.withdraw, one.proposal, then=lambda _: self._renew())

    def ask_copies(self) -> None:
        """Ask before copies go."""
        sentence = "先作一个新备份，再删除本机清除以前作的备份？删除后不能再退回到以前。"
        self.question = confirm(self._context.window, sentence, "删除", self._remove_copies)

    def _remove_copies(self) -> None:
        self._context.ask(leftbehind.remove_copies, then=self._removed)

    def _removed(self, removal: Removal) -> None:
        sentence = f"已作新备份，删除以前的备份{removal.count}个"
        self._context.message.say("；".join((sentence, *removal.left)), "warn" if removal.left else "ok")
        self._renew()


def _line(text: str) -> QLineEdit:
    line = QLineEdit()
    line.setMaxLength(_LONGEST)
    line.setPlaceholderText(text)
    line.setAccessibleName(text.partition("，")[0])
    return line


def _state(one: Due) -> str:
    if one.proposal:
        return f"{one.proposed_by}已提出，等另一人确认"
    return "所属单位已清除，本单位登记的部分待清除" if one.rest else "待提出"
