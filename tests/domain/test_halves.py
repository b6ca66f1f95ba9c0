"""Half-days: counted, cut at the year's end, compared and written, against a brute-force set of halves."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuopin_desktop.domain.halves import Period, day_words, days_between, parse_stored

NEW_YEAR = Period(date(2018, 12, 30), "pm", date(2019, 1, 2), "am")
"""V6: away from the afternoon of 30 December to the morning of 2 January."""

_days = st.dates(date(2019, 12, 20), date(2020, 3, 10))
_halves = st.sampled_from(["am", "pm"])
_periods = st.builds(Period, _days, _halves, _days, _halves)


def every_half(period: Period) -> set[tuple[date, str]]:
    """Return the half-days of a period, walked one by one; none when its ends are the wrong way round."""
    found: set[tuple[date, str]] = set()
    day, half = period.first, period.first_half
    while (day, half) <= (period.last, period.last_half):
        found.add((day, half))
        day, half = (day, "pm") if half == "am" else (day + timedelta(days=1), "am")
    return found


def test_new_years_leave_is_three_days_and_has_its_part_in_both_years() -> None:
    assert NEW_YEAR.days == 3.0
    old = NEW_YEAR.within(date(2018, 1, 1), date(2018, 12, 31))
    new = NEW_YEAR.within(date(2019, 1, 1), date(2019, 12, 31))
    assert old == Period(date(2018, 12, 30), "pm", date(2018, 12, 31), "pm")
    assert new == Period(date(2019, 1, 1), "am", date(2019, 1, 2), "am")
    assert (old.days, new.days) == (1.5, 1.5)
    assert NEW_YEAR.within(date(2020, 1, 1), date(2020, 12, 31)) is None


@pytest.mark.parametrize(
    ("period", "days"),
    [
        (Period(date(2018, 6, 5), "am", date(2018, 6, 5), "am"), 0.5),
        (Period(date(2018, 6, 5), "pm", date(2018, 6, 5), "pm"), 0.5),
        (Period(date(2018, 6, 5), "am", date(2018, 6, 5), "pm"), 1.0),
        (Period(date(2018, 6, 5), "pm", date(2018, 6, 6), "am"), 1.0),
        (Period(date(2020, 2, 28), "am", date(2020, 3, 1), "pm"), 3.0),
        (Period(date(2019, 2, 28), "am", date(2019, 3, 1), "pm"), 2.0),
        (Period(date(2018, 12, 20), "am", date(2019, 1, 10), "pm"), 22.0),
    ],
)
def test_days_are_halves_divided_by_two_across_leap_days_and_year_ends(period: Period, days: float) -> None:
    assert period.days == days


@given(_periods)
def test_the_number_of_halves_is_that_of_walking_them(period: Period) -> None:
    assert max(period.halves, 0) == len(every_half(period))


@given(_periods, _periods)
def test_two_periods_overlap_exactly_when_a_half_day_belongs_to_both(one: Period, other: Period) -> None:
    assert one.overlaps(other) == bool(every_half(one) & every_half(other))


@given(_periods, _days, _days)
def test_the_part_within_some_days_holds_exactly_the_halves_of_those_days(period: Period, a: date, b: date) -> None:
    wanted = {(day, half) for day, half in every_half(period) if a <= day <= b}
    part = period.within(a, b)
    assert (every_half(part) if part else set()) == wanted


@given(_periods)
def test_the_parts_of_two_years_add_up_to_the_whole(period: Period) -> None:
    years = [period.within(date(year, 1, 1), date(year, 12, 31)) for year in (2019, 2020)]
    assert sum(part.days for part in years if part) == max(period.days, 0)


@given(st.builds(Period, st.dates(), _halves, st.dates(), _halves))
def test_the_stored_form_comes_back(period: Period) -> None:
    assert parse_stored(period.stored()) == period


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2018-06-05am",
        "2018-06-05/2018-06-08",
        "2018-06-05am/2018-06-31pm",
        "2018-6-5am/2018-6-8pm",
        "2018-06-05am/2018-06-08pm ",
        "2018-06-05am/2018-06-08pm\n",
        "2018-06-05AM/2018-06-08PM",
        "٢٠١٨-06-05am/2018-06-08pm",
    ],
)
def test_what_is_not_a_stored_period_is_none(text: str) -> None:
    assert parse_stored(text) is None


def test_the_cell_shows_whole_days_bare_and_names_halves_otherwise() -> None:
    assert Period(date(2018, 6, 5), "am", date(2018, 6, 8), "pm").text() == "2018年6月5日至\n2018年6月8日"
    assert NEW_YEAR.text() == "2018年12月30日下午至\n2019年1月2日上午"
    assert Period(date(2018, 6, 5), "am", date(2018, 6, 8), "am").text() == "2018年6月5日上午至\n2018年6月8日上午"
    assert day_words(date(2018, 6, 5)) == "2018年6月5日"


def test_periods_are_in_order_of_time() -> None:
    morning, noon = Period(date(2018, 6, 5), "am", date(2018, 6, 6), "am"), NEW_YEAR
    afternoon = Period(date(2018, 6, 5), "pm", date(2018, 6, 5), "pm")
    assert sorted([noon, afternoon, morning]) == [morning, afternoon, noon]


def test_both_ends_count_in_natural_days() -> None:
    assert days_between(date(2018, 9, 20), date(2018, 10, 5)) == 16
    assert days_between(date(2018, 6, 5), date(2018, 6, 5)) == 1
