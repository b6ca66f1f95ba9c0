"""What the tab 移交 shows and takes out: the years that can go, what went, and the form of one to print."""

from pathlib import Path

import msgspec

from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.domain.records import ArchiveHandover
from tuopin_desktop.services.archives import handing, mediumcheck, registration
from tuopin_desktop.services.archives import items as filed
from tuopin_desktop.services.archives.mediumcheck import Report
from tuopin_desktop.services.office import files, handed
from tuopin_desktop.services.office.desk import Desk


class Overview(msgspec.Struct, frozen=True):
    """The years with items that have a number, those of them the archives have, and the hand-overs, newest first."""

    years: tuple[int, ...]
    received: frozenset[int]
    handovers: tuple[ArchiveHandover, ...]


class FormPages(msgspec.Struct, frozen=True):
    """A registration form as pages, its mark, and the letters it needs."""

    title: str
    sheets: tuple[Sheet, ...]
    mark: str
    fonts: dict[str, Path]


def overview(desk: Desk) -> Overview:
    """Return what the tab shows."""
    years = sorted({item.year for item in filed.items(desk) if item.year})
    return Overview(tuple(years), handed.years(desk), tuple(handing.listed(desk)))


def form_pages(desk: Desk, which: str) -> FormPages:
    """Return the form of a hand-over to be printed and signed; raises Refused."""
    one = handing.called(desk, which)
    return FormPages(registration.TITLE, (registration.sheet(desk, one),), desk.mark, desk.fonts().files())


def write_form(desk: Desk, which: str, path: Path) -> Path:
    """Write the form as a PDF; raises Refused, Trouble."""
    return files.write(desk, path, registration.pdf(desk, handing.called(desk, which)))


def check(desk: Desk, folder: Path, progress: handing.Progress) -> Report:
    """Look through a medium; raises Trouble."""
    del desk  # asked of the folder, not of the office
    return mediumcheck.check(folder, progress)
