"""Points: everybody's total and proposed grade, and beside the list how the one in hand came about."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSplitter

from tuopin_desktop.domain.appraisal.evidence import TraceLine
from tuopin_desktop.domain.appraisal.points import ItemPoints
from tuopin_desktop.domain.appraisal.scheme import SOURCES, TIMES
from tuopin_desktop.domain.findings import article_words
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.services.appraisal.grades import called, reasons
from tuopin_desktop.services.appraisal.year import AppraisalRow, Year
from tuopin_desktop.ui.pages.appraisal.detail import Detail
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.parts import button, column, label, pill, row
from tuopin_desktop.ui.widgets.search import SearchLine
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_TONES = {"excellent": "ok", "competent": "ok", "basic": "warn", "unfit": "bad", "none": "bad"}
PENDING = "暂不建议"
_LIST_PX, _TRACE_PX = 700, 420


class PointsView(QSplitter):
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
        self.county.setVisible(office.level is not Level.COUNTY)
        self.county.chosen.connect(lambda _: self.narrowed.emit())
        self._shown = label("", "quiet")
        self.table = RecordTable(self._columns(office), lambda item: item.subject, "考核得分", many=True)
        self.search.left_down.connect(self.table.enter)
        self.trace = TracePanel()
        self.table.current_changed.connect(self._tell)
        tools = row(self.search, self.county, None, self._shown, margins=(12, 10, 16, 4))
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
        self._shown.setText(f"显示 {len(rows)} 条")
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
        words = label(_words(line), "quiet", wrap=True)
        if not line.record:
            self.put(words)
            return
        link = button("查看", partial(self.followed.emit, line.record), role="flat")
        link.setAccessibleName(f"查看：{line.words}")
        self.put(words, None, link)


def _words(line: TraceLine) -> str:
    if not line.points:
        return line.words
    return f"扣{line.points:f}分：{line.words}（规则 {line.rule}）"
