"""Personal names: one dot, no padding, every character kept; and what may not stand in any office text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuopin_desktop.domain.names import odd_characters, tidy_name

_names = st.text(st.sampled_from("张三额尔敦 \u3000\t\n·•．.・ABcйᠮᠣ\u200d\u200b〇𠮷\U0002ebf0"), max_size=12)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("张　三", "张三"),
        (" 张 三 ", "张三"),
        ("张\u00a0三", "张三"),
        ("张\n三", "张三"),
        ("张\u200b三\ufeff", "张三"),
        ("额尔德尼•朝鲁", "额尔德尼·朝鲁"),
        ("额尔德尼・朝鲁", "额尔德尼·朝鲁"),
        ("额尔德尼‧朝鲁", "额尔德尼·朝鲁"),
        ("额尔德尼．朝鲁", "额尔德尼·朝鲁"),
        ("额尔德尼.朝鲁", "额尔德尼·朝鲁"),
        ("额尔德尼･朝鲁", "额尔德尼·朝鲁"),
        ("额尔德尼 · 朝鲁", "额尔德尼·朝鲁"),
        ("𠮷 \U0002ebf0", "𠮷\U0002ebf0"),
        ("王 〇", "王〇"),
        ("Anna  Maria", "Anna Maria"),
        ("Anna\nMaria", "Anna Maria"),
        ("J. Smith", "J. Smith"),
        ("Анна Мария", "Анна Мария"),
        ("ᠤᠶᠤᠨ ᠴᠢᠴᠢᠭ", "ᠤᠶᠤᠨ ᠴᠢᠴᠢᠭ"),
        ("", ""),
        (" \u3000\t", ""),
    ],
)
def test_padding_goes_and_the_dot_is_one(typed: str, name: str) -> None:
    assert tidy_name(typed) == name


@pytest.mark.parametrize("char", ["﨑", "豈", "凉", "㛃", "𬭚", "\U000312a5", "\U0002ebf0", "\U000323b0"])
def test_rare_and_compatibility_characters_are_kept_and_allowed(char: str) -> None:
    assert tidy_name("张" + char) == "张" + char
    assert odd_characters("张" + char) == ""


def test_mongolian_script_keeps_the_format_characters_it_is_written_with() -> None:
    name = "ᠬᠠᠭ\u180eᠠ\u200dᠨ"
    assert tidy_name(name) == name
    assert odd_characters(name) == ""
    assert odd_characters("张\u180e三") == "\u180e"
    assert tidy_name("张\u200d三") == "张三"


@given(_names)
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy_name(tidy_name(text)) == tidy_name(text)


@given(_names)
def test_tidying_loses_no_letter(text: str) -> None:
    letters = [char for char in text if char.isalpha() or char in "〇\U0002ebf0"]
    assert [char for char in tidy_name(text) if char.isalpha() or char in "〇\U0002ebf0"] == letters


@pytest.mark.parametrize(
    "char",
    [
        *("\x00", "\x1b", "\r", "\x7f", "\u202e", "\u2066", "\u200e", "\u2028", "\u2029", "\u00ad", "\ufeff"),
        *("\ue000", "\U000f0000", "\ud800", "\uffff", "\U0002ffff", "\U0010ffff", "\u0378", "\ufffd", "\ufffc"),
    ],
)
def test_control_bidi_private_and_lost_characters_are_odd(char: str) -> None:
    assert odd_characters(f"张{char}三{char}") == char * 2


def test_line_ends_tabs_and_ordinary_punctuation_are_not_odd() -> None:
    assert odd_characters("第一行\n第二行\t（甲）、“乙”——1/2%……·①㎡é") == ""
