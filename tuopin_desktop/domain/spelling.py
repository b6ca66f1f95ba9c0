"""What words are sorted by and found by, without judging or a library: lists and choices need it in the window."""

import itertools
from collections.abc import Mapping
from functools import cache

SURNAMES: Mapping[str, str] = {
    "万俟": "moqi",
    "尉迟": "yuchi",
    "长孙": "zhangsun",
    "令狐": "linghu",
    "澹台": "tantai",
    "单于": "chanyu",
    "曾": "zeng",
    "单": "shan",
    "解": "xie",
    "仇": "qiu",
    "查": "zha",
    "区": "ou",
    "朴": "piao",
    "盖": "ge",
    "翟": "zhai",
    "缪": "miao",
    "任": "ren",
    "华": "hua",
    "那": "na",
    "佘": "she",
    "乐": "yue",
    "员": "yun",
    "召": "shao",
    "覃": "qin",
    "种": "chong",
    "纪": "ji",
    "折": "she",
    "黑": "he",
    "秘": "bi",
    "冼": "xian",
    "洗": "xian",
    "繁": "po",
    "宓": "mi",
    "葛": "ge",
    "燕": "yan",
    "宁": "ning",
    "曲": "qu",
    "牟": "mu",
    "隗": "wei",
    "宿": "su",
    "阚": "kan",
    "卜": "bu",
    "车": "che",
    "晁": "chao",
    "谌": "chen",
    "句": "gou",
    "过": "guo",
    "哈": "ha",
    "贾": "jia",
    "莘": "shen",
    "相": "xiang",
    "幺": "yao",
    "应": "ying",
    "祭": "zhai",
    "能": "nai",
    "乜": "nie",
    "谷": "gu",
    "盛": "sheng",
    "尹": "yin",
    "石": "shi",
    "冯": "feng",
    "沈": "shen",
    "降": "jiang",
    "行": "xing",
    "臧": "zang",
    "郇": "xun",
    "洪": "hong",
    "重": "chong",
    "长": "chang",
}
"""How a name is read that begins so, where the characters are read otherwise in words."""

_DOTS = str.maketrans("", "", "·•. ")
_READINGS = 3
_VARIED = 8
_ASCII, _FIRST, _UNKNOWN, _MOST = 0x80, 0x10000, 0x20000, 0xEFFFF
"""Codes: below the first are letters and digits, from the second the ranks, from the third what has no syllable."""


class PersonName(str):
    """The name of a person: its first character is a surname."""

    __slots__ = ()


class _Ranks(dict[int, str]):
    """What each character is replaced by to be compared: known ones by their rank, others behind them."""

    def __missing__(self, code: int) -> str:
        return self.setdefault(code, chr(code if code < _ASCII else _UNKNOWN + min(code, _MOST)))


def spelt(text: str) -> str:
    """Return what words are sorted by: pinyin, then the place of a character in its syllable (tone, strokes).

    Each character is replaced by one whose code is its rank, so that comparing texts is comparing pinyin. A
    `PersonName` begins with a surname: 单长胜 stands under S.
    """
    ranks, surnames = _ranks()
    if isinstance(text, PersonName) and (surname := _surname(text)):
        return surnames[surname] + text[len(surname) :].translate(ranks)
    return text.translate(ranks)


@cache
def _ranks() -> tuple[_Ranks, Mapping[str, str]]:
    """Return what replaces every character, and what replaces a surname that is read otherwise."""
    places = _places()
    keys = {char: (place, char) for char, place in places.items()}
    special = {
        (surname, at): ((_ordered(syllable), places[surname[at]][1]), surname)
        for surname in SURNAMES
        for at, syllable in enumerate(_syllables(surname))
    }
    rank_of = {key: chr(_FIRST + rank) for rank, key in enumerate(sorted({*keys.values(), *special.values()}))}
    ranks = _Ranks({ord(char): rank_of[key] for char, key in keys.items()})
    surnames = {one: "".join(rank_of[special[one, at]] for at in range(len(one))) for one in SURNAMES}
    return ranks, surnames


def initials(text: str) -> frozenset[str]:
    """Return what words are found by beside their characters: initials in every usual reading, and their pinyin.

    All in small letters: 单长胜 is found by scs, dcs and shanchangsheng.
    """
    chars = [char for char in text.lower().translate(_DOTS) if not char.isspace()]
    if all(char.isascii() for char in chars):
        return frozenset()
    syllables = [_syllable(char) for char in chars]
    letters = [(one[:1], *_otherwise().get(char, "")) for char, one in zip(chars, syllables, strict=True)]
    surname = _syllables(_surname(text))
    varied = [*letters]
    for at, syllable in enumerate(surname):
        varied[at] = tuple(dict.fromkeys((syllable[:1], *letters[at])))
    many = itertools.islice(itertools.product(*(one[:_READINGS] for one in varied)), _VARIED * len(chars) or 1)
    whole = {"".join(syllables), "".join([*surname, *syllables[len(surname) :]])}
    return frozenset({"".join(one) for one in many} | whole)


def _surname(text: str) -> str:
    double = text[:2]
    return double if double in SURNAMES else text[:1] if text[:1] in SURNAMES else ""


def _syllables(surname: str) -> list[str]:
    """Return the reading of a surname by character; a double one is cut where its second syllable begins."""
    if len(surname) < 2:
        return [SURNAMES[surname]] if surname else []
    whole = SURNAMES[surname]
    second = next((one for one in _READ_SECOND if whole.endswith(one)), "")
    return [whole.removesuffix(second), second]


_READ_SECOND = ("qi", "chi", "sun", "hu", "tai", "yu")


def _syllable(char: str) -> str:
    place = _places().get(char)
    return char if place is None else place[0].replace("u`", "v")


def _ordered(syllable: str) -> str:
    return syllable.replace("ve", "ue").replace("v", "u`")


@cache
def _places() -> Mapping[str, tuple[str, int]]:
    """Return by character its syllable, and its place among those of the same one."""
    from tuopin_desktop.domain.syllables import SYLLABLES  # noqa: PLC0415 start-up: nothing is sorted at first

    places: dict[str, tuple[str, int]] = {}
    for word in SYLLABLES.split(" "):
        chars = word.lstrip("abcdefghijklmnopqrstuvwxyz")
        syllable = _ordered(word[: len(word) - len(chars)])
        places.update((char, (syllable, at)) for at, char in enumerate(chars))
    return places


@cache
def _otherwise() -> Mapping[str, str]:
    """Return by character the letters its other readings begin with."""
    from tuopin_desktop.domain.syllables import OTHERWISE  # noqa: PLC0415 start-up: nothing is searched at first

    letters: dict[str, str] = {}
    for word in OTHERWISE.split(" "):
        for char in word[1:]:
            letters[char] = letters.get(char, "") + word[0]
    return letters
