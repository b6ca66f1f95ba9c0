"""The list of duties: what presses, all of a year, or those of one square of the map."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget

from tuopin_desktop.domain.duties.duty import Duty, State, count_duties, overdue
from tuopin_desktop.domain.findings import article_words
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.services.duties.radar import state_words
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.widgets.chips import Chips
from tuopin_desktop.ui.widgets.empty import EmptyState
from tuopin_desktop.ui.widgets.parts import button, column, label, row
from tuopin_desktop.ui.widgets.search import SearchLine
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_SOON = 5
"""Days before its due day from which a duty is yellow."""

LISTS = {"due": "要办的", "late": "全年逾期", "all": "全年", "done": "已办结"}


class DutyList(QFrame):
    """`opened` carries the duty to look at, `closed` wants the map back; rows are filtered here, they are few."""

    opened = Signal(object)
    closed = Signal()
    team_wanted = Signal()

    def __init__(self, office: OfficeView) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._due: tuple[Duty, ...] = ()
        self._all: tuple[Duty, ...] = ()
        self._square: tuple[str | None, str] | None = None
        self.chips = Chips(LISTS, "履职事项", {"due": "warn"})
        self.chips.chosen.connect(lambda _: self._show())
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
        self._shown = label("", "quiet")
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
        tools = row(self._back, self._what, self.chips, None, self._shown, self.search, margins=(12, 10, 12, 4), gap=10)
        layout = column(tools, self._stack, gap=2, margins=(5, 0, 5, 6))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.table)

    def replace(self, due: Sequence[Duty], whole: Sequence[Duty]) -> None:
        """Show other duties."""
        self._due, self._all = tuple(due), tuple(whole)
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
        fresh = self._fresh_here and not self._all
        self._stack.setCurrentWidget(self.table if rows else self._fresh if fresh else self._nothing)
        self.setFocusProxy(self._fresh if fresh else self.table)
        self._nothing.say(*_words_for_nothing(self.chips.code(), searched=bool(target), known=bool(self._all)))
        late, count = count_duties(overdue(rows)), count_duties(rows)
        lines = f"（合为{len(rows)}行）" if count > len(rows) else ""
        self._shown.setText(f"{count}项{lines}" + (f"，逾期{late}项" if late else ""))


def _searched(duty: Duty) -> str:
    return f"{duty.what} {duty.who} {duty.period}".casefold()


def _words_for_nothing(code: str, *, searched: bool, known: bool) -> tuple[str, str]:
    if searched:
        return "没有找到", "换一个词试试。"
    if not known:
        return "还没有履职事项", "在“队伍与人员”登记总队的进驻日期或派驻人员后，全年应办的事项会自动列出。"
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
