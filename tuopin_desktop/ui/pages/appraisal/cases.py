"""The tab of recall and replacement: who is suspected, the cases and applications, and the strokes on them."""

from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QMenu, QWidget

from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import Measure, RecallCase, Replacement, Statement
from tuopin_desktop.domain.records.dutychoices import MEASURE, REPLACED, TRIGGER
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.office import papers
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.recall import letters, recall, replacing
from tuopin_desktop.services.recall.recall import CaseRow, Suspicion
from tuopin_desktop.services.recall.replacing import ReplacementRow as Application
from tuopin_desktop.services.registers import registers
from tuopin_desktop.ui.pages.appraisal.casedetail import CaseDetail
from tuopin_desktop.ui.pages.appraisal.tab import Tab
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import all_but_last
from tuopin_desktop.ui.widgets.ask import PDFS, ask_save
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.formdialog import FormDialog
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import act_button, column, label
from tuopin_desktop.ui.widgets.split import Split
from tuopin_desktop.ui.widgets.table import Column, RecordTable


class CaseLists(msgspec.Struct, frozen=True):
    """Who is suspected without a case, the cases, the applications, and how postings are called."""

    suspicions: tuple[recall.Suspicion, ...]
    cases: tuple[recall.CaseRow, ...]
    applications: tuple[replacing.ReplacementRow, ...]
    postings: dict[str, str]


def listed(desk: Desk) -> CaseLists:
    """Return everything the tab shows."""
    return CaseLists(
        tuple(recall.suspicions(desk)),
        tuple(recall.rows(desk)),
        tuple(replacing.rows(desk)),
        registers.titles(desk, "posting"),
    )


def open_case(desk: Desk, recall_case: RecallCase) -> RecallCase:
    """Open a case."""
    return recall.open_case(
        desk, recall_case.posting, recall_case.trigger, recall_case.since or desk.today(), recall_case.facts
    )


def hear(desk: Desk, case_id: str, statement: Statement) -> Statement:
    """Note the member's words."""
    day = statement.said or desk.today()
    return recall.hear(desk, case_id, statement.words, day, taken_by=statement.taken_by, declined=statement.declined)


def take(desk: Desk, case_id: str, measure: str, entry: Measure) -> Measure:
    """Record a measure."""
    day = entry.taken or desk.today()
    return recall.take(desk, case_id, measure, day, paper=entry.paper, taken_by=entry.taken_by, text=entry.words)


def close(desk: Desk, case_id: str, recall_case: RecallCase) -> RecallCase:
    """Close a case."""
    return recall.close(desk, case_id, recall_case.outcome, recall_case.closed or desk.today(), recall_case.closing)


def apply(desk: Desk, replacement: Replacement) -> Replacement:
    """Keep an application."""
    return replacing.apply(desk, replacement)


def letter_of(desk: Desk, what: str, record_id: str, path: Path) -> Path:
    """Write a letter as what the file's name says; `what` is a measure, `application` or `approval`."""
    makers = {"application": letters.application, "approval": letters.approval}
    maker = makers.get(what)
    letter = maker(desk, record_id) if maker else letters.of_measure(desk, record_id, what)
    return papers.write(desk, path, letter)


WORDS = "Word、WPS 文件 (*.docx)"
R = TypeVar("R", bound=Record)

_UNOPENED = "疑似，未登记"
_HEAR_FIRST = "已登记，请先听取本人说明"


