"""A practice office from an empty folder to a year of entries; a real office is never touched."""

from collections.abc import Iterable
from datetime import date, datetime, time
from itertools import groupby
from pathlib import Path

from tuopin_desktop.demo import (
    appraisals,
    attendance,
    cases,
    conclusions,
    duties,
    journals,
    rights,
    slips,
    spotchecks,
)
from tuopin_desktop.demo.roster import Entry, Roster, changed
from tuopin_desktop.domain.ahead import days
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.machine.files import trouble
from tuopin_desktop.machine.lock import FolderLock
from tuopin_desktop.services.judging import sealing
from tuopin_desktop.services.office import offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store import memo
from tuopin_desktop.store.store import DATABASE

CLERK = "赵甲一"
SECRETARY = "钱乙一"
_PHONE = "10000010000"
_OPENED = datetime(2018, 5, 31, 9)


def clear(folder: Path) -> None:
    """Take an earlier practice office out of a folder; raises Trouble when a real one is there."""
    if not offices.is_office(folder):
        return
    must_be_practice(folder)
    lock = FolderLock(folder)
    try:
        for path in sorted(folder.glob(DATABASE + "*")):
            path.unlink()
        memo.forget(folder / DATABASE)
    except OSError as error:
        raise trouble(error, folder, "清除旧的演示数据") from error
    finally:
        lock.release()


def must_be_practice(folder: Path) -> None:
    """Raise Trouble when the folder holds an office that is not for practice."""
    if not offices.is_office(folder):
        return
    desk = offices.open_desk(folder)
    practice = desk.practice
    desk.close()
    if not practice:
        raise Trouble(f"“{folder}”中是正式数据，演示不会改动它。请换一个文件夹。")


def build(folder: Path, *, level: str, county: str = "", now: datetime) -> Desk:
    """Return the opened practice office with its people, cases and a year of slips; its clock stands at `now`."""
    clear(folder)
    clock = FixedClock(_OPENED)
    offices.create(folder, level=level, county=county, clerk=CLERK, practice=True, clock=clock)
    desk = offices.open_desk(folder, clock)
    try:
        _introduce(desk)
        roster = Roster(desk.scope, desk.policy)
        cases.seed(roster)
        of_leave = list(slips.entries(roster, desk.policy))
        pairs = [*of_leave, *spotchecks.entries(roster), *appraisals.entries(roster), *duties.entries(roster, of_leave)]
        pairs += rights.entries(roster)
        entries = list(attendance.entries(roster, of_leave))
        pairs += [*entries, *journals.entries(roster, of_leave, entries)]
        _enter(desk, clock, [*roster.entries, *pairs])
        conclusions.draw(desk, clock)
    except BaseException:
        desk.close()
        raise
    clock.moment = now
    desk.take_changes()
    return desk


def _introduce(desk: Desk) -> None:
    office = changed(desk.office, phone=_PHONE, secretary=SECRETARY if desk.level.value == "county" else "")
    desk.commit([Change("office", office.id, scalars(office))])


def _enter(desk: Desk, clock: FixedClock, entries: Iterable[Entry]) -> None:
    """Commit the entries month by month, each at the end of its month, so that the log reads like a year of work."""
    ordered = sorted(entries, key=lambda entry: entry[0])
    for _, of_month in groupby(ordered, key=lambda entry: (entry[0].year, entry[0].month)):
        batch = list(of_month)
        clock.moment = datetime.combine(_over(batch), time(17))
        desk.commit(sealing.sealed(desk, [Change(record.kind.name, record.id, scalars(record)) for _, record in batch]))


def _over(batch: list[Entry]) -> date:
    """Return the day on which everything in a batch has happened: a note is seen on paper some days after its week."""
    last = batch[-1][0]
    later = [days(one.kind.name, one.id, scalars(one), last.isoformat()) for _, one in batch]
    return max([last, *(date.fromisoformat(day) for some in later for _, day in some)])
