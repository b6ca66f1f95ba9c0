"""What this page asks of the desk; every function here runs in the worker thread."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec

from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.domain.records import Check, Draw
from tuopin_desktop.domain.spotchecks.expected import ExpectedPosition
from tuopin_desktop.services.evidence import evidence
from tuopin_desktop.services.office import files
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.spotchecks import checksheets, draws, spotchecks


class DrawRow(msgspec.Struct, frozen=True):
    """A draw as a list shows it: who was drawn, in words."""

    draw: Draw
    names: tuple[str, ...]
    candidates: int


class Whole(msgspec.Struct, frozen=True):
    """Everything the page shows."""

    checks: tuple[spotchecks.SpotCheckRow, ...]
    teams: tuple[spotchecks.Coverage, ...]
    draws: tuple[DrawRow, ...]
    evidence: tuple[evidence.ContradictionRow, ...]


class TeamDay(msgspec.Struct, frozen=True):
    """A team on the day of a check: unsaved checks, and beside each the name and where the person should be."""

    county: str
    day: date
    drafts: tuple[Check, ...]
    names: tuple[str, ...]
    expected: tuple[ExpectedPosition | None, ...]


class Printable(msgspec.Struct, frozen=True):
    """Pages and the mark of a practice office."""

    sheets: tuple[Sheet, ...]
    mark: str


def whole(desk: Desk) -> Whole:
    """Return everything the page shows."""
    return Whole(
        checks=tuple(spotchecks.rows(desk)),
        teams=tuple(spotchecks.coverage(desk)),
        draws=tuple(_drawn(desk, item) for item in draws.draws_of(desk)),
        evidence=tuple(evidence.from_shelves(desk)),
    )


def _drawn(desk: Desk, draw: Draw) -> DrawRow:
    ids = draw.result.split("\n")
    called = draws.names(desk, ids)
    return DrawRow(draw, tuple(called[name] for name in ids), draw.inputs.count("\n") + 1)


def draw(desk: Desk, of: str, count: int, *, seed: str, county: str, witness: str) -> DrawRow:
    """Draw and keep it."""
    return _drawn(desk, draws.draw(desk, of, count, seed=seed, county=county, witness=witness))


def team_day(desk: Desk, county: str, day: date, draw_id: str = "") -> TeamDay:
    """Return a team as it should be on a day, with a check to fill in for everybody."""
    there = spotchecks.expectations(desk, county, day)
    return TeamDay(
        county=county,
        day=day,
        drafts=tuple(spotchecks.drafts(desk, county, day, draw_id)),
        names=(*(name for _, name, _ in there), "全队"),
        expected=(*(one for _, _, one in there), None),
    )


def sheets(desk: Desk, counties: Sequence[str], day: date, draw_id: str) -> Printable:
    """Return check sheets for the printer."""
    return Printable(tuple(checksheets.sheets(desk, counties, day, draw_id)), desk.mark)


def save_sheets(desk: Desk, counties: Sequence[str], day: date, draw_id: str, path: Path) -> Path:
    """Write check sheets as a PDF."""
    return files.write(desk, path, checksheets.pdf(desk, counties, day, draw_id))


def save_protocol(desk: Desk, draw_id: str, path: Path) -> Path:
    """Write the protocol of a draw as a PDF."""
    return files.write(desk, path, checksheets.protocol_pdf(desk, draw_id))


def font_files(desk: Desk) -> dict[str, Path]:
    """Return the files of the paper's fonts."""
    return desk.fonts().files()
