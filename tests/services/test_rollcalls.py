"""The way back of a signed sheet: its scan finds its record by code or by hand, and who signed is keyed at once."""

from datetime import date
from pathlib import Path

import pytest

from tests import papers as scanned
from tests.services.desks import changed, enter
from tests.services.test_signinsheets import a_class, learns
from tuopin_desktop.documents.table import words_of
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import Acknowledgement, Meeting, Posting, TrainingAttendance
from tuopin_desktop.services.duties import rollcalls
from tuopin_desktop.services.duties.rollcalls import Roll
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.leave import leave, scans
from tuopin_desktop.services.office import books, settings
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import recordfiles, registers

TEAM = "150426/team"


@pytest.fixture
def team(desk: Desk) -> dict[str, Posting]:
    return {
        "王海": enter(desk, "王海", "leader", unit="自治区教育厅"),
        "李强": enter(desk, "李强", unit="赤峰市财政局"),
        "包明": enter(desk, "包明", unit="赤峰市财政局"),
    }


def a_meeting(desk: Desk, held: date = date(2018, 6, 4)) -> Meeting:
    saved = registers.save(desk, changed(registers.blank(desk, "meeting"), type="joint", held=held))
    assert isinstance(saved, Meeting)
    return saved


def ticked(found: Roll) -> set[str]:
    return {one.name for one in found.names if (one.likely if one.signed is None else one.signed)}


def test_the_ten_donts_are_printed_signed_scanned_and_called_over(
    desk: Desk, team: dict[str, Posting], tmp_path: Path
) -> None:
    made = rollcalls.sheet(desk, "150426")
    assert [words_of(row[1]) for row in made.sheet.rows][:1] == ["王海"]
    image = tmp_path / "签字表.jpg"
    image.write_bytes(scanned.jpeg(scanned.noisy(scanned.page(books.pdf(desk, made)))))
    report = scans.take_in(desk, image)
    assert [(one.kind, one.slip) for one in report.placed] == [("team", TEAM)]
    assert len(recordfiles.of_record(desk, "team", TEAM)) == 1
    assert rollcalls.waiting(desk) == [("team", TEAM)]
    found = rollcalls.roll(desk, "team", TEAM)
    assert (found.scanned, found.keyed, ticked(found)) == (True, False, set())  # nobody is ticked unseen
    said = rollcalls.call(desk, "team", TEAM, [team["王海"].id, team["包明"].id], date(2018, 6, 3))
    assert said == "已登记签到：2人签字，1人未签"
    kept = {one.posting: one for one in desk.store.rows(Acknowledgement)}
    assert {key: one.signed for key, one in kept.items()} == {
        team["王海"].id: date(2018, 6, 3),
        team["包明"].id: date(2018, 6, 3),
    }
    assert kept[team["王海"].id].paper == "签字表扫描件已归入总队登记"
    rollcalls.call(desk, "team", TEAM, [one.id for one in team.values()])
    assert rollcalls.waiting(desk) == []
    assert {one.signed for one in desk.store.rows(Acknowledgement, {"posting": team["王海"].id})} == {date(2018, 6, 3)}
    assert next(one for one in judging.findings(desk, "A12-6") if "李强" in one.subject_words).verdict.value == "ok"


def test_a_meetings_sheet_says_who_came_and_who_did_not(desk: Desk, team: dict[str, Posting]) -> None:
    away = changed(leave.draft(desk, team["李强"].id), place="呼和浩特市", period="605-608", reason="开会")
    leave.save(desk, away)
    meeting = a_meeting(desk, date(2018, 6, 6))
    registers.save(desk, changed(meeting, attendees="旗委书记钱某"))
    found = rollcalls.roll(desk, "meeting", meeting.id)
    assert ticked(found) == {"王海", "包明"}
    rollcalls.call(desk, "meeting", meeting.id, [team["王海"].id])
    kept = registers.get(desk, "meeting", meeting.id)
    assert isinstance(kept, Meeting)
    assert kept.attendees == "王海、旗委书记钱某"  # a guest stays
    assert set(kept.absentees.split("、")) == {"李强", "包明"}
    again = rollcalls.roll(desk, "meeting", meeting.id)
    assert (ticked(again), again.keyed) == ({"王海"}, True)


