"""Who stands before the window: at the start, while it is locked, and when another person takes it over.

The login's own code loads when somebody has to say who he is; most offices ask nobody.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QApplication

from tuopin_desktop.domain.problems import Locked, Refused, Trouble
from tuopin_desktop.domain.roles import NOBODY, Act, Signed
from tuopin_desktop.machine.clock import Clock
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.plumbing.office import OfficeView, office_of
from tuopin_desktop.ui.plumbing.runner import Runner
from tuopin_desktop.ui.shell import Shell

if TYPE_CHECKING:
    from tuopin_desktop.ui.login.page import LoginView
    from tuopin_desktop.ui.login.window import LoginWindow

OpenShut = Callable[[str, str], Desk]
"""Opens data that do not open by themselves, by a password or a recovery code."""


class Ways(NamedTuple):
    """What the opening of an office does for its gate (`ui/start.py`)."""

    runner: Callable[[], Runner[Desk]]
    show: Callable[[OfficeView], object]
    sorry: Callable[[Refused | Trouble], object]
    reopen: Callable[[Callable[[], Desk]], object]
    change_hands: Callable[[OfficeView], object]
    make_larger: Callable[[bool], object]


class Gate:
    """Lets in whoever has said who he is; an office without users, and one alone without a password, is not stopped."""

    def __init__(self, app: QApplication, ways: Ways, open_shut: OpenShut | None) -> None:
        self._app, self._ways, self._open_shut = app, ways, open_shut
        self.window: LoginWindow | None = None
        self._is_large = False

    def stops(self, office: OfficeView) -> bool:
        """Tell whether somebody has to say who he is before the window is shown, and ask him."""
        if office.who == NOBODY:
            self._ask_who()
            return True
        self.go()
        return False

    def takes(self, error: Refused | Trouble) -> bool:
        """Tell whether the data only want to be opened by somebody, and ask him, or say why it was not right."""
        if isinstance(error, Locked) and self._open_shut is not None:
            self._ask_password()
            return True
        if self.window is None:
            return False
        page = self.window.page
        codes = [problem.code for problem in error.problems] if isinstance(error, Refused) else []
        (page.forgotten.refuse if "code" in codes else page.refuse)(error)
        return True

    def _ask_who(self) -> None:
        from tuopin_desktop.ui.login.page import login_view  # noqa: PLC0415 start-up: see above

        self._ways.runner().ask(login_view, then=self._show_names, failed=self._ways.sorry)

    def _show_names(self, view: "LoginView") -> None:
        runner, ways = self._ways.runner(), self._ways
        window = self._shown(runner, view)
        window.page.signed.connect(lambda _: runner.ask(office_of, then=ways.show, failed=ways.sorry))
        window.page.large_wanted.connect(self._larger)

    def _larger(self) -> None:
        self._is_large = not self._is_large
        self._ways.make_larger(self._is_large)
        self._ask_who()

    def _ask_password(self) -> None:
        from tuopin_desktop.ui.login.window import shut_view  # noqa: PLC0415 start-up: see above

        window = self._shown(None, shut_view(Clock().today()))
        window.page.password_wanted.connect(lambda password: self._unlock(password, ""))
        window.page.forgotten.code_wanted.connect(lambda code: self._unlock("", code))

    def _unlock(self, password: str, code: str) -> None:
        open_shut = self._open_shut
        if open_shut is not None:
            self._ways.reopen(lambda: open_shut(password, code))

    def _shown(self, runner: Runner[Desk] | None, view: "LoginView") -> "LoginWindow":
        from tuopin_desktop.ui.login.window import LoginWindow  # noqa: PLC0415 start-up: see above

        self.go()
        self.window = window = LoginWindow(runner, view)
        window.left.connect(lambda: self._app.exit(0))
        window.open_up()
        return window

    def go(self) -> None:
        """Let the login go."""
        if self.window is not None:
            self._app.setQuitOnLastWindowClosed(False)
            self.window.go()
            self.window = None

    # -- the lock

    def guard(self, shell: Shell) -> None:
        """Give a window its lock."""
        from tuopin_desktop.ui.login.lock import Lock  # noqa: PLC0415 start-up: the window is on the screen first
        from tuopin_desktop.ui.login.second import ask_second  # noqa: PLC0415 start-up: as above

        guard = Lock(shell, shell.cover, self._ways.runner(), lambda text, tone: shell.page.message.say(text, tone))
        guard.taken_over.connect(self._change_hands)
        guard.begin(self._app)
        shell.guard = guard
        if not all(shell.who.may(act) for act in Act):
            from tuopin_desktop.ui.limits import Limits  # noqa: PLC0415 start-up: most windows lack nothing

            Limits(self._app, shell, shell.who)
        self._ways.runner().seconds = ask_second(self._ways.runner(), shell)

    def _change_hands(self, who: Signed) -> None:
        """Somebody else is at the desk than before: the window is built anew for him."""
        self._ways.runner().ask(office_of, then=self._ways.change_hands)
