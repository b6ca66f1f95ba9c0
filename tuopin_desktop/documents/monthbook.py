"""The attendance book on paper: landscape A4, a column a day, two lines a person, totals, legend, places for ink."""

from collections.abc import Sequence
from datetime import date
from math import fsum

import msgspec

from tuopin_desktop.documents.breaking import measure
from tuopin_desktop.documents.flow import ENDLESS, Page, Pages, height_of
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.documents.typeset import Area, Fitted, Setting, fit
from tuopin_desktop.domain.display import MM, Sheet
from tuopin_desktop.domain.halves import day_words

_PAGE = Page(297, 210, 10, 12, 10, 20)
_NUMBER, _NAME, _POST, _HALF, _TOTAL = 7.0, 22.0, 12.0, 7.0, 9.2  # mm
_LINE = 5.4  # mm, one half-day's line
_HEAD = 6.0  # mm, one line of the heading
_OUTER, _INNER = 1.0, 0.4  # pt
_PAD = 0.7  # mm
GREY = 0.87
STRUCK = "／"

_TITLE = Setting("title", 22, 28, 14, "center", "middle")
_REPORT = Setting("fang", 12, 18, 9, "left", "middle")
_HEADING = Setting("hei", 9, 11, 6, "center", "middle")
_BODY = Setting("fang", 10.5, 12, 6.5, "center", "middle")
_SIGN = Setting("fang", 10, 11.5, 7.5, "center", "middle")
_FIGURE = Setting("fang", 10.5, 12, 7, "center", "middle")
_NOTE = Setting("fang", 9, 13, 9, "left", "top")


class BookDay(msgspec.Struct, frozen=True):
    """A column: the day of the month, its weekday in one character, whether it is a rest day."""

    number: int
    weekday: str
    rest: bool


class BookLine(msgspec.Struct, frozen=True, kw_only=True):
    """A person: number, name and post, the signs of both halves of every day, totals in days ("" in a blank book).

    `marks` has a pair for every day of the month; a day not served is struck out and says None. The totals count the
    signs from the day `counts_from` on.
    """

    number: int
    name: str
    post: str
    marks: tuple[tuple[str, str] | None, ...]
    totals: tuple[float | str, ...]
    counts_from: int = 1


class MonthBook(msgspec.Struct, frozen=True, kw_only=True):
    """A team's month as it is printed. `state` says whether and when it was closed."""

    title: str
    office: str
    state: str
    filled: date | None
    days: tuple[BookDay, ...]
    headings: tuple[str, ...]
    lines: tuple[BookLine, ...]
    presence: tuple[tuple[str, str], ...]
    sums: tuple[float | str, ...]
    legend: tuple[str, ...]
    notes: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()


def figure(value: float | str) -> str:
    """Return a total as it is printed: 19.5, and nothing in a blank book."""
    return value if isinstance(value, str) else f"{value:g}"


def sheets(month_book: MonthBook, book: FontBook) -> tuple[Sheet, ...]:
    """Return the book as pages; the heading stands on every page, every page says which of how many it is."""
    return _Layout(month_book, book).sheets()


