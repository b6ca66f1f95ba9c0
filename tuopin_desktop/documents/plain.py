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


_DAY = re.compile(r"(?<![0-9A-Za-z-])((?:19|20)[0-9]{2})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(?![0-9A-Za-z-])")
_MONTH = re.compile(r"(?<![0-9A-Za-z-])((?:19|20)[0-9]{2})-(0[1-9]|1[0-2])(?![0-9A-Za-z-])")


def with_dates(text: str) -> str:
    """Return `text` with days and months as official papers write them: 2018-06-05 is 2018年6月5日.

    Numbers that only look like it are left alone: 2018-0017 is a slip, 2018-06-05-1 a paper's own number.
    """
    if "-" not in text:
        return text
    text = _DAY.sub(lambda day: f"{day[1]}年{int(day[2])}月{int(day[3])}日", text)
    return _MONTH.sub(lambda month: f"{month[1]}年{int(month[2])}月", text)


def short_day(text: str) -> str:
    """Return a cell that is one day or month and nothing else as narrow columns hold it, 2018.6.5; "" if it is not."""
    match = _DAY.fullmatch(text) or _MONTH.fullmatch(text)
    return ".".join((match[1], *(str(int(part)) for part in match.groups()[1:]))) if match else ""
