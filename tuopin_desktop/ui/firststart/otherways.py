"""The ways of the first start that need no answers: a copy put back, a package of the region that says whose it is."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tuopin_desktop.domain.problems import Locked, Refused, Trouble
from tuopin_desktop.services.exchange.addressee import addressee
from tuopin_desktop.services.office import founding, foundingdraft, rescue
from tuopin_desktop.services.office.founding import Ground
from tuopin_desktop.ui.plumbing.runner import AskerOf
from tuopin_desktop.ui.widgets.ask import ask_open
from tuopin_desktop.ui.widgets.unlocking import UnlockDialog

_COPIES = "备份文件 (*.db)"
_PACKAGES = "数据包 (*.zip)"


class OtherWays(QObject):
    """`restored` carries what is said once a copy is in place, `addressed` for whom a package was made.

    `is_busy` carries what the window is busy with, "" when it is not any more.
    """

    restored = Signal(str)
    addressed = Signal(object)
    is_busy = Signal(str)

    def __init__(
        self,
        window: QWidget,
        asker: AskerOf[Ground],
        complain: Callable[[Refused | Trouble], object],
        *,
        movable: bool,
    ) -> None:
        super().__init__(window)
        self._window, self._asker, self._complain, self._movable = window, asker, complain, movable
        self.unlocking: UnlockDialog | None = None

    def ask_copy(self) -> None:
        """Ask which copy to put back."""
        ask_open(self._window, "选择备份", _COPIES, self.restore)

    def ask_package(self) -> None:
        """Ask for the package of the region."""
        ask_open(self._window, "选择自治区的数据包", _PACKAGES, self.take_package)

    def restore(self, path: Path) -> None:
        """Put a copy into the folder and open it; an encrypted one wants its code or a password first."""
        self.is_busy.emit("正在恢复…")
        self._asker.ask(restore, path, self._movable, then=self.restored.emit, failed=partial(self._shut, path))

    def _shut(self, path: Path, error: Refused | Trouble) -> None:
        self.is_busy.emit("")
        self._complain(error)
        if isinstance(error, Locked):
            self.unlocking = UnlockDialog(error, lambda text: self.unlock(path, text), self._window)
            self.unlocking.open()

    def unlock(self, path: Path, text: str) -> None:
        """Open an encrypted copy by what was typed, and put it into the folder."""
        self._asker.ask(rescue.unlock, path, text, then=lambda _: self.restore(path), failed=partial(self._shut, path))

    def take_package(self, path: Path) -> None:
        """Take the level and the county from a package of the region; it is taken in once this PC is authorised."""
        self._asker.ask(addressee, path, then=self.addressed.emit, failed=self._complain)


def restore(ground: Ground, path: Path, movable: bool) -> str:
    """Put a copy into the folder; runs in the worker thread. Raises Refused, Locked, Trouble."""
    text = founding.restore(ground, path)
    foundingdraft.settle(ground, movable=movable)
    return text
