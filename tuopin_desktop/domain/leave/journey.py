"""The journey: away, due, overdue, back; and what overstaying comes to, day by day (Q17, Art. 10, 16)."""

import enum
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import msgspec

from tuopin_desktop.domain.halves import Half, Period, parse_half, parse_stored
from tuopin_desktop.domain.leave.around import ALONE, Around, Moment
from tuopin_desktop.domain.leave.count import half_number
from tuopin_desktop.domain.leave.phrases import claims_return, day_named
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
    CONTINUED = "另单接续"
    ENDED = "派驻已结束"
    WORDED = "返回日期未登记"
    PAST = "补录"
    NONE = "未成行"

    @property
    def out(self) -> bool:
        """Tell whether the traveller is not back yet; where words alone say that he is, only the day is asked for."""
        return self in (Trip.AWAY, Trip.DUE, Trip.GRACE, Trip.OVERDUE)

    @property
    def due(self) -> bool:
        """Tell whether the traveller should be back by now and no dated return is reported."""
        return self in (Trip.DUE, Trip.GRACE, Trip.OVERDUE, Trip.WORDED)


class Overstay(msgspec.Struct, frozen=True):
    """Days without leave after its end: first to last, by halves, and the day on which the limit is passed.

    Days before the measure took effect are left out (Art. 21), as are those after the posting. `open` is true while
    the traveller is in post and not back, when `last` is today. `passes` is the first day that makes more than the
    `limit` of Art. 16 (16 natural days for "more than 15"); None where it never comes, as the posting ends before, or
    where a ruling counts workdays (Q11), which the account of Art. 16 alone does.
    """

    first: date
    last: date
    last_half: Half
    passes: date | None
    limit: int
    open: bool

    @property
    def period(self) -> Period:
        """Return the overstay as a period."""
        return Period(self.first, "am", self.last, self.last_half)

    @property
    def days(self) -> float:
        """Return the days by halves."""
        return self.period.days

    @property
    def passed(self) -> bool:
        """Tell whether the limit is passed by the last day."""
        return self.passes is not None and self.last >= self.passes


class Journey(msgspec.Struct, frozen=True):
    """The journey of one slip on one day.

    `leave` is the slip's own period, `until` the end of leave with every extension, `given_back` the days the
    return gives back: the half-day in which somebody is back is presence (Q6). `back` is the return, which another
    slip of the journey may bear.
    """

    trip: Trip
    leave: Period | None
    until: Moment | None = None
    overstay: Overstay | None = None
    given_back: float = 0.0
    back: Moment | None = None


def journey_of(
    slip: LeaveSlip,
    extensions: Iterable[LeaveSlip],
    policy: Policy,
    today: date,
    *,
    standing: bool = True,
    around: Around = ALONE,
) -> Journey:
    """Return the journey of a slip; `extensions` are the standing slips that extend it, in any order.

    A slip that does not stand (refused, withdrawn, voided) leads to no journey. `around` is what the person's postings
    and other slips say about it.
    """
    leave = parse_stored(slip.period)
    if leave is None or not standing:
        return Journey(Trip.NONE, leave)
    until = end_of(leave, extensions)
    back = return_of(slip, until, today) or around.returned
    if slip.history:
        return _past(leave, until, back, policy)
    if around.bears(until, back):
        return Journey(_continued(leave, until, policy, today, around), leave, until)
    if back is not None:
        return _returned(leave, until, back, policy, around)
    return _not_returned(slip, leave, until, policy, today, around)


def return_of(slip: LeaveSlip, until: Moment, today: date) -> Moment | None:
    """Return the dated return of a slip: its own, else the day it was reported, else the day its words name.

    Words without a day are no return. Whoever only reported was back at the latest on that day; days are given back
    for a registered return alone.
    """
    back = parse_half(slip.returned)
    leave = parse_stored(slip.period)
    day = slip.reported or (day_named(slip.return_note, leave, today) if leave else None)
    if back is not None or day is None:
        return back
    return (max(day, until[0] + timedelta(days=1)), "am")


def end_of(leave: Period, extensions: Iterable[LeaveSlip]) -> Moment:
    """Return the last half-day of leave with every extension."""
    ends = [period for item in extensions if (period := parse_stored(item.period)) is not None]
    return max([(leave.last, leave.last_half), *((period.last, period.last_half) for period in ends)])


