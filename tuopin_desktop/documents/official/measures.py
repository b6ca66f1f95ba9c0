"""How the parts of an official document are measured (GB/T 9704-2012): for its pages and its editable file alike."""

import math
from typing import NamedTuple

from tuopin_desktop.documents.breaking import lines, measure, pieces
from tuopin_desktop.documents.flow import Page
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.documents.official.model import Letter, clean
from tuopin_desktop.documents.ruled import Column
from tuopin_desktop.documents.typeset import Setting
from tuopin_desktop.domain.display import MM

PAGE = Page(210, 297, 28, 37, 26, 35)
TITLE, TITLE_LEADING = 22.0, 32.0
SMALL, SMALL_LEADING, SMALL_TIGHT = 14.0, 22.0, 17.0  # the block at the foot; tight on a compact page
CAPTION = Setting("hei", 12, 20, 12, "center", "middle")
NOTE = Setting("fang", 10.5, 15, 10.5, "left", "top")
MARK_TOP = {"document": 35.0, "letter": 0.0}  # mm from the top of the type area down to the issuer's mark
MARK_SIZES = {"document": 44.0, "letter": 30.0}  # pt; less where the words need it
MARK_LEADING = 1.25
ROLES = {-1: "fang", 0: "fang", 1: "hei", 2: "kai", 3: "fang", 4: "fang"}


class Grid(NamedTuple):
    """The type of the body (pt), how many characters a line has, and the mm from one to the next.

    28 characters of 16 pt stand a fifth of a point closer than they are wide, so that they fill the type area.
    """

    size: float
    characters: int
    pitch: float

    @property
    def squeeze(self) -> float:
        """Return the pt between two characters."""
        return self.pitch * MM - self.size


def grid(letter: Letter) -> Grid:
    """Return the grid of a document's body."""
    characters = math.ceil(PAGE.inner * MM / letter.size - 0.2)
    return Grid(letter.size, characters, PAGE.inner / characters)


def foot_leading(letter: Letter) -> float:
    """Return the leading (pt) of the distribution block."""
    return SMALL_TIGHT if letter.compact else SMALL_LEADING


def printing_size(letter: Letter, book: FontBook) -> float:
    """Return the size (pt) at which who printed the document and when stand side by side."""
    wide = math.fsum(measure(clean(text), "fang", book) for text in letter.printing) + 2
    return min(SMALL, max(4.0, int(2 * (PAGE.inner - 2 * SMALL / MM) * MM / wide) / 2))


def mark_size(letter: Letter, book: FontBook) -> float:
    """Return the size (pt) at which the issuer's mark fits on one line."""
    wide = measure(clean(letter.issuer), "title", book)
    return min(MARK_SIZES[letter.head], max(4.0, int(2 * PAGE.inner * MM / wide) / 2))


def across(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Return columns of the same proportions that fill the type area."""
    factor = PAGE.inner / math.fsum(column.width for column in columns)
    return tuple(Column(one.heading, one.width * factor, one.align, one.form) for one in columns)


def balanced(title: str, role: str, width: float, book: FontBook) -> list[str]:
    """Break a title into as few lines as it needs, about equally long, and not inside brackets if that can be helped.

    Its own line ends stand.
    """
    names: list[str] = []
    for part in title.split("\n"):
        cut = pieces(part, role, book)
        best = lines(cut, width, width, role, book, hang=0.0).lines
        tried = [best]
        narrow = width - 1
        while narrow > 4:
            broken = lines(cut, narrow, narrow, role, book, hang=0.0)
            if len(broken.lines) > len(best) or broken.torn:
                break
            tried.append(broken.lines)
            narrow -= 1
        names += min(reversed(tried), key=lambda rows: sum(row.count("（") != row.count("）") for row in rows))
    return names


class Signature(NamedTuple):
    """The lines of signature and date, and how far (mm) the box they are centred in stays from both margins."""

    rows: tuple[str, ...]
    left: float
    right: float


def signature(letter: Letter, book: FontBook) -> Signature:
    """Return how signature and date stand.

    The date ends four characters from the right margin; where the signature is much longer, its longest line ends
    two from it (GB/T 9704-2012, 7.3.5).
    """
    em, date = letter.size / MM, letter.date_words
    rows = balanced(clean(letter.signed), "fang", grid(letter).characters - 4, book) if letter.signed else []
    dated = measure(date, "fang", book) * em
    signed = max((measure(row, "fang", book) * em for row in rows), default=0.0)
    widest = max(dated, signed)
    right = max(4 * em + dated / 2, 2 * em + widest / 2) - widest / 2
    return Signature((*rows, *([date] if date else [])), max(0.0, PAGE.inner - right - widest), right)
