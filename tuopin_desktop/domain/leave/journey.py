"""The journey: away, due, overdue, back; and what overstaying comes to, day by day (Q17, Art. 10, 16)."""

import enum
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import msgspec

from tuopin_desktop.domain.halves import Half, Period, parse_half, parse_stored
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import LeaveSlip


class Trip(enum.Enum):
    """Where the traveller is in the journey."""

    AHEAD = "未到期"
    AWAY = "外出中"
    DUE = "今日到期"
    GRACE = "待销假"
    OVERDUE = "超假未归"
    EARLY = "提前返回"
    BACK = "按期返回"
    LATE = "超假返回"
    NONE = "未成行"

    @property
    def out(self) -> bool:
        """Tell whether the traveller is not back yet."""
        return self is Trip.AWAY or self.due

    @property
    def due(self) -> bool:
        """Tell whether the traveller should be back by now and is not reported."""
        return self in (Trip.DUE, Trip.GRACE, Trip.OVERDUE)


class Overstay(msgspec.Struct, frozen=True):
    """Days without leave after its end: first to last, by halves, and the day on which the limit is passed.

    `open` is true while the traveller is not back, when `last` is today. `passes` is the first day that makes more
    than the limit of Art. 16 (16 natural days for "more than 15").
    """

    first: date
    last: date
    last_half: Half
    passes: date
    open: bool

    @property
    def period(self) -> Period:
        """Return the overstay as a period."""
        return Period(self.first, "am", self.last, self.last_half)

    @property
    def days(self) -> float:
        """Return the days by halves."""
        return self.period.days


class Journey(msgspec.Struct, frozen=True):
    """The journey of one slip on one day.

    `leave` is the slip's own period, `until` the end of leave with every extension, `given_back` the days an
    early return gives back.
    """

    trip: Trip
    leave: Period | None
    until: tuple[date, Half] | None = None
    overstay: Overstay | None = None
    given_back: float = 0.0


def journey_of(
    slip: LeaveSlip, extensions: Iterable[LeaveSlip], policy: Policy, today: date, *, standing: bool = True
) -> Journey:
    """Return the journey of a slip; `extensions` are the standing slips that extend it, in any order.

    A slip that does not stand (refused, withdrawn, voided) leads to no journey.
    """
    leave = parse_stored(slip.period)
    if leave is None or not standing:
        return Journey(Trip.NONE, leave)
    until = _end(leave, extensions)
    back = parse_half(slip.returned)
    if back is None and slip.return_note:
        return Journey(Trip.BACK, leave, until)  # reported on paper, the day was not keyed: nothing is held against it
    if back is None:
        return Journey(_open_trip(leave, until, policy, today), leave, until, _overstay(until, None, policy, today))
    overstay = _overstay(until, back, policy, today)
    if overstay is not None:
        return Journey(Trip.LATE, leave, until, overstay)
    if back[0] < until[0]:
        given_back = Period(back[0], back[1], until[0], until[1]).days
        return Journey(Trip.EARLY, leave, until, None, given_back)
    return Journey(Trip.BACK, leave, until)


def _end(leave: Period, extensions: Iterable[LeaveSlip]) -> tuple[date, Half]:
    ends = [period for item in extensions if (period := parse_stored(item.period)) is not None]
    return max([(leave.last, leave.last_half), *((period.last, period.last_half) for period in ends)])


def _open_trip(leave: Period, until: tuple[date, Half], policy: Policy, today: date) -> Trip:
    if today < leave.first:
        return Trip.AHEAD
    if today < until[0]:
        return Trip.AWAY
    if today == until[0]:
        return Trip.DUE
    grace = timedelta(days=policy.number("leave.grace_days"))
    return Trip.GRACE if today <= until[0] + grace else Trip.OVERDUE


def _overstay(until: tuple[date, Half], back: tuple[date, Half] | None, policy: Policy, today: date) -> Overstay | None:
    """Unjustified from the day after leave ends until the return; the half of the return is present (Q6, Q17)."""
    first = until[0] + timedelta(days=1)
    grace = timedelta(days=policy.number("leave.grace_days"))
    last = before(*back) if back else (today, "pm")
    if last < (first, "am") or (back is None and today <= until[0] + grace):
        return None
    passes = first + timedelta(days=policy.number("absence.run_days"))
    return Overstay(first, last[0], last[1], passes, back is None)


def before(day: date, half: Half) -> tuple[date, Half]:
    """Return the half-day before one."""
    return (day, "am") if half == "pm" else (day - timedelta(days=1), "pm")


def extensions_of(slip: LeaveSlip, slips: Mapping[str, tuple[LeaveSlip, ...]]) -> list[LeaveSlip]:
    """Return every slip that extends this one, directly or through another; `slips` are by the slip they follow."""
    found: list[LeaveSlip] = []
    waiting, seen = [slip.id], {slip.id}
    while waiting:
        for item in slips.get(waiting.pop(), ()):
            if item.id not in seen and item.relation == "extension":
                seen.add(item.id)
                found.append(item)
                waiting.append(item.id)
    return found
