"""From nothing to the window on the screen, and back; one window per office: a second start asks the first forward."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QStandardPaths, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from tuopin_desktop.domain.problems import Damaged, Newer, Occupied, Refused, Trouble
from tuopin_desktop.machine.clock import Clock
from tuopin_desktop.services.office import offices, upgrades, users
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui import icons, theme
from tuopin_desktop.ui.chores import Chores
from tuopin_desktop.ui.clocks import ClockQuestion, today
from tuopin_desktop.ui.doorbell import Ear, ask_forward
from tuopin_desktop.ui.doors import doors_of
from tuopin_desktop.ui.firstpaint import FirstPaint
from tuopin_desktop.ui.gate import Gate, OpenShut, Ways
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import Runner
from tuopin_desktop.ui.setup import Setup
from tuopin_desktop.ui.shell import PRODUCT, Shell, open_last
from tuopin_desktop.ui.widgets.memory import Memory
from tuopin_desktop.ui.widgets.placing import Place, show_fitting
from tuopin_desktop.ui.widgets.plain import box

if TYPE_CHECKING:  # loads when there are no data yet, when they do not open, or when the window goes
    from tuopin_desktop.services.office.rescue import Bench
    from tuopin_desktop.ui.firststart.step import FirstRun
    from tuopin_desktop.ui.rescue import RescuePage

_LARGE = "large_letters"
_KNOCKS, _KNOCK_MS = 4, 300
"""How often, and how long apart, a second start asks again: the first one's window may be just coming up."""
_UNVEIL_MS = 150
"""So long the window waits for its first page's numbers: painted with them it is painted once."""


def patiently(open_desk: Callable[[], Desk]) -> Callable[[], Desk]:
    """Return what opens the same desk for a window: it shows at once what was judged before."""

    def open_patiently() -> Desk:
        desk = open_desk()
        users.sign_in_alone(desk)
        desk.patient = True
        return desk

    return open_patiently


def _stand_in(after: Shell, before: Shell, *, page: bool) -> None:
    """Put a window in the place of another; it shows the same page where the same person goes on."""
    after.setGeometry(before.geometry())
    after.open_page(before.here if page else next(iter(after.doors)))


