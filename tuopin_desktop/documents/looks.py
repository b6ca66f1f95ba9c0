"""What an .xlsx shows and its values do not say: struck-out text, hidden rows, cell colours, comments.

Read from the parts with patterns, and only where the workbook has such a style at all: a plain sheet of 100,000 rows
pays for one look into its list of styles.
"""

import html
import re
from collections.abc import Callable, Iterable, Mapping

import msgspec

from tuopin_desktop.documents.zipped import SpreadsheetParts

_STYLES = "xl/styles.xml"
_FONT = re.compile(rb"<(?:\w+:)?font\s*/>|<(?:\w+:)?font(?:\s[^>]*)?>.*?</(?:\w+:)?font>", re.DOTALL)
_FILL = re.compile(rb"<(?:\w+:)?fill\s*/>|<(?:\w+:)?fill(?:\s[^>]*)?>.*?</(?:\w+:)?fill>", re.DOTALL)
_STRIKE = re.compile(rb'<(?:\w+:)?strike\s*(?:val="(?:1|true)"\s*)?/>')
_SOLID = re.compile(rb'patternType="solid".*?<(?:\w+:)?fgColor\s([^>]*)/?>', re.DOTALL)
_XF = re.compile(rb"<(?:\w+:)?xf\s([^>]*)>")
_WHITE = {b"FFFFFFFF", b"00FFFFFF"}
_NUMBER_OF = {name: re.compile(rb"\b" + name + rb'="(\d+)"') for name in (b"fontId", b"fillId")}
_RGB = re.compile(rb'rgb="([0-9A-Fa-f]{6,8})"')
_BACKGROUND = re.compile(rb'theme="0"|indexed="(?:9|64|65)"')
_HIDDEN_COLUMN = re.compile(rb'<(?:\w+:)?col\s(?=[^<>]*\bhidden="(?:1|true)")([^<>]*)/?>')
_SPAN = {name: re.compile(rb"\b" + name + rb'="(\d+)"') for name in (b"min", b"max")}
_ITEM = re.compile(rb"<(?:\w+:)?si>.*?</(?:\w+:)?si>|<(?:\w+:)?si\s*/>", re.DOTALL)
_INLINE = re.compile(
    rb'<(?:\w+:)?c\s[^<>]*\br="([A-Z]{1,3})(\d+)"[^<>]*>\s*<(?:\w+:)?is>(.*?)</(?:\w+:)?is>', re.DOTALL
)
_COMMENT = re.compile(rb'<(?:\w+:)?comment\s[^<>]*\bref="([A-Z]{1,3})(\d+)"[^<>]*>(.*?)</(?:\w+:)?comment>', re.DOTALL)
_TEXT = re.compile(rb"<(?:\w+:)?t(?:\s[^<>]*)?>(.*?)</(?:\w+:)?t>", re.DOTALL)
_TARGET = re.compile(rb'Target="([^"]*comments[^"]*\.xml)"')
_MOST = 20_000
"""Signs kept of one kind; a sheet with more is struck out or coloured as a whole."""

Place = tuple[int, int]
"""A cell as (sheet row from 1, column index from 0)."""


class Look(msgspec.Struct, frozen=True):
    """What a person sees on a sheet beside its values; `fill` gives the coloured cells of one column on request."""

    struck: frozenset[Place] = frozenset()
    hidden: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    comments: Mapping[Place, str] = {}
    fills: Callable[[int], dict[int, str]] = lambda _column: {}


NOTHING = Look()


