"""The radar: a county sees its list of duties, offices above the map of counties first and the list of one square."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from tuopin_desktop.domain.duties.duty import Duty, State, count_duties, overdue
from tuopin_desktop.domain.duties.radar import Cell
from tuopin_desktop.domain.findings import article_words
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.services.duties.radar import HeatMap, state_words
from tuopin_desktop.ui.pages.duties.questions import Year
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.widgets.chips import Chips
from tuopin_desktop.ui.widgets.empty import EmptyState
from tuopin_desktop.ui.widgets.filtermemory import remember
from tuopin_desktop.ui.widgets.front import Front
from tuopin_desktop.ui.widgets.parts import button, column, label, row
from tuopin_desktop.ui.widgets.search import SearchLine
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_SOON = 5
"""Days before its due day from which a duty is yellow."""

LISTS = {"due": "要办的", "late": "全年逾期", "all": "全年", "done": "已办结"}


class DutyList(Front):
    """`opened` carries the duty to look at, `closed` wants the map back; rows are filtered here, they are few."""

    opened = Signal(object)
    closed = Signal()
    team_wanted = Signal()

    def __init__(self, office: OfficeView) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._due: tuple[Duty, ...] = ()
        self._all: tuple[Duty, ...] = ()
        self._ended = False
        self._square: tuple[str | None, str] | None = None
        self.chips = Chips(LISTS, "履职事项", {"due": "warn"})
        self.chips.chosen.connect(lambda _: self._show())
        remember("duties", self.chips)
        self.search = SearchLine("事项、人员或旗县", "搜索履职事项")
        self.search.setMaximumWidth(240)
        self.search.searched.connect(lambda _: self._show())
        self.table = RecordTable(_columns(office), lambda duty: duty.key, "履职事项列表")
        self.table.opened.connect(self.opened)
        self.search.entered.connect(lambda _: self.table.enter())
        self.search.left_down.connect(self.table.enter)
        self._back = button("返回一览", self.closed.emit, icon="arrow-left", role="flat", tip="Esc")
        self._back.hide()
        self._what = label("", "strong")
        self._what.hide()
        self._count = label("", "quiet")
        self._nothing = EmptyState("circle-check", "没有要办的事项")
        self._fresh = EmptyState(
            "calendar-days",
            "还没有履职事项",
            hint="登记总队的进驻日期，全年应办的事项就会自动列出，每项都注明期限和依据的条款。",
            first=("登记进驻日期", self.team_wanted.emit),
        )
        self._fresh_here = office.level is Level.COUNTY
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self._fresh)
        tools = row(self._back, self._what, self.chips, None, self._count, self.search, margins=(12, 10, 12, 4), gap=10)
        layout = column(tools, self._stack, gap=2, margins=(5, 0, 5, 6))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.begin_at(self.table)

    def replace(self, due: Sequence[Duty], whole: Sequence[Duty], *, ended: bool = False) -> None:
        """Show other duties; `ended` says that the term they are of is over."""
        self._due, self._all, self._ended = tuple(due), tuple(whole), ended
        self._show()

    def pressing(self) -> None:
        """Show what is to be done now, of all squares; above a county the map is one step back."""
        self.everything()
        self.search.clear()
        self._back.setVisible(not self._fresh_here)
        self.chips.choose("due")
        self._show()

    def square(self, county: str | None, what: str, text: str) -> None:
        """Show the duties of one square of the map, of one of its columns (no county), or of one of its lines ("")."""
        self._square = (county, what)
        self._what.setText(text)
        for part in (self._back, self._what):
            part.show()
        self.chips.choose("all")
        self._show()

    def overdue_here(self) -> None:
        """Of the square shown, list what is overdue of the year."""
        self.chips.choose("late")
        self._show()

    def everything(self) -> None:
        """Show the duties of all squares again."""
        self._square = None
        for part in (self._back, self._what):
            part.hide()
        self._show()

    def _squared(self, duty: Duty) -> bool:
        return self._square in (None, (duty.county, duty.what), (None, duty.what), (duty.county, ""))

    def _show(self) -> None:
        inside = [duty for duty in self._all if self._squared(duty)]
        due = [duty for duty in self._due if self._squared(duty)]
        lists = {
            "due": due,
            "late": overdue(inside),
            "all": inside,
            "done": [duty for duty in inside if not duty.state.open],
        }
        target = self.search.text().strip().casefold()
        rows = [duty for duty in lists[self.chips.code()] if target in _searched(duty)]
        self.chips.count({code: count_duties(duties) for code, duties in lists.items()})
        self.table.replace_rows(rows)
        fresh = self._fresh_here and not self._all and not self._ended
        self._stack.setCurrentWidget(self.table if rows else self._fresh if fresh else self._nothing)
        self.begin_at(self._fresh if fresh else self.table)
        self._nothing.say(
            *_words_for_nothing(self.chips.code(), searched=bool(target), exists=bool(self._all), ended=self._ended)
        )
        late, count = count_duties(overdue(rows)), count_duties(rows)
        lines = f"（合为{len(rows)}行）" if count > len(rows) else ""
        self._count.setText(f"{count}项{lines}" + (f"，逾期{late}项" if late else ""))


def _searched(duty: Duty) -> str:
    return f"{duty.what} {duty.who} {duty.period}".casefold()


_ENDED = "不再有到期的事项；当年没有办的，在“归档”的“结束任期”清单上。"


def _words_for_nothing(code: str, *, searched: bool, exists: bool, ended: bool) -> tuple[str, str]:
    if searched:
        return "没有找到", "换一个词试试。"
    if ended and not exists:
        return "任期已经结束", _ENDED
    if not exists:
        return "还没有履职事项", "在“队伍与人员”登记总队的进驻日期或派驻人员后，全年应办的事项会自动列出。"
    if ended and code == "due":
        return "任期已经结束", _ENDED
    return ("没有要办的事项", "近期到期、逾期和缺凭据的都已办结。") if code == "due" else ("没有这类事项", "")


def tone_of(duty: Duty) -> str:
    """Return the tone of a duty's pill: red only where the measure makes it an obligation."""
    if duty.state is State.OVERDUE:
        return "warn" if duty.mild else "bad"
    if duty.state is State.DUE:
        return "warn" if duty.days >= -_SOON else "quiet"
    return {State.DONE: "ok", State.BARE: "warn", State.HALF: "warn"}.get(duty.state, "quiet")


