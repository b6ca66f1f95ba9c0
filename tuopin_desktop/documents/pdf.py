"""Sheets as one PDF: fonts embedded once, the blank form stored once, the same bytes for the same input."""

import math
import threading
from collections.abc import Callable, Sequence
from io import BytesIO
from itertools import groupby
from typing import Any

from tuopin_desktop.documents.breaking import measure
from tuopin_desktop.documents.engine import engine
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.domain.display import INKS, MM, Box, Line, Op, Sheet, Text

PRODUCER = "Tuopin Desktop"
MARK_ROLE = "hei"
MARK_SIZE = 10.5  # pt
RED = "0.85 0 0"
MARK_RISE = 12.0  # mm from the page's lower edge up to the baseline: outside the frame, inside every printer's reach

press = threading.Lock()
"""Held while a document is written: the writer's font objects must not serve two at the same time."""


Dress = Callable[[Any], None]
"""Takes the writer's document when all its pages stand, to say in another way what kind of file it is."""


def render(sheets: Sequence[Sheet], book: FontBook, *, title: str, mark: str = "", dress: Dress | None = None) -> bytes:
    """Return one PDF with one page per sheet; `mark` is printed below the frame of every page (practice data)."""
    if not sheets:
        raise ValueError("a PDF needs at least one sheet")
    with press:
        return _Press(book, sheets, title).run(mark, dress)


def save(
    sheets: Sequence[Sheet], book: FontBook, write: Callable[[bytes], None], *, title: str, mark: str = ""
) -> None:
    """Render and hand the whole file to `write`, which is to put it on disk in one step or not at all."""
    write(render(sheets, book, title=title, mark=mark))


