"""One day as a clerk types it into a field: 531, 0531, +3, 周五; and why a text is none."""

import calendar
import re
from datetime import date, timedelta

from tuopin_desktop.domain.reading import narrow, read_date

WEEK = "一二三四五六日"
HINT = "531、0531、+3、周五 都认得"
_WEEKDAY = re.compile("(上|本|这|下)?(?:周|星期|礼拜)([一二三四五六日天])")
_WEEKS = {"上": -1, "下": 1}
_FIGURES = (
    re.compile(r"(?:(?P<year>[0-9]{4})[-./。、年])?(?P<month>[0-9]{1,2})[-./。、月](?P<day>[0-9]{1,2})[日号]?"),
    re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"),
    re.compile(r"(?P<year>)(?P<month>[0-9]{1,2})(?P<day>[0-9]{2})"),
)


def read_typed(text: str, today: date) -> date | None:
    """Return the day meant, or None when it is not certain. 周五 is that of this week, 上周五 and 下周五 beside it."""
    plain = "".join(narrow(text).split())
    if match := _WEEKDAY.fullmatch(plain):
        monday = today - timedelta(days=today.weekday())
        weekday = WEEK.index(match[2].replace("天", "日"))
        return monday + timedelta(days=7 * _WEEKS.get(match[1] or "", 0) + weekday)
    return read_date(text, today)


def fault(text: str, today: date) -> str:
    """Return why a text is no day and what to type; "" for one that is, and for nothing."""
    if not text.strip() or read_typed(text, today) is not None:
        return ""
    plain = "".join(narrow(text).split())
    for pattern in _FIGURES:
        if match := pattern.fullmatch(plain):
            year, month = int(match["year"] or today.year), int(match["month"])
            if not 1 <= month <= 12:
                return f"没有这一天，一年没有{month}月"
            last = calendar.monthrange(year, month)[1] if year else 31
            if not 1 <= int(match["day"]) <= last:
                return f"没有这一天，{month}月只有{last}天"
    return "没有认出日期，可输入 531、20180531、+3 或 周五"


def weekday(day: date) -> str:
    """Return 周四."""
    return f"周{WEEK[day.weekday()]}"


def day_words(day: date, today: date) -> str:
    """Return 6月20日 周三, with its year where that is not this one."""
    year = f"{day.year}年" if day.year != today.year else ""
    return f"{year}{day.month}月{day.day}日 {weekday(day)}"
