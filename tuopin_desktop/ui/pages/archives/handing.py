"""The tab 移交: a medium for the archives is written and looked through, sent, receipted; the box for later years."""

from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QCheckBox, QVBoxLayout

from tuopin_desktop.domain.archives.medium import CHARSETS
from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.records import ArchiveHandover
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.archives import handing, handoverviews, registration
from tuopin_desktop.services.archives.handing import Outcome, Wish
from tuopin_desktop.services.archives.handoverviews import FormPages, Overview
from tuopin_desktop.services.archives.mediumcheck import Report
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.archives.view import ArchiveView
from tuopin_desktop.ui.paper.painter import PaperFonts
from tuopin_desktop.ui.paper.printing import ask_printer, print_sheets
from tuopin_desktop.ui.plumbing.runner import Ticket, question
from tuopin_desktop.ui.widgets.ask import PDFS, ask_folder, ask_save, confirm
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.empty import EmptyState
from tuopin_desktop.ui.widgets.formdialog import FormDialog
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import act_button, button, card, column, label, row
from tuopin_desktop.ui.widgets.running import RunningLine
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_HINT = (
    "在“归档文件”里给一个年度编好件号，就可以写移交包：一个文件夹，按档案馆要求的结构，"
    "不加密、不压缩，写完自动核对。档案馆的回执登记以后才算移交。"
)
_STOPPED = "已停下；写好的保留，对同一个文件夹再写一次就接着写完。"
_RECEIPT = ("received", "receipt", "received_by")
_MUST = ("received", "receipt")
_WISHED = ("name", "receiver", "content", "carrier", "span")


def _write(desk: Desk, place: Path, wish: Wish, progress: handing.Progress) -> Outcome:
    return handing.hand_over(desk, place, wish, progress)


