"""A photo of somebody as it is kept: drawn anew and small, so that nothing rides along behind or inside the file."""

from io import BytesIO
from typing import NamedTuple

from tuopin_desktop.documents.engine import pictures
from tuopin_desktop.documents.scans import DAMAGED, LEAST

_MOST = 40_000_000
"""Pixels of a picture that is looked at."""
_SIZE = (480, 600)
"""Pixels a portrait is kept in: a two-inch photo at 300 dpi; the editor of the forms itself keeps 376 by 460."""
_QUALITY = 85


class Portrait(NamedTuple):
    """A picture as it is kept, as JPEG; without one, why not."""

    data: bytes
    why: str = ""


def portrait(raw: bytes) -> Portrait:
    """Return a picture of any size as it is kept; what cannot be drawn is none."""
    library = pictures()
    try:
        with library.image.open(BytesIO(raw), formats=("JPEG", "PNG", "BMP")) as picture:
            if picture.width * picture.height > _MOST:
                return Portrait(b"", "照片太大（像素过多），没有读")
            picture.draft("RGB", (_SIZE[0] * 2, _SIZE[1] * 2))  # a JPEG is decoded no finer than is of use
            whole = library.turned(picture).convert("RGB")
        if min(whole.size) < LEAST:
            return Portrait(b"", "照片太小，看不出人")
        whole.thumbnail(_SIZE)
        out = BytesIO()
        library.image.frombytes("RGB", whole.size, whole.tobytes()).save(out, "JPEG", quality=_QUALITY)
        return Portrait(out.getvalue())
    except (*DAMAGED, library.image.DecompressionBombError):
        return Portrait(b"", "照片已损坏，打不开")
