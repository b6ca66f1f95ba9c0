"""The window before the window: who works here is asked before a page shows a name."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow

from tuopin_desktop.ui.login.page import PRODUCT, LoginPage, LoginView
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.placing import show_fitting

TITLE = f"{PRODUCT} · 登录"
_SHUT = "数据是加密的，这台电脑的登录用户不能直接打开。请填写您的口令"


def shut_view(today: date) -> LoginView:
    """Return what is shown of data that do not open: no name can be read."""
    return LoginView(office="", today=today, rows=(), administrators="", line=_SHUT)


class LoginWindow(QMainWindow):
    """Holds the login until somebody has signed in; `left` tells that it was closed instead."""

    left = Signal()

    def __init__(self, asker: Asker | None, view: LoginView) -> None:
        super().__init__()
        self.page = LoginPage(asker, view)
        self._is_done = False
        self.setWindowTitle(TITLE)
        self.setCentralWidget(self.page)

    def open_up(self) -> None:
        """Show the window, the keyboard in the password."""
        show_fitting(self)
        self.page.take_keyboard()

    def go(self) -> None:
        """Let the window go: somebody is at the desk."""
        self._is_done = True
        self.page.stop()
        self.close()
        self.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self.page.stop()
        if not self._is_done:
            self.left.emit()
