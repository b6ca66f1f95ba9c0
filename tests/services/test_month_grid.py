"""A month as the grid reads and keeps it: everyone listed, papers laid over, cells kept in one commit, nothing lost."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.services.desks import changed, enter, open_office, write_logs
from tests.services.leaveteam import at, made, team
from tuopin_desktop.domain.calendar import days_of
from tuopin_desktop.domain.findings import Finding, Verdict
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import Attendance, Posting
from tuopin_desktop.domain.records.attendance import DAYS
from tuopin_desktop.services.attendance import keep, month, near, year
from tuopin_desktop.services.attendance.keep import Edit
from tuopin_desktop.services.judging import explaining, judging
from tuopin_desktop.services.leave import leavedesk
from tuopin_desktop.services.office import library
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path / "office", practice=True)) as desk:
        yield desk


def row_of(sheet: month.MonthSheet, name: str) -> month.MonthRow:
    return next(row for row in sheet.rows if row.name == name)


def found(desk: Desk, row: month.MonthRow, rule: str) -> Finding:
    """What a rule says of a row's month."""
    judged = month.judge(desk, row.record.month)[row.posting.id]
    return next(finding for finding in judged if finding.rule == rule)


def october(posting: Posting, extra: int) -> list[Edit]:
    """The workdays of October 2018 in the village, and so many rest days."""
    calendar, found = library.calendar(), []
    for day in days_of(date(2018, 10, 1), date(2018, 10, 31)):
        worked = calendar.is_workday(day)
        extra -= not worked
        found.append(Edit(posting.id, "2018-10", day.day, "", "vw/vw" if worked or extra >= 0 else "cr/cr"))
    return found


def test_everyone_posted_in_the_month_is_listed_in_the_order_of_the_team(desk: Desk) -> None:
    people = team(desk)
    registers.save(desk, changed(people["孙六"], until=date(2018, 6, 20)))
    at(desk, date(2018, 7, 2))
    june, july = month.read(desk, "2018-06"), month.read(desk, "2018-07")
    assert [row.name for row in june.rows][:2] == ["王海", "赵五"]
    assert {row.name for row in june.rows} == {"王海", "赵五", "李四", "孙六"}
    assert {row.name for row in july.rows} == {"王海", "赵五", "李四"}
    gone = row_of(june, "孙六")
    assert (gone.count.span, gone.count.needed) == ((date(2018, 6, 1), date(2018, 6, 20)), 13)
    assert "没有登记考勤，不能判断是否达到13天" in found(desk, gone, "A09-1").sentence


def test_v2_in_the_grid_eighteen_workdays_and_two_worked_rest_days_are_twenty(desk: Desk) -> None:
    short, full = enter(desk, "张三"), enter(desk, "李四")
    at(desk, date(2018, 12, 1))
    write_logs(desk, full, [date(2018, 10, 1), date(2018, 10, 2)])
    kept = keep.keep(desk, [*october(short, 0), *october(full, 2)])
    assert (kept.cells, kept.conflicts, kept.at) == (62, (), datetime(2018, 12, 1, 9))
    assert len(desk.store.history("attendance", f"{short.id}/2018-10")) == 1
    sheet = month.read(desk, "2018-10")
    three, four = row_of(sheet, "张三"), row_of(sheet, "李四")
    assert (three.count.days, three.count.needed, three.count.workdays) == (18, 20, 18)
    short_of, enough = found(desk, three, "A09-1"), found(desk, four, "A09-1")
    assert (short_of.verdict, four.count.days, enough.verdict) == (Verdict.RED, 20, Verdict.OK)
    explained = explaining.explain(desk, short_of)
    assert explained.article.startswith("第九条")
    assert "不少于 20 天" in explained.article
    assert any("天" in setting.value for setting in explained.settings)


