"""The tab 移交: a medium for the archives is written and looked through, sent, receipted; the box for later years."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QCheckBox

from tuopin_desktop.domain.archives.medium import CHARSETS
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.records import ArchiveHandover
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.archives import handing, handoverviews
from tuopin_desktop.services.archives.handing import Outcome, Wish
from tuopin_desktop.services.archives.handoverviews import Overview
from tuopin_desktop.services.archives.mediumcheck import Report
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.archives.handoverlist import HandoverList
from tuopin_desktop.ui.pages.archives.view import ArchiveView
from tuopin_desktop.ui.plumbing.runner import Ticket
from tuopin_desktop.ui.widgets.ask import ask_folder
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.formdialog import FormDialog
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import act_button, button, card, column, label, row
from tuopin_desktop.ui.widgets.running import RunningLine
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_STOPPED = "已停下；写好的保留，对同一个文件夹再写一次就接着写完。"
_LEAST = 110
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
        self.list = HandoverList(context)
        self.list.turned.connect(self.refresh)
        self._results()
        below = column(self.list, self._checked, self.faults, gap=8, margins=(14, 10, 14, 10))
        below.setStretch(0, 1)
        years = row(label("年度"), self.first, label("至"), self.last)
        above = row(years, 16, label("编码"), self.charset, self.sm3, None)
        layout = column(card(column(above, self.running, gap=6, margins=(14, 8, 14, 8))), card(below), gap=8)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        context.asker.progressed.connect(self._tell_progress)

    def _results(self) -> None:
        columns = (Column("问题", lambda one: one.what, 300), Column("文件", lambda one: one.path))
        self.faults = RecordTable(columns, lambda one: f"{one.path} {one.what}", "核对结果")
        self.faults.setMinimumHeight(_LEAST)
        self.faults.hide()
        self._checked = label("", wrap=True)
        self._checked.hide()

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
        self.list.show_rows(overview.handovers)
        for widget in (self.write_button, self.box_button):
            widget.setEnabled(bool(years) and self._job is None)
        self.turned.emit()

    def take_keyboard(self) -> None:
        if self._overview.handovers:
            self.list.table.enter()
        else:
            self.write_button.setFocus()

    def print_(self) -> None:
        self.list.print_()

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
        sentence = f"已写好并核对：{size.items}件、{size.files}个文件，在“{{}}”"
        self.context.message.say_folder(outcome.folder, "；".join((sentence, *outcome.remarks)))

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
        result = f"发现问题{len(report.faults)}处" if report.faults else "核对无误"
        self._checked.setText("；".join((f"{counts}，{result}", *report.remarks)))
        self._checked.show()
        self.faults.replace_rows(report.faults)
        self.faults.setVisible(bool(report.faults))