class HandingView(ArchiveView):
    """Years and way of writing above, what was handed over below, what a look through a folder found last."""

    interests = frozenset({"archive_handover", "archive_item", "fonds"})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._overview = Overview((), frozenset(), ())
        self._job: Ticket | None = None
        self.dialog: FormDialog[ArchiveHandover] | None = None
        self.first, self.last = FilterBox("", {}, "起始年度"), FilterBox("", {}, "截止年度")
        self.charset = FilterBox("", {one: one for one in CHARSETS}, "文件目录编码")
        self.sm3 = QCheckBox("另写 SM3 摘要")
        self.write_button = act_button(Act.ARCHIVE, "写移交包…", self.ask_wish, icon="usb", role="primary")
        self.box_button = act_button(Act.REVEAL, "写档案盒…", self.ask_box, tip="加网页目录，不装本程序也能看")
        self.check_button = button("核对文件夹…", self.ask_check, tip="改动、缺失、多余、重复的文件逐个列出")
        self.buttons = (self.check_button, self.box_button, self.write_button)
        self.running = RunningLine("正在写", self.stop, tip="写好的保留，可以接着写", place=False)
        self._lists()
        years = row(label("年度"), self.first, label("至"), self.last)
        above = row(years, 16, label("编码"), self.charset, self.sm3, None)
        layout = column(card(column(above, self.running, gap=6, margins=(14, 8, 14, 8))), card(self._below()), gap=8)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        context.asker.progressed.connect(self._tell_progress)

    def _lists(self) -> None:
        columns = (
            Column("交接工作名称", lambda one: one.name, 260),
            Column("年度", lambda one: one.years, 90),
            Column("件数", lambda one: str(one.items or 0), 64, right=True, sort=lambda one: one.items or 0),
            Column("数据量", lambda one: handing.gigabytes(one.size or 0).partition("（")[0], 84, right=True, shed=2),
            Column("接收单位", lambda one: one.receiver, 150),
            Column("写出", lambda one: day_words(one.made) if one.made else "", 110, shed=1),
            Column("状态", handing.state, 84, tone=_tone),
            Column("回执", lambda one: one.receipt),
        )
        self.table = RecordTable(columns, lambda one: one.id, "档案移交")
        self.table.current_changed.connect(lambda _: self._offer())
        faults = (Column("文件", lambda one: one.path, 420), Column("问题", lambda one: one.what))
        self.faults = RecordTable(faults, lambda one: f"{one.path} {one.what}", "核对结果")
        self.faults.hide()
        self._checked = label("", wrap=True)
        self._checked.hide()

    def _below(self) -> QVBoxLayout:
        self._nothing = EmptyState("archive", "还没有移交过", hint=_HINT)
        self.sent_button = act_button(Act.ARCHIVE, "登记送出", self.send)
        self.received_button = act_button(Act.ARCHIVE, "登记接收…", self.ask_received, role="primary")
        self.print_button = button("打印登记表", self.print_, icon="printer")
        self.save_button = button("登记表存为 PDF", self.ask_save, icon="file-down")
        self.withdraw_button = act_button(Act.ARCHIVE, "撤销…", self.ask_withdraw, tip="没有送出的才能撤销")
        self._acts = row(
            self.received_button, self.sent_button, self.print_button, self.save_button, None, self.withdraw_button
        )
        inside = column(
            self.table, self._nothing, self._acts, self._checked, self.faults, gap=8, margins=(14, 10, 14, 10)
        )
        inside.setStretch(0, 1)
        inside.setStretch(1, 1)
        return inside

    @property
    def state(self) -> str:
        overview = self._overview
        if not overview.years:
            return "还没有编好件号的年度"
        waiting = [year for year in overview.years if year not in overview.received]
        if not waiting:
            return f"{handing.years_words(overview.years)}年度档案馆都已接收"
        return f"{handing.years_words(waiting)}年度还没有移交，或移交后又补了文件"

    # -- what is shown

    def refresh(self) -> None:
        self.context.ask(handoverviews.overview, then=self._show, lane="handovers")

    def _show(self, overview: Overview) -> None:
        years = {str(year): f"{year}年" for year in overview.years}
        for box, at in ((self.first, 0), (self.last, len(years) - 1)):
            before = box.code()
            box.clear()
            for code, word in years.items():
                box.addItem(word, code)
            box.setCurrentIndex(box.findData(before) if before in years else at)
        self._overview = overview
        self.table.replace_rows(overview.handovers)
        self.table.setVisible(bool(overview.handovers))
        self._nothing.setVisible(not overview.handovers)
        for widget in (self.write_button, self.box_button):
            widget.setEnabled(bool(years) and self._job is None)
        self._offer()
        self.turned.emit()

    def _offer(self) -> None:
        """Offer what can be done with the hand-over chosen."""
        one = self.table.current()
        for widget in (self.print_button, self.save_button):
            widget.setEnabled(one is not None)
        self.sent_button.setEnabled(one is not None and not one.sent and not one.received)
        self.received_button.setEnabled(one is not None and not one.received)
        self.withdraw_button.setEnabled(one is not None and not one.sent and not one.received)

    def take_keyboard(self) -> None:
        if self._overview.handovers:
            self.table.enter()
        else:
            self.write_button.setFocus()

    def new(self) -> None:
        if self.write_button.isEnabled():
            self.ask_wish()

    # -- writing

    def _years(self) -> tuple[int, ...]:
        """Return the years chosen, from the first to the last, of those that have items."""
        first, last = sorted((int(self.first.code()), int(self.last.code())))
        return tuple(year for year in self._overview.years if first <= year <= last)

    def ask_wish(self) -> None:
        """Ask to whom and what is to be said, then where."""
        years = self._years()
        before = next(iter(self._overview.handovers), ArchiveHandover())
        name = f"{self.context.office.name}{handing.years_words(years)}年度档案移交"
        draft = ArchiveHandover(name=name, receiver=before.receiver, carrier=before.carrier)
        self.dialog = FormDialog(
            draft, _WISHED, "写移交包", "选文件夹…", self.context.office, self._ask_place, self.context.window
        )
        self.dialog.open()

    def _ask_place(self, draft: ArchiveHandover) -> None:
        wish = Wish(
            years=self._years(),
            receiver=draft.receiver,
            name=draft.name,
            content=draft.content,
            carrier=draft.carrier,
            span=draft.span,
            charset=self.charset.code(),
            sm3=self.sm3.isChecked(),
        )
        if self.dialog is not None:
            self.dialog.accept()
        ask_folder(self.context.window, "写到哪里（U盘或文件夹）", "archive", partial(self.write, wish))

    def write(self, wish: Wish, place: Path) -> None:
        """Write a medium into a place."""
        self._begin("正在写移交包")
        asker = self.context.asker
        self._job = asker.ask_long(_write, place, wish, then=self._written, failed=self._not_written)

    def ask_box(self) -> None:
        """Ask where the box is written."""
        ask_folder(self.context.window, "写到哪里（U盘或文件夹）", "archive", self.write_box)

    def write_box(self, place: Path) -> None:
        """Write the box into a place."""
        self._begin("正在写档案盒")
        asker = self.context.asker
        self._job = asker.ask_long(handing.box, place, self._years(), then=self._written, failed=self._not_written)

    def _begin(self, doing: str) -> None:
        self.running.begin(doing)
        for widget in self.buttons:
            widget.setEnabled(False)

    def _tell_progress(self, count: int, total: int) -> None:
        if self._job is not None and not self._job.cancelled:
            self.running.tell(count, total)

    def stop(self) -> None:
        """Stop at the next item."""
        if self._job is not None:
            self._job.cancel()
        self._end()
        self.context.message.say(_STOPPED, "quiet")

    def _end(self) -> None:
        self._job = None
        self.running.hide()
        self.check_button.setEnabled(True)
        self.refresh()

    def _written(self, outcome: Outcome) -> None:
        self._end()
        size = outcome.size
        said = f"已写好并核对：{size.items}件、{size.files}个文件，在“{{}}”"
        self.context.message.say_folder(outcome.folder, "；".join((said, *outcome.remarks)))

    def _not_written(self, error: Refused | Trouble) -> None:
        self._end()
        self.context.message.complain(error)

    # -- looking through

    def ask_check(self) -> None:
        """Ask which folder is to be looked through."""
        ask_folder(self.context.window, "要核对的移交包文件夹", "archive check", self.check)

    def check(self, folder: Path) -> None:
        """Look through a medium."""
        self._begin("正在核对")
        show = partial(self._show_report, folder)
        asker = self.context.asker
        self._job = asker.ask_long(handoverviews.check, folder, then=show, failed=self._not_written)

    def _show_report(self, folder: Path, report: Report) -> None:
        self._end()
        counts = f"“{folder.name}”共{report.items}件、{report.files}个文件"
        found = f"发现问题{len(report.faults)}处" if report.faults else "核对无误"
        self._checked.setText("；".join((f"{counts}，{found}", *report.remarks)))
        self._checked.show()
        self.faults.replace_rows(report.faults)
        self.faults.setVisible(bool(report.faults))

    # -- sent and received

    def _changed(self, said: str, _one: object) -> None:
        self.context.message.say(said)
        self.refresh()

    def send(self) -> None:
        """Note that the medium went out today."""
        if (one := self.table.current()) is not None:
            self.context.ask(handing.send, one.id, then=partial(self._changed, "已登记送出"))

    def ask_received(self) -> None:
        """Ask for the receipt of the archives."""
        if (one := self.table.current()) is None:
            return
        draft = msgspec.structs.replace(one, received=self.context.office.today)
        window = self.context.window
        title = f"{one.receiver}已接收"
        dialog = FormDialog(
            draft, _RECEIPT, title, "登记接收", self.context.office, self._receive, window, wanted=_MUST
        )
        self.dialog = dialog
        dialog.open()

    def _receive(self, one: ArchiveHandover) -> None:
        ask = question(handing.receive, one.id, receipt=one.receipt, by=one.received_by, day=one.received)
        dialog = self.dialog
        assert dialog is not None
        self.context.asker.ask(ask, then=partial(self._took, dialog), failed=dialog.refused)

    def _took(self, dialog: FormDialog[ArchiveHandover], one: ArchiveHandover) -> None:
        dialog.accept()
        self._changed(f"已登记{one.receiver}接收，这些件从此算已移交", one)

    def ask_withdraw(self) -> None:
        """Ask before the record of a medium that never went out is taken back."""
        if (one := self.table.current()) is not None:
            then = partial(self._changed, "已撤销，写好的文件夹请自行删除")
            asked = partial(self.context.ask, handing.withdraw, one.id, then=then)
            confirm(self.context.window, f"撤销“{one.name}”？", "撤销", asked)

    # -- the form

    def print_(self) -> None:
        if (one := self.table.current()) is not None:
            self.context.ask(handoverviews.form_pages, one.id, then=self._ask_printer)

    def _ask_printer(self, pages: FormPages) -> None:
        ask_printer(self.context.window, pages.sheets, pages.title, partial(self.print_on, pages), self.ask_save)

    def print_on(self, pages: FormPages, printer: QPrinter) -> None:
        """Print the form on a printer that was chosen."""
        try:
            print_sheets(printer, pages.sheets, PaperFonts(pages.fonts), mark=pages.mark)
        except Trouble as trouble:
            self.context.message.complain(trouble)
        else:
            self.context.message.say(f"已送打印机：{pages.title}")

    def ask_save(self) -> None:
        """Ask where the form is saved."""
        if (one := self.table.current()) is not None:
            save = partial(self._save, one.id)
            ask_save(self.context.window, "保存登记表", f"{registration.TITLE}.pdf", PDFS, save)

    def _save(self, which: str, path: Path) -> None:
        self.context.ask(handoverviews.write_form, which, path, then=self.context.message.say_file)


def _tone(one: ArchiveHandover) -> str:
    return {"已写出": "quiet", "已送出": "warn", "已接收": "ok"}[handing.state(one)]
