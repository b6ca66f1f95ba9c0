"""What an .xls (BIFF8) shows and its values do not say: struck-out cells, hidden rows, colours, comments."""

import struct
from collections.abc import Iterator

import msgspec

from tuopin_desktop.documents.looks import NOTHING, Look, Place

_BOF, _SHEET, _FONT, _XF, _1904 = 0x0809, 0x0085, 0x0031, 0x00E0, 0x0022
_ROW, _NOTE = 0x0208, 0x001C
_ONE_CELL = {0x0006, 0x0203, 0x0204, 0x0205, 0x00FD}
_RUN_OF_NUMBERS = 0x00BD
_STRUCK, _HIDDEN = 0x0008, 0x20
_SOLID, _WINDOW = 1, {9, 64, 65}
_NO_FONT = 4
"""The font number no file has: those after the fourth are counted from 5."""


class OldLooks(msgspec.Struct, frozen=True):
    """The looks of a workbook's sheets by name, and whether its days are counted from 1904."""

    looks: dict[str, Look]
    since_1904: bool

    def of(self, name: str) -> Look:
        """Return the look of one sheet."""
        return self.looks.get(name, NOTHING)


def read(stream: bytes) -> OldLooks:
    """Return the looks of a workbook's stream; a record that is cut short shows nothing."""
    fonts: list[bool] = []
    styles: list[tuple[int, str]] = []
    names: dict[int, str] = {}
    since_1904 = False
    for at, kind, length in _records(stream, 0):
        body = stream[at : at + length]
        if kind == _FONT and length >= 4:
            fonts.append(bool(struct.unpack_from("<H", body, 2)[0] & _STRUCK))
        elif kind == _XF and length >= 20:
            styles.append((struct.unpack_from("<H", body)[0], _colour(body)))
        elif kind == _SHEET and length > 8:
            names[struct.unpack_from("<I", body)[0]] = _name(body)
        elif kind == _1904 and length >= 2:
            since_1904 = body[0] == 1
    struck = {number for number, (font, _) in enumerate(styles) if _of_font(fonts, font)}
    colours = {number: colour for number, (_, colour) in enumerate(styles) if colour}
    looks = {name: _look(stream, start, struck, colours) for start, name in names.items()}
    return OldLooks(looks, since_1904)


def _of_font(fonts: list[bool], number: int) -> bool:
    place = number - 1 if number > _NO_FONT else number
    return place < len(fonts) and fonts[place]


def _colour(body: bytes) -> str:
    pattern = struct.unpack_from("<I", body, 14)[0] >> 26
    ground = struct.unpack_from("<H", body, 18)[0] & 0x7F
    return f"colour {ground}" if pattern == _SOLID and ground not in _WINDOW else ""


def _name(body: bytes) -> str:
    coding = "utf-16-le" if body[7] & 1 else "latin-1"
    return body[8 : 8 + body[6] * (2 if body[7] & 1 else 1)].decode(coding, "replace")


def _look(stream: bytes, start: int, struck: set[int], colours: dict[int, str]) -> Look:
    lines: set[Place] = set()
    hidden: set[int] = set()
    fills: dict[Place, str] = {}
    comments: dict[Place, str] = {}
    for at, kind, length in _records(stream, start):
        if kind == _ROW and length >= 16:
            row, options = struct.unpack_from("<H", stream, at)[0], struct.unpack_from("<I", stream, at + 12)[0]
            hidden |= {row + 1} if options & _HIDDEN else set()
        elif kind == _NOTE and length >= 4:
            row, column = struct.unpack_from("<HH", stream, at)
            comments[row + 1, column] = "批注"
        for place, style in _styles(stream, at, kind, length):
            if style in struck:
                lines.add(place)
            if style in colours:
                fills[place] = colours[style]
    return Look(
        frozenset(lines),
        frozenset(hidden),
        frozenset(),
        comments,
        lambda column: {row: colour for (row, at), colour in fills.items() if at == column},
    )


def _styles(stream: bytes, at: int, kind: int, length: int) -> Iterator[tuple[Place, int]]:
    """Yield the cells of a record with the number of their style."""
    if kind in _ONE_CELL and length >= 6:
        row, column, style = struct.unpack_from("<HHH", stream, at)
        yield (row + 1, column), style
    elif kind == _RUN_OF_NUMBERS and length >= 6:
        row, column = struct.unpack_from("<HH", stream, at)
        for number in range((length - 6) // 6):
            yield (row + 1, column + number), struct.unpack_from("<H", stream, at + 4 + 6 * number)[0]


def _records(stream: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """Yield (place of the body, kind, length) from the beginning of a part to the beginning of the next."""
    at, end = start, len(stream) - 4
    head = struct.Struct("<HH").unpack_from
    while at <= end:
        kind, length = head(stream, at)
        if kind == 0x000A or (kind == _BOF and at != start):  # the end of the part, or a chart inside it
            return
        if at + 4 + length <= len(stream):
            yield at + 4, kind, length
        at += 4 + length
