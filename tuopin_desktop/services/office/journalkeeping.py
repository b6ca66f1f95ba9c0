"""Under which id a log, note or item is kept, what keeps it from being saved, and which there are."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

import msgspec

from tuopin_desktop.domain.journals import entries
from tuopin_desktop.domain.journals.logdays import Journals
from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import Attendance, DailyLog, LedgerItem, Posting, WeeklyNote
from tuopin_desktop.services.office.desk import Desk

R = TypeVar("R", bound=Record)


def note_settled(desk: Desk, note: WeeklyNote) -> WeeklyNote:
    """Return a note in its week, under its natural id."""
    return settled(desk, entries.note_settled(note))


def item_settled(_: Desk, item: LedgerItem) -> LedgerItem:
    """Return an item in its week; it has no natural id."""
    return entries.item_settled(item)


def settled(desk: Desk, record: R) -> R:
    """Return a log or note under its natural id; one that is stored already keeps the id it has."""
    target = entries.natural_id(record)
    if not target or target == record.id or desk.store.get(type(record), record.id) is not None:
        return record
    return msgspec.structs.replace(record, id=target)


def note_problems(desk: Desk, note: WeeklyNote) -> list[Problem]:
    """Return what keeps a note from being saved, beyond its fields."""
    return entries.note_problems(note_settled(desk, note))


def item_problems(desk: Desk, item: LedgerItem) -> list[Problem]:
    """Return what keeps an item from being saved, beyond its fields."""
    return entries.item_problems(item_settled(desk, item))


def log_problems(desk: Desk, log: DailyLog) -> list[Problem]:
    """Return what keeps a log from being saved, beyond its fields; its posting says for which days it may be."""
    posting = desk.store.get(Posting, log.posting) if log.posting else None
    return entries.log_problems(settled(desk, log), posting)


def under(scope: str) -> tuple[str, str]:
    """Return the range of the ids of an office and those below it."""
    return scope, scope + "\U0010ffff"


def gather(desk: Desk, ranges: Iterable[tuple[str, str]], log_days: Mapping[str, int] | None = None) -> Journals:
    """Return what judging needs of the logs and notes whose ids lie in the ranges (first, behind the last).

    Who has read the `log_days` already gives them: they are a pass over every log.
    """
    days: dict[str, int] = dict(log_days or {})
    notes: dict[str, date | None] = {}
    for one in ranges:
        days |= logged(desk, one) if log_days is None else {}
        notes |= noted(desk, one)
    return Journals(days, notes)


def logged(desk: Desk, between: tuple[str, str]) -> dict[str, int]:
    """Return the days with a log as bits, by posting and month (the id of its attendance); no text is read."""
    return desk.store.days_kept(DailyLog, between)


def logged_in(desk: Desk, months: Iterable[Attendance]) -> dict[str, int]:
    """Return the same for some months of attendance: one month of many people, or many months of few."""
    attendances = list(months)
    names = {record.month for record in attendances}
    if len(names) == 1:
        return desk.store.days_kept(DailyLog, under(desk.scope), names.pop())
    counts: dict[str, int] = {}
    for posting in {record.posting for record in attendances}:
        counts |= logged(desk, under(f"{posting}/"))
    return counts


def noted(desk: Desk, between: tuple[str, str]) -> dict[str, date | None]:
    """Return the weekly notes that are written or were seen on paper, by id, with the day of signature or of seeing."""
    rows = desk.store.look(WeeklyNote, ("text", "signed", "paper_seen"), between=between)
    days = {str(note): signed or countersigned for note, text, signed, countersigned in rows if text or countersigned}
    return {note: date.fromisoformat(day) if day else None for note, day in days.items()}
