"""A printed list in the official look: title, reporting line, a bordered table whose heading stands on every page."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple

import msgspec

from tuopin_desktop.documents import workbook
from tuopin_desktop.documents.breaking import measure
from tuopin_desktop.documents.flow import ENDLESS, Page, Pages, height_of
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.documents.sheetlook import Cell, Heading
from tuopin_desktop.documents.typeset import Area, Fitted, Setting
from tuopin_desktop.domain.display import MM, Sheet
from tuopin_desktop.domain.halves import words as day_words
from tuopin_desktop.domain.record import Form

SIGNED = ("经办人：", "审核：", "日期：        年    月    日")
PRACTICE = "（演示）"
NOTHING = "（无记录）"
SMALLEST = 8.5  # pt

_LANDSCAPE = Page(297, 210, 12, 16, 12, 23)
_PORTRAIT = Page(210, 297, 18, 25, 18, 26)
_TITLE = Setting("title", 22, 30, 22, "center", "middle")
_LINE = Setting("fang", 12, 18, 12, "left", "middle")
_INTRO = Setting("fang", 14, 24, 14, "left", "top")
_NOTE = Setting("fang", 10.5, 15, 10.5, "left", "top")
_PAD = 1.0  # mm between a rule and the words beside it
_LEAST = 7.0  # mm a row is high at least
_OUTER, _INNER = 1.0, 0.5  # pt
_MM_PER_CHARACTER = 1.9  # of a workbook column

Align = Literal["left", "center", "right"]


class Column(msgspec.Struct, frozen=True):
    """A column: its heading, its width on paper in mm, and what its cells hold in a workbook."""

    heading: str
    width: float
    align: Align = "left"
    form: Form = Form.LONG


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """One list, for paper and workbook alike.

    `intro` are paragraphs above the table (to whom, what), `totals` rows set in bold at its end, `notes` words
    under it, `signed` the places for ink; `size` is the type of the body in pt. `one_page` takes smaller type where
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
    frozen: int = 1
    one_page: bool = False


