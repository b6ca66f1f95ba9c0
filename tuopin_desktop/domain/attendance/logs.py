"""Which days want a log (Q33) and which of them have none; days of a month are bits, the first of the month is 1."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache

from tuopin_desktop.domain.attendance.codes import AWAY, halves
from tuopin_desktop.domain.attendance.months import served, span_of
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import Posting

_BITS = tuple(1 << place for place in range(31))
_WORKED = "wtn"


class _Asks(dict[str, bool]):
    """Whether a stored day wants a log, worked out when it is met first."""

    def __init__(self, *, in_county: bool) -> None:
        super().__init__()
        self._in_county = in_county

    def __missing__(self, day: str) -> bool:
        codes = [code for code in halves(day) if code]
        asks = any(code[0] != AWAY if self._in_county else code[1] in _WORKED for code in codes)
        self[day] = asks
        return asks


class Due:
    """Tells which days of a month want a log under a policy; a day nobody marked wants none."""

    def __init__(self, policy: Policy, is_rest: Callable[[date], bool]) -> None:
        reading = policy.choice("journal.days")
        self._asks = _Asks(in_county=reading == "in_county")
        self._only_workdays = reading == "workday"
        self._is_rest = is_rest

    def days(self, days: Sequence[str], month: str, posting: Posting) -> int:
        """Return the days in post that want a log, of 31 stored days: before and after it nobody may write one.

        A class before taking up the post lies over the days of the month in which the posting begins.
        """
        asks, span = self._asks, served(posting, month)
        if span is None:
            return 0
        count = sum([bit for bit, day in zip(_BITS, days, strict=True) if asks[day]])
        count = until(since(count, month, span[0]), month, span[1])
        return count & self._workdays(month) if count and self._only_workdays else count

    def _workdays(self, month: str) -> int:
        return sum(bit for bit, day in zip(_BITS, in_month(-1, month), strict=False) if not self._is_rest(day))


def in_month(bits: int, month: str) -> list[date]:
    """Return the days of a month whose bits are set; of a text that is no month none."""
    return [day for bit, day in zip(_BITS, _days(month), strict=False) if bits & bit]


@lru_cache(maxsize=1024)
def _days(month: str) -> tuple[date, ...]:
    """Return the days of a month; kept, because every team asks for the same few."""
    span = span_of(month)
    return tuple(span[0] + timedelta(days=place) for place in range(span[1].day)) if span else ()


def first_in_month(bits: int, month: str) -> date:
    """Return the first day of a month whose bit is set; there has to be one."""
    return _days(month)[(bits & -bits).bit_length() - 1]


def until(bits: int, month: str, last: date) -> int:
    """Return the days up to a last one."""
    span = span_of(month)
    if span is None or last < span[0]:
        return 0
    return bits if last >= span[1] else bits & ((1 << last.day) - 1)


def since(bits: int, month: str, first: date) -> int:
    """Return the days from a first one on, where it lies in the month; of a month that is over before it, all."""
    return bits & -(1 << (first.day - 1)) if f"{first:%Y-%m}" == month else bits


def runs_words(days: Iterable[date]) -> str:
    """Return days as they are listed: 6月5日、6月7日至9日."""
    runs: list[tuple[date, date]] = []
    number = 0
    for day in sorted(days):
        before, number = number, day.toordinal()
        if runs and number == before + 1:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return "、".join(_run_words(first, last) for first, last in runs)


def _run_words(first: date, last: date) -> str:
    start = f"{first.month}月{first.day}日"
    if first == last:
        return start
    return f"{start}至{last.day}日" if first.month == last.month else f"{start}至{last.month}月{last.day}日"
