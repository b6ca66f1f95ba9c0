"""Typed and pasted values: every spelling in daily use is read, nothing doubtful is guessed, nothing ever raises."""

import math
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuopin_desktop.domain.halves import Period
from tuopin_desktop.domain.reading import (
    EARLIEST,
    LATEST,
    money_words,
    read_date,
    read_digits,
    read_flag,
    read_money,
    read_month,
    read_period,
)

TODAY = date(2018, 6, 1)
_soup = st.text("0123456789年月日号.-/~至到+ ampm上下午中T:—", max_size=24)
_anything = st.one_of(st.text(max_size=30), _soup, st.none(), st.booleans(), st.integers(), st.floats(), st.datetimes())
_spellings = "2018年6月5日|2018-06-05|2018-6-5|2018/6/5|2018.6.5|2018. 6. 5|2018。6。5|2018、6、5|20180605|2018 6 5"


@pytest.mark.parametrize(
    "value",
    [
        *_spellings.split("|"),
        "２０１８年６月５日",
        "２０１８－０６－０５",
        " 2018 年 6 月 5 日 ",
        "2018年6月5号",
        "2018-06-05T00:00:00",
        "2018-06-05 13:45:10.5",
        "2018/6/5 0:00:00",
        20180605,
        20180605.0,
        43256,
        43256.0,
        date(2018, 6, 5),
        datetime(2018, 6, 5, 23, 59),
    ],
)
def test_a_date_is_read_in_every_common_spelling(value: object) -> None:
    assert read_date(value) == date(2018, 6, 5)


@pytest.mark.parametrize("text", ["605", "0605", "6.5", "6-5", "6/5", "6月5日", "06月05号", "+4"])
def test_short_forms_take_the_year_of_today_and_need_it(text: str) -> None:
    assert read_date(text, TODAY) == date(2018, 6, 5)
    assert read_date(text) is None


def test_days_are_counted_from_today_across_the_years_end() -> None:
    assert read_date("-1", date(2019, 1, 1)) == date(2018, 12, 31)
    assert read_date("+3", date(2018, 12, 30)) == date(2019, 1, 2)
    assert read_date("+1", LATEST) is None


@pytest.mark.parametrize(
    "value",
    [
        *("", "今天", "2018-13-01", "2018-02-29", "20180230", "2018-06-05 3", "2018年6.5", "2018-06", "6", "1366"),
        *("18-06-05", "0001-01-01", "9999-12-31", "2100-01-01", "1899-12-31", "9" * 100, "１" * 40),
        *(531, 0, -1, 1970.1, 43256.5, 99999, 20181301, math.nan, math.inf, -math.inf, True, None, 10**300),
    ],
)
def test_what_is_not_certainly_a_date_is_none(value: object) -> None:
    assert read_date(value, TODAY) is None


@given(_anything, st.one_of(st.none(), st.dates()))
def test_reading_a_date_never_raises_and_never_leaves_the_centuries_in_question(value: object, today: object) -> None:
    day = read_date(value, today)  # type: ignore[arg-type]  # values of any type come from a sheet
    assert day is None or EARLIEST <= day <= LATEST


@given(st.dates(EARLIEST, LATEST))
def test_every_spelling_of_every_day_comes_back(day: date) -> None:
    spelled = (f"{day:%Y%m%d}", f"{day.year}.{day.month}.{day.day}", f"{day.year}年{day.month}月{day.day}日", str(day))
    assert {read_date(text) for text in spelled} == {day}
    assert read_month(str(day)) == str(day)


@pytest.mark.parametrize(
    ("value", "month"),
    [
        ("197005", "1970-05"),
        ("1970.05", "1970-05"),
        ("1970.5", "1970-05"),
        ("1970-10", "1970-10"),
        ("1970/5", "1970-05"),
        ("1970年5月", "1970-05"),
        ("１９７０．０５", "1970-05"),
        (197005, "1970-05"),
        (197005.0, "1970-05"),
        ("19700517", "1970-05-17"),
        ("1970年5月17日", "1970-05-17"),
        (25705, "1970-05-17"),
        (date(1970, 5, 17), "1970-05-17"),
    ],
)
def test_a_birth_month_or_day_is_read(value: object, month: str) -> None:
    assert read_month(value) == month


@pytest.mark.parametrize(
    "value",
    [1970.1, 1970.05, "1970", 1970, 197013, 197000, "1970.13", "187005", "210001", "١٩٧٠-05", math.nan, math.inf, True],
)
def test_a_doubtful_month_is_none(value: object) -> None:
    assert read_month(value) is None


@given(_anything)
def test_reading_a_month_never_raises_and_gives_only_the_stored_form(value: object) -> None:
    month = read_month(value)
    assert month is None or (month.isascii() and len(month) in (7, 10) and "1900" <= month[:4] <= "2099")


_JUNE = "2018-06-05am/2018-06-08pm"


