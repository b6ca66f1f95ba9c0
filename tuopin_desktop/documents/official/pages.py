"""An official document on pages (GB/T 9704-2012): 22 lines of 28 characters, filled from margin to margin."""

import math

import msgspec

from tuopin_desktop.documents.breaking import lines, measure, pieces
from tuopin_desktop.documents.flow import ENDLESS, Pages, height_of
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.documents.official.figures import Figures
from tuopin_desktop.documents.official.measures import (
    CAPTION,
    MARK_LEADING,
    MARK_TOP,
    NOTE,
    PAGE,
    ROLES,
    SMALL,
    TITLE,
    TITLE_LEADING,
    across,
    balanced,
    foot_leading,
    grid,
    mark_size,
    printing_size,
    signature,
)
from tuopin_desktop.documents.official.model import (
    Annex,
    Chart,
    Letter,
    Listing,
    Paragraph,
    Worded,
    clean,
    texts,
    worded,
)
from tuopin_desktop.documents.ruled import Ruled
from tuopin_desktop.documents.typeset import BASELINE, Area, Setting, runs
from tuopin_desktop.domain.display import MM, Line, MissingGlyph, Sheet

_LOOSEST = 0.3  # em a character may be moved from the next to fill a line; a line that needs more stays short
_THICK, _THIN = 1.0, 0.7  # pt: 0.35 mm and 0.25 mm
_FEW = 3  # annexes whose list is not parted
_GAP = 3.0  # mm above and below a table or a drawing


def sheets(letter: Letter, book: FontBook) -> tuple[Sheet, ...]:
    """Return the document as pages; characters no font has are reported on the first."""
    setter = _Setter(letter, book)
    sheets = setter.run().sheets(outer=True)
    lost = dict.fromkeys(char for text in texts(letter) for char in book.missing(clean(text)))
    missing = (*sheets[0].missing, *(MissingGlyph("", char) for char in lost))
    return (_with_missing(sheets[0], missing), *sheets[1:])


def _with_missing(sheet: Sheet, missing: tuple[MissingGlyph, ...]) -> Sheet:
    return Sheet(sheet.form, sheet.width, sheet.height, sheet.static, sheet.fields, sheet.overflow, missing)


FITS = ((16, 28), (16, 26), (16, 24), (16, 22), (15, 21), (14, 20), (13, 18), (12, 17), (10.5, 15))
"""Type and leading (pt) tried one after the other for a document that must keep to one page."""


def fitted(letter: Letter, book: FontBook) -> Letter:
    """Return the document in the largest type with which it keeps to one page, the smallest if none does.

    A little room is left: in the editable file another computer's fonts may take a line more.
    """
    for size, leading in FITS:
        tried = msgspec.structs.replace(letter, size=size, leading=leading)
        roomy = msgspec.structs.replace(tried, blocks=(*tried.blocks, Paragraph("")))
        if len(sheets(roomy, book)) == 1:
            break
    return tried


