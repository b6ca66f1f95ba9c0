"""Above the county: every team's weekly notes and logs of the last weeks in one picture, who is behind on top."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from tuopin_desktop.services.journals.behind import NOBODY, WEEKS, TeamJournals
from tuopin_desktop.ui.widgets.chips import Chips
from tuopin_desktop.ui.widgets.front import Front
from tuopin_desktop.ui.widgets.parts import column, label, row
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_MARKS = {"ok": "●", "warn": "◐", "quiet": "○", "bad": "×", NOBODY: "·"}
_LEGEND = (
    f"周记从左到右是近{WEEKS}周，最右是本周：● 已签字或已查看　◐ 迟签或没有　○ 已写未签、未到期　× 逾期未写"
    "　· 还没有人。日志是这几周写了的人天。"
)
_BEHIND = "behind"


class BehindView(Front):
    """Shows the teams; `chosen(county)` wants the lists of one."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._rows: tuple[TeamJournals, ...] = ()
        self.lists = Chips({"": "全部", _BEHIND: "落后"}, "总队", {_BEHIND: "bad"})
        self.lists.chosen.connect(lambda: self._narrow())
        self.table = RecordTable(_columns(), lambda line: line.county, "各总队的日志和周记", nothing="没有总队。")
        self.table.opened.connect(lambda line: self.chosen.emit(line.county))
        tools = row(self.lists, None, label("回车打开一个总队", "hint"), margins=(12, 8, 12, 0))
        foot = label(_LEGEND, "hint", wrap=True)
        layout = column(tools, self.table, row(foot, margins=(12, 0, 12, 0)), gap=4, margins=(5, 0, 5, 8))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.begin_at(self.table)

    def replace(self, rows: Sequence[TeamJournals]) -> None:
        """Show other lines."""
        self._rows = tuple(rows)
        self.lists.count({"": len(self._rows), _BEHIND: sum(line.is_behind for line in self._rows)})
        self._narrow()

    @property
    def state_words(self) -> str:
        """What the head of the page says of it."""
        return f"{len(self._rows)}个总队，落后{sum(line.is_behind for line in self._rows)}个"

    def _narrow(self) -> None:
        only = self.lists.code() == _BEHIND
        self.table.replace_rows([line for line in self._rows if line.is_behind or not only])


def _columns() -> tuple[Column, ...]:
    return (
        Column("盟市", lambda line: line.league, 110, shed=1),
        Column("旗县", lambda line: line.name, 150, most=220),
        Column("在派", lambda line: str(line.people), 56, right=True, sort=lambda line: line.people),
        Column("状态", _state, 110, tone=lambda line: "bad" if line.is_behind else "ok" if line.people else "quiet"),
        Column(f"近{WEEKS}周周记", _picture, 150, sort=lambda line: line.missing, tip=_weeks),
        Column("缺周记", lambda line: str(line.missing or ""), 70, right=True, sort=lambda line: line.missing),
        Column(f"近{WEEKS}周日志", lambda line: f"{line.logs}人天", 110, right=True, sort=lambda line: line.logs),
        Column("最近一篇日志", _last, 110, sort=lambda line: str(line.last or "")),
    )


def _state(line: TeamJournals) -> str:
    if not line.people:
        return "没有在派人员"
    if line.missing:
        return f"缺{line.missing}周"
    return "没有日志" if not line.logs else "跟上了"


def _picture(line: TeamJournals) -> str:
    return " ".join(_MARKS[one.tone] for one in line.weeks)


def _weeks(line: TeamJournals) -> str:
    return "、".join(one.text for one in line.weeks)


def _last(line: TeamJournals) -> str:
    return f"{line.last.month}月{line.last.day}日" if line.last else "没有"
