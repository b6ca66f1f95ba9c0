"""The list of leave slips."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget

from tuopin_desktop.domain.halves import parse_stored
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.domain.records.choices import LEAVE_TYPE
from tuopin_desktop.ui.pages.leave.questions import FILTERS, UNSAVED, SlipRow
from tuopin_desktop.ui.plumbing.facts import DeskFacts
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.days import short_period
from tuopin_desktop.ui.widgets.empty import EmptyState
from tuopin_desktop.ui.widgets.parts import column, label, row
from tuopin_desktop.ui.widgets.search import SearchLine
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_TONES = {
    UNSAVED: "bad",
    "超假未归": "bad",
    "未批准": "bad",
    "待签字": "warn",
    "签字中": "warn",
    "今日到期": "warn",
    "待销假": "warn",
    "超假返回": "warn",
    "按期返回": "ok",
    "提前返回": "ok",
    "已批准": "ok",
}


class SlipList(QFrame):
    """`asked(text, state)` wants other rows, `opened` carries the row to look at."""

    asked = Signal(str, str)
    opened = Signal(object)

    def __init__(self, facts: DeskFacts) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._kept: tuple[SlipRow, ...] = ()
        self._drafts: tuple[SlipRow, ...] = ()
        self.search = SearchLine("姓名、拼音首字母、编号、地点", "搜索报备单")
        self.search.setMinimumWidth(260)
        self.search.setMaximumWidth(320)
        self.search.searched.connect(lambda: self.ask())
        self.search.entered.connect(self._enter)
        self.state = FilterBox("全部状态", FILTERS, "按状态筛选")
        self.state.chosen.connect(lambda: self.ask())
        self.table = RecordTable(_columns(facts), lambda item: item.slip.id, "请假报备单列表", many=True)
        self.table.opened.connect(self.opened)
        self.search.left_down.connect(self.table.enter)
        self._shown = label("", "quiet")
        self._nothing = EmptyState("search", "没有找到", hint="换一个词试试，或者清除筛选。")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._nothing)
        tools = row(self.search, self.state, None, self._shown, margins=(12, 10, 16, 4))
        layout = column(tools, self._stack, gap=2, margins=(5, 0, 5, 6))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.table)

    @property
    def rows(self) -> tuple[SlipRow, ...]:
        """All rows shown: what is not saved first."""
        kept = {item.slip.id for item in self._drafts}
        return (*self._drafts, *(item for item in self._kept if item.slip.id not in kept))

    @property
    def narrowed(self) -> bool:
        """Whether a search or a filter is set."""
        return bool(self.search.text().strip() or self.state.code())

    def ask(self) -> None:
        """Ask for the rows that fit."""
        self.asked.emit(self.search.text().strip(), self.state.code())

    def _enter(self) -> None:
        self.ask()
        self.table.enter()

    def replace(self, kept: Sequence[SlipRow], drafts: Mapping[str, LeaveSlip]) -> None:
        """Show other rows; slips that are not saved stand on top."""
        self._kept = tuple(kept)
        self._drafts = tuple(SlipRow(slip, UNSAVED) for slip in drafts.values())
        self.table.replace_rows(self.rows)
        self._stack.setCurrentIndex(0 if self.rows else 1)
        self._shown.setText(f"显示 {len(self.rows)} 张")


def _columns(facts: DeskFacts) -> list[Column]:
    found = [
        Column("编号", lambda item: item.slip.number, 96),
        Column("姓名", lambda item: item.slip.name, 100),
        Column("驻旗县", lambda item: item.slip.county, 160, shed=1),
        Column("外出地点", lambda item: item.slip.place, 130),
        Column("起止时间", _period, 186, sort=lambda item: item.slip.period),
        Column("天数", _days, 56, right=True, sort=_halves),
        Column("假别", lambda item: LEAVE_TYPE.word(item.slip.leave_type), 84, shed=2),
        Column("事由", lambda item: item.slip.reason, 150, shed=3),
        Column("未办事项", _owed),
        Column("状态", lambda item: item.state, 84, tone=lambda item: _TONES.get(item.state, "quiet")),
    ]
    return [item for item in found if item.title != "驻旗县" or facts.level is not Level.COUNTY]


def _owed(item: SlipRow) -> str:
    return "；".join(item.owed)


def _period(item: SlipRow) -> str:
    return short_period(parse_stored(item.slip.period)) or item.slip.period


def days_words(stored: str) -> str:
    """Return the natural days of a period, by halves: 4 or 2.5; nothing when it is not readable."""
    period = parse_stored(stored)
    return f"{period.days:g}" if period else ""


def _days(item: SlipRow) -> str:
    return days_words(item.slip.period)


def _halves(item: SlipRow) -> int:
    period = parse_stored(item.slip.period)
    return period.halves if period else 0
