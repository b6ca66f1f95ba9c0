"""Set words into a rectangle: broken into lines, shrunk until they fit, placed on baselines; never cut."""

from collections.abc import Iterator
from typing import NamedTuple

from tuopin_desktop.documents.breaking import HANG, Piece, lines, measure, pieces
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.domain.display import MM, Text

STEP = 0.5  # pt
TIGHTEST = 1.15  # leading / size; closer lines of Chinese touch
BASELINE = 0.38  # em from the middle of a line down to its baseline: 0.88 above minus half of the square


class Area(NamedTuple):
    """A rectangle in mm from the page's top-left corner."""

    x: float
    y: float
    width: float
    height: float


class Setting(NamedTuple):
    """How words are set: sizes and leading in pt, indent in em, `most` lines at most (0: as many as fit)."""

    role: str
    size: float
    leading: float
    smallest: float
    align: str
    valign: str
    indent: float = 0.0
    most: int = 0


class Fitted(NamedTuple):
    """Words broken into lines; `size`, `leading` in pt; `fits` is False when even the smallest size is too big."""

    lines: tuple[tuple[float, str], ...]  # (indent in em, text)
    size: float
    leading: float
    fits: bool


def fit(text: str, setting: Setting, area: Area, book: FontBook) -> Fitted:
    """Break and shrink `text` (as `plain.printable` gives it) until it fits `area`.

    Centred words (names, dates) shrink further rather than have a name or a date torn in two, if that helps.
    """
    paragraphs = [pieces(part, setting.role, book) for part in text.split("\n")]
    size = setting.size
    torn_but_fits: Fitted | None = None
    while True:
        fitted, torn = _try(paragraphs, setting, area, size, book)
        if fitted.fits and not (torn and setting.align == "center"):
            return fitted
        if fitted.fits and torn_but_fits is None:
            torn_but_fits = fitted
        if size - STEP < setting.smallest:
            return torn_but_fits or fitted
        size -= STEP


def _try(
    paragraphs: list[tuple[Piece, ...]], setting: Setting, area: Area, size: float, book: FontBook
) -> tuple[Fitted, bool]:
    broken, torn = _broken(paragraphs, setting, area.width * MM / size, book)
    room = area.height * MM / len(broken)
    usual = size * setting.leading / setting.size
    tightest = min(usual, size * TIGHTEST)
    fits = room >= tightest - 1e-6 and len(broken) <= (setting.most or len(broken))
    return Fitted(tuple(broken), size, min(usual, max(room, tightest)), fits), torn


def place(fitted: Fitted, setting: Setting, area: Area, book: FontBook) -> list[Text]:
    """Put fitted lines on their baselines; what does not fit begins at the top and runs over the lower edge."""
    step = fitted.leading / MM
    spare = area.height - step * len(fitted.lines)
    top = area.y + (spare * {"top": 0.0, "middle": 0.5, "bottom": 1.0}[setting.valign] if fitted.fits else 0.0)
    em = fitted.size / MM
    ops: list[Text] = []
    for number, (indent, line) in enumerate(fitted.lines):
        baseline = top + step * (number + 0.5) + BASELINE * em
        start = area.x + indent * em
        if setting.align != "left":
            left = area.width - measure(line, setting.role, book) * em
            start = area.x + (left if setting.align == "right" else left / 2)
        ops.extend(runs(line, start, baseline, fitted.size, setting.role, book))
    return ops


def _broken(
    paragraphs: list[tuple[Piece, ...]], setting: Setting, width: float, book: FontBook
) -> tuple[list[tuple[float, str]], bool]:
    indent = setting.indent
    hang = HANG if setting.align == "left" else 0.0
    pairs: list[tuple[float, str]] = []
    torn = False
    for parts in paragraphs:
        broken = lines(parts, width - indent, width, setting.role, book, hang=hang)
        pairs.extend((0.0 if number else indent, row) for number, row in enumerate(broken.lines))
        torn = torn or broken.torn
    return pairs, torn


def runs(
    line: str, x: float, y: float, size: float, role: str, book: FontBook, *, spacing: float = 0.0, red: bool = False
) -> Iterator[Text]:
    """Yield one text op per stretch of a line that one font draws; `spacing` pt stand behind every character."""
    em = size / MM
    glyph_by_key = book.glyphs(role)
    font, text, start = "", "", x
    for char in line:
        glyph = glyph_by_key.get(char) or book.glyph(role, char)
        if glyph.font != font:
            if text:
                yield Text(start, y, font, size, text, spacing, red)
            font, text, start = glyph.font, "", x
        text += glyph.char
        x += glyph.width * em + spacing / MM
    if text:
        yield Text(start, y, font, size, text, spacing, red)
