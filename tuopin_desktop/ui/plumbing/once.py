"""A stroke that writes is asked once: a second press before the first is answered does nothing."""

from collections.abc import Callable
from typing import TypeVar, TypeVarTuple

from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.plumbing.runner import Asker, Failed

Args = TypeVarTuple("Args")
Answer = TypeVar("Answer")


class Once:
    """Asks as its asker does, and passes over what is asked before the last answer came; `complain` takes refusals."""

    def __init__(self, asker: Asker, complain: Failed) -> None:
        self._asker, self._complain = asker, complain
        self.waits = False

    def ask(
        self,
        function: Callable[[Desk, *Args], Answer],
        *args: *Args,
        then: Callable[[Answer], object],
        failed: Failed | None = None,
    ) -> bool:
        """Ask and return True; return False where an answer is still awaited, and nothing is asked."""
        if self.waits:
            return False
        self.waits = True

        def finish(answer: Answer) -> None:
            self.waits = False
            then(answer)

        def give_up(error: Refused | Trouble) -> None:
            self.waits = False
            (failed or self._complain)(error)

        self._asker.ask(function, *args, then=finish, failed=give_up)
        return True
