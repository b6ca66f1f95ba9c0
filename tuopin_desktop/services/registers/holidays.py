"""Changing the holiday table: a day in or out of a year that counts already makes a new edition of that year."""

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import CalendarDay, CalendarYear
from tuopin_desktop.services.office import calendars
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers


def keep(desk: Desk, day: CalendarDay) -> CalendarDay:
    """Save a day. Raises Refused, and then nothing is written.

    Where the year counts already, a region-wide day needs the notice that changes it; a notice other than the one
    the year stands on makes the next edition. Months that are closed keep the days they were closed with.
    """
    settled = registers.settled(desk, day)
    changed = not registers.check(desk, settled) and registers.change_of(desk, settled) is not None
    registers.save_all(desk, [settled, *(_edition(desk, settled, settled.notice) if changed else [])])
    return settled


def remove(desk: Desk, day_id: str, notice: str = "") -> None:
    """Take an entered day out; a day that ships with the program then stands again as it ships. Raises Refused."""
    day = registers.get(desk, CalendarDay, day_id)
    gone = msgspec.structs.replace(day, deleted=True)
    registers.change_of(desk, gone)  # who may not is refused before anybody asks for a notice
    registers.save_all(desk, [gone, *_edition(desk, gone, notice)])


def keep_year(desk: Desk, year: CalendarYear) -> CalendarYear:
    """Save a year's notice; a county is refused, and a tick that the table does not bear out. Raises Refused."""
    return registers.save(desk, year)


def year_record(desk: Desk, year: int) -> CalendarYear:
    """Return a year's notice as the region office keeps it, or a blank one for that year."""
    record_id = f"{ids.REGION}/{year}"
    calendar_year = desk.store.get(CalendarYear, record_id)
    return (
        calendar_year
        if calendar_year is not None and not calendar_year.deleted
        else CalendarYear(id=record_id, year=year)
    )


def _edition(desk: Desk, day: CalendarDay, notice: str) -> list[Record]:
    """Return the year's record in its next edition, or nothing where this change makes none."""
    if day.date is None or ids.owner(day.id) != ids.REGION:
        return []
    year = day.date.year
    if year not in calendars.calendar(desk).years:
        return []  # the year is still being entered
    calendar_year = year_record(desk, year)
    if not notice.strip():
        raise refuse("calendar.edition", f"{year}年放假安排已在使用，改动请填写调整通知的文号", "notice")
    if calendar_year.notice == notice.strip():
        return []
    return [msgspec.structs.replace(calendar_year, notice=notice.strip(), edition=(calendar_year.edition or 1) + 1)]
