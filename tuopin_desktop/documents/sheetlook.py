"""The official look of a table in a workbook: title, reporting line, bordered heading and body, page set-up."""

import copy
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from math import fsum
from typing import Any, Literal

import msgspec

from tuopin_desktop.documents.engine import workbook_writer
from tuopin_desktop.documents.sameness import as_on_unix
from tuopin_desktop.documents.sheetpages import Spread, spread
from tuopin_desktop.domain.columns import Column
from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.record import Form


class Number(msgspec.Struct, frozen=True):
    """A figure that is printed in words of its own, and is a number of the format `shape` in a workbook."""

    value: float
    text: str
    shape: str


_FIGURE = re.compile(r"-?[0-9]{1,15}(?:[.]([0-9]{1,6}))?(%?)")


def figure(text: str) -> "Cell":
    """Return words that are a figure (12, 2.50, 85.3%) as a number printed just so; other words as they are.

    For columns of amounts and counts alone: a number that is a name - of a slip, a phone, a person - stays text.
    """
    match = _FIGURE.fullmatch(text)
    if match is None:
        return text
    places = "." + "0" * len(match[1]) if match[1] else ""
    return Number(float(text.rstrip("%")) / (100 if match[2] else 1), text, f"0{places}{match[2]}")


Cell = str | int | float | bool | date | Number | None
"""What is put into a cell: text stays text whatever it looks like, dates become dates, numbers numbers."""

CODES_SHEET = "代码"
"""The hidden sheet of a template that holds the words of its long lists; a reader passes it over."""
MANY_ROWS = 50_000
"""Above this the rows are not kept in memory while writing."""

_DATE_FORMAT = "yyyy-mm-dd"
_TEXT_FORMAT = "@"
_MOST_TEXT = 32_000
_FIRST_DAY = date(1900, 3, 1)
"""Spreadsheets count a 29 February 1900 that never was; earlier days are written as text."""

