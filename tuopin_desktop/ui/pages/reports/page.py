"""The page of reports: the monthly circular, the year in charts, annual reports from frozen figures - all as paper."""

from functools import partial
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QStackedWidget

from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.reporting.chartviews import ChartView
from tuopin_desktop.services.reporting.differences import Difference
from tuopin_desktop.services.shelves.groups import MONTH, YEAR
from tuopin_desktop.ui.pages.reports import questions
from tuopin_desktop.ui.pages.reports.charts import ChartsView
from tuopin_desktop.ui.pages.reports.frozen import FrozenView
from tuopin_desktop.ui.pages.reports.questions import DocumentView, FrozenRow
from tuopin_desktop.ui.paper.pages import PagesView
from tuopin_desktop.ui.paper.painter import PaperFonts
from tuopin_desktop.ui.paper.printing import ask_printer, print_sheets
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.sheets.landing import sheet_landing
from tuopin_desktop.ui.sheets.transfer import Exchange
from tuopin_desktop.ui.widgets.ask import PDFS, SHEETS, ask_save
from tuopin_desktop.ui.widgets.combo import FilterBox, year_box
from tuopin_desktop.ui.widgets.empty import EmptyState
from tuopin_desktop.ui.widgets.page import Page
from tuopin_desktop.ui.widgets.parts import act_button, button, card, column, row, tabs

WORDS = "Word 文档 (*.docx)"
_CIRCULAR, _ANNUAL, _CHARTS = 0, 1, 2
_LINES = (
    "按公文格式，签发即可；数字随时按现有数据重算",
    "数字定稿后不再变动；同一次定稿不论何时再出，报告一字不差",
    "出勤、请假、履职事项和考核，按现有数据；点一处看名单，Ctrl+C 复制图后的表",
)
_KINDS = (f"{WORDS};;{PDFS}", f"{WORDS};;{PDFS};;{SHEETS}", f"{PDFS};;{WORDS}")
_ENDINGS = (".docx", ".docx", ".pdf")
_FIRST_YEAR = 2018
_MONTHS = 13