@pytest.mark.parametrize(
    "text",
    [
        *("605-608", "0605-0608", "605~608", "605-8", "605至8日", "605 - 608", "605-+3", "605/608"),
        *("6.5-6.8", "6.5-8", "6-5-6-8", "6/5-6/8", "6.5～6.8", "6.5〜6.8", "6月5日至6月8日", "6月5日到8日"),
        *("6月5日—6月8日", "6月5日——6月8日", "6月5日–6月8日", "6月5号-6月8号"),
        *("2018.6.5-2018.6.8", "2018-06-05-2018-06-08", "2018/6/5-2018/6/8", "20180605-20180608", "20180605-0608"),
        *("2018年6月5日至\n2018年6月8日", "2018年6月5日至6月8日", "6月5日上午至6月8日下午", "6.5am-6.8PM"),
        _JUNE,
    ],
)
def test_a_period_is_read_in_every_common_spelling(text: str) -> None:
    period = read_period(text, TODAY)
    assert period is not None
    assert period.stored() == _JUNE


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("6月5日上午至6月8日", "2018-06-05am/2018-06-08pm"),
        ("2018-06-05~2018-06-08 上午", "2018-06-05am/2018-06-08am"),
        ("6.5下午至6.8", "2018-06-05pm/2018-06-08pm"),
        ("6月5日下午", "2018-06-05pm/2018-06-05pm"),
        ("6月5日上午", "2018-06-05am/2018-06-05am"),
        ("6月5日上午至下午", "2018-06-05am/2018-06-05pm"),
        ("605", "2018-06-05am/2018-06-05pm"),
        ("2018/6/5", "2018-06-05am/2018-06-05pm"),
    ],
)
def test_halves_are_read_at_either_end(text: str, stored: str) -> None:
    period = read_period(text, TODAY)
    assert period is not None
    assert period.stored() == stored


def test_noon_begins_with_the_afternoon_and_ends_with_the_morning() -> None:
    period = read_period("6月5日中午至6月8日中午", TODAY)
    assert period == Period(date(2018, 6, 5), "pm", date(2018, 6, 8), "am")
    assert read_period("6月5日中午", TODAY) is None


@pytest.mark.parametrize("text", ["1230-102", "1230-0102", "12.30-1.2", "12月30日至1月2日", "20181230-102", "1230-+3"])
def test_an_end_without_a_year_may_lie_in_the_next(text: str) -> None:
    period = read_period(text, TODAY)
    assert period is not None
    assert period.stored() == "2018-12-30am/2019-01-02pm"


def test_an_end_on_a_leap_day_of_the_next_year_is_found() -> None:
    period = read_period("2019.12.30-2.29")
    assert period is not None
    assert period.last == date(2020, 2, 29)


@pytest.mark.parametrize("text", ["608-605", "6月28日至3日", "6月5日下午至6月5日上午", "2018-06-08至2018-06-05"])
def test_an_end_before_its_start_is_never_bent_into_something_else(text: str) -> None:
    period = read_period(text, TODAY)
    assert period is not None
    assert period.halves <= 0
    assert period.last.year == 2018


def test_days_from_today_are_one_day() -> None:
    assert read_period("+3", TODAY) == Period(date(2018, 6, 4), "am", date(2018, 6, 4), "pm")
    assert read_period("-1", TODAY) == Period(date(2018, 5, 31), "am", date(2018, 5, 31), "pm")


@pytest.mark.parametrize(
    "text",
    [
        *("", "至", "中午", "下周三", "605-", "-605", "605至x", "605-608-611", "2018-06", "1018-06-05", "2018-02-30"),
        *("0001-01-01am/9999-12-31pm", "20991231~+99", "605" + " " * 90, "2018-06-05至2018-06-31", "605-632"),
    ],
)
def test_what_is_not_certainly_a_period_is_none(text: str) -> None:
    assert read_period(text, TODAY) is None


@given(st.one_of(_soup, st.text(max_size=30)), st.one_of(st.none(), st.dates()))
def test_reading_a_period_never_raises_and_never_leaves_the_centuries(text: str, today: date | None) -> None:
    period = read_period(text, today)
    assert period is None or all(EARLIEST <= day <= LATEST for day in (period.first, period.last))


_ends = st.tuples(st.dates(EARLIEST, LATEST), st.sampled_from(["am", "pm"]))


@given(_ends, _ends)
def test_what_is_shown_and_what_is_stored_can_be_typed_back(start: tuple, end: tuple) -> None:
    period = Period(*min(start, end), *max(start, end))
    assert read_period(period.text()) == period
    assert read_period(period.text().replace("\n", "")) == period
    assert read_period(period.stored()) == period


@pytest.mark.parametrize("value", ["是", "有", "√", "✓", "Y", "yes", "1", "1.0", 1, 1.0, True, " 是 ", "对"])
def test_yes_is_yes(value: object) -> None:
    assert read_flag(value) is True


@pytest.mark.parametrize("value", ["否", "无", "×", "n", "NO", "0", 0, 0.0, False, "", "  "])
def test_no_and_an_empty_cell_are_no(value: object) -> None:
    assert read_flag(value) is False


@pytest.mark.parametrize("value", ["也许", "是否", 2, 10.0, math.nan, None])
def test_neither_yes_nor_no_is_none(value: object) -> None:
    assert read_flag(value) is None


@pytest.mark.parametrize(
    "value", ["139 0000 0000", "139-0000-0000", "１３９００００００００", 13900000000, 13900000000.0]
)
def test_a_phone_number_is_its_digits(value: object) -> None:
    assert read_digits(value) == "13900000000"


@given(_anything)
def test_flags_and_digits_never_raise(value: object) -> None:
    assert read_flag(value) in (True, False, None)
    assert isinstance(read_digits(value), str)


@pytest.mark.parametrize("value", [386.5, "386.50", "３８６.5", "￥386.5元", " 386.500 ", 386.50000000000006])
def test_an_amount_is_kept_in_fen(value: object) -> None:
    assert read_money(value) == 38650


@pytest.mark.parametrize("value", ["", "约300", "-5", -5.0, "386.505", "1e3", math.nan, math.inf, True, None, 10.0**15])
def test_what_is_no_amount_is_none(value: object) -> None:
    assert read_money(value) is None


@given(st.integers(0, 10**12))
def test_an_amount_survives_being_shown(fen: int) -> None:
    assert read_money(money_words(fen)) == fen
