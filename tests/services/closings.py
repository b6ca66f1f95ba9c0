"""Months keyed for the tests of closing: everybody present on every day, with exceptions by day."""

import calendar
from datetime import date
from typing import Any

from tests.services.desks import over, write_logs
from tuopin_desktop.domain.records import Attendance, Posting
from tuopin_desktop.domain.records.attendance import DAYS
from tuopin_desktop.machine.clock import DatedClock
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.offices import open_desk
from tuopin_desktop.services.registers import registers


def at(desk: Desk, day: str) -> Desk:
    """Close the desk and open its office on another day."""
    desk.close()
    return open_desk(desk.folder, DatedClock(date.fromisoformat(day)))


def key(desk: Desk, posting: Posting, month: str, day: str = "vw/vw", **other: str) -> Attendance:
    """Key a whole month with one mark, single days otherwise; an empty mark leaves a day open; all days have logs."""
    year, number = (int(part) for part in month.split("-"))
    length = calendar.monthrange(year, number)[1]
    marks: dict[str, Any] = {**dict.fromkeys(DAYS[:length], day), **other}
    record = Attendance(id=f"{posting.id}/{month}", posting=posting.id, month=month, **marks)
    with over(desk, date(year, number, length)):
        saved = registers.save(desk, record)
    assert isinstance(saved, Attendance)
    write_logs(desk, posting, [date(year, number, place) for place in range(1, length + 1)])
    return saved
