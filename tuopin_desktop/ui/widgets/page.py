"""What every page is: a title with one line of state, its buttons, its messages, and the keys all pages share."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple, cast

import msgspec
from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QLayout, QTabBar, QWidget

from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.services.office.desk import Desk, Standing
from tuopin_desktop.ui.plumbing.awaited import Awaited
from tuopin_desktop.ui.plumbing.drafting import Draft
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import Answer, Args, Asker, Failed, Progress, Ticket
from tuopin_desktop.ui.widgets.landing import Landing
from tuopin_desktop.ui.widgets.message import Toasts, cause_of
from tuopin_desktop.ui.widgets.oneline import OneLine
from tuopin_desktop.ui.widgets.parts import column, label, pill, row
from tuopin_desktop.ui.widgets.skeleton import LOST, WORDS, Unknown


class PageContext(msgspec.Struct, frozen=True):
    """What every part of a page is given: whom to ask, for which office, where to say it, and whose its dialogs are."""

    asker: Asker
    office: OfficeView
    message: Toasts
    window: QWidget

    def ask(
        self,
        function: Callable[[Desk, *Args], Answer],
        *args: *Args,
        then: Callable[[Answer], object] | None = None,
        lane: str = "",
    ) -> Ticket:
        """Ask as `Asker.ask` does; a refusal or trouble becomes a message of the page."""
        return self.asker.ask(function, *args, then=then, failed=self._complaint(function), lane=lane)

    def ask_long(
        self,
        function: Callable[[Desk, *Args, Progress], Answer],
        *args: *Args,
        then: Callable[[Answer], object] | None = None,
        lane: str = "",
    ) -> Ticket:
        """Ask as `Asker.ask_long` does; a refusal or trouble becomes a message of the page."""
        return self.asker.ask_long(function, *args, then=then, failed=self._complaint(function), lane=lane)

    def _complaint(self, function: Callable[..., object]) -> Failed:
        """Return what shows a question's trouble, which stands until the same is asked again: here."""
        cause = cause_of(function)
        self.message.clear(cause)
        return partial(self.message.complain, cause=cause)


class Pane(NamedTuple):
    """A part of a page that F6 goes to: what holds it, and what gives it the keyboard."""

    part: QWidget
    enter: Callable[[], object]


