"""Names stand in the order of a dictionary and are found by their letters, surnames read as surnames."""

import pytest

from tuopin_desktop.domain.spelling import SURNAMES, PersonName, initials, spelt


def _sorted(names: list[str]) -> list[str]:
    return sorted(names, key=lambda name: spelt(PersonName(name)))


def test_names_stand_by_pinyin() -> None:
    names = ["乌云其其格", "李明", "王海杰", "萨仁", "巴特尔"]
    assert _sorted(names) == ["巴特尔", "李明", "萨仁", "王海杰", "乌云其其格"]


def test_a_surname_is_read_as_one_and_rarer_characters_stand_at_their_syllable() -> None:
    names = ["曾国强", "单长胜", "解长春", "尉迟恭", "丁一", "龚彧", "褚健", "闫喆", "吕布", "鲁迅", "栾平"]
    order = ["褚健", "丁一", "龚彧", "鲁迅", "吕布", "栾平", "单长胜", "解长春", "闫喆", "尉迟恭", "曾国强"]
    assert _sorted(names) == order


def test_words_that_are_no_name_are_read_as_words() -> None:
    assert spelt("单位") < spelt("会议") < spelt("区直机关")
    assert spelt(PersonName("区直")) < spelt(PersonName("单位"))


def test_order_goes_by_the_whole_name_and_what_has_no_syllable_stands_last() -> None:
    assert _sorted(["王小", "王晓明", "王明", "王"]) == ["王", "王明", "王晓明", "王小"]
    assert spelt("A1") < spelt("巴") < spelt("㐂")


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("曾长青", ("zcq", "ccq", "zengchangqing")),
        ("解长春", ("xcc", "jcc")),
        ("单长胜", ("scs", "dcs")),
        ("翁牛特旗", ("wntq", "wengniuteqi")),
        ("乌云其其格", ("wyqqg",)),
        ("尉迟恭", ("ycg", "wcg")),
    ],
)
def test_words_are_found_by_initials_in_every_usual_reading(text: str, letters: tuple[str, ...]) -> None:
    assert set(letters) <= initials(text)


def test_a_surname_is_written_in_letters_that_are_typed() -> None:
    assert all(one.isascii() and one.islower() and one.isalpha() for one in SURNAMES.values())
    assert initials("abc 12") == frozenset()
