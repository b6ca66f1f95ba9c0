"""Above the county marks are stored for the team under which they were keyed, whatever is looked at by then."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QObject

from tuopin_desktop.domain.problems import Problem, Refused, Trouble
from tuopin_desktop.services.attendance.keep import Edit
from tuopin_desktop.ui.pages.attendance.keying import Keeper


class Waiting:
    """Keeps what is asked until the test answers it."""

    def __init__(self) -> None:
        self.asked: list[tuple[list[Edit], str]] = []
        self.then: Callable[[Any], object] = print
        self.failed: Callable[[Any], object] = print

    def ask(self, _: object, edits: list[Edit], team: str, *, then: Any, failed: Any) -> None:
        self.asked.append((edits, team))
        self.then, self.failed = then, failed


@pytest.fixture
def office() -> Waiting:
    return Waiting()


@pytest.fixture
def keeper(office: Waiting, qapp: QObject) -> Keeper:
    return Keeper(office, qapp)  # type: ignore[arg-type]  # answers by hand, so that a batch is under way


def edit(number: int, now: str = "vw/vw") -> Edit:
    return Edit("posting", "2018-06", number, "", now)


def test_what_is_keyed_while_a_batch_is_under_way_goes_to_its_own_team(keeper: Keeper, office: Waiting) -> None:
    keeper.team = "150426"
    keeper.note([edit(4)])
    keeper.flush()
    keeper.note([edit(5)])
    keeper.flush()
    keeper.team = ""  # 结束编辑
    office.then(None)
    assert office.asked == [([edit(4)], "150426"), ([edit(5)], "150426")]
    office.then(None)
    assert keeper.cells == 0


def test_each_team_is_a_batch_and_a_refused_one_holds_none_up(keeper: Keeper, office: Waiting) -> None:
    keeper.team = "150426"
    keeper.note([edit(4)])
    keeper.team = "150125"
    keeper.note([edit(6)])
    keeper.flush()
    assert keeper.cells == 2
    office.failed(Refused([Problem(code="x", sentence="不能")]))
    assert office.asked == [([edit(4)], "150426"), ([edit(6)], "150125")]


def test_after_trouble_a_mark_waits_with_its_team(keeper: Keeper, office: Waiting) -> None:
    keeper.team = "150426"
    keeper.note([edit(4)])
    keeper.flush()
    keeper.note([edit(4, "ho/ho")])
    keeper.team = "150125"
    office.failed(Trouble("磁盘忙"))
    assert keeper.cells == 1
    keeper.flush()
    assert office.asked[-1] == ([edit(4, "ho/ho")], "150426")
