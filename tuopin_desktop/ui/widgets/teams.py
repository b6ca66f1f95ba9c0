"""Every team in a line, for the offices above them: each figure opens the list behind it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from tuopin_desktop.domain.teamline import HEADINGS, TeamLine
from tuopin_desktop.ui.widgets.parts import button, column, label, row
from tuopin_desktop.ui.widgets.search import SearchLine
from tuopin_desktop.ui.widgets.table import Column, RecordTable

if TYPE_CHECKING:  # what the lines are made with loads after the first page is painted
    from tuopin_desktop.services.reporting.overview import Teams

_OLD = 40
"""Days after which a county that sends a package every month has missed one."""


class TeamsView(QFrame):
    """`opened` carries page and subject of the figure under the cursor; `printed` asks for the list as a file."""

    opened = Signal(str, str)
    printed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._teams: Teams | None = None
        self.search = SearchLine("旗县", "按旗县查找")
        self.search.setMaximumWidth(220)
        self.search.searched.connect(lambda _: self._narrow())
        self.table = RecordTable(_columns(), lambda line: line.county, "各总队情况")
        self.table.opened.connect(self._open)
        self.search.left_down.connect(self.table.enter)
        self._total = label("", "strong", wrap=True)
        self._of = label("正在统计…", "quiet")
        save = button("打印一览表", self.printed.emit, icon="printer", tip="存为 PDF 或 Excel")
        tools = row(self.search, self._of, None, save, margins=(12, 10, 12, 4))
        foot = column(self._total, margins=(16, 4, 16, 10))
        layout = column(tools, self.table, foot, gap=2, margins=(5, 0, 5, 0))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.table)

    def replace(self, teams: "Teams") -> None:
        """Show how the teams stand."""
        self._teams = teams
        month = f"达标至人均天数为{teams.month[:4]}年{int(teams.month[5:])}月；" if teams.month else ""
        self._of.setText(f"{month}选中一格按回车，打开该格的清单")
        total = teams.total
        mean = f"，已登记的人均{total.mean:g}天" if total.mean is not None else ""
        rate = f"，{total.month.text}" if total.month.text else ""
        counts = f"达标{total.reached}人、不足{total.short}人、登记不全{total.unknown}人"
        month_words = f"{counts}{rate}{mean}；" if teams.month else ""
        self._total.setText(
            f"{total.name}：在派{total.serving}人；{month_words}未结账{total.unclosed}个月，"
            f"本年事项逾期{total.overdue}项，外出{total.out}人（超假{total.late}人），疑点{total.doubts}处"
        )
        self._narrow()

    def _narrow(self) -> None:
        if self._teams is not None:
            target = self.search.text().strip()
            self.table.replace_rows([line for line in self._teams.teams if target in line.name])

    def _open(self, line: TeamLine) -> None:
        if self._teams is not None:
            figure = tuple(HEADINGS)[max(self.table.currentIndex().column(), 0)]
            self.opened.emit(*_behind(figure, line, self._teams.month))


def _behind(figure: str, line: TeamLine, month: str) -> tuple[str, str]:
    """Return page and subject of the list behind a figure."""
    attendance = ("attendance", f"attendance:{line.county}/{month}") if month else ("attendance", "")
    return {
        "overdue": ("duties", f"duty:{line.year}/@{line.county}"),
        "out": ("leave", f"list:OUT/{line.county}"),
        "late": ("leave", f"list:OVERDUE/{line.county}"),
        "doubts": ("checks", f"evidence:{line.county}/open"),
        "age": ("exchange", ""),
        "name": ("roster", f"team:{line.county}/team"),
        "serving": ("roster", f"team:{line.county}/team"),
    }.get(figure, attendance)


def _columns() -> tuple[Column, ...]:
    return (
        Column(HEADINGS["name"], lambda line: line.name),
        _figure("serving", 70, ground=lambda line: "warn" if line.serving < line.size else ""),
        _figure("reached", 64),
        _figure("short", 64, "bad"),
        _figure("unknown", 84, "warn", shed=2),
        _figure("rate", 124, ground=_thin),
        _figure("mean", 84, shed=1),
        _figure("unclosed", 84, "warn"),
        _figure("overdue", 84, "bad"),
        _figure("out", 64, shed=3),
        _figure("late", 64, "bad"),
        _figure("doubts", 64, "warn"),
        _figure("age", 92, ground=_stale, shed=4, none=9999),
    )


def _figure(
    name: str,
    width: int,
    tone: str = "",
    *,
    ground: Callable[[TeamLine], str] | None = None,
    shed: int = 0,
    none: int = -1,
) -> Column:
    """Return the column of a figure, tinted where it is not nothing; `none` is where a missing one is sorted."""
    place = tuple(HEADINGS).index(name)
    return Column(
        HEADINGS[name],
        lambda line: line.cells[place],
        width,
        right=True,
        sort=lambda line: none if getattr(line, name) is None else getattr(line, name),
        ground=ground or (lambda line: tone if getattr(line, name) else ""),
        shed=shed,
    )


def _thin(line: TeamLine) -> str:
    """Mark a line of which too little is registered for a rate."""
    return "warn" if line.month.coverage is not None and line.month.thin else ""


def _stale(line: TeamLine) -> str:
    return "warn" if line.age is None or line.age > _OLD else ""
