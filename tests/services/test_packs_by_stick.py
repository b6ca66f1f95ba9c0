"""Rule packs by stick: signed by the region with their paper, proved, looked at, and only then taken into use."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.services.desks import changed as with_other
from tests.services.desks import enter
from tests.services.exchangers import COUNTY, all_closed, copy_of, found, join, region, restored, send
from tests.services.packsticks import LOCAL, NOW, VILLAGE, at, paper, rules, signed, used
from tuopin_desktop.domain.attendance.months import month_id
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import Attendance, LeaveSlip, Posting, RulePack
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.attendance import closing
from tuopin_desktop.services.exchange import packages, packfiles, scanpackages
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.office import backups, offices, packs
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.rulings import packtrials, rulings


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "stick"


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Desk]:
    desk = at(region(tmp_path / "15"))
    yield desk
    all_closed(desk)


@pytest.fixture
def county(root: Desk, tmp_path: Path, stick: Path) -> Iterator[Desk]:
    desk = at(found(tmp_path / COUNTY, COUNTY))
    join(root, desk, stick)
    yield desk
    all_closed(desk)


def posted(desk: Desk, pack: str, name: str = "白音") -> Posting:
    """Enter somebody of a village team, posted before any of the versions."""
    posting = enter(desk, name, "first", since=date(2021, 6, 1), pack=VILLAGE)
    desk.commit([Change("posting", posting.id, {"pack": pack})])  # as it comes from an office that has the pack
    return with_other(posting, pack=pack)


def month(desk: Desk, posting: Posting, present: int, which: str = "2021-07") -> None:
    """Key a month: so many days at the post, the rest of it away on business."""
    days = {f"d{number:02d}": "vw/vw" if number <= present else "ot/ot" for number in range(1, 32)}
    record = with_other(Attendance(id=month_id(posting.id, which), posting=posting.id, month=which), **days)
    desk.commit([Change("attendance", record.id, scalars(record))])


def verdict(desk: Desk, posting: Posting, rule: str = "A09-1", which: str = "2021-07") -> Verdict | None:
    subjects = (f"attendance:{month_id(posting.id, which)}", f"posting:{posting.id}")
    return next((one.verdict for one in judging.findings(desk, rule) if one.subject in subjects), None)


# -- from the region to a county


def test_a_pack_is_signed_brought_looked_at_and_counts_only_once_it_is_taken_into_use(
    root: Desk, county: Desk, stick: Path
) -> None:
    path = signed(root, stick, rules(presence__days="10"))
    posting = posted(county, LOCAL)
    month(county, posting, 17)
    assert verdict(county, posting, "A06-3") is Verdict.NOTICE
    seen = packfiles.inspect(county, path)
    assert (seen.state, seen.paper, packfiles.waiting(county)) == ("new", True, [])
    kept = packfiles.install(county, path)
    assert [one.state for one in packfiles.waiting(county)] == ["here"]
    assert LOCAL not in county.packs
    assert verdict(county, posting) is None
    told = packtrials.trial(county, kept)
    assert (told.postings, told.serving, told.follows) == (1, 1, False)
    assert ("A06-3", "提示 → 无") in {(flip.rule, flip.text) for flip in told.flips}
    assert "A09-1" in {flip.rule for flip in told.flips}
    assert "每月驻村工作天数：20天（待核） → 10天（待核）" in [one.text for one in told.differences]
    assert verdict(county, posting) is None, "a trial changes nothing"
    packfiles.enable(county, LOCAL)
    assert packfiles.waiting(county) == []
    assert verdict(county, posting, "A06-3") is None
    assert verdict(county, posting) is Verdict.OK
    assert {flip.rule for flip in told.flips} == {one.rule for one in judging.findings(county) if one.pack == LOCAL} | {
        "A06-3"
    }
    assert county.vocabulary["办法文件"].word(LOCAL).startswith("2021年驻村第一书记")
    with pytest.raises(Refused, match="已经启用"):
        packfiles.install(county, path)


def test_its_paper_came_with_it_and_can_be_read_before_and_after(root: Desk, county: Desk, stick: Path) -> None:
    scan = paper(stick).read_bytes()
    packfiles.install(county, signed(root, stick))
    assert packfiles.save_paper(county, LOCAL, stick / "before.jpg").read_bytes() == scan
    packfiles.enable(county, LOCAL)
    assert packfiles.save_paper(county, LOCAL, stick / "after.jpg").read_bytes() == scan
    with pytest.raises(Refused, match="随程序提供"):
        packfiles.save_paper(county, VILLAGE, stick / "x.pdf")


def test_a_new_posting_and_its_slip_are_under_the_pack_and_an_old_slip_keeps_its_own(
    root: Desk, county: Desk, stick: Path
) -> None:
    old = posted(county, VILLAGE, "老刘")
    said = {"place": "呼和浩特市", "reason": "参加会议", "period": "2021-08-12am/2021-08-15pm"}
    slip = leave.save(county, with_other(leave.draft(county, old.id), **said))
    printed = leave.pdf(county, [slip.id])
    used(county, signed(root, stick, rules(leave__ladder_days="5")))
    packs.choose(county, LOCAL)
    blank = registers.blank(county, "posting")
    assert isinstance(blank, Posting)
    assert blank.pack == LOCAL
    new = posted(county, LOCAL, "新王")
    fresh = leave.save(county, with_other(leave.draft(county, new.id), **said))
    assert (slip.pack, slip.form, fresh.pack, fresh.form) == (VILLAGE, "village_long", LOCAL, "village_short")
    kept = county.store.get(LeaveSlip, slip.id)
    assert kept == slip
    assert leave.pdf(county, [slip.id]) == printed


def test_a_successor_version_judges_from_its_day_on_and_nothing_before(root: Desk, county: Desk, stick: Path) -> None:
    used(county, signed(root, stick, rules(presence__days="10")))
    posting = posted(county, LOCAL)
    for which in ("2021-06", "2021-07"):
        month(county, posting, 17, which)
    path = signed(root, stick, rules(version=2, in_force="2021-07-01", presence__days="18"))
    seen = packfiles.install(county, path)
    told = packtrials.trial(county, seen)
    assert told.follows
    assert [one.text for one in told.differences] == [
        "施行：2021-06-01 → 2021-07-01",
        "每月驻村工作天数：10天（待核） → 18天（待核）",
    ]
    flips = [flip for flip in told.flips if flip.rule == "A09-1"]
    assert [(flip.subject.rpartition("/")[2], flip.before, flip.after is Verdict.OK) for flip in flips] == [
        (flips[0].subject.rpartition("/")[2], Verdict.OK, False)
    ]
    assert flips[0].subject == f"attendance:{month_id(posting.id, '2021-07')}"
    packfiles.enable(county, LOCAL)
    assert verdict(county, posting, which="2021-06") is Verdict.OK
    assert verdict(county, posting, which="2021-07") is flips[0].after
    assert next(one for one in packs.listed(county) if one.policy.id == LOCAL).policy.version == 2


def test_a_shipped_pack_other_than_the_measure_is_followed_by_a_version_of_the_regions(
    root: Desk, county: Desk, stick: Path
) -> None:
    posting = posted(county, VILLAGE)
    month(county, posting, 17)
    before = verdict(county, posting)
    used(county, signed(root, stick, rules(VILLAGE, version=2, in_force="2021-07-01", presence__days="10")))
    assert before is not Verdict.OK
    assert verdict(county, posting) is Verdict.OK


def test_a_closed_month_keeps_what_it_was_closed_under(root: Desk, county: Desk, stick: Path) -> None:
    used(county, signed(root, stick, rules(presence__days="10")))
    posting = posted(county, LOCAL)
    month(county, posting, 17)
    for which in ("2021-06", "2021-07"):
        month(county, posting, 17, which)
        closing.close(county, which, gaps=closing.preview(county, which).missing)
    used(county, signed(root, stick, rules(version=2, in_force="2021-07-01", presence__days="18")))
    assert verdict(county, posting, which="2021-07") is Verdict.OK


def test_a_ruling_holds_on_in_a_version_that_says_nothing_else_and_yields_to_one_that_does(
    root: Desk, stick: Path
) -> None:
    used(root, signed(root, stick))
    rulings.rule(root, "leave.ladder_days", "7", "内组通〔2021〕12号", date(2021, 7, 1), pack=LOCAL)
    rulings.rule(root, "presence.days", "12", "内组通〔2021〕13号", date(2021, 7, 1), pack=LOCAL)
    used(root, signed(root, stick, rules(version=2, in_force="2021-08-01", presence__days="16")))
    policy = judging.policy_on(root, root.today()).under(LOCAL)
    assert (policy.number("leave.ladder_days"), policy.number("presence.days")) == (7, 16)
    assert policy.on(date(2021, 7, 15)).number("presence.days") == 12
    assert policy.on(date(2021, 6, 15)).number("presence.days") == 20
    rulings.rule(root, "presence.days", "14", "内组通〔2021〕14号", date(2021, 8, 9), pack=LOCAL)
    assert judging.policy_on(root, root.today()).under(LOCAL).number("presence.days") == 14


# -- it stays


def test_it_is_in_the_backups_and_survives_a_restore_also_of_an_older_copy(
    root: Desk, stick: Path, tmp_path: Path
) -> None:
    county = at(found(tmp_path / "restored", COUNTY))
    join(root, county, stick)
    older = copy_of(county, tmp_path / "older.db")
    used(county, signed(root, stick))
    newer = copy_of(county, tmp_path / "newer.db")
    county = restored(county, newer)
    assert LOCAL in county.packs
    county = restored(county, older)
    assert LOCAL not in county.packs
    assert [one.policy.id for one in packfiles.waiting(county)] == [LOCAL], "the file is still beside the data"
    packfiles.enable(county, LOCAL)
    assert LOCAL in county.packs
    county.close()


def test_the_office_may_lose_its_folder_of_files_and_keeps_the_pack(root: Desk, stick: Path, tmp_path: Path) -> None:
    county = at(found(tmp_path / "reopened", COUNTY))
    join(root, county, stick)
    used(county, signed(root, stick))
    shutil.rmtree(county.folder / packfiles.FOLDER)
    county.close()
    county = offices.open_desk(county.folder, FixedClock(NOW))
    assert LOCAL in county.packs
    assert backups.make(county).path.exists()
    county.close()


def test_a_pack_whose_kept_text_was_touched_counts_no_more(root: Desk, county: Desk, stick: Path) -> None:
    used(county, signed(root, stick))
    (record,) = county.store.rows(RulePack)
    touched = record.content.replace("value = 20", "value = 10")
    county.commit([Change("rule_pack", record.id, {"content": touched})])
    assert LOCAL not in county.packs


def test_no_register_adds_changes_or_deletes_a_pack(root: Desk, county: Desk, stick: Path) -> None:
    used(county, signed(root, stick))
    (record,) = county.store.rows(RulePack)
    for door in (
        lambda: registers.delete(county, "rule_pack", record.id),
        lambda: registers.save(county, with_other(record, name="别的")),
    ):
        with pytest.raises(Refused):
            door()
    assert LOCAL in county.packs


def test_the_regions_own_pack_comes_down_with_its_data_and_waits_to_be_taken_into_use(
    root: Desk, county: Desk, stick: Path
) -> None:
    used(root, signed(root, stick))
    packages.take(county, send(root, COUNTY, stick))
    (seen,) = packfiles.waiting(county)
    assert (seen.policy.id, seen.paper, LOCAL in county.packs) == (LOCAL, False, False)
    with pytest.raises(Refused, match="依据文件还没有收到"):
        packfiles.enable(county, LOCAL)
    (scans,) = scanpackages.make(root, COUNTY, stick)
    scanpackages.take(county, scans.path)
    packfiles.enable(county, LOCAL)
    assert LOCAL in county.packs
    packages.take(root, send(county, "15", stick))
    assert sorted(one.id for one in root.store.rows(RulePack)) == [f"15/pack/{LOCAL}/1", f"{COUNTY}/pack/{LOCAL}/1"]


def test_a_second_pc_of_the_office_has_it_by_the_offices_own_data(
    root: Desk, county: Desk, stick: Path, tmp_path: Path
) -> None:
    used(county, signed(root, stick))
    second = at(found(tmp_path / "second", COUNTY))
    join(root, second, stick)
    packages.take(county, send(root, COUNTY, stick))
    packages.take(second, send(county, COUNTY, stick))
    assert LOCAL in second.packs
    all_closed(second)


def test_where_a_pack_is_lacking_it_is_said_where_to_get_it(root: Desk, county: Desk) -> None:
    posting = posted(county, LOCAL)
    packages_of_pack = [one for one in judging.findings(county, "A06-3") if posting.id in one.subject]
    assert "自治区工作队管理办公室把这个办法文件做到U盘" in packages_of_pack[0].sentence
    with pytest.raises(Refused, match="做到U盘"):
        leave.draft(county, posting.id)
