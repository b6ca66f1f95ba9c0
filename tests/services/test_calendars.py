"""Notices keyed in by the region office, local days of a county, and what they change in counting."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.domain.test_calendar import day, notice_of_2027, year
from tests.services.desks import changed, enter, open_office, over
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import CalendarDay, CalendarYear, LeaveSlip
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.leave import leavebooks, leavedesk
from tuopin_desktop.services.office import calendars
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.sheets import intake

NADAM = date(2018, 6, 19)


@pytest.fixture
def region(tmp_path: Path) -> Iterator[Desk]:
    desk = open_office(tmp_path / "region", level="region")
    yield desk
    desk.close()


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Desk]:
    desk = open_office(tmp_path / "county")
    yield desk
    desk.close()


def local(county: str = "", **said: Any) -> CalendarDay:
    """Return a local holiday as a form hands it over: under a fresh id."""
    owner = county or "150426"
    made = CalendarDay(id=f"{owner}/fresh", date=NADAM, day="off", nature="local", name="那达慕", county=county)
    return changed(made, notice="翁政发〔2018〕7号", **said)


def codes(desk: Desk, record: CalendarDay | CalendarYear) -> list[str]:
    with pytest.raises(Refused) as refused:
        registers.save(desk, record)
    return [problem.code for problem in refused.value.problems]


def sheet(path: Path, rows: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_a_notice_is_keyed_in_and_makes_its_year_known(region: Desk) -> None:
    assert calendars.year_state(region, 2027).state == "provisional"
    registers.save(region, year(verified=False))
    for one in notice_of_2027():
        registers.save(region, changed(one, id="15/fresh"))
    state = calendars.year_state(region, 2027)
    assert (state.state, state.problems) == ("provisional", ())
    registers.save(region, year())
    state = calendars.year_state(region, 2027)
    assert state.state == "known"
    assert state.version.startswith(state.text)
    assert [mark.day.isoformat() for mark in state.table if mark.nature == "makeup_work"] == ["2027-02-20"]
    assert calendars.calendar(region).is_workday(date(2027, 2, 20)) is True


def test_a_notice_that_does_not_add_up_cannot_be_verified(region: Desk) -> None:
    registers.save(region, year(verified=False))
    assert codes(region, year()) == ["calendar.balance"]
    registers.save(region, year(note="通知如此"))
    assert calendars.year_state(region, 2027).state == "known"
    # Taking the explanation away again is refused, so a known year never loses its ground unseen.
    assert codes(region, year()) == ["calendar.balance"]


def test_a_day_taken_away_later_makes_the_year_unknown_and_says_so(region: Desk) -> None:
    for one in notice_of_2027():
        registers.save(region, one)
    registers.save(region, year())
    registers.delete(region, "calendar_day", "15/2027-02-20")
    state = calendars.year_state(region, 2027)
    assert state.state == "provisional"
    assert "2027年调休放假7天" in state.text


def test_states_of_years_in_order(region: Desk) -> None:
    known = {state.year: state.state for state in calendars.years(region)}
    assert known == {**dict.fromkeys(range(2018, 2027), "known"), 2027: "provisional"}
    unknown = calendars.year_state(region, 2031)
    assert unknown.state == "unknown"
    assert "尚未登记" in unknown.text


def test_what_cannot_be_a_day_of_the_region(region: Desk) -> None:
    assert codes(region, day("2031-10-01", "statutory")) == ["calendar.unnoticed"]
    assert codes(region, day("2027-02-20", "moved_rest")) == ["calendar.weekday"]
    assert codes(region, day("2027-02-20", "moved_rest", work=True)) == ["calendar.nature"]
    assert codes(region, changed(day("2027-02-20", "local"), notice="1号")) == ["calendar.county"]
    assert codes(region, year(1827)) == ["calendar.year"]
    registers.save(region, year(2031, verified=False))
    registers.save(region, day("2031-10-01", "statutory"))
    assert codes(region, CalendarDay(id="15/fresh")) == ["required"] * 4


def test_a_day_is_entered_once_and_stays_that_day(region: Desk) -> None:
    registers.save(region, day("2027-02-09", "moved_rest"))
    assert codes(region, changed(day("2027-02-09", "moved_rest"), id="15/fresh")) == ["calendar.twice"]
    assert codes(region, changed(day("2027-02-10", "moved_rest"), id="15/2027-02-09")) == ["calendar.moved"]
    registers.delete(region, "calendar_day", "15/2027-02-09")
    back = registers.save(region, changed(day("2027-02-09", "moved_rest"), id="15/fresh"))
    assert back.id == "15/2027-02-09"
    assert [record.id for record in registers.rows(region, "calendar_day")] == ["15/2027-02-09"]


def test_a_county_enters_its_own_days_and_no_others(county: Desk) -> None:
    kept = registers.save(county, local())
    assert (kept.id, kept.county) == ("150426/2018-06-19", "150426")
    assert codes(county, changed(local(), id="150426/b", date=date(2018, 6, 20), notice="")) == ["calendar.notice"]
    assert codes(county, changed(local(), id="150426/b", date=date(2018, 6, 20), nature="extension")) == [
        "calendar.local"
    ]
    with pytest.raises(Refused):
        registers.save(county, local("150125"))
    with pytest.raises(Refused):
        registers.save(county, year())
    assert calendars.calendar(county).is_workday(NADAM) is False
    assert "含地方假日1天" in calendars.year_state(county, 2018).version


def test_the_region_sees_a_countys_day_in_that_county_only(region: Desk) -> None:
    registers.save(region, local("150426"))
    assert calendars.calendar(region).is_workday(NADAM) is True
    assert calendars.calendar(region, "150426").is_workday(NADAM) is False
    assert calendars.calendar(region, "150125").is_workday(NADAM) is True


def test_leave_is_counted_and_filed_by_the_calendar_of_its_county(region: Desk) -> None:
    slips = {}
    for code, name in (("150426", "张三"), ("150125", "李四")):
        posting = enter(region, name, county=code)
        slips[code] = LeaveSlip(
            id=f"{code}/s", posting=posting.id, form="member", name=name, post="队员", place="呼和浩特市",
            period="2018-06-18am/2018-06-20pm", reason="探亲", leave_type="annual", filled=date(2018, 6, 14),
        )  # fmt: skip
        registers.save(region, slips[code])
    registers.save(region, local("150426"))
    ledger = leavebooks.open_ledger(region)
    assert {code: ledger.days_of(slip).by_type for code, slip in slips.items()} == {"150426": 1, "150125": 2}


def test_a_filing_is_due_by_the_calendar_of_the_slips_county(region: Desk) -> None:
    due = {}
    for code, name in (("150426", "张三"), ("150125", "李四")):
        posting = enter(region, name, county=code)
        slip = LeaveSlip(
            id=f"{code}/s", posting=posting.id, form="member", name=name, post="队员", place="呼和浩特市",
            period="2018-06-21am/2018-06-22pm", reason="探亲", leave_type="personal", filled=date(2018, 6, 15),
        )  # fmt: skip
        registers.save(region, slip)
        due[code] = slip.id
    registers.save(region, local("150426"))
    for slip_id in due.values():
        for role in ("secretary", "leader"):
            with over(region, date(2018, 6, 15)):
                leavedesk.sign(region, slip_id, role, "白音", date(2018, 6, 15))
    facts = judging.facts(region)
    policy = judging.policy_on(region, date(2018, 6, 15))
    told = {code: leavedesk.story(region, slip_id)[0].filing_due for code, slip_id in due.items()}
    # Friday the 15th, a weekend, the Dragon Boat Festival on Monday, and in one county a day of its own on Tuesday.
    assert told == {"150426": date(2018, 6, 20), "150125": date(2018, 6, 19)}
    assert {ids.owner(one.slip.id): one.filing_due for one in leavedesk.stories(region)} == told
    assert {ids.owner(slip.id): facts.story(slip, policy).filing_due for slip in facts.slips} == told


def test_days_come_from_a_file_and_come_again_without_doubling(region: Desk, tmp_path: Path) -> None:
    head = ["日期", "放假或上班", "放假类别", "节日名称"]
    rows: list[list[Any]] = [["2027-02-09", "放假", "调休放假", "春节"], ["2027.2.20", "上班", "补班", "春节"]]
    path = sheet(tmp_path / "a.xlsx", [head, *rows])
    assert intake.confirm(region, intake.preview(region, "calendar_day", path)).new == 2
    assert intake.preview(region, "calendar_day", path).counts.same == 2
    assert {row.id for row in registers.rows(region, "calendar_day")} == {"15/2027-02-09", "15/2027-02-20"}
    out = tmp_path / "out.xlsx"
    out.write_bytes(intake.export(region, "calendar_day"))
    assert intake.preview(region, "calendar_day", out).counts.same == 2


def test_a_file_is_refused_line_by_line(region: Desk, tmp_path: Path) -> None:
    head = ["日期", "放假或上班", "放假类别", "节日名称"]
    rows: list[list[Any]] = [
        ["2027-02-09", "放假", "调休放假", "春节"],
        ["2027-02-09", "放假", "调休放假", "春节（又一行）"],
        ["2027-02-19", "上班", "调休上班", "春节"],
        ["2072-10-04", "放假", "调休放假", "国庆节"],
    ]
    preview = intake.preview(region, "calendar_day", sheet(tmp_path / "a.xlsx", [head, *rows]))
    assert [plan.action for plan in preview.plans] == ["new", "error", "error", "error"]
    said = [sentence for _, _, sentence in preview.messages()]
    assert "前面已有一行" in said[0]
    assert "2027-02-19是周五" in said[1]
    assert "2072年尚未登记年度通知" in said[2]


def test_a_years_notice_comes_from_a_file_and_is_checked(region: Desk, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["年度", "通知文号", "已核对", "说明"], [2027, "国办发明电〔2026〕9号", "是", ""]]
    path = sheet(tmp_path / "y.xlsx", rows)
    assert [plan.action for plan in intake.preview(region, "calendar_year", path).plans] == ["error"]
    for one in notice_of_2027():
        registers.save(region, one)
    assert intake.confirm(region, intake.preview(region, "calendar_year", path)).new == 1
    assert calendars.year_state(region, 2027).state == "known"
    assert [row.id for row in registers.rows(region, "calendar_year")] == ["15/2027"]


def test_a_county_takes_its_local_days_from_a_file(county: Desk, tmp_path: Path) -> None:
    head = ["日期", "放假或上班", "放假类别", "节日名称", "依据文号"]
    rows: list[list[Any]] = [
        ["2018-06-19", "放假", "地方假日", "那达慕", "翁政发〔2018〕7号"],
        ["2018-10-08", "放假", "调休放假", "国庆节", ""],
    ]
    preview = intake.preview(county, "calendar_day", sheet(tmp_path / "a.xlsx", [head, *rows]))
    assert [plan.action for plan in preview.plans] == ["new", "error"]
    intake.confirm(county, preview)
    assert [row.id for row in registers.rows(county, "calendar_day")] == ["150426/2018-06-19"]
