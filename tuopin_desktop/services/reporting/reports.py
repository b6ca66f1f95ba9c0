"""The annual report as files: editable, for print, and its annexes - each from the snapshot alone."""

from pathlib import Path

from tuopin_desktop.documents import official
from tuopin_desktop.documents import pdf as pdfs
from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.domain.records import Snapshot
from tuopin_desktop.services.office import files
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.reporting import annual
from tuopin_desktop.services.reporting.snapshots import opened


def docx(desk: Desk, snapshot: Snapshot) -> bytes:
    """Return the editable report; the mark is that of the day it was frozen."""
    return official.docx(annual.letter(snapshot), desk.fonts(), mark=opened(snapshot).mark)


def sheets(desk: Desk, snapshot: Snapshot) -> tuple[Sheet, ...]:
    """Return the report as pages."""
    return official.sheets(annual.letter(snapshot), desk.fonts())


def pdf(desk: Desk, snapshot: Snapshot) -> bytes:
    """Return the report for print."""
    pages = sheets(desk, snapshot)
    return pdfs.render(pages, desk.fonts(), title=name_of(snapshot), mark=opened(snapshot).mark)


def xlsx(desk: Desk, snapshot: Snapshot) -> bytes:
    """Return the workbook of annexes."""
    del desk
    return annual.xlsx(snapshot)


MAKERS = {".docx": docx, ".pdf": pdf, ".xlsx": xlsx}


def name_of(snapshot: Snapshot) -> str:
    """Return the files' name without its ending."""
    return f"{snapshot.year}年度工作报告"


def write(desk: Desk, snapshot: Snapshot, folder: Path) -> list[Path]:
    """Write the three files into a folder and return their paths; raises Trouble."""
    return [
        files.write(desk, folder / f"{name_of(snapshot)}{ending}", make(desk, snapshot))
        for ending, make in MAKERS.items()
    ]
