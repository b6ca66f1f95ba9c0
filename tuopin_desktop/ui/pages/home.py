"""The first page: what is owed today, how things stand, and what should be looked at."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.duties import firstpage
from tuopin_desktop.services.duties.firstpage import HomeState
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.shelves.groups import DAY
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.slips.watchlist import WatchList
from tuopin_desktop.ui.widgets.ask import PDFS, SHEETS, ask_save
from tuopin_desktop.ui.widgets.days import long_day
from tuopin_desktop.ui.widgets.empty import EmptyState, OrEmpty
from tuopin_desktop.ui.widgets.findings import TONES, why
from tuopin_desktop.ui.widgets.page import Page
from tuopin_desktop.ui.widgets.parts import act_button, button, card, column, label, row, tabs
from tuopin_desktop.ui.widgets.table import Column, RecordTable
from tuopin_desktop.ui.widgets.teams import TeamsView

if TYPE_CHECKING:  # what the counts are made with loads after the first page is painted
    from tuopin_desktop.services.duties.today import DueLine
    from tuopin_desktop.services.reporting.overview import Teams


class OwedLine(QFrame):
    """Hidden while nothing is owed; `opened` carries page and subject."""

    opened = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._parts = row(gap=4)
        self.setLayout(row(label("今日要办", "section"), self._parts, None, margins=(16, 4, 8, 4), gap=12))
        self.hide()

    def replace(self, lines: "Sequence[DueLine]") -> None:
        """Show other lines; the keyboard stays where it was among them."""
        places = range(self._parts.count())
        count = next((place for place in places if self._parts.itemAt(place).widget().hasFocus()), -1)
        while (item := self._parts.takeAt(0)) is not None:
            item.widget().deleteLater()
        for line in lines:
            part = button(line.text, partial(self.opened.emit, line.page, line.subject), role="flat", tip=line.hint)
            part.setAccessibleDescription(line.hint)
            self._parts.addWidget(part)
        self.setVisible(bool(lines))
        if count >= 0 and lines:
            self._parts.itemAt(min(count, len(lines) - 1)).widget().setFocus()


_PAINTED_MS = 50
"""What else is owed is asked this long after the page has its numbers: they are painted and can be used first."""

_HINT = "选中一条可看全文和依据，回车或双击打开。"

_PAGE_OF = {"leave_slip": "leave", "contradiction": "checks"}


def standing(desk: Desk) -> HomeState:
    """Return how the office stands: as it was kept, where that is of these records and this day, else anew."""
    before = firstpage.last(desk)
    if before is not None:
        return before
    from tuopin_desktop.services.duties import standing  # noqa: PLC0415 start-up: mostly nothing has changed

    return standing.standing(desk)


def owed(desk: Desk) -> "tuple[DueLine, ...]":
    """Count what else is owed; its code loads here, in the worker, so that the first page opens no later."""
    from tuopin_desktop.services.duties import today  # noqa: PLC0415 start-up: asked after the page is painted

    return today.owed(desk)


def teams(desk: Desk) -> "Teams":
    """Return how every team stands."""
    from tuopin_desktop.services.reporting import overview  # noqa: PLC0415 start-up: asked after the page is painted

    return overview.overview(desk)


def write_teams(desk: Desk, path: Path) -> Path:
    """Write how every team stands as what the file's name says."""
    from tuopin_desktop.services.office import books  # noqa: PLC0415 start-up: most starts print no list
    from tuopin_desktop.services.reporting import overview  # noqa: PLC0415 start-up: as above

    return books.write(desk, path, overview.printed(desk))


