"""The page of duties: what is owed and by when, the registers that show it done, and one record in its form."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QWidget

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.duties.duty import Duty, count_duties
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import disclosures
from tuopin_desktop.services.registers import registerlists
from tuopin_desktop.services.registers.places import page_of
from tuopin_desktop.services.shelves.groups import DAY
from tuopin_desktop.ui.pages.duties import questions
from tuopin_desktop.ui.pages.duties.keeping import Keeping
from tuopin_desktop.ui.pages.duties.output import Output
from tuopin_desktop.ui.pages.duties.questions import OWN, Year, label_of
from tuopin_desktop.ui.pages.duties.radar import RadarView
from tuopin_desktop.ui.pages.duties.register import RegisterView
from tuopin_desktop.ui.plumbing.drafting import Draft
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import Asker, question
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.page import Page
from tuopin_desktop.ui.widgets.parts import act_button, button, column, row, tabs

_DUTIES, _REGISTERS = 0, 1
_LISTS, _SHEET = 0, 1
_DUTY = "duty:"


class DutiesPage(Page):
    """Enter opens what a duty wants, Esc comes back; what was typed is kept."""

    from_shelves = frozenset({DAY})
    interests = OWN | judging.SHELF_KINDS

    def __init__(self, asker: Asker, office: OfficeView) -> None:
        super().__init__(asker, office)
        self._year = office.today.year
        self._year_rows: Year | None = None
        self._build()

    def _build(self) -> None:
        self._new = act_button(Act.ENTER, "登记", self.new, icon="plus", role="primary", tip="Ctrl+N")
        self._print = button("打印清单", self.print_, icon="printer", tip="Ctrl+P 存为 PDF 或 Excel")
        self._back = button("返回", self.back, icon="arrow-left", role="flat", tip="Esc")
        self.keeping = Keeping(self.context)
        self.output = Output(self.context, lambda: self.registers, self.keeping)
        self._excel = self.output.excel
        years = {str(year): f"{year}年" for year in range(2018, self.office.today.year + 2)}
        self.years = FilterBox("今年", years, "年度")
        self.years.chosen.connect(lambda *_: self._other_year())
        self.keeping.shown.connect(self._to_sheet)
        self.keeping.named.connect(self._name_sheet)
        self.keeping.left.connect(self._left)
        self.keeping.deleted.connect(self._deleted)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._lists())
        self._stack.addWidget(self.keeping.sheet)
        self.body.addWidget(self._stack)

    def _lists(self) -> QWidget:
        self.radar = RadarView(self.office)
        self.radar.opened.connect(self._open_duty)
        self.radar.duties.team_wanted.connect(lambda: self.keeping.open("team", f"{self.office.scope}/team"))
        self.registers = RegisterView(self.office)
        self.registers.asked.connect(self._ask_rows)
        self.registers.opened.connect(self.keeping.open)
        self.registers.revealed.connect(
            lambda kind: self.asker.ask(disclosures.register_shown, kind, failed=self.complain)
        )
        self.registers.new_wanted.connect(self.new)
        self.registers.import_wanted.connect(lambda: self.output.exchange().import_())
        self.tabs = tabs("事项或登记簿")
        self._views = QStackedWidget()
        for text, view in (("事项", self.radar), ("登记簿", self.registers)):
            self.tabs.addTab(text)
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

    def _show_year(self, year: Year) -> None:
        self._year_rows = year
        self.radar.replace(year)
        if not self._on_sheet():
            self._name_lists()

    def _ask_rows(self, kind: str, text: str, county: str) -> None:
        if kind and not self._on_sheet():
            self._name_lists()
        if kind:
            rows = question(registerlists.listed, kind, text, county, reveal=self.registers.opened_up())
            self.asker.ask(rows, then=self.registers.replace, failed=self.complain, lane="register")

    def _other_year(self) -> None:
        self._year = int(self.years.code() or self.office.today.year)
        self.refresh()

    def _other_view(self, at: int) -> None:
        self._views.setCurrentIndex(at)
        self._name_lists()

    def _name_lists(self) -> None:
        self.years.setVisible(self.tabs.currentIndex() == _DUTIES)
        waiting = f" · 有 {self.keeping.waiting()} 条没有保存" if self.keeping.waiting() else ""
        if self.tabs.currentIndex() == _DUTIES:
            due_list = self._year_rows.due if self._year_rows else ()
            due = f"要办 {count_duties(due_list)} 项" if due_list else "没有要办的"
            self.head("履职事项", f"{self._year}年 · 眼下{due}{waiting}", [self.output.papers, self._print])
        else:
            label = label_of(self.registers.kind())
            self._new.setEnabled(self.registers.ours())
            self.head("履职事项", f"登记簿 · {label}{waiting}", [self._print, self._excel, self._new])

    # -- one record

    def _open_duty(self, duty: Duty) -> None:
        if duty.kind in OWN:
            self.keeping.open_duty(duty)
        else:
            self.wanted.emit(*_elsewhere(duty))

    def _to_sheet(self) -> None:
        self._stack.setCurrentIndex(_SHEET)
        self._name_sheet()

    def _name_sheet(self) -> None:
        title, state, buttons = self.keeping.head()
        self.head(title, state, buttons, [self._back])

    def _left(self, kind: str, text: str) -> None:
        self._to_register(kind)
        self.message.say(text)

    def _deleted(self, kind: str, record_id: str) -> None:
        self._to_register(kind)
        self.message.say(f"已删除：{KINDS[kind].kind.label}", undo=partial(self.keeping.restore, kind, record_id))

    def _to_register(self, kind: str) -> None:
        self._to_lists()
        self.registers.choose(kind)
        self.take_keyboard()

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
            self.keeping.open(kind, record_id)

    def _show_what(self, year: str, what: str) -> None:
        """Show one duty of a year, of all counties, or (@code) all of one county that are overdue."""
        self.years.setCurrentIndex(max(0, self.years.findData(year)))
        self._year = int(year)
        self.tabs.setCurrentIndex(_DUTIES)
        self._to_lists()
        if what.startswith("@"):
            self.radar.show_county(what[1:])
        else:
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
        self._put_away()
        self.tabs.setCurrentIndex(_REGISTERS)
        self.keeping.new(kind)

    def save(self) -> None:
        if self._on_sheet():
            self.keeping.save()

    def print_(self) -> None:
        if not self._on_sheet():
            year = self._year if self.tabs.currentIndex() == _DUTIES else 0
            self.output.save_list(self.registers, year)

    def back(self) -> None:
        if self._on_sheet():
            self._put_away()
            self._to_lists()
            self.take_keyboard()
        elif self.tabs.currentIndex() == _DUTIES:
            self.radar.back()

    def unsaved(self) -> str:
        waiting = self.keeping.waiting() + (self._on_sheet() and self.keeping.unsaved())
        return f"{waiting}条登记" if waiting else ""

    def drafts(self) -> dict[str, Draft]:
        return self.keeping.drafts(visible=self._on_sheet())

    def resume(self, key: str, content: Mapping[str, str], *, show: bool) -> None:
        self.keeping.resume(key, content, show=show)

    def _to_lists(self) -> None:
        self.message.clear()
        self._stack.setCurrentIndex(_LISTS)
        self.refresh()
        self._name_lists()

    def _on_sheet(self) -> bool:
        return self._stack.currentIndex() == _SHEET

    def _put_away(self) -> None:
        if self._on_sheet():
            self.keeping.put_away()


def _elsewhere(duty: Duty) -> tuple[str, str]:
    """Return page and subject of a duty whose records are kept on another page."""
    subject = duty.subject if duty.kind == "posting" and duty.subject.startswith("posting:") else ""
    if duty.kind == "weekly_note":
        subject = f"weekly_note:{duty.county}/{duty.preset['week']}"
    if duty.kind in _TAB_OF:
        subject = _TAB_OF[duty.kind]
    return page_of(duty.kind), subject


_TAB_OF = {"ballot_round": "ballots", "grade": "marks"}
"""The tab of the appraisal page on which a duty of the year's appraisal is carried out."""
