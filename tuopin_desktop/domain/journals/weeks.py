"""Weeks of Monday to Sunday as GB/T 7408 numbers them (Q34): read, named, and when their note is due."""

import re
from datetime import date, timedelta
from functools import lru_cache

from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.reading import EARLIEST, LATEST, narrow

_WEEK = re.compile(r"([0-9]{4})(?:-?[Ww]|年?-?第?)([0-9]{1,2})周?")
_THURSDAY = 3


def week_of(day: date) -> str:
    """Return the week a day lies in, as `2018-W23`; its year is that of its Thursday."""
    year, number, _ = day.isocalendar()
    return f"{year:04d}-W{number:02d}"


@lru_cache(maxsize=1024)
def span(week: str) -> tuple[date, date] | None:
    """Return Monday and Sunday of a week `2018-W23`; None for a text that is none, or one nobody can mean."""
    match = re.fullmatch(r"([0-9]{4})-W([0-9]{2})", week)
    if match is None or not EARLIEST.year <= int(match[1]) <= LATEST.year - 1:
        return None
    try:
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        return None
    return monday, monday + timedelta(days=6)


@lru_cache(maxsize=1024)
def days(week: str) -> tuple[date, ...]:
    """Return the seven days of a week, none for a text that is no week."""
    pair = span(week)
    return tuple(pair[0] + timedelta(days=place) for place in range(7)) if pair else ()


def read_week(value: str) -> str:
    """Return the week somebody typed: 2018-W23, 2018年第23周, or a day in it; what is neither comes back as it is."""
    text = narrow(value).strip()
    match = _WEEK.fullmatch(text)
    if match is not None and span(week := f"{match[1]}-W{int(match[2]):02d}"):
        return week
    try:
        return week_of(date.fromisoformat(text[:10]))
    except ValueError:
        return text


def shifted(week: str, weeks: int) -> str:
    """Return the week some weeks later (earlier for a negative number); raises ValueError for no week."""
    pair = span(week)
    if pair is None:
        raise ValueError(f"not a week: {week[:20]}")
    return week_of(pair[0] + timedelta(weeks=weeks))


def due(week: str, policy: Policy) -> date:
    """Return the last day on which a week's note is in time: a weekday of the week after (Q34)."""
    pair = span(week)
    if pair is None:
        raise ValueError(f"not a week: {week[:20]}")
    return policy.due_after(pair[1], "weekly_note.due_weekday")


def month_of(week: str, policy: Policy) -> str:
    """Return the month `YYYY-MM` a week belongs to: that of its Thursday, or of its Monday (Q34)."""
    pair = span(week)
    if pair is None:
        raise ValueError(f"not a week: {week[:20]}")
    place = _THURSDAY if policy.on(pair[0]).choice("weekly_note.month_of") == "thursday" else 0
    return f"{pair[0] + timedelta(days=place):%Y-%m}"


def week_words(week: str) -> str:
    """Return a week as it is written: 2018年第23周（6月4日至6月10日）."""
    pair = span(week)
    if pair is None:
        return week
    first, last = pair
    return f"{week[:4]}年第{int(week[6:])}周（{first.month}月{first.day}日至{last.month}月{last.day}日）"


def between(first: date, last: date) -> list[str]:
    """Return the weeks from that of the first day to that of the last, as far as anybody can mean them."""
    names = []
    day = max(first, EARLIEST)
    day -= timedelta(days=day.weekday())
    while day <= min(last, LATEST):
        if span(week := week_of(day)):
            names.append(week)
        day += timedelta(weeks=1)
    return names
