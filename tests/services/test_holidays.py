"""Changing the holiday table: which change makes a new edition, which is refused, and what a county may do."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.domain.test_calendar import day, notice_of_2027, year
from tests.services.desks import changed, open_office
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import CalendarDay
from tuopin_desktop.services.office import calendars
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import holidays, registers

ADJUSTED = "国办发明电〔2019〕3号"


@pytest.fixture
def region(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path / "region", level="region")) as desk:
        yield desk


def moved(when: str, notice: str = "") -> CalendarDay:
    return changed(day(when, "moved_rest"), notice=notice)


def test_a_day_in_a_year_that_counts_needs_the_notice_that_changes_it(region: Desk) -> None:
    with pytest.raises(Refused, match="2019年放假安排已在使用") as refused:
        holidays.keep(region, moved("2019-05-07"))
    assert refused.value.problems[0].fields == ("notice",)
    assert registers.rows(region, "calendar_day") == []


def test_a_notice_within_the_year_makes_the_next_edition_once(region: Desk) -> None:
    before = calendars.calendar(region)
    closed = before.day_signs(date(2019, 5, 1), date(2019, 5, 31))
    for when in ("2019-05-07", "2019-05-08"):
        holidays.keep(region, moved(when, ADJUSTED))
    after = calendars.calendar(region)
    assert "第2版" in after.version(2019)
    assert ADJUSTED in after.version(2019)
    assert after.is_workday(date(2019, 5, 7)) is False
    # A month closed before keeps its days.
    assert after.as_written({date(2019, 5, 1): closed}).is_workday(date(2019, 5, 7)) is True
    holidays.keep(region, moved("2019-05-09", "另一号"))
    assert holidays.year_record(region, 2019).edition == 3


def test_saving_a_day_unchanged_makes_no_edition(region: Desk) -> None:
    kept = holidays.keep(region, moved("2019-05-07", ADJUSTED))
    holidays.keep(region, kept)
    assert holidays.year_record(region, 2019).edition == 2


def test_a_year_still_being_entered_has_one_edition(region: Desk) -> None:
    holidays.keep_year(region, year(verified=False))
    for one in notice_of_2027():
        holidays.keep(region, one)
    holidays.keep_year(region, year())
    assert "第1版" in calendars.calendar(region).version(2027)


def test_a_day_taken_out_makes_an_edition_and_the_shipped_day_stands_again(region: Desk) -> None:
    work = changed(day("2019-05-02", "explicit_work", work=True), notice=ADJUSTED)
    holidays.keep(region, work)
    assert calendars.calendar(region).is_workday(date(2019, 5, 2)) is True
    with pytest.raises(Refused, match="文号"):
        holidays.remove(region, work.id)
    holidays.remove(region, work.id, "更正")
    assert calendars.calendar(region).is_workday(date(2019, 5, 2)) is False
    assert holidays.year_record(region, 2019).edition == 3
    holidays.keep(region, work)  # and it can be entered again
    assert calendars.calendar(region).is_workday(date(2019, 5, 2)) is True


def test_a_refused_day_leaves_the_edition_as_it_was(region: Desk) -> None:
    wrong = changed(day("2019-05-04", "moved_rest"), notice=ADJUSTED)  # a Saturday
    with pytest.raises(Refused, match="本来就是周末"):
        holidays.keep(region, wrong)
    assert registers.rows(region, "calendar_year") == []


def test_a_county_keeps_its_own_days_only(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "county")) as county:
        own = CalendarDay(
            id="150426/x", date=date(2018, 6, 19), day="off", nature="local", name="那达慕", notice="翁政发〔2018〕7号"
        )
        kept = holidays.keep(county, own)
        assert kept.id == "150426/2018-06-19"
        assert holidays.year_record(county, 2018).edition is None
        holidays.remove(county, kept.id)
        assert registers.rows(county, "calendar_day") == []
        with pytest.raises(Refused):
            holidays.keep(county, moved("2019-05-07", ADJUSTED))
        with pytest.raises(Refused, match="节假日年度属于自治区工作队管理办公室，本单位（翁牛特旗）无权修改"):
            holidays.keep_year(county, year(verified=False))
