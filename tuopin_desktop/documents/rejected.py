"""Bad rows of a sheet, handed back as a workbook for correction, each with what is wrong with it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from tuopin_desktop.documents.sheetlook import Cell, Heading, Mark, Paper, heading_of, safe
from tuopin_desktop.domain.columns import all_columns
from tuopin_desktop.domain.intake import Cell as JudgedCell
from tuopin_desktop.domain.intake import Intake, SheetRow, Status, recognised
from tuopin_desktop.domain.record import Form

_COMMENTED = 2000
"""Bad rows whose cells carry a comment; more would make the file slow to open, and the last column says it too."""

_PROBLEM, _NUMBER = "问题", "原表行号"


def rejects(intake: Intake, *, title: str, office: str, created: datetime) -> bytes:
    """Return the rows in error as they were handed in, with what is wrong; importable again once corrected.

    The original headings stand over the original cells; required columns the sheet lacked are added at the end.
    """
    return of_tables({title: intake}, title=title, office=office, created=created)


def of_tables(intakes: Mapping[str, Intake], *, title: str, office: str, created: datetime) -> bytes:
    """Return the rows in error of several tables, each on a sheet of its name, as `rejects` does for one."""
    bad = {name: [row for row in one.rows if row.status is Status.ERROR] for name, one in intakes.items()}
    most = max((len(rows) for rows in bad.values()), default=0)
    paper: Paper | None = None
    for name, rows in bad.items():
        if not rows and len(bad) > 1 and any(bad.values()):
            continue  # a table without errors gets no sheet
        paper = Paper(name, created=created, rows=most) if paper is None else paper.beside(name)
        _lay(paper, intakes[name], rows, title, office)
    if paper is None:
        raise ValueError("a workbook needs at least one sheet")
    return paper.bytes()


def _lay(paper: Paper, intake: Intake, bad: Sequence[SheetRow], title: str, office: str) -> None:
    places = sorted(set(intake.header.headings) | set(intake.header.columns))
    names = list(dict.fromkeys(cell.column.key for row in bad for cell in row.cells if cell.place < 0))
    headings = [_original(intake, place) for place in places] + [_lacking(intake, key) for key in names]
    index_of = {place: index for index, place in enumerate(places)}
    headings += [Heading(_PROBLEM, 48, Form.LONG, required=True), Heading(_NUMBER, 10, Form.INTEGER)]
    table = [_as_handed_in(row, places, len(names)) for row in bad]
    paper.lay(headings, table, frozen=0)
    paper.head(title, office, None)
    paper.headings(headings)
    for count, (row, cells) in enumerate(zip(bad, table, strict=True)):
        cell_by_number = {
            index_of[cell.place] if cell.place >= 0 else len(places) + names.index(cell.column.key): cell
            for cell in row.cells
            if cell.status >= Status.WARNING
        }
        if count < _COMMENTED:
            for place, cell in cell_by_number.items():
                paper.sheet.write_comment(paper.row, place, safe(cell.message), {"author": "", "x_scale": 1.6})
        paper.body(cells, headings, {place: _mark(cell) for place, cell in cell_by_number.items()})
    paper.page()


def _mark(cell: JudgedCell) -> Mark:
    return "red" if cell.status is Status.ERROR else "amber"


def _lacking(intake: Intake, key: str) -> Heading:
    return next(heading_of(column) for column in all_columns(intake.header.kind) if column.key == key)


def _original(intake: Intake, place: int) -> Heading:
    """Return the heading as it stood, or the label where the words alone would not be understood again."""
    column = intake.header.columns.get(place)
    text = intake.header.headings.get(place, "")
    if column is None:
        return Heading(text)
    own = heading_of(column)
    understood = recognised(intake.header.kind, text) == column
    return Heading(text if understood else column.heading, own.width, own.form)


def _as_handed_in(row: SheetRow, places: Sequence[int], count: int) -> list[Cell]:
    cells = [_raw(row.raw[place]) if place < len(row.raw) else None for place in places]
    return [*cells, *([None] * count), "\n".join(row.problems), row.number]


def _raw(cell: object) -> Cell:
    if isinstance(cell, time | timedelta):
        return str(cell)
    return cell if cell is None or isinstance(cell, str | int | float | date) else str(cell)
