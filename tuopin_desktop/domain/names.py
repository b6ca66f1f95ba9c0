"""Personal names as the state writes them: one dot, no padding, every character kept (民委发〔2016〕33号)."""

import itertools
import re
import unicodedata

_DOTS = str.maketrans(dict.fromkeys("•・‧．･⋅∙●⸱﹒", "·"))
_INVISIBLE = {"\u200b", "\ufeff", "\u00ad", "\u2060"}
_JOINERS = {"\u180e", "\u200c", "\u200d"}
"""Format characters that Mongolian script is written with; anywhere else they are rubbish from a chat program."""

_UNREADABLE = frozenset("\ufffc\ufffd")
_PLAIN = re.compile("[\u4e00-\u9fff]*")
_MONGOLIAN = re.compile("[\u1820-\u18aa]")
_FULL_STOP = re.compile(r"(?<=(.))\.(?=(.))")


def tidy_name(text: str) -> str:
    """Return a name with its dot as U+00B7 and padding between Han characters removed; nothing else is changed.

    Other scripts keep single spaces. The characters themselves are never normalised: a rare or compatibility
    character in a name may be the one on the identity card.
    """
    if _PLAIN.fullmatch(text):
        return text  # nearly every name of a long list
    hidden = _INVISIBLE if _mongolian(text) else _INVISIBLE | _JOINERS
    names = (" " if char.isspace() and char != "\u202f" else char for char in text if char not in hidden)
    clean = "".join(char for char in names if unicodedata.category(char) != "Cc").translate(_DOTS)
    texts = [word for word in clean.split(" ") if word]
    joined = texts[0] if texts else ""
    for before, after in itertools.pairwise(texts):
        joined += ("" if _han(before[-1]) and _han(after[0]) else " ") + after
    joined = joined.replace(" ·", "·").replace("· ", "·")
    return _FULL_STOP.sub(lambda stop: "·" if _han(stop[1]) and _han(stop[2]) else ".", joined)


def _han(char: str) -> bool:
    # Planes 2 and 3 hold nothing else; Python's own tables lag behind the rare characters of GB 18030-2022.
    return 0x20000 <= ord(char) < 0x3FFFE or char in "〇々" or unicodedata.name(char, "").startswith("CJK ")


def _mongolian(text: str) -> bool:
    return _MONGOLIAN.search(text) is not None


def odd_characters(text: str) -> str:
    """Return the characters that should not be in office text.

    These are control and invisible format characters (bidi overrides among them), line separators, private-use
    and unassigned code points, and the marks that stand for a character lost in conversion.
    """
    line = text.replace("\n", "").replace("\t", "")
    if line.isprintable() and (line.isascii() or _UNREADABLE.isdisjoint(line)):
        return ""  # all categories looked for below are unprintable: the long way is for doubtful text alone
    joiners = _JOINERS if _mongolian(text) else set()
    return "".join(char for char in text if char not in joiners and _odd(char))


def _odd(char: str) -> bool:
    category = unicodedata.category(char)
    if category == "Cn":
        return not _han(char) or ord(char) & 0xFFFE == 0xFFFE
    if category == "Cc":
        return char not in "\n\t"
    return category in ("Cf", "Co", "Cs", "Zl", "Zp") or char in _UNREADABLE