def test_what_slips_say_lies_over_the_month_and_a_mark_against_one_is_marked_and_explained(desk: Desk) -> None:
    who = team(desk)["李四"]
    made(desk, who, "2018-06-12am/2018-06-13pm")
    at(desk, date(2018, 6, 20))
    row = row_of(month.read(desk, "2018-06"), "李四")
    assert (row.count.leave, row.days[11]) == (4, "")
    assert [cover.standing for cover in row.covers] == ["approved", "overstay"]
    keep.keep(desk, [Edit(who.id, "2018-06", 12, "", "vw/vw")])
    keep.explain(desk, who.id, "2018-06", 12, "考勤登记在旗县，报备单说已外出", "上午回村取材料")
    row = row_of(month.read(desk, "2018-06"), "李四")
    assert row.notes == {12: "上午回村取材料"}
    assert "2处不一致" in found(desk, row, "A10-3").sentence
    keep.explain(desk, who.id, "2018-06", 12, "", " ")
    assert row_of(month.read(desk, "2018-06"), "李四").notes == {}
    keep.explain(desk, who.id, "2018-06", 12, "同上", "当日返回")
    assert row_of(month.read(desk, "2018-06"), "李四").notes == {12: "当日返回"}


def test_the_narrow_reading_judges_as_the_whole_office_does(desk: Desk) -> None:
    people = team(desk)
    first = made(desk, people["李四"], "2018-06-28am/2018-06-29pm")
    made(desk, people["孙六"], "2018-06-05am/2018-06-06pm")  # never reported back: an overstay that goes on
    later = date(2018, 6, 29)
    made(desk, people["李四"], "2018-06-30am/2018-07-03pm", day=later, follows=first.id, relation="extension")
    at(desk, date(2018, 7, 20))
    keep.keep(desk, [Edit(people["李四"].id, "2018-07", day, "", "cw/cw") for day in range(5, 15)])
    whole = {finding.subject: finding for finding in judging.findings(desk, "A09-1")}
    policy = judging.policy_on(desk, desk.today())
    full = judging.facts(desk)
    for row in month.read(desk, "2018-07").rows:
        if f"attendance:{row.record.id}" in whole:
            assert found(desk, row, "A09-1") == whole[f"attendance:{row.record.id}"]
        everywhere = {(cover.halves, cover.standing) for cover in full.covers(row.posting.person, policy)}
        assert {(cover.halves, cover.standing) for cover in row.covers} <= everywhere
    late = row_of(month.read(desk, "2018-07"), "孙六")
    assert [cover.standing for cover in late.covers] == ["overstay"]
    assert row_of(month.read(desk, "2018-07"), "李四").count.leave >= 6


def test_a_cell_changed_meanwhile_is_left_alone_and_said(desk: Desk) -> None:
    who = enter(desk, "张三")
    keep.keep(desk, [Edit(who.id, "2018-06", 2, "", "cw/cw")])
    kept = keep.keep(desk, [Edit(who.id, "2018-06", 1, "", "vw/vw"), Edit(who.id, "2018-06", 2, "", "vw/vw")])
    assert kept.cells == 1
    assert kept.conflicts == ("张三6月2日已被别处改为“○”，没有用您填的“√”覆盖",)
    (record,) = desk.store.rows(Attendance)
    assert (record.d01, record.d02) == ("vw/vw", "cw/cw")
    assert keep.keep(desk, [Edit(who.id, "2018-06", 1, "vw/vw", "")]).conflicts == ()
    assert desk.store.rows(Attendance)[0].d01 == ""


def test_days_out_of_post_and_marks_that_are_none_are_refused_whole(desk: Desk) -> None:
    who = enter(desk, "张三", since=date(2018, 6, 10))
    good = Edit(who.id, "2018-06", 11, "", "vw/vw")
    for bad in (Edit(who.id, "2018-06", 9, "", "vw/vw"), Edit(who.id, "2018-06", 12, "", "zz/zz")):
        with pytest.raises(Refused):
            keep.keep(desk, [good, bad])
    with pytest.raises(Refused):
        keep.keep(desk, [Edit("150426/nobody", "2018-06", 1, "", "vw/vw")])
    assert desk.store.rows(Attendance) == []


