"""Guards against faults of the tools below us that would show up only as a crash in an office."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPainter


class _Sender(QObject):
    sent = Signal(int)


def _lost_references(work: Callable[[], object]) -> int:
    """Return how many references to None, True or False went missing while working; a handful is noise."""
    constants = (None, True, False)
    before = [sys.getrefcount(constant) for constant in constants]
    work()
    after = [sys.getrefcount(constant) for constant in constants]
    return max(old - new for old, new in zip(before, after, strict=True))


def _paint() -> None:
    image = QImage(8, 8, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    for _ in range(100):
        painter.save()
        painter.restore()
    painter.end()


def _emit() -> None:
    sender = _Sender()
    for number in range(1000):
        sender.sent.emit(number)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="the constants are immortal; their count means nothing")
@pytest.mark.parametrize("work", [_paint, _emit])
def test_qt_keeps_the_references_it_is_lent(work: Callable[[], object]) -> None:
    # WORKAROUND(PySide6 6.12.0): it loses one per call; below Python 3.12 the interpreter then aborts (none_dealloc).
    assert _lost_references(work) < 50


def test_left_over_timer_thread_and_window_fail_a_test(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent.parent))
    pytester.makeconftest("from tests.conftest import nothing_left_behind\n")
    pytester.makepyfile(
        """
        import threading
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QWidget

        kept = []

        def test_timer(qapp):
            kept.append(QTimer())
            kept[-1].start(10_000)

        def test_window(qapp):
            kept.append(QWidget())
            kept[-1].show()

        def test_thread():
            kept.append(threading.Event())
            threading.Thread(target=kept[-1].wait, name="forgotten", daemon=True).start()

        def test_tidy(qtbot):
            widget = QWidget()
            qtbot.addWidget(widget)
            widget.show()
            timer = QTimer(widget)
            timer.start(0)
            timer.stop()
            thread = threading.Thread(target=len, args=("",))
            thread.start()
        """
    )
    result = pytester.runpytest_subprocess("-p", "no:randomly", "-o", "qt_log_level_fail=CRITICAL")
    result.assert_outcomes(passed=4, errors=3)
    reasons = ("timer", "window", "thread forgotten")
    result.stdout.fnmatch_lines_random([f"*left behind: {reason}*" for reason in reasons])
