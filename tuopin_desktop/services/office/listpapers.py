"""Any list as it stands on the screen onto paper and into a workbook, where numbers are numbers and dates dates."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from math import floor, fsum
from pathlib import Path

import msgspec

from tuopin_desktop.documents import table
from tuopin_desktop.documents.breaking import measure
from tuopin_desktop.documents.sheetlook import Cell, Number
from tuopin_desktop.documents.table import Align, Table, figure
from tuopin_desktop.domain.daywords import with_spans
from tuopin_desktop.domain.display import MM, Sheet
from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.record import Form
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.office import books
from tuopin_desktop.services.office.books import Book
from tuopin_desktop.services.office.desk import Desk

_SIZE = 10.5
"""pt of the body."""
_PORTRAIT_MM, _LANDSCAPE_MM = 174.0, 273.0
_LEAST_MM, _MOST_MM = 9.0, 90.0
_BESIDE_MM = 3.0
"""What a cell needs beside its words."""
_MEASURED = 400
"""Rows by which the widths are found."""
_DAY = re.compile(r"(\d{4})(?:-|年)(\d{1,2})(?:-|月)(\d{1,2})日?")
_SHORT_DAY = re.compile(r"(?:(\d{2,4})年)?(\d{1,2})[月-](\d{1,2})日?")


class ShownColumn(msgspec.Struct, frozen=True):
    """A column of a list: its heading, and whether its words are figures."""

    heading: str
    figures: bool = False


class ShownCell(msgspec.Struct, frozen=True):
    """A cell of a list: its words, and the value it is sorted by."""

    text: str
    value: object = None


class ShownList(msgspec.Struct, frozen=True):
    """A list as it is shown: `about` is the time or the person it is of, `personal` what is in it in full."""

    name: str
    columns: tuple[ShownColumn, ...]
    rows: tuple[tuple[ShownCell, ...], ...]
    about: str = ""
    personal: str = ""

    @property
    def title(self) -> str:
        """Return what stands above the list, and what its file is called."""
        return f"{self.name}（{self.about}）" if self.about else self.name


class ListPages(msgspec.Struct, frozen=True):
    """A list ready for a printer: its pages, the files of their fonts, the mark of a practice office."""

    title: str
    sheets: tuple[Sheet, ...]
    fonts: dict[str, Path]
    mark: str


def pages(desk: Desk, listing: ShownList) -> ListPages:
    """Return the pages of a list; raises Refused for one without rows. Who printed personal data is noted."""
    volume = _book(desk, listing)
    books.note(desk, "print", volume)
    return ListPages(listing.title, tuple(books.sheets(desk, volume)), desk.fonts().files(), desk.mark)


def write(desk: Desk, listing: ShownList, path: Path) -> Path:
    """Write a list as what the file's name says: .xlsx a workbook, else a PDF; raises Refused or Trouble."""
    return books.write(desk, path, _book(desk, listing))


def cell_of(cell: ShownCell, *, figures: bool) -> Cell:
    """Return a cell as a workbook holds it.

    Words are a date where they are one, or where the value behind them is the day they name; a number where the column
    is one of figures, or the value behind them is that number. All else stays text: the number of a slip is a name.
    """
    day = _whole_day(cell.text) or _short_day(cell)
    if day is not None:
        return day
    number = figure(cell.text)
    counts = isinstance(number, Number) and isinstance(cell.value, int | float) and number.value == cell.value
    return number if figures or counts else cell.text


def _whole_day(text: str) -> date | None:
    match = _DAY.fullmatch(text)
    return _day(*(int(part) for part in match.groups())) if match else None


def _short_day(cell: ShownCell) -> date | None:
    """Return the day behind words that name it without its year: 6月14日."""
    value = cell.value
    if isinstance(value, str):
        value = _whole_day(value[:10]) if len(value) == len("2018-06-05") else None
    if isinstance(value, datetime) or not isinstance(value, date):
        return None
    match = _SHORT_DAY.fullmatch(cell.text)
    return value if match and (value.month, value.day) == (int(match[2]), int(match[3])) else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _book(desk: Desk, listing: ShownList) -> Book[tuple[ShownCell, ...]]:
    desk.require(Act.PRINT)
    if not listing.rows:
        raise refuse("empty", f"“{listing.name}”里现在没有行，没有可打印、导出的")
    widths, landscape = _widths(desk, listing)
    texts = tuple(tuple(with_spans(cell.text) for cell in row) for row in listing.rows)
    pairs = list(zip(listing.columns, widths, strict=True))
    paper = Table(
        title=listing.title,
        columns=tuple(_column(one, width) for one, width in pairs),
        rows=texts,
        notes=(f"{desk.office.name}　{day_words(desk.today())}　共{len(texts)}行",),
        signed=(),
        landscape=landscape,
        size=_SIZE,
    )
    cells = tuple(
        tuple(cell_of(cell, figures=one.figures) for cell, one in zip(row, listing.columns, strict=True))
        for row in listing.rows
    )
    forms = [_form([row[place] for row in cells]) for place in range(len(listing.columns))]
    columns = tuple(_column(one, width, form) for (one, width), form in zip(pairs, forms, strict=True))
    sheet = msgspec.structs.replace(paper, columns=columns, rows=cells)
    return books.book(listing.rows, sheet, [paper], personal=listing.personal)


def _column(one: ShownColumn, width: float, form: Form = Form.LONG) -> table.Column:
    side: Align = "right" if one.figures else "left"
    return table.Column(one.heading, width, side, form)


def _form(cells: Sequence[Cell]) -> Form:
    return Form.DATE if any(isinstance(cell, date) for cell in cells) else Form.LONG


def _widths(desk: Desk, listing: ShownList) -> tuple[list[float], bool]:
    """Return the width of each column in mm, and whether the paper lies: the widest give way first."""
    fonts = desk.fonts()
    mm = _SIZE / MM

    def needed(text: str) -> float:
        return max((measure(line, "fang", fonts) for line in text.split("\n")), default=0.0) * mm + _BESIDE_MM

    natural = []
    for place, one in enumerate(listing.columns):
        texts = {row[place].text for row in listing.rows[:_MEASURED]}
        widest = max([needed(one.heading), *(needed(text) for text in texts)])
        natural.append(min(max(widest, _LEAST_MM), _MOST_MM))
    landscape = fsum(natural) > _PORTRAIT_MM
    room = _LANDSCAPE_MM if landscape else _PORTRAIT_MM
    return _fitted(natural, room), landscape


def _fitted(natural: Sequence[float], room: float) -> list[float]:
    """Return widths that fill the room; where it is too small, the widest are cut to one limit."""
    total = fsum(natural)
    if total <= room:
        return [floor(width * room / total * 10) / 10 for width in natural]
    left, waiting, limit = room, sorted(natural), room
    while waiting:
        limit = left / len(waiting)
        if waiting[0] > limit:
            break
        left -= waiting.pop(0)
    return [floor(min(width, limit) * 10) / 10 for width in natural]
