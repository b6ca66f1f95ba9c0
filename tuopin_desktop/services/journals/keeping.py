"""Under which id a log, note or item is kept, and what keeps it from being saved."""

import msgspec

from tuopin_desktop.domain.journals import entries
from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import DailyLog, Posting
from tuopin_desktop.services.desk import Desk


def settled(desk: Desk, record: Record) -> Record:
    """Return a log or note under its natural id; one that is kept already keeps its id and is told so."""
    record = entries.settled(record)
    wanted = entries.natural_id(record)
    if not wanted or wanted == record.id or desk.store.get(type(record), record.id) is not None:
        return record
    return msgspec.structs.replace(record, id=wanted)


def problems(desk: Desk, record: Record) -> list[Problem]:
    """Return what keeps a log, note or item from being saved, beyond its fields; nothing for other kinds."""
    posting = desk.store.get(Posting, record.posting) if isinstance(record, DailyLog) and record.posting else None
    return entries.problems_of(settled(desk, record), posting)
