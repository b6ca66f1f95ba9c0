"""Personal names as the state writes them: one dot, no padding, every character kept (民委发〔2016〕33号)."""

import itertools
import unicodedata

_DOTS = "•・‧．･⋅∙●"
_INVISIBLE = {"\u200b", "\u200c", "\u200d", "\ufeff", "\u00ad", "\u2060"}


def tidy_name(text: str) -> str:
    """Return a name with its dot as U+00B7 and padding between Han characters removed; nothing else is changed.

    Latin and Cyrillic names keep single spaces. The characters themselves are never normalised: a rare or
    compatibility character in a name may be the one on the identity card.
    """
    clean = "".join(char for char in text if char not in _INVISIBLE and unicodedata.category(char) != "Cc")
    for dot in _DOTS:
        clean = clean.replace(dot, "·")
    words = clean.replace("\u3000", " ").split()
    joined = words[0] if words else ""
    for before, after in itertools.pairwise(words):
        joined += (" " if _spaced(before[-1]) and _spaced(after[0]) else "") + after
    return joined.replace(" ·", "·").replace("· ", "·")


def _spaced(char: str) -> bool:
    name = unicodedata.name(char, "")
    return name.startswith(("LATIN", "CYRILLIC"))


def odd_characters(text: str) -> str:
    """Return the characters that should not be in office text: control, bidi override and private-use code points."""
    return "".join(char for char in text if _odd(char))


def _odd(char: str) -> bool:
    category = unicodedata.category(char)
    return category in ("Co", "Cs", "Cn") or (category == "Cf") or (category == "Cc" and char not in "\n\t")
