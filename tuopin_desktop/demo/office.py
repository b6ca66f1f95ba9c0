"""A practice office from an empty folder to a year of entries; a real office is never touched."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta
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
from tuopin_desktop.demo.standing import Standing
from tuopin_desktop.demo.term import YEAR, Term
from tuopin_desktop.domain.ahead import days
from tuopin_desktop.domain.attendance.months import following
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.ids import REGION
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.machine.files import trouble
from tuopin_desktop.machine.lock import FolderLock
from tuopin_desktop.services.judging import sealing
from tuopin_desktop.services.office import offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store import memo
from tuopin_desktop.store.memo import MEMO
from tuopin_desktop.store.store import DATABASE

CLERK = "赵甲一"
SECRETARY = "钱乙一"
_PHONE = "10000010000"
_OPENED = datetime(2018, 5, 31, 9)
_CLOSING_DAY = 18
"""When a month is closed: its travellers are back and their fares are paid by then."""


def clear(folder: Path) -> None:
    """Take an earlier practice office out of a folder; raises Trouble when a real one is there."""
    if not offices.is_office(folder):
        memo.forget(folder / DATABASE)
        return
    must_be_practice(folder)
    lock = FolderLock(folder)
    try:
        for name in (DATABASE, MEMO):
            for path in sorted(folder.glob(f"{name}*")):
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


def build(
    folder: Path,
    *,
    level: str,
    county: str = "",
    now: datetime,
    term: Term = YEAR,
    counties: Collection[str] = (),
    by_package: Collection[str] = (),
) -> Desk:
    """Return the opened practice office with its people, cases and a term of entries; its clock stands at `now`.

    With `counties` an office above them has these teams alone; those `by_package` close their months themselves.
    """
    clear(folder)
    clock = FixedClock(_OPENED)
    offices.create(folder, level=level, county=county, clerk=CLERK, practice=True, clock=clock)
    desk = offices.open_desk(folder, clock)
    try:
        _introduce(desk)
        roster = Roster(desk.scope, desk.policy, term, counties)
        cases.seed(roster)
        entries = sorted(_entries(roster, desk), key=lambda entry: entry[0])
        if term.whole:
            _live(desk, clock, entries, roster, by_package)
        else:
            conclusions.draw(desk, clock, _enter(desk, clock, entries), term)
    except BaseException:
        desk.close()
        raise
    clock.moment = now
    desk.take_changes()
    return desk


def _introduce(desk: Desk) -> None:
    office = changed(desk.office, phone=_PHONE, secretary=SECRETARY if desk.level.value == "county" else "")
    desk.commit([Change("office", office.id, scalars(office))])


def _entries(roster: Roster, desk: Desk) -> list[Entry]:
    of_leave = list(slips.entries(roster, desk.policy))
    entries = [*roster.entries, *of_leave, *spotchecks.entries(roster), *appraisals.entries(roster)]
    entries += duties.entries(roster, of_leave)
    entries += rights.entries(roster)
    months = list(attendance.entries(roster, of_leave))
    return [*entries, *months, *journals.entries(roster, of_leave, months)]


def _enter(desk: Desk, clock: FixedClock, entries: Iterable[Entry]) -> Standing:
    """Commit the entries month by month, each at the end of its month, so that the log reads like a year of work."""
    standing = Standing()
    for _, of_month in groupby(entries, key=lambda entry: (entry[0].year, entry[0].month)):
        batch = list(of_month)
        changes = _changes(batch)
        clock.moment = datetime.combine(_over(batch[-1][0], changes), time(17))
        _commit(desk, changes, standing)
        standing.take(batch)
    return standing


def _live(desk: Desk, clock: FixedClock, entries: Iterable[Entry], roster: Roster, by_package: Collection[str]) -> None:
    """Commit the entries as a term of work: reports with the figures of their month, months closed when they are over.

    Each batch goes to the day on which the month before is closed.
    """
    standing = Standing()
    for month, of_month in groupby(entries, key=lambda entry: (entry[0] - timedelta(days=_CLOSING_DAY)).replace(day=1)):
        batch = list(of_month)
        changes, day = _changes(batch), following(month).replace(day=_CLOSING_DAY)
        running = day > roster.term.morning
        standing.take(batch)
        over = _over(batch[-1][0], changes)
        clock.moment = datetime.combine(over if running else max(day, over), time(17))
        _commit(desk, changes, standing)
        if running:
            continue
        clock.moment = datetime.combine(day, time(18))
        conclusions.close(desk, month, [one for one in roster.counties if one not in by_package], standing)
        if month == conclusions.LOOKED_INTO and desk.scope == REGION:
            conclusions.look_into(desk, clock)
            conclusions.settle(desk, clock)


def _changes(batch: Iterable[Entry]) -> list[Change]:
    return [Change(record.kind.name, record.id, scalars(record)) for _, record in batch]


def _commit(desk: Desk, changes: Sequence[Change], standing: Standing) -> None:
    desk.commit(sealing.sealed(desk, changes, lambda month: standing.facts(desk, month, desk.today())))


def _over(last: date, changes: Iterable[Change]) -> date:
    """Return the day on which everything in a batch has happened: a note is seen on paper some days after its week."""
    later = (pair[1] for one in changes for pair in days(one.kind, one.id, one.set, last.isoformat()))
    return max([last, *map(date.fromisoformat, later)])
