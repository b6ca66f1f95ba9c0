"""The main window: rail, pages, and the line at the foot that says what is saved, where, and by whom."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QMainWindow, QScrollArea, QSizePolicy, QSplitter, QStackedWidget, QWidget

from tuopin_desktop.domain.roles import Signed
from tuopin_desktop.ui.ahead import PagesAhead
from tuopin_desktop.ui.clocks import DayWatch, at_work, today
from tuopin_desktop.ui.closing import Closing
from tuopin_desktop.ui.doors import Door, key_of
from tuopin_desktop.ui.footer import Footer
from tuopin_desktop.ui.judgingnote import JudgingNote
from tuopin_desktop.ui.lists.dropping import Dropping
from tuopin_desktop.ui.lists.ways import PageWays
from tuopin_desktop.ui.manual import Manual
from tuopin_desktop.ui.messages import Messages, now
from tuopin_desktop.ui.panes import Panes
from tuopin_desktop.ui.plumbing.office import OfficeView, office_of
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.settlingline import SettlingLine
from tuopin_desktop.ui.unfinished import Unfinished
from tuopin_desktop.ui.widgets.ask import ask_reason
from tuopin_desktop.ui.widgets.keys import on_window_key
from tuopin_desktop.ui.widgets.memory import keep_page, last_page
from tuopin_desktop.ui.widgets.page import Page
from tuopin_desktop.ui.widgets.parts import column, row
from tuopin_desktop.ui.widgets.rail import Rail

if TYPE_CHECKING:  # loads after the window is shown
    from tuopin_desktop.ui.login.lock import Lock
    from tuopin_desktop.ui.practicestrip import PracticeStrip

PRODUCT = "脱贫攻坚工作总队管理"
_NAMED = frozenset({"office", "rule_pack", "station", "revocation", "user"})
"""Kinds by which the window is called otherwise, or a form has other choices."""
_KEYS = (
    ("Ctrl+F", "搜索", "search"),
    ("Ctrl+N", "新建", "new"),
    ("Ctrl+S", "保存", "save"),
    ("Ctrl+P", "打印", "print_"),
    ("Ctrl+Z", "撤销刚才的操作", "undo"),
)
"""The keys every page knows, what they do, and what they call on it."""


def _measure_only(opened: Page, pages: Iterable[Page], stack: QStackedWidget) -> None:
    """A stack is as wide as its widest page; beside the words of the rail that one would not fit a small screen."""
    for page in pages:
        policy = QSizePolicy.Policy.Preferred if page is opened else QSizePolicy.Policy.Ignored
        page.setSizePolicy(policy, policy)
    stack.updateGeometry()


def open_last(shell: "Shell") -> None:
    """Open the page that stood open when the program ended, unless there is something to be read on the first."""
    if (key := last_page(shell)) in shell.doors and key != shell.here and not shell.page.message.sentence:
        shell.open_page(key)


def _scrolling(stack: QStackedWidget) -> QScrollArea:
    """Return a place for the pages: one that needs more room than the window has is scrolled."""
    room = QScrollArea()
    room.setWidgetResizable(True)
    room.setFrameShape(QFrame.Shape.NoFrame)
    room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    room.setWidget(stack)
    return room


def _strip(shell: "Shell", asker: Asker, *, practice: bool) -> "QFrame | PracticeStrip":
    """Return the line above the pages of a practice office; a real one has an empty one that nobody sees."""
    if not practice:
        frame = QFrame()
        frame.setObjectName("practice")
        frame.hide()
        return frame
    from tuopin_desktop.ui.practicestrip import PracticeStrip  # noqa: PLC0415 start-up: practice offices alone

    strip = PracticeStrip(asker)
    strip.page_wanted.connect(lambda key: shell.open_page(key))
    shell.helped.connect(strip.note_help)
    strip.look()
    return strip


class Shell(QMainWindow):
    """Holds the pages, sends the shared keys to the one that stands open, and tells pages when records changed.

    `large_wanted` asks for the window to be built anew with larger or normal letters, `restore_wanted` for the
    office to be opened anew from a copy; `day_turned` says that another day has begun, `helped` that help was opened.
    """

    large_wanted = Signal(bool)
    restore_wanted = Signal(object)
    day_turned = Signal()
    helped = Signal()

    def __init__(self, asker: Asker, office: OfficeView, doors: Sequence[Door], *, large: bool = False) -> None:
        super().__init__()
        self._large = large
        self._asker = asker
        self._office = office
        self.guard: Lock | None = None
        """Locks the window, once it is shown."""
        self.doors = {door.key: door for door in doors}
        self._pages: dict[str, Page] = {}
        self._judging = JudgingNote(asker, self._pages, self._ask_again, self)
        self._closing = Closing(self, self._pages, lambda: self.unfinished.keeper, (self.leave, self.part))
        self._stale, self._aged = set[str](), set[str]()
        self.here, self._may_close = "", False  # the key of the page that stands open; whether nobody asks any more
        self._days = DayWatch(asker, self, self._turn_day)
        self.log = Messages(self, asker)
        self._side = QSplitter(Qt.Orientation.Horizontal)  # room for the help, which comes when it is asked for
        self._build(doors)
        self._dropping = Dropping(self, lambda: self.page, self.open_page)
        asker.changed.connect(self._changed)
        asker.troubled.connect(self._complain)
        self.unfinished = Unfinished(self, asker, self._pages, self.doors, (self._make, self.open_page), office.who)
        self.manual = Manual(self._side, asker, lambda: (self.here, self.page), self.every_page, office.level.value)
        self.manual.opened.connect(self.helped)
        self.ahead = PagesAhead(self, list(self.doors), self._pages, self._make)
        asker.reasons = ask_reason(self)
        self.open_page(next(iter(self.doors)))

    def _build(self, doors: Sequence[Door]) -> None:
        names = [(door.key, door.label, door.icon, key_of(place)) for place, door in enumerate(doors)]
        self._rail = Rail(names, self._office.name, large=self._large)
        self._rail.large_wanted.connect(self._want_large)
        self._rail.chosen.connect(self.open_page)
        self._rail.help_wanted.connect(lambda: self.manual.toggle())
        self.panes = Panes(lambda: self.page, self._rail, lambda: self.manual.as_pane)
        self._stack = QStackedWidget()
        self._strip = _strip(self, self._asker, practice=self._office.practice)
        self._room = _scrolling(self._stack)
        right = QWidget()
        right.setLayout(column(self._strip, self._room, gap=0))
        self._side.setChildrenCollapsible(False)
        self._side.addWidget(right)
        (middle := row(self._rail, gap=0)).addWidget(self._side, 1)
        settling = SettlingLine(self._asker, lambda text: self.page.message.say(text, "warn"))
        self._footer = Footer(self._office.folder, settling)
        self._footer.lock_wanted.connect(self.lock)
        self._footer.messages_wanted.connect(self.log.open)
        whole = QWidget()
        whole.setLayout(column(middle, self._footer, gap=0))
        self.cover = QStackedWidget()
        self.cover.addWidget(whole)
        self.setCentralWidget(self.cover)
        self._keys()
        self._name(self._office)

    def _name(self, office: OfficeView) -> None:
        """Say whose window this is; the office may have been given another name or clerk."""
        mark = "【练习】" if office.practice else ""
        self.setWindowTitle(f"{mark}{PRODUCT} - {office.name}")
        self._rail.name(office.name)
        self._footer.name(office)
        if office.who != self._office.who:
            self._office.who = office.who
            self._aged |= set(self._pages) - {self.here}  # what one may do is built into a page
        if office.vocabulary != self._office.vocabulary:
            self._office.vocabulary = office.vocabulary
            self._aged |= set(self._pages) - {self.here}  # their choices were made of the words before

    def _keys(self) -> None:
        for place, key in enumerate(self.doors):
            on_window_key(self, key_of(place), f"打开“{self.doors[key].label}”", partial(self.open_page, key))
        for keys, text, name in _KEYS:
            on_window_key(self, keys, text, partial(self._send, name))
        on_window_key(self, "Esc", "清除搜索，或返回上一步，已输入的内容保留", self.panes.escape)
        on_window_key(self, "F6", "换到窗口的下一块", self.panes.go_on)
        on_window_key(self, "F1", "打开、关闭本页说明", lambda: self.manual.toggle())
        on_window_key(self, "F5", "重新读取", self._refresh)
        on_window_key(self, "Ctrl+L", "锁定窗口，没写完的都在", self.lock)

    # -- pages

    @property
    def who(self) -> Signed:
        """Who the window was built for."""
        return self._office.who

    @property
    def page(self) -> Page:
        """The page that stands open."""
        page = self._stack.currentWidget()
        assert isinstance(page, Page)
        return page

    def open_page(self, key: str) -> None:
        """Show a page; it asks again when something changed while it was away."""
        self._days.look()
        self._show_page(key)
        keep_page(self, key)

    def _show_page(self, key: str) -> None:
        if key in self._aged:
            self._put_away(key)
        page = self._pages.get(key) or self._make(key)
        # Before the other is hidden: a hidden page's change of size is not heard.
        _measure_only(page, self._pages.values(), self._stack)
        self._stack.setCurrentWidget(page)
        self.here = key
        self._rail.mark(key)
        if key in self._stale:
            self._refresh()
        self.page.take_keyboard()
        self.manual.follow()

    def _ask_again(self, kinds: frozenset[str]) -> None:
        self._stale |= {key for key, page in self._pages.items() if page.interests & kinds}
        if self.here in self._stale:
            self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rail.fit(self.width())

    def _make(self, key: str) -> Page:
        """Make a page when it is first opened: all of them at once were half of the time to the first window."""
        page = self._pages[key] = self.doors[key](self._asker, self._office)
        PageWays(page)
        page.wanted.connect(self._follow)
        page.large_wanted.connect(self._want_large)
        page.restore_wanted.connect(self._want_restore)
        page.settled.connect(self._closing.settled)
        page.owed.connect(self._rail.count)
        self._stack.addWidget(page)
        self._judging.tell(page)
        self._stale.add(key)
        return page

    def _turn_day(self, day: date) -> None:
        """Begin every page anew when another day has come; one at which somebody works stays until that is kept."""
        if day == self._office.today:
            return
        self._office.today = day
        self._aged |= set(self._pages)
        self._stale |= set(self._pages)
        for key in list(self._pages):
            self._put_away(key)
        self._show_page(self.here)  # anew, or with the new day's rows
        self.day_turned.emit()

    def _put_away(self, key: str) -> bool:
        """Let a page of another day go, unless somebody works at it; tell whether it went."""
        page = self._pages[key]
        if at_work(page):
            return False
        del self._pages[key]
        self._aged.discard(key)
        self._stack.removeWidget(page)
        page.hide()
        self._asker.ask(today, then=page.retire)  # after the answers it still awaits
        return True

    def every_page(self) -> list[tuple[str, Page]]:
        """Return every page by what its door is called; those not opened yet are made."""
        return [(door.label, self._pages.get(key) or self._make(key)) for key, door in self.doors.items()]

    def lock(self) -> None:
        """Lock the window (Ctrl+L)."""
        if self.guard is not None:
            self.guard.lock()

    def _refresh(self) -> None:
        self._stale.discard(self.here)
        self.page.refresh()

    def _send(self, name: str) -> None:
        getattr(self.page, name)()

    def _follow(self, key: str, subject: str) -> None:
        self.open_page(key)
        self._pages[key].show_subject(subject)

    def _changed(self, kinds: frozenset[str]) -> None:
        self._asker.ask(now, then=self._tell_saved, lane="saved")
        if self.guard is not None and kinds & {"user", "access"}:
            self.guard.look()
        if kinds & _NAMED:
            self._asker.ask(office_of, then=self._name, lane="named")
        self._ask_again(kinds)

    def _tell_saved(self, moment: datetime) -> None:
        self._footer.saved.setText(f"已保存 {moment:%H:%M}")

    def _complain(self, error: Any) -> None:
        self.page.complain(error)

    def _want_large(self, large: bool) -> None:
        """The window is built anew for another letter size, so nothing unsaved may stand in it."""
        if self._closing.settle() or self._closing.unsaved:
            self._rail.set_large(self._large)
            self._refresh()
            self.page.message.say("有内容还没有保存，请先保存，再切换大字显示。", "warn")
            return
        self.large_wanted.emit(large)

    def _want_restore(self, path: Path) -> None:
        """The office is closed and opened anew, so nothing unsaved may stand in the window."""
        if self._closing.settle() or self._closing.unsaved:
            self.page.message.say("有内容还没有保存，请先保存，再恢复备份。", "warn")
            return
        self.restore_wanted.emit(path)

    # -- closing

    def _unsaved(self) -> str:
        return self._closing.unsaved

    def leave(self) -> None:
        """Close without asking; what is not saved is given up."""
        self.unfinished.keeper.give_up()
        self._may_close = True
        self.close()

    def part(self) -> None:
        """Close without asking; what is not saved is kept for whoever opens the window next."""
        self.keep()
        self._may_close = True
        self.close()

    def keep(self) -> None:
        """Keep what is not saved for whoever opens a window next."""
        self._closing.keep()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_close:
            self._closing.decide(event, is_locked=self.guard is not None and self.guard.is_locked)
        if event.isAccepted():
            self.ahead.rest()
        if event.isAccepted() and self.guard is not None:
            self.guard.rest()
