"""The bridge: answers on the window's thread, the newest wins, errors by family, and nothing is left running."""

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.services.desks import MORNING, open_office
from tuopin_desktop.domain.problems import Refused, Trouble, refuse
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.office.desk import Desk, Standing
from tuopin_desktop.services.office.offices import open_desk
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner, Runner


class Bench:
    """Stands for a desk."""

    def __init__(self) -> None:
        self.thread = threading.current_thread()
        self.changed: set[str] = set()
        self.closed_in: threading.Thread | None = None

    def take_changes(self) -> frozenset[str]:
        taken, self.changed = frozenset(self.changed), set()
        return taken

    def close(self) -> None:
        self.closed_in = threading.current_thread()


@pytest.fixture
def bench() -> list[Bench]:
    return []


@pytest.fixture
def runner(bench: list[Bench], qtbot: QtBot) -> Any:
    def open_bench() -> Bench:
        bench.append(Bench())
        return bench[0]

    made = Runner(open_bench)
    made._thread.start()
    yield made
    made.stop()


def _thread(_desk: Bench) -> threading.Thread:
    return threading.current_thread()


def test_jobs_run_in_the_desks_thread_and_answers_come_back_here(runner: Runner, qtbot: QtBot) -> None:
    seen: list[threading.Thread] = []
    runner.ask(_thread, then=lambda where: seen.extend([where, threading.current_thread()]))
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == [runner._thread, threading.main_thread()]


def test_the_desk_is_opened_and_closed_in_its_own_thread(runner: Runner, bench: list[Bench], qtbot: QtBot) -> None:
    done: list[object] = []
    runner.ask(_thread, then=done.append)
    qtbot.waitUntil(lambda: bool(done))
    runner.stop()
    assert bench[0].thread is runner._thread
    assert bench[0].closed_in is runner._thread
    assert not runner._thread.is_alive()


def test_of_one_lane_only_the_newest_is_answered(runner: Runner, qtbot: QtBot) -> None:
    gate = threading.Event()
    answers: list[str] = []
    runner.ask(lambda _: gate.wait(10))
    for text in ("z", "zj", "zjg"):
        runner.ask(lambda _, said: said, text, then=answers.append, lane="search")
    runner.ask(lambda _: "other", then=answers.append)
    gate.set()
    qtbot.waitUntil(lambda: "other" in answers)
    assert answers == ["zjg", "other"]


def test_refusals_and_troubles_go_to_failed(runner: Runner, qtbot: QtBot) -> None:
    failures: list[object] = []

    def job(_desk: Bench, error: Exception) -> None:
        raise error

    runner.ask(job, refuse("code", "不行", "name"), failed=failures.append)
    runner.ask(job, Trouble("磁盘已满"), failed=failures.append)
    qtbot.waitUntil(lambda: len(failures) == 2)
    assert isinstance(failures[0], Refused)
    assert failures[0].problems[0].fields == ("name",)
    assert isinstance(failures[1], Trouble)


def test_a_trouble_nobody_takes_is_told_to_the_window(runner: Runner, qtbot: QtBot) -> None:
    def job(_desk: Bench) -> None:
        raise Trouble("磁盘已满")

    with qtbot.waitSignal(runner.troubled) as told:
        runner.ask(job)
    assert told.args is not None
    assert told.args[0].sentence == "磁盘已满"


