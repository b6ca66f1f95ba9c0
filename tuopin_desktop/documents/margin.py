"""What stands in the bottom margin for the office's own use: a slip's code and its number, never inside the frame."""

import re
from functools import lru_cache

from tuopin_desktop.documents.codes import modules
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.domain.display import MM, Box, Op, Text

# The length of a module is a whole number of hundredths of a point, and so is the corner: the PDF writes no more
# digits, and boxes that touch must meet exactly. 29 modules are 16 mm.
_MODULE = 1.56 / MM
_LEFT = 79.37 / MM  # 28 mm: the left side of the frame
_RISE = 82.21 / MM  # 29 mm from the page's lower edge up to the top of the symbol: 6 mm below the frame
UNDER_LIST = 59.53 / MM  # 21 mm: under a list that goes down to the foot of its page
_ROLE = "fang"
_SIZE = 9.0  # pt
_RUN = re.compile("#+")
_GAP = 3.5  # mm between the symbol and the number


def margin(code: str, serial: str, height: float, book: FontBook, rise: float = _RISE) -> tuple[Op, ...]:
    """Return the code as a QR symbol below the frame's left corner and the number beside it, on a page of a height.

    Either may be "" and is left out then. `rise` is where the symbol begins, in mm from the page's lower edge.
    """
    top = height - rise
    boxes = _symbol(code, _LEFT, top) if code else ()
    side = max((box.x + box.width for box in boxes), default=_LEFT - _GAP)
    return (*boxes, *_words(serial, side + _GAP, top + _SIZE / MM, book))  # level with the symbol's top


@lru_cache(maxsize=512)
def _symbol(code: str, left: float, top: float) -> tuple[Box, ...]:
    """The dark modules as few boxes: runs of a row, and equal runs below each other as one."""
    boxes: list[Box] = []
    rows = [*modules(code), ""]
    standing: dict[tuple[int, int], int] = {}  # a run and the row it began in
    for row, text in enumerate(rows):
        runs = {run.span() for run in _RUN.finditer(text)}
        for (start, end), since in list(standing.items()):
            if (start, end) not in runs:
                del standing[start, end]
                x, y = left + start * _MODULE, top + since * _MODULE
                boxes.append(Box(x, y, (end - start) * _MODULE, (row - since) * _MODULE))
        for run in sorted(runs):
            standing.setdefault(run, row)
    return tuple(boxes)


def _words(text: str, x: float, baseline: float, book: FontBook) -> list[Op]:
    ops: list[Op] = []
    for char in text:
        glyph = book.glyph(_ROLE, char)
        ops.append(Text(x, baseline, glyph.font, _SIZE, glyph.char))
        x += glyph.width * _SIZE / MM
    return ops
