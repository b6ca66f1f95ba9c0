"""What a return comes to in words: every half-day around the end of a leave, and the days that cannot be."""

from datetime import date

import pytest

from tuopin_desktop.domain.halves import Half, Period
from tuopin_desktop.domain.leave.consequence import barred, count_words, days_named
from tuopin_desktop.domain.records import LeaveSlip

SLIP = LeaveSlip(id="150426/a", number="2018-0003", period="2018-06-06am/2018-06-11pm")


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (("2018-06-12", "am", "2018-06-13", "pm"), "6月12日、13日"),
        (("2018-06-09", "pm", "2018-06-11", "pm"), "6月9日下午、10日、11日"),
        (("2018-06-12", "am", "2018-06-12", "am"), "6月12日上午"),
        (("2018-06-30", "am", "2018-07-01", "am"), "6月30日、7月1日上午"),
        (("2018-06-28", "pm", "2018-07-12", "am"), "6月28日下午至7月12日上午"),
        (("2018-06-12", "pm", "2018-06-12", "pm"), "6月12日下午"),
    ],
)
def test_days_are_named_with_their_halves(period: tuple[str, Half, str, Half], words: str) -> None:
    assert (
        days_named(Period(date.fromisoformat(period[0]), period[1], date.fromisoformat(period[2]), period[3])) == words
    )


def test_counts_are_said_as_people_say_them() -> None:
    assert [count_words(days) for days in (0.5, 1, 3.5, 12)] == ["半天", "1天", "3天半", "12天"]


@pytest.mark.parametrize(
    ("back", "text"),
    [
        ((date(2018, 6, 2), "am"), "6月2日早于离岗日6月6日，不能确认。"),
        ((date(2018, 6, 20), "am"), "6月20日还没有到，不能确认。"),
        ((date(2018, 6, 6), "am"), None),
        ((date(2018, 6, 14), "pm"), None),
    ],
)
def test_a_day_that_cannot_be_is_said_to_be_wrong(back: tuple[date, Half], text: str | None) -> None:
    never = barred(SLIP, back, date(2018, 6, 14))
    assert (never and never.text) == text
    assert never is None or (never.bars, never.tone) == (True, "warn")


def test_the_half_before_a_departure_at_noon_is_named() -> None:
    slip = LeaveSlip(id="150426/a", period="2018-06-06pm/2018-06-11pm")
    never = barred(slip, (date(2018, 6, 6), "am"), date(2018, 6, 14))
    assert never is not None
    assert never.text == "6月6日上午早于离岗日6月6日下午，不能确认。"