_BARE: dict[str, Any] = {}
_TITLE = {"font_name": "方正小标宋简体", "font_size": 22, "align": "center", "valign": "vcenter"}
_LINE = {"font_name": "仿宋", "font_size": 12, "valign": "vcenter"}
_HEAD = {"font_name": "黑体", "font_size": 10.5, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
_BODY = {"font_name": "仿宋_GB2312", "font_size": 10.5, "border": 1, "valign": "vcenter"}

Mark = Literal["", "red", "amber"]
_COLOURS: dict[Mark, dict[str, str]] = {"": {}, "red": {"bg_color": "#FFC7CE"}, "amber": {"bg_color": "#FFEB9C"}}


class Heading(msgspec.Struct, frozen=True):
    """The head of a column: its words, width in characters (0: from the content), and what its cells hold."""

    text: str
    width: float = 0
    form: Form = Form.TEXT
    required: bool = False


def heading_of(column: Column) -> Heading:
    """Return the heading of a record column."""
    field = column.field
    width = (
        field.width / 7 if field.width else {Form.ID_NUMBER: 21.0, Form.DATE: 12.0, Form.LONG: 32.0}.get(field.form, 0)
    )
    return Heading(column.heading, width, field.form, field.required)


class Paper:
    """One workbook with one visible table sheet, written from top to bottom."""

    def __init__(self, name: str, *, created: datetime, rows: int) -> None:
        self._out = io.BytesIO()
        self.book = workbook_writer().Workbook(
            self._out,
            {
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "in_memory": rows <= MANY_ROWS,
                "constant_memory": rows > MANY_ROWS,
            },
        )
        self.book.set_properties({"created": created})
        self.sheet = self.book.add_worksheet(_sheet_name(name))
        self._widths: list[float] = []
        self._spread = Spread(1, 0)
        self._frozen = 0
        self._bodies: dict[tuple[Form, Mark, bool], Any] = {}
        self._formats: dict[tuple[object, ...], Any] = {}
        self.row = 0

    def beside(self, name: str) -> "Paper":
        """Return a further sheet of the same workbook, to be written in the same way."""
        further = copy.copy(self)
        further.sheet = self.book.add_worksheet(_sheet_name(name))
        further._widths = []
        further._spread = Spread(1, 0)
        further._frozen = further.row = 0
        return further

    def bytes(self) -> bytes:
        """Close the workbook and return the file."""
        self.book.close()
        return as_on_unix(self._out.getvalue())

    def style(self, base: dict[str, Any], **extra: object) -> Any:
        """Return a cell format, made once; `base` is one of this module's."""
        key = (id(base), *sorted(extra.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format({**base, **extra})
        return self._formats[key]

    def lay(self, headings: Sequence[Heading], rows: Sequence[Sequence[Cell]], *, frozen: int) -> None:
        """Set the widths of the columns from their headings and first rows, and how they go onto paper."""
        self._frozen = frozen
        for place, heading in enumerate(headings):
            sample = (row[place] for row in rows[:200] if place < len(row))
            self._widths.append(_width(heading, sample))
            form = self.style(_BARE, num_format=number_format(heading.form))
            self.sheet.set_column(place, place, self._widths[-1], form)
        self._spread = spread(self._widths, frozen)

    @property
    def _first(self) -> int:
        """Return where words above and below the table begin: clear of columns that stand on every page again."""
        return self._frozen if self._spread.pages > 1 else 0

    @property
    def _across_first(self) -> int:
        """Return how many columns the first page holds: what stands above and below the table keeps to them."""
        return self._spread.first or max(1, len(self._widths))

    def head(self, title: str, office: str, filled: date | None) -> None:
        """Write the title across the table, or its first page, and the reporting line under it."""
        sheet, first, last = self.sheet, self._first, self._across_first - 1
        sheet.set_row(self.row, 39)
        self._across(self.row, first, last, title, self.style(_TITLE))
        self.row += 1
        day = f"填报日期：{day_words(filled)}" if filled else ""
        if office or day:
            sheet.set_row(self.row, 21)
            middle = max(first, (first + last) // 2)
            self._across(self.row, first, middle, f"填报单位（盖章）：{office}" if office else "", self.style(_LINE))
            if day:
                right = self.style(_LINE, align="right")
                self._across(self.row, middle + 1, max(last, middle + 1), day, right)
            self.row += 1

    def _across(self, row: int, first: int, last: int, text: str, style: Any) -> None:
        if last > first:
            self.sheet.merge_range(row, first, row, last, "", style)
        self.sheet.write_string(row, first, safe(text), style)

    def headings(self, headings: Sequence[Heading]) -> None:
        """Write the heading row, and set what is repeated and frozen."""
        sheet = self.sheet
        lines = max((_lines_of(one.text, width) for one, width in zip(headings, self._widths, strict=True)), default=1)
        sheet.set_row(self.row, max(32, 15 * lines + 2))
        for place, heading in enumerate(headings):
            style = self.style(_HEAD, font_color="#C00000") if heading.required else self.style(_HEAD)
            sheet.write_string(self.row, place, safe(heading.text), style)
        self.row += 1
        sheet.freeze_panes(self.row, self._frozen)
        sheet.repeat_rows(self.row - 1)

    def note(self, text: str) -> None:
        """Write a line under the table, high enough for its words."""
        style = self.style(_LINE, font_size=10.5, text_wrap=True)
        room = fsum(self._widths[: self._across_first])
        self.sheet.set_row(self.row, 15.0 * max(1, -(-_columns_of(text) // max(1, int(room)))))
        self._across(self.row, self._first, self._across_first - 1, text, style)
        self.row += 1

    def places(self, text: str) -> None:
        """Write the line with the places for ink."""
        self.sheet.write_string(self.row, self._first, safe(text))
        self.row += 1

    def page(self) -> None:
        """Set landscape A4 with page numbers, one page wide where type stays readable; after the last row."""
        sheet, width = self.sheet, len(self._widths)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(self._spread.pages, 0)
        if self._spread.pages > 1:
            sheet.print_across()
            if self._frozen:
                sheet.repeat_columns(0, self._frozen - 1)
        sheet.center_horizontally()
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.set_footer("&C第 &P 页 共 &N 页")
        last = max(self.row - 1, 0)
        sheet.print_area(0, 0, last, max(width - 1, 0))
        sheet.ignore_errors({"number_stored_as_text": f"A1:{_letters(max(width - 1, 0))}{last + 1}"})

    def body(self, cells: Sequence[Cell], headings: Sequence[Heading], marks: Mapping[int, Mark]) -> None:
        """Write one body row, high enough for its long texts, and go on to the next."""
        lines = 1
        for heading, width, value in zip(headings, self._widths, cells, strict=True):
            if heading.form is Form.LONG and isinstance(value, str):
                wrapped = (-(-_columns_of(line) // max(1, int(width) - 1)) for line in value[:2000].split("\n"))
                lines = max(lines, sum(max(1, count) for count in wrapped))
        if lines > 1:
            self.sheet.set_row(self.row, min(400, 14.5 * lines + 2))
        for place, (heading, value) in enumerate(zip(headings, cells, strict=True)):
            self.cell(self.row, place, value, heading, marks.get(place, ""))
        self.row += 1

    def cell(self, row: int, place: int, value: Cell, heading: Heading, mark: Mark = "") -> None:
        """Write one body cell as what it is; formula-like text stays text."""
        style = self._body(heading.form, mark, number=isinstance(value, int | float))
        sheet = self.sheet
        if isinstance(value, Number):
            shaped = self.style(_BODY, num_format=value.shape, **_COLOURS[mark])
            sheet.write_number(row, place, value.value, shaped)
            return
        if value is None or value == "":
            sheet.write_blank(row, place, None, style)
        elif isinstance(value, bool):
            sheet.write_boolean(row, place, value, style)
        elif isinstance(value, int | float):
            self._number(row, place, value, style)
        elif isinstance(value, date):
            self._date(row, place, value, mark)
        else:
            sheet.write_string(row, place, safe(value), style)

    def _body(self, form: Form, mark: Mark, *, number: bool) -> Any:
        key = (form, mark, number)
        if key not in self._bodies:
            shape = number_format(form)
            if number and shape in (_DATE_FORMAT, _TEXT_FORMAT):
                shape = (
                    "General"  # a number handed back as it came; as a date it could be unreadable, as text not added
                )
            wrap = form is Form.LONG
            self._bodies[key] = self.style(_BODY, num_format=shape, text_wrap=wrap, **_COLOURS[mark])
        return self._bodies[key]

    def _number(self, row: int, place: int, value: float, style: Any) -> None:
        if abs(value) < 1e300:
            self.sheet.write_number(row, place, value, style)
        else:
            self.sheet.write_string(row, place, str(value), style)

    def _date(self, row: int, place: int, value: date, mark: Mark) -> None:
        timed = isinstance(value, datetime) and value.time() != time.min
        form = f"{_DATE_FORMAT} hh:mm" if timed else _DATE_FORMAT
        style = self.style(_BODY, num_format=form, align="center", **_COLOURS[mark])
        day = value.date() if isinstance(value, datetime) else value
        if _FIRST_DAY <= day:
            self.sheet.write_datetime(row, place, value, style)
        else:
            self.sheet.write_string(row, place, value.isoformat(), style)


def number_format(form: Form) -> str:
    """Return the number format of a column: text for everything a spreadsheet would spoil as a number."""
    if form is Form.DATE:
        return _DATE_FORMAT
    if form is Form.MONEY:
        return "0.00"
    return "General" if form is Form.INTEGER else _TEXT_FORMAT


def safe(text: object) -> str:
    """Return text a workbook can hold: no lone surrogates, no non-characters, not beyond a cell's limit."""
    sentence = str(text)[:_MOST_TEXT].encode("utf-8", "replace").decode("utf-8")
    return sentence.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")


def _sheet_name(name: str) -> str:
    plain = "".join(char for char in safe(name) if char not in "[]:*?/\\" and char.isprintable()).strip("' ")
    return plain[:31].strip("' ") or "表"


def _width(heading: Heading, sample: Iterable[Cell]) -> float:
    if heading.width:
        return max(heading.width, min(12, _columns_of(heading.text) + 1))
    longest = max((_columns_of(_said(cell)) for cell in sample if cell is not None), default=0)
    return min(40, max(8, longest + 2, min(14, _columns_of(heading.text) + 2)))


def _said(cell: Cell) -> str:
    return cell.text if isinstance(cell, Number) else str(cell)


def _lines_of(text: str, width: float) -> int:
    """Return how many lines a heading takes in a column, its own line ends included."""
    return sum(max(1, -(-_columns_of(line) // max(1, int(width) - 1))) for line in text.split("\n"))


def _columns_of(text: str) -> int:
    longest = max(text.split("\n"), key=len, default="")[:400]
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in longest)


def _letters(place: int) -> str:
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
