"""The holiday table agrees with a second source on every day, offices add to it, and an unknown year stays unknown."""

from datetime import date
from typing import Any

import chinese_calendar
import pytest

from tuopin_desktop.domain.calendar import Calendar, days_of, entered, read_calendar
from tuopin_desktop.domain.halves import Period
from tuopin_desktop.domain.notice import Mark, day_problem, examine
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.domain.records import CalendarDay, CalendarYear
from tuopin_desktop.services.office import library

SHIPPED = library.calendar()
MOVED = "2027-02-09 2027-02-10 2027-02-11 2027-05-03 2027-05-04 2027-10-04 2027-10-05"
MAKEUP = "2027-02-20"
NADAM = date(2018, 6, 18)


def day(when: str, nature: str, owner: str = "15", *, work: bool = False) -> CalendarDay:
    return CalendarDay(
        id=f"{owner}/{when}",
        date=date.fromisoformat(when),
        day="work" if work else "off",
        nature=nature,
        name="某节",
        county="" if owner == "15" else owner,
    )


def notice_of_2027() -> list[CalendarDay]:
    """Return an imagined notice: the statutory days ship, so only the moved ones are entered."""
    moved = [day(when, "moved_rest") for when in MOVED.split()]
    return [*moved, *(day(when, "makeup_work", work=True) for when in MAKEUP.split())]


def year(number: int = 2027, *, verified: bool = True, **said: Any) -> CalendarYear:
    return CalendarYear(id=f"15/{number}", year=number, notice="国办发明电〔2026〕9号", verified=verified, **said)


@pytest.mark.parametrize("number", range(2018, 2027))
def test_every_day_agrees_with_a_second_source(number: int) -> None:
    wrong = [
        day.isoformat()
        for day in days_of(date(number, 1, 1), date(number, 12, 31))
        if SHIPPED.is_workday(day) is not chinese_calendar.is_workday(day)
    ]
    assert wrong == []


def test_a_year_without_a_notice_is_unknown_not_guessed() -> None:
    for number in (2017, 2027, 2030):
        assert SHIPPED.is_workday(date(number, 6, 16)) is None
        assert "未登记" in SHIPPED.version(number)
    assert SHIPPED.workdays(Period(date(2026, 12, 31), "am", date(2027, 1, 4), "pm")) is None
    assert SHIPPED.day_signs(date(2026, 12, 30), date(2027, 1, 2)) == "11??"
    assert SHIPPED.off[date(2027, 10, 1)] == "国庆节"  # what the law itself says is there to be shown


def test_a_year_is_known_once_its_notice_is_entered_and_verified() -> None:
    assert entered(SHIPPED, notice_of_2027(), []).is_workday(date(2027, 2, 9)) is None
    assert entered(SHIPPED, notice_of_2027(), [year(verified=False)]).is_workday(date(2027, 2, 9)) is None
    known = entered(SHIPPED, notice_of_2027(), [year()])
    assert known.tables[2027].problems == ()
    worked = {when: known.is_workday(date.fromisoformat(when)) for when in ("2027-02-09", "2027-02-20", "2027-06-16")}
    assert worked == {"2027-02-09": False, "2027-02-20": True, "2027-06-16": True}
    assert known.version(2027).startswith("2027年放假安排：国办发明电〔2026〕9号，第1版，表号")


def test_a_year_that_does_not_add_up_stays_unknown_and_says_why() -> None:
    short = entered(SHIPPED, notice_of_2027()[1:], [year()])
    assert 2027 not in short.years
    (problem,) = short.tables[2027].problems
    assert problem.code == "calendar.balance"
    assert "调休放假6天，与调休上班1天、法定节假日逢周末6天之和7天不符" in problem.sentence
    assert 2027 in entered(SHIPPED, notice_of_2027()[1:], [year(note="通知如此")]).years


def test_a_year_beyond_the_shipped_table_needs_its_statutory_days() -> None:
    bare = entered(SHIPPED, [], [year(2028, note="已核对")])
    assert 2028 not in bare.years
    (problem,) = bare.tables[2028].problems
    assert "1月1日、5月1日、5月2日、10月1日" in problem.sentence
    assert "春节（应有4天，现有0天）" in problem.sentence


def test_the_shipped_years_pass_their_own_checks() -> None:
    found = {number: [p.code for p in examine(number, SHIPPED.marks.values())] for number in range(2018, 2027)}
    # In 2020 a make-up workday was cancelled by the extension of the Spring Festival.
    assert {number: codes for number, codes in found.items() if codes} == {2020: ["calendar.balance"]}


