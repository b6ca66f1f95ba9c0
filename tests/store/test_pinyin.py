"""Pinyin: every character has keys one can type, and a name is found under all of them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuopin_desktop.store.pinyin import readings, search_words, typed_word

HAN = [chr(code) for code in range(0x4E00, 0x9FA6)]


def test_every_common_character_is_read_in_plain_letters() -> None:
    odd = {char: keys for char in HAN for keys in readings(char) if keys != char and not keys.isascii()}
    assert odd == {}
    assert all(readings(char) and all(readings(char)) for char in HAN)


@pytest.mark.parametrize(
    ("char", "keys"),
    [("曾", {"zeng", "ceng"}), ("吕", {"lv"}), ("单", {"shan", "dan"}), ("解", {"xie", "jie"}), ("覃", {"qin", "tan"})],
)
def test_a_surname_is_read_in_all_its_ways(char: str, keys: set[str]) -> None:
    assert keys <= set(readings(char))


@pytest.mark.parametrize(("char", "key"), [("A", "a"), ("é", "e"), ("7", "7"), ("𠮷", None), ("\U0002ebf0", None)])
def test_other_characters_stand_for_themselves(char: str, key: str | None) -> None:
    assert readings(char) == (key or char,)


def found(name: str, typed: str) -> bool:
    """Tell whether what is typed begins one of the words a name is found under."""
    return any(word.startswith(typed_word(typed)) for word in search_words(name))


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        *[("乌云其其格", typed) for typed in "乌云 wu wyqqg wuyunqiqige 云其 qqg 格 ge g WYQ".split()],
        *[("额尔德尼·朝鲁", typed) for typed in "额尔德尼·朝鲁 额尔德尼朝鲁 尼·朝 eedncl 朝鲁 cl chaolu".split()],
        *[("曾祥", typed) for typed in "zengx cengx zx cx 曾 祥".split()],
        *[("曾长青", typed) for typed in "zcq zzq ccq czq zengchangqing zengzhangqing cengchangqing".split()],
        *[("解长春", typed) for typed in "xcc xzc jcc xiechangchun".split()],
        *[("单长胜", typed) for typed in "scs szs dcs dzs shanchangsheng".split()],
        *[("查重乐", typed) for typed in ("zcl", "zzl", "zhachongle", "zhazhongle", "chachongle")],
        *[("仇万柏", typed) for typed in ("qwb", "qmb", "qiuwanbai", "qiuwanbo")],
        *[("吕布", typed) for typed in "lv lü LÜ lb".split()],
        *[("Anna Maria", typed) for typed in ("anna", "Anna Maria", "maria", "annamaria", "ＡＮＮＡ")],
        *[("欸乃", typed) for typed in ("e", "ai")],
        ("张三", " 张 三 "),
    ],
)
def test_a_name_is_found_as_it_is_typed(name: str, typed: str) -> None:
    assert found(name, typed)


@pytest.mark.parametrize(
    ("name", "typed"), [("乌云其其格", "yw"), ("张三", "张四"), ("张三", "szhang"), ("曾祥", "an")]
)
def test_a_name_is_not_found_under_what_it_is_not(name: str, typed: str) -> None:
    assert not found(name, typed)


@given(st.text(max_size=60))
def test_no_text_makes_the_index_fall_over_and_its_own_beginning_finds_it(name: str) -> None:
    assert all(search_words(name))
    composed = unicodedata.normalize("NFKC", name)  # no accent may be parted from its letter by the cut below
    if typed_word(composed):
        assert found(composed, composed[:20])


def test_the_index_of_a_long_name_stays_small() -> None:
    assert len(search_words("曾单解仇区查翟乐" * 10)) < 600
