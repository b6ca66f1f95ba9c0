"""A file a person edits is read as the editors of a Chinese Windows save it, or its fault is said in Chinese."""

import re
from decimal import Decimal

import msgspec
import pytest

from tuopin_desktop.domain import tomltext
from tuopin_desktop.domain.tomltext import Unreadable

TEXT = 'title = "公文"\nrate = 0.1\n'


class _Inner(msgspec.Struct):
    d: int


class _Outer(msgspec.Struct, forbid_unknown_fields=True):
    a: int
    b: _Inner


ENGLISH = re.compile(r"[A-Za-z]{4,}")


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig"])
def test_with_or_without_a_mark_at_its_front_it_is_the_same(codec: str) -> None:
    assert tomltext.read(TEXT.encode(codec)) == {"title": "公文", "rate": 0.1}
    assert tomltext.read(TEXT.encode(codec), number=Decimal)["rate"] == Decimal("0.1")


@pytest.mark.parametrize("codec", ["gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_another_encoding_is_said_with_what_to_do(codec: str) -> None:
    with pytest.raises(Unreadable, match="不是 UTF-8 编码，请用记事本打开，“另存为”时编码选 UTF-8"):
        tomltext.read(TEXT.encode(codec))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('a = 1\nb = "x\n', "第2行读不懂"),
        ("a = 1\n[b", "末尾读不懂"),
        ("x = " + "[" * 5000, "读不懂"),
        ("x = " + "9" * 60000, "数字过大"),
    ],
)
def test_what_is_not_understood_is_said_with_its_line(text: str, words: str) -> None:
    with pytest.raises(Unreadable) as caught:
        tomltext.read(text.encode())
    assert words in str(caught.value)
    assert not ENGLISH.search(str(caught.value))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"a": 1, "b": {"d": "x"}}, "有一项的类型不对（在〔b.d〕）"),
        ({"a": 1}, "缺少〔b〕"),
        ({"a": 1, "b": {"d": 1}, "z": 1}, "有程序不认识的项目〔z〕"),
    ],
)
def test_a_shape_that_does_not_fit_is_said_without_the_words_of_the_library(data: object, words: str) -> None:
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.convert(data, _Outer)
    assert tomltext.misfit(caught.value) == words
