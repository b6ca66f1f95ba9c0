"""Questions whose answers a page waits for: an asker that tells when it begins to wait and when it has all answers."""

from collections.abc import Callable
from typing import TypeVar, TypeVarTuple

from PySide6.QtCore import QObject, Signal

from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.plumbing.lifting import Reasons, Seconds
from tuopin_desktop.ui.plumbing.runner import Asker, Failed, Progress, Ticket

Args = TypeVarTuple("Args")
Answer = TypeVar("Answer")


def _pass(_desk: Desk) -> None:
    """Nothing: once this is answered, so is everything that was asked before it."""


class Awaited(QObject):
    """Asks as the asker does that it stands for; `begun` and `over` tell of the wait for short questions.

    The worker answers in the order of asking, so that an empty question behind the last one tells the end of the
    wait, whatever became of those before it: answered, refused, cancelled, or made obsolete.
    """

    begun = Signal()
    over = Signal()

    def __init__(self, asker: Asker, parent: QObject) -> None:
        super().__init__(parent)
        self._asker = asker
        self._lane = f"awaited {id(self)}"
        self.waits = False
        self._came = self._missed = 0
        self.changed, self.progressed = asker.changed, asker.progressed
        self.troubled, self.standing, self.settling = asker.troubled, asker.standing, asker.settling

    @property
    def is_lost(self) -> bool:
        """Whether all that was asked last met trouble: there is nothing to show."""
        return self._missed > 0 and self._came == 0

    @property
    def reasons(self) -> Reasons | None:
        return self._asker.reasons

    @reasons.setter
    def reasons(self, reasons: Reasons | None) -> None:
        self._asker.reasons = reasons

    @property
    def seconds(self) -> Seconds | None:
        return self._asker.seconds

    @seconds.setter
    def seconds(self, seconds: Seconds | None) -> None:
        self._asker.seconds = seconds

    def ask(
        self,
        function: Callable[[Desk, *Args], Answer],
        *args: *Args,
        then: Callable[[Answer], object] | None = None,
        failed: Failed | None = None,
        lane: str = "",
    ) -> Ticket:
        """Ask, and wait for the answer."""
        if not self.waits:
            self.waits = True
            self._came = self._missed = 0
            self.begun.emit()

        def counting(desk: Desk, *rest: *Args) -> Answer:
            try:
                answer = function(desk, *rest)
            except Trouble:
                self._missed += 1
                raise
            self._came += 1
            return answer

        ticket = self._asker.ask(counting, *args, then=then, failed=failed, lane=lane)
        self._asker.ask(_pass, then=self._end, lane=self._lane)
        return ticket

    def ask_long(
        self,
        function: Callable[[Desk, *Args, Progress], Answer],
        *args: *Args,
        then: Callable[[Answer], object] | None = None,
        failed: Failed | None = None,
        lane: str = "",
    ) -> Ticket:
        """Ask what tells its own progress."""
        return self._asker.ask_long(function, *args, then=then, failed=failed, lane=lane)

    def _end(self, _answer: None) -> None:
        if self.waits:
            self.waits = False
            self.over.emit()
