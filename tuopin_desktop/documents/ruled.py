"""A ruled table laid onto pages from where they stand: rows whole where they can be, the heading on every page."""

from collections.abc import Iterable, Sequence
from math import fsum
from typing import Literal, NamedTuple

import msgspec

from tuopin_desktop.documents.flow import ENDLESS, Pages, height_of
from tuopin_desktop.documents.sheetlook import Cell, Number
from tuopin_desktop.documents.typeset import Area, Fitted, Setting
from tuopin_desktop.domain.daywords import short_day
from tuopin_desktop.domain.display import MM
from tuopin_desktop.domain.record import Form

NOTHING = "（无记录）"
PAD = 1.0  # mm between a rule and the words beside it
TIGHT = 0.15  # mm above and below them in rows lower than usual
LEAST = 7.0  # mm a row is high at least
OUTER, INNER = 1.0, 0.5  # pt
LOOSE = 1.3  # leading / size in a cell

_WIDEST_DAY = 7.1  # em of 2018年12月28日

Align = Literal["left", "center", "right"]


class Column(msgspec.Struct, frozen=True):
    """A column: its heading, its width on paper in mm, and what its cells hold in a workbook."""

    heading: str
    width: float
    align: Align = "left"
    form: Form = Form.LONG


def words_of(cell: Cell) -> str:
    """Return a cell as it is printed: 2.5, 2018-06-05."""
    if cell is None:
        return ""
    if isinstance(cell, Number):
        return cell.text
    if isinstance(cell, bool):
        return "是" if cell else "否"
    return f"{cell:.10g}" if isinstance(cell, float) else str(cell)


class RuledRow(NamedTuple):
    """One row broken into lines."""

    cells: tuple[Fitted, ...]
    height: float
    setting: Setting


class Ruled:
    """One table on its way onto pages; `left` and the height of a row at `least` in mm, `size` in pt."""

    def __init__(self, pages: Pages, columns: Sequence[Column], left: float, size: float, least: float = LEAST) -> None:
        self._pages = pages
        self._columns = columns
        self._left = left
        self._width = fsum(column.width for column in columns)
        self._least = least
        self._pad = PAD if least >= LEAST else TIGHT
        self._top = 0.0  # of the part of the table on the last page
        self._body = Setting("fang", size, size * LOOSE, size, "left", "middle")
        head = self._body._replace(role="hei", align="center")
        self._head = self._row([column.heading for column in columns], head)

    def lay(self, rows: Iterable[Sequence[Cell]], totals: Iterable[Sequence[Cell]] = (), tail: float = 0.0) -> None:
        """Set the table; `tail` mm are kept free under its last row, for what must stay on the same page."""
        ruled_rows = [self._row([words_of(cell) for cell in cells], self._body) for cells in rows]
        ruled_rows += [
            self._row([words_of(cell) for cell in cells], self._body._replace(role="hei")) for cells in totals
        ]
        needed = self._head.height + (ruled_rows[0].height if ruled_rows else self._least)
        if self._pages.room < needed <= self._pages.page.foot - self._pages.page.top:
            self._pages.turn()
        self._begin()
        for place, row in enumerate(ruled_rows):
            last = place == len(ruled_rows) - 1
            self._add(row, tail if last and tail < self._pages.page.height / 2 else 0.0)
        self._end()
        if not ruled_rows:
            self._say_nothing()

    def _row(self, texts: Sequence[str], setting: Setting) -> RuledRow:
        fitted = tuple(
            self._pages.broken(
                self._dated(text, column), self._aligned(setting, column), column.width - 2 * PAD, column.heading
            )
            for text, column in zip(texts, self._columns, strict=True)
        )
        return RuledRow(fitted, max(self._least, max(height_of(cell) for cell in fitted) + 2 * self._pad), setting)

    def _dated(self, text: str, column: Column) -> str:
        """Return a cell that is one day as 2018.6.5 where the column cannot hold the longest day in words on a line."""
        narrow = _WIDEST_DAY * self._body.size / MM > column.width - 2 * PAD
        return (short_day(text) if narrow else "") or text

    @staticmethod
    def _aligned(setting: Setting, column: Column) -> Setting:
        return setting if setting.align == "center" else setting._replace(align=column.align)

    def _begin(self) -> None:
        """Open the table on the last page with its heading."""
        self._top = self._pages.y
        self._draw(self._head)

    def _end(self) -> None:
        """Close the part of the table on the last page: columns and frame in one stroke each."""
        pages, x = self._pages, self._left
        for column in self._columns[:-1]:
            x += column.width
            pages.line(x, self._top, x, pages.y, INNER)
        right = self._left + self._width
        for x in (self._left, right):
            pages.line(x, self._top, x, pages.y, OUTER)
        for y in (self._top, pages.y):
            pages.line(self._left, y, right, y, OUTER)

    def _say_nothing(self) -> None:
        """Close the table with a row that runs across all columns."""
        pages, setting = self._pages, self._body._replace(align="center")
        right, bottom = self._left + self._width, pages.y + self._least
        pages.put(pages.broken(NOTHING, setting, ENDLESS), setting, Area(self._left, pages.y, self._width, self._least))
        for x in (self._left, right):
            pages.line(x, pages.y, x, bottom, OUTER)
        pages.line(self._left, bottom, right, bottom, OUTER)
        pages.y = bottom

    def _add(self, row: RuledRow, tail: float) -> None:
        """Put a row where it fits whole, on a new page if need be; `tail` must fit under it as well."""
        pages = self._pages
        if row.height + tail > pages.room and pages.y > self._top + self._head.height:
            self._end()
            pages.turn()
            self._begin()
        while row.height > pages.room:
            row = self._torn(row)
        self._draw(row)

    def _torn(self, row: RuledRow) -> RuledRow:
        """Draw as many lines of a row taller than a page as fit, and return the rest."""
        step = height_of(row.cells[0], 1)
        fits = max(1, int((self._pages.room - 2 * self._pad) / step))
        top = row.setting._replace(valign="top")
        self._draw(RuledRow(tuple(_lines(cell, 0, fits) for cell in row.cells), fits * step + 2 * self._pad, top))
        self._end()
        self._pages.turn()
        self._begin()
        rest = tuple(_lines(cell, fits, None) for cell in row.cells)
        return RuledRow(rest, max(self._least, max(height_of(cell) for cell in rest) + 2 * self._pad), top)

    def _draw(self, row: RuledRow) -> None:
        pages, x = self._pages, self._left
        for fitted, column in zip(row.cells, self._columns, strict=True):
            area = Area(x + PAD, pages.y + self._pad, column.width - 2 * PAD, row.height - 2 * self._pad)
            pages.put(fitted, self._aligned(row.setting, column), area)
            x += column.width
        pages.y += row.height
        pages.line(self._left, pages.y, self._left + self._width, pages.y, INNER)


def _lines(fitted: Fitted, first: int, last: int | None) -> Fitted:
    return fitted._replace(lines=fitted.lines[first:last])
