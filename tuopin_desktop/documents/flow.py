"""Pages filled from top to bottom: words in boxes, paragraphs that run on, page numbers as on official papers."""

from collections.abc import Iterable
from typing import NamedTuple

from tuopin_desktop.documents.breaking import measure
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.documents.plain import printable
from tuopin_desktop.documents.typeset import Area, Fitted, Setting, fit, place
from tuopin_desktop.domain.daywords import with_dates
from tuopin_desktop.domain.display import MM, Box, Line, MissingGlyph, Op, Picture, Sheet

ENDLESS = 1e5  # mm: room that never makes words shrink
NUMBER = Setting("song", 14, 14, 14, "left", "top")
OUTER_DROP = 8.5  # mm: the dashes then stand 7 mm below the text (GB/T 9704-2012, 7.5)
NUMBER_DROP = 6.5  # mm from the foot of the page's text down to the page number, clear of the practice mark


class Page(NamedTuple):
    """A page in mm: its size and how far words keep from each edge."""

    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float

    @property
    def inner(self) -> float:
        """Return the width left for words."""
        return self.width - self.left - self.right

    @property
    def foot(self) -> float:
        """Return where words end."""
        return self.height - self.bottom


class Pages:
    """Pages in the making; `y` is where the next words begin on the last one."""

    def __init__(self, form: str, page: Page, book: FontBook) -> None:
        self.page = page
        self.book = book
        self.y = page.top
        self._form = form
        self._ops: list[list[Op]] = [[]]
        self._pictures: list[list[Picture]] = [[]]
        self._missing: list[MissingGlyph] = []
        self._known: dict[tuple[str, Setting, float], Fitted] = {}

    @property
    def room(self) -> float:
        """Return how many mm are left on the last page."""
        return self.page.foot - self.y

    @property
    def count(self) -> int:
        """Return how many pages there are."""
        return len(self._ops)

    def turn(self) -> None:
        """Begin a new page."""
        self._ops.append([])
        self._pictures.append([])
        self.y = self.page.top

    def ink(self, ops: Iterable[Op]) -> None:
        """Draw on the last page what is measured already."""
        self._ops[-1].extend(ops)

    def picture(self, png: bytes, area: Area) -> None:
        """Lay a picture on the last page."""
        self._pictures[-1].append(Picture(area.x, area.y, area.width, area.height, png))

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float) -> None:
        """Draw a line on the last page."""
        self._ops[-1].append(Line(x0, y0, x1, y1, width))

    def shade(self, x: float, y: float, width: float, height: float, grey: float) -> None:
        """Lay a grey rectangle under everything on the last page."""
        self._ops[-1].append(Box(x, y, width, height, grey))

    def broken(self, text: str, setting: Setting, width: float, name: str = "") -> Fitted:
        """Break text into lines of a width; what no font has is reported under `name`."""
        key = (text, setting, width)
        if key not in self._known:
            plain = with_dates(printable(text))
            self._known[key] = fit(plain, setting, Area(0, 0, width, ENDLESS), self.book)
            self._missing += [MissingGlyph(name, char) for char in self.book.missing(plain, setting.role)]
        return self._known[key]

    def put(self, fitted: Fitted, setting: Setting, area: Area) -> None:
        """Place broken lines in a box of the last page."""
        self.ink(place(fitted, setting, area, self.book))

    def place_text(self, text: str, setting: Setting, area: Area) -> list[Op]:
        """Return words in a box, for a page that is made already."""
        return list(place(self.broken(text, setting, ENDLESS), setting, area, self.book))

    def paragraph(self, text: str, setting: Setting, x: float, width: float) -> None:
        """Set a paragraph at `y`, on to the next page where it must."""
        fitted = self.broken(text, setting, width)
        step = height_of(fitted, 1)
        for row in fitted.lines:
            if self.room < step:
                self.turn()
            self.put(fitted._replace(lines=(row,)), setting, Area(x, self.y, width, step))
            self.y += step

    def sheets(self, first: int = 1, *, outer: bool = False, numbered: bool = True) -> tuple[Sheet, ...]:
        """Return the pages, numbered in the middle, or `outer`, where a bound paper is turned, or by themselves."""
        return tuple(
            Sheet(
                form=self._form,
                width=self.page.width,
                height=self.page.height,
                static=(),
                fields=(*ops, *(self._numbered(first + place, outer=outer) if numbered else ())),
                missing=tuple(self._missing) if place == 0 else (),
                pictures=tuple(self._pictures[place]),
            )
            for place, ops in enumerate(self._ops)
        )

    def _numbered(self, number: int, *, outer: bool) -> list[Op]:
        text = f"— {number} —"
        width = measure(text, NUMBER.role, self.book) * NUMBER.size / MM
        em = NUMBER.size / MM
        x, drop = (self.page.width - width) / 2, OUTER_DROP if outer else NUMBER_DROP
        if outer:  # one character in from the edge of the type area (GB/T 9704-2012, 7.5)
            x = self.page.width - self.page.right - em - width if number % 2 else self.page.left + em
        area = Area(x, self.page.foot + drop - NUMBER.size / MM, ENDLESS, ENDLESS)
        return list(place(self.broken(text, NUMBER, ENDLESS), NUMBER, area, self.book))


def height_of(fitted: Fitted, lines: int | None = None) -> float:
    """Return the mm that broken lines take."""
    return (len(fitted.lines) if lines is None else lines) * fitted.leading / MM
