"""One window per office: a second start rings at the first one's, which comes forward."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer

from tuopin_desktop.machine import volumes

_PATIENCE = 500
"""Milliseconds a second start waits for the first window's answer."""

_EAR_MS = 200
"""So soon after the window is painted it hears of a second start."""


def _name(folder: Path) -> str:
    return "tuopin-" + hashlib.sha256(str(volumes.real(folder)).encode()).hexdigest()[:24]


def ask_forward(folder: Path) -> bool:
    """Ask the window that holds an office to come forward; tell whether one answered."""
    from PySide6.QtNetwork import QLocalSocket  # noqa: PLC0415 start-up: needed only when an office is open elsewhere

    socket = QLocalSocket()
    socket.connectToServer(_name(folder))
    answered = socket.waitForConnected(_PATIENCE)
    socket.abort()
    return answered


class Doorbell:
    """Rings when a second start of the program asks for this office's window."""

    def __init__(self, folder: Path, rung: Callable[[], object]) -> None:
        from PySide6.QtNetwork import QLocalServer  # noqa: PLC0415 start-up: needed only after the window is shown

        self._rung = rung
        self._server = QLocalServer()
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._ring)
        # A name left behind by a window that was killed; the office's lock, not this name, decides who is first.
        QLocalServer.removeServer(_name(folder))
        self._server.listen(_name(folder))

    def _ring(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.abort()
            socket.deleteLater()
        self._rung()

    def close(self) -> None:
        """Stop listening."""
        self._server.close()


class Ear:
    """Hears of a second start of the program for an office, soon after its window stands there; none without a folder.

    `rung` brings the window forward.
    """

    def __init__(self, folder: Path | None, rung: Callable[[], object]) -> None:
        self._folder, self._rung = folder, rung
        self._bell: Doorbell | None = None
        self._timer = QTimer(singleShot=True, interval=_EAR_MS)
        self._timer.timeout.connect(self._listen)

    def follow(self, folder: Path) -> None:
        """Hear of another folder: the data were put there before there were any."""
        self.close()
        self._bell, self._folder = None, folder

    def begin(self) -> None:
        """A window was painted."""
        self._timer.start()

    def _listen(self) -> None:
        if self._folder is not None and self._bell is None:
            self._bell = Doorbell(self._folder, self._rung)

    def rest(self) -> None:
        """The window goes, perhaps for another: what was begun is heard on."""
        self._timer.stop()

    def close(self) -> None:
        """Stop listening."""
        self.rest()
        if self._bell is not None:
            self._bell.close()
