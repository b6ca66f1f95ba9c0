"""The tab 结束任期: one list of what is still open, a reason for what nobody can do any more, the seal."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
from PySide6.QtWidgets import QLineEdit, QMessageBox, QStackedWidget, QWidget

from tuopin_desktop.domain.records import KINDS, TermSeal
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.domain.sealing import SEALED
from tuopin_desktop.services.archives import checklist, closingpapers, sealing
from tuopin_desktop.services.archives.checklist import Checklist, Row
from tuopin_desktop.services.archives.openitems import ENDING
from tuopin_desktop.services.judging import terms
from tuopin_desktop.services.office import books
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.archives.view import ArchiveView
from tuopin_desktop.ui.widgets.ask import PDFS, SHEETS, ask_save, confirm
from tuopin_desktop.ui.widgets.chips import Chips
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.empty import EmptyState
from tuopin_desktop.ui.widgets.page import Page, PageContext
from tuopin_desktop.ui.widgets.parts import act_button, button, card, column, label, row
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_STATES = {"open": "没有办的", "settled": "按原样结束", "": "全部"}
_HINT = "能办的点“去办理”；没人能再办的选中（可以多选），写明原因，按原样结束。都有了着落就可以封存。"
_SEALED = "任期已经封存，只能查看和打印。确有必要的，写明原因重新打开。"
_LONGEST = 300


class ClosingList(msgspec.Struct, frozen=True):
    """What the tab shows: the list of the term that is over, or in words why there is none yet."""

    checklist: Checklist | None
    sentence: str = ""


def read(desk: Desk) -> ClosingList:
    """Return the list, or until when the term runs; runs in the worker thread."""
    if checklist.term_to_close(desk) is not None:
        return ClosingList(checklist.checklist(desk))
    running = terms.terms(desk)
    return ClosingList(None, f"任期{running[0].span}，还没有结束" if running else "所用的办法文件没有写任期")


def write(desk: Desk, path: Path) -> Path:
    """Write the list as paper or workbook."""
    return books.write(desk, path, closingpapers.checklist_paper(desk))


class ClosingView(ArchiveView):
    """`reason` explains the rows chosen; of a sealed term it is why it is opened again."""

    interests = frozenset(KINDS)  # what is open is done by a record of almost any kind

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._list = ClosingList(None)
        self.question: QMessageBox | None = None
        self.states = Chips(_STATES, "任期清单", {"open": "warn"})
        self.states.chosen.connect(lambda _: self._show_rows())
        self.group = FilterBox("全部类别", {}, "按类别筛选")
        self.group.setMaximumWidth(200)
        self.group.chosen.connect(lambda _: self._show_rows())
        self.end = act_button(Act.ENTER, "都按任期结束登记离任", self.end_postings)
        self.table = RecordTable(_columns(), lambda one: one.item.key, "任期清单", many=True)
        self.table.opened.connect(lambda _: self.follow())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._offer())
        self.reason = QLineEdit()
        self.reason.setMaxLength(_LONGEST)
        self.reason.setAccessibleName("原因")
        self.reason.textChanged.connect(lambda _: self._offer())
        self.reason.returnPressed.connect(self.explain)
        self.go = button("去办理", self.follow, role="line")
        self.act = act_button(Act.CONFIRM, "按原样结束", self.explain)
        self.seal_button = act_button(Act.SEAL, "封存…", self.ask_seal, icon="lock", role="primary")
        self.save_button = button("终结清单…", self.print_, icon="printer", tip="存为 PDF 或 Excel 打印")
        self.buttons: Sequence[QWidget] = (self.save_button, self.seal_button)
        self._hint = label(_HINT, "quiet", wrap=True)
        self._nothing = EmptyState("circle-check", "都清理完了", hint="可以封存任期了。")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._nothing)
        line = row(self.reason, self.act, self.go)
        line.setStretch(0, 1)
        tools = row(self.states, None, self.end, self.group)
        inside = column(self._hint, tools, self._stack, line, gap=8, margins=(14, 10, 14, 10))
        inside.setStretch(2, 1)
        self.setLayout(row(card(inside)))
        self._offer()

    # -- answers

    @property
    def state(self) -> str:
        listed = self._list.checklist
        if listed is None:
            return self._list.sentence
        if self._sealed:
            return f"任期{listed.term.span}，已封存"
        return f"任期{listed.term.span}已结束 · 没有办的{len(listed.open)}项，没有封存"

    @property
    def _sealed(self) -> bool:
        listed = self._list.checklist
        return listed is not None and listed.seal is not None and listed.seal.state == SEALED

    def refresh(self) -> None:
        self.context.ask(read, then=self._show, lane="closing")

    def _show(self, answer: ClosingList) -> None:
        self._list = answer
        rows = answer.checklist.rows if answer.checklist else ()
        self.states.count({"open": sum(not one.settled for one in rows), "settled": sum(one.settled for one in rows),
                           "": len(rows)})  # fmt: skip
        groups = answer.checklist.groups if answer.checklist else {}
        self._offer_groups(groups)
        endless = groups.get(ENDING, (0, 0))[0]
        self.end.setVisible(bool(endless) and not self._sealed)
        self.end.setText(f"{endless}人都按任期结束登记离任")
        self._hint.setText(_SEALED if self._sealed else _HINT)
        self._show_rows()
        self.turned.emit()

    def _offer_groups(self, groups: Mapping[str, tuple[int, int]]) -> None:
        before = self.group.code()
        self.group.clear()
        self.group.addItem("全部类别", "")
        for name, (_, count) in groups.items():
            self.group.addItem(f"{name} {count}", name)
        self.group.setCurrentIndex(max(0, self.group.findData(before)))

    def _show_rows(self) -> None:
        listed = self._list.checklist
        state, group = self.states.code(), self.group.code()
        states = {"open": (False,), "settled": (True,), "": (False, True)}[state]
        rows = [
            one for one in (listed.rows if listed else ()) if one.settled in states and group in ("", one.item.group)
        ]
        self.table.replace_rows(rows)
        self._stack.setCurrentWidget(self.table if rows else self._nothing)
        if listed is None:
            self._nothing.say(self._list.sentence or "任期还没有结束", "任期结束以后，没有办的在这里列成一张清单。")
        elif state == "open" and not listed.open:
            self._nothing.say("都清理完了", _SEALED if self._sealed else "可以封存任期了。")
        else:
            self._nothing.say("没有", "")
        self._offer()

    def _offer(self) -> None:
        """Offer what can be done with the rows chosen, or with a sealed term."""
        listed, rows = self._list.checklist, self._chosen()
        settled = bool(rows) and all(one.settled for one in rows)
        self.act.setText("重新打开任期" if self._sealed else "收回原因" if settled else "按原样结束")
        reason = bool(self.reason.text().strip())
        self.act.setEnabled(reason if self._sealed else bool(rows) and (settled or reason))
        text = "为什么重新打开" if self._sealed else f"选中的{len(rows)}项为什么按原样结束，如 经办人已离任，无从补办"
        self.reason.setPlaceholderText(text)
        self.go.setEnabled(len(rows) == 1)
        self.go.setText(rows[0].item.button if len(rows) == 1 else "去办理")
        self.seal_button.setEnabled(listed is not None and not self._sealed and not listed.open)
        self.save_button.setEnabled(listed is not None)

    def _chosen(self) -> list[Row]:
        return [one for one in self.table.chosen() if isinstance(one, Row)]

    # -- acts

    def follow(self) -> None:
        """Go where the row chosen is done."""
        rows = self._chosen()
        if len(rows) == 1 and isinstance(self.context.window, Page):
            self.context.window.wanted.emit(rows[0].item.page, rows[0].item.subject)

    def explain(self) -> None:
        """Say why the rows chosen stay as they are, take that back, or open a sealed term."""
        rows, reason = self._chosen(), self.reason.text().strip()
        if self._sealed:
            self.context.ask(sealing.reopen, reason, then=self._reopened)
            return
        keys = [one.item.key for one in rows]
        if rows and all(one.settled for one in rows):
            self.context.ask(checklist.withdraw, keys, then=self._explained)
        elif rows and reason:
            self.context.ask(checklist.explain, keys, reason, then=self._explained)
        else:
            self.reason.setFocus()

    def _explained(self, listed: Checklist) -> None:
        self._show(ClosingList(listed))

    def _reopened(self, seal: TermSeal) -> None:
        self.reason.clear()
        self.context.message.say(f"任期已重新打开：{seal.reopen_reason}")
        self.refresh()

    def end_postings(self) -> None:
        """End all postings that have no end with the term."""
        self.context.ask(sealing.end_postings, then=self._ended)

    def _ended(self, count: int) -> None:
        self.context.message.say(f"已按任期结束登记{count}人离任")
        self.refresh()

    def ask_seal(self) -> None:
        """Ask once more: afterwards nothing of the term can be written."""
        listed = self._list.checklist
        if listed is not None and self.seal_button.isEnabled():
            sentence = (
                f"封存{listed.term.span}的任期？封存后这一任期只能查看和打印，导入、收包、撤销也改不了它；"
                f"按原样结束的{len(listed.rows)}项连同原因一起留下。写明原因可以重新打开。"
            )
            self.question = confirm(self.context.window, sentence, "封存", self._seal)

    def _seal(self) -> None:
        self.context.ask(sealing.seal, then=self._told_sealed)

    def _told_sealed(self, seal: TermSeal) -> None:
        self.context.message.say(f"任期已封存（第{seal.edition}次），接着可以整理归档、准备移交")
        self.refresh()

    # -- keys

    def take_keyboard(self) -> None:
        self.table.enter()

    def print_(self) -> None:
        if self.save_button.isEnabled():
            ask_save(self.context.window, "保存任期终结清单", "任期终结清单.pdf", f"{PDFS};;{SHEETS}", self.save_to)

    def save_to(self, path: Path) -> None:
        """Write the list where the clerk said."""
        self.context.ask(write, path, then=self.context.message.say_file)


def _columns() -> tuple[Column, ...]:
    return (
        Column("类别", lambda one: one.item.group, 110),
        Column("事项", lambda one: one.item.what, 230, most=330),
        Column("情况", lambda one: one.item.text),
        Column("处理", _ending, 190, tone=lambda one: "ok" if one.settled else "warn", most=300),
    )


def _ending(one: Row) -> str:
    return one.reason if one.reason else "没有办"