def test_a_correction_within_a_year_lies_over_the_shipped_table() -> None:
    made = entered(SHIPPED, [day("2018-06-19", "extension"), day("2018-06-20", "extension")], [])
    assert made.is_workday(date(2018, 6, 19)) is False
    assert SHIPPED.is_workday(date(2018, 6, 19)) is True
    assert made.version(2018) != SHIPPED.version(2018)
    assert made.version(2019) == SHIPPED.version(2019)
    correcting = entered(SHIPPED, [], [year(2018, verified=False, edition=2)])
    assert 2018 in correcting.years
    assert "第2版" in correcting.version(2018)


def test_a_local_day_counts_in_its_county_only() -> None:
    whole = entered(SHIPPED, [day("2018-06-19", "local", "150722"), day("2018-06-19", "local", "1507")], [])
    assert whole.is_workday(date(2018, 6, 19)) is True
    assert whole.of("150125").is_workday(date(2018, 6, 19)) is True
    assert whole.of("1507").is_workday(date(2018, 6, 19)) is True
    county = whole.of("150722")
    assert county.is_workday(date(2018, 6, 19)) is False
    assert county.county == "150722"
    assert county.marks[date(2018, 6, 19)].county == "150722"
    assert "含地方假日1天" in county.version(2018)
    assert county.of("150722") is county
    assert whole.of("150722") is county


def test_a_deleted_day_or_year_does_not_count() -> None:
    gone = [CalendarDay(id="15/2018-06-19", date=date(2018, 6, 19), day="off", deleted=True), CalendarDay(id="15/x")]
    assert entered(SHIPPED, gone, [year(deleted=True)]).years == SHIPPED.years
    assert entered(SHIPPED, gone, []).is_workday(date(2018, 6, 19)) is True


def test_a_closed_month_keeps_the_table_it_was_closed_under() -> None:
    june = date(2018, 6, 1)
    kept = SHIPPED.day_signs(june, date(2018, 6, 30))
    later = entered(SHIPPED, [day("2018-06-19", "extension"), day("2018-06-23", "explicit_work", work=True)], [])
    closed = later.as_written({june: kept})
    assert closed.day_signs(june, date(2018, 6, 30)) == kept
    assert closed.is_workday(date(2018, 7, 2)) is True
    assert closed.off[NADAM] == "端午节"
    # What a later notice made of those days is gone from them, and plain weekdays are not marked as anything.
    assert (closed.off, closed.work, closed.marks) == (SHIPPED.off, SHIPPED.work, SHIPPED.marks)
    assert later.day_signs(june, date(2018, 6, 30)) != kept


def test_a_closed_month_stays_known_when_its_year_no_longer_is() -> None:
    known = entered(SHIPPED, notice_of_2027(), [year()])
    kept = {date(2027, 2, 1): known.day_signs(date(2027, 2, 1), date(2027, 2, 28)), date(2027, 3, 1): "??"}
    again = SHIPPED.as_written(kept)
    assert again.is_workday(date(2027, 2, 20)) is True
    assert again.is_workday(date(2027, 3, 1)) is None


@pytest.mark.parametrize(
    ("when", "nature", "work", "code"),
    [
        ("2018-06-18", "makeup_work", False, "calendar.nature"),
        ("2018-06-18", "statutory", True, "calendar.nature"),
        ("2018-06-18", "makeup_work", True, "calendar.weekday"),
        ("2018-06-16", "moved_rest", False, "calendar.weekday"),
        ("2018-06-16", "makeup_work", True, None),
        ("2018-06-18", "moved_rest", False, None),
        ("2018-06-18", "local", False, None),
        ("2018-06-18", "local", True, None),
    ],
)
def test_one_day_against_its_weekday(when: str, nature: str, work: bool, code: str | None) -> None:
    found = day_problem(date.fromisoformat(when), nature, work=work)
    assert (found.code if found else None) == code


def test_local_days_and_other_years_take_no_part_in_the_balance() -> None:
    more = [Mark(date(2019, 3, 1), False, "moved_rest", "某节"), Mark(NADAM, False, "moved_rest", "某节", "", "150722")]
    assert examine(2018, [*SHIPPED.marks.values(), *more]) == []


def test_a_damaged_table_is_trouble() -> None:
    for row in ({"date": "2018-13-01", "day": "off", "name": "", "status": "final"}, {"date": "2018-01-01"}):
        with pytest.raises(Trouble, match="节假日表有误"):
            read_calendar([row])


def test_an_empty_calendar_knows_nothing() -> None:
    assert Calendar({}, {}, frozenset()).is_workday(NADAM) is None
