"""The manual on paper: a page of contents, then chapters with their topics, steps, pictures and tables."""

from collections.abc import Callable, Sequence
from math import fsum
from typing import NamedTuple

from tuopin_desktop.documents.breaking import measure
from tuopin_desktop.documents.flow import ENDLESS, Page, Pages, height_of
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.documents.ruled import Column, Ruled
from tuopin_desktop.documents.typeset import Area, Setting
from tuopin_desktop.domain.display import MM, Sheet

_PAGE = Page(210, 297, 22, 22, 22, 26)
_NAME = Setting("title", 24, 34, 24, "center", "middle")
_UNDER = Setting("fang", 13, 22, 13, "center", "middle")
_CHAPTER = Setting("title", 18, 28, 18, "left", "middle")
_TOPIC = Setting("hei", 13.5, 22, 13.5, "left", "middle")
_TEXT = Setting("fang", 11, 17.5, 11, "left", "middle")
_LINE = Setting("song", 10.5, 17, 10.5, "left", "middle")
_LINE_OF_CHAPTER = Setting("hei", 11, 19, 11, "left", "middle")
_LEAD = 7.0  # mm for the number of a step
_GAP = 1.4  # mm between two paragraphs
_ROOM = 30.0  # mm that stand under a heading at least
_PX = 25.4 / 150  # mm of a pixel: a picture as wide as the window's smallest page fills the line
_HIGHEST = 118.0  # mm of a picture at most: two and their steps find room on a page


class Chapter(NamedTuple):
    """A chapter begins on a page of its own."""

    text: str


class Heading(NamedTuple):
    """The heading of a topic; one that is not `listed` has no line in the contents."""

    text: str
    listed: bool = True


class Words(NamedTuple):
    """A paragraph; `lead` is the number or dot in front of a step or item, whose words hang beside it."""

    text: str
    lead: str = ""


class Shot(NamedTuple):
    """A picture of the window, with its size in px."""

    png: bytes
    width: int
    height: int


class Grid(NamedTuple):
    """A table; the widths of its columns are shares of the line."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


Part = Chapter | Heading | Words | Shot | Grid


def shot(png: bytes) -> Shot:
    """Return a PNG with its size, which its head tells."""
    return Shot(png, int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big"))


def sheets(title: str, under: Sequence[str], parts: Sequence[Part], book: FontBook) -> tuple[Sheet, ...]:
    """Return the pages: the contents first, which name the page of every chapter and topic."""
    body = _Body(book)
    for part in parts:
        body.add(part)
    long = len(_contents(title, under, body.starts, 0, book))
    return (*_contents(title, under, body.starts, long, book), *body.pages.sheets(long + 1))


class _Body:
    """The chapters in the making; `starts` are the headings with the page of the body they stand on, from 1."""

    def __init__(self, book: FontBook) -> None:
        self.pages = Pages("manual", _PAGE, book)
        self.starts: list[tuple[Chapter | Heading, int]] = []
        self._is_begun = False

    def add(self, part: Part) -> None:
        """Set one part at the end."""
        if isinstance(part, Chapter):
            self._chapter(part)
        elif isinstance(part, Heading):
            self._heading(part)
        elif isinstance(part, Words):
            self._words(part)
        elif isinstance(part, Shot):
            self._shot(part)
        else:
            self._grid(part)

    def _chapter(self, part: Chapter) -> None:
        if self._is_begun:
            self.pages.turn()
        self._is_begun = True
        self.starts.append((part, self.pages.count))
        self.pages.paragraph(part.text, _CHAPTER, _PAGE.left, _PAGE.inner)
        self.pages.y += 1
        self.pages.line(_PAGE.left, self.pages.y, _PAGE.left + _PAGE.inner, self.pages.y, 1.0)
        self.pages.y += 3

    def _heading(self, part: Heading) -> None:
        if self.pages.room < _ROOM:
            self.pages.turn()
        elif self.pages.y > _PAGE.top:
            self.pages.y += 3
        if part.listed:
            self.starts.append((part, self.pages.count))
        self.pages.paragraph(part.text, _TOPIC, _PAGE.left, _PAGE.inner)
        self.pages.y += 1

    def _words(self, part: Words) -> None:
        hang = _LEAD if part.lead else 0.0
        if part.lead:
            if self.pages.room < _TEXT.leading / MM:
                self.pages.turn()
            lead = self.pages.broken(part.lead, _TEXT, ENDLESS)
            self.pages.put(lead, _TEXT, Area(_PAGE.left, self.pages.y, ENDLESS, height_of(lead, 1)))
        self.pages.paragraph(part.text, _TEXT, _PAGE.left + hang, _PAGE.inner - hang)
        self.pages.y += _GAP

    def _shot(self, part: Shot) -> None:
        wide = min(part.width * _PX, _PAGE.inner, _HIGHEST * part.width / part.height)
        high = wide * part.height / part.width
        if self.pages.room < high + _TEXT.leading / MM:
            self.pages.turn()
        left = _PAGE.left + (_PAGE.inner - wide) / 2
        self.pages.picture(part.png, Area(left, self.pages.y + 1, wide, high))
        self.pages.y += high + 3

    def _grid(self, part: Grid) -> None:
        share = _PAGE.inner / fsum(one.width for one in part.columns)
        columns = [Column(one.heading, one.width * share, one.align) for one in part.columns]
        Ruled(self.pages, columns, _PAGE.left, 10.0, 6.5).lay(part.rows)
        self.pages.y += 2


def _contents(
    title: str, under: Sequence[str], starts: Sequence[tuple[Chapter | Heading, int]], before: int, book: FontBook
) -> tuple[Sheet, ...]:
    """Return the pages of contents; `before` is how many they are themselves."""
    pages = Pages("manual", _PAGE, book)
    pages.y += 6
    pages.paragraph(title, _NAME, _PAGE.left, _PAGE.inner)
    for line in under:
        pages.paragraph(line, _UNDER, _PAGE.left, _PAGE.inner)
    pages.y += 6
    for part, page in starts:
        of_chapter = isinstance(part, Chapter)
        _entry(pages, part.text, page + before, _LINE_OF_CHAPTER if of_chapter else _LINE, 0.0 if of_chapter else 6.0)
    return pages.sheets()


def _entry(pages: Pages, text: str, page: int, setting: Setting, indent: float) -> None:
    """Set a line of the contents: the words, dots, the page."""
    step = setting.leading / MM
    if pages.room < step:
        pages.turn()
    wide = _wide(setting, pages.book)
    left, right = _PAGE.left + indent, _PAGE.left + _PAGE.inner
    number = str(page)
    pages.put(pages.broken(text, setting, ENDLESS), setting, Area(left, pages.y, ENDLESS, step))
    begin, end = left + wide(text) + 2, right - wide(number) - 2
    dots = "·" * max(0, int((end - begin) / wide("·")))
    for piece, x in ((dots, end - wide(dots)), (number, right - wide(number))):
        pages.put(pages.broken(piece, setting, ENDLESS), setting, Area(x, pages.y, ENDLESS, step))
    pages.y += step


def _wide(setting: Setting, book: FontBook) -> Callable[[str], float]:
    return lambda text: measure(text, setting.role, book) * setting.size / MM
