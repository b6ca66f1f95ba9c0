"""The page of duties: what is owed and by when, the registers that show it done, and one record in its form."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.duties.duty import Duty
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.record import Record
from tuopin_desktop.services import registerlists, registers
from tuopin_desktop.ui.pages.duties import questions
from tuopin_desktop.ui.pages.duties.output import Output
from tuopin_desktop.ui.pages.duties.questions import OWN, Opened, Year, label_of
from tuopin_desktop.ui.pages.duties.radarview import RadarView
from tuopin_desktop.ui.pages.duties.register import RegisterView
from tuopin_desktop.ui.pages.duties.sheet import RecordSheet
from tuopin_desktop.ui.plumbing.facts import DeskFacts
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.page import Page
from tuopin_desktop.ui.widgets.parts import button, column, row, tabs

_DUTIES, _REGISTERS = 0, 1
_LISTS, _SHEET = 0, 1
_DUTY = "duty:"
_PAGE_OF = {"posting": "roster", "daily_log": "journals", "weekly_note": "journals", "attendance": "attendance"}
"""Where the records are kept that this page does not keep itself."""


class DutiesPage(Page):
    """Enter opens what a duty wants, Esc comes back; what was typed is kept."""

    interests = OWN | frozenset({"team", "posting", "person", "attendance", "weekly_note", "ruling"})

    def __init__(self, asker: Asker, facts: DeskFacts) -> None:
        super().__init__(asker, facts)
        self._drafts: dict[str, dict[str, str]] = {}
        self._year = facts.today.year
        self._found: Year | None = None
        self._gone: tuple[str, str] | None = None
        self._build()

    def _build(self) -> None:
        self._new = button("登记", self.new, icon="plus", role="primary", tip="Ctrl+N")
        self._print = button("打印清单", self.print_, icon="printer", tip="Ctrl+P 存为 PDF 或 Excel")
        self._save = button("保存", self.save, icon="save", role="primary", tip="Ctrl+S")
        self._undo = button("撤销删除", self.restore, role="line")
        self._delete = button("删除", self.delete, role="line", tip="删除后仍留有记录，可以恢复")
        self._back = button("返回", self.back, icon="arrow-left", role="flat", tip="Esc")
        self.output = Output(self, lambda: self.registers)
        self._excel = self.output.excel
        years = {str(year): f"{year}年" for year in range(2018, self.facts.today.year + 2)}
        self.years = FilterBox("今年", years, "年度")
        self.years.chosen.connect(lambda *_: self._other_year())
        self.sheet = RecordSheet(self.facts)
        self.sheet.edited.connect(self._name_sheet)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._lists())
        self._stack.addWidget(self.sheet)
        self.body.addWidget(self._stack)

    def _lists(self) -> QWidget:
        self.radar = RadarView(self.facts)
        self.radar.opened.connect(self._open_duty)
        self.radar.duties.team_wanted.connect(lambda: self._open("team", f"{self.facts.scope}/team"))
        self.registers = RegisterView(self.facts)
        self.registers.asked.connect(self._ask_rows)
        self.registers.opened.connect(self._open)
        self.registers.new_wanted.connect(self.new)
        self.registers.import_wanted.connect(lambda: self.output.exchange().import_())
        self.tabs = tabs("事项或登记簿")
        self._views = QStackedWidget()
        for words, view in (("事项", self.radar), ("登记簿", self.registers)):
            self.tabs.addTab(words)
            self._views.addWidget(view)
        self.tabs.currentChanged.connect(self._other_view)
        whole = column(row(self.tabs, None, self.years), self._views, gap=8)
        whole.setStretch(1, 1)
        lists = QWidget()
        lists.setLayout(whole)
        return lists

    # -- the lists

    def refresh(self) -> None:
        self.asker.ask(questions.year, self._year, then=self._show_year, failed=self.complain, lane="radar")
        self.registers.ask()

    def _show_year(self, found: Year) -> None:
        self._found = found
        self.radar.replace(found)
        if not self._on_sheet():
            self._name_lists()

    def _ask_rows(self, kind: str, text: str, county: str) -> None:
        if kind and not self._on_sheet():
            self._name_lists()
        if kind:
            asked, then = (kind, text, county), self.registers.replace
            self.asker.ask(registerlists.listed, *asked, then=then, failed=self.complain, lane="register")

    def _other_year(self) -> None:
        self._year = int(self.years.code() or self.facts.today.year)
        self.refresh()

    def _other_view(self, at: int) -> None:
        self._views.setCurrentIndex(at)
        self._name_lists()

    def _name_lists(self) -> None:
        self.years.setVisible(self.tabs.currentIndex() == _DUTIES)
        waiting = f" · 有 {len(self._drafts)} 条没有保存" if self._drafts else ""
        if self.tabs.currentIndex() == _DUTIES:
            due = f"要办 {len(self._found.due)} 项" if self._found and self._found.due else "没有要办的"
            self.head("履职事项", f"{self._year}年 · 眼下{due}{waiting}", [self.output.papers, self._print])
        else:
            label = label_of(self.registers.kind())
            undo = [self._undo] if self._gone else []
            self._new.setEnabled(self.registers.ours())
            self.head("履职事项", f"登记簿 · {label}{waiting}", [*undo, self._print, self._excel, self._new])

    # -- one record

    def _open_duty(self, duty: Duty) -> None:
        if duty.kind in OWN:
            self.asker.ask(questions.for_duty, duty, then=self._show, failed=self.complain, lane="record")
            return
        self.wanted.emit(*_elsewhere(duty))

    def _open(self, kind: str, record_id: str) -> None:
        self.asker.ask(questions.opened, kind, record_id, then=self._show, failed=self.complain, lane="record")

    def _show(self, opened: Opened | None) -> None:
        if opened is None:
            self.message.say("这一事项由别的页面登记。", "warn")
            return
        self.message.hide()
        self.sheet.show_record(opened, self._drafts.pop(_draft_key(opened), None))
        self._stack.setCurrentIndex(_SHEET)
        self._name_sheet()
        self.sheet.take_keyboard()

    def _name_sheet(self) -> None:
        opened = self.sheet.opened
        if opened is None:
            return
        state = "还没有保存" if opened.new or self.sheet.typed() else "已保存"
        buttons = [self._save] if opened.new else [self._delete, self._save]
        self.head(opened.record.kind.label, state, buttons, [self._back])

    def _kept(self, record: Record) -> None:
        label = record.kind.label
        self.sheet.opened = None
        self._stack.setCurrentIndex(_LISTS)
        self.registers.choose(record.kind.name)
        self.refresh()
        self._name_lists()
        self.message.say(f"已保存：{label}")
        self.take_keyboard()

    def _not_kept(self, error: Refused | Trouble) -> None:
        if not isinstance(error, Refused):
            self.complain(error)
            return
        rest = self.sheet.show_problems(error.problems)
        words = "；".join(str(problem) for problem in rest)
        self.message.say(words or "没有保存：请先改正标红的栏目。", "warn")

    # -- keys and goals

    def show_subject(self, subject: str) -> None:
        if not subject:
            return
        if subject in OWN:
            self._to_lists()
            self.tabs.setCurrentIndex(_REGISTERS)
            self.registers.choose(subject)
            return
        if subject.startswith(_DUTY):
            self._show_what(*subject.removeprefix(_DUTY).split("/", 1))
            return
        kind, record_id = ids.split(subject)
        if kind in OWN:
            self._open(kind, record_id)

    def _show_what(self, year: str, what: str) -> None:
        """Show one duty of a year, of all counties."""
        self.years.setCurrentIndex(max(0, self.years.findData(year)))
        self._year = int(year)
        self.tabs.setCurrentIndex(_DUTIES)
        self._to_lists()
        self.radar.show_what(what)

    def take_keyboard(self) -> None:
        if not self._on_sheet():
            registers_shown = self.tabs.currentIndex() == _REGISTERS
            self.registers.setFocus() if registers_shown else self.radar.take_keyboard()

    def search(self) -> None:
        if self._on_sheet():
            return
        if self.tabs.currentIndex() == _REGISTERS:
            self.registers.search.setFocus()
        else:
            self.radar.search()

    def new(self) -> None:
        kind = self.registers.kind()
        if not self.registers.ours():
            self.message.say(f"{label_of(kind)}由自治区工作队管理办公室登记，请以数据包或文件报送。", "warn")
            return
        self._keep_draft()
        self.tabs.setCurrentIndex(_REGISTERS)
        self.asker.ask(questions.blank, kind, then=self._show, failed=self.complain, lane="record")

    def save(self) -> None:
        if not self._on_sheet() or self.sheet.opened is None:
            return
        try:
            record = self.sheet.record()
        except Refused:
            self.message.say("没有保存：标红的栏目看不懂，请改正。", "warn")
            return
        self.asker.ask(questions.save, record, then=self._kept, failed=self._not_kept)

    def delete(self) -> None:
        """Take the shown record out of its register; it can be brought back from the log."""
        opened = self.sheet.opened
        if opened is None or opened.new:
            return
        kind, record_id = opened.record.kind.name, opened.record.id

        def gone(_: object) -> None:
            self._gone = (kind, record_id)
            self.sheet.opened = None
            self._to_lists()
            self.message.say("已删除；删错了可按“撤销删除”。")

        self.asker.ask(registers.delete, kind, record_id, then=gone, failed=self.complain)

    def restore(self) -> None:
        """Bring back what was deleted last."""
        if self._gone is not None:
            kind, record_id = self._gone
            self._gone = None
            self.asker.ask(
                registers.restore, kind, record_id, then=lambda _: self._open(kind, record_id), failed=self.complain
            )

    def print_(self) -> None:
        if not self._on_sheet():
            year = self._year if self.tabs.currentIndex() == _DUTIES else 0
            self.output.save_list(self.registers, year)

    def back(self) -> None:
        if self._on_sheet():
            self._keep_draft()
            self._to_lists()
            self.take_keyboard()
        elif self.tabs.currentIndex() == _DUTIES:
            self.radar.back()

    def unsaved(self) -> str:
        waiting = len(self._drafts) + (self._on_sheet() and bool(self.sheet.typed()))
        return f"{waiting}条登记" if waiting else ""

    def _to_lists(self) -> None:
        self.message.hide()
        self._stack.setCurrentIndex(_LISTS)
        self.refresh()
        self._name_lists()

    def _on_sheet(self) -> bool:
        return self._stack.currentIndex() == _SHEET

    def _keep_draft(self) -> None:
        opened = self.sheet.opened
        if self._on_sheet() and opened is not None and (typed := self.sheet.typed()):
            self._drafts[_draft_key(opened)] = typed


def _draft_key(opened: Opened) -> str:
    kind = opened.record.kind.name
    return f"{kind}:new" if opened.new else ids.key(kind, opened.record.id)


def _elsewhere(duty: Duty) -> tuple[str, str]:
    """Return page and subject of a duty whose records are kept on another page."""
    subject = duty.subject if duty.kind == "posting" and duty.subject.startswith("posting:") else ""
    if duty.kind == "weekly_note":
        subject = f"weekly_note:{duty.county}/{duty.preset['week']}"
    return _PAGE_OF.get(duty.kind, "roster"), subject
