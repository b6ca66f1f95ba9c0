"""What this page asks of the desk; every function here runs in the worker thread."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec

from tuopin_desktop.domain.display import FieldBox, Sheet
from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.domain.halves import parse_stored
from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.domain.records.choices import ENDED
from tuopin_desktop.services import files, leave, registers, roster
from tuopin_desktop.services.desk import Desk

UNSAVED = "未保存"


class SlipRow(msgspec.Struct, frozen=True):
    """A slip and how it stands today."""

    slip: LeaveSlip
    state: str


class Composed(msgspec.Struct, frozen=True):
    """A slip as it would lie on paper, with what keeps it from being saved and what the rules would say."""

    slip: LeaveSlip
    form: str
    boxes: tuple[FieldBox, ...]
    sheet: Sheet
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]


class Printable(msgspec.Struct, frozen=True):
    """Sheets ready for the printer, and the words every practice print carries."""

    sheets: tuple[Sheet, ...]
    mark: str


def state_of(slip: LeaveSlip, today: date) -> str:
    """Return how a leave stands on a day: before, away, back, or not reported back (Art. 10)."""
    if slip.ended:
        return ENDED.word(slip.ended)
    period = parse_stored(slip.period)
    if period is None:
        return "时间不明"
    if slip.return_note.strip() or slip.reported:
        return "已销假"
    if today < period.first:
        return "待外出"
    return "外出中" if today <= period.last else "未销假"


def listed(desk: Desk, text: str, state: str) -> list[SlipRow]:
    """Return slips by name, pinyin, initials, number, place or reason, newest first."""
    names = {item.person.name for item in roster.people(desk, text)} if text else set()
    found = []
    for slip in leave.slips(desk):
        row = SlipRow(slip, state_of(slip, desk.today()))
        words = (slip.number, slip.name, slip.place, slip.reason)
        if text and slip.name not in names and not any(text in word for word in words):
            continue
        if not state or row.state == state:
            found.append(row)
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
    """Return a kept slip, laid out."""
    slip = registers.get(desk, "leave_slip", slip_id)
    assert isinstance(slip, LeaveSlip)
    return compose(desk, slip)


def kept(desk: Desk, slip: LeaveSlip) -> Composed:
    """Save a slip and lay it out as stored; raises Refused."""
    return compose(desk, leave.save(desk, slip))


def removed(desk: Desk, slip_id: str) -> None:
    """Take a slip off the register; its number is not used again, the log keeps it."""
    registers.delete(desk, "leave_slip", slip_id)


def printable(desk: Desk, slip_ids: Sequence[str]) -> Printable:
    """Return the sheets of kept slips."""
    slips = [registers.get(desk, "leave_slip", slip_id) for slip_id in slip_ids]
    return Printable(tuple(leave.sheet(desk, slip) for slip in slips if isinstance(slip, LeaveSlip)), desk.mark)


def save_pdf(desk: Desk, slip_ids: Sequence[str], path: Path) -> Path:
    """Write one PDF with a page per slip."""
    return files.write(desk, path, leave.pdf(desk, slip_ids))


def save_blank(desk: Desk, number: int, path: Path) -> Path:
    """Write the empty Attachment 1 or 2."""
    return files.write(desk, path, leave.blank(desk, number))


def font_files(desk: Desk) -> dict[str, Path]:
    """Return the files of the paper's fonts; the packed one is unpacked on first use."""
    return desk.book().files()
