"""Before a meeting's day is fixed: who is away on it, by what paper, and which days suit better."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.services.desks import changed, enter, open_office
from tests.services.leaveteam import at, made
from tuopin_desktop.documents.official import Paragraph
from tuopin_desktop.domain.records import Meeting, Posting
from tuopin_desktop.services.duties import convening, drafts
from tuopin_desktop.services.duties.convening import Convening
from tuopin_desktop.services.leave import leavedesk
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = open_office(tmp_path / "office")
    registers.save(desk, changed(desk.office, secretary="白音"))
    yield desk
    desk.close()


@pytest.fixture
def team(desk: Desk) -> dict[str, Posting]:
    return {
        name: enter(desk, name, post) for name, post in (("王海", "leader"), ("赵五", "deputy"), ("李四", "member"))
    }


def asked(desk: Desk, day: int, kind: str = "joint", month: int = 6) -> Convening:
    found = convening.of_meeting(desk, Meeting(type=kind, county="150426", held=date(2018, month, day)))
    assert found is not None
    return found


def test_who_is_away_is_named_with_paper_and_days_and_better_days_are_offered(
    desk: Desk, team: dict[str, Posting]
) -> None:
    made(desk, team["王海"], "2018-06-11am/2018-06-13pm")
    made(desk, team["李四"], "2018-06-13pm/2018-06-15pm", signed=False)
    found = asked(desk, 13)
    assert [(one.name, one.absence.text) for one in found.day.missing] == [
        ("王海", "已报备外出（2018-0001）"),
        ("李四", "已报备外出（2018-0002，下午）"),
    ]
    assert "王海（队长）已报备外出（2018-0001），6月11日至6月13日" in found.text
    assert [(day.day.day, len(day.missing)) for day in found.others] == [(7, 0), (8, 0), (19, 0)]
    assert asked(desk, 8).others == ()  # everybody is there: nothing better
    assert "没有登记外出的" in asked(desk, 8).text


def test_leave_that_ended_early_is_over_and_an_overdue_one_goes_on(desk: Desk, team: dict[str, Posting]) -> None:
    early = made(desk, team["赵五"], "2018-06-05am/2018-06-15pm")
    made(desk, team["李四"], "2018-06-05am/2018-06-06pm")
    at(desk, date(2018, 6, 11))
    leavedesk.back(desk, early.id, date(2018, 6, 11), "am")
    (missing,) = asked(desk, 13).day.missing
    assert (missing.name, missing.text) == ("李四", "李四（队员）超假未归（2018-0002）")


def test_an_analysis_meeting_is_moved_within_its_days_only(desk: Desk, team: dict[str, Posting]) -> None:
    made(desk, team["王海"], "2018-07-03am/2018-07-03pm")
    found = asked(desk, 3, "analysis", 7)
    assert [day.day for day in found.others] == [date(2018, 7, day) for day in (2, 4, 5)]
    late = asked(desk, 6, "analysis", 7)
    assert "已过每月例会的期限7月5日（管理办法第十二条）" in late.text
    assert all(day.day <= date(2018, 7, 5) for day in late.others)
    rest = asked(desk, 1, "analysis", 7)
    assert "休息日" in rest.text
    assert rest.others


def test_a_day_that_is_over_and_a_meeting_without_a_day_ask_nothing(desk: Desk, team: dict[str, Posting]) -> None:
    del team
    assert convening.of_meeting(desk, Meeting(type="joint", county="150426")) is None
    assert convening.of_meeting(desk, Meeting(type="joint", county="150426", held=date(2018, 6, 1))) is None


def test_leaders_are_told_apart_from_their_teams_at_the_region(tmp_path: Path) -> None:
    desk = open_office(tmp_path / "region", level="region")
    leader = enter(desk, "王海", "leader")
    member = enter(desk, "李四")
    enter(desk, "包明", "leader", "150125")
    for posting in (leader, member):
        made(desk, posting, "2018-06-11am/2018-06-13pm", signed=False)
    found = convening.of_meeting(desk, Meeting(type="leaders", held=date(2018, 6, 12)))
    assert found is not None
    assert (found.day.expected, [one.name for one in found.day.missing]) == (2, ["王海"])
    assert "王海（翁牛特旗队长）" in found.text
    assert convening.of_meeting(desk, Meeting(type="study", held=date(2018, 6, 12))) is None
    desk.close()


def test_agenda_and_minutes_say_who_is_away(desk: Desk, team: dict[str, Posting]) -> None:
    made(desk, team["王海"], "2018-07-03am/2018-07-04pm")
    agenda = drafts.draft(desk, "agenda", "2018-07")
    said = [block.text for block in agenda.blocks if isinstance(block, Paragraph)]
    assert said[-1] == "7月2日（全部在岗）；7月3日（外出：王海）；7月4日（外出：王海）；7月5日（全部在岗）。"
    meeting = changed(registers.blank(desk, "meeting"), type="analysis", held=date(2018, 7, 4))
    registers.save(desk, meeting)
    minutes = drafts.draft(desk, "minutes", "2018-07")
    words = [block.text for block in minutes.blocks if isinstance(block, Paragraph)]
    assert "缺席人员及原因：王海（队长）已报备外出（2018-0001），7月3日至7月4日" in words
