"""The type checker sees what crosses to the worker's thread.

Each wrong question below bears an ignore that `mypy` reports as unused as soon as it no longer sees the mistake; the
tests show that the mistake is one.
"""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.plumbing.runner import Asker, ImmediateRunner, Progress, all_but_last, question


def _length(_desk: Desk, text: str, more: int = 0, *, twice: bool = False) -> int:
    return (len(text) + more) * (2 if twice else 1)


def _steps(_desk: Desk, text: str, progress: Progress) -> int:
    progress(1, len(text))
    return len(text)


def _month(day: date) -> int:
    return day.month


@pytest.fixture
def bridge(desk: Desk, qtbot: QtBot) -> Asker:
    return ImmediateRunner(desk)


def test_right_questions_are_answered_and_need_no_ignore(bridge: Asker) -> None:
    lengths: list[int] = []
    bridge.ask(_length, "abc", then=lengths.append)
    bridge.ask(_length, "abc", 1, then=lengths.append)
    bridge.ask(question(_length, "abc", twice=True), then=lengths.append)
    bridge.ask(all_but_last(_length, "abc"), 2, then=lengths.append)
    bridge.ask_long(_steps, "abc", then=lengths.append)
    assert lengths == [3, 4, 6, 5, 3]


def test_a_wrong_argument_is_seen(bridge: Asker) -> None:
    with pytest.raises(TypeError):
        bridge.ask(_length, 3)  # type: ignore[arg-type]  # what must be seen
    with pytest.raises(TypeError):
        bridge.ask(question(_length, 3))  # type: ignore[arg-type]  # what must be seen


def test_an_argument_too_few_or_too_many_is_seen(bridge: Asker) -> None:
    with pytest.raises(TypeError):
        bridge.ask(_length)  # type: ignore[arg-type]  # what must be seen
    with pytest.raises(TypeError):
        bridge.ask(_length, "abc", 1, 2)  # type: ignore[arg-type]  # what must be seen
    with pytest.raises(TypeError):
        bridge.ask(_length, "abc", twice=True)  # type: ignore[call-arg]  # what must be seen


def test_an_answer_of_another_type_than_is_awaited_is_seen(bridge: Asker) -> None:
    with pytest.raises(AttributeError):
        bridge.ask(_length, "abc", then=_month)  # type: ignore[misc]  # what must be seen
    with pytest.raises(AttributeError):
        bridge.ask(_length, "abc", then=lambda number: number.month)  # type: ignore[attr-defined]  # what must be seen


def test_a_long_question_without_progress_is_seen(bridge: Asker) -> None:
    with pytest.raises(TypeError):
        bridge.ask_long(_month, date(2018, 6, 1))  # type: ignore[arg-type]  # what must be seen
