"""Whether a year's holiday table can be what a notice says: the statutory set is there and the moved days balance."""

from collections.abc import Iterable
from datetime import date

import msgspec

from tuopin_desktop.domain.problems import Problem

OFF = ("statutory", "moved_rest", "weekend_in_block", "extension")
WORK = ("makeup_work", "explicit_work")


class Mark(msgspec.Struct, frozen=True):
    """What a notice says of one day; `county` is empty for a day of the whole region."""

    day: date
    work: bool
    nature: str
    name: str
    notice: str = ""
    county: str = ""


_FIXED = ((1, 1, 0), (5, 1, 0), (5, 2, 2025), (10, 1, 0), (10, 2, 0), (10, 3, 0))
"""Month, day and first year of the statutory days with a fixed date (全国年节及纪念日放假办法, 2013 and 2024)."""

_MOVING = (("春节", ("春节", "除夕"), 3), ("清明节", ("清明",), 1), ("端午节", ("端午",), 1), ("中秋节", ("中秋",), 1))
"""The others by name, the words that count and how many days; the Spring Festival has one more from 2025."""

_EVE_SINCE = 2025


def examine(year: int, marks: Iterable[Mark], explained: str = "") -> list[Problem]:
    """Return what speaks against a year's region-wide table; a balance that is off passes when it is explained."""
    days = [mark for mark in marks if mark.day.year == year and not mark.county]
    problems = _missing(year, [mark for mark in days if mark.nature == "statutory" and not mark.work])
    balance = _unbalanced(year, days)
    return problems + ([balance] if balance and not explained.strip() else [])


def _missing(year: int, statutory: list[Mark]) -> list[Problem]:
    days = {mark.day for mark in statutory}
    date_s = [date(year, month, day) for month, day, since in _FIXED if year >= since]
    missing = [f"{day.month}月{day.day}日" for day in date_s if day not in days]
    for name, pair, count in _MOVING:
        needed = count + (name == "春节" and year >= _EVE_SINCE)
        there = sum(any(word in mark.name for word in pair) for mark in statutory)
        if there < needed:
            missing.append(f"{name}（应有{needed}天，现有{there}天）")
    if not missing:
        return []
    sentence = f"{year}年法定节假日不全，缺：{'、'.join(missing)}，请对照通知补录"
    return [Problem(code="calendar.statutory", sentence=sentence, fields=("year",))]


def _set(year: int) -> int:
    """Return how many statutory days the law gives in a year."""
    fixed = sum(year >= since for _, _, since in _FIXED)
    return fixed + sum(count for _, _, count in _MOVING) + (year >= _EVE_SINCE)


def _unbalanced(year: int, days: list[Mark]) -> Problem | None:
    """Compare workdays given away with rest days taken for them: 调休上班 and statutory days on a weekend (补假).

    When two festivals fall on one day (2020-10-01) the set is a day short and one more rest day is given for it.
    """
    moved = sum(mark.nature == "moved_rest" for mark in days)
    makeup = sum(mark.nature == "makeup_work" for mark in days)
    weekend = sum(mark.nature == "statutory" and mark.day.weekday() >= 5 for mark in days)
    double = int(sum(mark.nature == "statutory" for mark in days) == _set(year) - 1)
    if moved == makeup + weekend + double:
        return None
    twice = f"、两节重合{double}天" if double else ""
    sentence = (
        f"{year}年调休放假{moved}天，与调休上班{makeup}天、法定节假日逢周末{weekend}天{twice}之和"
        f"{makeup + weekend + double}天不符，请核对；通知确实如此的，请在说明栏写明"
    )
    return Problem(code="calendar.balance", sentence=sentence, fields=("note",))


def day_problem(day: date, nature: str, *, work: bool) -> Problem | None:
    """Return what is wrong with one day by itself: its class against off or work and against its weekday."""
    weekend = day.weekday() >= 5
    text = f"{day.isoformat()}是周{'一二三四五六日'[day.weekday()]}"
    if nature in (OFF if work else WORK):
        return Problem(code="calendar.nature", sentence="放假类别与“放假或上班”不一致，请核对", fields=("nature",))
    if nature in ("makeup_work", "weekend_in_block") and not weekend:
        return Problem(code="calendar.weekday", sentence=f"{text}，本来不是周末，请核对日期", fields=("date",))
    if nature in ("moved_rest", "explicit_work") and weekend:
        return Problem(code="calendar.weekday", sentence=f"{text}，本来就是周末，请核对日期", fields=("date",))
    return None
