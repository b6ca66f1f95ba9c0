"""Pinyin of names, all readings counted, so that 曾 is found as zeng and ceng and 乌云其其格 as wyqqg."""

import itertools
import os
import unicodedata
from functools import cache, lru_cache
from typing import Any

_MOST = 4
_LONGEST = 40
_SPELLINGS = 64
_PASSED_OVER = str.maketrans("", "", "·-.'")


@cache
def _engine() -> Any:
    """Import pypinyin on first use, without its tables of phrases, which single characters never ask.

    A third of a second and 44 MB that the program's start must not pay.
    """
    os.environ["PYPINYIN_NO_PHRASES"] = "1"
    import pypinyin  # noqa: PLC0415 start-up: a third of a second, and read after the line above

    return pypinyin


def spellings(name: str) -> frozenset[str]:
    """Return a name, its pinyin and its initials, as somebody types them; of many readings the commonest ones."""
    chars = [readings(char) for char in name.translate(_PASSED_OVER) if not char.isspace()][:_LONGEST]
    every = itertools.islice(itertools.product(*chars), _SPELLINGS)
    spelt = {text for one in every for text in ("".join(one), "".join(part[:1] for part in one))}
    return frozenset(text for text in (spelt | {name}) if len(text) > 1)


@lru_cache(maxsize=30_000)
def readings(char: str) -> tuple[str, ...]:
    """Return the toneless readings of one character, commonest first; other characters stand for themselves."""
    engine = _engine()
    readings = engine.pinyin(char, style=engine.Style.NORMAL, heteronym=True, errors="default")
    read = tuple(dict.fromkeys(_keys(part) for part in readings[0])) if readings else ()
    return read[:_MOST] or (char.lower(),)


def _keys(reading: str) -> str:
    """Return a reading as it is typed: v for ü, no other marks (ê of 欸)."""
    parts = unicodedata.normalize("NFD", reading.lower().replace("ü", "v"))
    return "".join(part for part in parts if not unicodedata.combining(part)) or reading


def typed_word(text: str) -> str:
    """Return typed search text in the spelling of the index."""
    return "".join(_chars(text))


def _chars(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).lower().replace("ü", "v")
    return list("".join(plain.split()).translate(_PASSED_OVER))


def search_words(name: str) -> set[str]:
    """Return every word under which a name is found: from each character on, the characters, pinyin and initials.

    The other readings count from the first character on, as a surname is typed: one character is varied at a time,
    and the surname together with one other (曾长青 is zcq: both its first characters have two readings). So the number
    of words grows with the sum of readings times those of the surname, not with their product. A last initial alone
    begins its pinyin and needs no word of its own. Dots and spaces are passed over.
    """
    chars = _chars(name)[:_LONGEST]
    read = [readings(char) for char in chars]
    usual = [options[0] for options in read]
    initials = "".join([part[0] for part in usual])
    texts = {initials[start:] for start in range(len(chars) - 1)}
    texts.update(_endings(chars), _endings(usual))
    for surname in read[0] if read else ():
        for place, options in enumerate(read[1:], 1):
            for other in options:
                texts.add("".join([surname, *usual[1:place], other, *usual[place + 1 :]]))
                texts.add(surname[0] + initials[1:place] + other[0] + initials[place + 1 :])
    if len(read) == 1:
        texts.update(read[0])
    return texts


def _endings(parts: list[str]) -> list[str]:
    """Return the parts put together, from each of them on."""
    whole, starts = "".join(parts), itertools.accumulate(map(len, parts[:-1]), initial=0)
    return [whole[start:] for start in starts] if parts else []
