"""A short note in official layout: title, paragraphs under headings, places for ink; half a page if it is to be."""

from typing import Literal

import msgspec

from tuopin_desktop.documents.flow import ENDLESS, Page, Pages, height_of
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.documents.typeset import Area, Setting
from tuopin_desktop.domain.display import MM, Sheet

_FULL = Page(210, 297, 28, 37, 26, 35)
_HALF_TOP = 18.0  # mm: a half-page note begins higher
_HALF = 297 / 2 - 8  # mm down to which a half-page note may reach
_TITLE = Setting("title", 22, 31, 22, "center", "middle")
_SIZES = (16.0, 14.0, 12.0, 10.5, 9.0)
_READABLE = 4
"""Sizes a page that is signed and filed may be set in."""

Style = Literal["heading", "body", "plain", "warning"]
_ROLES = {"heading": "hei", "body": "fang", "plain": "fang", "warning": "hei"}


class Paragraph(msgspec.Struct, frozen=True):
    """Words in one style; `body` and `warning` are indented by two characters."""

    text: str
    style: Style = "body"


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """A note; `half` keeps it to the upper half of the page by smaller type as long as type can be smaller.

    `one_page` takes smaller type where that saves a second page, else the type of official paper goes on over pages.
    """

    title: str
    paragraphs: tuple[Paragraph, ...]
    signed: tuple[str, ...] = ()
    half: bool = False
    one_page: bool = False


def sheets(note: Note, book: FontBook, first: int = 1) -> tuple[Sheet, ...]:
    """Return the note as pages, numbered from `first`."""
    if note.one_page:
        return _on_one_page(note, book, first)
    for size in _SIZES[1:] if note.half else _SIZES[:1]:
        pages = _set(note, size, book)
        sheets = pages.sheets(first)
        if not note.half or (len(sheets) == 1 and pages.y <= _HALF):
            return sheets
    return sheets


def _on_one_page(note: Note, book: FontBook, first: int) -> tuple[Sheet, ...]:
    for size in _SIZES[:_READABLE]:
        sheets = _set(note, size, book).sheets(first)
        if len(sheets) == 1:
            return sheets
    return _set(note, _SIZES[0], book).sheets(first)


def _set(note: Note, size: float, book: FontBook) -> Pages:
    page = _FULL._replace(top=_HALF_TOP) if note.half else _FULL
    pages = Pages("report", page, book)
    title = pages.broken(note.title, _TITLE, page.inner)
    pages.put(title, _TITLE, Area(page.left, pages.y, page.inner, height_of(title)))
    pages.y += height_of(title) + (2 if note.half else 8)
    leading = size * (1.5 if note.half or size < _SIZES[0] else 1.75)
    for item in note.paragraphs:
        indent = 2.0 if item.style in ("body", "warning") else 0.0
        setting = Setting(_ROLES[item.style], size, leading, size, "left", "middle", indent)
        pages.paragraph(item.text, setting, page.left, page.inner)
    _sign(note, Setting("fang", size, leading, size, "left", "middle"), pages)
    return pages


def _sign(note: Note, setting: Setting, pages: Pages) -> None:
    if not note.signed:
        return
    step = setting.leading / MM
    if pages.room < step + 3:
        pages.turn()
    each = pages.page.inner / len(note.signed)
    for place, text in enumerate(note.signed):
        area = Area(pages.page.left + place * each, pages.y + 3, ENDLESS, step)
        pages.put(pages.broken(text, setting, ENDLESS), setting, area)
    pages.y += step + 3
