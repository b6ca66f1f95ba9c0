"""What a practice office has entered so far, kept beside it: the facts of one month without reading everything again.

A month is closed and reported on for every team of the region, thirty times: read from the office each time, that
would be most of the work of making one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import TypeVar

from tuopin_desktop.demo.roster import Entry
from tuopin_desktop.domain.attendance.months import following, month_id
from tuopin_desktop.domain.dutyevidence import DutyEvidence
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.halves import parse_stored
from tuopin_desktop.domain.journals.logdays import Journals
from tuopin_desktop.domain.order import ordered
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import (
    Attendance,
    Call,
    County,
    DailyLog,
    Decision,
    Filing,
    LeaveSlip,
    Meeting,
    MeetingProblem,
    Opinion,
    Person,
    Posting,
    RoundTrip,
    Team,
    Training,
    TrainingAttendance,
)
from tuopin_desktop.services.office import calendars
from tuopin_desktop.services.office.desk import Desk

R = TypeVar("R", bound=Record)

_TIMELESS: Mapping[str, type[Record]] = {
    "teams": Team,
    "persons": Person,
    "postings": Posting,
    "trainings": Training,
    "training_attendance": TrainingAttendance,
}
"""What is asked for whichever month it is, by the field of Facts."""

_DATED: Mapping[str, type[Record]] = {
    "slips": LeaveSlip,
    "opinions": Opinion,
    "filings": Filing,
    "calls": Call,
    "decisions": Decision,
    "attendance": Attendance,
    "round_trips": RoundTrip,
}
"""What is asked for with the months it touches and those beside them."""

_WITHOUT = ""
"""Stands for the month of what belongs to none."""


class Standing:
    """The newest state of every record entered so far, by the months it touches."""

    def __init__(self) -> None:
        self._records: dict[tuple[type[Record], str], dict[str, Record]] = defaultdict(dict)
        self._months: dict[str, tuple[str, ...]] = {}
        self._logged: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self._taken = 0
        self._last: tuple[tuple[date, date, int], Facts] | None = None

    def take(self, entries: Iterable[Entry]) -> None:
        """Take over what is entered, in its order."""
        self._taken += 1
        for _, record in entries:
            if isinstance(record, DailyLog) and record.date is not None:
                month = f"{record.date:%Y-%m}"
                self._logged[month][month_id(record.posting, month)] |= 1 << record.date.day - 1
                continue
            for month in self._touched(record):
                self._records[type(record), month][record.id] = record

    def _touched(self, record: Record) -> tuple[str, ...]:
        if isinstance(record, LeaveSlip):
            self._months[record.id] = _between(record.period)
            return self._months[record.id]
        if isinstance(record, Opinion | Filing | Call):
            return self._months.get(record.slip, (_WITHOUT,))
        if isinstance(record, Decision):
            return self._months.get(record.subject, (_WITHOUT,))
        if isinstance(record, RoundTrip):
            return _between(record.period)
        if isinstance(record, Attendance):
            return (record.month,)
        return (f"{record.held:%Y-%m}",) if isinstance(record, Meeting) and record.held else (_WITHOUT,)

    def _rows(self, cls: type[R], months: Collection[str]) -> tuple[R, ...]:
        records = {key: record for month in months for key, record in self._records[cls, month].items()}
        return tuple(record for _, record in sorted(records.items()))  # type: ignore[misc]  # kept by its class

    def facts(self, desk: Desk, month: date, today: date) -> Facts:
        """Return what the office would know on a day about a month: all that decides how it counts."""
        scene = (month, today, self._taken)
        if self._last is None or self._last[0] != scene:
            self._last = scene, self._facts(desk, month, today)  # a month is reported on and closed on one day
        return self._last[1]

    def _facts(self, desk: Desk, month: date, today: date) -> Facts:
        beside = [f"{one:%Y-%m}" for one in (month - timedelta(days=1), month, following(month))]
        values = {name: self._rows(cls, (_WITHOUT,)) for name, cls in _TIMELESS.items()}
        values |= {name: self._rows(cls, (_WITHOUT, *beside)) for name, cls in _DATED.items()}
        facts = Facts(
            today=today,
            scope=desk.scope,
            counties=tuple(one for one in desk.store.rows(County) if one.code.startswith(desk.scope)),
            duty_evidence=DutyEvidence(
                meetings=self._rows(Meeting, beside), problems=self._rows(MeetingProblem, (_WITHOUT,))
            ),
            journals=Journals({key: bits for one in beside for key, bits in self._logged[one].items()}),
            calendar=calendars.calendar(desk),
            **values,  # type: ignore[arg-type]  # each field with the records of its kind
        )
        return ordered(facts)


def _between(period: str) -> tuple[str, ...]:
    """Return the months a stored period touches."""
    read = parse_stored(period)
    if read is None:
        return (_WITHOUT,)
    months = [read.first.replace(day=1)]
    while following(months[-1]) <= read.last:
        months.append(following(months[-1]))
    return tuple(f"{month:%Y-%m}" for month in months)
