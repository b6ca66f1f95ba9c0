"""What an .ods shows and its values do not say: struck-out text, hidden rows, cell colours, comments.

The same signs as in an .xlsx (`looks.py`), read by one walk through the content with a parser that follows nothing.
"""

from collections import defaultdict
from collections.abc import Mapping
from xml.parsers import expat

import msgspec

from tuopin_desktop.documents.looks import Look, Place
from tuopin_desktop.documents.zipped import DAMAGED
from tuopin_desktop.domain.problems import Trouble

CONTENT, _STYLES = "content.xml", "styles.xml"
_SIGNS = (b"text-line-through-", b'table:visibility="', b"<office:annotation", b"fo:background-color")
"""What a file has where there is anything to be seen; a plain one of 100,000 rows pays for four searches."""
_MOST = 20_000
_ALL = 400_000
"""Struck and coloured cells kept of one file: repeats cost nothing to write and much to hold."""
_ANCESTORS, _COLUMN_STYLES = 8, 300
_PLAIN_GROUNDS = ("", "transparent", "#ffffff")


_Name = tuple[str, str]
"""A style by family and name: another family may use the same name."""


class _Style(msgspec.Struct, frozen=True):
    """What one style says itself: its parent, and whether text is struck out and which ground it has, if it says so."""

    parent: str = ""
    struck: bool | None = None
    ground: str | None = None


class _Sheet:
    """The signs of one sheet while it is walked through."""

    def __init__(self) -> None:
        self.struck: set[Place] = set()
        self.hidden: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.comments: dict[Place, str] = {}
        self.grounds: dict[int, dict[int, str]] = defaultdict(dict)
        self.column_styles: list[tuple[int, int, str]] = []

    def look(self) -> Look:
        """Return the signs as they are asked for."""
        grounds = {column: dict(rows) for column, rows in self.grounds.items()}
        return Look(
            frozenset(self.struck),
            frozenset(self.hidden),
            frozenset(self.hidden_columns),
            dict(self.comments),
            lambda column: grounds.get(column, {}),
        )


def read(parts: Mapping[str, bytes]) -> dict[str, Look]:
    """Return the look of each sheet by its name; none where there is nothing to be seen. Raises Trouble."""
    content = parts.get(CONTENT, b"")
    if not any(sign in content for sign in _SIGNS):
        return {}
    walk = _Walk()
    for part in (parts.get(_STYLES, b""), content):
        if part:
            walk.through(part)
    return {name: sheet.look() for name, sheet in walk.sheets.items()}


