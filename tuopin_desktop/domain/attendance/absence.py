"""Absence without reason (Art. 16): unbroken runs and yearly sums by half-days, when they fire, and when they would."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date

import msgspec

from tuopin_desktop.domain.halves import Period
from tuopin_desktop.domain.leave.count import day_of
from tuopin_desktop.domain.policy import Policy

WINDOW = 365
"""Days of the rolling year."""


class Limits(msgspec.Struct, frozen=True):
    """The figures of Art. 16 and the switches Q11, Q12 and Q14."""

    run_days: int
    workdays: bool
    year_days: int
    window: str
    half_breaks: bool

    @classmethod
    def of(cls, policy: Policy) -> "Limits":
        """Return the limits of a policy."""
        return cls(
            run_days=policy.number("absence.run_days"),
            workdays=policy.choice("absence.run_unit") == "workday",
            year_days=policy.number("absence.year_days"),
            window=policy.choice("absence.year_window"),
            half_breaks=policy.flag("absence.half_breaks"),
        )


class Run(msgspec.Struct, frozen=True):
    """An unbroken absence: its period, the halves that count, and the day it fired on (None: not yet).

    `would_fire` is the day on which it fires if nobody returns; None once the person is back or it has fired. Of the
    halves that count, `bridged` are rest days between its absences, which the sums of a year do not count.
    """

    period: Period
    halves: int
    fired: date | None
    would_fire: date | None = None
    bridged: int = 0

    @property
    def days(self) -> float:
        """Return the days that count."""
        return self.halves / 2


class Sum(msgspec.Struct, frozen=True):
    """The absence of a window of time, in halves, and the day on which it passed the limit."""

    halves: int
    fired: date | None

    @property
    def days(self) -> float:
        """Return the days."""
        return self.halves / 2


class Absence(msgspec.Struct, frozen=True):
    """All of a person's absence: runs in order, sums by calendar year, the heaviest 365 days.

    `next_fire` is the first day on which run or year would pass its limit if an open run goes on.
    """

    runs: tuple[Run, ...]
    years: Mapping[int, Sum]
    rolling: Sum
    next_fire: date | None
    unknown_since: date | None = None
    """The first day after the last run of which nothing is known, once a limit would have been passed before today."""

    @property
    def longest(self) -> Run | None:
        """Return the run that counts most."""
        return max(self.runs, key=lambda run: run.halves, default=None)


def absence(
    unjustified: AbstractSet[int],
    bridges: AbstractSet[int],
    known_until: int,
    limits: Limits,
    is_rest: Callable[[date], bool],
    today: date = date.min,
) -> Absence:
    """Return the absence of half-day numbers.

    `bridges` are rest days away without a slip: no absence themselves (Q7), but no presence that would break a run
    either. A run is open while nothing later than it is known, `known_until` being the last half-day known. No
    forecast names a day before `today`: of an absence nobody wrote down since, nothing can be foretold.
    """
    ordered = sorted(unjustified)
    runs = tuple(
        _run(first, last, unjustified, bridges, limits, is_rest) for first, last in _ends(ordered, bridges, limits)
    )
    years = _years(ordered, limits)
    if not runs or ordered[-1] < known_until or runs[-1].fired is not None:
        return Absence(runs, years, _rolling(ordered, limits), None)
    would_fire = _going_on(ordered[-1], runs[-1], limits, is_rest)
    dates = [day for day in (would_fire, _year_going_on(ordered[-1], years, limits)) if day is not None]
    if min(dates) < today:
        return Absence(runs, years, _rolling(ordered, limits), None, day_of(ordered[-1] + 1))
    going_on = msgspec.structs.replace(runs[-1], would_fire=would_fire)
    return Absence((*runs[:-1], going_on), years, _rolling(ordered, limits), min(dates))


def _ends(ordered: Sequence[int], bridges: AbstractSet[int], limits: Limits) -> Iterable[tuple[int, int]]:
    """Yield the first and last half of every run: gaps of bridges do not break it, nor one half if Q14 says so."""
    first = last = None
    for number in ordered:
        if first is None or last is None:
            first = number
        elif not _joined(last, number, bridges, limits):
            yield first, last
            first = number
        last = number
    if first is not None and last is not None:
        yield first, last


def _joined(last: int, number: int, bridges: AbstractSet[int], limits: Limits) -> bool:
    if number - last == 2 and not limits.half_breaks:
        return True
    return all(between in bridges for between in range(last + 1, number))


def _run(
    first: int,
    last: int,
    unjustified: AbstractSet[int],
    bridges: AbstractSet[int],
    limits: Limits,
    is_rest: Callable[[date], bool],
) -> Run:
    away = [number for number in range(first, last + 1) if number in unjustified or number in bridges]
    counts = [number for number in away if not (limits.workdays and is_rest(day_of(number)))]
    fires = day_of(counts[2 * limits.run_days]) if len(counts) > 2 * limits.run_days else None
    bridged = sum(number not in unjustified for number in counts)
    return Run(_period(first, last), len(counts), fires, bridged=bridged)


def _period(first: int, last: int) -> Period:
    return Period(day_of(first), "pm" if first % 2 else "am", day_of(last), "pm" if last % 2 else "am")


def _going_on(last: int, run: Run, limits: Limits, is_rest: Callable[[date], bool]) -> date:
    """Return the day of the half that passes the limit, if every half after the last is absent too."""
    halves, number = run.halves, last
    while halves <= 2 * limits.run_days:
        number += 1
        halves += not (limits.workdays and is_rest(day_of(number)))
    return day_of(number)


def _years(ordered: Iterable[int], limits: Limits) -> dict[int, Sum]:
    sum_by_number: dict[int, Sum] = {}
    for number in ordered:
        day = day_of(number)
        before = sum_by_number.get(day.year, Sum(0, None))
        passes = before.halves == 2 * limits.year_days
        sum_by_number[day.year] = Sum(before.halves + 1, day if passes else before.fired)
    return sum_by_number


def _year_going_on(last: int, years: Mapping[int, Sum], limits: Limits) -> date | None:
    """Return the day on which the calendar year would pass its limit; None when the year ends before."""
    day = day_of(last + 1)
    year = years.get(day.year, Sum(0, None))
    if year.fired is not None:
        return None
    passes = day_of(last + 1 + 2 * limits.year_days - year.halves)
    return passes if passes.year == day.year else None


def _rolling(ordered: Sequence[int], limits: Limits) -> Sum:
    """Return the heaviest window of 365 days and the day on which one first passed the limit."""
    start, most, fired = 0, 0, None
    for place, number in enumerate(ordered):
        while number // 2 - ordered[start] // 2 >= WINDOW:
            start += 1
        count = place - start + 1
        most = max(most, count)
        if fired is None and count > 2 * limits.year_days:
            fired = day_of(number)
    return Sum(most, fired)
