"""Days in text as they are written for people, by what is kept of them: 2018-06-05 is 2018年6月5日."""

import re

_DAY = re.compile(r"(?<![0-9A-Za-z-])((?:19|20)[0-9]{2})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(?![0-9A-Za-z-])")
_MONTH = re.compile(r"(?<![0-9A-Za-z-])((?:19|20)[0-9]{2})-(0[1-9]|1[0-2])(?![0-9A-Za-z-])")


_UNTIL = r"([上下]午)? ?至 ?(0[1-9]|1[0-2])-([0-3][0-9])(?![0-9-])"
_SPAN = re.compile(_DAY.pattern.removesuffix("(?![0-9A-Za-z-])") + _UNTIL)


def with_dates(text: str) -> str:
    """Return `text` with days and months as official papers write them: 2018-06-05 is 2018年6月5日.

    Numbers that only look like it are left alone: 2018-0017 is a slip, 2018-06-05-1 a paper's own number.
    """
    if "-" not in text:
        return text
    text = _DAY.sub(_day, with_spans(text))
    return _MONTH.sub(lambda month: f"{month[1]}年{int(month[2])}月", text)


def with_spans(text: str) -> str:
    """Return `text` with spans of days alone written out: 2018-06-05 至 06-08 is 2018年6月5日至8日."""
    return _SPAN.sub(_span, text)


def short_day(text: str) -> str:
    """Return a cell that is one day or month and nothing else as narrow columns hold it, 2018.6.5; "" if it is not."""
    match = _DAY.fullmatch(text) or _MONTH.fullmatch(text)
    return ".".join((match[1], *(str(int(part)) for part in match.groups()[1:]))) if match else ""


def _day(match: re.Match[str]) -> str:
    return f"{match[1]}年{int(match[2])}月{int(match[3])}日"


def _span(match: re.Match[str]) -> str:
    """Return 2018年6月5日至8日: the month is named again only where it is another."""
    month = "" if match[5] == match[2] else f"{int(match[5])}月"
    return f"{_day(match)}{match[4] or ''}至{month}{int(match[6])}日"
