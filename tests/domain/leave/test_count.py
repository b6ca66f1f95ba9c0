"""Counting leave (V6): halves, year ends, leap days, rest days; held to a count made day by day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.leave.papers import halves
from tuopin_desktop.domain.halves import Period
from tuopin_desktop.domain.leave.count import (
    UNTYPED,
    Count,
    between,
    count,
    days,
    halves_of,
    of_year,
    runs,
    shared,
    short_words,
)
from tuopin_desktop.services.office import library

POLICY, CALENDAR = library.policy(), library.calendar()
COUNTED = [item.code for item in POLICY.leave_types if item.rest_days == "counted"]
EXCLUDED = [item.code for item in POLICY.leave_types if item.rest_days == "excluded"]
NEW_YEAR = Period(date(2018, 12, 30), "pm", date(2019, 1, 2), "am")


def counted(period: Period | None, leave_type: str = "sick", year: int | None = None) -> Count:
    return days(period, leave_type, POLICY, CALENDAR, year)


def test_a_slip_over_new_year_is_three_days_and_stands_in_both_years_with_its_part() -> None:
    assert counted(NEW_YEAR).natural == 3.0
    assert counted(NEW_YEAR, year=2018).natural == 1.5
    assert counted(NEW_YEAR, year=2019).natural == 1.5
    assert counted(NEW_YEAR, year=2020).natural == 0
    # 30 December 2018 was a Sunday, the 31st and 1 January were off; 2 January was worked.
    assert [counted(NEW_YEAR, "annual", year).by_type for year in (2018, 2019, None)] == [0, 0.5, 0.5]


@pytest.mark.parametrize("year", [2018, 2019, 2020])
def test_both_ends_of_a_year_belong_to_it(year: int) -> None:
    for day in (date(year, 1, 1), date(year, 12, 31)):
        one = Period(day, "am", day, "pm")
        assert counted(one, year=year).natural == 1
        assert counted(one, year=year - 1).natural == counted(one, year=year + 1).natural == 0
    assert len(of_year(year)) == 2 * (366 if year == 2020 else 365)


@pytest.mark.parametrize(("year", "natural"), [(2019, 1.5), (2020, 2.5)])
def test_leap_days_are_counted(year: int, natural: float) -> None:
    assert counted(Period(date(year, 2, 28), "am", date(year, 3, 1), "am")).natural == natural


def test_a_week_with_a_weekend_by_the_two_rules() -> None:
    week = Period(date(2018, 6, 6), "pm", date(2018, 6, 12), "am")  # Wednesday noon to Tuesday noon
    assert {counted(week, code).by_type for code in COUNTED} == {6.0}
    assert {counted(week, code).by_type for code in EXCLUDED} == {4.0}


def test_a_make_up_sunday_is_worked_and_a_moved_monday_is_not() -> None:
    saturday = date(2018, 9, 29)  # worked for the National Day of 2018
    assert counted(Period(saturday, "am", saturday, "pm"), "personal").by_type == 1
    monday = date(2018, 10, 1)
    assert counted(Period(monday, "am", monday, "pm"), "personal").by_type == 0


def test_a_year_without_a_notice_is_said_and_never_guessed() -> None:
    over = Period(date(2026, 12, 30), "am", date(2027, 1, 2), "pm")
    found = counted(over, "annual")
    assert (found.natural, found.by_type, found.text) == (4.0, None, "2027年节假日表未登记")
    assert found.cell == "2027年节假日表未登记"
    assert counted(over, "annual", 2026).by_type == 2  # a Wednesday and a Thursday
    assert counted(over, "sick").by_type == 4  # needs no calendar
    assert counted(Period(date(2030, 12, 31), "am", date(2031, 1, 1), "pm"), "annual").why.startswith("2030、2031年")


def test_without_a_type_only_natural_days_are_known() -> None:
    assert counted(NEW_YEAR, "") == Count(3.0, None, UNTYPED)
    assert counted(NEW_YEAR, "不认识").text == UNTYPED


def test_no_period_or_one_the_wrong_way_round_is_no_leave() -> None:
    wrong = Period(date(2018, 6, 8), "am", date(2018, 6, 5), "pm")
    assert counted(None).natural == counted(wrong).natural == 0
    assert list(shared(halves_of(wrong), of_year(2018))) == []


PERIODS = st.builds(
    lambda first, length, start, end: Period(first, start, first + timedelta(days=length), end),
    st.dates(date(2018, 1, 1), date(2026, 11, 30)),
    st.integers(0, 40),
    st.sampled_from(["am", "pm"]),
    st.sampled_from(["am", "pm"]),
)


@given(PERIODS, st.sampled_from([*COUNTED, *EXCLUDED]))
def test_every_count_equals_a_count_made_day_by_day(period: Period, code: str) -> None:
    one_by_one = halves(period) if period.halves > 0 else set()
    worked = {(day, half) for day, half in one_by_one if CALENDAR.is_workday(day)}
    for year in (None, *range(period.first.year, period.last.year + 1)):
        mine = {item for item in one_by_one if year in (None, item[0].year)}
        by_rule = mine if code in COUNTED else mine & worked
        assert counted(period, code, year) == Count(len(mine) / 2, len(by_rule) / 2)


@given(PERIODS)
def test_the_parts_of_the_years_make_the_whole(period: Period) -> None:
    years = range(period.first.year, period.last.year + 1)
    assert sum(counted(period, year=year).natural for year in years) == counted(period).natural


@given(st.sets(st.integers(2 * 737000, 2 * 737000 + 30)))
def test_runs_are_the_same_half_days_again_and_do_not_touch(numbers: set[int]) -> None:
    found = runs(numbers)
    assert {number for period in found for number in halves_of(period)} == numbers
    stretches = [halves_of(period) for period in found]
    assert all(one.stop < other.start for one, other in pairwise(stretches))


@given(st.lists(st.integers(2 * 737000, 2 * 737000 + 30)))
def test_a_half_day_named_twice_counts_once(numbers: list[int]) -> None:
    assert count(numbers, "sick", POLICY, CALENDAR).natural == len(set(numbers)) / 2


def test_periods_in_short_words() -> None:
    day = date(2018, 6, 5)
    assert short_words(NEW_YEAR) == "2018-12-30下午至2019-01-02上午"
    assert short_words(Period(day, "am", date(2018, 6, 8), "pm")) == "2018-06-05至2018-06-08"
    assert short_words(Period(day, "am", day, "pm")) == "2018-06-05"
    assert short_words(Period(day, "pm", day, "pm")) == "2018-06-05下午"
    assert short_words(None) == ""
    assert len(between(day, day)) == 2
