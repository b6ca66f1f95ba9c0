"""What was handed over, as a list: sent, receipted, its registration form printed, its record taken back."""

from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.domain.records import ArchiveHandover
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.archives import handing, handoverviews, registration
from tuopin_desktop.services.archives.handoverviews import FormPages
from tuopin_desktop.ui.paper.painter import PaperFonts
from tuopin_desktop.ui.paper.printing import ask_printer, print_sheets
from tuopin_desktop.ui.plumbing.runner import question
from tuopin_desktop.ui.widgets.ask import PDFS, ask_save, confirm
from tuopin_desktop.ui.widgets.empty import EmptyState
from tuopin_desktop.ui.widgets.formdialog import FormDialog
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import act_button, button, column, row
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_HINT = (
    "在“归档文件”里给一个年度编好件号，就可以写移交包：一个文件夹，按档案馆要求的结构，"
    "不加密、不压缩，写完自动核对。档案馆的回执登记以后才算移交。"
)
_LEAST = 110
_RECEIPT = ("received", "receipt", "received_by")
_MUST = ("received", "receipt")


class HandoverList(QWidget):
    """The hand-overs with what can be done with the one chosen; `turned` tells that one was changed."""

    turned = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self.dialog: FormDialog[ArchiveHandover] | None = None
        self.table = RecordTable(_columns(), lambda one: one.id, "档案移交")
        self.table.setMinimumHeight(_LEAST)
        self.table.current_changed.connect(lambda _: self._offer())
        self._nothing = EmptyState("archive", "还没有移交过", hint=_HINT)
        self.sent_button = act_button(Act.ARCHIVE, "登记送出", self.send)
        self.received_button = act_button(Act.ARCHIVE, "登记接收…", self.ask_received, role="primary")
        self.print_button = button("打印登记表", self.print_, icon="printer")
        self.save_button = button("登记表存为 PDF", self.ask_save, icon="file-down")
        self.withdraw_button = act_button(Act.ARCHIVE, "撤销…", self.ask_withdraw, tip="没有送出的才能撤销")
        self._acts = QWidget()
        forms = (self.print_button, self.save_button)
        self._acts.setLayout(row(self.received_button, self.sent_button, *forms, None, self.withdraw_button))
        inside = column(self.table, self._nothing, self._acts, gap=8)
        inside.setStretch(0, 1)
        inside.setStretch(1, 1)
        self.setLayout(inside)

    def show_rows(self, handovers: tuple[ArchiveHandover, ...]) -> None:
        """Show the hand-overs, or what to do first."""
        self.table.replace_rows(handovers)
        for widget in (self.table, self._acts):
            widget.setVisible(bool(handovers))
        self._nothing.setVisible(not handovers)
        self._offer()

    def _offer(self) -> None:
        """Offer what can be done with the hand-over chosen."""
        one = self.table.current()
        for widget in (self.print_button, self.save_button):
            widget.setEnabled(one is not None)
        self.sent_button.setEnabled(one is not None and not one.sent and not one.received)
        self.received_button.setEnabled(one is not None and not one.received)
        self.withdraw_button.setEnabled(one is not None and not one.sent and not one.received)

    def _changed(self, sentence: str, _one: object) -> None:
        self._context.message.say(sentence)
        self.turned.emit()

    def send(self) -> None:
        """Note that the medium went out today."""
        if (one := self.table.current()) is not None:
            self._context.ask(handing.send, one.id, then=partial(self._changed, "已登记送出"))

    def ask_received(self) -> None:
        """Ask for the receipt of the archives."""
        if (one := self.table.current()) is None:
            return
        draft = msgspec.structs.replace(one, received=self._context.office.today)
        window = self._context.window
        title = f"{one.receiver}已接收"
        dialog = FormDialog(
            draft, _RECEIPT, title, "登记接收", self._context.office, self._receive, window, wanted=_MUST
        )
        self.dialog = dialog
        dialog.open()

    def _receive(self, one: ArchiveHandover) -> None:
        ask = question(handing.receive, one.id, receipt=one.receipt, by=one.received_by, day=one.received)
        dialog = self.dialog
        assert dialog is not None
        self._context.asker.ask(ask, then=partial(self._took, dialog), failed=dialog.refused)

    def _took(self, dialog: FormDialog[ArchiveHandover], one: ArchiveHandover) -> None:
        dialog.accept()
        self._changed(f"已登记{one.receiver}接收，这些件从此算已移交", one)

    def ask_withdraw(self) -> None:
        """Ask before the record of a medium that never went out is taken back."""
        if (one := self.table.current()) is not None:
            then = partial(self._changed, "已撤销，写好的文件夹请自行删除")
            withdraw = partial(self._context.ask, handing.withdraw, one.id, then=then)
            confirm(self._context.window, f"撤销“{one.name}”？", "撤销", withdraw)

    def print_(self) -> None:
        """Print the form of the one chosen."""
        if (one := self.table.current()) is not None:
            self._context.ask(handoverviews.form_pages, one.id, then=self._ask_printer)

    def _ask_printer(self, pages: FormPages) -> None:
        ask_printer(self._context.window, pages.sheets, pages.title, partial(self.print_on, pages), self.ask_save)

    def print_on(self, pages: FormPages, printer: QPrinter) -> None:
        """Print the form on a printer that was chosen."""
        try:
            print_sheets(printer, pages.sheets, PaperFonts(pages.fonts), mark=pages.mark)
        except Trouble as trouble:
            self._context.message.complain(trouble)
        else:
            self._context.message.say(f"已送打印机：{pages.title}")

    def ask_save(self) -> None:
        """Ask where the form is saved."""
        if (one := self.table.current()) is not None:
            save = partial(self._save, one.id)
            ask_save(self._context.window, "保存登记表", f"{registration.TITLE}.pdf", PDFS, save)

    def _save(self, which: str, path: Path) -> None:
        self._context.ask(handoverviews.write_form, which, path, then=self._context.message.say_file)


def _tone(one: ArchiveHandover) -> str:
    return {"已写出": "quiet", "已送出": "warn", "已接收": "ok"}[handing.state(one)]


def _columns() -> tuple[Column, ...]:
    return (
        Column("交接工作名称", lambda one: one.name, 220, most=420),
        Column("年度", lambda one: one.years, 90),
        Column("件数", lambda one: str(one.items or 0), 64, right=True, sort=lambda one: one.items or 0),
        Column("数据量", lambda one: handing.gigabytes(one.size or 0).partition("（")[0], 84, right=True, shed=2),
        Column("接收单位", lambda one: one.receiver, 150),
        Column("写出", lambda one: day_words(one.made) if one.made else "", 128, shed=1),
        Column("状态", handing.state, 84, tone=_tone),
        Column("回执", lambda one: one.receipt),
    )