class _Walk:
    """One walk through styles and content."""

    def __init__(self) -> None:
        self.sheets: dict[str, _Sheet] = {}
        self._styles: dict[_Name, _Style] = {}
        self._style: _Name = ("", "")
        self._sheet = _Sheet()
        self._row = self._column = 0
        self._rows = self._columns = 1
        self._row_style = self._cell_style = ""
        self._spans: list[str] = []
        self._filled = self._marked = False
        self._note: list[str] | None = None
        self._left = _ALL

    def through(self, part: bytes) -> None:
        """Walk through one part."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        try:
            parser.Parse(part, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise Trouble(DAMAGED) from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if (begin := _BEGINS.get(name)) is not None:
            begin(self, attributes)

    def _end(self, name: str) -> None:
        if (end := _ENDS.get(name)) is not None:
            end(self)

    # -- styles

    def style(self, attributes: dict[str, str]) -> None:
        """Begin a style."""
        self._style = attributes.get("style:family", ""), attributes.get("style:name", "")
        self._styles[self._style] = _Style(attributes.get("style:parent-style-name", ""))

    def text_properties(self, attributes: dict[str, str]) -> None:
        """Note whether a style strikes text out."""
        line = attributes.get("style:text-line-through-style", attributes.get("style:text-line-through-type"))
        if line is not None and self._style in self._styles:
            struck = line != "none"
            self._styles[self._style] = msgspec.structs.replace(self._styles[self._style], struck=struck)

    def cell_properties(self, attributes: dict[str, str]) -> None:
        """Note the ground of a style."""
        if (ground := attributes.get("fo:background-color")) is not None and self._style in self._styles:
            self._styles[self._style] = msgspec.structs.replace(self._styles[self._style], ground=ground.lower())

    def end_style(self) -> None:
        """End a style."""
        self._style = ("", "")

    def _says(self, name: str, family: str = "table-cell") -> tuple[bool, str]:
        """Return whether a style strikes out and its ground, its own or that of the style it is made from."""
        struck: bool | None = None
        ground: str | None = None
        for _ in range(_ANCESTORS):
            style = self._styles.get((family, name))
            if style is None:
                break
            struck = style.struck if struck is None else struck
            ground = style.ground if ground is None else ground
            name = style.parent
        return bool(struck), "" if ground in (None, *_PLAIN_GROUNDS) else str(ground).lstrip("#").upper()

    # -- sheets

    def table(self, attributes: dict[str, str]) -> None:
        """Begin a sheet."""
        self._sheet = self.sheets.setdefault(attributes.get("table:name", ""), _Sheet())
        self._row = self._column = 0
        self._rows = self._columns = 1
        self._at = 0

    def table_column(self, attributes: dict[str, str]) -> None:
        """Note a column: hidden, or with a style for its cells."""
        count = _count(attributes.get("table:number-columns-repeated"))
        if attributes.get("table:visibility") in _AWAY and len(self._sheet.hidden_columns) < _MOST:
            self._sheet.hidden_columns.update(range(self._at, self._at + min(count, _MOST)))
        style = attributes.get("table:default-cell-style-name", "")
        if style and len(self._sheet.column_styles) < _COLUMN_STYLES:
            self._sheet.column_styles.append((self._at, self._at + count, style))
        self._at += count

    def row(self, attributes: dict[str, str]) -> None:
        """Begin a row."""
        self._row += 1
        self._rows = _count(attributes.get("table:number-rows-repeated"))
        self._row_style = attributes.get("table:default-cell-style-name", "")
        self._column = 0
        if attributes.get("table:visibility") in _AWAY and len(self._sheet.hidden) < _MOST:
            self._sheet.hidden.update(range(self._row, self._row + min(self._rows, _MOST)))

    def end_row(self) -> None:
        """End a row; what is repeated counts as often."""
        self._row += self._rows - 1

    def cell(self, attributes: dict[str, str]) -> None:
        """Begin a cell."""
        self._columns = _count(attributes.get("table:number-columns-repeated"))
        self._cell_style = attributes.get("table:style-name", "")
        self._filled = "office:value-type" in attributes
        self._marked = False

    def end_cell(self) -> None:
        """End a cell: note how it looks where it holds anything."""
        if self._filled:
            self._note_look()
        self._column += self._columns

    def _note_look(self) -> None:
        style = self._cell_style or self._row_style or self._column_style()
        struck, ground = self._says(style)
        rows = range(self._row, self._row + min(self._rows, _MOST))
        for column in range(self._column, self._column + min(self._columns, _MOST)):
            if self._left <= 0:
                return
            if struck or self._marked:
                self._sheet.struck.update((row, column) for row in rows)
                self._left -= len(rows)
            if ground:
                self._sheet.grounds[column].update(dict.fromkeys(rows, ground))
                self._left -= len(rows)

    def _column_style(self) -> str:
        column = self._column
        return next((style for first, end, style in self._sheet.column_styles if first <= column < end), "")

    # -- words

    def span(self, attributes: dict[str, str]) -> None:
        """Begin a stretch of words with a style of its own."""
        self._spans.append(attributes.get("text:style-name", ""))

    def end_span(self) -> None:
        """End such a stretch."""
        if self._spans:
            self._spans.pop()

    def annotation(self, _: dict[str, str]) -> None:
        """Begin a comment."""
        self._note = []

    def end_annotation(self) -> None:
        """End a comment and keep its words."""
        text = " ".join("".join(self._note or ()).split())
        if text and len(self._sheet.comments) < _MOST:
            self._sheet.comments[self._row, self._column] = text
        self._note = None

    def silent(self, _: dict[str, str]) -> None:
        """Begin who wrote a comment and when: no words of it."""
        self._hush = True

    def end_silent(self) -> None:
        """End it."""
        self._hush = False

    _hush = False
    _at = 0

    def _characters(self, text: str) -> None:
        if self._hush:
            return
        if self._note is not None:
            self._note.append(text)
        elif text.strip() and self._columns:
            self._filled = True
            self._marked = self._marked or any(self._says(name, "text")[0] for name in self._spans)


_AWAY = ("collapse", "filter")
_BEGINS = {
    "style:style": _Walk.style,
    "style:text-properties": _Walk.text_properties,
    "style:table-cell-properties": _Walk.cell_properties,
    "table:table": _Walk.table,
    "table:table-column": _Walk.table_column,
    "table:table-row": _Walk.row,
    "table:table-cell": _Walk.cell,
    "table:covered-table-cell": _Walk.cell,
    "text:span": _Walk.span,
    "office:annotation": _Walk.annotation,
    "dc:creator": _Walk.silent,
    "dc:date": _Walk.silent,
}
_ENDS = {
    "style:style": _Walk.end_style,
    "table:table-row": _Walk.end_row,
    "table:table-cell": _Walk.end_cell,
    "table:covered-table-cell": _Walk.end_cell,
    "text:span": _Walk.end_span,
    "office:annotation": _Walk.end_annotation,
    "dc:creator": _Walk.end_silent,
    "dc:date": _Walk.end_silent,
}


def _count(text: str | None) -> int:
    return max(1, int(text)) if text and text.isdecimal() and len(text) < 10 else 1
