"""What is owed today: each count is that of the list it opens, and nothing is held against a month not yet keyed."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.services.closings import key
from tests.services.desks import enter, open_office
from tests.services.test_evidence import contradicted
from tuopin_desktop.domain.duties.duty import count_duties, overdue
from tuopin_desktop.domain.records import Attendance, Posting
from tuopin_desktop.domain.shelf.tally import unclosed
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.attendance import closing
from tuopin_desktop.services.duties import radar
from tuopin_desktop.services.evidence import evidence
from tuopin_desktop.services.home.countystate import CountyState, Task
from tuopin_desktop.services.home.standing import standing
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import backups
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers


@pytest.fixture
def office(tmp_path: Path) -> Iterator[tuple[Desk, Posting]]:
    opened = open_office(tmp_path)
    posting = enter(opened, "阿拉坦其其格")
    opened.clock = FixedClock(datetime(2019, 6, 24, 9))
    yield opened, posting
    opened.close()


def county(desk: Desk) -> CountyState:
    state = standing(desk).county
    assert state is not None
    return state


def line(desk: Desk, key: str) -> Task | None:
    return next((one for one in county(desk).tasks if one.key == key), None)


def test_duties_are_those_that_press(office: tuple[Desk, Posting]) -> None:
    lines = [one for one in county(office[0]).tasks if one.key.startswith("duty ")]
    assert sum(one.count for one in lines) == count_duties(radar.due(office[0])) > 0
    assert sum(one.late for one in lines) == count_duties(overdue(radar.due(office[0])))


def test_contradictions_are_those_not_explained(office: tuple[Desk, Posting]) -> None:
    desk, _ = office
    contradicted(desk)
    pending = evidence.select(evidence.rows(desk), state="pending")
    found = line(desk, "doubts")
    assert found is not None
    assert found.count == len(pending) > 0
    for row in pending:
        evidence.explain(desk, row.id, "当日已提前返村，未改报备单", by="王海")
    assert line(desk, "doubts") is None


def test_months_not_closed_lead_to_the_oldest(office: tuple[Desk, Posting]) -> None:
    desk, posting = office
    before = line(desk, "closing")
    assert before is not None
    known = judging.facts(desk)
    months = unclosed(known, judging.policy_on(desk, known.today), desk.scope)
    assert (before.count, before.subject) == (len(months), months[0])
    assert months[-1] == "2019-05"
    key(desk, posting, months[0], day="tr/tr")
    seen = closing.preview(desk, months[0])
    closing.close(desk, months[0], gaps=seen.missing)
    after = line(desk, "closing")
    assert after is not None
    assert (after.count, after.subject) == (before.count - 1, months[1])


def test_days_out_of_reach_are_said_only_when_keying_cannot_help(office: tuple[Desk, Posting]) -> None:
    desk, posting = office
    assert [one.tone for one in county(desk).bars] != ["bad"]
    days: dict[str, Any] = {f"d{day:02d}": "tr/tr" for day in range(1, 25)}
    registers.save(desk, Attendance(id=f"{posting.id}/2019-06", posting=posting.id, month="2019-06", **days))
    (bar,) = county(desk).bars
    assert (bar.name, bar.tone) == ("阿拉坦其其格", "bad")
    assert bar.sentence.startswith("够不到了，最多")


def test_a_second_place_for_backups_that_is_not_there_for_a_week_is_said(
    office: tuple[Desk, Posting], tmp_path: Path
) -> None:
    desk, _ = office
    place = tmp_path.with_name(f"{tmp_path.name}-U盘")  # the office itself lies in tmp_path
    place.mkdir()
    backups.choose_place(desk, place)
    assert line(desk, "copies") is None
    shutil.rmtree(place)
    desk.clock = FixedClock(datetime(2019, 7, 2, 9))
    found = line(desk, "copies")
    assert found is not None
    assert (found.count, found.subject) == (1, "backups")
    assert "8天" in found.text