class _Setter:
    """One document on its way onto pages."""

    def __init__(self, letter: Letter, book: FontBook) -> None:
        self._letter = letter
        self._book = book
        self._pages = Pages("official", PAGE, book)
        self._step = letter.leading / MM
        self._grid = grid(letter)
        self._figures = Figures(self._pages, book)

    def run(self) -> Pages:
        self._head()
        self._title(self._letter.title)
        self._recipient()
        content = list(worded(self._letter.blocks))
        before = next((place for place, item in enumerate(content) if isinstance(item, Annex)), len(content))
        closing = self._last_words_height()
        for place, item in enumerate(content[:before]):
            # The last words go over with the signature, and a heading goes with its last words.
            left = before - 1 - place
            heads = left == 1 and isinstance(item, Worded) and item.level > 0
            self._item(item, closing if left == 0 else closing + 2 * self._step if heads else 0.0)
        self._figures.settle(everything=True)
        self._closing()
        for item in content[before:]:
            self._item(item)
        self._figures.settle(everything=True)
        self._foot()
        return self._pages

    def _turn(self) -> None:
        """Begin a page, with the drawings that found no room on the one before."""
        self._pages.turn()
        self._figures.settle()

    # -- head

    def _head(self) -> None:
        letter, pages = self._letter, self._pages
        if letter.head == "none" or not letter.issuer:
            if letter.number:
                self._right(letter.number)
            return
        pages.y += MARK_TOP[letter.head]
        size = mark_size(letter, self._book)
        self._centred(clean(letter.issuer), "title", size, size * MARK_LEADING / MM, red=True)
        if letter.head == "document":
            pages.y += self._step
            self._centred(clean(letter.number), "fang", letter.size)
            pages.y += 4 - (self._step - letter.size / MM) / 2  # the line stands 4 mm below the number
        else:
            pages.y += 3
        pages.ink([Line(PAGE.left, pages.y, PAGE.left + PAGE.inner, pages.y, 1.4, red=True)])
        pages.y += 0.0 if letter.head == "document" else 2
        if letter.head == "letter" and letter.number:
            self._right(letter.number)
        pages.y += 0.0 if letter.compact else self._step

    def _title(self, title: str) -> None:
        pages = self._pages
        step = TITLE_LEADING / MM
        for row in balanced(clean(title), "title", PAGE.inner * MM / TITLE, self._book):
            self._centred(row, "title", TITLE, step)
        pages.y += self._step

    def _recipient(self) -> None:
        if self._letter.recipient:
            self._paragraph(Worded(clean(self._letter.recipient), -1))

    # -- body

    def _item(self, item: Worded | Listing | Chart | Annex, keep: float = 0.0) -> None:
        if isinstance(item, Worded):
            self._paragraph(item, keep)
        elif isinstance(item, Listing):
            self._listing(item)
        elif isinstance(item, Chart):
            self._figures.add(item)
        else:
            self._annex(item)

    def _paragraph(self, item: Worded, keep: float = 0.0) -> None:
        """Set text; a heading stays with what follows, and `keep` mm under the last line stay free for its last two."""
        pages, role, wide = self._pages, ROLES[item.level], self._grid.characters
        indent = 0 if item.level == -1 else 2
        broken = lines(pieces(item.text, role, self._book), wide - indent, wide, role, self._book, hang=0.0).lines
        keep = max(keep, 2 * self._step if item.level in (1, 2) else 0.0)
        for place, row in enumerate(broken):
            rest = len(broken) - place
            needed = rest * self._step + keep if rest <= 2 else self._step
            if pages.room < min(needed, PAGE.foot - PAGE.top) - 1e-6 and pages.y > PAGE.top:
                self._turn()
            self._line(row, role, 0 if place else indent, full=rest > 1)

    def _line(self, row: str, role: str, indent: int, *, full: bool) -> None:
        """Set one line: a full one from margin to margin, the last of a paragraph at the usual pitch."""
        pages, size, pitch = self._pages, self._grid.size, self._grid.pitch
        spacing = self._grid.squeeze
        if full and len(row) > 1:
            natural = measure(row, role, self._book) * size / MM
            loose = ((self._grid.characters - indent) * pitch - natural) * MM / (len(row) - 1)
            spacing = loose if loose <= _LOOSEST * size else spacing
        baseline = pages.y + self._step / 2 + BASELINE * size / MM
        pages.ink(runs(row, PAGE.left + indent * pitch, baseline, size, role, self._book, spacing=spacing))
        pages.y += self._step

    def _caption(self, text: str, below: float) -> None:
        """Set the words over a table, together with `below` mm of it."""
        pages = self._pages
        pages.y += _GAP
        caption = pages.broken(text, CAPTION, PAGE.inner)
        tall = height_of(caption) + 1 if text else 0.0
        if pages.room < tall + below:
            pages.turn()
        if text:
            pages.put(caption, CAPTION, Area(PAGE.left, pages.y, PAGE.inner, tall - 1))
            pages.y += tall

    def _listing(self, item: Listing) -> None:
        pages = self._pages
        self._caption(item.caption, 25)
        columns = across(item.columns)
        notes = math.fsum(height_of(pages.broken(note, NOTE, PAGE.inner)) for note in item.notes)
        Ruled(pages, columns, PAGE.left, item.size, item.least).lay(item.rows, item.totals, notes)
        for note in item.notes:
            pages.paragraph(note, NOTE, PAGE.left, PAGE.inner)
        pages.y += _GAP

    def _annex(self, item: Annex) -> None:
        self._pages.turn()
        self._line(clean(item.number), "hei", 0, full=False)
        self._pages.y += self._step
        self._title(item.title)

    # -- closing

    def _last_words_height(self) -> float:
        """Return the mm under the last words of the text that stay with them: the list of annexes may be parted."""
        few = 3 * self._step if len(self._letter.annexes) > _FEW else math.inf
        return min(few, self._closing_height())

    def _closing_height(self) -> float:
        letter = self._letter
        count = len(letter.annexes) + bool(letter.annexes)
        if letter.signed or letter.dated:
            count += len(signature(letter, self._book).rows) + 1 + 2 * len(letter.inked)
        return (count + bool(letter.note)) * self._step

    def _closing(self) -> None:
        """Set the attachments, the places for ink, the signature with its date, and the note in brackets."""
        letter, pages = self._letter, self._pages
        if letter.annexes:
            self._blank()
        height = self._closing_height() - (len(letter.annexes) + bool(letter.annexes)) * self._step
        for place, text in enumerate(letter.annexes):
            lead = "" if place == 0 else "\u3000\u3000\u3000"
            self._paragraph(Worded(lead + clean(text), 0), height if place == len(letter.annexes) - 1 else 0.0)
        if letter.signed or letter.dated:
            if pages.room < height and pages.y > PAGE.top:
                pages.turn()
            for text in letter.inked:
                self._blank()
                self._line(clean(text), "fang", 2, full=False)
            self._blank()
            self._sign()
        if letter.note:
            self._paragraph(Worded(clean(f"（{letter.note}）"), 0))

    def _sign(self) -> None:
        """Set signature and date on one axis, the wider of them so far from the margin as the standard says."""
        box = signature(self._letter, self._book)
        for row in box.rows:
            self._centred(
                row, "fang", self._grid.size, self._step, PAGE.left + box.left, PAGE.inner - box.left - box.right
            )

    def _blank(self) -> None:
        self._pages.y += self._step
        if self._pages.room < self._step:
            self._pages.turn()

    # -- foot

    def _foot(self) -> None:
        """Set the distribution block at the foot of the last page, on a new one if it does not fit."""
        letter, pages = self._letter, self._pages
        if not letter.foot and not any(letter.printing):
            return
        leading = foot_leading(letter)
        setting, inset = Setting("fang", SMALL, leading, SMALL, "left", "middle"), SMALL / MM
        width = PAGE.inner - 2 * inset
        rows = [pages.broken(text, setting, width) for text in letter.foot]
        heights = [height_of(row) + 1 for row in rows] + [leading / MM + 1] * any(letter.printing)
        if pages.room < math.fsum(heights) + (2 if letter.compact else self._step):
            pages.turn()
        y = PAGE.foot - math.fsum(heights)
        pages.line(PAGE.left, y, PAGE.left + PAGE.inner, y, _THICK)
        for place, height in enumerate(heights):
            area = Area(PAGE.left + inset, y, width, height)
            if place < len(rows):
                pages.put(rows[place], setting, area)
            else:
                printer, printed = letter.printing
                size = printing_size(letter, self._book)
                left = setting._replace(size=size, smallest=size)
                right = left._replace(align="right")
                pages.put(pages.broken(printer, left, ENDLESS), left, area)
                pages.put(pages.broken(printed, right, ENDLESS), right, area)
            y += height
            last = place == len(heights) - 1
            pages.line(PAGE.left, y, PAGE.left + PAGE.inner, y, _THICK if last else _THIN)

    # -- single lines

    def _right(self, text: str) -> None:
        size = self._letter.size
        setting = Setting("fang", size, self._letter.leading, size, "right", "middle")
        pages = self._pages
        pages.put(pages.broken(text, setting, ENDLESS), setting, Area(PAGE.left, pages.y, PAGE.inner, self._step))
        pages.y += self._step

    def _centred(
        self,
        text: str,
        role: str,
        size: float,
        step: float = 0.0,
        left: float = PAGE.left,
        width: float = PAGE.inner,
        *,
        red: bool = False,
    ) -> None:
        pages = self._pages
        step = step or self._step
        if pages.room < step:
            pages.turn()
        x = left + (width - measure(text, role, self._book) * size / MM) / 2
        pages.ink(runs(text, x, pages.y + step / 2 + BASELINE * size / MM, size, role, self._book, red=red))
        pages.y += step