class Opening:
    """Opens the office, asking the first questions before when there is none, and shows the window."""

    def __init__(
        self,
        app: QApplication,
        open_desk: Callable[[], Desk],
        settings: QSettings,
        folder: Path | None = None,
        open_shut: OpenShut | None = None,
    ) -> None:
        self._app = app
        self._folder = folder
        self._ear = Ear(folder, self.come_forward)
        self._open_shut = open_shut
        self._question: ClockQuestion | None = None
        self._settings = settings
        self._open_desk = open_desk = patiently(open_desk)
        ways = Ways(lambda: self.runner, self._show, self._sorry, self._reopen, self._change_hands, self._make_larger)
        self.gate = Gate(app, ways, open_shut)
        self._notice: tuple[str, str] | None = None
        self._knocks, self._veiled = 0, False
        self._painted = FirstPaint(self._attend)
        self._unveiling = QTimer(singleShot=True, interval=_UNVEIL_MS)
        self._unveiling.timeout.connect(self._unveil)
        self.chores = Chores(lambda: self.runner, lambda: self.shell)
        self.runner: Runner[Desk] = Runner(open_desk)
        self.again: Callable[[], FirstRun] | None = None
        """Gives the first questions for a folder whose data are lost for good."""
        self.rescue: RescuePage | None = None
        self._bench: Runner[Bench] | None = None
        self.shell: Shell | None = None
        self.setup = Setup(self._stands, lambda: self._app.exit(0))
        self.apology: QMessageBox | None = None
        # Between the first questions and the window there is a moment without any window: stay alive through it.
        app.setQuitOnLastWindowClosed(False)

    def ask_first(self, first: "FirstRun") -> None:
        """Set the office up, then open it."""
        self.setup.ask(first)
        self.chores.up.start()

    def _stands(self, first: "FirstRun", text: str, tone: str) -> None:
        """Open an office that was just made or put back, wherever it is; what is to be heard of it is said once."""
        if self._folder is not None:
            self._folder = first.ground.folder
            self._ear.follow(self._folder)
        first.stands(first.ground.folder)
        self._notice = (text, tone)
        self.open()

    def open(self) -> None:
        """Open the office in the worker thread."""
        self.runner.start(self._show, self._sorry)

    @property
    def large(self) -> bool:
        """Whether this person wants large letters."""
        return bool(self._settings.value(_LARGE, False, bool))

    def _show(self, office: OfficeView) -> None:
        """Build the window; it comes up with what its first page asked, or a moment later without it."""
        if self.gate.stops(office):
            return
        self._build(office)
        self._unveiling.start()
        self.runner.ask(today, then=lambda _: self._unveil(), lane="unveil")  # answered after what was asked before

    def _build(self, office: OfficeView) -> None:
        self._veiled = True
        self.shell = Shell(self.runner, office, doors_of(office.who), large=self.large)
        self.shell.large_wanted.connect(lambda large: self._resize(office, large))
        self.shell.restore_wanted.connect(self.restore)
        self.shell.day_turned.connect(self._turn_day)
        self._question = ClockQuestion(self.runner, self.shell, self.shell.close)
        if self._notice is not None:
            self.shell.page.message.say(*self._notice)
            self._notice = None
        elif office.notice:
            self.shell.page.message.say(office.notice, "warn")

    def _unveil(self) -> None:
        """Show the window that was built, once."""
        if self.shell is None or self._question is None or not self._veiled:
            return
        self._veiled = False
        self._unveiling.stop()
        memory = Memory(self.shell, self._settings)
        open_last(self.shell)
        Place(self.shell, memory).show()
        self._app.setQuitOnLastWindowClosed(True)
        self._question.look()
        self.chores.begin()
        self._painted.wait(self.shell)

    def _attend(self) -> None:
        """The window can be seen: keep what is typed in it from now on, lock it, and hear of a second start."""
        if self.shell is not None:
            self.shell.unfinished.begin(self._app)
            self._ear.begin()
            self.shell.ahead.begin()
            self.gate.guard(self.shell)

    def _turn_day(self) -> None:
        """Another day: is the clock still right, and its copy."""
        if self._question is not None:
            self._question.look()
        self.chores.copy_of_the_day()

    def _pause(self) -> None:
        self._veiled = False
        self._unveiling.stop()
        self._ear.rest()
        self._painted.rest()
        self.chores.stop()
        if self.shell is not None:
            self.shell.ahead.rest()

    # -- the data do not open

    def offer_ways(self, *, later: bool = False) -> None:
        """Show the ways out of a damaged or missing database, or of one that a later version has written."""
        from tuopin_desktop.services.office.rescue import Bench  # noqa: PLC0415 start-up: nearly every office opens
        from tuopin_desktop.ui.rescue import RescuePage  # noqa: PLC0415 start-up: as above

        assert self._folder is not None, "without a folder there is nothing to rescue"
        folder = self._folder
        self.runner.stop()
        self._bench = Runner(lambda: Bench(folder, Clock()))
        self._bench.begin()
        page = RescuePage(self._bench, folder, damaged=offices.is_office(folder), later=later)
        page.opened.connect(self._rescued)
        page.anew.connect(self._set_up_again)
        page.left.connect(lambda: self._app.exit(1))
        show_fitting(page)
        self.rescue = page

    def _rescued(self, text: str) -> None:
        self._leave_rescue()
        self._notice = (text, "ok")
        self.runner = Runner(self._open_desk)
        self.open()

    def _set_up_again(self) -> None:
        self._leave_rescue()
        self.runner = Runner(self._open_desk)
        if self.again is not None:
            self.ask_first(self.again())

    def _leave_rescue(self) -> None:
        if self._bench is not None:
            self._bench.stop()
            self._bench = None
        if self.rescue is not None:
            self.rescue.hide()
            self.rescue.deleteLater()
            self.rescue = None

    def restore(self, path: Path) -> None:
        """Close the office, put a copy in its place, and open it again; on failure it opens as it was and says why."""
        if self.shell is None or self._folder is None:
            return
        self._app.setQuitOnLastWindowClosed(False)
        self._pause()
        self._put_question_away()
        self.shell.leave()
        self.runner.stop()
        folder, open_desk = self._folder, self._open_desk
        self._notice = None

        def restored() -> Desk:
            self._notice = _put_back(folder, path)
            return open_desk()

        self.runner = Runner(restored)
        self.open()

    def come_forward(self) -> None:
        """Bring the window before the others: the program was started a second time."""
        if self.shell is not None:
            self.shell.setWindowState(self.shell.windowState() & ~Qt.WindowState.WindowMinimized)
            self.shell.raise_()
            self.shell.activateWindow()

    def stop(self) -> None:
        """Stop listening, renew the day's copy and end the worker thread."""
        self._ear.close()
        self.gate.go()
        if self.chores.up.isActive() or self._veiled:
            self.chores.window_is_up()
        self._pause()
        self._leave_rescue()
        self.setup.rest()
        self._put_question_away()
        if self.shell is not None:
            self.shell.unfinished.keeper.rest()
            self.runner.ask(_sign)
        self.runner.stop()

    def _put_question_away(self) -> None:
        if self._question is not None:
            self._question.close()

    def _make_larger(self, large: bool) -> None:
        self._settings.setValue(_LARGE, large)
        theme.set_size(self._app, theme.LARGE if large else 1.0)

    def _reopen(self, open_desk: Callable[[], Desk]) -> None:
        self.runner.stop()
        self.runner = Runner(patiently(open_desk))
        self.open()

    def _change_hands(self, office: OfficeView) -> None:
        if self.shell is not None:
            self.shell.keep()
        self._swap(office, Shell.part)

    def _resize(self, office: OfficeView, large: bool) -> None:
        self._make_larger(large)
        self._swap(office, Shell.leave)

    def _swap(self, office: OfficeView, leave: Callable[[Shell], object]) -> None:
        before = self.shell
        self._put_question_away()
        if not self.gate.stops(office):
            self._build(office)
            self._unveil()  # at once: with none on the screen the program would end
        if before is not None and self.shell is not None:
            _stand_in(self.shell, before, page=leave is Shell.leave)
            leave(before)
            before.deleteLater()

    def _sorry(self, error: Refused | Trouble) -> None:
        if isinstance(error, Occupied):
            upgrades.put_off()
        if self._folder is not None and ask_forward(self._folder):
            self._app.exit(0)  # the office is open already, and its window has come forward
            return
        if self.gate.takes(error):
            return
        if self._folder is not None and isinstance(error, Damaged | Newer):
            self.offer_ways(later=isinstance(error, Newer))
            return
        if isinstance(error, Occupied) and self._knocks < _KNOCKS:
            self._knocks += 1
            QTimer.singleShot(_KNOCK_MS, lambda: self._sorry(error))
            return
        self.apology = box(QMessageBox.Icon.Warning, PRODUCT, error.sentence)
        self.apology.finished.connect(lambda: self._app.exit(1))
        self.apology.show()