def test_a_class_keeps_who_was_absent_or_enters_those_who_signed(desk: Desk, team: dict[str, Posting]) -> None:
    entered = a_class(desk)
    for name in ("王海", "李强"):
        learns(desk, entered, team[name])
    rollcalls.call(desk, "training", entered.id, [team["王海"].id])
    parts = {one.posting: one.absent for one in desk.store.rows(TrainingAttendance, {"training": entered.id})}
    assert parts == {team["王海"].id: False, team["李强"].id: True}
    other = a_class(desk, "2018-06-20am/2018-06-20pm")
    assert len(rollcalls.roll(desk, "training", other.id).names) == 3
    rollcalls.call(desk, "training", other.id, [team["包明"].id])
    (part,) = desk.store.rows(TrainingAttendance, {"training": other.id})
    assert (part.posting, part.absent) == (team["包明"].id, False)


@pytest.mark.parametrize("kind", rollcalls.KINDS)
def test_a_sheet_without_a_code_is_put_on_its_record_by_hand(
    desk: Desk, team: dict[str, Posting], tmp_path: Path, kind: str
) -> None:
    settings.choose(desk, settings.MARGIN_CODE.key, value=False)
    record = {"meeting": lambda: a_meeting(desk).id, "training": lambda: a_class(desk).id, "team": lambda: TEAM}[kind]()
    path = tmp_path / "无码.jpg"
    path.write_bytes(scanned.jpeg(scanned.page(books.pdf(desk, rollcalls.sheet(desk, "150426")))))
    (item,) = scans.take_in(desk, path).tray
    made = scans.assign(desk, item.id, record, kind)
    assert made.subject == f"{kind}:{record}"
    assert scans.items(desk) == []
    assert scans.take_in(desk, path).known == 1


def test_who_is_not_on_the_sheet_and_what_has_none_are_refused(desk: Desk, team: dict[str, Posting]) -> None:
    meeting = a_meeting(desk)
    with pytest.raises(Refused, match="不在这张签字表上"):
        rollcalls.call(desk, "meeting", meeting.id, ["150426/nobody"])
    with pytest.raises(Refused):
        rollcalls.roll(desk, "posting", team["王海"].id)


def test_namesakes_at_a_meeting_are_told_apart(desk: Desk, team: dict[str, Posting]) -> None:
    other = enter(desk, "王海", "member", source_level="county")
    meeting = a_meeting(desk)
    rollcalls.call(desk, "meeting", meeting.id, [team["王海"].id])
    again = {one.posting: one.signed for one in rollcalls.roll(desk, "meeting", meeting.id).names}
    assert (again[team["王海"].id], again[other.id]) == (True, False)
    kept = registers.get(desk, Meeting, meeting.id)
    assert "王海（翁牛特旗队长）" in kept.attendees
    assert "王海（翁牛特旗队员）" in kept.absentees


def test_whoever_is_not_on_the_sheet_of_a_class_stays_as_entered(desk: Desk, team: dict[str, Posting]) -> None:
    training = a_class(desk)
    for posting in team.values():
        learns(desk, training, posting)
    registers.delete(desk, "posting", team["包明"].id)
    before = {one.posting: one.absent for one in desk.store.rows(TrainingAttendance)}
    rollcalls.call(desk, "training", training.id, [team["王海"].id])
    after = {one.posting: one.absent for one in desk.store.rows(TrainingAttendance)}
    assert after[team["包明"].id] == before[team["包明"].id]
    assert (after[team["王海"].id], after[team["李强"].id]) == (False, True)
