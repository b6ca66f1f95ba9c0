"""What the page of reports asks in the worker thread: pages to show, files to write, snapshots and differences."""

from pathlib import Path

import msgspec

from tuopin_desktop.documents.official import Letter
from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.records import Snapshot
from tuopin_desktop.services.office import files, papers
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.reporting import chartviews, reports, snapshots
from tuopin_desktop.services.reporting import circular as circulars
from tuopin_desktop.services.reporting import dashboard as dashboards
from tuopin_desktop.services.reporting import differences as compared
from tuopin_desktop.services.reporting.chartviews import ChartView, Someone
from tuopin_desktop.services.reporting.dashboard import Dashboard, Point
from tuopin_desktop.services.reporting.differences import Difference


class DocumentView(msgspec.Struct, frozen=True, kw_only=True):
    """A document to look at: its pages, the practice mark, its fonts, and characters no font has."""

    title: str
    sheets: tuple[Sheet, ...]
    mark: str
    fonts: dict[str, Path]
    missing: str
    notes: tuple[str, ...]
    number: str = ""
    points: tuple[Point, ...] = ()
    charts: tuple[ChartView, ...] = ()
    people: tuple[Someone, ...] = ()


class FrozenRow(msgspec.Struct, frozen=True, kw_only=True):
    """One snapshot in the list."""

    id: str
    year: int
    number: int
    taken: str
    by: str
    check: str


def show_circular(desk: Desk, month: str) -> DocumentView:
    """Return the circular of a month as pages."""
    return _circular(desk, circulars.glance(desk, month))


def paper_circular(desk: Desk, month: str) -> DocumentView:
    """Return the same as of today, to be printed."""
    return _circular(desk, circulars.circular(desk, month))


def number_circular(desk: Desk, month: str) -> DocumentView:
    """Enter the circular in the register of papers sent out and return it with its number."""
    letter = circulars.numbered(desk, month)
    return msgspec.structs.replace(_circular(desk, letter), number=letter.number)


def _circular(desk: Desk, letter: Letter) -> DocumentView:
    return _document(desk, letter.title, papers.sheets(desk, letter), desk.mark)


def show_annual(desk: Desk, snapshot_id: str) -> DocumentView:
    """Return the report of a snapshot as pages."""
    snapshot = _snapshot(desk, snapshot_id)
    return _document(desk, reports.name_of(snapshot), reports.sheets(desk, snapshot), snapshots.opened(snapshot).mark)


def show_charts(desk: Desk, year: int) -> DocumentView:
    """Return the charts of a year as pages, with their figures."""
    return _charts(desk, dashboards.glance(desk, year))


def paper_charts(desk: Desk, year: int) -> DocumentView:
    """Return the same as of today, to be printed."""
    return _charts(desk, dashboards.dashboard(desk, year))


def _charts(desk: Desk, board: Dashboard) -> DocumentView:
    document_view = _document(desk, board.letter.title, papers.sheets(desk, board.letter), desk.mark)
    charts, people = chartviews.views(desk, board), chartviews.everybody(desk)
    return msgspec.structs.replace(document_view, points=board.points, charts=charts, people=people)


def show_person(desk: Desk, posting: str, year: int) -> ChartView:
    """Return a person's year day by day."""
    return chartviews.person_year(desk, posting, year)


def _document(desk: Desk, title: str, sheets: tuple[Sheet, ...], mark: str) -> DocumentView:
    missing = "".join(dict.fromkeys(item.char for sheet in sheets for item in sheet.missing))
    notes = tuple(papers.fonts_told(desk))
    return DocumentView(title=title, sheets=sheets, mark=mark, fonts=desk.fonts().files(), missing=missing, notes=notes)


def frozen(desk: Desk) -> list[FrozenRow]:
    """Return the snapshots, newest first."""
    return [
        FrozenRow(
            id=one.id,
            year=one.year or 0,
            number=int(one.id.rpartition("/")[2]),
            taken=day_words(one.taken) if one.taken else "",
            by=one.taken_by,
            check=snapshots.check_number(one),
        )
        for one in reversed(snapshots.snapshots(desk))
    ]


def freeze(desk: Desk, year: int) -> str:
    """Freeze a year and return the id of its snapshot."""
    return snapshots.take(desk, year).id


def differences(desk: Desk, snapshot_id: str) -> list[Difference]:
    """Return what would be otherwise today."""
    return compared.differences(desk, _snapshot(desk, snapshot_id))


def write_circular(desk: Desk, month: str, path: Path) -> Path:
    """Write a circular as what the file's name says."""
    return papers.write(desk, path, circulars.circular(desk, month))


def write_charts(desk: Desk, year: int, path: Path) -> Path:
    """Write the charts of a year as what the file's name says."""
    return papers.write(desk, path, dashboards.dashboard(desk, year).letter)


def write_annual(desk: Desk, snapshot_id: str, path: Path) -> Path:
    """Write one of a report's files as what its name says."""
    make = reports.MAKERS.get(path.suffix.lower(), reports.pdf)
    return files.write(desk, path, make(desk, _snapshot(desk, snapshot_id)))


def _snapshot(desk: Desk, snapshot_id: str) -> Snapshot:
    return next(one for one in snapshots.snapshots(desk) if one.id == snapshot_id)
