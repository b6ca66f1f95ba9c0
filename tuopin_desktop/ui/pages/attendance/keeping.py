"""What is keyed keeps itself: batches go to the worker a moment after the last key, and none is lost on the way."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal

from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.services.attendance import keep
from tuopin_desktop.services.attendance.keep import CellsOutcome, Edit
from tuopin_desktop.ui.plumbing.runner import Asker

_PAUSE_MS = 600

Key = tuple[str, str, int]


class Keeper(QObject):
    """Collects edits by cell; `kept` carries the answer and the postings concerned, `refused` and `failed` the error.

    A refused batch can never be stored and is dropped; one that met trouble waits for the next try.
    """

    kept = Signal(object, object)
    refused = Signal(object, object)
    failed = Signal(object)
    settled = Signal()

    def __init__(self, asker: Asker, parent: QObject) -> None:
        super().__init__(parent)
        self._asker = asker
        self._waiting: dict[Key, Edit] = {}
        self._under_way: dict[Key, Edit] = {}
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.flush)

    @property
    def cells(self) -> int:
        """How many cells are not stored yet."""
        return len(self._waiting.keys() | self._under_way.keys())

    def edits(self, month: str) -> dict[str, dict[int, str]]:
        """Return the days of a month that are not stored yet, by posting and day."""
        values_by_key: dict[str, dict[int, str]] = {}
        for edit in (*self._under_way.values(), *self._waiting.values()):
            if edit.month == month:
                values_by_key.setdefault(edit.posting, {})[edit.number] = edit.now
        return values_by_key

    def note(self, edits: Iterable[Edit]) -> None:
        """Take edits; several of one cell become one."""
        for edit in edits:
            key = (edit.posting, edit.month, edit.number)
            first = self._waiting.get(key)
            self._waiting[key] = Edit(*key, first.was if first else edit.was, edit.now)
        self._pause.start()

    def flush(self) -> bool:
        """Send what waits; tell whether an answer is awaited. While one batch is under way the next waits for it."""
        self._pause.stop()
        if self._waiting and not self._under_way:
            self._under_way, self._waiting = self._waiting, {}
            batch = list(self._under_way.values())
            self._asker.ask(keep.keep, batch, then=self._done, failed=self._not_done)
        return bool(self._under_way)

    def _done(self, answer: CellsOutcome) -> None:
        touched = {edit.posting for edit in self._under_way.values()}
        self._under_way = {}
        self.kept.emit(answer, touched)
        if not self.flush():
            self.settled.emit()

    def _not_done(self, error: Refused | Trouble) -> None:
        batch, self._under_way = self._under_way, {}
        if isinstance(error, Refused):
            self.refused.emit(error, {edit.posting for edit in batch.values()})
        else:
            for key, edit in batch.items():
                later = self._waiting.get(key)
                self._waiting[key] = Edit(*key, edit.was, later.now if later else edit.now)
            self.failed.emit(error)
        self.settled.emit()