def _columns(office: OfficeView) -> list[Column]:
    return [
        Column("期限", lambda duty: duty.due.isoformat(), 100),
        Column("事项", lambda duty: duty.what, 160),
        Column("责任主体", lambda duty: duty.who, 170),
        Column("所属期", lambda duty: duty.period, 150, shed=1),
        Column("状态", state_words, 168, tone=tone_of, sort=lambda duty: duty.days),
        Column("情况", lambda duty: duty.said),
        Column("依据", lambda duty: article_words(duty.article), 76, shed=2),
    ]


SHORT = {
    "听取汇报或谈心谈话": "谈话",
    "党组织关系转接": "关系",
    "“十不准”承诺签字": "十不准",
    "意外伤害保险": "保险",
    "工作分析例会": "例会",
    "总队周记": "周记",
    "工作日志": "日志",
    "半年报告": "半年报",
    "示范培训班": "示范班",
    "岗前培训": "岗训",
    "联席会议": "联席",
    "队长会议": "队长会",
    "往返交通": "往返",
    "年度工作总结": "总结",
    "民主测评": "民测",
    "民意调查": "民调",
    "年度考核等次建议": "等次",
    "年度考核等次确定": "定等",
    "办公室研究工作队管理": "研究",
}
_LEGEND = "格内为“已办／应办”；红：有逾期未办，黄：有待办或“一般”事项逾期，绿：都已办。回车看该格明细。"


