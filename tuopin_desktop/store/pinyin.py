"""Pinyin of names, all readings counted, so that 曾 is found as zeng and ceng and 乌云其其格 as wyqqg."""

from functools import lru_cache

from pypinyin import Style, pinyin

_MOST = 4
_LONGEST = 40


@lru_cache(maxsize=30_000)
def readings(char: str) -> tuple[str, ...]:
    """Return the toneless readings of one character, commonest first; other characters stand for themselves."""
    found = pinyin(char, style=Style.NORMAL, heteronym=True, errors="default")
    read = tuple(dict.fromkeys(part.lower().replace("ü", "v") for part in found[0])) if found else ()
    return read[:_MOST] or (char.lower(),)


@lru_cache(maxsize=30_000)
def search_words(name: str) -> frozenset[str]:
    """Return every word under which a name is found: from each character on, the characters, pinyin and initials.

    Readings are varied one character at a time, so the number of words grows with the sum of readings, not their
    product. Dots and spaces are passed over.
    """
    chars = [char for char in name if not char.isspace() and char not in "·-.'"][:_LONGEST]
    read = [readings(char) for char in chars]
    usual = [options[0] for options in read]
    spellings = [usual]
    for place, options in enumerate(read):
        spellings += [[*usual[:place], other, *usual[place + 1 :]] for other in options[1:]]
    words = {"".join(chars[start:]).lower() for start in range(len(chars))}
    for spelling in spellings:
        initials = "".join(part[0] for part in spelling)
        for start in range(len(spelling)):
            words.add("".join(spelling[start:]))
            words.add(initials[start:])
    return frozenset(words)


def sort_key(name: str) -> str:
    """Return the pinyin by which names are put in order."""
    return " ".join(readings(char)[0] for char in name)
