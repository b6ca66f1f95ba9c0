"""Half-days: the one way the whole program counts time away and on post (Q5: halves ÷ 2)."""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

import msgspec

Half = Literal["am", "pm"]

_STORED = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(am|pm)/([0-9]{4}-[0-9]{2}-[0-9]{2})(am|pm)")
_WORDS = {"am": "上午", "pm": "下午"}


class Period(msgspec.Struct, frozen=True, order=True):
    """An unbroken run of half-days, both ends included (Q6).

    Kept as one value because the two ends mean nothing apart: merging one office's start with another's end
    would invent a leave nobody asked for. Stored as `2018-06-05am/2018-06-08pm`.
    """

    first: date
    first_half: Half
    last: date
    last_half: Half

    @property
    def halves(self) -> int:
        """Return the number of half-days; zero or less means the ends are the wrong way round."""
        return 2 * (self.last - self.first).days + (self.last_half == "pm") - (self.first_half == "pm") + 1

    @property
    def days(self) -> float:
        """Return natural days, by halves."""
        return self.halves / 2

    def overlaps(self, other: "Period") -> bool:
        """Tell whether any half-day belongs to both."""
        return max(self._edge(0), other._edge(0)) <= min(self._edge(1), other._edge(1))

    def within(self, first: date, last: date) -> "Period | None":
        """Return the part that lies in the days first..last, or None: how a leave appears in each of two years."""
        start = max((self.first, self.first_half), (first, "am"))
        end = min((self.last, self.last_half), (last, "pm"))
        if start > end:
            return None
        return Period(start[0], start[1], end[0], end[1])

    def _edge(self, which: int) -> tuple[date, str]:
        return (self.last, self.last_half) if which else (self.first, self.first_half)

    def stored(self) -> str:
        """Return the form kept in records."""
        return f"{self.first.isoformat()}{self.first_half}/{self.last.isoformat()}{self.last_half}"

    def text(self) -> str:
        """Return the words printed in the cell 请假起止时间; whole days are printed without halves, one day once."""
        whole = self.first_half == "am" and self.last_half == "pm"
        start, end = day_words(self.first), day_words(self.last)
        if self.first == self.last:
            return start if whole else start + _WORDS[self.first_half]
        if whole:
            return f"{start}至\n{end}"
        return f"{start}{_WORDS[self.first_half]}至\n{end}{_WORDS[self.last_half]}"


def day_words(day: date) -> str:
    """Return a date as it is printed on official paper: 2018年6月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


# A region's term has 6,000 slips, each asked for its period some forty times in one check.
@lru_cache(maxsize=1 << 16)
def parse_stored(text: str) -> Period | None:
    """Return the Period of its stored form, or None when it is not one."""
    match = _STORED.fullmatch(text)
    if match is None:
        return None
    try:
        first, last = date.fromisoformat(match[1]), date.fromisoformat(match[3])
    except ValueError:
        return None
    return Period(first, "am" if match[2] == "am" else "pm", last, "am" if match[4] == "am" else "pm")


def days_between(first: date, last: date) -> int:
    """Return the number of natural days from first to last, both counted."""
    return (last - first) // timedelta(days=1) + 1


def parse_half(text: str) -> tuple[date, Half] | None:
    """Return the day and half of a stored half-day such as `2018-07-27am`, or None when it is not one."""
    if text[10:] not in ("am", "pm"):
        return None
    try:
        return date.fromisoformat(text[:10]), "am" if text[10:] == "am" else "pm"
    except ValueError:
        return None
