"""A slip with ink on it: read-only through every door, changed by a new version, told in every office."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.services import exchangers
from tests.services.desks import changed, open_office
from tests.services.leaveteam import JUNE_4, at, made, sign, team
from tuopin_desktop.domain.change import Change, State, fold
from tuopin_desktop.domain.display import Text
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.leave.chain import Paper
from tuopin_desktop.domain.leave.story import AGAIN
from tuopin_desktop.domain.leave.watch import brief
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import LeaveSlip, Opinion
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.leave import leave, leavedesk, leaveversions
from tuopin_desktop.services.office import frozen
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import conflicts, registers
from tuopin_desktop.services.sheets import intake
from tuopin_desktop.store import migrations
from tuopin_desktop.store.fixing import Lines

LONG = "2018-06-06am/2018-06-08pm"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path / "office", practice=True)) as opened:
        yield opened


def written_over(desk: Desk, slip: LeaveSlip, **said: str) -> None:
    """Write over a slip as a program did that knew no ink, or one that was modified."""
    desk.store.commit([Change("leave_slip", slip.id, dict(said))], "其其格", desk.clock.wall_ms())


def kept(desk: Desk, slip: LeaveSlip) -> LeaveSlip:
    found = desk.store.get(LeaveSlip, slip.id)
    assert found is not None
    return found


def overstayed(desk: Desk) -> LeaveSlip:
    """Return a signed slip whose traveller came back three weeks late: A16-3 speaks of it."""
    slip = made(desk, team(desk)["李四"], LONG)
    at(desk, date(2018, 7, 2))
    leavedesk.back(desk, slip.id, date(2018, 7, 1))
    return kept(desk, slip)


def suspected(desk: Desk) -> list[str]:
    return [one.sentence for one in judging.findings(desk, "A16-3") if one.verdict is Verdict.SUSPECTED]


def test_nobody_writes_over_a_signed_slip_and_its_overstay_stays(desk: Desk) -> None:
    slip = overstayed(desk)
    told = suspected(desk)
    assert told
    with pytest.raises(Refused, match="更正"):
        leave.save(desk, changed(slip, place="三亚市", period="2018-06-06am/2018-07-01pm"))
    with pytest.raises(Refused):
        registers.save(desk, changed(slip, period="2018-06-06am/2018-07-01pm"))
    with pytest.raises(Refused):
        registers.delete(desk, "leave_slip", slip.id)
    for number in (slip.id, ""):
        row = {"姓名": slip.name, "外出地点": slip.place, "请假起止时间": "606-701", "请假事由": slip.reason}
        row |= {"填表日期": "2018-06-04", "记录号": number} if number else {"填表日期": "2018-06-04"}
        preview = intake.read_row(desk, "leave_slip", row)
        assert preview.counts.changed == 0
    assert kept(desk, slip) == slip
    assert suspected(desk) == told


def test_a_row_that_means_the_same_journey_does_not_change_what_was_signed(desk: Desk) -> None:
    slip = kept(desk, made(desk, team(desk)["李四"], LONG))
    row = {
        "姓名": slip.name,
        "外出地点": slip.place,
        "请假起止时间": "606-608",
        "请假事由": "旅游",
        "填表日期": "2018-06-04",
    }
    preview = intake.read_row(desk, "leave_slip", row)
    assert preview.counts.changed == 0
    assert kept(desk, slip) == slip


def test_what_is_beside_the_paper_goes_on_being_kept(desk: Desk) -> None:
    slip = made(desk, team(desk)["李四"], LONG)
    saved = leave.save(desk, changed(kept(desk, slip), leave_type="home", phone="10000000009"))
    assert (saved.leave_type, saved.form, saved.number) == ("home", slip.form, slip.number)
    at(desk, date(2018, 6, 8))
    leavedesk.back(desk, slip.id, date(2018, 6, 8))
    assert kept(desk, slip).return_note


def test_deleting_the_ink_takes_a_reason_and_opens_nothing(desk: Desk) -> None:
    slip = made(desk, team(desk)["李四"], LONG)
    ink = f"{slip.id}/secretary"
    with pytest.raises(Refused, match="更正原因"):
        registers.delete(desk, "opinion", ink)
    with desk.amending("登记错了人"):
        for role in ("secretary", "leader"):
            registers.delete(desk, "opinion", f"{slip.id}/{role}")
    with pytest.raises(Refused):
        registers.save(desk, changed(kept(desk, slip), place="三亚市"))


def test_ink_recorded_once_is_corrected_with_a_reason_and_the_story_says_so(desk: Desk) -> None:
    slip = made(desk, team(desk)["李四"], LONG)
    leavedesk.sign(desk, slip.id, "secretary", "白音", JUNE_4)  # the same again is no correction
    with pytest.raises(Refused, match="更正原因"):
        leavedesk.sign(desk, slip.id, "secretary", "白云", JUNE_4)
    with desk.amending("看错了字"):
        leavedesk.sign(desk, slip.id, "secretary", "白云", JUNE_4)
    at(desk, date(2018, 6, 6))
    leavedesk.file(desk, slip.id, "unit", date(2018, 6, 5))
    with desk.amending("笔误"):
        leavedesk.file(desk, slip.id, "unit", date(2018, 6, 6))
    _, events = leavedesk.story(desk, slip.id)
    words = "\n".join(event.words for event in events)
    assert "更正签字人：白音 → 白云，原因：看错了字" in words
    assert "更正备案日期：2018-06-05 → 2018-06-06，原因：笔误" in words


def test_a_correction_is_a_new_version_that_holds_once_it_is_signed(desk: Desk) -> None:
    slip = made(desk, team(desk)["李四"], LONG)
    again = leaveversions.correct(desk, slip.id, "转院", place="三亚市")
    assert (again.follows, again.relation, again.place, again.period) == (slip.id, "correction", "三亚市", LONG)
    assert "转院" in again.note
    before, after = (leavedesk.story(desk, one.id)[0] for one in (slip, again))
    assert before.chain.paper is Paper.APPROVED
    assert not before.rerouted
    assert any(AGAIN in words and again.number in words for words in before.owed)
    assert after.state_words == AGAIN
    assert judging.findings(desk, "A10-3", f"leave_slip:{again.id}")[0].verdict is Verdict.OK, "one leave, no overlap"
    sign(desk, again, JUNE_4)
    before, after = (leavedesk.story(desk, one.id)[0] for one in (slip, again))
    assert (before.rerouted, before.state_words, before.owed) == (True, "已变更", ())
    assert after.state_words == "未到期" or after.chain.paper is Paper.APPROVED
    assert leave.pdf(desk, [slip.id])[:4] == b"%PDF"
    assert set(before.chain.signed) == {"secretary", "leader"}, "the old version is read with its ink"


def test_a_return_noted_on_the_old_version_is_that_of_the_new_one(desk: Desk) -> None:
    slip = made(desk, team(desk)["李四"], LONG)
    again = leaveversions.correct(desk, slip.id, "转院", place="三亚市")
    at(desk, date(2018, 6, 9))
    leavedesk.back(desk, slip.id, date(2018, 6, 8))
    sign(desk, again, JUNE_4)
    told = leavedesk.story(desk, again.id)[0]
    assert told.state_words == "按期返回"
    assert not told.journey.trip.due


@pytest.mark.parametrize(("why", "said"), [("", {"place": "三亚市"}), ("转院", {}), ("转院", {"place": "呼和浩特市"})])
def test_a_correction_says_what_and_why(desk: Desk, why: str, said: dict[str, Any]) -> None:
    slip = made(desk, team(desk)["李四"], LONG)
    with pytest.raises(Refused):
        leaveversions.correct(desk, slip.id, why, **said)


def test_a_void_slip_is_not_edited_corrected_or_printed_over(desk: Desk) -> None:
    slip = made(desk, team(desk)["李四"], LONG, signed=False)
    leavedesk.end(desk, slip.id, "voided", "填错")
    for said in ({"place": "三亚市"}, {"note": "改"}, {"ended": "", "ended_on": None, "ended_reason": ""}):
        with pytest.raises(Refused):
            registers.save(desk, changed(kept(desk, slip), **said))
    with pytest.raises(Refused):
        leaveversions.correct(desk, slip.id, "转院", place="三亚市")
    with pytest.raises(Refused):
        leave.overprint(desk, slip.id, ["place"])
    assert frozen.read_only(desk.store, slip)["note"]


def test_an_unsigned_slip_is_written_on_freely(desk: Desk) -> None:
    slip = made(desk, team(desk)["李四"], LONG, signed=False)
    assert frozen.read_only(desk.store, slip) == {}
    assert leave.save(desk, changed(kept(desk, slip), place="三亚市")).place == "三亚市"


def test_what_an_older_program_wrote_over_ink_counts_in_no_office_and_is_told_in_each(tmp_path: Path) -> None:
    root = exchangers.region(tmp_path / "region", practice=True)
    county = exchangers.found(tmp_path / "county", exchangers.COUNTY, practice=True)
    exchangers.join(root, county, tmp_path)
    slip = overstayed(county)
    told = suspected(county)
    at(root, date(2018, 7, 2))
    packages.take(root, exchangers.send(county, "15", tmp_path))
    written_over(county, slip, place="三亚市", period="2018-06-06am/2018-07-01pm")
    account = packages.take(root, exchangers.send(county, "15", tmp_path))
    assert "已签字的报备单1张（改动不算数）" in "\n".join(packages.account(account))
    for desk in (county, root):
        assert (kept(desk, slip).place, kept(desk, slip).period) == (slip.place, slip.period)
        assert suspected(desk) == told
        (finding,) = judging.findings(desk, "A10-7")
        assert finding.verdict is Verdict.AMBER
        assert all(words in finding.sentence for words in ("呼和浩特市", "三亚市", "其其格", "管理办法第十条"))
        story = leavedesk.story(desk, slip.id)[0]
        assert any(AGAIN in words for words in story.owed)
        assert desk.store.audit() == ""
    packages.undo(root)
    assert judging.findings(root, "A10-7") == []
    assert root.store.audit() == ""
    for desk in (county, root):
        desk.close()


def test_ink_that_comes_after_the_change_signs_the_change(tmp_path: Path) -> None:
    """The order is that of the log, whichever package brought it first."""
    desk = open_office(tmp_path / "office", practice=True)
    slip = made(desk, team(desk)["李四"], LONG, signed=False)
    registers.save(desk, changed(kept(desk, slip), place="三亚市"))
    sign(desk, slip, JUNE_4)
    assert judging.findings(desk, "A10-7") == []
    desk.store.refold()
    assert kept(desk, slip).place == "三亚市"
    assert desk.store.audit() == ""
    desk.close()


def test_a_conflict_is_not_settled_against_the_ink(desk: Desk) -> None:
    slip = made(desk, team(desk)["李四"], LONG)
    line = Change("leave_slip", slip.id, {"place": "呼和浩特市"})
    desk.store.ledger.confirm(line, "其其格", desk.clock.wall_ms())
    assert conflicts.listed(desk) == []
    with pytest.raises(Refused):
        desk.guarded([Change("leave_slip", slip.id, {"place": "三亚市"})])


def test_an_old_office_opens_with_its_signed_paper_as_it_was_signed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An office of the release before: what was written over after the ink stands as signed again, and is told."""
    desk = open_office(tmp_path / "office", practice=True)
    slip = made(desk, team(desk)["李四"], LONG)
    monkeypatch.setattr("tuopin_desktop.store.writing.fixing.folded", _as_before)
    written_over(desk, slip, place="三亚市")
    assert kept(desk, slip).place == "三亚市"
    monkeypatch.undo()
    database = desk.store._database
    for statement in ("DROP TABLE altered", "DROP TABLE amendment", "ALTER TABLE attendance DROP COLUMN keyed"):
        database.execute_sql(statement)
    database.execute_sql("PRAGMA user_version = 45")
    assert migrations.version(database) == 45
    monkeypatch.setattr(migrations, "STEPS", tuple(step for step in migrations.STEPS if 46 <= step.number <= 48))
    desk = exchangers.reopened(desk)
    assert kept(desk, slip).place == "呼和浩特市"
    assert "三亚市" in judging.findings(desk, "A10-7")[0].sentence
    assert desk.store.audit() == ""
    assert desk.store.get(Opinion, f"{slip.id}/secretary") is not None
    desk.close()