def test_a_bug_goes_to_the_crash_hook(runner: Runner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    caught: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: caught.append(error))
    runner.ask(lambda _: 1 // 0)
    qtbot.waitUntil(lambda: bool(caught))
    assert isinstance(caught[0], ZeroDivisionError)


def test_changes_are_told_once_after_the_answer(runner: Runner, qtbot: QtBot) -> None:
    order: list[object] = []
    runner.changed.connect(order.append)

    def write(desk: Bench) -> str:
        desk.changed |= {"person", "posting"}
        return "written"

    runner.ask(write, then=order.append)
    runner.ask(lambda _: "read", then=order.append)
    qtbot.waitUntil(lambda: "read" in order)
    assert order == ["written", frozenset({"person", "posting"}), "read"]


def test_a_long_job_reports_and_can_be_cancelled(runner: Runner, qtbot: QtBot) -> None:
    reached = threading.Event()
    go_on = threading.Event()
    steps: list[int] = []

    def long(_desk: Bench, progress: Any) -> str:
        for step in range(1, 4):
            progress(step, 3)
            steps.append(step)
            reached.set()
            go_on.wait(10)
        return "finished"

    answers: list[str] = []
    with qtbot.waitSignal(runner.progressed) as told:
        ticket = runner.ask_long(long, then=answers.append)
    assert reached.wait(10)
    ticket.cancel()
    go_on.set()
    runner.ask(lambda _: "after", then=answers.append)
    qtbot.waitUntil(lambda: "after" in answers)
    assert told.args == [1, 3]
    assert steps == [1]
    assert answers == ["after"]


def test_an_answer_for_a_window_that_is_gone_is_dropped(runner: Runner, qtbot: QtBot) -> None:
    gate = threading.Event()
    gone = QLabel()
    done: list[object] = []
    runner.ask(lambda _: gate.wait(10))
    runner.ask(lambda _: "words", then=gone.setText)
    runner.ask(lambda _: "after", then=done.append)
    gone.deleteLater()
    with qtbot.waitSignal(gone.destroyed):
        pass
    gate.set()
    qtbot.waitUntil(lambda: bool(done))


def test_a_desk_that_does_not_open_says_why(qtbot: QtBot) -> None:
    def no_desk() -> Desk:
        raise Trouble("数据文件打不开，请从备份恢复")

    runner = Runner(no_desk)
    failures: list[Any] = []
    runner.start(then=failures.append, failed=failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    runner.stop()
    assert failures[0].sentence == "数据文件打不开，请从备份恢复"


def test_a_thousand_answers_arrive(runner: Runner, qtbot: QtBot) -> None:
    """PySide6 builds that lose references to True and None die here."""
    answers: list[bool] = []
    for _ in range(1000):
        runner.ask(lambda _: True, then=answers.append)
    qtbot.waitUntil(lambda: len(answers) == 1000)


def test_the_immediate_runner_answers_before_it_returns(qtbot: QtBot) -> None:
    bench = Bench()
    runner = ImmediateRunner(bench)
    told: list[object] = []
    runner.changed.connect(told.append)

    def write(desk: Bench) -> str:
        desk.changed.add("person")
        return "written"

    runner.ask(write, then=told.append)
    assert told == ["written", frozenset({"person"})]
    assert isinstance(runner, QObject)


def slices(count: int, seen: list[str], desk: Desk) -> None:
    """Give a desk so many slices of work for later."""
    left = [count]

    def one() -> Standing:
        left[0] -= 1
        seen.append("slice")
        if not left[0]:
            desk.later = None
        return Standing(count - left[0], count, kinds=frozenset() if left[0] else frozenset({"person"}))

    desk.later = one


@pytest.fixture
def office(tmp_path: Path, qtbot: QtBot) -> Iterator[Runner[Desk]]:
    open_office(tmp_path / "office").close()
    made: Runner[Desk] = Runner(lambda: open_desk(tmp_path / "office", FixedClock(MORNING)))
    made.begin()
    yield made
    made.stop()


def test_what_is_for_later_is_done_slice_by_slice_while_nothing_is_asked(office: Runner[Desk], qtbot: QtBot) -> None:
    seen: list[str] = []
    standing: list[Standing] = []
    office.standing.connect(standing.append)
    office.ask(lambda desk: slices(5, seen, desk))
    qtbot.waitUntil(lambda: len(standing) == 5)
    assert [one.count for one in standing] == [1, 2, 3, 4, 5]
    assert standing[-1].kinds == {"person"}


def test_what_is_asked_meanwhile_is_answered_after_one_slice(office: Runner[Desk], qtbot: QtBot) -> None:
    seen: list[str] = []
    gate, begun = threading.Event(), threading.Event()

    def first(desk: Desk) -> None:
        slices(50, seen, desk)
        work = desk.later
        assert work is not None

        def held() -> Standing | None:
            begun.set()
            gate.wait(10)
            return work()

        desk.later = held

    office.ask(first)
    assert begun.wait(10)
    office.ask(lambda _: seen.append("asked"))
    gate.set()
    qtbot.waitUntil(lambda: "asked" in seen)
    assert seen.index("asked") == 1


def test_a_slice_that_fails_is_told_once_and_what_is_asked_goes_on(
    office: Runner[Desk], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    crashes: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: crashes.append(error))

    def fail() -> Standing:
        raise ZeroDivisionError

    def give(desk: Desk) -> None:
        desk.later = fail

    office.ask(give)
    qtbot.waitUntil(lambda: bool(crashes))
    done: list[bool] = []
    office.ask(lambda desk: desk.later is None, then=done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert [type(one) for one in crashes] == [ZeroDivisionError]
    assert done == [True]


def test_a_bug_on_the_way_is_handed_over_and_the_slices_go_on(
    office: Runner[Desk], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    crashes: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: crashes.append(error))
    standing: list[Standing] = []
    office.standing.connect(standing.append)

    def give(desk: Desk) -> None:
        slices(3, [], desk)
        work = desk.later
        assert work is not None

        def first() -> Standing:
            desk.later = work
            told = work()
            assert told is not None
            return msgspec.structs.replace(told, errors=(ZeroDivisionError(),))

        desk.later = first

    office.ask(give)
    qtbot.waitUntil(lambda: len(standing) == 3 and bool(crashes))
    assert [type(one) for one in crashes] == [ZeroDivisionError]


def test_what_is_not_of_today_is_said_before_the_answer(office: Runner[Desk], qtbot: QtBot) -> None:
    heard: list[object] = []
    office.standing.connect(heard.append)
    older = Standing(0, 5, older=True)
    office.ask(lambda desk: desk.tell(older), then=lambda _: heard.append("answer"))
    office.ask(lambda _: None, then=lambda _: heard.append("next"))
    qtbot.waitUntil(lambda: "next" in heard)
    assert heard == [older, "answer", "next"]


def waits(desk: Desk, steps: int, after: Callable[[int], object]) -> str:
    """Do what a paper waits for in so many steps, each heard of."""
    for number in range(steps):
        assert desk.hear is not None
        desk.hear(number, steps)
        after(number)
    return "paper"


def test_whoever_waits_for_a_paper_hears_how_far_its_judging_is(office: Runner[Desk], qtbot: QtBot) -> None:
    heard: list[tuple[object, int, int]] = []
    answers: list[str] = []
    office.settling.connect(lambda *args: heard.append(args))
    ticket = office.ask(waits, 3, lambda _: None, then=answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert [one for one in heard if one[0] is ticket] == [(ticket, 0, 3), (ticket, 1, 3), (ticket, 2, 3)]
    assert heard[-1] == (None, 0, 0)


def test_a_paper_that_is_given_up_is_not_made(office: Runner[Desk], qtbot: QtBot) -> None:
    answers: list[object] = []
    steps: list[int] = []
    first, stopped = threading.Event(), threading.Event()

    def after(number: int) -> None:
        steps.append(number)
        first.set()
        stopped.wait(10)

    ticket = office.ask(waits, 50, after, then=answers.append, failed=answers.append)
    assert first.wait(10)
    ticket.cancel()
    stopped.set()
    office.ask(lambda _: "next", then=answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == ["next"]
    assert steps == [0]
