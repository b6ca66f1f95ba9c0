"""Typed text as it can be printed: one kind of line end, one kind of space, no invisible marks."""

import re

_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_SPACES = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e01ef]"
)


def printable(text: str) -> str:
    """Return `text` without what cannot be seen; every visible character stays as it is."""
    if text.isprintable() and (text.isascii() or not _INVISIBLE.search(text)):
        return text
    return _INVISIBLE.sub("", _SPACES.sub(" ", _ENDS.sub("\n", text)))