class _Layout:
    """One book on its way onto pages."""

    def __init__(self, month_book: MonthBook, book: FontBook) -> None:
        self._made, self._book = month_book, book
        self._pages = Pages("attendance", _PAGE, book)
        fixed = _NUMBER + _NAME + _POST + _HALF + _TOTAL * len(month_book.headings)
        self._day = (_PAGE.inner - fixed) / len(month_book.days)
        self._top = 0.0

    def sheets(self) -> tuple[Sheet, ...]:
        self._opening()
        self._heading()
        tail = self._tail_height()
        heights = [self._height(line) for line in self._made.lines]
        for place, (line, height) in enumerate(zip(self._made.lines, heights, strict=True)):
            after = 2 * _LINE + tail if place == len(heights) - 1 else 0.0
            self._turn_for(height + after)
            self._person(line, height)
        self._sums()
        self._frame()
        self._tail()
        return self._numbered()

    # -- parts of a page

    def _opening(self) -> None:
        pages, month_book = self._pages, self._made
        title = fit(month_book.title, _TITLE._replace(most=1), Area(0, 0, _PAGE.inner, 12), self._book)
        pages.put(title, _TITLE, Area(_PAGE.left, pages.y, _PAGE.inner, 12))
        pages.broken(month_book.title, _TITLE, _PAGE.inner)  # reports what no font has
        pages.y += 13
        day = f"填报日期：{day_words(month_book.filled)}" if month_book.filled else "填报日期：        年    月    日"
        third = _PAGE.inner / 3
        for place, (text, align) in enumerate(
            ((f"填报单位（盖章）：{month_book.office}", "left"), (month_book.state, "center"), (day, "right"))
        ):
            setting = _REPORT._replace(align=align)
            self._text(text, setting, Area(_PAGE.left + place * third, pages.y, third, 6.5))
        pages.y += 7

    def _heading(self) -> None:
        pages, month_book = self._pages, self._made
        self._top, y = pages.y, pages.y
        x = _PAGE.left
        for text, width in (("序号", _NUMBER), ("姓名", _NAME), ("职务", _POST), ("", _HALF)):
            self._text(text, _HEADING, Area(x, y, width, 2 * _HEAD))
            x += width
        for day in month_book.days:
            self._text(str(day.number), _HEADING, Area(x, y, self._day, _HEAD))
            self._text(day.weekday, _HEADING, Area(x, y + _HEAD, self._day, _HEAD))
            x += self._day
        pages.line(_PAGE.left + self._fixed, y + _HEAD, x, y + _HEAD, _INNER)
        for text in month_book.headings:
            self._text(text, _HEADING, Area(x, y, _TOTAL, 2 * _HEAD))
            x += _TOTAL
        pages.y += 2 * _HEAD
        self._rule()

    @property
    def _fixed(self) -> float:
        return _NUMBER + _NAME + _POST + _HALF

    def _height(self, line: BookLine) -> float:
        """Return how high a person's two lines are: as high as the name needs in its smallest type."""
        needed = 2 * _LINE
        for text, width in ((line.name, _NAME), (line.post, _POST)):
            fitted = self._fitted(text, Area(0, 0, width - _PAD, needed - _PAD))
            if not fitted.fits:
                needed = max(needed, len(fitted.lines) * fitted.leading / MM + 2 * _PAD)
        return needed

    def _fitted(self, text: str, area: Area) -> Fitted:
        """Return words fitted to a cell: on one line while the type stays readable, else on several."""
        one = fit(text, _BODY._replace(most=1, smallest=8.5), area, self._book)
        return one if one.fits else fit(text, _BODY, area, self._book)

    def _person(self, line: BookLine, height: float) -> None:
        y = self._pages.y
        x = _PAGE.left
        for text, width in ((str(line.number), _NUMBER), (line.name, _NAME), (line.post, _POST)):
            area = Area(x + _PAD / 2, y, width - _PAD, height)
            self._pages.broken(text, _BODY, ENDLESS, text)  # reports what no font has
            self._pages.put(self._fitted(text, area), _BODY, area)
            x += width
        self._pair(("上午", "下午"), x, y, _HALF, height, _HEADING)
        x += _HALF
        for mark in line.marks:
            self._pair(mark or (STRUCK, STRUCK), x, y, self._day, height, _SIGN)
            x += self._day
        self._pages.line(_PAGE.left + self._fixed - _HALF, y + height / 2, x, y + height / 2, _INNER)
        self._figures(line.totals, x, y, height)
        self._pages.y += height
        self._rule()

    def _sums(self) -> None:
        y, height = self._pages.y, 2 * _LINE
        self._turn_for(height)
        y = self._pages.y
        bold = _HEADING._replace(size=10.5, leading=12)
        self._text("合计", bold, Area(_PAGE.left + _NUMBER, y, _NAME, height))
        self._text("在旗县人数", _HEADING, Area(_PAGE.left + _NUMBER + _NAME, y, _POST, height))
        x = _PAGE.left + self._fixed
        self._pair(("上午", "下午"), x - _HALF, y, _HALF, height, _HEADING)
        for pair in self._made.presence:
            self._pair(pair, x, y, self._day, height, _SIGN)
            x += self._day
        self._pages.line(_PAGE.left + self._fixed - _HALF, y + height / 2, x, y + height / 2, _INNER)
        self._figures(self._made.sums, x, y, height)
        self._pages.y += height
        self._rule()

    def _figures(self, totals: Sequence[float | str], x: float, y: float, height: float) -> None:
        for value in totals:
            self._text(figure(value), _FIGURE, Area(x + _PAD, y, _TOTAL - 2 * _PAD, height))
            x += _TOTAL

    def _pair(self, pair: tuple[str, str], x: float, y: float, width: float, height: float, setting: Setting) -> None:
        for place, one in enumerate(pair):
            self._text(one, setting, Area(x, y + place * height / 2, width, height / 2))

    def _text(self, text: str, setting: Setting, area: Area) -> None:
        if not text:
            return
        inner = Area(area.x + _PAD / 2, area.y, area.width - _PAD, area.height)
        self._pages.broken(text, setting, ENDLESS)  # reports what no font has
        self._pages.put(fit(text, setting, inner, self._book), setting, inner)

    def _rule(self) -> None:
        self._pages.line(_PAGE.left, self._pages.y, _PAGE.left + _PAGE.inner, self._pages.y, _INNER)

    # -- pages

    def _turn_for(self, height: float) -> None:
        if height <= self._pages.room:
            return
        self._frame()
        self._pages.turn()
        self._heading()

    def _frame(self) -> None:
        """Close the part of the table on this page: rest days grey, columns and frame in one stroke each."""
        pages, x, foot = self._pages, _PAGE.left, self._pages.y
        widths = [_NUMBER, _NAME, _POST, _HALF, *[self._day] * len(self._made.days)]
        widths += [_TOTAL] * len(self._made.headings)
        for place, width in enumerate(widths):
            day = place - 4
            if 0 <= day < len(self._made.days) and self._made.days[day].rest:
                pages.shade(x, self._top, width, foot - self._top, GREY)
            x += width
            if place < len(widths) - 1:
                pages.line(x, self._top, x, foot, _INNER)
        right = _PAGE.left + _PAGE.inner
        for edge in (_PAGE.left, right):
            pages.line(edge, self._top, edge, foot, _OUTER)
        for y in (self._top, foot):
            pages.line(_PAGE.left, y, right, y, _OUTER)

    def _tail_height(self) -> float:
        texts = (*self._made.legend, *self._made.notes)
        notes = fsum(height_of(self._pages.broken(note, _NOTE, _PAGE.inner)) for note in texts)
        return notes + 2 + (9 if self._made.signed else 0)

    def _tail(self) -> None:
        pages, month_book = self._pages, self._made
        pages.y += 1.5
        for note in (*month_book.legend, *month_book.notes):
            pages.paragraph(note, _NOTE, _PAGE.left, _PAGE.inner)
        if not month_book.signed:
            return
        if pages.room < 8:
            pages.turn()
        each = _PAGE.inner / len(month_book.signed)
        for place, text in enumerate(month_book.signed):
            self._text(text, _REPORT, Area(_PAGE.left + place * each, pages.y + 1.5, each, 6.5))
        pages.y += 8

    def _numbered(self) -> tuple[Sheet, ...]:
        """Say on every page which of how many it is: the pages of a book kept by hand must not go astray."""
        sheets = self._pages.sheets(numbered=False)
        numbered = []
        for place, sheet in enumerate(sheets, 1):
            text = f"第 {place} 页  共 {len(sheets)} 页"
            width = measure(text, "song", self._book) * 10.5 / MM
            setting = Setting("song", 10.5, 12, 10.5, "left", "middle")
            area = Area(_PAGE.width - _PAGE.right - width, _PAGE.foot + 1.5, width + 1, 5)  # clear of the practice mark
            ops = self._pages.place_text(text, setting, area)
            numbered.append(msgspec.structs.replace(sheet, fields=(*sheet.fields, *ops)))
        return tuple(numbered)