class Looks:
    """The looks of one workbook's sheets."""

    def __init__(self, parts: SpreadsheetParts) -> None:
        self._parts = parts.parts
        styles = self._parts.get(_STYLES, b"")
        formats = styles.partition(b"cellXfs")[2].partition(b"cellXfs>")[0]
        xfs = [match[1] for match in _XF.finditer(formats)]
        struck = _numbers(_FONT, styles, lambda font: _STRIKE.search(font) is not None)
        self._struck = _using(xfs, b"fontId", struck)
        self._colours = _colours(styles)
        self._filled = {number: self._colours[fill] for number, fill in _uses(xfs, b"fillId") if fill in self._colours}

    def of(self, part: str) -> Look:
        """Return the look of one sheet, by the name of its part."""
        raw = self._parts.get(part, b"")
        struck = _styled(raw, self._struck) | self._struck_texts(raw)
        return Look(
            frozenset(struck),
            frozenset(_hidden_rows(raw)),
            _columns(raw),
            self._comments(part),
            lambda column: self._fill(raw, column),
        )

    def _struck_texts(self, raw: bytes) -> set[Place]:
        """Return the cells of which a part of the text is struck out."""
        strings = self._parts.get("xl/sharedStrings.xml", b"")
        signs: set[Place] = set()
        if b"strike" in strings:
            numbers = {number for number, item in enumerate(_ITEM.findall(strings)) if _STRIKE.search(item)}
            for letters, row, index in _SHARED.findall(raw) if numbers else ():
                if int(index) in numbers and len(signs) < _MOST:
                    signs.add((int(row), column_index(letters)))
        if b"strike" in raw:
            signs |= {
                (int(row), column_index(letters)) for letters, row, text in _INLINE.findall(raw) if _STRIKE.search(text)
            }
        return signs

    def _comments(self, part: str) -> dict[Place, str]:
        folder, _, name = part.rpartition("/")
        targets = _TARGET.findall(self._parts.get(f"{folder}/_rels/{name}.rels", b""))
        signs: dict[Place, str] = {}
        for target in targets:
            path = target.decode("utf-8", "replace")
            own = path.lstrip("/") if path.startswith("/") else f"xl/{path.removeprefix('../')}"
            for letters, row, body in _COMMENT.findall(self._parts.get(own, b"")):
                text = html.unescape(b"".join(_TEXT.findall(body)).decode("utf-8", "replace")).strip()
                if text and len(signs) < _MOST:
                    signs[int(row), column_index(letters)] = " ".join(text.split())
        return signs

    def _fill(self, raw: bytes, column: int) -> dict[int, str]:
        """Return the colours (RRGGBB) of a column's cells by row."""
        if not self._filled:
            return {}
        pattern = re.compile(rb'<(?:\w+:)?c r="' + column_letters(column) + rb'(\d+)"[^<>]*? s="(\d+)"')
        signs = ((int(row), int(style)) for row, style in pattern.findall(raw))
        return {row: self._filled[style] for row, style in signs if style in self._filled}


_SHARED = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d+)"[^<>]*\bt="s"[^<>]*>\s*<(?:\w+:)?v>(\d+)</')


def column_index(letters: bytes) -> int:
    """Return the index from 0 of a column's letters."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def column_letters(index: int) -> bytes:
    """Return the letters of a column by its index from 0."""
    letters = b""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = bytes([65 + rest]) + letters
    return letters


def _numbers(pattern: re.Pattern[bytes], part: bytes, sought: Callable[[bytes], bool]) -> set[int]:
    return {number for number, item in enumerate(pattern.findall(part)) if sought(item)}


def _colours(styles: bytes) -> dict[int, str]:
    """Return the colours of the solid fills by number; white and the window's background are none."""
    colours = {}
    for number, fill in enumerate(_FILL.findall(styles.partition(b"cellXfs")[0])):
        match = _SOLID.search(fill)
        if match is None or _BACKGROUND.search(match[1]):
            continue
        rgb = _RGB.search(match[1])
        if rgb is None or rgb[1].upper() not in _WHITE:
            colours[number] = rgb[1].decode()[-6:].upper() if rgb else ""
    return colours


def _uses(xfs: Iterable[bytes], name: bytes) -> list[tuple[int, int]]:
    pattern = _NUMBER_OF[name]
    return [(number, int(match[1])) for number, xf in enumerate(xfs) if (match := pattern.search(xf))]


def _using(xfs: Iterable[bytes], name: bytes, numbers: set[int]) -> set[int]:
    return {style for style, number in _uses(xfs, name) if number in numbers}


def _styled(raw: bytes, styles: set[int]) -> set[Place]:
    """Return the cells of some styles that hold anything, looked for by the style's own few bytes."""
    cells: set[Place] = set()
    for style in styles:
        sign = b' s="%d"' % style
        at = raw.find(sign)
        while at >= 0 and len(cells) < _MOST:
            start, end = raw.rfind(b"<", 0, at), raw.find(b">", at)
            place = _REFERENCE.search(raw, start, at)
            if place is not None and raw[end - 1 : end] != b"/" and raw[end + 1 : end + 3] != b"</":
                cells.add((int(place[2]), column_index(place[1])))
            at = raw.find(sign, at + 1)
    return cells


_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
_ROW = re.compile(rb'<(?:\w+:)?row\s[^<>]*?\br="(\d+)"')


def _hidden_rows(raw: bytes) -> set[int]:
    rows: set[int] = set()
    for sign in (b' hidden="1"', b' hidden="true"'):
        at = raw.find(sign)
        while at >= 0:
            element = raw[raw.rfind(b"<", 0, at) : raw.find(b">", at) + 1]
            if (match := _ROW.match(element)) is not None:
                rows.add(int(match[1]))
            at = raw.find(sign, at + 1)
    return rows


def _columns(raw: bytes) -> frozenset[int]:
    if b"hidden=" not in raw:
        return frozenset()
    signs: set[int] = set()
    for attributes in _HIDDEN_COLUMN.findall(raw.partition(b"<sheetData")[0]):
        first, last = (pattern.search(attributes) for pattern in _SPAN.values())
        if first and last:
            signs |= set(range(int(first[1]) - 1, min(int(last[1]), 300)))
    return frozenset(signs)
