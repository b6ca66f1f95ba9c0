"""How long a leave is: natural days by halves and days as its type counts rest days, in all or within one year."""

from collections.abc import Iterable
from datetime import date

import msgspec

from tuopin_desktop.domain.calendar import Calendar
from tuopin_desktop.domain.halves import Half, Period
from tuopin_desktop.domain.policy import LeaveType, Policy

UNTYPED = "假别未登记"


class Count(msgspec.Struct, frozen=True):
    """Both counts of some half-days; `by_type` is None where it cannot be known, and `why` says so in Chinese."""

    natural: float
    by_type: float | None
    why: str = ""

    @property
    def cell(self) -> float | str:
        """Return the days as the type counts them, or the words that say why they are not known."""
        return self.why if self.by_type is None else self.by_type

    @property
    def text(self) -> str:
        """Return `cell` in words."""
        return self.cell if isinstance(self.cell, str) else f"{self.cell:g}"


def half_number(day: date, half: Half) -> int:
    """Return the place of a half-day in the endless row of half-days."""
    return 2 * day.toordinal() + (half == "pm")


def day_of(number: int) -> date:
    """Return the day of a half-day's number."""
    return date.fromordinal(number // 2)


def halves_of(period: Period | None) -> range:
    """Return the half-days of a period as numbers; nothing for none, or for one the wrong way round."""
    if period is None:
        return range(0)
    return range(half_number(period.first, period.first_half), half_number(period.last, period.last_half) + 1)


def between(first: date, last: date) -> range:
    """Return the half-days from one day to another, both whole."""
    return range(half_number(first, "am"), half_number(last, "pm") + 1)


def of_year(year: int) -> range:
    """Return the half-days of a year, the whole of 1 January and of 31 December among them."""
    return between(date(year, 1, 1), date(year, 12, 31))


def shared(first: range, second: range) -> range:
    """Return the half-days two unbroken stretches have in common."""
    return range(max(first.start, second.start), max(min(first.stop, second.stop), first.start, second.start))


def days(period: Period | None, leave_type: str, policy: Policy, calendar: Calendar, year: int | None = None) -> Count:
    """Return both counts of a leave, or of the part of it that lies in `year`."""
    halves = halves_of(period)
    return count(halves if year is None else shared(halves, of_year(year)), leave_type, policy, calendar)


def count(halves: Iterable[int], leave_type: str, policy: Policy, calendar: Calendar) -> Count:
    """Return both counts of half-days, each taken once.

    Types that count rest days need no calendar. The others need the notice of every year they touch: a year without
    one is said, never guessed.
    """
    numbers = set(halves)
    natural = len(numbers) / 2
    kind = _type_of(leave_type, policy)
    if kind is None:
        return Count(natural, None, UNTYPED)
    if kind.rest_days == "counted":
        return Count(natural, natural)
    unknown = sorted({day_of(number).year for number in numbers if not calendar.knows(day_of(number))})
    if unknown:
        return Count(natural, None, f"{'、'.join(str(year) for year in unknown)}年节假日表未登记")
    return Count(natural, sum(calendar.is_workday(day_of(number)) is True for number in numbers) / 2)


def _type_of(code: str, policy: Policy) -> LeaveType | None:
    return next((item for item in policy.leave_types if item.code == code), None)


def runs(halves: Iterable[int]) -> list[Period]:
    """Return half-days as the unbroken periods they form, in order."""
    periods: list[Period] = []
    start = last = None
    for number in sorted(set(halves)):
        if last is not None and start is not None and number != last + 1:
            periods.append(_period(start, last))
            start = number
        start = number if start is None else start
        last = number
    return periods if start is None or last is None else [*periods, _period(start, last)]


def _period(first: int, last: int) -> Period:
    return Period(day_of(first), _half(first), day_of(last), _half(last))


def _half(number: int) -> Half:
    return "pm" if number % 2 else "am"


def short_words(period: Period | None) -> str:
    """Return a period as a list prints it, in one line: 2018-12-30下午至2019-01-02上午; whole days without halves."""
    if period is None:
        return ""
    whole = period.first_half == "am" and period.last_half == "pm"
    start = f"{period.first}" + ("" if whole else _HALF[period.first_half])
    end = f"{period.last}" + ("" if whole else _HALF[period.last_half])
    if period.first == period.last:
        return start if whole or period.first_half == period.last_half else f"{period.first}"
    return f"{start}至{end}"


_HALF = {"am": "上午", "pm": "下午"}
