"""What this page asks of the desk; every function here runs in the worker thread."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.duties.duty import Duty
from tuopin_desktop.domain.findings import article_words
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import KINDS, Attachment, Meeting, TeamReport
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.duties import (
    convening,
    coverletters,
    drafts,
    dutycards,
    radar,
    rollcalls,
    signinsheets,
    supportlists,
)
from tuopin_desktop.services.duties.radar import HeatMap
from tuopin_desktop.services.judging import sealing
from tuopin_desktop.services.office import books, papers
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import recordfiles, registerlists, registers
from tuopin_desktop.services.reporting import unitletters


class Year(msgspec.Struct, frozen=True):
    """The duties of a year, what presses today, and the map over counties; `ended` says that no term runs."""

    year: int
    duties: tuple[Duty, ...]
    due: tuple[Duty, ...]
    map: HeatMap
    ended: bool = False


class DutyRecord(msgspec.Struct, frozen=True):
    """A record in its form with the words of what it points to; `whose` says which duty it is for."""

    record: Record
    titles: dict[str, dict[str, str]]
    new: bool
    whose: str = ""
    note: str = ""
    files: tuple[Attachment, ...] = ()


def year(desk: Desk, number: int) -> Year:
    """Fetch the radar."""
    overview = radar.overview(desk, number)
    return Year(overview.map.year, overview.duties, overview.due, overview.map, overview.ended)


def opened(desk: Desk, kind: str, record_id: str) -> DutyRecord:
    """Fetch a record."""
    record = registers.get(desk, kind, record_id)
    if record.kind.restricted:
        desk.require(Act.REVEAL)
    messages = sealing.differences(desk, record) if isinstance(record, TeamReport) else []
    note = "报出后数据有变化：" + "；".join(messages) if messages else ""
    titles = registerlists.titles_for(desk, kind)
    return DutyRecord(record, titles, new=False, note=note, files=files_of(desk, kind, record_id))


def files_of(desk: Desk, kind: str, record_id: str) -> tuple[Attachment, ...]:
    """Return the files of a record."""
    return tuple(recordfiles.of_record(desk, kind, record_id))


def attach(desk: Desk, kind: str, record_id: str, paths: Sequence[Path]) -> tuple[Attachment, ...]:
    """Attach files to a kept record and return all it has."""
    recordfiles.attach(desk, kind, record_id, recordfiles.read(paths))
    return files_of(desk, kind, record_id)


def detach(desk: Desk, kind: str, record_id: str, attachment_id: str) -> tuple[Attachment, ...]:
    """Take a file off a record and return those it still has."""
    recordfiles.detach(desk, attachment_id)
    return files_of(desk, kind, record_id)


def blank(desk: Desk, kind: str) -> DutyRecord:
    """Return a blank record."""
    return DutyRecord(registers.blank(desk, kind), registerlists.titles_for(desk, kind), new=True)


def convening_words(desk: Desk, record: Record) -> str:
    """Return who is away on the day of a meeting that is to come, and which days suit better; "" of anything else."""
    days = convening.of_meeting(desk, record) if isinstance(record, Meeting) else None
    return days.text if days is not None else ""


def for_duty(desk: Desk, duty: Duty) -> DutyRecord | None:
    """Return the record that shows a duty done, or would, filled in; None where another page keeps it."""
    record = radar.record_for(desk, duty)
    if record is None or record.kind.name not in OWN:
        return None
    new = desk.store.get(type(record), record.id) is None
    whose = f"{duty.who} {duty.period}{duty.what}，期限{duty.due}（{article_words(duty.article)}）"
    kind = record.kind.name
    files = () if new else files_of(desk, kind, record.id)
    return DutyRecord(record, registerlists.titles_for(desk, kind), new, whose, files=files)


OWN = frozenset(registerlists.kept_here())
"""The kinds this page keeps."""


def save(desk: Desk, record: Record, paths: Sequence[Path] = ()) -> Record:
    """Save a record with the files that waited for it; raises Refused naming the fields, Trouble for a bad file.

    A report that is sent keeps the figures of this day.
    """
    files = recordfiles.read(paths)
    stored_record = registers.save(desk, record)
    if files:
        recordfiles.attach(desk, stored_record.kind.name, stored_record.id, files)
    return stored_record


def write(desk: Desk, kind: str, text: str, county: str, path: Path, bare: bool = False) -> Path:
    """Write a register as the file's name says: .xlsx a workbook, else a PDF; a `bare` one without personal columns."""
    book = registerlists.printed(desk, kind, text, county)
    return books.write(desk, path, books.bare(book) if bare else book)


def write_draft(desk: Desk, what: str, month: str, path: Path) -> Path:
    """Write a draft of this county's office as an editable file or a PDF."""
    letter = drafts.draft(desk, what, month)
    return papers.write(desk, path, letter)


def write_support(desk: Desk, what: str, month: str, path: Path) -> Path:
    """Write the certificates of a month, or the days without insurance of its year."""
    book = supportlists.gaps(desk, int(month[:4])) if what == "gaps" else supportlists.certificates(desk, month)
    return books.write(desk, path, book)


def write_of_record(desk: Desk, what: str, kind: str, record_id: str, path: Path) -> Path:
    """Write what is printed of one record: the sign-in sheet of a class or meeting, a class's list of certificates."""
    if what == "signin":
        return books.write(desk, path, signinsheets.sign_in(desk, kind, record_id))
    if what == "acknowledge":
        return books.write(desk, path, rollcalls.sheet(desk, ids.owner(record_id)))
    return books.write(desk, path, signinsheets.certificates(desk, record_id))


def write_covers(desk: Desk, year: int, half: str, path: Path) -> Path:
    """Write the letters that go with the half-year reports of this office's team, and the list of envelopes."""
    paths = coverletters.write(desk, path, year, half)
    return paths[0] if len(paths) == 1 else path


def write_cards(desk: Desk, path: Path) -> Path:
    """Write the cards that say what each role has to do."""
    return books.write(desk, path, dutycards.cards(desk))


def write_units(desk: Desk, year: int, half: str, path: Path) -> Path:
    """Write the half-year letters to the sending units with the list of what they owe: a PDF of all, and beside it a
    folder of the same name with each letter for editing; or the list as a workbook.
    """
    return unitletters.write(desk, path, year, half, editable=True)[0]


def write_duties(desk: Desk, number: int, path: Path) -> Path:
    """Write the duties of a year as a list."""
    book = radar.printed(desk, number)
    return books.write(desk, path, book)


def label_of(kind: str) -> str:
    """Return what a register is called."""
    return KINDS[kind].kind.label
