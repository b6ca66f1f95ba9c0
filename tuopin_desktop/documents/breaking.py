"""Where a line may end: Chinese line-breaking rules (禁则), whole numbers and Latin words, hanging punctuation."""

import re
from collections import deque
from collections.abc import Iterable
from functools import lru_cache
from math import fsum
from typing import NamedTuple

from tuopin_desktop.documents.fonts import FontBook

NO_START = frozenset("、，。；：！？）》〉」』】〕｝〗”’…—～·•‧％‰℃°々ー,.;:!?)]}%»")
"""Marks that never begin a line."""

NO_END = frozenset("（《〈「『【〔｛〖“‘￥＄№([{$«")
"""Marks that never end a line."""

HANGING = frozenset("、，。；：！？,.;:!?")
HANG = 0.55
"""How far (em) such a mark may stand out at the right: its ink sits in the left half of its square."""

_WORD = r"[A-Za-z0-9\u00c0-\u024f\u0370-\u04ff]+"
_TOKEN = re.compile(rf"[ \u3000]+|{_WORD}(?:[.,:/@%+\-_'’&~]+{_WORD})*|.", re.DOTALL)
_DOTTED_NAME = re.compile(r"[^\W\d_]+(?:·[^\W\d_]+)+")
_PERIOD = re.compile(r"\d{4}年[^，。；至]{2,14}(?:至[^，。；至]{0,16})?")
_SLACK = 1e-6


class Piece(NamedTuple):
    """Text that stays together; widths in em: the text itself, the blanks behind it, and what may hang out."""

    text: str
    width: float
    blank: float = 0.0
    hang: float = 0.0


def measure(text: str, role: str, book: FontBook) -> float:
    """Width of `text` in em."""
    glyph_by_key = book.glyphs(role)
    return fsum((glyph_by_key.get(char) or book.glyph(role, char)).width for char in text)


def pieces(text: str, role: str, book: FontBook) -> tuple[Piece, ...]:
    """Cut one paragraph into pieces; a break is allowed after every piece."""
    if "·" in text and _DOTTED_NAME.fullmatch(text):  # a Mongolian name: its parts stay whole, the dot ends the line
        return _glued(re.findall(r"[^·]+·?", text), role, book)
    if _PERIOD.fullmatch(text):  # "2018年6月5日至2018年6月8日": one date per line reads best
        return _glued(re.findall(r"[^至]+至?", text), role, book)
    return _glued(_TOKEN.findall(text), role, book)


class Broken(NamedTuple):
    """The lines of a paragraph; `torn` when a piece was longer than a line and had to be broken."""

    lines: tuple[str, ...]
    torn: bool


def lines(parts: Iterable[Piece], first: float, rest: float, role: str, book: FontBook, *, hang: float) -> Broken:
    """Fill lines of `first`, then `rest` em with pieces; nothing is ever dropped.

    `hang` is how far (em) a closing mark may stand out.
    """
    queue = deque(parts)
    lines: list[str] = []
    torn = False
    line = ""
    used, limit = 0.0, first
    while queue:
        piece = queue.popleft()
        if used + piece.width - min(piece.hang, hang) <= limit + _SLACK:
            line += piece.text
            used += piece.width + piece.blank
        elif line:
            queue.appendleft(piece)
            lines.append(line.rstrip(" \u3000"))
            line, used, limit = "", 0.0, rest
        else:
            smaller, torn = _apart(piece, role, book), True
            queue.extendleft(reversed(smaller))
            if len(smaller) == 1:
                line, used = queue.popleft().text, limit
    lines.append(line.rstrip(" \u3000"))
    return Broken(tuple(lines), torn)


def _glued(tokens: Iterable[str], role: str, book: FontBook) -> tuple[Piece, ...]:
    """Join tokens where no line may end between them."""
    groups: list[list[str]] = []  # [text, blanks behind it]
    for token in tokens:
        if token[0] in " \u3000" and groups:
            groups[-1][1] += token
        elif groups and (token[0] in NO_START or groups[-1][0][-1] in NO_END):
            groups[-1] = ["".join(groups[-1]) + token, ""]
        else:
            groups.append([token, ""])
    return tuple(_piece(text, blanks, role, book) for text, blanks in groups)


@lru_cache(maxsize=8192)  # Chinese is a few thousand pieces of one character: half the time of a batch
def _piece(text: str, blanks: str, role: str, book: FontBook) -> Piece:
    hang = min(HANG, measure(text[-1], role, book)) if text[-1] in HANGING else 0.0
    width = measure(text, role, book)
    return Piece(text + blanks, width, measure(blanks, role, book) if blanks else 0.0, hang)


def _apart(piece: Piece, role: str, book: FontBook) -> tuple[Piece, ...]:
    """A piece too long for a line, cut between any two characters the marks allow, and as a last resort anywhere."""
    cut = _glued(piece.text, role, book)
    if len(cut) > 1:
        return cut
    return tuple(_piece(char, "", role, book) for char in piece.text)
