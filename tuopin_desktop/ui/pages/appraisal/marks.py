"""The tab of points and grades: everybody's total and how it came about, the proposal sheet, grades decided."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QMenu

from tuopin_desktop.domain.appraisal.evidence import TraceLine
from tuopin_desktop.domain.appraisal.grading import WHOLE_TERM
from tuopin_desktop.domain.appraisal.points import ItemPoints
from tuopin_desktop.domain.appraisal.scheme import SOURCES, TIMES
from tuopin_desktop.domain.findings import article_words
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.records import Grade
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.appraisal.grades import called, reasons
from tuopin_desktop.services.appraisal.year import AppraisalRow, Year
from tuopin_desktop.ui.pages.appraisal import questions
from tuopin_desktop.ui.pages.appraisal.tab import Detail, Tab, stacked
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.widgets.ask import PDFS, SHEETS, ask_folder, ask_save, confirm
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.empty import EmptyState
from tuopin_desktop.ui.widgets.formdialog import FormDialog
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import act_button, button, column, hide_unless, label, pill, row
from tuopin_desktop.ui.widgets.search import SearchLine
from tuopin_desktop.ui.widgets.split import Split
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_TONES = {"excellent": "ok", "competent": "ok", "basic": "warn", "unfit": "bad", "none": "bad"}
PENDING = "暂不建议"
_LIST_PX, _TRACE_PX = 700, 420


class PointsView(Split):
    """`narrowed` tells that another county is wanted."""

    narrowed = Signal()

    def __init__(self, office: OfficeView) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._year: Year | None = None
        self.search = SearchLine("姓名", "搜索被考核人")
        self.search.setMaximumWidth(200)
        self.search.searched.connect(lambda _: self._show())
        counties = {
            code: name for code, name in office.vocabulary["旗县"].labels.items() if code.startswith(office.scope)
        }
        self.county = FilterBox("全部旗县", counties, "按旗县筛选")
        hide_unless(self.county, office.level is not Level.COUNTY)
        self.county.chosen.connect(lambda _: self.narrowed.emit())
        self._count = label("", "quiet")
        self.table = RecordTable(
            self._columns(office), lambda item: item.subject, "考核得分", many=True, sheet="appraisal_score"
        )
        self.search.left_down.connect(self.table.enter)
        self.trace = TracePanel()
        self.table.current_changed.connect(self._tell)
        tools = row(self.search, self.county, None, self._count, margins=(12, 10, 16, 4))
        left = QFrame()
        left.setProperty("role", "card")
        whole = column(tools, self.table, gap=2, margins=(5, 0, 5, 6))
        whole.setStretch(1, 1)
        left.setLayout(whole)
        self.addWidget(left)
        self.addWidget(self.trace)
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 2)
        self.setChildrenCollapsible(False)
        self.setSizes([_LIST_PX, _TRACE_PX])

    def _columns(self, office: OfficeView) -> list[Column]:
        columns = [
            Column("旗县", lambda item: item.county_name, 100),
            Column("姓名", lambda item: "（总队）" if item.vocabulary == "team" else item.name, 90, most=116),
            Column("职务", lambda item: item.position, 64, shed=2),
            Column(
                "得分",
                lambda item: str(item.proposal.appraisal.total),
                72,
                right=True,
                sort=lambda item: item.proposal.appraisal.total,
            ),
            Column(
                "名次",
                lambda item: str(item.proposal.rank or ""),
                56,
                right=True,
                sort=lambda item: item.proposal.rank or 9999,
                shed=2,
            ),
            Column("建议等次", self._level, 100, tone=lambda item: _TONES.get(item.proposal.level or "", "quiet")),
            Column("确定", self._decided, 84, shed=3),
            Column("说明", self._why, shed=1),
        ]
        return [item for item in columns if item.title != "旗县" or office.level is not Level.COUNTY]

    def _level(self, item: AppraisalRow) -> str:
        text = called(self._year, item, item.proposal.level) if self._year else ""
        return (text or PENDING) + ("（并列）" if item.proposal.tied else "")

    def _why(self, item: AppraisalRow) -> str:
        return "；".join(reasons(self._year, item)) if self._year else ""

    def _decided(self, item: AppraisalRow) -> str:
        return called(self._year, item, item.grade.decided) if self._year and item.grade else ""

    def replace(self, year: Year) -> None:
        """Show another year, or the same computed anew."""
        self._year = year
        self._show()

    def _show(self) -> None:
        if self._year is None:
            return
        target = self.search.text().strip()
        rows = [item for item in self._year.rows if target in item.name]
        self.table.replace_rows(rows)
        self._count.setText(f"显示 {len(rows)} 条")
        if self.table.current() is None and rows:
            self.table.select(rows[0].subject)
        self._tell(self.table.current())

    def _tell(self, item: AppraisalRow | None) -> None:
        self.trace.show_row(item, self._year)

    def chosen(self) -> Sequence[AppraisalRow]:
        """Return the selected rows."""
        return self.table.chosen()


class TracePanel(Detail):
    """Every item of one subject with what it rests on: each point lost has a date, an article and its record.

    `followed` carries the log key of a record to be looked at.
    """

    followed = Signal(str)

    def __init__(self) -> None:
        super().__init__("得分依据", "选中一人，在此查看每一项得分的依据。", 320)

    def show_row(self, item: AppraisalRow | None, year: Year | None) -> None:
        """Show another subject, or nothing."""
        if item is None or year is None:
            self.show_nothing()
            return
        self.begin()
        proposal = item.proposal
        total = f"{proposal.appraisal.total} / {year.scheme.full(proposal.appraisal.kind)} 分"
        grade = called(year, item, proposal.level) or PENDING
        self.say(item.name, "section")
        self.put(label(total, "strong"), pill(grade, _TONES.get(proposal.level or "", "quiet")), None)
        self.say(proposal.appraisal.parts, "quiet")
        caps = {cap.reason for cap in proposal.appraisal.caps}
        for reason in reasons(year, item):
            if reason not in caps:
                self.say(reason, "quiet")
        for cap in proposal.appraisal.caps:
            self.part()
            self.say(cap.text, "problem")
            self.say(f"最高等次：{called(year, item, cap.cap)}", "strong")
            for step in cap.steps:
                self.say(step, "quiet")
            for line in cap.lines:
                self._line(line)
        for one in proposal.appraisal.items:
            self._add(one)
        self.end()

    def _add(self, one: ItemPoints) -> None:
        item = one.item
        points = "尚缺" if one.points is None else f"{one.points}"
        self.part()
        self.put(label(item.label, "strong"), None, label(f"{points} / {item.points}", "strong"))
        self.say(f"{SOURCES[item.source]}·{TIMES[item.time]}　依据{article_words(item.article)}", "faint")
        for line in one.lines:
            self._line(line)
        if not one.lines:
            self.say("没有扣分", "quiet")

    def _line(self, line: TraceLine) -> None:
        sentence = label(_sentence(line), "quiet", wrap=True)
        if not line.record:
            self.put(sentence)
            return
        link = button("查看", partial(self.followed.emit, line.record), role="flat")
        link.setAccessibleName(f"查看：{line.words}")
        self.put(sentence, None, link)


def _sentence(line: TraceLine) -> str:
    if not line.points:
        return line.words
    return f"扣{line.points:f}分：{line.words}"


_NAMED = 5


class Marks(Tab):
    """Points with their trace, and the strokes on them."""

    def __init__(self, context: PageContext, years: FilterBox) -> None:
        super().__init__(context, years)
        self.dialog: FormDialog[Grade] | None = None
        self.points = PointsView(context.office)
        self.points.narrowed.connect(self.refresh)
        empty = EmptyState(
            "award",
            "这一年还没有在派人员",
            hint="先在“队伍与人员”登记派驻；得分由考勤、报备单、日志、测评票和办公室评分自动汇总。",
        )
        self._stack = stacked(self.points, empty)
        self.view = self._stack
        region = context.office.level is Level.REGION
        more = act_button(Act.GRADE, "办理", lambda: None, icon="award", tip="等次、平时考核汇总、综合考核材料")
        menu = QMenu(more)
        menu.addAction("登记建议等次", self._ask_propose).setEnabled(region)
        menu.addAction("所选对象：登记确定的等次…", self.ask_decide).setEnabled(region)
        whole = menu.addAction("所选人员：登记综合考核等次（帮扶结束）…", self.ask_conclude)
        whole.setEnabled(region)
        menu.addSeparator()
        menu.addAction("平时考核汇总表…", self._ask_routine)
        menu.addAction("综合考核材料（每人一份 PDF）…", self._ask_folder)
        more.setMenu(menu)
        sheet = button("等次建议表", self.print_, icon="file-down", role="primary", tip="Ctrl+P，PDF 或 Excel")
        self.buttons = [years, more, sheet]

    def refresh(self) -> None:
        county = self.points.county.code()
        self.context.asker.ask(questions.year, self.year, county, then=self._show, failed=self._none, lane="appraisal")

    def _show(self, year: Year) -> None:
        self.points.replace(year)
        self._stack.setCurrentIndex(0 if year.rows else 1)
        example = "" if year.scheme.official else "：示例，不是官方规定"
        self.state = "；".join((f"按《{year.scheme.title}》计分{example}", *year.limits))
        self.named.emit()

    def _none(self, error: Refused | Trouble) -> None:
        self.state = ""
        self._stack.setCurrentIndex(1)
        self.named.emit()
        self.context.message.complain(error)

    def take_keyboard(self) -> None:
        self.points.table.setFocus()

    def search(self) -> None:
        self.points.search.setFocus()

    # -- papers

    def print_(self) -> None:
        """Save the proposal sheet."""
        name = f"{self.year}年度考核等次评定建议表.pdf"
        ask_save(self.context.window, "保存等次评定建议表", name, f"{PDFS};;{SHEETS}", self.write_sheet)

    def write_sheet(self, path: Path) -> None:
        """Write the proposal sheet."""
        county = self.points.county.code()
        self.context.ask(questions.write_sheet, self.year, county, path, then=self._written)

    def _ask_routine(self) -> None:
        name = f"{self.year}年平时考核汇总表.pdf"
        ask_save(self.context.window, "保存平时考核汇总表", name, f"{PDFS};;{SHEETS}", self.write_routine)

    def write_routine(self, path: Path) -> None:
        """Write the routine marks of the year, month by month."""
        self.context.ask(questions.write_routine, self.year, self.points.county.code(), path, then=self._written)

    def _written(self, path: Path) -> None:
        self.context.message.say_file(path)

    def _ask_folder(self) -> None:
        ask_folder(self.context.window, "综合考核材料存放的文件夹", "appraisal files", self.write_files)

    def write_files(self, folder: Path) -> None:
        """Write everybody's file into a folder."""
        self.context.message.say("正在整理综合考核材料…", "quiet")

        def finish(count: int) -> None:
            self.context.message.say_folder(folder, f"已输出{count}份综合考核材料，在“{{}}”")

        county = self.points.county.code()
        self.context.ask_long(questions.write_files, folder, county, then=finish)

    # -- grades

    def _ask_propose(self) -> None:
        text = "按当前得分登记全部对象的建议等次；已确定等次的和尚缺依据的不改动。"
        confirm(self.context.window, text, "登记", self.propose)

    def propose(self) -> None:
        """Keep the proposals of everybody."""

        def finish(count: int) -> None:
            self.context.message.say(f"已登记建议等次{count}条")

        self.context.ask(questions.propose, self.year, then=finish)

    def ask_decide(self) -> None:
        """Ask by which paper which grade of the year was decided for the subjects selected."""
        self._ask_grade(self.points.chosen(), self.year, "确定的等次")

    def ask_conclude(self) -> None:
        """Ask for the grade of the comprehensive appraisal of the people selected (A15-4); teams have none."""
        people = [item for item in self.points.chosen() if item.vocabulary != "team"]
        self._ask_grade(people, WHOLE_TERM, "综合考核等次")

    def _ask_grade(self, appraisal_rows: Sequence[AppraisalRow], year: int, what: str) -> None:
        if not appraisal_rows:
            self.context.message.say("请先在列表中选中对象（按住 Ctrl 或 Shift 可多选）。", "warn")
            return
        names = "、".join(item.name for item in appraisal_rows[:_NAMED])
        more = f"等{len(appraisal_rows)}个对象" if len(appraisal_rows) > _NAMED else ""
        row = ("decided", "decided_on", "paper")
        take = partial(self._decide, [item.subject for item in appraisal_rows], year)
        self.dialog = FormDialog(
            Grade(decided_on=self.context.office.today),
            row,
            f"登记{what}：{names}{more}",
            "登记",
            self.context.office,
            take,
            self.context.window,
            wanted=row,
        )
        self.dialog.open()

    def _decide(self, subjects: list[str], year: int, record: Grade) -> None:
        dialog = self.dialog
        assert dialog is not None

        def finish(count: int) -> None:
            dialog.accept()
            what = "综合考核等次" if year == WHOLE_TERM else "确定等次"
            self.context.message.say(f"已登记{what}{count}条，依据{record.paper}")

        self.context.asker.ask(questions.decide, subjects, year, record, then=finish, failed=dialog.refused)
