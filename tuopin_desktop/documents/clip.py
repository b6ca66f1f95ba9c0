"""What a spreadsheet program put on the clipboard, as one sheet: its HTML where it is a table, else the tabbed text."""

import csv
import io
import re
from html.parser import HTMLParser

from tuopin_desktop.documents.grids import Grid, Workbook
from tuopin_desktop.documents.looks import Look
from tuopin_desktop.documents.zipped import TOO_LARGE, refuse_extent
from tuopin_desktop.domain.problems import Trouble

NAME = "粘贴的内容"
MOST_TEXT = 50_000_000
"""Characters; a clipboard with more holds no sheet anybody copied by hand."""
_NOTHING = "剪贴板里没有表格内容。请在 Excel 或 WPS 里选中要粘贴的行，连同标题行一起复制，再回来粘贴"
_STRUCK_CLASS = re.compile(r"\.([\w-]+)\s*\{[^{}]*line-through[^{}]*\}")
_SHORTENED = re.compile(r"#+|-?\d(?:\.\d+)?E\+\d+")
"""How a column too narrow shows a number: the whole one stands beside it."""
_MOST_SPAN, _MOST_BELOW = 2000, 100_000
"""How far one cell may reach, and into how many others all of them together."""


def read_clip(html: str, text: str) -> Workbook:
    """Return what was copied as a workbook of one sheet; raises Trouble where it holds no table or too much."""
    if len(html) > MOST_TEXT or len(text) > MOST_TEXT:
        raise Trouble(TOO_LARGE)
    grid = _of_html(html) if "<table" in html[:MOST_TEXT].lower() else None
    if grid is None or _is_blank(grid):
        grid = Grid(NAME, _of_text(text))
    if _is_blank(grid):
        raise Trouble(_NOTHING)
    return Workbook((grid,))


def _is_blank(grid: Grid) -> bool:
    return not any(any(cell != "" for cell in row) for row in grid.rows)


def _of_text(text: str) -> list[list[object]]:
    """Return the rows of tabbed text; a cell with a line end in it stands in quotes, as Excel and WPS write it."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    rows: list[list[object]] = []
    widest = 0
    try:
        for row in csv.reader(io.StringIO(plain, newline=""), delimiter="\t"):
            rows.append([cell.strip(" ") for cell in row])
            widest = max(widest, len(row))
            refuse_extent(len(rows), widest)
    except csv.Error as error:
        raise Trouble(_NOTHING) from error
    return rows


def _of_html(html: str) -> Grid | None:
    """Return the first table of some HTML that has cells; nothing in it is followed."""
    reader = _Tables(frozenset(_STRUCK_CLASS.findall(html)))
    reader.feed(html)
    reader.close()
    if not reader.rows:
        return None
    struck = {(row, place) for row, place in reader.struck if reader.rows[row - 1][place] != ""}
    return Grid(NAME, reader.rows, look=Look(struck=frozenset(struck), hidden=frozenset(reader.hidden)))


class _Tables(HTMLParser):
    """Collects the cells of the first table; one that spans rows counts in each, one that spans columns once."""

    def __init__(self, struck_classes: frozenset[str]) -> None:
        super().__init__()
        self.rows: list[list[object]] = []
        self.struck: set[tuple[int, int]] = set()
        self.hidden: set[int] = set()
        self._struck_classes = struck_classes
        self._depth = 0
        self._ended = False
        self._pieces: list[str] | None = None
        self._number = ""
        self._is_struck = False
        self._spans = (1, 1)
        self._below: dict[tuple[int, int], object] = {}
        """What cells above reach down to, by row and column from 0."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        marks = {name: value or "" for name, value in attrs}
        if tag == "table":
            self._depth += 1
        if self._depth != 1 or self._ended:
            return
        if tag == "tr":
            self._put()
            self.rows.append([])
            if "display:none" in marks.get("style", "").replace(" ", "").lower():
                self.hidden.add(len(self.rows))
        elif tag in ("td", "th") and self.rows:
            self._put()
            self._begin(marks)
        elif self._pieces is not None:
            self._inside(tag)

    def _begin(self, marks: dict[str, str]) -> None:
        self._pieces = []
        self._number = marks.get("x:num", "")
        self._spans = (_span(marks.get("rowspan", "")), _span(marks.get("colspan", "")))
        classes = set(marks.get("class", "").split())
        self._is_struck = "line-through" in marks.get("style", "") or bool(classes & self._struck_classes)

    def _inside(self, tag: str) -> None:
        if tag == "br" and self._pieces is not None:
            self._pieces.append("\n")
        elif tag in ("s", "strike", "del"):
            self._is_struck = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table") and self._depth == 1:
            self._put()
        if tag == "table":
            self._depth -= 1
            self._ended = self._ended or bool(self._depth == 0 and self.rows)

    def handle_data(self, data: str) -> None:
        if self._pieces is not None and self._depth == 1:
            self._pieces.append(re.sub(r"[ \t\r\n]+", " ", data))

    def _put(self) -> None:
        """Set the cell in hand at the next free place of its row."""
        if self._pieces is None:
            return
        text = re.sub(r" *\n *", "\n", "".join(self._pieces)).replace("\xa0", " ").strip(" ")
        value = self._number if self._number and _SHORTENED.fullmatch(text) else text
        self._pieces = None
        at, row = len(self.rows) - 1, self.rows[-1]
        while (at, len(row)) in self._below:
            row.append(self._below.pop((at, len(row))))
        place = len(row)
        row.append(value)
        row.extend([""] * (self._spans[1] - 1))
        if len(self._below) + (self._spans[0] - 1) * self._spans[1] > _MOST_BELOW:
            raise Trouble(TOO_LARGE)
        for down in range(1, self._spans[0]):
            for across in range(self._spans[1]):
                self._below[at + down, place + across] = value if across == 0 else ""
        if self._is_struck:
            self.struck.add((at + 1, place))
        refuse_extent(len(self.rows), len(row))


def _span(text: str) -> int:
    return min(max(int(text), 1), _MOST_SPAN) if text.isdecimal() and len(text) < 6 else 1
