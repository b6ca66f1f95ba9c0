"""What a spreadsheet program put on the clipboard, as one sheet: its HTML where it has tables, else the tabbed text."""

import csv
import re
from collections.abc import Iterable
from html.parser import HTMLParser

from tuopin_desktop.documents import quotes
from tuopin_desktop.documents.grids import Grid, Workbook
from tuopin_desktop.documents.looks import Look
from tuopin_desktop.documents.zipped import TOO_LARGE, refuse_extent
from tuopin_desktop.domain.problems import Trouble

NAME = "粘贴的内容"
MOST_TEXT = 50_000_000
"""Characters; a clipboard with more holds no sheet anybody copied by hand."""
_NOTHING = "剪贴板里没有表格内容。请在 Excel 或 WPS 里选中要粘贴的行，连同标题行一起复制，再回来粘贴"
_STRUCK_CLASS = re.compile(r"\.([\w-]+)\s*\{[^{}]*line-through[^{}]*\}", re.IGNORECASE)
_SHORTENED = re.compile(r"#+|-?\d(?:\.\d+)?E\+\d+")
"""How a column too narrow shows a number: the whole one stands beside it."""
_MOST_SPAN, _MOST_BELOW = 2000, 100_000
"""How far one cell may reach, and into how many others all of them together."""


def read_clip(html: str, text: str) -> Workbook:
    """Return what was copied as a workbook, a sheet for each table; raises Trouble where it holds none or too much."""
    if len(html) > MOST_TEXT or len(text) > MOST_TEXT:
        raise Trouble(TOO_LARGE)
    grids = _of_html(html) if "<table" in html[:MOST_TEXT].lower() else ()
    if not grids:
        rows, notes = _of_text(text)
        grids = tuple(grid for grid in (Grid(NAME, rows, notes=notes),) if not _is_blank(rows))
    if not grids:
        raise Trouble(_NOTHING)
    return Workbook(grids)


def _is_blank(rows: Iterable[Iterable[object]]) -> bool:
    return not any(any(cell != "" for cell in row) for row in rows)


def _of_text(text: str) -> tuple[list[list[object]], tuple[str, ...]]:
    """Return the rows of tabbed text; a cell with a line end in it stands in quotes, as Excel and WPS write it."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    try:
        return quotes.cut(plain, "\t", lambda cell: cell.strip(" "))
    except csv.Error as error:
        raise Trouble(_NOTHING) from error


def _of_html(html: str) -> tuple[Grid, ...]:
    """Return the tables of some HTML that have anything in them; nothing in it is followed."""
    reader = _Tables(frozenset(_STRUCK_CLASS.findall(html)))
    reader.feed(html)
    reader.close()
    grids: list[Grid] = []
    for table in reader.tables:
        if _is_blank(table.rows):
            continue
        struck = frozenset((row, place) for row, place in table.struck if table.rows[row - 1][place] != "")
        name = f"{NAME}（第{len(grids) + 1}张表）" if grids else NAME
        look = Look(struck=struck, hidden=frozenset(table.hidden))
        grids.append(Grid(name, table.rows, tuple(table.merged), look=look))
    return tuple(grids)


class _Table:
    """One table on the way: its rows, the cells struck out and the rows hidden, the cells that span."""

    def __init__(self) -> None:
        self.rows: list[list[object]] = []
        self.struck: set[tuple[int, int]] = set()
        self.hidden: set[int] = set()
        self.merged: list[tuple[int, int, int, int]] = []
        self.below: dict[tuple[int, int], object] = {}
        """What cells above reach down to, by row and column from 0."""


class _Tables(HTMLParser):
    """Collects the cells of the tables; one that spans rows counts in each, one that spans columns once.

    A table inside a cell is text of that cell.
    """

    def __init__(self, struck_classes: frozenset[str]) -> None:
        super().__init__()
        self.tables: list[_Table] = []
        self._struck_classes = struck_classes
        self._depth = 0
        self._pieces: list[str] | None = None
        self._number = ""
        self._is_struck = self._is_row_struck = False
        self._spans = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        marks = {name: value or "" for name, value in attrs}
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append(_Table())
        if self._depth == 1 and tag in ("tr", "td", "th"):
            self._put()
            self._row(marks) if tag == "tr" else self._begin(marks)
        elif self._pieces is not None:
            self._inside(tag, marks)

    def _row(self, marks: dict[str, str]) -> None:
        table = self.tables[-1]
        table.rows.append([])
        self._is_row_struck = self._strikes(marks)
        if "display:none" in marks.get("style", "").replace(" ", "").lower():
            table.hidden.add(len(table.rows))

    def _begin(self, marks: dict[str, str]) -> None:
        if not self.tables[-1].rows:
            return
        self._pieces = []
        self._number = marks.get("x:num", "")
        self._spans = (_span(marks.get("rowspan", "")), _span(marks.get("colspan", "")))
        self._is_struck = self._is_row_struck or self._strikes(marks)

    def _strikes(self, marks: dict[str, str]) -> bool:
        classes = set(marks.get("class", "").split())
        return "line-through" in marks.get("style", "").lower() or bool(classes & self._struck_classes)

    def _inside(self, tag: str, marks: dict[str, str]) -> None:
        if self._pieces is not None and (tag == "br" or (self._depth > 1 and tag in ("tr", "td", "th"))):
            self._pieces.append("\n" if tag in ("br", "tr") else " ")
        if tag in ("s", "strike", "del") or self._strikes(marks):
            self._is_struck = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table") and self._depth == 1:
            self._put()
        if tag == "table":
            self._depth = max(self._depth - 1, 0)

    def handle_data(self, data: str) -> None:
        if self._pieces is not None and self._depth:
            self._pieces.append(re.sub(r"[ \t\r\n]+", " ", data))

    def _put(self) -> None:
        """Set the cell in hand at the next free place of its row."""
        if self._pieces is None:
            return
        text = re.sub(r" *\n *", "\n", "".join(self._pieces)).replace("\xa0", " ").strip(" ")
        value = self._number if self._number and _SHORTENED.fullmatch(text) else text
        self._pieces = None
        table = self.tables[-1]
        at, row, below = len(table.rows) - 1, table.rows[-1], table.below
        while (at, len(row)) in below:
            row.append(below.pop((at, len(row))))
        place = len(row)
        row.append(value)
        row.extend([""] * (self._spans[1] - 1))
        if len(below) + (self._spans[0] - 1) * self._spans[1] > _MOST_BELOW:
            raise Trouble(TOO_LARGE)
        for down in range(1, self._spans[0]):
            for across in range(self._spans[1]):
                below[at + down, place + across] = value if across == 0 else ""
        if self._spans != (1, 1):
            table.merged.append((at, place, at + self._spans[0] - 1, place + self._spans[1] - 1))
        if self._is_struck:
            table.struck.add((at + 1, place))
        refuse_extent(len(table.rows), len(row))


def _span(text: str) -> int:
    return min(max(int(text), 1), _MOST_SPAN) if text.isdecimal() and len(text) < 6 else 1
