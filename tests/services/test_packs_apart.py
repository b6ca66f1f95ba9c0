"""What is owed under the measure names and counts nobody of another programme; attendance and leave show everybody."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.services.closings import at, key
from tests.services.desks import changed, enter, open_office
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import HalfYearReport, Posting
from tuopin_desktop.services.appraisal import ballots
from tuopin_desktop.services.attendance import month, year
from tuopin_desktop.services.duties import coverletters, signinsheets
from tuopin_desktop.services.evidence import evidence
from tuopin_desktop.services.home.standing import standing
from tuopin_desktop.services.judging import judging, teammonth
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.spotchecks import checksheets, draws, spotchecks

VILLAGE, MAY = "2021-village", date(2021, 5, 12)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Keep an office in which one of each programme was on leave while his days say that he was there."""
    made = open_office(tmp_path / "office")
    people = [enter(made, "王海", since=MAY), enter(made, "白音", "first", since=MAY, pack=VILLAGE)]
    opened = at(made, "2021-06-28")
    for posting in people:
        slip = changed(leave.draft(opened, posting.id), place="呼和浩特市", reason="参加会议", period="0520-0522")
        leave.save(opened, slip)
        key(opened, posting, "2021-05", "", d20="vw/vw", d21="vw/vw", d22="vw/vw")
        key(opened, posting, "2021-06", "", **{f"d{day:02d}": "ot/ot" for day in range(1, 28)})
    yield opened
    opened.close()


def test_nobody_of_another_programme_is_drawn_or_expected_at_a_spot_check(desk: Desk) -> None:
    assert names_of(desk, [one.id for one in draws.candidates(desk, "person")]) == ["王海"]
    (team,) = spotchecks.coverage(desk)
    assert (team.people, team.unseen) == (1, ("王海",))
    sheet = checksheets.sheet(desk, "150426", date(2021, 6, 28))
    assert not any("白音" in str(row) for row in sheet.rows)


def names_of(desk: Desk, postings: list[str]) -> list[str]:
    return [draws.names(desk, postings)[one].partition("（")[0] for one in postings]


def test_contradictions_are_told_of_the_measures_own_people_and_after_its_term_the_others_go_on(desk: Desk) -> None:
    assert {row.item.who for row in evidence.rows(desk)} == {"王海"}
    closing = standing(desk).closing
    assert closing is not None
    assert (closing.pack, closing.others) == ("2018-nmg", 1)


def test_attendance_and_the_register_of_leave_show_everybody(desk: Desk) -> None:
    assert {one.name for one in teammonth.read(desk, "2021-06").members} == {"王海", "白音"}
    assert {slip.name for slip in leave.slips(desk)} == {"王海", "白音"}


def test_what_is_said_of_a_village_persons_absence_names_no_article_of_the_measure(desk: Desk, tmp_path: Path) -> None:
    new = next(one for one in desk.store.rows(Posting) if one.pack)
    key(desk, new, "2021-06", "vw/vw", **{f"d{day:02d}": "ou/ou" for day in range(20, 31)})
    found = [one for one in judging.findings(desk) if new.id in one.subject]
    assert any(one.rule == "A16-3" and one.verdict is Verdict.NOTICE for one in found)
    assert not any("第十六条" in one.sentence or "管理办法" in one.sentence for one in found)


@pytest.mark.parametrize("county", ["150426", ""])
def test_in_the_month_grid_each_posting_bears_the_absence_found_under_its_own_pack(desk: Desk, county: str) -> None:
    old = next(one for one in desk.store.rows(Posting) if not one.pack)
    registers.save(desk, changed(old, until=date(2021, 6, 20)))
    made = changed(old, id=registers.new_id(desk), position="first", pack=VILLAGE, since=date(2021, 6, 21))
    registers.save(desk, made)
    key(desk, old, "2021-06", "", **{f"d{day:02d}": "ou/ou" for day in range(1, 21)})
    key(desk, made, "2021-06", "", d21="ou/ou", d22="vw/vw")
    said = month.judge(desk, "2021-06", county)
    absent = {one: [it.verdict for it in said[one] if it.rule == "A16-3"] for one in (old.id, made.id)}
    assert absent == {old.id: [Verdict.SUSPECTED], made.id: [Verdict.OK]}


def test_the_month_and_the_year_judge_nobody_whose_pack_is_not_installed(desk: Desk) -> None:
    new = next(one for one in desk.store.rows(Posting) if one.pack)
    desk.commit([Change("posting", new.id, {"pack": "2031-x"})])
    assert month.judge(desk, "2021-06", "150426")[new.id] == ()
    told = year.year(desk, new.id, 2021)
    assert (told.absence, {one.finding for one in told.months}) == (None, {None})
    assert any(one.count for one in told.months)


def test_ballots_covers_and_a_teams_meeting_are_for_the_measures_own_people(desk: Desk) -> None:
    held = ballots.open_round(desk, "150426", 2018, "democratic", day=date(2021, 6, 25), issued=5)
    assert len(held.subjects.splitlines()) == len(["team", "王海"])
    meeting = registers.blank(desk, "meeting")
    meeting = registers.save(desk, changed(meeting, type="analysis", held=date(2021, 6, 25), county="150426"))
    assert [one.name for one in signinsheets.sign_in(desk, "meeting", meeting.id).rows] == ["王海"]
    course = changed(registers.blank(desk, "training"), name="培训班", period="2021-06-25am/2021-06-25pm")
    own = next(one for one in desk.store.rows(Posting) if not one.pack)
    report = HalfYearReport(id=registers.new_id(desk), posting=own.id, year=2021, half="first", written=MAY)
    desk.commit([Change(one.kind.name, one.id, scalars(one)) for one in (course, report)])
    assert [one.name for one in signinsheets.sign_in(desk, "training", course.id).rows] == ["王海"]
    assert "白音" not in str(coverletters.envelope_list(desk, 2021, "first").sheet.notes)
