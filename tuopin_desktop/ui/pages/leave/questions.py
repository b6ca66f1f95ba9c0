"""What this page asks of the desk; every function here runs in the worker thread."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec

from tuopin_desktop.domain.display import FieldBox, Sheet
from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.domain.leave.sofar import SoFar
from tuopin_desktop.domain.leave.watch import OUT, brief, on_list, watches
from tuopin_desktop.domain.leave.watchlists import Watch
from tuopin_desktop.domain.policy import pack_of
from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.services.judging import terms
from tuopin_desktop.services.leave import leave, leavedesk
from tuopin_desktop.services.leave.narrowing import Narrowing, fits
from tuopin_desktop.services.office import files, frozen
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.people import roster
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.shelves import merge
from tuopin_desktop.ui.pages.leave.steps import SlipState, standing

UNSAVED = "未保存"
EVERYTHING = Narrowing()


class SlipRow(msgspec.Struct, frozen=True):
    """A slip as it stands today: in a word, what is owed in short and in full, its lists, when he is expected."""

    slip: LeaveSlip
    state: str
    brief: str = ""
    owed: tuple[str, ...] = ()
    lists: tuple[Watch, ...] = ()
    until: date | None = None


class Listing(msgspec.Struct, frozen=True):
    """The slips a search found, and how many of them are on each list."""

    rows: tuple[SlipRow, ...]
    counts: dict[str, int]


class SlipPreview(msgspec.Struct, frozen=True):
    """A slip as it would lie on paper, with what keeps it from being saved and what the rules would say.

    `so_far` says what the leave comes to beside the year's other leave.
    `proposed` is the class of leave its reason sounds like, while none is chosen.
    `stored_slip` is the slip as stored and `standing` its steps, given for a kept slip that was just opened or saved.
    """

    slip: LeaveSlip
    form: str
    boxes: tuple[FieldBox, ...]
    sheet: Sheet
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]
    stored_slip: LeaveSlip | None = None
    standing: SlipState | None = None
    proposed: str = ""
    so_far: SoFar | None = None


class Printable(msgspec.Struct, frozen=True):
    """Sheets ready for the printer, the slips they are of, and the words every practice print carries."""

    ids: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    mark: str


def listed(desk: Desk, text: str, target: str, narrowing: Narrowing = EVERYTHING) -> Listing:
    """Return slips by name, pinyin, initials, number, place or reason, newest first.

    `target` names a list (`on_list`) or none, `narrowing` what an office above the county looks at alone.
    """
    names = {item.person.name for item in roster.people(desk, text)} if text else set()
    pairs, out, today, ended = [], 0, desk.today(), terms.ended(desk)
    for story in merge.stories(desk):
        slip = story.slip
        if not fits(story, narrowing, desk.policy.id, today):
            continue
        if text and slip.name not in names and not any(text in word for word in _searched(slip)):
            continue
        until = story.journey.until[0] if story.journey.until and story.journey.trip.out else None
        over = pack_of(slip) in ended  # what was open then stands on the checklist of the closing, on no list of today
        lists = () if over else watches(story)
        row = SlipRow(slip, story.state_words, brief(story, today), story.owed, lists, until)
        pairs.append((row, not target or (not over and on_list(story, target))))
        out += not over and on_list(story, OUT)
    counts = {item.name: sum(item in row.lists for row, _ in pairs) for item in Watch}
    return Listing(tuple(row for row, fit in pairs if fit), {"": len(pairs), OUT: out, **counts})


def _searched(slip: LeaveSlip) -> tuple[str, ...]:
    return (slip.number, slip.name, slip.place, slip.reason)


def compose(desk: Desk, slip: LeaveSlip) -> SlipPreview:
    """Lay a slip out and judge it; nothing is written."""
    return _composed(desk, leave.prepare(desk, slip), slip)


def _composed(desk: Desk, prepared: leave.PreparedSlip, slip: LeaveSlip) -> SlipPreview:
    form = prepared.slip.form
    boxes = leave.boxes(desk, form or "member")
    findings, so_far = leave.outcome(desk, prepared)
    code = leave.proposed_class(desk, slip)
    return SlipPreview(
        slip, form, boxes, prepared.sheet, prepared.problems, tuple(findings), proposed=code, so_far=so_far
    )


def drafted(desk: Desk, posting_id: str, day: date | None = None) -> SlipPreview:
    """Return a new slip for a posting, laid out."""
    return compose(desk, leave.draft(desk, posting_id, day or desk.today()))


def opened(desk: Desk, slip_id: str, day: date | None = None) -> SlipPreview:
    """Return a kept slip, laid out, with its steps; `day` is the date typed last."""
    slip = registers.get(desk, LeaveSlip, slip_id)
    prepared = leave.prepare(desk, slip)
    steps = standing(desk, slip, day, prepared.near)
    return msgspec.structs.replace(_composed(desk, prepared, slip), stored_slip=slip, standing=steps)


def resumed(desk: Desk, slip: LeaveSlip) -> SlipPreview:
    """Return a slip whose typing was interrupted, laid out; beside it the kept one, if it was ever saved."""
    leave_slip = desk.store.get(LeaveSlip, slip.id)
    if leave_slip is None:
        return compose(desk, slip)
    signed = {name: getattr(leave_slip, name) for name in frozen.read_only(desk.store, leave_slip)}
    composed = compose(desk, msgspec.structs.replace(slip, **signed))  # it may have been signed meanwhile
    return msgspec.structs.replace(composed, stored_slip=leave_slip, standing=standing(desk, leave_slip))


def saved_slip(desk: Desk, slip: LeaveSlip) -> SlipPreview:
    """Save a slip and lay it out as stored; raises Refused."""
    return opened(desk, leave.save(desk, slip).id)


def printable(desk: Desk, slip_ids: Sequence[str]) -> Printable:
    """Return the sheets of kept slips."""
    slips = [registers.get(desk, "leave_slip", slip_id) for slip_id in slip_ids]
    sheets = tuple(leave.sheet(desk, slip) for slip in slips if isinstance(slip, LeaveSlip))
    return Printable(tuple(slip_ids), sheets, desk.mark)


def save_pdf(desk: Desk, slip_ids: Sequence[str], path: Path) -> Path:
    """Write one PDF with a page per slip; whoever has it has the paper, so it counts as printed."""
    files.write(desk, path, leave.pdf(desk, slip_ids))
    leavedesk.printed(desk, list(slip_ids))
    return path


def save_blank(desk: Desk, number: int, path: Path) -> Path:
    """Write the empty Attachment 1 or 2."""
    return files.write(desk, path, leave.blank(desk, number))


def font_files(desk: Desk) -> dict[str, Path]:
    """Return the files of the paper's fonts; the packed one is unpacked on first use."""
    return desk.fonts().files()
