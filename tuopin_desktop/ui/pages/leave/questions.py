"""What this page asks of the desk; every function here runs in the worker thread."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import msgspec

from tuopin_desktop.domain.display import FieldBox, Sheet
from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.domain.leave.story import Event, Story
from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.services import files, leave, leavedesk, registers, roster
from tuopin_desktop.services.desk import Desk

UNSAVED = "未保存"
FILTERS = {"away": "外出未归", "due": "待销假", "paper": "待签字", "open": "有未办事项", "closed": "已办结"}


class SlipRow(msgspec.Struct, frozen=True):
    """A slip, how it stands today in a word, and what is still owed."""

    slip: LeaveSlip
    state: str
    owed: tuple[str, ...] = ()
    out: bool = False
    due: bool = False


class Told(msgspec.Struct, frozen=True):
    """What happened to a kept slip and what is still owed."""

    state: str
    owed: tuple[str, ...]
    events: tuple[Event, ...]


class Composed(msgspec.Struct, frozen=True):
    """A slip as it would lie on paper, with what keeps it from being saved and what the rules would say.

    `told` is given for a kept slip that was just opened or saved.
    """

    slip: LeaveSlip
    form: str
    boxes: tuple[FieldBox, ...]
    sheet: Sheet
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]
    told: Told | None = None


class Printable(msgspec.Struct, frozen=True):
    """Sheets ready for the printer, the slips they are of, and the words every practice print carries."""

    ids: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    mark: str


_FITS: dict[str, Callable[[Story], bool]] = {
    "away": lambda told: told.journey.trip.out,
    "due": leavedesk.outstanding,
    "paper": leavedesk.unsigned,
    "open": lambda told: not told.closed,
    "closed": lambda told: told.closed,
}


def listed(desk: Desk, text: str, wanted: str) -> list[SlipRow]:
    """Return slips by name, pinyin, initials, number, place or reason, newest first; `wanted` is one of FILTERS."""
    names = {item.person.name for item in roster.people(desk, text)} if text else set()
    found = []
    for told in leavedesk.stories(desk):
        slip = told.slip
        words = (slip.number, slip.name, slip.place, slip.reason)
        if text and slip.name not in names and not any(text in word for word in words):
            continue
        if not wanted or _FITS[wanted](told):
            found.append(SlipRow(slip, told.words, told.owed, told.journey.trip.out, leavedesk.outstanding(told)))
    return found


def compose(desk: Desk, slip: LeaveSlip) -> Composed:
    """Lay a slip out and judge it; nothing is written."""
    settled = leave.settle(desk, slip)
    boxes = tuple(leave.boxes(desk, settled.form or "member"))
    sheet = leave.sheet(desk, settled)
    problems = tuple(leave.problems(desk, slip))
    return Composed(slip, settled.form, boxes, sheet, problems, tuple(leave.warnings(desk, slip)))


def drafted(desk: Desk, posting_id: str, day: date | None = None) -> Composed:
    """Return a new slip for a posting, laid out."""
    return compose(desk, leave.draft(desk, posting_id, day or desk.today()))


def opened(desk: Desk, slip_id: str) -> Composed:
    """Return a kept slip, laid out, with its story."""
    slip = registers.get(desk, "leave_slip", slip_id)
    assert isinstance(slip, LeaveSlip)
    story, events = leavedesk.story(desk, slip_id)
    return msgspec.structs.replace(compose(desk, slip), told=Told(story.words, story.owed, tuple(events)))


def kept(desk: Desk, slip: LeaveSlip) -> Composed:
    """Save a slip and lay it out as stored; raises Refused."""
    return opened(desk, leave.save(desk, slip).id)


def printable(desk: Desk, slip_ids: Sequence[str]) -> Printable:
    """Return the sheets of kept slips."""
    slips = [registers.get(desk, "leave_slip", slip_id) for slip_id in slip_ids]
    sheets = tuple(leave.sheet(desk, slip) for slip in slips if isinstance(slip, LeaveSlip))
    return Printable(tuple(slip_ids), sheets, desk.mark)


def save_pdf(desk: Desk, slip_ids: Sequence[str], path: Path) -> Path:
    """Write one PDF with a page per slip."""
    return files.write(desk, path, leave.pdf(desk, slip_ids))


def save_blank(desk: Desk, number: int, path: Path) -> Path:
    """Write the empty Attachment 1 or 2."""
    return files.write(desk, path, leave.blank(desk, number))


def font_files(desk: Desk) -> dict[str, Path]:
    """Return the files of the paper's fonts; the packed one is unpacked on first use."""
    return desk.book().files()
