"""A county's first page: where everybody is today, what is owed, which slips wait, the month so far, what was sent."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.home.countystate import BACK, CountyState, Follow, Task
from tuopin_desktop.services.home.firstpage import HomeState
from tuopin_desktop.services.home.rowsbehind import Behind, of_follows, of_people, of_tasks
from tuopin_desktop.services.shelves.groups import DAY
from tuopin_desktop.ui.front.lines import Line, LinesCard
from tuopin_desktop.ui.front.monthcard import MonthCard
from tuopin_desktop.ui.front.openrows import OpenRows
from tuopin_desktop.ui.front.orclosing import OrClosing
from tuopin_desktop.ui.front.questions import standing
from tuopin_desktop.ui.front.sentcard import SentCard
from tuopin_desktop.ui.front.strip import Strip
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.slips.travellers import EXTEND
from tuopin_desktop.ui.widgets.days import long_day
from tuopin_desktop.ui.widgets.empty import EmptyState, OrEmpty
from tuopin_desktop.ui.widgets.keys import on_key
from tuopin_desktop.ui.widgets.page import Page
from tuopin_desktop.ui.widgets.parts import act_button, card, column, row


class HomePage(Page):
    """Everything is of one answer with one time; each line opens the place where it is mended, each number its rows."""

    from_shelves = frozenset({DAY})
    interests = frozenset(KINDS)  # a duty is done by a record of almost any kind

    def __init__(self, asker: Asker, office: OfficeView) -> None:
        super().__init__(asker, office)
        self._county: CountyState | None = None
        self._rows: Callable[[], Behind] = lambda: of_people(())
        self._words = ""
        self._build()

    def _build(self) -> None:
        whole = QWidget()
        # In its place before anything is in it: what moves later is dressed anew, with all that is in it.
        self._stack = OrEmpty(whole, self._welcome)
        self.open_rows = OpenRows(self._stack)
        self.ended = OrClosing(self.open_rows)
        self.ended.opened.connect(self.wanted)
        self.body.addWidget(self.ended)
        self.slip = act_button(
            Act.ENTER, "新建请假报备单", lambda: self.wanted.emit("leave", "new"), icon="plus", role="primary"
        )
        self.strip = Strip()
        self.tasks = LinesCard("今天要办", "全部履职事项", "类")
        self.follows = LinesCard("请假要跟进", "全部报备单", "张")
        self.month = MonthCard()
        self.sending = SentCard()
        self._connect()
        middle = row(self.tasks, self.follows, gap=12)
        middle.setStretch(0, 14)
        middle.setStretch(1, 13)
        lower = row(self.month, self.sending, gap=12)
        lower.setStretch(0, 70)
        lower.setStretch(1, 30)
        layout = column(self.strip, middle, lower, gap=10)
        for at, stretch in enumerate((13, 26, 15)):
            layout.setStretch(at, stretch)
        whole.setLayout(layout)

    def _connect(self) -> None:
        self.open_rows.opened.connect(self.wanted)
        self.open_rows.left.connect(self.back)
        self.open_rows.titled.connect(lambda title: self.head(title, self._words))
        self.strip.opened.connect(self._next)
        self.strip.rows_wanted.connect(self.show_people)
        self.sending.opened.connect(self.wanted)
        self.month.month_wanted.connect(lambda month: self.wanted.emit("attendance", month))
        self.tasks.pressed.connect(self._do)
        self.tasks.rows_wanted.connect(self.show_rows)
        self.tasks.followed.connect(lambda: self.wanted.emit("duties", f"duty:{self.office.today.year}/"))
        self.follows.pressed.connect(self._follow_up)
        self.follows.rows_wanted.connect(lambda _: self.show_follows())
        self.follows.followed.connect(lambda: self.wanted.emit("leave", ""))
        for keys in ("Q", "Ctrl+R"):
            on_key(self.follows, keys, "销假…", self.ask_return)

    def _welcome(self) -> QFrame:
        empty = EmptyState(
            "users",
            "花名册还是空的",
            hint="先登记派驻人员：可以从 Excel 花名册导入，也可以逐人录入。",
            first=("导入花名册", lambda: self.wanted.emit("roster", "import")),
            second=("录入人员", lambda: self.wanted.emit("roster", "new")),
        )
        return card(row(empty))

    # -- answers

    def refresh(self) -> None:
        self.asker.ask(standing, then=self._show, failed=self.complain, lane="home")

    def _show(self, state: HomeState) -> None:
        self._words = f"{long_day(self.office.today)} · 数字截至 {state.at:%H:%M}"
        if self.ended.show_state(state.closing) and state.closing is not None:
            self._county = None
            self.open_rows.leave()
            self.head("首页", self._words)
            self.owed.emit(state.closing.badges)
            return
        self._stack.show_whole(state.county is not None)
        self._county = county = state.county
        if county is None:
            self.open_rows.leave()
            self.head("首页", f"{long_day(self.office.today)} · {self.office.name}")
            self.owed.emit({})
            return
        if self.open_rows.view is None:
            self._name()
        else:
            self.open_rows.renew(self._rows())
        self.strip.replace(county.people)
        count, late = sum(one.count for one in county.tasks), sum(one.late for one in county.tasks)
        text = f"{len(county.tasks)}类{count}项" + (f"，其中逾期{late}项" if late else "")
        self.tasks.replace([_line(one) for one in county.tasks], text if count else "", "眼下没有要办的")
        slips = [_slip(one) for one in county.follows]
        self.follows.replace(slips, f"{len(slips)}张" if slips else "", "没有要跟进的报备单")
        self.month.replace(county)
        if county.sending is not None:
            self.sending.replace(county.sending)
        self.owed.emit(county.badges)

    def _name(self) -> None:
        self.head("首页", self._words, [self.slip])

    def _do(self, key: str) -> None:
        task = self._task(key)
        if task is not None:
            self.wanted.emit(task.page, task.subject)

    def _task(self, key: str) -> Task | None:
        return next((one for one in self._county.tasks if one.key == key), None) if self._county else None

    # -- the rows behind a number

    def show_rows(self, key: str) -> None:
        """Show what the number of a task counts, or of all ("")."""
        name = task.name if (task := self._task(key)) else "今天要办"

        def rows() -> Behind:  # a line that is done by now has none
            every = self._county.tasks if self._county else ()
            return of_tasks([one for one in every if not key or one.key == key], name)

        self._show_behind(rows)

    def show_people(self) -> None:
        """Show where everybody is as a list."""
        if self._county is not None:
            self._show_behind(lambda: of_people(self._county.people if self._county else ()))

    def show_follows(self) -> None:
        """Show every slip that is followed up."""
        if self._county is not None:
            self._show_behind(lambda: of_follows(self._county.follows if self._county else ()))

    def _show_behind(self, rows: Callable[[], Behind]) -> None:
        self._rows = rows
        self.open_rows.show_rows(rows(), self._came_to())

    def back(self) -> None:
        """Go back from rows to the line they were asked from."""
        if self.open_rows.view is not None:
            self.open_rows.leave()
            self._name()
            self.open_rows.give_back(self.tasks)

    # -- keys

    def ask_return(self) -> None:
        """Ask when the traveller of the line with the keyboard came back."""
        focus = self.follows.focused()
        follow = self._follow(focus.line.key) if focus else None
        if follow is None or not follow.is_out:
            self.message.say("请先选中外出或到期的人员，再销假。", "warn")
        else:
            self._ask_return(follow)

    def _follow(self, slip_id: str) -> Follow | None:
        return next((one for one in self._county.follows if one.slip.id == slip_id), None) if self._county else None

    def _follow_up(self, slip_id: str) -> None:
        """Do what the button of a slip says: ask when somebody came back, or open the slip."""
        follow = self._follow(slip_id)
        if follow is not None and follow.button == BACK:
            self._ask_return(follow)
        else:
            self.wanted.emit("leave", ids.key("leave_slip", slip_id))

    def _ask_return(self, follow: Follow) -> None:
        from tuopin_desktop.ui.slips import returning  # noqa: PLC0415 start-up: it loads every rule

        def extend(slip_id: str) -> None:
            self.wanted.emit("leave", f"{EXTEND}{slip_id}")

        place = self._came_to()
        anchor = QRect(place.mapToGlobal(QPoint(0, 0)), place.size())
        returning.ask_return(self.context, [follow.slip.id], anchor, extend)

    def _came_to(self) -> QWidget:
        """Return the button that was pressed, else the card."""
        focus = QApplication.focusWidget()
        return focus if focus is not None and self.isAncestorOf(focus) else self.follows

    def _next(self, place: str, subject: str) -> None:
        """Do what is next of somebody in the strip."""
        kind, _, record_id = subject.partition(":")
        if kind == "leave_slip":
            self._follow_up(record_id)
        else:
            self.wanted.emit(place, subject)

    def take_keyboard(self) -> None:
        if self.ended.front is not None and self.ended.front.isVisible():
            self.ended.front.setFocus()
        elif self.open_rows.view is not None:
            self.open_rows.view.setFocus()
        else:
            (self.follows if not self.tasks.rows and self.follows.rows else self.tasks).enter()

    def new(self) -> None:
        self.wanted.emit("leave", "new")

    def search(self) -> None:
        self.wanted.emit("roster", "search")


def _line(task: Task) -> Line:
    return Line(
        key=task.key,
        icon=task.icon,
        name=task.name,
        count=task.count,
        text=task.text,
        since=task.since,
        tone=task.tone,
        button=task.button,
    )


def _slip(follow: Follow) -> Line:
    return Line(
        key=follow.slip.id,
        name=follow.slip.name,
        word=follow.word,
        tone=follow.tone,
        text=follow.text,
        tip=follow.tip,
        button=follow.button,
    )