class HomePage(Page):
    """Four numbers, what is owed today, the slips a clerk lives by, and other things to do with the reason for each.

    Above a county all teams in a line each come first.
    """

    from_shelves = frozenset({DAY})
    interests = frozenset(KINDS)  # a duty is done by a record of almost any kind

    def __init__(self, asker: Asker, office: OfficeView) -> None:
        super().__init__(asker, office)
        self._later = QTimer(self, singleShot=True, interval=_PAINTED_MS)
        self._waits = False
        self._later.timeout.connect(self._ask_owed)
        self._build()

    def _build(self) -> None:
        whole = QWidget()
        # In its place before anything is in it: what moves later is dressed anew, with all that is in it.
        self._stack = OrEmpty(whole, self._welcome)
        self.body.addWidget(self._stack)
        self.slip = act_button(
            Act.ENTER, "新建请假报备单", lambda: self.wanted.emit("leave", "new"), icon="plus", role="primary"
        )
        self._numbers = {name: label("–", "number") for name in ("posted", "present", "vacant", "away")}
        self._notes = {name: label("", "quiet") for name in self._numbers}
        cards = row(
            self._card("posted", "在派人数", "state:在派"),
            self._card("present", "今日在岗", "state:在岗"),
            self._card("vacant", "空缺岗位", "matrix"),
            self._card("away", "外出未归", "state:外出"),
            gap=12,
        )
        self.watch = WatchList(self.context)
        self.watch.opened.connect(lambda subject: self.wanted.emit("leave", subject))
        lists = row(self.watch, self._todo(), gap=12)
        lists.setStretch(0, 10)
        lists.setStretch(1, 9)
        self.teams: TeamsView | None = None
        self.tabs: QTabBar | None = None
        lower = lists if self.office.level is Level.COUNTY else self._above(lists)
        self.owed = OwedLine()
        self.owed.opened.connect(self.wanted)
        whole.setLayout(column(cards, self.owed, lower, gap=12))

    def _welcome(self) -> QFrame:
        empty = EmptyState(
            "users",
            "花名册还是空的",
            hint="先登记派驻人员：可以从 Excel 花名册导入，也可以逐人录入。",
            first=("导入花名册", lambda: self.wanted.emit("roster", "import")),
            second=("录入人员", lambda: self.wanted.emit("roster", "new")),
        )
        return card(row(empty))

    def _above(self, lists: QHBoxLayout) -> QVBoxLayout:
        """Return the lower part of an office above the counties: their teams, and behind them the lists."""
        self.teams = TeamsView()
        self.teams.opened.connect(self.wanted)
        self.teams.printed.connect(self._ask_print)
        self.tabs = tabs("各总队，或请销假和核对", "各总队", "请销假和核对")
        widget, views = QWidget(), QStackedWidget()
        widget.setLayout(lists)
        views.addWidget(self.teams)
        views.addWidget(widget)
        self.tabs.currentChanged.connect(views.setCurrentIndex)
        whole = column(self.tabs, views, gap=6)
        whole.setStretch(1, 1)
        return whole

    def _card(self, name: str, text: str, goal: str) -> QFrame:
        go = button("查看", lambda: self._go(goal), role="flat")
        go.setAccessibleName(f"查看{text}")
        top = row(label(text, "quiet"), None, go)
        return card(column(top, self._numbers[name], self._notes[name], gap=2, margins=(16, 8, 8, 10)))

    def _todo(self) -> QFrame:
        columns = (
            Column("结论", lambda item: item.verdict.label, 76, tone=lambda item: TONES[item.verdict]),
            Column("对象", lambda item: item.subject_words, 120),
            Column("说明", lambda item: item.sentence),
        )
        self.todo = RecordTable(columns, lambda item: f"{item.rule} {item.subject}", "待办事项")
        self.todo.opened.connect(self._open)
        self.todo.current_changed.connect(self._explain)
        self._count = label("", "faint")
        self._why = label(_HINT, "quiet", wrap=True)
        head = row(label("按办法核对", "section"), self._count, None, margins=(16, 10, 16, 0))
        self._notice = label("", wrap=True)
        self._notice.hide()
        foot = column(self._notice, self._why, gap=2, margins=(16, 6, 16, 10))
        self._list = OrEmpty(
            self.todo, lambda: EmptyState("circle-check", "没有待办事项", hint="各项要求都符合办法规定。")
        )
        layout = column(head, row(self._list, margins=(8, 0, 8, 0)), foot, gap=4)
        layout.setStretch(1, 1)
        return card(layout)

    # -- answers

    def refresh(self) -> None:
        self.asker.ask(standing, then=self._show, failed=self.complain, lane="home")

    def _show(self, state: HomeState) -> None:
        heads = state.heads
        self.head("首页", f"{long_day(self.office.today)} · {self.office.name}", [self.slip] if heads.total else [])
        self._stack.show_whole(bool(heads.total))
        beside = f"，另有驻村{heads.others}人" if heads.others else f"，{state.teams}个总队应派{state.teams * 5}人"
        self._number("posted", heads.posted, f"花名册{heads.total}人{beside}")
        self._number("present", heads.present, "在派人数减去外出未归人数")
        self._number("vacant", state.vacant, "按每队5个岗位计" if state.vacant else "没有空缺")
        beside = f"，另有驻村{state.slips_others}张" if state.slips_others else ""
        self._number("away", heads.out, f"报备单{state.slips}张，含到期未销假的{beside}")
        self.todo.replace_rows(state.findings)
        self._list.show_whole(bool(state.findings))
        self._why.setVisible(bool(state.findings))
        self._count.setText(f"{len(state.findings)}条" if state.findings else "")
        self.watch.replace(state.watched)
        if heads.total:
            self._waits = self.window() is not self  # in a window it waits until that has been painted
            if self._waits:
                QTimer.singleShot(0, self, self._wait)  # after what is to be painted, however long that takes
            else:
                self._ask_owed()

    def _wait(self) -> None:
        if self._waits and self.isVisible():
            self._later.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._later.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._waits:
            QTimer.singleShot(0, self, self._wait)  # shown is not painted yet

    def _ask_owed(self) -> None:
        self._waits = False
        self.asker.ask(owed, then=self.owed.replace, failed=self.complain, lane="owed")
        if self.teams is not None:
            self.asker.ask(teams, then=self.teams.replace, failed=self.complain, lane="teams")

    def _ask_print(self) -> None:
        name = f"各工作总队情况一览表{self.office.today:%Y%m%d}.pdf"
        ask_save(self, "保存一览表", name, f"{PDFS};;{SHEETS}", self.write_teams)

    def write_teams(self, path: Path) -> None:
        """Write the list of teams."""
        message = self.message
        self.asker.ask(write_teams, path, then=lambda at: message.say_file(at), failed=self.complain)

    def _number(self, name: str, number: int, note: str) -> None:
        self._numbers[name].setText(str(number))
        self._notes[name].setText(note)

    def _explain(self, finding: Finding | None) -> None:
        self._notice.setText(f"{finding.subject_words}：{finding.sentence}" if finding else "")
        self._notice.setVisible(finding is not None)
        self._why.setText(why(finding) if finding else _HINT)

    def _open(self, finding: Any) -> None:
        kind = ids.split(finding.subject)[0]
        self.wanted.emit(_PAGE_OF.get(kind, "roster"), finding.subject)

    def _go(self, goal: str) -> None:
        self.wanted.emit("roster", goal)

    # -- keys

    def take_keyboard(self) -> None:
        if self.teams is not None and self.tabs is not None and self.tabs.currentIndex() == 0:
            self.teams.table.enter()
        else:
            (self.watch.table if self.watch.table.isVisible() else self.todo).enter()

    def new(self) -> None:
        self.wanted.emit("leave", "new")

    def search(self) -> None:
        self.wanted.emit("roster", "search")