class CasesView(Split):
    """Two lists and the case in hand."""

    def __init__(self, office: OfficeView) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.table = RecordTable(
            _case_columns(), key_of, "疑似情形和处理事项", nothing="没有第十六条所列的情形，也没有登记处理事项。"
        )
        self.applications = RecordTable(
            _application_columns(), lambda item: item.application.id, "更换申请", nothing="没有更换申请。"
        )
        self.detail = CaseDetail(office)
        self.table.current_changed.connect(self._show)
        left = QFrame()
        left.setProperty("role", "card")
        whole = column(
            _headed("召回与处理（第十六条）"),
            self.table,
            _headed("更换申请（第五条）"),
            self.applications,
            gap=4,
            margins=(5, 8, 5, 6),
        )
        whole.setStretch(1, 3)
        whole.setStretch(3, 2)
        left.setLayout(whole)
        self.addWidget(left)
        self.addWidget(self.detail)
        self.setChildrenCollapsible(False)
        self.setSizes([640, 480])

    def replace(self, lists: CaseLists) -> None:
        """Show other rows and stay on the one in hand, or begin with the first."""
        rows: list[Suspicion | CaseRow] = [*lists.suspicions, *lists.cases]
        self.table.replace_rows(rows)
        if self.table.current() is None and rows:
            self.table.select(key_of(rows[0]))
        self.applications.replace_rows(lists.applications)
        self._show(self.table.current())

    def _show(self, item: Suspicion | CaseRow | None) -> None:
        if isinstance(item, Suspicion):
            self.detail.show_suspicion(item)
        elif isinstance(item, CaseRow):
            self.detail.show_case(item)
        else:
            self.detail.show_nothing()


def _case_columns() -> list[Column]:
    return [
        Column("旗县", lambda item: item.county_name, 110, shed=2),
        Column("姓名", lambda item: item.name, 90, most=160),
        Column("情形", _trigger),
        Column("状态", _state, 160, tone=_tone, most=240),
    ]


def _application_columns() -> list[Column]:
    return [
        Column("旗县", lambda item: item.county_name, 110, shed=2),
        Column("姓名", lambda item: item.name, 90, most=160),
        Column("原因", lambda item: REPLACED.word(item.application.reason)),
        Column("申请日期", lambda item: str(item.application.applied or ""), 100, shed=1),
        Column("空缺", lambda item: f"{item.vacant}天" if item.vacant else "", 64, right=True),
        Column("状态", lambda item: item.state, 110, tone=_application_tone),
    ]


def key_of(item: Suspicion | CaseRow) -> str:
    """Return what names a row."""
    return f"suspicion {item.posting}" if isinstance(item, Suspicion) else item.id


def _headed(text: str) -> QWidget:
    heading = label(text, "label")
    heading.setContentsMargins(12, 4, 0, 0)
    return heading


def _trigger(item: Suspicion | CaseRow) -> str:
    return TRIGGER.word("absence" if isinstance(item, Suspicion) else item.course.case.trigger)


def _state(item: Suspicion | CaseRow) -> str:
    return _UNOPENED if isinstance(item, Suspicion) else item.state


def _tone(item: Suspicion | CaseRow) -> str:
    if isinstance(item, Suspicion):
        return "bad"
    return "ok" if item.course.case.closed else "warn"


def _application_tone(item: Application) -> str:
    return {"已更换": "ok", "擅自调整": "bad", "未批准": "bad"}.get(item.state, "warn")


