"""One window per office: a second start rings at the first one's, which comes forward."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from tuopin_desktop.machine import volumes

_PATIENCE = 500
"""Milliseconds a second start waits for the first window's answer."""


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
