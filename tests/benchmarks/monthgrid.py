"""How far a region's month is from bare SQL over the same half-days, and a key's repaint from an empty table's."""

import os
import statistics
import tempfile
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path

from tests.benchmarks._figure import Figure
from tests.benchmarks.attendance import floor, timed
from tuopin_desktop.demo import office
from tuopin_desktop.domain import ids
from tuopin_desktop.services.attendance import keep, month
from tuopin_desktop.services.attendance.keep import Edit
from tuopin_desktop.services.office.desk import Desk

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtGui import QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView

from tuopin_desktop.ui import theme
from tuopin_desktop.ui.pages.attendance.page import AttendancePage
from tuopin_desktop.ui.plumbing.office import office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner

PEOPLE, MEMBERS, MONTH = 285, 5, "2019-05"
ROUNDS = 25
FRAME_MS = 16.0
FIGURES = {
    "open a month, 285 x 31": Figure("one joined SELECT of its half-days", 2.0),
    "key and repaint, of a frame": Figure("a frame of 16 ms", 1.0),
    "key and repaint": Figure("repainting an empty table"),
}

_CELLS = """
SELECT half.posting, person.name, posting.position, half.day, half.half, half.place, half.reason
FROM half JOIN posting ON posting.id = half.posting JOIN person ON person.id = posting.person
WHERE half.day BETWEEN '2019-05-01' AND '2019-05-31' ORDER BY half.posting, half.day, half.half
"""


def opening(desk: Desk, folder: Path) -> tuple[str, float, str]:
    """Read a month with a year's slips behind it as the page does, against one joined SELECT of its half-days."""
    with closing(floor(folder, PEOPLE)) as bare:
        bare.execute_sql("CREATE TABLE person(id TEXT PRIMARY KEY, name TEXT)")
        bare.execute_sql("CREATE TABLE posting(id TEXT PRIMARY KEY, person TEXT, position TEXT)")
        bare.execute_sql("INSERT INTO posting SELECT DISTINCT posting, 'p' || posting, 'member' FROM half")
        bare.execute_sql("INSERT INTO person SELECT person, '人' || person FROM posting")
        rounds = [
            (timed(lambda: month.read(desk, MONTH)), timed(lambda: bare.execute_sql(_CELLS).fetchall()))
            for _ in range(ROUNDS)
        ]
    ours, least = (statistics.median(one[side] for one in rounds) * 1000 for side in (0, 1))
    ratio = statistics.median(one[0] / one[1] for one in rounds)
    assert len(month.read(desk, MONTH).rows) == PEOPLE
    return "open a month, 285 x 31", ratio, f"read, lay slips over and count {ours:.1f} ms CPU, SQL {least:.1f} ms"


def keystrokes(desk: Desk) -> list[tuple[str, float, str]]:
    """Press a key in a county's month and paint what follows; beside it an empty table of the same size.

    Above the county the month is only looked at.
    """
    app = QApplication([])
    theme.apply(app, bundled_only=True)
    page, empty = AttendancePage(ImmediateRunner(desk), office_of(desk)), QTableView()
    model = QStandardItemModel(MEMBERS, 31)
    empty.setModel(model)
    for widget in (page, empty):
        widget.resize(1310, 728)
        widget.show()
    app.processEvents()
    page.open_month(MONTH, "")
    assert page.model.rowCount() == MEMBERS
    flags = QItemSelectionModel.SelectionFlag.ClearAndSelect

    def key(place: int) -> None:
        page.grid.selectionModel().setCurrentIndex(page.model.index(2, place % 30), flags)
        QTest.keyClicks(page.grid, "v" if place % 2 else "q")
        page.grid.viewport().grab()  # a hidden platform paints nothing by itself

    for place in range(10):
        key(place)
    ours = statistics.median(timed(partial(key, place)) for place in range(ROUNDS)) * 1000
    least = statistics.median(timed(empty.viewport().grab) for _ in range(ROUNDS)) * 1000
    page.save()
    for widget in (page, empty):
        widget.hide()
    detail = f"key, count, whole viewport painted {ours:.1f} ms CPU; an empty table alone {least:.1f} ms"
    return [("key and repaint, of a frame", ours / FRAME_MS, detail), ("key and repaint", ours / least, detail)]


def rows() -> list[tuple[str, float, str]]:
    """(name, ratio, detail); medians of interleaved rounds."""
    morning = datetime(2019, 6, 3, 9)
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(office.build(Path(folder) / "office", level="region", now=morning)) as desk,
        closing(office.build(Path(folder) / "county", level="county", county="150426", now=morning)) as county,
    ):
        for row in month.read(desk, MONTH).rows:
            edits = zip(range(1, 32), row.days, strict=True)
            keep.keep(
                desk, [Edit(row.posting.id, MONTH, day, was, "vw/vw") for day, was in edits], ids.county(row.posting.id)
            )
        return [opening(desk, Path(folder)), *keystrokes(county)]
