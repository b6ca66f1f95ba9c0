"""The half-days of one posting, looked up by number or as the days of a month in bits."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec

from tuopin_desktop.domain.attendance.codes import AWAY, halves
from tuopin_desktop.domain.attendance.laidover import Cover
from tuopin_desktop.domain.attendance.months import month_id, span_of
from tuopin_desktop.domain.contradictions.kinds import Contradiction, Side, contradiction
from tuopin_desktop.domain.halves import Half, Period
from tuopin_desktop.domain.leave.count import day_of, half_number, runs, shared
from tuopin_desktop.domain.records import Attendance, Check, LeaveSlip, Posting, RoundTrip, Training, TrainingAttendance


class View(msgspec.Struct, frozen=True, kw_only=True):
    """One posting with everything that says something about its days; `last` is the last half-day of today."""

    posting: Posting
    who: str
    months: Mapping[str, Attendance]
    covers: Sequence[Cover]
    slips: Sequence[LeaveSlip]
    logs: Mapping[str, Mapping[str, int]]
    checks: Sequence[Check]
    trips: Sequence[RoundTrip]
    classes: Sequence[tuple[TrainingAttendance, Training]]
    noted: frozenset[date]
    last: int

    def keyed(self, number: int) -> str:
        """Return what attendance says of a half-day; nothing where nobody keyed it."""
        day = day_of(number)
        record = self.months.get(f"{day:%Y-%m}")
        return halves(getattr(record, f"d{day.day:02d}"))[number % 2] if record is not None else ""

    def cover(self, number: int) -> Cover | None:
        """Return the slip that claims a half-day, approved ones first."""
        return next((item for item in self.covers if item.says_away and number in item.halves), None)

    def away(self, number: int) -> bool:
        """Tell whether attendance, or without it a slip, says the person was out of the county."""
        keyed = self.keyed(number)
        return keyed[0] == AWAY if keyed else self.cover(number) is not None

    def logged(self, day: date, places: Iterable[str]) -> bool:
        """Tell whether there is a log of a day at one of the places."""
        month = self.logs.get(f"{day:%Y-%m}", {})
        return any(month.get(place, 0) >> (day.day - 1) & 1 for place in places)

    def attendance_side(self, period: Period, text: str) -> Side:
        """Return what attendance says as a side."""
        month = f"{period.first:%Y-%m}"
        return Side(f"attendance:{month_id(self.posting.id, month)}", "考勤", text)

    def log_side(self, day: date, text: str) -> Side:
        """Return what a day's log says as a side."""
        return Side(f"daily_log:{self.posting.id}/{day.isoformat()}", f"{day}日志", text)

    def contradiction(self, what: str, period: Period, sentence: str, *sides: Side) -> Contradiction:
        """Return a contradiction about this posting."""
        return contradiction(what, self.posting.county, self.posting.id, self.who, period, sentence, *sides)

    def in_post(self, numbers: range) -> range:
        """Return the half-days of a stretch in which the posting served, up to today."""
        if self.posting.since is None:
            return range(0)
        end = self.last if self.posting.until is None else min(self.last, half_number(self.posting.until, "pm"))
        return shared(numbers, range(half_number(self.posting.since, "am"), end + 1))


def slip_side(slip: LeaveSlip, text: str) -> Side:
    """Return what a slip says as a side."""
    return Side(f"leave_slip:{slip.id}", f"报备单{slip.number}", text)


def numbers_of(day: date, half: str) -> tuple[int, ...]:
    """Return the half-days of a day, or the one that is said."""
    targets: tuple[Half, ...] = ("am",) if half == "am" else ("pm",) if half == "pm" else ("am", "pm")
    return tuple(half_number(day, one) for one in targets)


def whole(days: Iterable[date]) -> list[Period]:
    """Return days as the unbroken periods they form."""
    return runs(number for day in days for number in numbers_of(day, ""))


def days_in(bits: int, month: str) -> list[date]:
    """Return the days of a month whose bits are set."""
    span = span_of(month)
    return [span[0].replace(day=place + 1) for place in range(span[1].day) if bits >> place & 1] if span else []
