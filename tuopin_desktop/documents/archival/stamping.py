"""The filing stamp on page 1 of an original: where it may stand, and the page that prints it and nothing else."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from tuopin_desktop.documents.archival.extents import Extent, extent, moved
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.documents.form import Form
from tuopin_desktop.documents.scans import Picture
from tuopin_desktop.documents.sheet import compose
from tuopin_desktop.domain.display import MM, Box, Line, Op, Sheet, Text
from tuopin_desktop.domain.overprint import Calibration

WIDTH, HEIGHT = 45.0, 16.0
"""mm (DA/T 22-2015)."""
CLEAR = 1.5
"""mm between the stamp and whatever is on the page."""
EDGE = 6.0
"""mm from the edge of the paper that printers reach."""
_STEP = 2.0  # mm by which places are tried
_SLACK = 0.1  # mm by which a place may round over the edge
_LOOKED_AT = 800  # pixels of a scanned page's longer side, when a white place is looked for
_INK = 70  # of 255: what is so much darker than the lightest of a page is no grain of its paper


def occupied(page: Sheet, book: FontBook) -> list[Extent]:
    """Return what of a page is taken: words and boxes, and the whole of every frame, in whose cells people write."""
    extents = [extent(op, book) for op in page.ops if isinstance(op, Text | Box)]
    return [*extents, *_frames([extent(op, book) for op in page.ops if isinstance(op, Line)])]


def _frames(lines: Sequence[Extent]) -> list[Extent]:
    """Return the rectangles around lines that touch each other."""
    frames: list[Extent] = []
    for line in lines:
        whole = line
        apart = []
        for frame in frames:
            if frame.meets(whole, 0.1):
                whole = whole.around(frame)
            else:
                apart.append(frame)
        frames = [*apart, whole]
    return frames


def is_free(at: tuple[float, float], width: float, height: float, extents: Sequence[Extent]) -> bool:
    """Tell whether the stamp may stand with its upper left corner at a place, in mm, on a page of a size."""
    x, y = at
    stamp = Extent(x, y, x + WIDTH, y + HEIGHT)
    inside = min(x, y, width - stamp.right, height - stamp.bottom) >= -_SLACK
    return inside and not any(stamp.meets(one, CLEAR) for one in extents)


def free_place(page: Sheet, book: FontBook) -> tuple[float, float] | None:
    """Return where the stamp goes: top centre, else the free place of page 1 nearest to it; None where none is."""
    extents = occupied(page, book)
    return next((at for at in _places(page.width, page.height) if is_free(at, page.width, page.height, extents)), None)


def free_on(picture: Picture) -> tuple[float, float] | None:
    """Return the same for a scanned page: where the paper is white; None where it is nowhere, or all dark."""
    grey = picture.image.convert("L")
    grey.thumbnail((_LOOKED_AT, _LOOKED_AT))
    paper = grey.getextrema()[1] - _INK
    scale = grey.width / (picture.width / MM)
    for x, y in _places(picture.width / MM, picture.height / MM):
        part = (x - CLEAR, y - CLEAR, x + WIDTH + CLEAR, y + HEIGHT + CLEAR)
        left, top, right, bottom = (round(side * scale) for side in part)
        if grey.crop((max(0, left), max(0, top), right, bottom)).getextrema()[0] >= paper:
            return x, y
    return None


def _places(width: float, height: float) -> Iterator[tuple[float, float]]:
    """Yield places from the top down, in each row from the middle outwards."""
    middle = (width - WIDTH) / 2
    y = EDGE
    while y + HEIGHT + EDGE <= height:
        step = 0.0
        while middle - step >= EDGE:
            yield middle - step, y
            if step:
                yield middle + step, y
            step += _STEP
        y += _STEP


def stamp(
    form: Form,
    values: Mapping[str, str],
    at: tuple[float, float],
    size: tuple[float, float],
    book: FontBook,
    calibration: Calibration | None = None,
) -> Sheet:
    """Return the page that prints a stamp at a place of a page of a size, all in mm, and leaves the rest white.

    A printer draws its paper in upright, and was measured so: for a page that lies across, the stamp is turned, and
    the original goes in with its head to the right.
    """
    width, height = size
    ops: list[Op] = [moved(op, *at) for op in compose(form, values, book).ops]
    if width > height:
        ops = [_turned(op, height) for op in ops]
        width, height = height, width
    fields = (calibration or Calibration()).corrected_ops(ops)
    return Sheet(form=form.id, width=width, height=height, static=(), fields=fields)


def _turned(op: Op, height: float) -> Op:
    """Return an op of a page that lies across, `height` mm high, on the same paper upright, its head to the right."""
    if isinstance(op, Line):
        return msgspec.structs.replace(op, x0=height - op.y0, y0=op.x0, x1=height - op.y1, y1=op.x1)
    if isinstance(op, Text):
        return msgspec.structs.replace(op, x=height - op.y, y=op.x, turn=op.turn - 90)
    return msgspec.structs.replace(op, x=height - op.y - op.height, y=op.x, width=op.height, height=op.width)