def test_a_month_that_is_none_and_a_county_of_others_are_refused(desk: Desk) -> None:
    for asked in (("2018-13", ""), ("六月", ""), ("2018-06", "150125")):
        with pytest.raises(Refused):
            month.read(desk, *asked)


def test_a_year_without_notice_is_said_and_weekends_are_taken(desk: Desk) -> None:
    enter(desk, "张三")
    sheet = month.read(desk, "2035-03")
    assert sheet.year.state == "unknown"
    assert sheet.rows[0].count.workdays is None
    assert [day.rest for day in sheet.days[:4]] == [False, False, True, True]


def test_holidays_and_make_up_days_carry_their_names(desk: Desk) -> None:
    days = month.read(desk, "2018-09").days
    assert (days[29].rest, days[29].special) == (False, True)  # Sunday 30 September is worked
    assert (days[23].rest, days[23].name) == (True, "中秋节")


def test_a_year_of_one_person_has_twelve_months_and_the_next_trigger(desk: Desk) -> None:
    who = enter(desk, "张三")
    at(desk, date(2018, 9, 28))
    days = [Edit(who.id, "2018-09", day, "", "ou/ou") for day in range(20, 29)]
    keep.keep(desk, days)
    told = year.year(desk, who.id, 2018)
    assert [one.count is not None for one in told.months] == [False] * 5 + [True] * 4 + [False] * 3
    assert told.months[8].count is not None
    assert told.months[8].count.unjustified == 18
    assert told.absence is not None
    assert "如不返岗，2018-10-05达到界限" in told.absence.sentence
    (row,) = month.read(desk, "2018-09").rows
    assert found(desk, row, "A16-3") == told.absence


def test_of_somebody_posted_twice_the_year_looks_at_both(desk: Desk) -> None:
    first = enter(desk, "张三", until=date(2018, 6, 15))
    again = changed(first, id=registers.new_id(desk), since=date(2018, 6, 16), until=None)
    registers.save(desk, again)
    at(desk, date(2018, 7, 2))
    assert near.blank(first, "2018-06").id == f"{first.id}/2018-06"
    assert len(month.read(desk, "2018-06").rows) == 2
    told = year.year(desk, first.id, 2018)
    assert told.months[5].count is not None
    assert told.months[5].count.span == (date(2018, 6, 1), date(2018, 6, 30)), "one presence is one month"
    assert len(DAYS) == 31


def test_leave_that_a_later_slip_closes_is_no_absence_in_the_months_after(desk: Desk) -> None:
    """Nobody noted a return from the first, and the second does not reach into July: the grid reads it all the same."""
    people = team(desk)
    made(desk, people["李四"], "2018-06-05am/2018-06-06pm")
    second = made(desk, people["李四"], "2018-06-11am/2018-06-12pm", day=date(2018, 6, 8))
    at(desk, date(2018, 6, 13))
    leavedesk.back(desk, second.id, date(2018, 6, 13), "am")
    at(desk, date(2018, 8, 2))
    assert row_of(month.read(desk, "2018-07"), "李四").count.unjustified == 0


def test_a_month_of_two_positions_is_whole_in_the_year(desk: Desk) -> None:
    member = enter(desk, "李四", until=date(2018, 10, 14))
    leader = changed(
        member, id=registers.new_id(desk, "150426"), position="leader", since=date(2018, 10, 15), until=None
    )
    registers.save(desk, leader)
    at(desk, date(2018, 11, 2))
    keep.keep(desk, [Edit(one.id, "2018-10", day, "", "vw/vw") for one, day in ((member, 9), (leader, 16))])
    told = {one.month: one for one in year.year(desk, leader.id, 2018).months}["2018-10"]
    assert told.count is not None
    assert (told.count.days, told.count.span) == (2, (date(2018, 10, 1), date(2018, 10, 31)))
