"""The lock of an open window: hides what stands in it, keeps all of it, and gives it back where it was."""

from collections.abc import Callable

import msgspec
import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QStackedWidget, QWidget

from tuopin_desktop.domain.roles import Signed
from tuopin_desktop.services.office import users
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.login.page import PRODUCT, LoginPage, LoginView, login_view
from tuopin_desktop.ui.plumbing.runner import Asker

TITLE = f"{PRODUCT} · 已锁定"
_LINE = "已锁定：{}没有写完的内容都在，打开后回到原来的位置。请选名字"
_KINDS = QEvent.Type
_WORK = (_KINDS.KeyPress, _KINDS.MouseButtonPress, _KINDS.MouseMove, _KINDS.Wheel, _KINDS.TouchBegin)
_NO_PASSWORD = "还没有设口令，锁了谁都能打开。请先在“设置·人员与口令”里给自己设一个。"
_SLACK_MS = 1000
"""A key every millisecond does not begin the wait anew each time."""
_MINUTE_MS = 60_000


class Locking(msgspec.Struct, frozen=True):
    """After how many minutes the window locks by itself (0: never), and what it then shows; none: nobody to keep out.

    Asked beforehand: what runs may take minutes to let the next question through, and a lock waits for nothing.
    """

    minutes: int = 0
    view: LoginView | None = None


def locking(desk: Desk) -> Locking:
    """Return how this desk's window locks; runs in the worker thread."""
    if not desk.who.user or not users.has_password(desk, desk.who.user):
        return Locking()
    view = msgspec.structs.replace(login_view(desk), own=desk.who.user)
    return Locking(users.rules(desk).idle_minutes, view)


class _Place:
    """Where the keyboard was: the widget, and in a line what was selected and where the caret stood."""

    def __init__(self, widget: QWidget | None) -> None:
        self._widget = widget
        line = widget if isinstance(widget, QLineEdit) else None
        self._caret = line.cursorPosition() if line is not None else 0
        self._start = line.selectionStart() if line is not None else -1
        self._length = len(line.selectedText()) if line is not None else 0

    def restore(self) -> None:
        """Give the keyboard back; a widget that went meanwhile is let go."""
        widget = self._widget
        if widget is None or not shiboken6.isValid(widget):
            return
        widget.setFocus()
        if not isinstance(widget, QLineEdit):
            return
        if self._start < 0:
            widget.deselect()
            widget.setCursorPosition(self._caret)
        elif self._caret == self._start:
            widget.setSelection(self._start + self._length, -self._length)
        else:
            widget.setSelection(self._start, self._length)


class Lock(QObject):
    """Locks a window by a key, a click or after a while; `taken_over` carries whoever signed in instead of its own.

    `stack` holds the window's work as its first widget and the login over it: nothing in the work changes, and what
    runs goes on. Windows over it are hidden, also those that come meanwhile; keys of the window are shut.
    """

    taken_over = Signal(object)

    def __init__(self, window: QWidget, stack: QStackedWidget, asker: Asker, say: Callable[[str, str], object]) -> None:
        super().__init__(window)
        self._window, self._stack, self._asker, self._say = window, stack, asker, say
        self.page: LoginPage | None = None
        self.locking = Locking()
        self._app: QApplication | None = None
        self._title = ""
        self._place = _Place(None)
        self._shut: list[QShortcut] = []
        self._over: list[QDialog] = []
        self._idle = QTimer(self, singleShot=True)
        self._idle.timeout.connect(self.lock_by_itself)

    @property
    def is_locked(self) -> bool:
        """Whether somebody has to sign in now."""
        return self.page is not None

    def begin(self, app: QApplication) -> None:
        """Watch from now on whether anybody works."""
        self._app = app
        self.look()

    def look(self) -> None:
        """Ask how the window locks: it may have been chosen otherwise, or somebody has a password now."""
        self._asker.ask(locking, then=self._wait, failed=lambda _: None, lane="locking")

    def _wait(self, locking: Locking) -> None:
        self.locking = locking
        self._idle.stop()
        if self._app is None:
            return  # the window went meanwhile
        if locking.view is not None:
            self._app.installEventFilter(self)  # again is once; where nobody is kept out, no event is looked at
        if locking.minutes and not self.is_locked:
            self._idle.start(locking.minutes * _MINUTE_MS)

    def rest(self) -> None:
        """Watch no more: the window goes."""
        self._idle.stop()
        self.locking = Locking()
        if self._app is not None:
            self._app.removeEventFilter(self)
            self._app = None
        if self.page is not None:
            self.page.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _WORK and self._idle.isActive():
            whole = self.locking.minutes * _MINUTE_MS
            if self._idle.remainingTime() < whole - _SLACK_MS:
                self._idle.start(whole)
        elif kind == QEvent.Type.Show and self.is_locked and isinstance(watched, QDialog):
            QTimer.singleShot(0, self, self._hide_windows)
        return False

    # -- locking

    def lock_by_itself(self) -> None:
        """Lock because nobody has worked for a while."""
        self.lock(f"{self.locking.minutes}分钟没有人操作。")

    def lock(self, why: str = "") -> None:
        """Lock now; where nobody has a password, say that a lock would keep nobody out."""
        view = self.locking.view
        if self.is_locked:
            return
        if view is None:
            self._say(_NO_PASSWORD, "warn")
            return
        self._idle.stop()
        self._title = self._window.windowTitle()
        self._place = _Place(QApplication.focusWidget())
        self.page = page = LoginPage(self._asker, msgspec.structs.replace(view, line=_LINE.format(why)))
        page.signed.connect(self._unlock)
        shortcuts: list[QShortcut] = list(self._window.findChildren(QShortcut))
        self._shut = [one for one in shortcuts if one.isEnabled()]
        for one in self._shut:
            one.setEnabled(False)
        self._hide_windows()
        self._window.setWindowTitle(TITLE)
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        page.take_keyboard()

    def _hide_windows(self) -> None:
        if self.is_locked:
            every: list[QDialog] = list(self._window.findChildren(QDialog))
            dialogs = [one for one in every if one.isVisible()]
            self._over += [one for one in dialogs if one not in self._over]
            for one in dialogs:
                one.setVisible(False)

    # -- unlocking

    def _unlock(self, who: Signed) -> None:
        page = self.page
        if page is None:
            return
        if self.locking.view is not None and who.user != self.locking.view.own:
            self.taken_over.emit(who)  # the first one's work stays covered until the window is his
            return
        self.page = None
        page.stop()
        self._stack.setCurrentIndex(0)
        self._stack.removeWidget(page)
        page.deleteLater()
        for one in self._shut:
            if shiboken6.isValid(one):
                one.setEnabled(True)
        self._window.setWindowTitle(self._title)
        for dialog in self._over:
            if shiboken6.isValid(dialog):
                dialog.open()
        self._shut, self._over = [], []
        self._place.restore()
        self.look()
