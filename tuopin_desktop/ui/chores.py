"""What a window does beside the clerk's work: the day's copy, the journal emptied in a pause, the weekly check."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from tuopin_desktop.services.office import upgrades
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.plumbing.runner import Runner
from tuopin_desktop.ui.shell import Shell

if TYPE_CHECKING:  # what the copies and the check are made with loads seconds after the window is up
    from tuopin_desktop.services.office.soundness import Soundness

_UP_MS = 2000
"""After so long with the window on the screen a new version has shown that it runs."""
_DAILY_MS = 3000
"""The day's copy is made this long after the window shows: the first page comes first."""
_FOLD_MS = 4000
"""After so long without an entry the journal is emptied: whoever copies the file alone then has all there is."""
_QUIET_MS = 180_000
"""After so long without an entry the weekly check of everything may run."""


def _forgetting(desk: Desk) -> tuple[str, ...]:
    from tuopin_desktop.services.forgetting import purging  # noqa: PLC0415 start-up: see above

    return purging.at_opening(desk)


def _daily(desk: Desk) -> object:
    from tuopin_desktop.services.office import backups  # noqa: PLC0415 start-up: see above

    return backups.daily(desk)


def _fold_journal(desk: Desk) -> None:
    desk.store.fold_journal()


def _weekly(desk: Desk) -> "Soundness | None":
    from tuopin_desktop.services.office import soundness  # noqa: PLC0415 start-up: see above

    return soundness.weekly(desk)


class Chores:
    """Done by time and in pauses, for whichever window and worker the opening of the office has at that moment."""

    def __init__(self, runner: Callable[[], Runner[Desk]], shell: Callable[[], Shell | None]) -> None:
        self._runner, self._shell = runner, shell
        self._daily = QTimer(singleShot=True, interval=_DAILY_MS)
        self._daily.timeout.connect(self.copy_of_the_day)
        self.up = QTimer(singleShot=True, interval=_UP_MS)
        self.up.timeout.connect(self.window_is_up)
        self._fold = QTimer(singleShot=True, interval=_FOLD_MS)
        self._fold.timeout.connect(self.fold_journal)
        self._quiet = QTimer(singleShot=True, interval=_QUIET_MS)
        self._quiet.timeout.connect(self._check_of_the_week)

    def begin(self) -> None:
        """A window stands on the screen."""
        self._daily.start()
        self.up.start()
        self._runner().changed.connect(self.rest)
        self.rest()

    def stop(self) -> None:
        """The window goes."""
        for timer in (self._daily, self.up, self._fold, self._quiet):
            timer.stop()

    def window_is_up(self) -> None:
        """A version that was swapped in is no longer on trial; what became of a swap is said beside anything else."""
        news = upgrades.window_is_up()
        if news is not None:
            self._runner().ask(lambda _: upgrades.sweep(), failed=lambda _: None)  # folders of hundreds of megabytes
        if news is not None and (shell := self._shell()) is not None:
            before = shell.page.message.sentence
            shell.page.message.say(news.sentence + before, "warn" if before or not news.good else "ok")

    def copy_of_the_day(self) -> None:
        """Make or renew the copy of the day."""
        if (shell := self._shell()) is not None:
            self._runner().ask(_forgetting, then=self._left, failed=shell.page.complain, lane="forgetting")
            self._runner().ask(_daily, failed=shell.page.complain, lane="daily")

    def _left(self, sentences: tuple[str, ...]) -> None:
        if sentences and (shell := self._shell()) is not None:
            shell.page.message.say("；".join(sentences), "warn")

    def rest(self) -> None:
        """Begin to wait for a pause anew."""
        self._fold.start()
        self._quiet.start()

    def fold_journal(self) -> None:
        """Empty the journal: whoever copies the file alone then has all there is."""
        self._runner().ask(_fold_journal, failed=lambda _: None, lane="fold")  # the journal holds it all the same

    def _check_of_the_week(self) -> None:
        if (shell := self._shell()) is not None:
            self._runner().ask(_weekly, then=self._checked, failed=shell.page.complain, lane="weekly")

    def _checked(self, soundness: "Soundness | None") -> None:
        if soundness is not None and soundness.fault and (shell := self._shell()) is not None:
            shell.page.message.say(soundness.sentence, "bad")
