"""Every team in a line, for the offices above them: each figure opens the list behind it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from tuopin_desktop.ui.widgets.parts import button, column, label, row
from tuopin_desktop.ui.widgets.search import SearchLine
from tuopin_desktop.ui.widgets.table import Column, RecordTable

if TYPE_CHECKING:  # what the lines are made with loads after the first page is painted
    from tuopin_desktop.services.overview import Overview, TeamLine

_OLD = 40
"""Days after which a county that sends a package every month has missed one."""


class TeamsView(QFrame):
    """`opened` carries page and subject of the figure under the cursor; `printed` asks for the list as a file."""

    opened = Signal(str, str)
    printed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._found: Overview | None = None
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

    def replace(self, found: "Overview") -> None:
        """Show how the teams stand."""
        self._found = found
        month = f"达标至人均天数为{found.month[:4]}年{int(found.month[5:])}月；" if found.month else ""
        self._of.setText(f"{month}选中一格按回车，打开该格的清单")
        total = found.total
        mean = f"人均{total.mean:g}天，" if total.mean is not None else ""
        month_words = f"达标{total.reached}人、不足{total.short}人，{mean}" if found.month else ""
        self._total.setText(
            f"{total.name}：在派{total.serving}人；{month_words}未结账{total.unclosed}个月，"
            f"事项逾期{total.overdue}项，外出{total.out}人（超假{total.late}人），疑点{total.doubts}处"
        )
        self._narrow()

    def _narrow(self) -> None:
        if self._found is not None:
            wanted = self.search.text().strip()
            self.table.replace_rows([line for line in self._found.teams if wanted in line.name])

    def _open(self, line: "TeamLine") -> None:
        if self._found is not None:
            heading = self.table.model().headerData(self.table.currentIndex().column(), Qt.Orientation.Horizontal)
            self.opened.emit(*_behind(str(heading), line, self._found.month))


def _behind(heading: str, line: "TeamLine", month: str) -> tuple[str, str]:
    """Return page and subject of the list behind a figure."""
    attendance = ("attendance", f"attendance:{line.county}/{month}") if month else ("attendance", "")
    return {
        "未结账月": attendance,
        "事项逾期": ("duties", f"duty:{line.year}/@{line.county}"),
        "外出": ("leave", ""),
        "超假": ("leave", ""),
        "疑点": ("checks", "evidence"),
        "最近收包": ("exchange", ""),
        "旗县": ("roster", f"team:{line.county}/team"),
        "在派": ("roster", f"team:{line.county}/team"),
    }.get(heading, attendance)


def _shown(place: int, heading: str, width: int, tone: str, number: str, shed: int = 0) -> Column:
    """Return the column of a figure, tinted where it is not nothing."""
    return Column(
        heading,
        lambda line: line.words[place],
        width,
        right=True,
        sort=lambda line: -1 if getattr(line, number) is None else getattr(line, number),
        ground=lambda line: tone if tone and getattr(line, number) else "",
        shed=shed,
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column("旗县", lambda line: line.name),
        Column(
            "在派",
            lambda line: line.words[1],
            70,
            right=True,
            sort=lambda line: line.serving,
            ground=lambda line: "warn" if line.serving < line.size else "",
        ),
        _shown(2, "达标", 64, "", "reached"),
        _shown(3, "不足", 64, "bad", "short"),
        _shown(4, "登记不全", 84, "warn", "unknown", 2),
        _shown(5, "人均天数", 84, "", "mean", 1),
        _shown(6, "未结账月", 84, "warn", "unclosed"),
        _shown(7, "事项逾期", 84, "bad", "overdue"),
        _shown(8, "外出", 64, "", "out", 3),
        _shown(9, "超假", 64, "bad", "late"),
        _shown(10, "疑点", 64, "warn", "doubts"),
        Column(
            "最近收包",
            lambda line: line.words[11],
            92,
            right=True,
            sort=lambda line: 9999 if line.age is None else line.age,
            ground=lambda line: "warn" if line.age is None or line.age > _OLD else "",
            shed=4,
        ),
    )
