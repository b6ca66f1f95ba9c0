"""Several lists bound as one paper: one below the other on upright pages, so that none of a few rows takes a page."""

from collections.abc import Callable, Sequence
from math import fsum
from typing import NamedTuple

import msgspec

from tuopin_desktop.documents.flow import Page, Pages, height_of
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.documents.ruled import Column, Ruled
from tuopin_desktop.documents.table import Table
from tuopin_desktop.documents.typeset import Area, Setting
from tuopin_desktop.domain.display import MM, Sheet

PAGE = Page(210, 297, 18, 25, 18, 26)
_TITLE = Setting("title", 22, 30, 22, "center", "middle")
_PART = Setting("hei", 14, 22, 14, "left", "middle")
_WORDS = Setting("fang", 12, 18, 12, "left", "top")
_NOTE = Setting("fang", 10.5, 15, 10.5, "left", "top")
_GAP = 4.0  # mm between two parts
_OPENING = 22.0  # mm of a list that stand under its title at least
_NARROWED = 9.5  # pt of a list made for a page laid across, where its columns stand closer


class Bound(NamedTuple):
    """A bound paper: its pages, and the page each part begins on."""

    sheets: tuple[Sheet, ...]
    starts: tuple[int, ...]


def bound(title: str, parts: Sequence[tuple[str, Table]], book: FontBook) -> Bound:
    """Return lists as one paper, each under its name; a list that is wider than the page is set closer."""
    pages = _Pages(book)
    pages.title(title)
    starts = tuple(pages.part(name, table) for name, table in parts)
    return Bound(pages.sheets(), starts)


def with_contents(
    title: str, cover: Callable[[Sequence[int]], Table], parts: Sequence[tuple[str, Table]], book: FontBook
) -> tuple[Sheet, ...]:
    """Return the same behind a cover that names the page of every part: it is as long whatever the pages are."""
    starts = bound(title, [("", cover([0] * len(parts))), *parts], book).starts[1:]
    return bound(title, [("", cover(starts)), *parts], book).sheets


class _Pages:
    """A bound paper in the making."""

    def __init__(self, book: FontBook) -> None:
        self._pages = Pages("bound", PAGE, book)

    def title(self, text: str) -> None:
        pages = self._pages
        fitted = pages.broken(text, _TITLE, PAGE.inner)
        pages.put(fitted, _TITLE, Area(PAGE.left, pages.y, PAGE.inner, height_of(fitted)))
        pages.y += height_of(fitted) + 3

    def part(self, name: str, table: Table) -> int:
        """Set one list under its name; return the page it begins on."""
        pages = self._pages
        columns, size = _upright(table)
        if pages.y > PAGE.top and pages.room < _least(table):
            pages.turn()
        start = pages.count
        if name:
            fitted = pages.broken(name, _PART, PAGE.inner)
            pages.put(fitted, _PART, Area(PAGE.left, pages.y, PAGE.inner, height_of(fitted)))
            pages.y += height_of(fitted)
        for text in table.intro:
            pages.paragraph(text, _WORDS, PAGE.left, PAGE.inner)
        notes = fsum(height_of(pages.broken(note, _NOTE, PAGE.inner)) for note in table.notes)
        Ruled(pages, columns, PAGE.left, size, table.least).lay(table.rows, table.totals, notes)
        for note in table.notes:
            pages.paragraph(note, _NOTE, PAGE.left, PAGE.inner)
        self._ink(table)
        pages.y += _GAP
        return start

    def _ink(self, table: Table) -> None:
        pages, step = self._pages, _WORDS.leading / MM
        if table.signed and pages.room < step + 4:
            pages.turn()
        for place, text in enumerate(table.signed):
            each = PAGE.inner / len(table.signed)
            area = Area(PAGE.left + place * each, pages.y + 4, each, step)
            pages.put(pages.broken(text, _WORDS, PAGE.inner), _WORDS, area)
        pages.y += (step + 4) * bool(table.signed)

    def sheets(self) -> tuple[Sheet, ...]:
        return self._pages.sheets()


def _least(table: Table) -> float:
    """Return the mm without which a list begins on the next page: its opening, or all of it where it is to be whole."""
    return PAGE.foot - PAGE.top if table.one_page and not table.landscape else _OPENING + 10 * len(table.intro)


def _upright(table: Table) -> tuple[tuple[Column, ...], float]:
    """Return the columns as wide as the page, and the size of their type."""
    wide = fsum(column.width for column in table.columns)
    factor = PAGE.inner / wide
    columns = tuple(msgspec.structs.replace(one, width=one.width * factor) for one in table.columns)
    return columns, table.size if factor >= 1 else min(table.size, _NARROWED)