class HeatView(Front):
    """`opened` carries (county code, duty) of the square that was opened."""

    opened = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._map: HeatMap | None = None
        self._columns: list[str] = []
        self.search = SearchLine("旗县", "按旗县查找")
        self.search.setMaximumWidth(240)
        self.search.searched.connect(lambda _: self._narrow())
        self._count = label("", "quiet")
        tools = row(self.search, None, self._count, margins=(12, 10, 16, 4))
        self._inside = QVBoxLayout()
        foot = row(label(_LEGEND, "quiet", wrap=True), margins=(16, 4, 16, 8))
        layout = column(tools, self._inside, foot, gap=2, margins=(5, 0, 5, 0))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.table: RecordTable | None = None

    def replace(self, heat_map: HeatMap) -> None:
        """Show another map; its columns are made anew only where they changed.

        A duty of which nothing is due yet anywhere takes no column: the width is needed for those that are.
        """
        due = {what for (_, what), cell in heat_map.cells.items() if cell.total}
        columns = [what for what in heat_map.columns if what in due] or list(heat_map.columns)
        if self.table is None or self._columns != columns:
            self._make(columns)
        self._map = heat_map
        self._narrow()

    def _make(self, duties: list[str]) -> None:
        if self.table is not None:
            self._inside.removeWidget(self.table)
            self.table.deleteLater()
        self._columns = duties
        columns = [Column("旗县", lambda line: line[1], 120)]
        columns += [self._column(what) for what in duties]  # none is ever hidden: it may be the red one
        self.table = RecordTable(columns, lambda line: line[0] or "office", "各旗县履职情况")
        self.table.opened.connect(lambda _: self._open())
        self.search.left_down.connect(self.table.enter)
        self._inside.addWidget(self.table)
        self.begin_at(self.table)

    def _column(self, what: str) -> Column:
        def cell(line: tuple[str, str]) -> Cell:
            return self._map.cells.get((line[0], what), Cell()) if self._map else Cell()

        return Column(
            SHORT.get(what, what),
            lambda line: cell(line).text,
            56,
            sort=lambda line: (-cell(line).overdue, cell(line).done),
            ground=lambda line: ground_of(cell(line)),
            tip=lambda line: f"{line[1]}　{_tip(what, cell(line))}",  # its name may be scrolled out of sight
        )

    def _narrow(self) -> None:
        if self._map is None or self.table is None:
            return
        target = self.search.text().strip()
        rows = [line for line in self._map.rows if target in line[1]]
        self.table.replace_rows(rows)
        late = sum(cell.overdue for cell in self._map.cells.values())
        self._count.setText(f"{self._map.year}年 · 逾期未办 {late} 项")

    def _open(self) -> None:
        if self.table is None:
            return
        line, place = self.table.current(), self.table.currentIndex().column()
        if line is not None:
            what = self._columns[place - 1] if place else ""
            self.opened.emit(line[0], what)


def ground_of(cell: Cell) -> str:
    """Return the tone of a square."""
    if not cell.total:
        return ""
    if cell.overdue > cell.mild:
        return "bad"
    return "warn" if cell.overdue or cell.due else "ok"


def _tip(what: str, cell: Cell) -> str:
    if not cell.total:
        return f"{what}：还没有到期的"
    return f"{what}：已办{cell.done}，逾期办结{cell.late}，待办{cell.due}，逾期未办{cell.overdue}"


class RadarView(QStackedWidget):
    """`opened` carries the duty to look at."""

    opened = Signal(object)

    def __init__(self, office: OfficeView) -> None:
        super().__init__()
        self._office = office
        self.duties = DutyList(office)
        self.duties.opened.connect(self.opened)
        self.duties.closed.connect(self.back)
        self.heat = HeatView()
        self.heat.opened.connect(self._open_square)
        self.addWidget(self.duties)
        self.addWidget(self.heat)
        if office.level is not Level.COUNTY:
            self.setCurrentWidget(self.heat)

    def replace(self, year: Year) -> None:
        """Show another year, or the same anew."""
        self.duties.replace(year.due, year.duties, ended=year.ended)
        self.heat.replace(year.map)

    def search(self) -> None:
        """Put the keyboard into the search line in sight."""
        (self.heat if self.currentWidget() is self.heat else self.duties).search.setFocus()

    def back(self) -> None:
        """Go from the list of a square to the map."""
        self.duties.everything()
        if self._office.level is not Level.COUNTY:
            self.setCurrentWidget(self.heat)
            self.heat.setFocus()

    def show_what(self, what: str) -> None:
        """Show one duty of all counties, without one whatever presses."""
        if what:
            self.duties.square(None, what, what)
        else:
            self.duties.pressing()
        self.setCurrentWidget(self.duties)

    def show_county(self, county: str) -> None:
        """Show what is overdue of the year in one county: the rows its number on the start page counts."""
        self.duties.square(county, "", self._office.vocabulary["旗县"].word(county))
        self.duties.overdue_here()
        self.setCurrentWidget(self.duties)

    def take_keyboard(self) -> None:
        """Put the keyboard into the list or map in sight."""
        self.currentWidget().setFocus()

    def _open_square(self, county: str, what: str) -> None:
        if what:
            name = self._office.vocabulary["旗县"].word(county) if county else "自治区办公室"
            self.duties.square(county, what, f"{name} · {what}")
            self.setCurrentWidget(self.duties)
            self.duties.table.setFocus()
