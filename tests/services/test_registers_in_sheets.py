"""Registers whose rows point to people and classes: by name in sheets, under ids that two offices agree on."""

from datetime import date
from pathlib import Path

import pytest

from tests.plausible import plausible
from tests.services.desks import changed, enter, open_office
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.record import Record, scalars
from tuopin_desktop.domain.records import KINDS, Matter, RoundTrip, Training, TrainingAttendance
from tuopin_desktop.services.office import files
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.sheets import intake

PERIOD = "2018-06-11am/2018-06-15pm"


def a_class(desk: Desk, **said: object) -> Training:
    basics = {"name": "岗前培训班", "type": "pre_post", "organiser": "office", "period": PERIOD}
    made = changed(registers.blank(desk, "training"), **{**basics, **said})
    saved = registers.save(desk, made)
    assert isinstance(saved, Training)
    return saved


def takes_part(desk: Desk, training: str, posting: str) -> TrainingAttendance:
    saved = registers.save(
        desk, changed(registers.blank(desk, "training_attendance"), training=training, posting=posting)
    )
    assert isinstance(saved, TrainingAttendance)
    return saved


@pytest.mark.parametrize("level", ["county", "region"])
def test_one_person_takes_part_in_one_class_once_whoever_enters_it(tmp_path: Path, level: str) -> None:
    desk = open_office(tmp_path, level=level)
    posting, training = enter(desk, "王五"), a_class(desk)
    first = takes_part(desk, training.id, posting.id)
    assert first.id == f"150426/{training.id.split('/')[1]}-{posting.id.split('/')[1]}"
    with pytest.raises(Refused, match="已经登记"):
        takes_part(desk, training.id, posting.id)
    with pytest.raises(Refused, match="不能改到"):
        registers.save(desk, changed(first, posting=enter(desk, "赵六").id))
    registers.delete(desk, "training_attendance", first.id)
    assert takes_part(desk, training.id, posting.id).id == first.id
    desk.close()


def test_a_county_sees_the_classes_of_the_region_and_its_own(tmp_path: Path) -> None:
    desk = open_office(tmp_path)
    a_class(desk, id=registers.new_id(desk))
    assert [record.id[:7] for record in registers.rows(desk, "training")] == ["150426/"]
    assert "岗前培训班 2018-06-11至2018-06-15" in registers.titles(desk, "training").values()
    desk.close()


@pytest.mark.parametrize("level", ["county", "region"])
def test_a_sheet_calls_people_and_classes_by_name_and_comes_back_without_a_change(tmp_path: Path, level: str) -> None:
    desk = open_office(tmp_path / "office", level=level)
    posting, training = enter(desk, "王五"), a_class(desk)
    takes_part(desk, training.id, posting.id)
    trip = changed(registers.blank(desk, "round_trip"), posting=posting.id, period="2018-06-02am/2018-06-03pm")
    registers.save(desk, changed(trip, amount=38650, reimbursed=date(2018, 6, 4)))
    for kind in ("training", "training_attendance", "round_trip"):
        path = tmp_path / f"{kind}.xlsx"
        files.write(desk, path, intake.export(desk, kind, reveal=True))
        rehearsed = intake.preview(desk, kind, path)
        assert list(rehearsed.messages()) == []
        assert (rehearsed.counts.same, rehearsed.counts.new + rehearsed.counts.changed) == (1, 0), kind
    desk.close()


def test_a_list_somebody_typed_becomes_trips_and_a_second_reading_none(tmp_path: Path) -> None:
    desk = open_office(tmp_path / "office")
    posting = enter(desk, "王五")
    path = tmp_path / "trips.csv"
    path.write_text(
        "姓名,往返时间,路线,报销金额,报销日期\n王五,2018-06-02至2018-06-03,克旗—赤峰,386.5,2018-06-04\n", "utf-8"
    )
    assert intake.confirm(desk, intake.preview(desk, "round_trip", path)).new == 1
    (trip,) = desk.store.rows(RoundTrip)
    assert (trip.posting, trip.amount, trip.id[:7]) == (posting.id, 38650, "150426/")
    assert intake.preview(desk, "round_trip", path).counts.same == 1
    path.write_text("姓名,往返时间\n无此人,2018-06-02至2018-06-03\n", "utf-8")
    assert "花名册中没有“无此人”" in next(iter(intake.preview(desk, "round_trip", path).messages()))[2]
    desk.close()


@pytest.mark.parametrize("level", ["county", "region"])
def test_problems_of_a_meeting_travel_by_its_words(tmp_path: Path, level: str) -> None:
    desk = open_office(tmp_path / "office", level=level)
    meeting = changed(registers.blank(desk, "meeting"), type="analysis", county="150426", held=date(2018, 6, 5))
    meeting = registers.save(desk, meeting)
    assert meeting.id.startswith("150426/")
    (words,) = registers.titles(desk, "meeting").values()
    assert words.startswith("工作分析例会")
    assert "2018-06-05" in words
    path = tmp_path / "problems.csv"
    path.write_text(f"会议,存在问题,整改期限\n{words},饮水工程未完工,2018-06-30\n", "utf-8")
    rehearsed = intake.preview(desk, "meeting_problem", path)
    assert list(rehearsed.messages()) == []
    intake.confirm(desk, rehearsed)
    (problem,) = registers.rows(desk, "meeting_problem")
    assert problem.id.startswith("150426/")
    back = tmp_path / "problems.xlsx"
    files.write(desk, back, intake.export(desk, "meeting_problem", reveal=True))
    assert intake.preview(desk, "meeting_problem", back).counts.same == 1
    desk.close()


