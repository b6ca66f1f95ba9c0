"""A book: typed rows for the screen, and the same rows as lists for paper and workbook."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from math import floor, fsum
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from tuopin_desktop.documents import pdf as pdfs
from tuopin_desktop.documents import report, table
from tuopin_desktop.documents.margin import UNDER_LIST, margin
from tuopin_desktop.documents.report import Note
from tuopin_desktop.documents.sheetlook import Cell, Number, figure
from tuopin_desktop.documents.table import Table
from tuopin_desktop.domain.display import Op, Sheet
from tuopin_desktop.domain.masking import veil_number
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.services.office import disclosures, files, settings
from tuopin_desktop.services.office.desk import Desk

R = TypeVar("R")

Paper = Table | Note


class Book(msgspec.Struct, Generic[R], frozen=True, kw_only=True):
    """One book: a register, a list, a bundle of cards.

    `sheet` is the whole book as one list (screen headings, workbook); `papers` is how it is printed, each on pages of
    its own: the list itself, or one per unit or person. `personal` names the personal data in it, "" for none: then it
    is noted who printed or exported it. `code` stands in the margin of every page, by which its scan finds its record.
    `sheets` are the lists of its workbook by name where it has several.
    """

    title: str
    rows: tuple[R, ...]
    sheet: Table
    papers: tuple[Paper, ...]
    personal: str = ""
    code: str = ""
    sheets: Mapping[str, Table] = {}


def book(rows: Sequence[R], sheet: Table, papers: Sequence[Paper] = (), *, personal: str = "") -> Book[R]:
    """Return a book printed as its list, or as `papers`."""
    printed = tuple(papers) or (sheet,)
    return Book(title=sheet.title, rows=tuple(rows), sheet=sheet, papers=printed, personal=personal)


def totalled(sheet: Table, unit: str, *headings: str) -> Table:
    """Return a list with its last row: how many rows there are, in a unit, and what the named columns come to."""
    if not sheet.rows or sheet.totals:
        return sheet
    cells: list[Cell] = ["合计", f"{len(sheet.rows)}{unit}", *[None] * (len(sheet.columns) - 2)]
    for place, column in enumerate(sheet.columns):
        if column.heading in headings:
            cells[place] = _sum(row[place] for row in sheet.rows)
    return msgspec.structs.replace(sheet, totals=(tuple(cells),))


def _sum(cells: Iterable[Cell]) -> Cell:
    """Return what figures come to, printed with as many places as they are."""
    some = list(cells)
    values = [
        cell.value if isinstance(cell, Number) else cell for cell in some if isinstance(cell, Number | int | float)
    ]
    places = max((len(cell.text.partition(".")[2]) for cell in some if isinstance(cell, Number)), default=0)
    whole = fsum(values)
    return figure(f"{whole:.{places}f}") if places else int(whole) if whole.is_integer() else whole


def bare(volume: Book[R]) -> Book[R]:
    """Return a book for other offices: its lists without the columns of personal data, which it then does not hold.

    Raises Refused where they are no columns of their own: a register about conduct, cards of persons.
    """
    if not volume.personal:
        return volume
    hidden = set(volume.personal.split("、"))
    tables = [paper for paper in volume.papers if isinstance(paper, Table)]
    if len(tables) < len(volume.papers) or not all(hidden & _headings(one) for one in (volume.sheet, *tables)):
        raise refuse("personal", f"{volume.title}整本涉及个人，没有“不含个人信息栏”的一份，不能这样打印或导出")
    return msgspec.structs.replace(
        volume,
        sheet=_without(volume.sheet, hidden),
        papers=tuple(_without(one, hidden) for one in tables),
        sheets={name: _without(one, hidden) for name, one in volume.sheets.items()},
        personal="",
    )


def _headings(sheet: Table) -> set[str]:
    return {column.heading for column in sheet.columns}


def _without(sheet: Table, hidden: Collection[str]) -> Table:
    """Return a list without some columns; those left share their room, so that the list fills its page."""
    places = [place for place, column in enumerate(sheet.columns) if column.heading not in hidden]
    columns = [sheet.columns[place] for place in places]
    share = fsum(one.width for one in sheet.columns) / fsum(one.width for one in columns)

    def cut(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
        return tuple(row[place] for place in places)

    return msgspec.structs.replace(
        sheet,
        columns=tuple(msgspec.structs.replace(one, width=floor(one.width * share * 10) / 10) for one in columns),
        rows=tuple(cut(row) for row in sheet.rows),
        totals=tuple(cut(row) for row in sheet.totals),
    )


def sheets(desk: Desk, volume: Book[R]) -> list[Sheet]:
    """Return the pages of a book, numbered anew for each of its papers."""
    pages = [sheet for paper in volume.papers for sheet in _pages(desk, paper)]
    if not volume.code or not settings.on(desk, settings.MARGIN_CODE):
        return pages
    return [msgspec.structs.replace(page, margin=_margin(desk, volume.code, page)) for page in pages]


def _margin(desk: Desk, code: str, page: Sheet) -> tuple[Op, ...]:
    return margin(code, "签好后扫描，自动归入本条登记", page.height, desk.fonts(), UNDER_LIST)


def _pages(desk: Desk, paper: Paper) -> tuple[Sheet, ...]:
    return table.sheets(paper, desk.fonts()) if isinstance(paper, Table) else report.sheets(paper, desk.fonts())


def pdf(desk: Desk, volume: Book[R]) -> bytes:
    """Return a book ready for printing; practice data carry their mark on every page."""
    note(desk, "print", volume)
    return pdfs.render(sheets(desk, volume), desk.fonts(), title=volume.title, mark=desk.mark)


def xlsx(desk: Desk, volume: Book[R]) -> bytes:
    """Return a book as a workbook, from the very rows that are printed."""
    note(desk, "export", volume)
    if volume.sheets:
        return table.several_xlsx(volume.sheets, created=desk.clock.now(), mark=desk.mark)
    return table.xlsx(volume.sheet, created=desk.clock.now(), mark=desk.mark)


def note(desk: Desk, act: str, volume: Book[R]) -> None:
    """Note who printed or exported a book with personal data in it, if it has any."""
    if volume.personal and volume.rows:
        disclosures.note(desk, act, f"{volume.title}（含{volume.personal}）", len(volume.rows))


def write(desk: Desk, path: Path, volume: Book[R]) -> Path:
    """Write a book as what the file's name says: .xlsx a workbook, else a PDF; raises Trouble."""
    return files.write(desk, path, xlsx(desk, volume) if path.suffix.lower() == ".xlsx" else pdf(desk, volume))


def lines(volume: Book[R]) -> list[str]:
    """Return a book as plain lines, cells parted by tabs, headings first: for the command line, hence masked."""
    sheet = volume.sheet
    hidden = [column.heading in volume.personal.split("、") for column in sheet.columns]
    cells = [_shown(row, hidden) for row in (*sheet.rows, *sheet.totals)]
    return ["\t".join(row) for row in ([column.heading for column in sheet.columns], *cells)]


def _shown(row: Sequence[Cell], hidden: Sequence[bool]) -> list[str]:
    texts = [table.words_of(cell).replace("\n", " ") for cell in row]
    return [veil_number(text) if hide and text else text for text, hide in zip(texts, hidden, strict=True)]
