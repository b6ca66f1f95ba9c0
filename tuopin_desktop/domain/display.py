"""What a composed sheet of paper looks like: text and lines in millimetres, the same for window, printer and PDF."""

from typing import NamedTuple

import msgspec

MM = 72 / 25.4
"""Points in one millimetre."""


INKS = {
    "deep": (46, 92, 154),
    "light": (111, 155, 207),
    "pale": (220, 229, 239),
    "amber": (154, 103, 0),
    "sand": (250, 236, 190),
    "bad": (179, 64, 58),
    "grey": (120, 130, 145),
    "mist": (236, 239, 243),
}
"""The colours of charts by name, red, green and blue up to 255.

Told apart by the colour-blind and on a grey printer: neighbours differ by 20 of 100 steps of lightness, or by hatching.
"""


class Text(msgspec.Struct, frozen=True, gc=False):
    """Words in one font on one baseline; `x`, `y` in mm from the page's top-left corner, `size` in pt.

    `font` is a key of `FontBook.files()`; `spacing` pt are added behind every character, to fill a line or squeeze it.
    `turn` degrees it rises to the right, about its beginning; `ink` is a name of `INKS`, black without one.
    """

    x: float
    y: float
    font: str
    size: float
    text: str
    spacing: float = 0.0
    red: bool = False
    turn: float = 0.0
    ink: str = ""


class Line(msgspec.Struct, frozen=True, gc=False):
    """A straight line; ends in mm from the page's top-left corner, `width` in pt, centred on the ends.

    Black, like all ink, unless it is `red`: the head of an official document is (GB/T 9704-2012); or of an `ink` of
    `INKS`: a chart is.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    width: float
    red: bool = False
    ink: str = ""


class Box(msgspec.Struct, frozen=True, gc=False):
    """A rectangle without a border; `x`, `y` in mm from the page's top-left corner, like its sides.

    Boxes of one `grey` (0 black, 1 white) are inked as one shape, so that no seam shows where they touch; grey ones
    lie under everything else, and so do those of an `ink` of `INKS`.
    """

    x: float
    y: float
    width: float
    height: float
    grey: float = 0.0
    ink: str = ""


class Picture(msgspec.Struct, frozen=True, gc=False):
    """A PNG in a rectangle; `x`, `y` in mm from the page's top-left corner, like its sides."""

    x: float
    y: float
    width: float
    height: float
    png: bytes


Op = Text | Line | Box


class FieldBox(msgspec.Struct, frozen=True):
    """Where a field is typed on the sheet: a rectangle in mm from the page's top-left corner and how it is set.

    `size` is the largest type size in pt; the printed text may be smaller. `ink` fields are written by hand on paper:
    the window shows them, nobody types there, nothing is printed there.
    """

    name: str
    label: str
    x: float
    y: float
    width: float
    height: float
    size: float
    align: str
    valign: str
    multiline: bool = False
    ink: bool = False


class MissingGlyph(NamedTuple):
    """A character no font has; 〓 is printed in its place."""

    field: str
    char: str


class Sheet(msgspec.Struct, frozen=True):
    """One composed page.

    `static` is what every sheet of this form shares, `fields` what was filled in, `margin` what stands outside the
    frame for the office's own use. `overflow` names the fields whose
    text does not fit even at its smallest size: it is drawn whole, across its neighbours; a person must shorten it.
    """

    form: str
    width: float
    height: float
    static: tuple[Op, ...]
    fields: tuple[Op, ...]
    overflow: tuple[str, ...] = ()
    missing: tuple[MissingGlyph, ...] = ()
    margin: tuple[Op, ...] = ()
    across: tuple[Op, ...] = ()
    """What lies across everything: that the paper is void."""

    pictures: tuple[Picture, ...] = ()
    """What lies under everything."""

    @property
    def ops(self) -> tuple[Op, ...]:
        """Everything on the page but pictures, in drawing order."""
        return self.static + self.fields + self.margin + self.across
