"""Ages by birth month, the one arithmetic behind the two lines of Article 3."""

import re
from datetime import date, timedelta

import msgspec

_BIRTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-\d\d)?")


class Birth(msgspec.Struct, frozen=True):
    """A birth as registered: its month, and the first and last day it may mean."""

    month: str
    first: date
    last: date


def read_birth(text: str) -> Birth | None:
    """Return the birth of YYYY-MM or YYYY-MM-DD, or None when nothing readable is registered."""
    if not _BIRTH.fullmatch(text):
        return None
    try:
        first = date.fromisoformat(text if len(text) == 10 else f"{text}-01")
    except ValueError:
        return None
    return Birth(text[:7], first, first if len(text) == 10 else _month_end(first))


def _month_end(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def full_years(birth: date, on: date) -> int:
    """Return the age in full years (实足周岁) on a day; a birthday counts on the day itself."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def ages(birth: Birth, on: date) -> tuple[int, int]:
    """Return the lowest and highest age the registered birth can mean on a day."""
    return full_years(birth.last, on), full_years(birth.first, on)


def age_words(birth: Birth, on: date) -> str:
    """Return the age in words, as a range when only the month is known and it matters."""
    low, high = ages(birth, on)
    if low == high:
        return f"{low}周岁"
    return f"{low}至{high}周岁（只登记到月）"


def shifted(month: str, months: int) -> str:
    """Return the month YYYY-MM some months later."""
    year, number = divmod(int(month[:4]) * 12 + int(month[5:]) - 1 + months, 12)
    return f"{year:04d}-{number + 1:02d}"


def months_between(early: str, late: str) -> int:
    """Return the months from one YYYY-MM to a later one."""
    return (int(late[:4]) - int(early[:4])) * 12 + int(late[5:7]) - int(early[5:7])
