"""What every test gets: one locale and time zone, no display, and a check that nothing is left running behind it."""

import atexit
import gc
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Generator, Iterator
from typing import Any

import pytest
from hypothesis import settings

from tuopin_desktop.exchange import vault

NIGHTLY = os.environ.get("TUOPIN_NIGHTLY") == "1"
BUDGET = 5.0
"""Seconds of processor a test may take, its fixtures and what it starts with it; every run lists the dearer ones."""
_BEGUN = pytest.StashKey[float]()

# Before Qt or the C library look: results must not depend on whose desk the test runs on.
os.environ.update(LC_ALL="C.UTF-8", LANGUAGE="", TZ="Asia/Shanghai")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# The account's key and what is remembered of offices: a run has its own, and so has whatever it starts.
if "PYTEST_XDIST_WORKER" not in os.environ:
    os.environ["TUOPIN_CONFIG"] = tempfile.mkdtemp(prefix="tuopin-config-")
    atexit.register(shutil.rmtree, os.environ["TUOPIN_CONFIG"], ignore_errors=True)
vault.COST = vault.Cost(1, 8, 1)
if hasattr(time, "tzset"):
    time.tzset()

# Thousands of living records are no garbage, and looking through them at every 700th is a sixth of an office's making.
gc.set_threshold(50_000, 20, 20)

settings.register_profile("ci", deadline=None, derandomize=True, max_examples=60)
settings.register_profile("nightly", deadline=None, max_examples=2000)
settings.load_profile("nightly" if NIGHTLY else "ci")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the long runs for the night."""
    if NIGHTLY:
        return
    for item in items:
        if item.get_closest_marker("nightly"):
            item.add_marker(pytest.mark.skip(reason="long run; set TUOPIN_NIGHTLY=1"))


def processor() -> float:
    """Return the seconds of processor this process and the ended ones it started have taken."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Note when a test begins, by the processor's time: the clock says how busy the machine is."""
    item.stash[_BEGUN] = processor()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Put what a test took, its fixtures with it, on its last report, which a worker sends to where it is printed."""
    report = yield
    if call.when == "teardown":
        report.user_properties.append(("processor", processor() - item.stash[_BEGUN]))
    return report


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """List the tests over their budget, the dearest first."""
    last = [one for one in terminalreporter.getreports("") if getattr(one, "when", "") == "teardown"]
    cost = {one.nodeid: dict(one.user_properties).get("processor", 0.0) for one in last}
    over = sorted(((seconds, name) for name, seconds in cost.items() if seconds > BUDGET), reverse=True)
    terminalreporter.write_line(f"{sum(cost.values()):.0f} s of processor; {len(over)} tests took over {BUDGET:g} s:")
    for seconds, name in over:
        terminalreporter.write_line(f"{seconds:8.1f} s {name}")


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """Fail a test that leaves a thread, an active timer or a visible window, and clear them away for the next one."""
    threads, qt_before = set(threading.enumerate()), {id(thing) for thing, _ in _busy_qt_objects()}
    yield
    _delete_closed_windows()
    left = [f"thread {thread.name}" for thread in set(threading.enumerate()) - threads if _still_runs(thread)]
    for thing, name in _busy_qt_objects():
        if id(thing) not in qt_before:
            left.append(name)
            _put_away(thing)
    if left:
        pytest.fail(f"left behind: {', '.join(sorted(left))}")


def _delete_closed_windows() -> None:
    """Do what closing asked for: pytest-qt deletes windows later, and outside an event loop later is never.

    Every window of every test would live to the end, and each change of style or letters would paint all of them.
    """
    core = sys.modules.get("PySide6.QtCore")
    if core is not None and core.QCoreApplication.instance() is not None:
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)


def _still_runs(thread: threading.Thread) -> bool:
    if isinstance(thread, threading._DummyThread):
        # Python's note of a thread Qt started; it outlives the thread on 3.11. QThread itself is asked below.
        return False
    thread.join(timeout=1)  # one that was told to stop may be in its last lines
    return thread.is_alive()


def _busy_qt_objects() -> list[tuple[Any, str]]:
    """Return active timers, running threads and visible windows, with a word on each; none when Qt is not loaded."""
    core, widgets = sys.modules.get("PySide6.QtCore"), sys.modules.get("PySide6.QtWidgets")
    shiboken = sys.modules.get("shiboken6.Shiboken")
    if core is None or shiboken is None or core.QCoreApplication.instance() is None:
        return []
    busy: list[tuple[Any, str]] = []
    main_thread = core.QCoreApplication.instance().thread()
    for thing in shiboken.getAllValidWrappers():
        if isinstance(thing, core.QTimer) and thing.isActive():
            busy.append((thing, f"timer {thing.objectName() or thing.parent()!r}"))
        elif isinstance(thing, core.QThread) and thing != main_thread and thing.isRunning() and not thing.wait(1000):
            busy.append((thing, f"thread {thing.objectName() or thing!r}"))
    if widgets is not None:
        windows = widgets.QApplication.topLevelWidgets()
        busy += [(window, f"window {window!r}") for window in windows if window.isVisible()]
    return busy


def _put_away(thing: Any) -> None:
    core, widgets = sys.modules["PySide6.QtCore"], sys.modules.get("PySide6.QtWidgets")
    if isinstance(thing, core.QTimer):
        thing.stop()
    elif widgets is not None and isinstance(thing, widgets.QWidget):
        thing.hide()
