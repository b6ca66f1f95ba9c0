"""Ages in full years, and months that move."""

from datetime import date

import pytest

from tuopin_desktop.domain.rules.age import age_words, ages, full_years, months_between, read_birth, shifted


@pytest.mark.parametrize(
    ("birth", "on", "years"),
    [
        (date(1960, 5, 30), date(2018, 5, 30), 58),
        (date(1960, 5, 31), date(2018, 5, 30), 57),
        (date(1960, 12, 1), date(2018, 5, 30), 57),
        (date(1972, 2, 29), date(2019, 2, 28), 46),
        (date(1972, 2, 29), date(2019, 3, 1), 47),
    ],
)
def test_full_years_change_on_the_birthday(birth: date, on: date, years: int) -> None:
    assert full_years(birth, on) == years


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1970-05", date(1970, 5, 1), date(1970, 5, 31)),
        ("1972-02", date(1972, 2, 1), date(1972, 2, 29)),
        ("1970-12", date(1970, 12, 1), date(1970, 12, 31)),
        ("1970-05-17", date(1970, 5, 17), date(1970, 5, 17)),
    ],
)
def test_a_birth_means_its_day_or_its_whole_month(text: str, first: date, last: date) -> None:
    birth = read_birth(text)
    assert birth is not None
    assert (birth.month, birth.first, birth.last) == (text[:7], first, last)
    assert ages(birth, date(2030, 1, 1)) == (full_years(last, date(2030, 1, 1)), full_years(first, date(2030, 1, 1)))


def test_the_range_of_ages_is_said_only_where_it_matters() -> None:
    birth = read_birth("1970-05")
    assert birth is not None
    assert age_words(birth, date(2018, 5, 30)) == "47至48周岁（只登记到月）"
    assert age_words(birth, date(2018, 5, 31)) == "48周岁"


@pytest.mark.parametrize(
    ("month", "months", "later"), [("1970-05", 0, "1970-05"), ("1970-05", 8, "1971-01"), ("1970-05", 31, "1972-12")]
)
def test_months_move_over_the_year(month: str, months: int, later: str) -> None:
    assert shifted(month, months) == later
    assert months_between(month, later) == months
