"""What the dialogs of a month ask of the desk; every function here runs in the worker thread."""

from datetime import date
from pathlib import Path

import msgspec

from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.services.attendance import closechanges, closing, keyback, monthbooks, outlooks
from tuopin_desktop.services.attendance.closing import HistoryEntry, Preview
from tuopin_desktop.services.attendance.keyback import KeybackOutcome, KeyedLine
from tuopin_desktop.services.office import books, files
from tuopin_desktop.services.office.desk import Desk


class MonthState(msgspec.Struct, frozen=True):
    """A month as it stands: what closing it would freeze or what it was closed with, and its history."""

    preview: Preview
    history: tuple[HistoryEntry, ...]
    earlier: int = 0
    """The number of the closing before the one that stands; 0 where there is none."""


class Pages(msgspec.Struct, frozen=True):
    """Pages ready to be shown and printed: what they are called, and the words every practice print carries."""

    title: str
    sheets: tuple[Sheet, ...]
    mark: str
    fonts: dict[str, Path]


def standing(desk: Desk, month: str, county: str) -> MonthState:
    """Return how a team's month stands."""
    preview = closing.preview(desk, month, county)
    edition = (preview.team.close.edition or 0) if preview.team.close else 0
    earlier = edition - 1 if preview.team.is_closed else edition
    return MonthState(preview, tuple(closing.history(desk, month, county)), max(0, earlier))


def book(desk: Desk, month: str, county: str, *, blank: bool, edition: int | None = None) -> Pages:
    """Return the pages of a month's book, or of an earlier closing's by its number."""
    month_book = monthbooks.month_book(desk, month, county, blank=blank, edition=edition)
    return Pages(month_book.title, tuple(monthbooks.sheets(desk, month_book)), desk.mark, desk.fonts().files())


def write_book(desk: Desk, month: str, county: str, path: Path, *, blank: bool, edition: int | None = None) -> Path:
    """Write a month's book as what the file's name says: .xlsx a workbook, else a PDF."""
    month_book = monthbooks.month_book(desk, month, county, blank=blank, edition=edition)
    if path.suffix.lower() == ".xlsx":
        return files.write(desk, path, monthbooks.xlsx(desk, month_book, month, county, edition=edition))
    return files.write(desk, path, monthbooks.pdf(desk, month_book))


def changes(desk: Desk, month: str, county: str) -> Pages:
    """Return the pages of what was written about a closed month since."""
    made = closechanges.listed(desk, month, county)
    return Pages(made.title, tuple(books.sheets(desk, made)), desk.mark, desk.fonts().files())


def write_changes(desk: Desk, month: str, county: str, path: Path) -> Path:
    """Write that list as what the file's name says."""
    made = closechanges.listed(desk, month, county)
    if path.suffix.lower() == ".xlsx":
        return files.write(desk, path, books.xlsx(desk, made))
    return files.write(desk, path, books.pdf(desk, made))


def outlook(desk: Desk, county: str) -> Pages:
    """Return the pages of what the running month still asks of a team, or of every team."""
    made = outlooks.outlooks(desk, county)
    return Pages(made.title, tuple(books.sheets(desk, made)), desk.mark, desk.fonts().files())


def write_outlook(desk: Desk, county: str, path: Path) -> Path:
    """Write that list as what the file's name says."""
    return books.write(desk, path, outlooks.outlooks(desk, county))


def close(desk: Desk, month: str, county: str, gaps: int | None, note: str) -> str:
    """Close a month; return what to say."""
    closing.close(desk, month, county, gaps=gaps, note=note)
    return f"{_words(month)}考勤已结账，{len(closing.days(desk, month, county))}人的数字已冻结"


def reopen(desk: Desk, month: str, county: str, reason: str) -> str:
    """Reopen a month; return what to say."""
    closing.reopen(desk, month, reason, county)
    return f"{_words(month)}考勤已重新打开，可以修改；改完请再次结账"


def _words(month: str) -> str:
    return f"{month[:4]}年{int(month[5:])}月"


def correct(desk: Desk, posting: str, day: date, after: str, reason: str, paper: str) -> Pages:
    """Correct a day; return the slip to be printed."""
    correction = closing.correct(desk, posting, day, after, reason, paper=paper)
    sheets = tuple(monthbooks.correction_sheets(desk, correction))
    return Pages(f"考勤更正单 {correction.number}", sheets, desk.mark, desk.fonts().files())


def write_slip(desk: Desk, number: str, county: str, path: Path) -> Path:
    """Write the slip of a correction as a PDF."""
    corrections = [one for one in closing.corrections(desk, county=county) if one.number == number]
    return files.write(desk, path, monthbooks.correction_pdf(desk, corrections))


def key_line(desk: Desk, month: str, county: str, line: KeyedLine) -> KeybackOutcome:
    """Save one keyed line if it agrees with its paper."""
    return keyback.save(desk, month, [line], county)
