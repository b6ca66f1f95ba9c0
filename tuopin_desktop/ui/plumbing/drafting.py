"""Keeps what is typed and not saved beside the records while it is typed, so that a killed program loses a field."""

from collections.abc import Callable, Iterable, Mapping

import msgspec
from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.services.office import unsaved
from tuopin_desktop.services.office.unsaved import Unsaved
from tuopin_desktop.ui.plumbing.runner import Asker

_LOOK_MS = 1000
"""Besides when a field is left: a long text is typed for minutes without leaving it."""

Place = tuple[str, str]


class Draft(msgspec.Struct, frozen=True):
    """A form that is not saved: what it is in words, and its texts by name."""

    title: str
    content: dict[str, str]


class DraftKeeper(QObject):
    """Compares what `typed()` gives - (page, key) -> Draft - with what is kept, and has the desk keep the difference.

    It looks whenever a field is left and every second; nothing is asked of the desk while nothing changes.
    `author` is the user whose window it is, by id.
    """

    def __init__(self, asker: Asker, typed: Callable[[], Mapping[Place, Draft]], author: str, parent: QObject) -> None:
        super().__init__(parent)
        self._asker, self._typed, self._author = asker, typed, author
        self._stored: dict[Place, Draft] = {}
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._soon = QTimer(self, singleShot=True, interval=0)  # the page hears first that the field was left
        self._soon.timeout.connect(self.look)

    def begin(self, app: QApplication) -> None:
        """Look from now on."""
        app.focusChanged.connect(self._left)
        self._timer.start()

    @Slot()
    def _left(self) -> None:
        if self._timer.isActive():  # a window that was left hears of every other one
            self._soon.start()

    def look(self) -> None:
        """Store the text that changed and drop what was saved."""
        now = dict(self._typed())
        changed = {place: draft for place, draft in now.items() if self._stored.get(place) != draft}
        gone = [place for place in self._stored if place not in now]
        if not changed and not gone:
            return
        self._stored = now
        rows = [_row(place, draft) for place, draft in changed.items()]
        self._asker.ask(unsaved.keep, rows, gone, self._author, failed=self._not_kept)

    def _not_kept(self, _error: Refused | Trouble) -> None:
        """The disk said no: the same is tried again at the next look; saving itself will say what is wrong."""
        self._stored = {place: Draft("", {}) for place in self._stored}

    def adopt(self, rows: Iterable[Unsaved]) -> None:
        """Take forms of an earlier run for kept ones: their pages have taken them up, and may save them at once."""
        self._stored |= {(one.page, one.key): Draft(one.label, one.content) for one in rows}

    def rest(self) -> None:
        """Look no more."""
        self._timer.stop()
        self._soon.stop()

    def give_up(self) -> None:
        """Let go of everything: the window closes and the clerk does not want it."""
        self.rest()
        if self._stored:
            self._asker.ask(unsaved.give_up, list(self._stored), self._author, failed=self._not_kept)
            self._stored = {}


def _row(place: Place, draft: Draft) -> Unsaved:
    return Unsaved(page=place[0], key=place[1], label=draft.title, content=draft.content)