class _Press:
    """One document in the making."""

    def __init__(self, book: FontBook, sheets: Sequence[Sheet], title: str) -> None:
        self._book = book
        self._sheets = sheets
        self._out = BytesIO()
        first = book.face(book.glyph("fang", " ").font).font
        engine().metrics.registerFont(first)
        self._canvas: Any = engine().canvas.Canvas(
            self._out,
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 7),
            lang="zh-CN",
            initialFontName=first.fontName,  # else an unembedded Helvetica gets into every file
        )
        self._document: Any = self._canvas._doc
        self._canvas.setTitle(title)
        self._canvas.setProducer(PRODUCER)
        self._canvas.setCreator(PRODUCER)
        self._canvas.setAuthor("")
        self._canvas.setSubject("")
        self._canvas.setViewerPreference("PrintScaling", "None")  # else readers shrink the official sizes to 97 %

    def run(self, mark: str, dress: Dress | None) -> bytes:
        stored: dict[tuple[Op, ...], str] = {}  # static part -> name of its stored form
        blanks: dict[int, str] = {}  # the same by identity: comparing fifty ops per page would cost more than drawing
        for sheet in self._sheets:
            size = (sheet.width * MM, sheet.height * MM)
            self._canvas.setPageSize(size)
            if sheet.static and id(sheet.static) not in blanks:
                blanks[id(sheet.static)] = stored.get(sheet.static) or self._store(f"blank{len(stored)}", sheet)
                stored.setdefault(sheet.static, blanks[id(sheet.static)])
            if sheet.static:
                self._canvas.doForm(blanks[id(sheet.static)])
            for one in sheet.pictures:
                where = (one.x * MM, (sheet.height - one.y - one.height) * MM, one.width * MM, one.height * MM)
                self._canvas.drawImage(engine().pictures.ImageReader(BytesIO(one.png)), *where)
            self._draw((*sheet.fields, *sheet.margin, *sheet.across, *self._marked(mark, sheet)), sheet.height)
            self._canvas.showPage()
        self._canvas.setKeywords(", ".join(self._names()))
        if dress is not None:
            dress(self._document)
        self._canvas.save()
        return self._out.getvalue()

    def _store(self, name: str, sheet: Sheet) -> str:
        """Keep a blank form in the file, for its pages to refer to."""
        self._canvas.beginForm(name, 0, 0, sheet.width * MM, sheet.height * MM)
        self._draw(sheet.static, sheet.height)
        self._canvas.endForm()
        return name

    def _names(self) -> list[str]:
        """Which faces were used, for the record: with system fonts the paper differs from office to office."""
        keys = {op.font for sheet in self._sheets for op in sheet.ops if isinstance(op, Text)}
        return sorted(self._book.face(key).name for key in keys)

    def _marked(self, mark: str, sheet: Sheet) -> list[Op]:
        if not mark:
            return []
        x = (sheet.width - measure(mark, MARK_ROLE, self._book) * MARK_SIZE / MM) / 2
        ops: list[Op] = []
        for char in mark:
            glyph = self._book.glyph(MARK_ROLE, char)
            ops.append(Text(x, sheet.height - MARK_RISE, glyph.font, MARK_SIZE, glyph.char))
            x += glyph.width * MARK_SIZE / MM
        return ops

    def _draw(self, ops: Sequence[Op], height: float) -> None:
        """Write operators directly: the canvas's own text calls cost several times the layout."""
        code: list[str] = []
        boxes = [op for op in ops if isinstance(op, Box)]
        for grey in sorted({box.grey for box in boxes if box.grey}, reverse=True):
            code += [f"{grey:g} g", *(_outline(box, height) for box in boxes if box.grey == grey), "f 0 g"]
        # Of coloured ones, what comes later lies above.
        for ink, some in groupby((box for box in boxes if box.ink), key=lambda box: box.ink):
            code += [f"{_mixed(ink)} rg", *(_outline(box, height) for box in some), "f 0 g"]
        _rule([op for op in ops if isinstance(op, Line)], height, code)
        if black := [_outline(box, height) for box in boxes if not box.grey and not box.ink]:
            code += [*black, "f"]
        self._words([op for op in ops if isinstance(op, Text)], height, code)
        self._canvas.addLiteral("\n".join(code))

    def _words(self, ops: Sequence[Text], height: float, code: list[str]) -> None:
        """Append all text of a page; what was set for one op is set back at the end."""
        code.append("BT")
        current, spacing, colour = "", 0.0, ""
        for op in ops:
            if op.spacing != spacing:
                spacing = op.spacing
                code.append(f"{spacing:.4g} Tc")
            if (ink := RED if op.red else _mixed(op.ink)) != colour:
                colour = ink
                code.append(f"{colour} rg" if colour else "0 g")
            current = self._text(op, height, current, code)
        code += ["0 Tc"] * bool(spacing) + ["0 g"] * bool(colour) + ["ET"]

    def _text(self, op: Text, height: float, current: str, code: list[str]) -> str:
        """Append one text op; returns the font selection now in force."""
        font = self._book.face(op.font).font
        code.append(f"{_turned(op.turn)} {op.x * MM:.2f} {(height - op.y) * MM:.2f} Tm")
        for subset, codes in font.splitString(op.text, self._document):
            target = f"{font.getSubsetInternalName(subset, self._document)} {op.size:g} Tf"
            if target != current:
                code.append(target)
                current = target
            code.append(f"<{codes.hex()}> Tj")
        return current


def _rule(ops: Sequence[Line], height: float, code: list[str]) -> None:
    """Append all lines of a page; a coloured one leaves the pen as it was."""
    width = 0.0
    for op in ops:
        if colour := RED if op.red else _mixed(op.ink):
            code.append(f"q {colour} RG")
        if op.width != width:
            width = op.width
            code.append(f"2 J {width:g} w")  # square ends: the corners of the frame are closed
        code.append(_stroke(op, height))
        if colour:
            code.append("Q")
            width = 0.0


def _mixed(ink: str) -> str:
    """Return red, green and blue of an ink as the file has them; "" for black."""
    return " ".join(f"{part / 255:.3f}" for part in INKS[ink]) if ink else ""


def _turned(degrees: float) -> str:
    """Return the first four numbers of the text matrix."""
    if not degrees:
        return "1 0 0 1"
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return f"{cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f}"


def _stroke(op: Line, height: float) -> str:
    return f"{op.x0 * MM:.2f} {(height - op.y0) * MM:.2f} m {op.x1 * MM:.2f} {(height - op.y1) * MM:.2f} l S"


def _outline(op: Box, height: float) -> str:
    return f"{op.x * MM:.2f} {(height - op.y - op.height) * MM:.2f} {op.width * MM:.2f} {op.height * MM:.2f} re"