def _as_before(cursor: object, lines: Lines, read: object) -> dict[str, State]:
    """Fold as the release before did: the last writer of a field wins."""
    del cursor, read
    return {key: fold(placed) for key, placed in lines.items()}


def red(pdf: bytes) -> int:
    """Return how many of the points of a page are red."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        points = document[0].render(scale=0.6).to_pil().convert("RGB").tobytes()
    return sum(r > 180 and g < 90 and b < 90 for r, g, b in zip(points[::3], points[1::3], points[2::3], strict=True))


def test_a_void_or_withdrawn_slip_prints_with_the_word_across_it(desk: Desk) -> None:
    people = team(desk)
    slips = [made(desk, people[name], LONG, signed=False) for name in ("李四", "孙六", "赵五")]
    leavedesk.end(desk, slips[0].id, "voided", "填错")
    leavedesk.end(desk, slips[1].id, "withdrawn", "不去了")
    marked = [red(leave.pdf(desk, [slip.id])) for slip in slips]
    assert marked[0] > 1500
    assert marked[1] > 1500
    assert marked[2] == 0
    sheet = leave.sheet(desk, kept(desk, slips[0]))
    assert {op.turn for op in sheet.across if isinstance(op, Text)} == {40.0}


def test_the_list_says_which_slips_wait_to_be_signed_again(desk: Desk) -> None:
    slip = made(desk, team(desk)["李四"], LONG)
    leaveversions.correct(desk, slip.id, "转院", place="三亚市")
    told = {one.slip.id: one for one in leavedesk.stories(desk)}
    assert AGAIN in brief(told[slip.id], desk.today())