class Page(QWidget):
    """Base of the pages.

    `interests` are the kinds of records whose change makes it ask again. `wanted` asks the window for another
    page: (page key, id of what to show there). `large_wanted` asks it for larger or normal letters, `restore_wanted` to
    put a copy in the place of the office's data. `settled` tells that what keeps itself was kept, or could not be.
    `behind` asks for what comes after the page is shown; for the rest, asked of `asker`, what is unknown is covered.
    """

    interests: frozenset[str] = frozenset()
    from_shelves: frozenset[str] = frozenset()
    """The topics (`services/shelves/topic.py`) of which it shows what was judged of each county."""

    wanted = Signal(str, str)
    large_wanted = Signal(bool)
    restore_wanted = Signal(object)
    settled = Signal()
    owed = Signal(object)
    """What each page of the rail is owed: how many by page; the first page tells it, as it counts everything."""

    def __init__(self, asker: Asker, office: OfficeView) -> None:
        super().__init__()
        self.setObjectName("page")
        self.behind = asker
        self.asker: Asker = (awaited := Awaited(asker, self))
        self.office = office
        self.message = Toasts(self)
        self.context = PageContext(self.asker, office, self.message, self)
        self.unknown = Unknown(self, awaited, self._unknown, lambda: self.refresh())
        self.unknown.turned.connect(self._tell_state)
        self.takes: Sequence[Landing] = ()
        """What it does with files dropped on it, beside what its lists take."""
        self._state_words = ""
        self._title, self._state = OneLine(), OneLine()
        self._title.setObjectName("title")
        self._state.setObjectName("state")
        self._standing = label("", "quiet")
        self._standing.hide()
        self.only_looks = pill("只看", "quiet")
        if not office.who.only_looks:
            self.only_looks.hide()
        self._buttons = row()
        self._lead = row()
        head = row(
            self._lead,
            column(
                row(self._title, self.only_looks, None, gap=10), row(self._state, self._standing, None, gap=12), gap=2
            ),
            None,
            self._buttons,
            gap=8,
        )
        self.body = column(gap=12)
        layout = column(head, self.body, gap=12, margins=(20, 16, 20, 14))
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def head(self, title: str, state: str, buttons: Sequence[QWidget] = (), lead: Sequence[QWidget] = ()) -> None:
        """Name what is shown; the buttons at the right stay as they are when the same ones are given again."""
        self._title.setText(title)
        self._state_words = state
        self._tell_state()
        for layout, widgets in ((self._buttons, buttons), (self._lead, lead)):
            standing = _widgets(layout)
            if standing == list(widgets):
                continue
            for widget in standing:
                layout.removeWidget(widget)
                widget.hide()
            for widget in widgets:
                layout.addWidget(widget)
                widget.show()

    def stand(self, standing: Standing | None) -> None:
        """Say how far the judging has come of which this page shows what was heading before; None once it is done."""
        text = ""
        if standing is not None and standing.count < standing.total:
            before = "截至昨日，正在按今天核对" if standing.older else "正在重新核对"
            text = f"{'还不全，正在核对' if standing.partial else before} {standing.count}/{standing.total}"
        self._standing.setText(text)
        self._standing.setVisible(bool(text))

    def _tell_state(self) -> None:
        """What is not known yet is not told as none."""
        lost = LOST if self.unknown.is_lost else ""
        self._state.setText(WORDS if self.unknown.covers else lost or self._state_words)

    def _unknown(self, *, whole: bool) -> QRect:
        """Return where that stands which is asked for: under the head, or only what is under the tabs."""
        place = self.body.geometry()
        if whole:
            return place
        for bar in cast("list[QTabBar]", self.findChildren(QTabBar)):
            if bar.isVisibleTo(self):
                place.setTop(max(place.top(), bar.mapTo(self, bar.rect().bottomLeft()).y() + 1))
        return place

    def complain(self, error: Refused | Trouble) -> None:
        """Show why something was not done."""
        self.message.complain(error)

    # what the window calls; a page answers what it can do

    def refresh(self) -> None:
        """Ask the services again and replace the rows."""

    def show_subject(self, subject: str) -> None:
        """Show the record of that id."""

    def take_keyboard(self) -> None:
        """Put the keyboard where work on this page begins."""

    def panes(self) -> list[Pane]:
        """Return the parts that F6 goes through; most pages are one."""
        return [Pane(self, self.take_keyboard)]

    def search(self) -> None:
        """Ctrl+F."""

    def new(self) -> None:
        """Ctrl+N."""

    def save(self) -> None:
        """Ctrl+S."""

    def print_(self) -> None:
        """Ctrl+P."""

    def undo(self) -> None:
        """Ctrl+Z."""
        self.message.undo()

    def back(self) -> None:
        """Esc: one step back; what was typed is kept."""

    def settle(self) -> bool:
        """Save what saves itself; return True while the save is running, `settled` is then emitted at its end."""
        return False

    def retire(self, answer: object) -> None:
        """Go for good: another page of the same kind has taken this one's place."""
        self.deleteLater()

    def unsaved(self) -> str:
        """Return in words what would be lost if the program were closed now, or nothing."""
        return ""

    def drafts(self) -> Mapping[str, Draft]:
        """Return by key every form of this page that is typed and not saved: as `resume` takes it up again."""
        return {}

    def resume(self, key: str, content: Mapping[str, str], *, show: bool) -> None:
        """Take up a form that was not saved when the program ended; `show` it, or keep it until it is opened."""


def _widgets(layout: QLayout) -> list[QWidget]:
    items = [layout.itemAt(at) for at in range(layout.count())]
    return [widget for item in items if item is not None and (widget := item.widget()) is not None]
