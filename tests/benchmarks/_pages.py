"""Open every page of an office offscreen in this process and print what each costs, one JSON object: see `pages`.

The worker tells its own processor time, the process the time of both threads: the difference is the window's.
"""

import os
import resource
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import Attendance, DailyLog, Meeting, Person
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.office import offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.doors import DOORS
from tuopin_desktop.ui.plumbing.office import office_of
from tuopin_desktop.ui.plumbing.runner import Runner, Ticket
from tuopin_desktop.ui.shell import Shell

SIZE = (1366, 768)
_SLICE_MS = 150


class Cost(msgspec.Struct):
    """What a step took: CPU seconds of the worker and of the window until all was answered, and how many questions.

    `later` is what was done after it while nothing was asked, until everything was as of now.
    """

    worker: float
    window: float
    asked: int
    later: float = 0.0

    @property
    def waited(self) -> float:
        """Return the CPU seconds somebody waited for."""
        return self.worker + self.window

    @property
    def judged(self) -> float:
        """Return the CPU seconds of the worker until everything was as of now."""
        return self.worker + self.later


class Report(msgspec.Struct):
    """What each page cost, by its door: first, again, after one county changed, on a new day; memory in MB."""

    counties: int
    steps: dict[str, dict[str, Cost]]
    megabytes: int


class CountingRunner(Runner[Desk]):
    """The real runner, which also counts what it is asked."""

    def __init__(self, open_desk: Callable[[], Desk]) -> None:
        super().__init__(open_desk)
        self.asked = 0

    def _put(self, *args: Any, **options: Any) -> Ticket:
        self.asked += 1
        return super()._put(*args, **options)


def worker_time(desk: Desk) -> float:
    """Return the CPU seconds of the thread that asks: runs in the worker."""
    return time.thread_time()


def opened(folder: Path, moment: datetime) -> Desk:
    """Return the office as a window opens it."""
    desk = offices.open_desk(folder, FixedClock(moment))
    desk.patient = True
    return desk


def is_behind(desk: Desk) -> bool:
    """Tell whether something is left to do while nothing is asked; runs in the worker."""
    return desk.later is not None


class Meter:
    """Measures a step in the window until everything it asked for is answered and painted."""

    def __init__(self, app: QApplication, runner: CountingRunner) -> None:
        self._app, self._runner = app, runner

    def step(self, work: Callable[[], object]) -> Cost:
        """Do the work and wait until nothing more is asked."""
        begin, asked, whole = self.answer(worker_time), self._runner.asked, time.process_time()
        work()
        worker = self.settle() - begin
        cost = Cost(worker, time.process_time() - whole - worker, self._runner.asked - asked)
        whole = time.process_time()
        while self.answer(is_behind):
            self._rest(_SLICE_MS)
        self.settle()
        cost.later = time.process_time() - whole
        return cost

    def settle(self) -> float:
        """Let the window and the worker come to rest; return the worker's time then."""
        while True:
            before = self._runner.asked
            end = self.answer(worker_time)
            self._rest()
            if self._runner.asked == before:
                return end

    def answer(self, function: Callable[..., Any], *args: Any) -> Any:
        """Return the answer to a question that does not count, which comes after those asked before."""
        answers: list[Any] = []
        loop = QEventLoop()

        def take(value: Any) -> None:
            answers.append(value)
            loop.quit()

        self.put(function, *args, take)
        loop.exec()
        return answers[0]

    def put(self, function: Callable[..., Any], *rest: Any) -> None:
        """Ask a question that does not count; the last of the arguments takes the answer."""
        *args, then = rest
        self._runner.ask(function, *args, then=then)
        self._runner.asked -= 1

    def _rest(self, ms: int = 1) -> None:
        loop = QEventLoop()
        QTimer.singleShot(ms, lambda: QTimer.singleShot(1, loop.quit))
        loop.exec()
        self._app.processEvents()


def change_county(desk: Desk, number: int) -> float:
    """Change what a county's clerk changes in a morning, through the desk; return the CPU seconds of it."""
    begin = time.thread_time()
    codes = [code for code, _ in desk.store.owners(Attendance, scope=desk.scope)]
    code = codes[number % len(codes)]
    month = max(desk.store.rows(Attendance, scope=code), key=lambda one: (one.month, one.id))
    log = desk.store.rows(DailyLog, between=(f"{month.posting}/", f"{month.posting}0"))[-1]
    meeting = max(desk.store.rows(Meeting, scope=code), key=lambda one: str(one.held))
    person = desk.store.rows(Person, scope=code)[0]
    records = (
        msgspec.structs.replace(month, d10="hw/hw" if month.d10 != "hw/hw" else "vw/vw"),
        msgspec.structs.replace(log, text=log.text + "（补记）"),
        msgspec.structs.replace(meeting, minutes=meeting.minutes + "（补记）"),
        msgspec.structs.replace(person, phone=f"100000{number:05d}"),
    )
    desk.commit([Change(one.kind.name, one.id, scalars(one)) for one in records])
    return time.thread_time() - begin


def turn_day(desk: Desk) -> None:
    """Let the next day begin; runs in the worker."""
    assert isinstance(desk.clock, FixedClock)
    desk.clock.moment += timedelta(days=1)


def counties(desk: Desk) -> int:
    return len(desk.store.owners(Attendance, scope=desk.scope))


def measure(folder: Path, moment: datetime, words: tuple[str, ...]) -> Report:
    """Open the office and its pages; each step of `words` is done on each page, `page:KEY` opens these alone."""
    app = QApplication([])
    theme.apply(app, bundled_only=True)
    runner = CountingRunner(lambda: opened(folder, moment))
    runner.begin()
    meter = Meter(app, runner)
    view = meter.answer(office_of)
    windows: list[Shell] = []

    def open_window() -> None:
        windows.append(Shell(runner, view, DOORS))
        windows[0].resize(*SIZE)
        windows[0].show()

    first = meter.step(open_window)
    report = Report(meter.answer(counties), {}, 0)
    for number, door in enumerate(DOORS):
        if f"page:{door.key}" in words or not any(word.startswith("page:") for word in words):
            report.steps[door.key] = page_steps(meter, windows[0], number, words, None if number else first)
    report.megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    windows[0].leave()
    runner.stop()
    return report


def page_steps(meter: Meter, shell: Shell, number: int, words: tuple[str, ...], first: Cost | None) -> dict[str, Cost]:
    """Return what the steps cost on the page behind a door; `first` when it is open already."""
    key, spent = DOORS[number].key, list[float]()
    page = {"first": first or meter.step(lambda: shell.open_page(key))}
    if "again" in words:
        page["again"] = meter.step(lambda: shell.page.refresh())
    if "county" in words:
        page["county"] = meter.step(lambda: meter.put(change_county, number, spent.append))
        page["county"].worker -= spent[0]  # the writing itself is no part of the page
    if "day" in words:
        meter.answer(turn_day)
        page["day"] = meter.step(lambda: shell.open_page(key))
    return page


if __name__ == "__main__":
    where, when, *steps = sys.argv[1:]
    result = measure(Path(where), datetime.fromisoformat(when), tuple(steps))
    sys.stdout.buffer.write(msgspec.json.encode(result) + b"\n")
    sys.stdout.flush()
    os._exit(0)
