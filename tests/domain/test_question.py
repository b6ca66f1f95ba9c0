"""What is typed into the search over all years is understood, and a text is found by what stands in it."""

from datetime import date

import pytest

from tuopin_desktop.domain.archives.question import Question, day_tokens, tokens, understand


@pytest.mark.parametrize(
    ("text", "words", "moments"),
    [
        ("谁在2019年8月去过北京", ("北京",), ("m201908",)),
        ("北京 2019年8月", ("北京",), ("m201908",)),
        ("2019.08 北京", ("北京",), ("m201908",)),
        ("2019-8-5 呼和浩特", ("呼和浩特",), ("d20190805",)),
        ("2018年度 抽查", ("抽查",), ("y2018",)),
        ("２０２０年１１月３０日", (), ("d20201130",)),
        ("哪些人2019年请过事假", ("事假",), ("y2019",)),
        ("在岗 和林格尔", ("在岗", "和林格尔"), ()),
        ("2018-0003", ("2018-0003",), ()),
        ("lm 北京", ("lm", "北京"), ()),
        ("的", ("的",), ()),
        ("   ", (), ()),
        ("13912345678", ("13912345678",), ()),
        ("2019年13月", ("13", "月"), ("y2019",)),
    ],
)
def test_a_question_is_understood(text: str, words: tuple[str, ...], moments: tuple[str, ...]) -> None:
    assert understand(text) == Question(words, moments)


def test_a_text_is_found_by_each_two_characters_the_last_one_and_its_numbers() -> None:
    assert list(tokens("赴北京市开会，见KX-12号文。会")) == [
        "赴北",
        "北京",
        "京市",
        "市开",
        "开会",
        "会",
        "见",
        "kx",
        "12",
        "号文",
        "文",
        "会",
    ]


def test_a_stay_is_found_by_its_days_months_and_years() -> None:
    assert list(day_tokens(date(2018, 12, 31), date(2019, 1, 1))) == [
        *("d20181231", "d20190101", "m201812", "m201901", "y2018", "y2019")
    ]
    assert list(day_tokens(date(2018, 6, 1), date(2018, 7, 20))) == ["m201806", "m201807", "y2018"]
