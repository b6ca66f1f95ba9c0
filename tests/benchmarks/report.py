"""How far reports are from the floor: workbooks bare with XlsxWriter, the same pages bare with reportlab.

Of the annual report, and of the 285 files of the comprehensive appraisal that `appraisal file` writes.
"""

import statistics
import tempfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

import xlsxwriter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from tests.benchmarks._figure import Figure
from tests.benchmarks.slips import timed
from tuopin_desktop.demo import office
from tuopin_desktop.documents import official, pdf
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.domain.display import MM, Box, Line, Sheet, Text
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.appraisal import dossier
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.reporting import annexes, annual, figures, snapshots

ROUNDS = 7
NOW = datetime(2020, 1, 6, 9)
FILE_ROUNDS = 3  # a round writes 285 files on both sides
FIGURES = {
    "report, workbook": Figure("the same cells by bare XlsxWriter", 3.0),
    "report, pages": Figure("the same pages by bare reportlab", 2.0),
    "files, 285 people": Figure("the same pages by bare reportlab", 2.5),
}
"""Ours also chooses widths and heights, prints titles, notes and page set-up, and breaks and measures every line; the
285 files also read the records, judge everybody by every rule and count every year's points."""


def bare_workbook(frozen: snapshots.SnapshotContent) -> bytes:
    """The same cells on the same sheets, unstyled."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheets = {"指标": [[one.label, frozen.figures[one.key], one.unit, one.source] for one in figures.COUNTED]}
    kept = (table for table in annexes.TABLES if table.key in frozen.tables)
    sheets |= {table.title: [list(row) for row in frozen.tables[table.key]] for table in kept}
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, place, cell)
                elif cell is not None:
                    sheet.write_number(number, place, cell)
    book.close()
    return out.getvalue()


def bare_pages(sheets: Sequence[Sheet], names: dict[str, str]) -> bytes:
    """The same ink, everything measured and broken already."""
    out = BytesIO()
    canvas = Canvas(out, pageCompression=1, invariant=1, initialFontName=next(iter(names.values())))
    for sheet in sheets:
        height = sheet.height
        for op in sheet.ops:
            if isinstance(op, Line):
                canvas.setLineWidth(op.width)
                canvas.line(op.x0 * MM, (height - op.y0) * MM, op.x1 * MM, (height - op.y1) * MM)
            elif isinstance(op, Box):
                canvas.rect(op.x * MM, (height - op.y - op.height) * MM, op.width * MM, op.height * MM, fill=1)
            else:
                canvas.setFont(names[op.font], op.size)
                canvas.drawString(op.x * MM, (height - op.y) * MM, op.text, charSpace=op.spacing)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def fonts_of(desk: Desk, sheets: Sequence[Sheet]) -> dict[str, str]:
    names = {}
    for key in {op.font for sheet in sheets for op in sheet.ops if isinstance(op, Text)}:
        font = desk.fonts().face(key).font
        pdfmetrics.registerFont(font)
        names[key] = font.fontName
    return names


def captured(write: Callable[[], object]) -> list[Sequence[Sheet]]:
    """The pages of every PDF rendered while `write` runs."""
    found: list[Sequence[Sheet]] = []
    render = pdf.render

    def kept(sheets: Sequence[Sheet], book: FontBook, **said: str) -> bytes:
        found.append(sheets)
        return render(sheets, book, title=said["title"], mark=said.get("mark", ""))

    with patch.object(pdf, "render", kept):
        write()
    return found


def bare_files(files: Sequence[Sequence[Sheet]], names: dict[str, str], folder: Path) -> None:
    """The same ink into as many files, written straight to disk."""
    for place, sheets in enumerate(files):
        (folder / f"{place}.pdf").write_bytes(bare_pages(sheets, names))


def filed(desk: Desk, folder: Path) -> tuple[str, float, str]:
    """The files of everybody against the same pages bare."""
    files = captured(lambda: dossier.write_all(desk, folder / "ours"))
    names = fonts_of(desk, [page for sheets in files for page in sheets])
    bare = folder / "bare"
    bare.mkdir()
    rounds = [
        (timed(lambda: dossier.write_all(desk, folder / "ours")), timed(lambda: bare_files(files, names, bare)))
        for _ in range(FILE_ROUNDS)
    ]
    mine, least = (statistics.median(one[place] for one in rounds) for place in (0, 1))
    detail = f"{len(files)} files, {sum(map(len, files))} pages, {mine:.1f} s CPU, floor {least:.1f} s"
    return "files, 285 people", statistics.median(one[0] / one[1] for one in rounds), detail


def rows() -> list[tuple[str, float, str]]:
    """(name, ratio to the floor, detail) over the practice region: 57 teams, 285 people."""
    with tempfile.TemporaryDirectory() as folder:
        desk = office.build(Path(folder) / "office", level="region", now=NOW)
        try:
            desk.clock = FixedClock(NOW)
            taken = snapshots.take(desk, date(2019, 1, 1).year)
            frozen, book = snapshots.opened(taken), desk.fonts()

            def pages() -> list[Sheet]:
                return list(official.sheets(annual.letter(taken), book))

            made = pages()
            names = fonts_of(desk, made)
            whole = timed(lambda: snapshots.measured(desk, 2019))
            pairs = {
                "report, workbook": (lambda: annual.xlsx(taken), lambda: bare_workbook(frozen)),
                "report, pages": (
                    lambda: pdf.render(pages(), book, title="报告"),
                    lambda: bare_pages(made, names),
                ),
            }
            found = []
            for name, (ours, floor) in pairs.items():
                ours(), floor()
                rounds = [(timed(ours), timed(floor)) for _ in range(ROUNDS)]
                mine, least = (statistics.median(one[place] for one in rounds) * 1000 for place in (0, 1))
                ratio = statistics.median(one[0] / one[1] for one in rounds)
                detail = f"{len(made)} pages" if name.endswith("pages") else f"{len(frozen.tables) + 1} sheets"
                detail += f", {mine:.0f} ms CPU, floor {least:.0f} ms; all figures of the year {whole:.1f} s CPU"
                found.append((name, ratio, detail))
            return [*found, filed(desk, Path(folder))]
        finally:
            desk.close()