class Cases(Tab):
    """The strokes on cases and applications."""

    def __init__(self, context: PageContext, years: FilterBox) -> None:
        super().__init__(context, years)
        self.dialog: FormDialog | None = None
        self._postings: dict[str, str] = {}
        self.lists = CasesView(context.office)
        self.lists.detail.wanted.connect(self.stroke)
        self.view = self.lists
        self.state = "先听取本人说明，再研究措施；结论由自治区办公室作出（第五条、第十六条）"
        fresh = act_button(Act.ENTER, "登记处理事项", self.new, icon="plus", tip="Ctrl+N，由自治区办公室登记")
        fresh.setEnabled(context.office.level is Level.REGION)
        replace = act_button(Act.ENTER, "更换", lambda: None, icon="users", tip="更换申请和批复")
        menu = QMenu(replace)
        menu.addAction("登记更换申请…", self.apply)
        menu.addSeparator()
        menu.addAction("所选申请：更换申请（公文）…", partial(self.application_letter, "application"))
        menu.addAction("所选申请：批复（公文）…", partial(self.application_letter, "approval"))
        replace.setMenu(menu)
        self.buttons = [replace, fresh]

    @property
    def title(self) -> str:
        return "召回与更换"

    def refresh(self) -> None:
        self.context.ask(listed, then=self._show, lane="cases")

    def _show(self, lists: CaseLists) -> None:
        self._postings = lists.postings
        self.lists.replace(lists)

    def take_keyboard(self) -> None:
        self.lists.table.setFocus()

    # -- strokes on the case in hand

    def stroke(self, name: str, measure: str) -> None:
        """Carry out what a button of the detail asks for."""
        item = self.lists.table.current()
        if isinstance(item, Suspicion):
            recall_case = RecallCase(posting=item.posting, trigger="absence", since=item.finding.day)
            self._send(open_case, _HEAR_FIRST, recall_case)
        elif isinstance(item, CaseRow):
            strokes = {"hear": self._hear, "take": self._take, "letter": self._letter, "close": self._close}
            strokes[name](item, measure)

    def new(self) -> None:
        """Open a case of anybody for another reason than absence."""
        if self.context.office.level is not Level.REGION:
            return
        blank = RecallCase(trigger="unfit", since=self.context.office.today, opened=self.context.office.today)
        row = ("posting", "trigger", "since", "facts")
        self._ask(blank, row, "登记处理事项", open_case, _HEAR_FIRST)

    def _hear(self, item: CaseRow, _: str) -> None:
        blank = item.course.statement or Statement(said=self.context.office.today)
        row = ("said", "words", "taken_by", "declined")
        self._ask(blank, row, "登记本人说明", all_but_last(hear, item.id), "已登记", ("words",))

    def _take(self, item: CaseRow, measure: str) -> None:
        measure_row = next((one for one in item.course.measures if one.measure == measure), None)
        blank = measure_row or Measure(measure=measure, taken=self.context.office.today)
        title = f"登记{MEASURE.word(measure)}"
        ask = all_but_last(take, item.id, measure)
        self._ask(blank, ("taken", "paper", "taken_by", "words"), title, ask, f"已{title}")

    def _close(self, item: CaseRow, _: str) -> None:
        row = ("outcome", "closed", "closing")
        ask = all_but_last(close, item.id)
        self._ask(item.course.case, row, "办结", ask, "已办结", row)

    def _letter(self, item: CaseRow, measure: str) -> None:
        self._ask_letter(measure, item.id, f"{MEASURE.word(measure)} {item.name}")

    # -- applications

    def apply(self) -> None:
        """Note a unit's application."""
        row = ("posting", "applied", "reason", "words", "unit_paper", "successor", "successor_post")
        blank = Replacement(applied=self.context.office.today)
        self._ask(blank, row, "登记更换申请", apply, "已登记，待办公室审核批准")

    def application_letter(self, what: str) -> None:
        """Write the application in hand, or the reply to it."""
        item = self.lists.applications.current()
        if item is None:
            self.context.message.say("请先选中一件更换申请。", "warn")
            return
        self._ask_letter(
            what, item.application.id, f"{'更换申请' if what == 'application' else '更换批复'} {item.name}"
        )

    # -- papers and forms

    def _ask_letter(self, what: str, record_id: str, name: str) -> None:
        """Ask where to save a letter; its file name decides between PDF and Word."""
        then = partial(self.write_letter, what, record_id)
        ask_save(self.context.window, "保存公文", f"{name}.docx", f"{WORDS};;{PDFS}", then)

    def write_letter(self, what: str, record_id: str, path: Path) -> None:
        """Write a letter."""

        def finish(file: Path) -> None:
            self.context.message.say_file(file)

        self.context.ask(letter_of, what, record_id, path, then=finish)

    def _ask(
        self,
        blank: R,
        labels: Collection[str],
        title: str,
        ask: Callable[[Desk, R], object],
        text: str,
        wanted: Collection[str] = (),
    ) -> None:
        """Open a form; on OK its record goes to `ask(desk, record)`, and the page shows `text` once it is stored."""
        take = partial(self._send, ask, text)
        titles = {"posting": self._postings}
        self.dialog = FormDialog(
            blank, labels, title, "登记", self.context.office, take, self.context.window, wanted=wanted, titles=titles
        )
        self.dialog.open()

    def _send(self, ask: Callable[[Desk, R], object], text: str, record: R) -> None:
        dialog = self.dialog if self.dialog is not None and self.dialog.isVisible() else None

        def finish(_: object) -> None:
            if dialog is not None:
                dialog.accept()
            self.context.message.say(text)

        self.context.asker.ask(
            ask, record, then=finish, failed=dialog.refused if dialog else self.context.message.complain
        )
