"""A paper as pages: by the service that prints its kind of paper, else every value of its records in a plain list.

Nothing is noted here: whoever hands the pages out notes one disclosure for all of them (`office/disclosures.py`).
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TypeVar

from tuopin_desktop.documents import table
from tuopin_desktop.domain.archives.months import months_of
from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import (
    ArchiveItem,
    Attachment,
    Correction,
    DailyLog,
    Dispatch,
    Draw,
    LeaveSlip,
    Measure,
    Replacement,
    Snapshot,
    WeeklyNote,
)
from tuopin_desktop.services.appraisal import routine
from tuopin_desktop.services.appraisal.year import compute
from tuopin_desktop.services.archives import plainlists
from tuopin_desktop.services.archives.gathering import Group
from tuopin_desktop.services.attendance import monthbooks
from tuopin_desktop.services.duties import rollcalls
from tuopin_desktop.services.journals import papers as journals
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.office import attachments, books, papers
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.recall import letters
from tuopin_desktop.services.reporting import circular, reports
from tuopin_desktop.services.spotchecks import checksheets

R = TypeVar("R", bound=Record)


def sheets_of(desk: Desk, item: ArchiveItem, group: Group) -> list[Sheet]:
    """Return the pages of a paper as it would be printed today."""
    maker = _MAKERS.get(item.paper)
    if maker is not None:
        try:
            if pages := list(maker(desk, group)):
                return pages
        except Refused:
            return _plain(desk, item, group)  # something for the form is lacking: the values are filed
    return _plain(desk, item, group)


def _plain(desk: Desk, item: ArchiveItem, group: Group) -> list[Sheet]:
    return list(table.sheets(plainlists.listed(desk, item, group), desk.fonts()))


def count(desk: Desk, item: ArchiveItem, group: Group) -> int:
    """Return how many pages a paper has: of its scan where that says which are its own, else as it is printed."""
    scans = [one for one in group.parts if isinstance(one, Attachment)]
    own = sum(len(attachments.pages_of(one)) for one in scans)
    return own or len(sheets_of(desk, item, group))


def _slips(desk: Desk, group: Group) -> Iterator[Sheet]:
    for slip in _of(group, LeaveSlip):
        yield leave.sheet(desk, slip)


def _month_book(desk: Desk, group: Group) -> Iterator[Sheet]:
    for month in months_of(group.subject.rest):
        yield from monthbooks.sheets(desk, monthbooks.month_book(desk, month, group.subject.owner))
    for correction in _of(group, Correction):
        yield from monthbooks.correction_sheets(desk, correction)


def _daily_log(desk: Desk, group: Group) -> Iterator[Sheet]:
    posting = next((one.posting for one in _of(group, DailyLog)), "")
    for month in sorted({f"{one.date:%Y-%m}" for one in _of(group, DailyLog) if one.date is not None}):
        yield from books.sheets(desk, journals.month_logs(desk, month, county=group.subject.owner, person=posting))


def _weekly_note(desk: Desk, group: Group) -> Iterator[Sheet]:
    for note in _of(group, WeeklyNote):
        yield from books.sheets(desk, journals.weekly_note(desk, note.week, county=note.county))


def _annual(desk: Desk, group: Group) -> Iterator[Sheet]:
    newest = max(_of(group, Snapshot), key=lambda one: one.id)
    yield from reports.sheets(desk, newest)


def _circular(desk: Desk, group: Group) -> Iterator[Sheet]:
    for one in _of(group, Dispatch):
        yield from papers.sheets(desk, circular.circular(desk, one.subject.partition("/")[2], number=one.number))


def _routine(desk: Desk, group: Group) -> Iterator[Sheet]:
    yield from books.sheets(desk, routine.routine_sheet(desk, compute(desk, group.year or 0)))


def _acknowledgement(desk: Desk, group: Group) -> Iterator[Sheet]:
    yield from books.sheets(desk, rollcalls.sheet(desk, group.subject.owner))


def _draw(desk: Desk, group: Group) -> Iterator[Sheet]:
    for draw in _of(group, Draw):
        yield from table.sheets(checksheets.protocol(desk, draw.id), desk.fonts())


def _recall(desk: Desk, group: Group) -> Iterator[Sheet]:
    for measure in _of(group, Measure):
        yield from papers.sheets(desk, letters.of_measure(desk, measure.case, measure.measure))


def _replacement(desk: Desk, group: Group) -> Iterator[Sheet]:
    for one in _of(group, Replacement):
        yield from papers.sheets(desk, letters.application(desk, one.id))


def _of(group: Group, cls: type[R]) -> list[R]:
    """Return the records of one kind that a paper holds, by their ids."""
    return sorted((one for one in group.every if isinstance(one, cls)), key=lambda one: one.id)


_MAKERS: Mapping[str, Callable[[Desk, Group], Iterator[Sheet]]] = MappingProxyType(
    {
        "slip": _slips,
        "month_book": _month_book,
        "daily_log": _daily_log,
        "weekly_note": _weekly_note,
        "annual_report": _annual,
        "circular": _circular,
        "routine_mark": _routine,
        "acknowledgement": _acknowledgement,
        "check_draw": _draw,
        "recall": _recall,
        "replacement": _replacement,
    }
)
"""Kinds of paper that a service prints as they were issued."""
