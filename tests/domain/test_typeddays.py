"""A day typed in short is read as one day or refused in words that say what is wrong."""

from datetime import date

import pytest

from tuopin_desktop.domain.typeddays import day_words, fault, read_typed

TODAY = date(2018, 6, 14)  # a Thursday


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("531", date(2018, 5, 31)),
        ("0531", date(2018, 5, 31)),
        ("20170531", date(2017, 5, 31)),
        ("+3", date(2018, 6, 17)),
        ("周五", date(2018, 6, 15)),
        ("星期一", date(2018, 6, 11)),
        ("下周二", date(2018, 6, 19)),
        ("上周日", date(2018, 6, 10)),
        ("上 周 天", date(2018, 6, 10)),
    ],
)
def test_short_forms_are_read(text: str, day: date) -> None:
    assert read_typed(text, TODAY) == day
    assert fault(text, TODAY) == ""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2月30日", "没有这一天，2月只有28天"),
        ("230", "没有这一天，2月只有28天"),
        ("0431", "没有这一天，4月只有30天"),
        ("2016-2-30", "没有这一天，2月只有29天"),
        ("20180631", "没有这一天，6月只有30天"),
        ("1301", "没有这一天，一年没有13月"),
        ("周八", "没有认出日期"),
        ("下个月", "没有认出日期"),
        ("0000", "没有这一天，一年没有0月"),
    ],
)
def test_what_is_no_day_is_said(text: str, why: str) -> None:
    assert read_typed(text, TODAY) is None
    assert fault(text, TODAY).startswith(why)
    assert fault("", TODAY) == ""


def test_a_day_in_words_has_its_year_where_it_is_another() -> None:
    assert day_words(date(2018, 6, 20), TODAY) == "6月20日 周三"
    assert day_words(date(2019, 1, 1), TODAY) == "2019年1月1日 周二"
