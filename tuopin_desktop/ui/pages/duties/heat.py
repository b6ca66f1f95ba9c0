"""The map of counties by duties: each square says how many of those due are done, red where one is overdue."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from tuopin_desktop.domain.duties.radar import Cell
from tuopin_desktop.services.duties.radar import HeatMap
from tuopin_desktop.ui.widgets.parts import column, label, row
from tuopin_desktop.ui.widgets.search import SearchLine
from tuopin_desktop.ui.widgets.table import Column, RecordTable

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


class HeatView(QFrame):
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
        self.setFocusProxy(self.table)

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