def _returned(leave: Period, until: Moment, back: Moment, policy: Policy, around: Around) -> Journey:
    """Return a journey that is over. Back within the days of grace is on time, as nobody is overdue until then."""
    on_leave = policy.choice("leave.return_half") == "leave" and back[0] == until[0]
    if back <= until and not on_leave:
        given_back = Period(back[0], back[1], until[0], until[1]).days
        trip = Trip.EARLY if back[0] < until[0] else Trip.BACK  # on the last day he is back when he should be
        return Journey(trip, leave, until, None, given_back, back)
    end = max(until, around.through or until)
    if back[0] <= end[0] + _grace(policy):
        return Journey(Trip.BACK, leave, until, back=back)
    return Journey(Trip.LATE, leave, until, _overstay(end, before(*back), policy, around), back=back)


def _past(leave: Period, until: Moment, back: Moment | None, policy: Policy) -> Journey:
    """Return a journey of a register of past years: it is over, days given back count, a late return is only a day."""
    if back is None or back > until:
        return Journey(Trip.PAST, leave, until, back=back)
    return msgspec.structs.replace(_returned(leave, until, back, policy, ALONE), trip=Trip.PAST, overstay=None)


def _not_returned(
    slip: LeaveSlip, leave: Period, until: Moment, policy: Policy, today: date, around: Around
) -> Journey:
    """Return a journey without a return: closed by the next leave or the end of the posting, else open."""
    trip = _open_trip(leave, until, policy, today)
    if trip.due and claims_return(slip.return_note):
        return Journey(Trip.WORDED, leave, until)
    if around.follows is not None and around.follows[0] <= today:
        over = _overstay(until, before(*around.follows), policy, around)
        return Journey(Trip.CONTINUED, leave, until, over)
    if around.out_of_post(today) and trip is not Trip.AHEAD:
        return Journey(Trip.ENDED, leave, until, _overstay(until, (today, "pm"), policy, around))
    if trip is not Trip.OVERDUE:
        return Journey(trip, leave, until)
    over = _overstay(until, (today, "pm"), policy, around)
    return Journey(trip, leave, until, None if over is None else msgspec.structs.replace(over, open=True))


def _continued(leave: Period, until: Moment, policy: Policy, today: date, around: Around) -> Trip:
    """Return where the traveller is whose next leave bears the end of the journey: on this one up to its last day."""
    trip = _open_trip(leave, until, policy, today)
    if trip is Trip.AHEAD:
        return trip
    if around.out_of_post(today):
        return Trip.ENDED
    return Trip.AWAY if today <= until[0] else Trip.CONTINUED


def _open_trip(leave: Period, until: Moment, policy: Policy, today: date) -> Trip:
    if today < leave.first:
        return Trip.AHEAD
    if today < until[0]:
        return Trip.AWAY
    if today == until[0]:
        return Trip.DUE
    return Trip.GRACE if today <= until[0] + _grace(policy) else Trip.OVERDUE


def _grace(policy: Policy) -> timedelta:
    return timedelta(days=policy.number("leave.grace_days"))


def _overstay(until: Moment, last: Moment, policy: Policy, around: Around) -> Overstay | None:
    """Unjustified from the day after leave ends until the return; the half of the return is present (Q6, Q17)."""
    if around.last_day is not None:
        if around.last_day <= until[0] + _grace(policy):
            return None
        last = min(last, (around.last_day, "pm"))
    first = max(until[0] + timedelta(days=1), policy.in_force)
    if last < (first, "am"):
        return None
    limit = policy.number("absence.run_days")
    passes = first + timedelta(days=limit)
    never = around.last_day is not None and around.last_day < passes
    if never or policy.choice("absence.run_unit") == "workday":
        return Overstay(first, last[0], last[1], None, limit, open=False)
    return Overstay(first, last[0], last[1], passes, limit, open=False)


def returned(journeys: Iterable[Journey]) -> list[int]:
    """Return the half-days in which somebody came back from leave."""
    return [half_number(*journey.back) for journey in journeys if journey.back is not None]


def before(day: date, half: Half) -> tuple[date, Half]:
    """Return the half-day before one."""
    return (day, "am") if half == "pm" else (day - timedelta(days=1), "pm")


def extensions_of(slip: LeaveSlip, slips: Mapping[str, tuple[LeaveSlip, ...]]) -> list[LeaveSlip]:
    """Return every slip that extends this one, directly or through another; `slips` are by the slip they follow."""
    leave_slips: list[LeaveSlip] = []
    waiting, names = [slip.id], {slip.id}
    while waiting:
        for item in slips.get(waiting.pop(), ()):
            if item.id not in names and item.relation == "extension":
                names.add(item.id)
                leave_slips.append(item)
                waiting.append(item.id)
    return leave_slips
