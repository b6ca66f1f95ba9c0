"""What depends on the database alone is read once per state of it, and never outlives a write."""

from datetime import date

import pytest

from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office.desk import Desk


def _rename(desk: Desk, name: str) -> None:
    office = desk.office
    desk.commit([Change("office", office.id, {"name": name})])


def test_the_facts_of_a_day_are_read_once_until_something_is_written(desk: Desk) -> None:
    before = judging.facts(desk)
    assert judging.facts(desk) is before
    assert judging.facts(desk, date(2019, 1, 1)) is not before
    assert judging.facts(desk, traced=True) is not before
    _rename(desk, "派驻演练旗脱贫攻坚工作总队")
    assert judging.facts(desk) is not before


def test_a_write_that_is_refused_changes_no_answer(desk: Desk) -> None:
    before = judging.facts(desk)
    with pytest.raises(Refused):
        desk.commit([Change("spot_check", "15/of-the-office", {"level": "region"})])
    assert judging.facts(desk) is before


def test_no_more_than_three_answers_are_kept(desk: Desk) -> None:
    first = desk.once("question 0", lambda: [0])
    for number in range(1, 4):
        desk.once(f"question {number}", lambda number=number: [number])  # type: ignore[misc]  # a lambda's default is not inferred
    assert desk.once("question 0", lambda: [0]) is not first
    assert desk.once("question 3", lambda: [3, 3]) == [3]