def words_of(cell: Cell) -> str:
    """Return a cell as it is printed: 2.5, 2018-06-05."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    return f"{cell:g}" if isinstance(cell, float) else str(cell)


def xlsx(table: Table, *, created: datetime, mark: str = "") -> bytes:
    """Return the list as a workbook; practice data are named in its title."""
    headings = [Heading(column.heading, column.width / _MM_PER_CHARACTER, column.form) for column in table.columns]
    return workbook.register(
        table.title + (PRACTICE if mark else ""),
        headings,
        [*table.rows, *table.totals],
        office=table.office,
        filled=table.filled,
        created=created,
        frozen=table.frozen,
        signed=[words.partition("：")[0] for words in table.signed],
        notes=table.notes,
    )


def sheets(table: Table, book: FontBook, first: int = 1) -> tuple[Sheet, ...]:
    """Return the list as pages, numbered from `first`; every character of every cell is on one of them."""
    made = _Layout(table, book).sheets(first)
    size = table.size
    while table.one_page and len(made) == 2 and size > SMALLEST:
        size -= 0.5
        smaller = _Layout(msgspec.structs.replace(table, size=size), book).sheets(first)
        if len(smaller) == 1:
            return smaller
    return made


class _Row(NamedTuple):
    cells: tuple[Fitted, ...]
    height: float
    setting: Setting


class _Layout:
    """One list on its way onto pages."""

    def __init__(self, table: Table, book: FontBook) -> None:
        page = _LANDSCAPE if table.landscape else _PORTRAIT
        self._table = table
        self._pages = Pages("table", page, book)
        self._width = sum(column.width for column in table.columns)
        if self._width > page.inner + 0.01:
            raise ValueError(f"the columns of {table.title} need {self._width} mm, the page has {page.inner}")
        self._left = (page.width - self._width) / 2
        self._top = 0.0  # of the part of the table on the last page
        size = table.size
        self._head = self._row(
            [column.heading for column in table.columns], Setting("hei", size, size * 1.3, size, "center", "middle")
        )

    def sheets(self, first: int) -> tuple[Sheet, ...]:
        self._opening()
        rows = self._rows()
        needed = self._head.height + (rows[0].height if rows else _LEAST)
        if self._pages.room < needed <= self._pages.page.foot - self._pages.page.top:
            self._pages.turn()
        self._begin()
        tail = self._tail_height()
        for place, row in enumerate(rows):
            last = place == len(rows) - 1
            self._add(row, tail if last and tail < self._pages.page.height / 2 else 0.0)
        self._end()
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
            needed = measure(day, _LINE.role, pages.book) * _LINE.size / MM + _PAD if day else 0.0
            left = pages.broken(office, _LINE, self._width - needed)
            area = Area(self._left, pages.y, self._width - needed, height_of(left) + 1.5)
            pages.put(left, _LINE, area)
            right = _LINE._replace(align="right")
            pages.put(pages.broken(day, right, ENDLESS), right, area._replace(width=self._width))
            pages.y += area.height

    def _rows(self) -> list[_Row]:
        table, size = self._table, self._table.size
        body = Setting("fang", size, size * 1.3, size, "left", "middle")
        bold = body._replace(role="hei")
        found = [self._row([words_of(cell) for cell in cells], body) for cells in table.rows]
        return found + [self._row([words_of(cell) for cell in cells], bold) for cells in table.totals]

    def _row(self, texts: Sequence[str], setting: Setting) -> _Row:
        fitted = tuple(
            self._pages.broken(text, self._aligned(setting, column), column.width - 2 * _PAD, column.heading)
            for text, column in zip(texts, self._table.columns, strict=True)
        )
        return _Row(fitted, max(_LEAST, max(height_of(cell) for cell in fitted) + 2 * _PAD), setting)

    @staticmethod
    def _aligned(setting: Setting, column: Column) -> Setting:
        return setting if setting.align == "center" else setting._replace(align=column.align)

    def _begin(self) -> None:
        """Open the table on the last page with its heading."""
        self._top = self._pages.y
        self._draw(self._head)

    def _end(self) -> None:
        """Close the part of the table on the last page: columns and frame in one stroke each."""
        if not self._table.rows and not self._table.totals:
            self._say_nothing()
        pages, x = self._pages, self._left
        for column in self._table.columns[:-1]:
            x += column.width
            pages.line(x, self._top, x, pages.y, _INNER)
        right = self._left + self._width
        for x in (self._left, right):
            pages.line(x, self._top, x, pages.y, _OUTER)
        for y in (self._top, pages.y):
            pages.line(self._left, y, right, y, _OUTER)

    def _say_nothing(self) -> None:
        first = Setting("fang", self._table.size, self._table.size * 1.3, self._table.size, "left", "middle")
        area = Area(self._left + _PAD, self._pages.y, ENDLESS, _LEAST)
        self._pages.put(self._pages.broken(NOTHING, first, ENDLESS), first, area)
        self._pages.y += _LEAST

    def _add(self, row: _Row, tail: float) -> None:
        """Put a row where it fits whole, on a new page if need be; `tail` must fit under it as well."""
        pages = self._pages
        if row.height + tail > pages.room and pages.y > self._top + self._head.height:
            self._end()
            pages.turn()
            self._begin()
        while row.height > pages.room:
            row = self._torn(row)
        self._draw(row)

    def _torn(self, row: _Row) -> _Row:
        """Draw as many lines of a row taller than a page as fit, and return the rest."""
        step = height_of(row.cells[0], 1)
        fits = max(1, int((self._pages.room - 2 * _PAD) / step))
        top = row.setting._replace(valign="top")
        self._draw(_Row(tuple(_lines(cell, 0, fits) for cell in row.cells), fits * step + 2 * _PAD, top))
        self._end()
        self._pages.turn()
        self._begin()
        rest = tuple(_lines(cell, fits, None) for cell in row.cells)
        return _Row(rest, max(_LEAST, max(height_of(cell) for cell in rest) + 2 * _PAD), top)

    def _draw(self, row: _Row) -> None:
        pages, x = self._pages, self._left
        for fitted, column in zip(row.cells, self._table.columns, strict=True):
            area = Area(x + _PAD, pages.y + _PAD, column.width - 2 * _PAD, row.height - 2 * _PAD)
            pages.put(fitted, self._aligned(row.setting, column), area)
            x += column.width
        pages.y += row.height
        pages.line(self._left, pages.y, self._left + self._width, pages.y, _INNER)

    def _tail_height(self) -> float:
        table = self._table
        notes = sum(height_of(self._pages.broken(note, _NOTE, self._width)) for note in table.notes)
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
            for place, words in enumerate(table.signed):
                fitted = pages.broken(words, _LINE, ENDLESS)
                pages.put(fitted, _LINE, Area(self._left + place * each, pages.y + 4, ENDLESS, step))
            pages.y += step + 4


def _lines(fitted: Fitted, first: int, last: int | None) -> Fitted:
    return fitted._replace(lines=fitted.lines[first:last])
