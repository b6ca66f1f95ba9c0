"""Weeks: Monday to Sunday, numbered by their Thursday, over year ends and the years of 53 weeks."""

from datetime import date, timedelta

import pytest

from tests.domain.rules.build import POLICY
from tuopin_desktop.domain.journals import weeks


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2018, 6, 4), "2018-W23"),
        (date(2018, 6, 10), "2018-W23"),
        (date(2018, 12, 31), "2019-W01"),
        (date(2021, 1, 3), "2020-W53"),
        (date(2021, 1, 4), "2021-W01"),
    ],
)
def test_a_day_lies_in_the_week_of_its_thursday(day: date, week: str) -> None:
    assert weeks.week_of(day) == week
    assert day in weeks.days(week)


def test_every_day_of_the_programme_lies_in_the_week_it_is_said_to() -> None:
    day = date(2018, 5, 30)
    while day < date(2021, 2, 1):
        assert day in weeks.days(weeks.week_of(day))
        day += timedelta(days=1)


@pytest.mark.parametrize("text", ["2018-W23", "2018年第23周", "2018-23", "2018W23", " ２０１８－Ｗ２３ ", "2018-06-10"])
def test_a_week_is_read_as_people_write_it(text: str) -> None:
    assert weeks.read_week(text) == "2018-W23"


@pytest.mark.parametrize("text", ["2018-W53", "2018-W00", "0001-W01", "9999-W52", "2099-W53", "", "第周", "x" * 200])
def test_what_is_no_week_stays_what_it_is_and_has_no_days(text: str) -> None:
    assert weeks.read_week(text) == text
    assert weeks.span(text) is None
    assert weeks.days(text) == ()


def test_the_last_week_of_a_long_year_goes_on_in_the_first_of_the_next() -> None:
    assert weeks.shifted("2020-W53", 1) == "2021-W01"
    assert weeks.shifted("2021-W01", -1) == "2020-W53"


def test_a_note_is_due_on_tuesday_and_belongs_to_the_month_of_its_thursday() -> None:
    assert weeks.due("2018-W23", POLICY) == date(2018, 6, 12)
    assert weeks.month_of("2018-W40", POLICY) == "2018-10"  # Monday 1 October
    assert weeks.month_of("2018-W31", POLICY) == "2018-08"  # Monday 30 July, Thursday 2 August
    assert weeks.month_of("2019-W01", POLICY) == "2019-01"  # Monday 31 December


def test_a_week_is_said_with_its_days() -> None:
    assert weeks.week_words("2020-W53") == "2020年第53周（12月28日至1月3日）"
