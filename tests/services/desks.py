"""Opened offices with a few people, for the services' tests."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from tuopin_desktop.domain.change import Change, difference
from tuopin_desktop.domain.journals.entries import log_id
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import DailyLog, Person, Posting
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services import offices, registers
from tuopin_desktop.services.desk import Desk

MORNING = datetime(2018, 6, 4, 9, 0)


def open_office(folder: Path, *, level: str = "county", county: str = "150426", **said: Any) -> Desk:
    """Set up an office on 2018-06-04 and open it."""
    clock = FixedClock(MORNING)
    offices.create(folder, level=level, county=county if level != "region" else "", clock=clock, **said)
    return offices.open_desk(folder, clock)


def enter(desk: Desk, name: str, position: str = "member", county: str = "150426", **said: Any) -> Posting:
    """Enter a person with a posting since 2018-06-01 and return the posting."""
    of_posting = ("since", "until", "local_post", "source_level", "pack")
    about_posting = {key: said.pop(key) for key in of_posting if key in said}
    person = Person(id=registers.new_id(desk, county), name=name, **{"birth": "1975-03", "rank": "division", **said})
    registers.save(desk, person)
    posting = Posting(
        id=registers.new_id(desk, county),
        person=person.id,
        county=county,
        position=position,
        **{"since": date(2018, 6, 1), **about_posting},
    )
    saved = registers.save(desk, posting)
    assert isinstance(saved, Posting)
    return saved


def write_logs(desk: Desk, posting: Posting, days: Iterable[date], text: str = "走访农牧户") -> None:
    """Write a daily log for each of the days, straight into the store."""
    logs = [DailyLog(id=log_id(posting.id, day), posting=posting.id, date=day, text=text) for day in days]
    desk.commit(Change("daily_log", log.id, difference({}, scalars(log))) for log in logs)


def changed(record: Any, **said: Any) -> Any:
    """Return the record with other values."""
    return msgspec.structs.replace(record, **said)
