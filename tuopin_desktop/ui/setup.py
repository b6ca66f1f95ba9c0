"""Where no office stands yet: the first questions over a worker of their own, until one stands."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from tuopin_desktop.ui.plumbing.runner import Runner
from tuopin_desktop.ui.widgets.placing import show_fitting

if TYPE_CHECKING:  # loads when an office is set up
    from tuopin_desktop.services.office.founding import Ground
    from tuopin_desktop.ui.firststart.step import FirstRun
    from tuopin_desktop.ui.firststart.window import FirstStart


class Setup:
    """Asks the first questions; `then` gets the run, what is to be said of the office that stands, and its tone."""

    def __init__(self, then: "Callable[[FirstRun, str, str], object]", left: Callable[[], object]) -> None:
        self._then, self._left = then, left
        self._ground: Runner[Ground] | None = None
        self.window: FirstStart | None = None

    def ask(self, first: "FirstRun") -> None:
        """Show the first questions."""
        from tuopin_desktop.ui.firststart.window import FirstStart  # noqa: PLC0415 start-up: an office is set up once

        self._ground = Runner(lambda: first.ground)
        self._ground.begin()
        self.window = FirstStart(self._ground, first)
        self.window.created.connect(lambda text: self._stands(first, text, "warn"))
        self.window.restored.connect(lambda text: self._stands(first, text, "ok"))
        self.window.left.connect(self._left)
        show_fitting(self.window)

    def _stands(self, first: "FirstRun", text: str, tone: str) -> None:
        self.rest()
        if self.window is not None:
            self.window.hide()
        self._then(first, text, tone)

    def rest(self) -> None:
        """End the worker."""
        if self._ground is not None:
            self._ground.stop()
            self._ground = None