def run(
    open_desk: Callable[[], Desk],
    *,
    first: "FirstRun | None" = None,
    again: "Callable[[], FirstRun] | None" = None,
    texts: Sequence[str] = (),
    settings: Path | None = None,
    folder: Path | None = None,
    open_shut: OpenShut | None = None,
) -> int:
    """Show the window until it is closed and return the exit code.

    `open_desk` is called in the worker thread and owns its database there; `first` is given when there is no office
    yet, `again` for setting up anew what is lost for good; `settings` is the file that remembers how this person likes
    the window; `folder` is the office's, by which a second start finds the first window; `open_shut` opens data that
    do not open by themselves, by a password or a recovery code.
    """
    app = QApplication([sys.argv[0], *theme.STYLE_WORDS, *texts])
    app.setApplicationName("TuopinDesktop")
    app.setWindowIcon(icons.icon("app"))
    remembered = QSettings(str(settings or _settings_file()), QSettings.Format.IniFormat)
    opening = Opening(app, open_desk, remembered, folder, open_shut)
    theme.apply(app, factor=theme.LARGE if opening.large else 1.0, styled=True)
    opening.again = again
    if folder is not None and _is_lost(folder):
        opening.offer_ways()
    elif first is None:
        opening.open()
    else:
        opening.ask_first(first)
    code = app.exec()
    opening.stop()
    return code


def _put_back(folder: Path, path: Path) -> tuple[str, str]:
    """Put a copy in the place of an office's data; return what is said of it, and how."""
    from tuopin_desktop.services.office import backups  # noqa: PLC0415 start-up: hardly ever wanted

    try:
        backups.restore(folder, path)
    except (Refused, Trouble) as error:
        return error.sentence, "bad"
    return f"已恢复备份“{path.name}”；原来的数据另存为“恢复前”备份", "ok"


def _is_lost(folder: Path) -> bool:
    """Tell whether a folder without a database is not a new one."""
    if offices.is_office(folder):
        return False
    from tuopin_desktop.services.office import rescue  # noqa: PLC0415 start-up: mostly there is an office

    return rescue.needed(folder)


def _sign(desk: Desk) -> None:
    from tuopin_desktop.services.office import exitsigns  # noqa: PLC0415 start-up: when the window goes

    exitsigns.at_exit(desk)


def _settings_file() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation)) / "window.ini"
