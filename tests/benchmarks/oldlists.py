"""How far comparing an old catalogue of 10,000 rows is from reading its file: the clerk waits for both."""

import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import xlsxwriter

from tests.benchmarks._figure import Figure
from tests.benchmarks.slips import timed
from tuopin_desktop.documents import grids
from tuopin_desktop.domain.archives import comparing, oldcatalogues
from tuopin_desktop.domain.records import ArchiveItem

ROUNDS = 3
MANY = 10_000
FIGURES = {"old catalogue, 10,000 rows": Figure("reading the workbook alone", 12.0)}
"""Mapping its heads, reading its days, and matching every row once."""


def _papers() -> list[tuple[str, date]]:
    return [(f"{'甲乙丙丁'[n % 4]}某{n % 97}请假", date(2018, 1, 1) + timedelta(days=n % 900)) for n in range(MANY)]


def _workbook(path: Path) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("目录")
    sheet.write_row(0, 0, ("序号", "档号", "文号", "题名", "日期"))
    for n, (name, day) in enumerate(_papers(), 1):
        sheet.write_row(n, 0, (n, f"Z109-{n}", "", f"{name}条", f"{day:%Y%m%d}"))
    book.close()
    return path


def rows() -> Iterator[tuple[str, float, str]]:
    """Yield the one measurement."""
    items = [
        ArchiveItem(id=f"150426/slip/{n}", year=day.year, number=n, name=f"{name}报备单", dated=day)
        for n, (name, day) in enumerate(_papers())
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = _workbook(Path(folder) / "old.xlsx")

        def whole() -> None:
            (grid,) = grids.read_book(path).grids
            head = oldcatalogues.head_of(grid.rows, {})
            assert head is not None
            entries = list(oldcatalogues.entries("", grid.rows, head))
            result = comparing.compare(entries, items)
            assert len(result.both) + len(result.there) == MANY

        ours = median(timed(whole) for _ in range(ROUNDS))
        bare = median(timed(lambda: grids.read_book(path)) for _ in range(ROUNDS))
    yield "old catalogue, 10,000 rows", ours / bare, f"{ours:.2f} s against {bare:.2f} s"
