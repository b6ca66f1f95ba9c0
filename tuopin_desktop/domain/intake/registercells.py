"""What a register of leave says in one cell: who signed how and when, with whom it was filed and when, who was back.

Offices write it in a word (同意), with a name, with a day, or all of it, one line for each who signed.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from tuopin_desktop.domain.halves import Period
from tuopin_desktop.domain.officialdays import plain
from tuopin_desktop.domain.reading import narrow

ROLES: Mapping[str, str] = {
    "书记": "secretary",
    "队长": "leader",
    "办公室": "office",
    "乡镇党委": "township",
    "组织部": "organisation",
}
"""How a line of several names who signed it."""
BODIES: Mapping[str, str] = {"派出单位": "unit", "联络考评组": "liaison", "联络组": "liaison"}

_WHOLE = re.compile(
    r"([12][0-9]{3})\s*[年./-]\s*([01]?[0-9])\s*[月./-]\s*([0-3]?[0-9])\s*日?|([12][0-9]{3})([01][0-9])([0-3][0-9])"
)
_SHORT = re.compile(r"([01]?[0-9])\s*[月./-]\s*([0-3]?[0-9])\s*日?")
_REFUSED = re.compile("不同意|不批准|未批准|不予批准|未同意")
_LACKS = re.compile("^缺|^无$|^没有|不需备案|报办公室批准|办公室已有决定|^[-—/]+$")
_WORDS = re.compile(
    r"不同意|不批准|未批准|同意|批准|准假|已阅|已签字?|签字|签批|审批|备案|已备|[√✓✔☑是:：,，。.()（）\s]"
)
_RETURN_WORDS = re.compile(
    r"(?<!未)(?:已?按[时期]|已|于)?(?:返回|返岗|回岗|归队|销假|到岗)|按[时期]$"
    r"|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?|上午|下午|中午|时间|日期|号|^已|[:：,，、。.()（）\s]"
)
_NAME = re.compile(r"[\u4e00-\u9fff\U00020000-\U0003ffff·]{2,20}")
_HALF = {"上午": "am", "下午": "pm"}


class Ink(msgspec.Struct, frozen=True):
    """One signature as a register gives it: role ("" where not said), approved or refused, name and day if given."""

    role: str
    verdict: str
    signer: str
    signed: date | None
    text: str


def inks(text: str, role: str, near: Period) -> Iterator[Ink]:
    """Yield the signatures of a cell; `near` is the leave, whose year a day without one is in."""
    for line in _lines(text):
        named = next((word for word in ROLES if line.startswith(word)), "")
        rest = line.removeprefix(named)
        day, rest = _day(rest, near)
        bare = _WORDS.sub("", rest)
        signer = bare if _NAME.fullmatch(bare) else ""
        verdict = "refused" if _REFUSED.search(line) else "approved"
        yield Ink(ROLES.get(named, role), verdict, signer, day, line)


def filings(text: str, body: str, near: Period) -> Iterator[tuple[str, date | None, str]]:
    """Yield body ("" where not said), day and words of each filing a cell names."""
    for line in _lines(text):
        named = next((word for word in BODIES if line.startswith(word)), "")
        yield BODIES.get(named, body), _day(line.removeprefix(named), near)[0], line


def back(text: str, near: Period) -> tuple[str, str]:
    """Return the half-day of return and the day of the report, as they are stored, of a cell for both."""
    returned = reported = ""
    for line in _lines(text):
        day, rest = _day(line, near)
        if day is None:
            continue
        if "销假" in line:
            reported = day.isoformat()
        else:
            half = next((code for word, code in _HALF.items() if word in rest), "am")
            returned = f"{day}{half}"
    return returned, reported


def unread(text: str, near: Period) -> Iterator[str]:
    """Yield the lines of a cell for a return that say no day, or more than the day and that somebody was back."""
    for line in _lines(text):
        day, rest = _day(line, near)
        if day is None or _RETURN_WORDS.sub("", rest):
            yield line


def days_of(text: str, near: Period) -> Iterator[date]:
    """Yield the days that the lines of a cell name."""
    yield from (day for line in _lines(text) if (day := _day(line, near)[0]) is not None)


def day_of(text: str, near: Period) -> date | None:
    """Return the day of a cell, in the year of the leave where it names none."""
    return _day(text, near)[0]


def with_year(text: str, year: int) -> str:
    """Return a period of a register that names only month and day with the year of its title before them."""
    ordinary = plain(narrow(text))
    if re.search("[12][0-9]{3}", ordinary) or not re.match(r"\s*[01]?[0-9]\s*[月.]", ordinary):
        return text
    return f"{year}年{ordinary.strip()}"


def _lines(text: str) -> list[str]:
    lines = (narrow(line) for line in re.split(r"[\n;；]", text))
    return [line for line in lines if line and not _LACKS.search(line)]


def _day(text: str, near: Period) -> tuple[date | None, str]:
    """Return the day that a text names and the text without it."""
    ordinary = plain(text)
    if match := _WHOLE.search(ordinary):
        parts = [int(part) for part in match.groups() if part]
        return _date(*parts), ordinary.replace(match[0], "")
    if match := _SHORT.search(ordinary):
        month, day = int(match[1]), int(match[2])
        days = [_date(near.first.year + off, month, day) for off in (-1, 0, 1)]
        close = min((one for one in days if one), key=lambda one: abs((one - near.first).days), default=None)
        return close, ordinary.replace(match[0], "")
    return None, text


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