def test_a_county_need_not_say_which_county_it_is(tmp_path: Path) -> None:
    desk = open_office(tmp_path)
    saved = registers.save(
        desk, changed(registers.blank(desk, "matter"), type="publicity", name="产业扶贫见成效", raised=date(2018, 6, 3))
    )
    assert isinstance(saved, Matter)
    assert (saved.county, saved.id[:7]) == ("150426", "150426/")
    desk.close()


def test_the_ends_of_an_insurance_are_named_as_such_when_they_are_the_wrong_way_round(tmp_path: Path) -> None:
    desk = open_office(tmp_path)
    policy = changed(
        registers.blank(desk, "insurance"),
        posting=enter(desk, "王五").id,
        since=date(2018, 6, 2),
        until=date(2018, 6, 1),
    )
    with pytest.raises(Refused, match="“保险止”早于“保险起”"):
        registers.save(desk, policy)
    desk.close()


def test_namesakes_are_told_apart_by_their_record_numbers_where_a_name_does_not_do(tmp_path: Path) -> None:
    """Two of one name in one team, and one who moved there from another county."""
    desk = open_office(tmp_path / "office", level="region")
    ids = [enter(desk, "王五", birth=birth).id for birth in ("1970-01", "1980-01")]
    moved = enter(desk, "王五", county="150125", birth="1990-01")
    here = changed(moved, id=registers.new_id(desk, "150426"), county="150426", since=date(2019, 1, 1))
    ids.append(registers.save(desk, here).id)
    for posting in ids:
        trip = changed(registers.blank(desk, "round_trip"), posting=posting, period="2018-06-02am/2018-06-03pm")
        registers.save(desk, trip)
    before = {trip.id: trip.posting for trip in desk.store.rows(RoundTrip)}
    path = tmp_path / "trips.xlsx"
    files.write(desk, path, intake.export(desk, "round_trip", reveal=True))
    assert intake.preview(desk, "round_trip", path).counts.same == 3
    roster = tmp_path / "roster.xlsx"
    files.write(desk, roster, intake.export(desk, "roster", reveal=True))
    desk.close()
    other = open_office(tmp_path / "other", level="region")
    for kind, book in (("roster", roster), ("round_trip", path)):
        seen = intake.preview(other, kind, book)
        assert list(seen.messages()) == []
        intake.confirm(other, seen)
    assert {trip.id: trip.posting for trip in other.store.rows(RoundTrip)} == before
    other.close()


@pytest.mark.parametrize("kind", ["insurance", "routine_mark", "appraisal_score", "decision"])
def test_a_row_finds_the_posting_it_is_about_whatever_its_day(tmp_path: Path, kind: str) -> None:
    """Of one who moved to another county, and of one who came back to the same, a row is about one posting."""
    desk = open_office(tmp_path / "office", level="region")
    ids = []
    for name, counties in (("赵六", ("150426", "150125")), ("钱七", ("150426", "150426"))):
        first = enter(desk, name, county=counties[0], until=date(2018, 6, 30))
        again = changed(first, id=registers.new_id(desk, counties[1]), county=counties[1], until=None)
        ids += [first.id, registers.save(desk, changed(again, since=date(2019, 1, 1))).id]
    for posting in ids:
        registers.save(desk, about(desk, kind, posting))
    before = {one.id: scalars(one) for one in registers.rows(desk, kind)}
    assert len(before) == 4
    path, roster = tmp_path / "rows.xlsx", tmp_path / "roster.xlsx"
    files.write(desk, path, intake.export(desk, kind, reveal=True))
    files.write(desk, roster, intake.export(desk, "roster", reveal=True))
    assert intake.preview(desk, kind, path).counts.same == 4
    desk.close()
    other = open_office(tmp_path / "other", level="region")
    for name, book in (("roster", roster), (kind, path)):
        seen = intake.preview(other, name, book)
        assert list(seen.messages()) == []
        intake.confirm(other, seen)
    assert {one.id: scalars(one) for one in registers.rows(other, kind)} == before
    other.close()


def about(desk: Desk, kind: str, posting: str) -> Record:
    return plausible(KINDS[kind], desk.vocabulary, lambda _: posting, id=registers.new_id(desk, posting[:6]))


def test_a_posting_of_one_who_moved_is_not_given_to_a_namesake_there(tmp_path: Path) -> None:
    desk = open_office(tmp_path / "office", level="region")
    moved = enter(desk, "王五", county="150125", until=date(2018, 6, 30))
    enter(desk, "王五", county="150426", birth="1990-01")
    here = changed(moved, id=registers.new_id(desk, "150426"), county="150426", since=date(2019, 1, 1), until=None)
    registers.save(desk, here)
    before = {one.id: scalars(one) for one in registers.rows(desk, "posting")}
    books = {}
    for kind in ("person", "posting"):
        books[kind] = tmp_path / f"{kind}.xlsx"
        files.write(desk, books[kind], intake.export(desk, kind, reveal=True))
    desk.close()
    other = open_office(tmp_path / "other", level="region")
    for kind, book in books.items():
        intake.confirm(other, intake.preview(other, kind, book))
    assert {one.id: scalars(one) for one in registers.rows(other, "posting")} == before
    other.close()
