"""The registers and the duties onto paper and into workbooks: lists, templates, imports, exports."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMenu

from tuopin_desktop.domain.ids import Level
from tuopin_desktop.services.duties import drafts, rollcalls
from tuopin_desktop.services.leave import scans
from tuopin_desktop.services.leave.scans import ScanReport
from tuopin_desktop.services.registers import registerlists, registers
from tuopin_desktop.ui.pages.duties import questions
from tuopin_desktop.ui.pages.duties.keeping import Keeping
from tuopin_desktop.ui.pages.duties.register import RegisterView
from tuopin_desktop.ui.sheets.transfer import Exchange
from tuopin_desktop.ui.widgets.ask import PDFS, SCANS, SHEETS, WORDS, ask_files, ask_save
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import button

_HALF_YEAR = 6


class Output:
    """Saves and reads on behalf of the page; `view` gives the register in sight, `keeping` the record in its form."""

    def __init__(self, context: PageContext, view: Callable[[], RegisterView], keeping: Keeping) -> None:
        self._context = context
        self.keeping = keeping
        self._view = view
        self._exchange: Exchange | None = None
        self.excel = button("Excel", lambda: None, icon="file-spreadsheet", tip="模板、导入、导出")
        menu = QMenu(self.excel)
        menu.addAction("从 Excel 导入…", lambda: self.exchange().import_())
        menu.addAction("保存空白模板…", lambda: self.exchange().template())
        menu.addAction("导出登记簿（遮盖个人信息）…", self.export)
        menu.addAction("导出登记簿（不含个人信息栏，给其他单位）…", partial(self.export, bare=True))
        menu.addAction("打印登记簿（不含个人信息栏，给其他单位）…", lambda: self.save_list(self._view(), 0, bare=True))
        menu.addAction("导出登记簿（完整，留记录）…", partial(self.export, reveal=True))
        self.excel.setMenu(menu)
        self.papers = button("文稿", lambda: None, icon="file-text", tip="议程、纪要、月报、证明、保险缺口")
        self.papers.setMenu(self._paper_menu())

    def _paper_menu(self) -> QMenu:
        """Offer what the program drafts: of this month what is to come, of the last month what is reported."""
        menu = QMenu(self.papers)
        today = self._context.office.today
        month, last = f"{today:%Y-%m}", f"{today.replace(day=1) - timedelta(days=1):%Y-%m}"
        if self._context.office.level is Level.COUNTY:
            for what, text in drafts.DRAFTS.items():
                about = last if what == "report" else month
                menu.addAction(f"{about} {text}…", partial(self._ask_draft, what, about, text))
            for year, half, text in _halves(today):
                name = f"{text}报告报送函和信封清单"
                menu.addAction(f"{name}…", partial(self._ask_covers, year, half, name))
            menu.addSeparator()
        for year, half, text in _halves(today):
            name = f"{text}致派出单位函和责任清单"
            menu.addAction(f"{name}…", partial(self._ask_units, year, half, name))
        menu.addAction(f"{last} 驻点天数证明…", partial(self._ask_support, "certificate", last, f"{last} 驻点天数证明"))
        menu.addAction(
            "意外伤害保险缺口表…", partial(self._ask_support, "gaps", month, f"{month[:4]}年意外伤害保险缺口表")
        )
        menu.addSeparator()
        if self._context.office.level is Level.COUNTY:
            menu.addAction("“十不准”学习签收确认表…", self._ask_acknowledgement)
        menu.addAction("职责卡…", self._ask_cards)
        menu.addAction("收签到表、签字表扫描件…", self._ask_scans)
        return menu

    def _ask_cards(self) -> None:
        ask_save(self._context.window, "保存职责卡", "职责卡.pdf", f"{PDFS};;{SHEETS}", self.write_cards)

    def write_cards(self, path: Path) -> None:
        """Write a card for each role."""
        self._context.ask(questions.write_cards, path, then=self._written)

    def _ask_acknowledgement(self) -> None:
        name = f"{rollcalls.SHEET}.pdf"
        ask_save(self._context.window, "保存签字表", name, f"{PDFS};;{SHEETS}", self.write_acknowledgement)

    def write_acknowledgement(self, path: Path) -> None:
        """Write the sheet on which this office's team acknowledges the ten don'ts."""
        self._context.ask(
            questions.write_of_record,
            "acknowledge",
            "team",
            f"{self._context.office.scope}/team",
            path,
            then=self._written,
        )

    def _ask_scans(self) -> None:
        ask_files(self._context.window, "选择签到表、签字表的扫描件", SCANS, self.take_scans)

    def take_scans(self, paths: list[Path]) -> None:
        """Put scanned sheets on their records by the code in their margin; what bears none waits in the tray."""
        self._context.message.say("正在收扫描件……", "quiet")
        self._context.ask_long(scans.take_in, paths, then=self._taken)

    def _taken(self, report: ScanReport) -> None:
        messages = [f"{one.file}：{one.reason}" for one in report.unread]
        messages += ["待认的在“请销假”页的“扫描件”中指定"] if report.tray else []
        sheets = [one for one in report.placed if one.kind in rollcalls.KINDS]
        if sheets:
            self.keeping.calling.roll_of(sheets[0].kind, sheets[0].slip)
        messages += [f"接着打开“{one.number}”登记签到" for one in sheets[1:]]
        self._context.message.say(report.sentence + "；".join(messages), "warn" if messages else "ok")

    def _ask_draft(self, what: str, month: str, text: str) -> None:
        types = f"{WORDS};;{PDFS}"
        ask_save(
            self._context.window, f"保存{text}", f"{month} {text}.docx", types, partial(self.write_draft, what, month)
        )

    def write_draft(self, what: str, month: str, path: Path) -> None:
        """Write a draft."""
        self._context.ask(questions.write_draft, what, month, path, then=self._written)

    def _ask_covers(self, year: int, half: str, name: str) -> None:
        types = f"{PDFS};;{SHEETS}"
        ask_save(self._context.window, f"保存{name}", f"{name}.pdf", types, partial(self.write_covers, year, half))

    def write_covers(self, year: int, half: str, path: Path) -> None:
        """Write the letters that go with half-year reports and the list of envelopes."""
        self._context.ask(questions.write_covers, year, half, path, then=self._written)

    def _ask_units(self, year: int, half: str, name: str) -> None:
        types = f"{PDFS};;{SHEETS}"
        ask_save(self._context.window, f"保存{name}", f"{name}.pdf", types, partial(self.write_units, year, half))

    def write_units(self, year: int, half: str, path: Path) -> None:
        """Write the half-year letters to the sending units and the list of what they owe; .pdf brings .docx beside."""
        self._context.ask(questions.write_units, year, half, path, then=self._written)

    def _ask_support(self, what: str, month: str, name: str) -> None:
        types = f"{PDFS};;{SHEETS}"
        ask_save(self._context.window, f"保存{name}", f"{name}.pdf", types, partial(self.write_support, what, month))

    def write_support(self, what: str, month: str, path: Path) -> None:
        """Write certificates or the days without insurance."""
        self._context.ask(questions.write_support, what, month, path, then=self._written)

    def exchange(self) -> Exchange:
        """Return Excel for the register in sight; kept, because its dialog lives on."""
        self._exchange = Exchange(self._context, self._view().kind())
        return self._exchange

    def export(self, *, reveal: bool = False, bare: bool = False) -> None:
        """Save the register, of one county where it is filtered and the kind says which county it is of."""
        if self._refused(self._view()):
            return
        kind, county = self._view().kind(), self._view().county.code()
        has = any(item.name == "county" for item in registerlists.columns_of(registers.kind_of(kind)))
        self.exchange().export({"county": county} if county and has else {}, reveal=reveal, bare=bare)

    def save_list(self, view: RegisterView, year: int, *, bare: bool = False) -> None:
        """Ask where to save the duties of a year, or the register in sight when no year is said.

        A `bare` one goes to other offices, without the personal columns.
        """
        if not year and self._refused(view):
            return
        title = f"{year}年履职事项一览表" if year else f"{questions.label_of(view.kind())}登记簿"
        title += "（不含个人信息）" if bare else ""
        types = f"{PDFS};;{SHEETS}"
        ask_save(
            self._context.window, f"保存{title}", f"{title}.pdf", types, partial(self.write_list, view, year, bare=bare)
        )

    def _refused(self, view: RegisterView) -> bool:
        if view.hidden():
            self._context.message.say("这本登记簿涉及个人，平时不列出、不导出；确需时请先按“显示”。", "warn")
        return view.hidden()

    def write_list(self, view: RegisterView, year: int, path: Path, *, bare: bool = False) -> None:
        """Write the list."""
        ask, then = self._context.ask, self._written
        if year:
            ask(questions.write_duties, year, path, then=then)
        else:
            ask(questions.write, view.kind(), view.search.text().strip(), view.county.code(), path, bare, then=then)

    def _written(self, path: Path) -> None:
        self._context.message.say_file(path)


def _halves(today: date) -> list[tuple[int, str, str]]:
    """Return the half-year that runs and the one before it: year, code, and words."""
    first, second = (today.year, "first", f"{today.year}年上半年"), (today.year, "second", f"{today.year}年下半年")
    if today.month > _HALF_YEAR:
        return [second, first]
    return [first, (today.year - 1, "second", f"{today.year - 1}年下半年")]
