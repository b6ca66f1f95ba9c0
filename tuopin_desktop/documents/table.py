"""A printed list in the official look: title, reporting line, a bordered table whose heading stands on every page."""

from collections.abc import Mapping
from datetime import date, datetime
from math import fsum

import msgspec

from tuopin_desktop.documents import workbook
from tuopin_desktop.documents.breaking import measure
from tuopin_desktop.documents.flow import ENDLESS, Page, Pages, height_of
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.documents.ruled import LEAST, NOTHING, PAD, Align, Column, Ruled, words_of
from tuopin_desktop.documents.sheetlook import Cell, Heading, figure
from tuopin_desktop.documents.typeset import Area, Setting
from tuopin_desktop.domain.display import MM, Sheet
from tuopin_desktop.domain.halves import day_words

__all__ = ["NOTHING", "SIGNED", "Align", "Column", "Table", "figure", "sheets", "words_of", "xlsx"]

SIGNED = ("经办人：", "审核：", "日期：        年    月    日")
PRACTICE = "（练习）"
SMALLEST = 8.5  # pt

_LANDSCAPE = Page(297, 210, 12, 16, 12, 23)
_PORTRAIT = Page(210, 297, 18, 25, 18, 26)
_TITLE = Setting("title", 22, 30, 22, "center", "middle")
_LINE = Setting("fang", 12, 18, 12, "left", "middle")
_INTRO = Setting("fang", 14, 24, 14, "left", "top")
_NOTE = Setting("fang", 10.5, 15, 10.5, "left", "top")
_MM_PER_CHARACTER = 1.9  # of a workbook column


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """One list, for paper and workbook alike.

    `intro` are paragraphs above the table (to whom, what), `totals` rows set in bold at its end, `notes` words
    under it, `signed` the places for ink; `size` is the type of the body in pt, `least` the mm a row is high at least
    (more where somebody signs in it). `one_page` takes smaller type where
    that saves a second page; `frozen` columns stay in sight in a workbook.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[tuple[Cell, ...], ...] = ()
    office: str = ""
    filled: date | None = None
    intro: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    signed: tuple[str, ...] = SIGNED
    landscape: bool = True
    size: float = 10.5
    least: float = LEAST
    frozen: int = 1
    one_page: bool = False


def xlsx(table: Table, *, created: datetime, mark: str = "") -> bytes:
    """Return the list as a workbook; practice data are named in its title."""
    return workbook.several({table.title + (PRACTICE if mark else ""): _listed(table, mark)}, created=created)


def several_xlsx(tables: Mapping[str, Table], *, created: datetime, mark: str = "") -> bytes:
    """Return lists as a workbook, each on a sheet of its name."""
    return workbook.several({name: _listed(table, mark) for name, table in tables.items()}, created=created)


def _listed(table: Table, mark: str) -> workbook.PrintedList:
    headings = [Heading(column.heading, column.width / _MM_PER_CHARACTER, column.form) for column in table.columns]
    return workbook.PrintedList(
        title=table.title + (PRACTICE if mark else ""),
        headings=headings,
        rows=[*table.rows, *table.totals],
        office=table.office,
        filled=table.filled,
        frozen=table.frozen,
        signed=[text.partition("：")[0] for text in table.signed],
        notes=table.notes,
    )


def sheets(table: Table, book: FontBook, first: int = 1) -> tuple[Sheet, ...]:
    """Return the list as pages, numbered from `first`; every character of every cell is on one of them."""
    sheets = _Layout(table, book).sheets(first)
    size = table.size
    while table.one_page and len(sheets) == 2 and size > SMALLEST:
        size -= 0.5
        smaller = _Layout(msgspec.structs.replace(table, size=size), book).sheets(first)
        if len(smaller) == 1:
            return smaller
    return sheets


class _Layout:
    """One list on its way onto pages."""

    def __init__(self, table: Table, book: FontBook) -> None:
        page = _LANDSCAPE if table.landscape else _PORTRAIT
        self._table = table
        self._pages = Pages("table", page, book)
        self._width = fsum(column.width for column in table.columns)
        if self._width > page.inner + 0.01:
            raise ValueError(f"the columns of {table.title} need {self._width} mm, the page has {page.inner}")
        self._left = (page.width - self._width) / 2
        self._ruled = Ruled(self._pages, table.columns, self._left, table.size, table.least)

    def sheets(self, first: int) -> tuple[Sheet, ...]:
        self._opening()
        self._ruled.lay(self._table.rows, self._table.totals, self._tail_height())
        self._tail()
        return self._pages.sheets(first)

    def _opening(self) -> None:
        table, pages = self._table, self._pages
        title = pages.broken(table.title, _TITLE, self._width)
        pages.put(title, _TITLE, Area(self._left, pages.y, self._width, height_of(title)))
        pages.y += height_of(title) + 2
        for text in table.intro:
            indent = 0.0 if text.endswith("：") else 2.0
            pages.paragraph(text, _INTRO._replace(indent=indent), self._left, self._width)
        pages.y += 1.5 if table.intro else 0.0
        day = f"填报日期：{day_words(table.filled)}" if table.filled else ""
        office = f"填报单位（盖章）：{table.office}" if table.office else ""
        if day or office:
            needed = measure(day, _LINE.role, pages.book) * _LINE.size / MM + PAD if day else 0.0
            left = pages.broken(office, _LINE, self._width - needed)
            area = Area(self._left, pages.y, self._width - needed, height_of(left) + 1.5)
            pages.put(left, _LINE, area)
            right = _LINE._replace(align="right")
            pages.put(pages.broken(day, right, ENDLESS), right, area._replace(width=self._width))
            pages.y += area.height

    def _tail_height(self) -> float:
        table = self._table
        notes = fsum(height_of(self._pages.broken(note, _NOTE, self._width)) for note in table.notes)
        return (notes + 2 if table.notes else 0) + (_LINE.leading / MM + 4 if table.signed else 0)

    def _tail(self) -> None:
        table, pages = self._table, self._pages
        if table.notes:
            pages.y += 2
        for note in table.notes:
            pages.paragraph(note, _NOTE, self._left, self._width)
        if table.signed:
            step = _LINE.leading / MM
            if pages.room < step + 4:
                pages.turn()
            each = self._width / len(table.signed)
            for place, text in enumerate(table.signed):
                fitted = pages.broken(text, _LINE, ENDLESS)
                pages.put(fitted, _LINE, Area(self._left + place * each, pages.y + 4, ENDLESS, step))
            pages.y += step + 4
