"""Words laid across a whole sheet, from its lower left to its upper right: 作废 on paper that no longer holds."""

import math

from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.documents.typeset import BASELINE
from tuopin_desktop.domain.display import MM, Op, Text

_ROLE = "hei"
_SIZE = 130.0  # pt
_TURN = 40.0  # degrees
_GAP = 12.0  # mm between the characters


def across(text: str, width: float, height: float, book: FontBook) -> tuple[Op, ...]:
    """Return the words in red, large, rising across the middle of a page of this size in mm."""
    step = _SIZE / MM + _GAP
    cos, sin = math.cos(math.radians(_TURN)), math.sin(math.radians(_TURN))
    drop = BASELINE * _SIZE / MM  # from the middle of a character to its baseline
    ops = []
    for place, char in enumerate(text):
        along = place * step - (len(text) * step - _GAP) / 2
        glyph = book.glyph(_ROLE, char)
        x = width / 2 + along * cos + drop * sin
        y = height / 2 - along * sin + drop * cos
        ops.append(Text(x, y, glyph.font, _SIZE, glyph.char, red=True, turn=_TURN))
    return tuple(ops)