class ReportsPage(Page):
    """The month's circular, frozen years, the year in charts: a tab each; the paper stands at the right."""

    from_shelves = frozenset({YEAR, MONTH})
    interests = judging.SHELF_KINDS | {"snapshot", "office", "dispatch"}

    def __init__(self, asker: Asker, office: OfficeView) -> None:
        super().__init__(asker, office)
        self.takes = (sheet_landing(Exchange(self.context, "team_report")),)
        self._document: DocumentView | None = None
        self._fonts: PaperFonts | None = None
        self._posting = ""
        self._build()

    def _boxes(self) -> None:
        self.month = FilterBox("", _months(self.office.today.year, self.office.today.month), "月份")
        self.month.setCurrentIndex(min(1, self.month.count() - 1))  # the month that is over
        self.year = year_box("年度", self.office.today)
        self.charted = year_box("图表年度", self.office.today, settled=False)
        for box in (self.month, self.charted):
            box.chosen.connect(lambda _: self._look())

    def _build(self) -> None:
        self._boxes()
        self.tabs = tabs("出勤通报、年度报告或全年图表", "出勤通报", "年度报告", "全年图表")
        self.frozen = FrozenView()
        self.frozen.chosen.connect(self._look)
        self.frozen.compare.connect(self.compare)
        self.charts = ChartsView()
        self.charts.opened.connect(self.wanted)
        self.charts.person_turned.connect(self._look_at)
        self.paper = PagesView("纸面预览")
        self._nothing = EmptyState(
            "file-text",
            "还没有定稿过年度数字",
            hint="选定年度后按 Ctrl+N：程序把这一年的各项数字固定下来，以后随时可以原样重出，并说明与现有数据的不同。",
            first=("定稿并生成报告", self.new),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.paper)
        self._stack.addWidget(card(row(self._nothing)))
        self._stack.addWidget(self.charts)
        beside = row(self.frozen, self._stack, gap=12)
        beside.setStretch(1, 1)
        whole = column(self.tabs, beside, gap=8)
        whole.setStretch(1, 1)
        self.body.addLayout(whole)
        self._freeze = act_button(Act.ENTER, "定稿", self.new, icon="plus", tip="Ctrl+N：固定这一年的数字，生成报告")
        self._number = act_button(
            Act.ENTER, "编文号", self.give_number, tip="接着发文登记簿的上一号编，记入登记簿，印在红头下"
        )
        self._print = button("打印", self.print_, icon="printer", tip="Ctrl+P")
        self._save = button("保存", self.save, icon="file-down", role="primary", tip="Ctrl+S：Word、PDF 或附表")
        self.tabs.currentChanged.connect(lambda _: self._turned())
        self._turn()

    def _turned(self) -> None:
        self._turn()
        if not self.tabs.hasFocus():  # what had the keyboard may be hidden now
            self.take_keyboard()

    def _turn(self) -> None:
        tab = self.tabs.currentIndex()
        self.frozen.setVisible(tab == _ANNUAL)
        lead = ([self.month, self._number], [self.year, self._freeze], [self.charted])[tab]
        self.head("报告", _LINES[tab], [*lead, self._print, self._save])
        self._look()

    # -- answers

    def refresh(self) -> None:
        """Ask for the snapshots anew, and for what is shown."""
        self.asker.ask(questions.frozen, then=self._list, failed=self.complain, lane="frozen")

    def _list(self, rows: list[FrozenRow]) -> None:
        self.frozen.replace(rows)
        self._look()

    def _look(self) -> None:
        """Show the paper of what is chosen."""
        if self.tabs.currentIndex() == _CIRCULAR:
            self.asker.ask(questions.show_circular, self.month.code(), then=self._show, failed=self._fail, lane="paper")
            return
        if self.tabs.currentIndex() == _CHARTS:
            year = int(self.charted.code())
            self.message.say("正在汇总全年数字…", "quiet")
            self.asker.ask(questions.show_charts, year, then=self._show_charts, failed=self._fail, lane="paper")
            return
        frozen_row = self.frozen.current()
        self._stack.setCurrentIndex(0 if frozen_row else 1)
        if frozen_row is None:
            self._document = None
        else:
            self.asker.ask(questions.show_annual, frozen_row.id, then=self._show, failed=self._fail, lane="paper")

    def _show(self, document_view: DocumentView) -> None:
        self._document = document_view
        self._fonts = self._fonts or PaperFonts(document_view.fonts)
        self._stack.setCurrentIndex(0)
        self.paper.show_sheets(document_view.sheets, self._fonts, document_view.mark)
        if document_view.missing:
            self.message.say(f"字库中没有“{document_view.missing}”，印为〓，请在 Word 中补上", "warn")

    def _show_charts(self, document_view: DocumentView) -> None:
        self.message.clear()
        self._show(document_view)
        assert self._fonts is not None
        self.charts.replace(document_view.charts, document_view.points, self._fonts)
        self.charts.offer(document_view.people)
        self._stack.setCurrentIndex(_CHARTS)
        postings = [one.posting for one in document_view.people]
        if postings:
            self._look_at(self._posting if self._posting in postings else postings[0])

    def _look_at(self, posting: str) -> None:
        """Show the year of somebody, whose it stays when another year is chosen."""
        self._posting = posting
        show = partial(self._show_person, posting)
        year = int(self.charted.code())
        self.asker.ask(questions.show_person, posting, year, then=show, failed=self.complain, lane="person")

    def _show_person(self, posting: str, view: ChartView) -> None:
        self.charts.show_person(view, posting)

    def _fail(self, error: Refused | Trouble) -> None:
        self._document = None
        self.complain(error)

    # -- strokes

    def new(self) -> None:
        """Freeze a year and show its report."""
        self.tabs.setCurrentIndex(_ANNUAL)
        self.message.say("正在汇总全年数字…", "quiet")
        self.asker.ask(questions.freeze, int(self.year.code()), then=self._frozen, failed=self.complain)

    def _frozen(self, snapshot_id: str) -> None:
        def listed(rows: list[FrozenRow]) -> None:
            self._list(rows)
            self.frozen.table.select(snapshot_id)
            self.take_keyboard()
            frozen_row = self.frozen.current()
            if frozen_row is not None:
                self.message.say(f"{frozen_row.year}年数字已定稿（第{frozen_row.number}次），核对码 {frozen_row.check}")

        self.asker.ask(questions.frozen, then=listed, failed=self.complain)

    def give_number(self) -> None:
        """Give the circular of the month its number."""
        month = self.month.code()
        self.asker.ask(questions.number_circular, month, then=self._numbered, failed=self.complain, lane="paper")

    def _numbered(self, document_view: DocumentView) -> None:
        self._show(document_view)
        self.message.say(f"文号：{document_view.number}，已记入发文登记簿（履职事项 · 登记簿）")

    def compare(self) -> None:
        """Say what would be otherwise today."""
        frozen_row = self.frozen.current()
        if frozen_row is None:
            self.message.say("请先选中一份快照。", "warn")
            return
        self.frozen.wait()
        self.asker.ask(
            questions.differences,
            frozen_row.id,
            then=partial(self._differ, frozen_row),
            failed=self.complain,
            lane="differences",
        )

    def _differ(self, frozen_row: FrozenRow, differences: list[Difference]) -> None:
        self.frozen.tell(frozen_row, differences)

    def save(self) -> None:
        """Ask where to save; the file's name says what it becomes."""
        if self._document is None:
            self.message.say("没有可以保存的报告。", "warn")
            return
        tab = self.tabs.currentIndex()
        name = f"{self._document.title}{_ENDINGS[tab]}"
        ask_save(self, f"保存{self.tabs.tabText(tab)}", name, _KINDS[tab], self.write)

    def write(self, path: Path) -> None:
        """Write what is shown."""
        tab, frozen_row = self.tabs.currentIndex(), self.frozen.current()
        if tab == _CIRCULAR:
            self.asker.ask(questions.write_circular, self.month.code(), path, then=self._written, failed=self.complain)
        elif tab == _CHARTS:
            year = int(self.charted.code())
            self.asker.ask(questions.write_charts, year, path, then=self._written, failed=self.complain)
        elif frozen_row is not None:
            self.asker.ask(questions.write_annual, frozen_row.id, path, then=self._written, failed=self.complain)

    def _written(self, path: Path) -> None:
        notes = self._document.notes if self._document and path.suffix.lower() == ".docx" else ()
        more = f"。{notes[0]}" + (f"（共{len(notes)}种字体）" if len(notes) > 1 else "") if notes else ""
        self.message.say_file(path, f"已保存“{path.name}”{more}", "warn" if notes else "ok")

    def print_(self) -> None:
        """Print what is shown, as it is today: on the screen it may be of yesterday."""
        if self._document is None:
            self.message.say("没有可以打印的报告。", "warn")
            return
        tab = self.tabs.currentIndex()
        if tab == _CIRCULAR:
            month = self.month.code()
            self.asker.ask(questions.paper_circular, month, then=self._print_shown, failed=self.complain, lane="print")
        elif tab == _CHARTS:
            year = int(self.charted.code())
            self.asker.ask(questions.paper_charts, year, then=self._print_shown, failed=self.complain, lane="print")
        else:
            self._print_shown(self._document)

    def _print_shown(self, document_view: DocumentView) -> None:
        self._show(document_view)
        if self.tabs.currentIndex() == _CHARTS:
            self._stack.setCurrentIndex(_CHARTS)
        assert self._document is not None
        ask_printer(self, self._document.sheets, self._document.title, self.print_on, self._save_pdf)

    def _save_pdf(self) -> None:
        assert self._document is not None
        ask_save(self, "存为 PDF", f"{self._document.title}.pdf", PDFS, self.write)

    def print_on(self, printer: QPrinter) -> None:
        """Print on a printer that was chosen."""
        if self._document is None or self._fonts is None:
            return
        try:
            print_sheets(printer, self._document.sheets, self._fonts, mark=self._document.mark)
        except Trouble as trouble:
            self.complain(trouble)
        else:
            self.message.say(f"已送打印机：{len(self._document.sheets)}张")

    def take_keyboard(self) -> None:
        (self.month, self.frozen.table, self.charts.rows)[self.tabs.currentIndex()].setFocus()


def _months(year: int, month: int) -> dict[str, str]:
    """Return the last months with their words, the running one first."""
    values = {}
    for back in range(_MONTHS):
        years, place = divmod(year * 12 + month - 1 - back, 12)
        if years >= _FIRST_YEAR:
            values[f"{years}-{place + 1:02d}"] = f"{years}年{place + 1}月"
    return values
