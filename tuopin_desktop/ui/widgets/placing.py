"""Windows no larger than the screen leaves room for: the task bar is there, and 125 % makes a small screen smaller."""

from PySide6.QtCore import QByteArray, QEvent, QObject, QRect, QSize
from PySide6.QtWidgets import QWidget

from tuopin_desktop.ui.widgets.memory import Memory

FRAME = QSize(16, 39)
"""What Windows lays around a window: the borders, the title above."""
WISH = QSize(1280, 720)


def fitting(wish: QSize, room: QRect) -> QRect | None:
    """Return where a window of the wished size stands in the middle of the room; None where it does not fit."""
    whole = wish + FRAME
    if whole.width() > room.width() or whole.height() > room.height():
        return None
    left = room.left() + (room.width() - whole.width()) // 2 + FRAME.width() // 2
    top = room.top() + (room.height() - whole.height()) // 2 + FRAME.height() - FRAME.width() // 2
    return QRect(left, top, wish.width(), wish.height())


def show_fitting(window: QWidget, wish: QSize = WISH) -> None:
    """Show a main window in the middle of its screen, or filling it where the wish does not fit."""
    room = window.screen().availableGeometry()
    place = fitting(wish, room)
    if place is None:
        window.resize(wish.boundedTo(room.size() - FRAME))
        window.showMaximized()
        return
    window.setGeometry(place)
    window.show()


def resize_fitting(window: QWidget, width: int, height: int) -> None:
    """Give a dialog its size, or what the screen has room for."""
    window.resize(QSize(width, height).boundedTo(window.screen().availableGeometry().size() - FRAME))


_PLACE = "window/place"


class Place(QObject):
    """Keeps where a main window stands and how large it is, and shows it there again while the screen has room."""

    def __init__(self, window: QWidget, memory: Memory) -> None:
        super().__init__(window)
        self._window, self._memory = window, memory
        window.installEventFilter(self)

    def show(self) -> None:
        """Show the window where it was, or where it fits."""
        text = self._memory.get(_PLACE)
        if text and self._window.restoreGeometry(QByteArray.fromBase64(text.encode("ascii", "ignore"))):
            whole = self._window.geometry()
            room = self._window.screen().availableGeometry()
            if self._window.isMaximized() or room.contains(whole):
                self._window.show()
                return
        show_fitting(self._window)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            place = self._window.saveGeometry().toBase64().data()
            self._memory.keep(_PLACE, bytes(place).decode("ascii"))
        return super().eventFilter(watched, event)
