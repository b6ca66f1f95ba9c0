"""A small question beside the row it is about: over the page, never a window, never dimming what it is asked of."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLayout, QWidget

from tuopin_desktop.ui import theme

_GAP = 4
_EDGE = 8
_ESCAPE = (QEvent.Type.ShortcutOverride, Qt.Key.Key_Escape)


def beside(anchor: QRect, width: int, height: int, room: QRect) -> QRect:
    """Return where it stands: under its row, above it where there is no room below, always within the page."""
    below = anchor.bottom() + _GAP
    top = below if below + height <= room.bottom() - _EDGE else anchor.top() - _GAP - height
    top = max(room.top() + _EDGE, min(top, room.bottom() - _EDGE - height))
    left = max(room.left() + _EDGE, min(anchor.left(), room.right() - _EDGE - width))
    return QRect(left, top, width, height)


class Popover(QFrame):
    """Holds a layout; Esc closes it and gives the keyboard back, Tab stays inside."""

    def __init__(self, host: QWidget, name: str) -> None:
        super().__init__(host)
        self._host = host
        self._before: QWidget | None = None
        self.setObjectName("popover")
        self.setAccessibleName(name)
        self.hide()

    def open(self, inside: QLayout, width: int, anchor: QRect, first: QWidget) -> None:
        """Show a layout under `anchor`, a rectangle on the screen; the keyboard goes to `first`."""
        self._before = QApplication.focusWidget()
        self.setLayout(inside)
        wide = theme.scaled(self, width)
        height = max(inside.totalHeightForWidth(wide), inside.totalSizeHint().height())
        corner = self._host.mapFromGlobal(anchor.topLeft())
        self.setGeometry(beside(QRect(corner, anchor.size()), wide, height, self._host.rect()))
        self.show()
        self.raise_()
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        """Go, and give the keyboard back to whom it was taken from."""
        if self.isHidden():
            return
        inside = self.isAncestorOf(focus) if (focus := QApplication.focusWidget()) is not None else True
        self.hide()
        if inside and self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.deleteLater()

    def event(self, event: QEvent) -> bool:
        """Esc is this one's, not the page's."""
        if isinstance(event, QKeyEvent) and (event.type(), event.key()) == _ESCAPE:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            event.accept()  # nothing typed here reaches the list below

    def focusNextPrevChild(self, next_: bool) -> bool:
        """Go round within it."""
        ways: Callable[[QWidget], QWidget | None] = QWidget.nextInFocusChain if next_ else QWidget.previousInFocusChain
        start = QApplication.focusWidget() or self
        one = ways(start)
        while one is not None and one is not start:
            if self.isAncestorOf(one) and _takes_tab(one):
                one.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            one = ways(one)
        return True


def _takes_tab(widget: QWidget) -> bool:
    policy = widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
    return widget.isVisible() and widget.isEnabled() and bool(policy)
