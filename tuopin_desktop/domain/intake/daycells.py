"""The heading of a day of attendance: 7, 7日, 7月1日, a date, a day with its weekday in one cell or over it."""

import functools
import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from tuopin_desktop.domain.columns import Column, all_columns
from tuopin_desktop.domain.officialdays import plain
from tuopin_desktop.domain.record import Form

_WEEK = "一二三四五六日天"
_WEEKDAY = re.compile(rf"[(\[]?(?:星期|周|礼拜)?[{_WEEK}][)\]]?")
_DAY = re.compile(
    r"(?:(?P<year>20[0-9]{2})[年./-])?(?:(?P<month>[0-9]{1,2})[月./-])?(?P<day>[0-9]{1,2})[日号]?"
    rf"(?:[(\[]?(?:星期|周|礼拜)?[{_WEEK}][)\]]?)?(?P<half>上午|下午|上|下|am|pm)?"
)
_BEHIND = re.compile(rf"{_WEEKDAY.pattern}(?P<day>[0-9]{{1,2}})[日号]?(?P<half>上午|下午|上|下|am|pm)?")
_HALVES = {"上午": "am", "上": "am", "am": "am", "下午": "pm", "下": "pm", "pm": "pm"}
_DAYS = range(1, 32)


class DayCell(NamedTuple):
    """What a heading says of its day: year and month 0 where it says nothing of them, `part` a half-day or ""."""

    year: int
    month: int
    day: int
    part: str


def day_of(cell: object) -> DayCell | None:
    """Return the day a heading names, or None."""
    if isinstance(cell, datetime | date):
        return DayCell(cell.year, cell.month, cell.day, "")
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return DayCell(0, 0, int(cell), "") if cell in _DAYS else None
    if not isinstance(cell, str) or not cell or len(cell) > 24:
        return None
    text = "".join(unicodedata.normalize("NFKC", cell).split()).lower()
    text = text if any(char.isdigit() and char.isascii() for char in text) else plain(text)
    match = _DAY.fullmatch(text) or _BEHIND.fullmatch(text)
    if match is None:
        return None
    groups = match.groupdict()
    day, month = int(match["day"]), int(groups.get("month") or 0)
    if day not in _DAYS or month > 12:
        return None
    return DayCell(int(groups.get("year") or 0), month, day, _HALVES.get(match["half"] or "", ""))


def is_weekday(cell: object) -> bool:
    """Tell whether a cell only names a day of the week."""
    return isinstance(cell, str) and len(cell) < 8 and _WEEKDAY.fullmatch("".join(cell.split())) is not None


def weekday_of(cells: Iterable[object]) -> str:
    """Return the day of the week that stands with a day in its heading cells, 日 for Sunday; "" when none does.

    1日 is a day and no Sunday, 1 over 日 is both.
    """
    for cell in cells:
        for piece in cell.split("\n") if isinstance(cell, str) else ():
            text = re.sub(r"^.*?[0-9]{1,2}[日号]?(?=[^0-9]*$)", "", "".join(piece.split()))
            if match := _WEEKDAY.fullmatch(unicodedata.normalize("NFKC", text)):
                return next(char for char in reversed(match[0]) if char in _WEEK).replace("天", "日")
    return ""


def day_column(kind: str, cell: object) -> Column | None:
    """Return the column of a kind that a heading of a day stands for, or None."""
    day = day_of(cell)
    return None if day is None else _days(kind).get((day.day, day.part))


@functools.cache
def _days(kind: str) -> dict[tuple[int, str], Column]:
    days = [column for column in all_columns(kind) if column.field.form is Form.DAY]
    return {(int(column.field.name[1:]), column.part): column for column in days}
