"""What a kind of record has of its own beyond its fields, by kind: what a new one begins with, how one is settled
before it is stored, and what keeps it from being saved.

What every kind can declare in its `Kind` (`about`, `key`) is in `belonging`; here stands what needs the office.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import (
    Attendance,
    CalendarDay,
    CalendarYear,
    DailyLog,
    LedgerItem,
    Lending,
    PersonalHandover,
    Posting,
    WeeklyNote,
)
from tuopin_desktop.services.office import calendars, closedmonths, dayorder, journalkeeping, packs
from tuopin_desktop.services.office.desk import Desk

R = TypeVar("R", bound=Record)


def _nothing_preset(_: Desk) -> dict[str, Any]:
    return {}


def _as_it_is(_: Desk, record: R) -> R:
    return record


class OwnRules(NamedTuple):
    """The rules of one kind; each function gets records of that kind alone."""

    problems: Callable[[Desk, Any], list[Problem]]
    settled: Callable[[Desk, Any], Any] = _as_it_is
    preset: Callable[[Desk], dict[str, Any]] = _nothing_preset


OWN: Mapping[type[Record], OwnRules] = {
    Posting: OwnRules(packs.problems, preset=packs.preset),
    Attendance: OwnRules(lambda desk, month: closedmonths.problems(desk.store, month)),
    CalendarDay: OwnRules(calendars.day_problems, calendars.day_settled),
    CalendarYear: OwnRules(calendars.year_problems, calendars.settled),
    DailyLog: OwnRules(journalkeeping.log_problems, journalkeeping.settled),
    WeeklyNote: OwnRules(journalkeeping.note_problems, journalkeeping.note_settled),
    Lending: OwnRules(dayorder.lending),
    PersonalHandover: OwnRules(dayorder.handover),
    LedgerItem: OwnRules(journalkeeping.item_problems, journalkeeping.item_settled),
}


def problems(desk: Desk, record: Record) -> list[Problem]:
    """Return what keeps a record from being saved by the rules of its kind."""
    own = OWN.get(type(record))
    return own.problems(desk, record) if own else []


def settled(desk: Desk, record: R) -> R:
    """Return a record as its kind is stored: under its natural id, and with what is not said filled in."""
    own = OWN.get(type(record))
    if own is None:
        return record
    stored: R = own.settled(desk, record)  # the kind's own function keeps the kind
    return stored


def preset(desk: Desk, cls: type[Record]) -> dict[str, Any]:
    """Return what a new record of a kind begins with."""
    own = OWN.get(cls)
    return own.preset(desk) if own else {}
