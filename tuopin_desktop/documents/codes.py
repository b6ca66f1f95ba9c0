"""QR symbols made and found."""

from typing import Any, NamedTuple

from tuopin_desktop.documents.engine import barcodes

_LEVEL = "Q"  # mends a quarter of the symbol: stamps and pens come near


class CodeReading(NamedTuple):
    """What was read in a picture; `spoilt` says that there was a symbol nobody could read."""

    texts: tuple[str, ...]
    spoilt: bool


def modules(text: str) -> tuple[str, ...]:
    """Return the symbol as rows of `#` (dark) and spaces, without the white of 4 modules it wants around it."""
    library = barcodes()
    symbol = library.create_barcode(text, library.BarcodeFormat.QRCode, ec_level=_LEVEL)
    picture = symbol.to_image(scale=1, add_quiet_zones=False)
    pixels, side = bytes(memoryview(picture)), int(picture.shape[1])
    rows = (pixels[start : start + side] for start in range(0, len(pixels), side))
    return tuple("".join(" " if pixel else "#" for pixel in row) for row in rows)


def find(image: Any) -> CodeReading:
    """Read all QR symbols of a grey picture, whichever way up it lies."""
    library = barcodes()
    codes = library.read_barcodes(image, formats=library.BarcodeFormat.QRCode, try_invert=False, return_errors=True)
    texts = tuple(dict.fromkeys(one.text for one in codes if one.valid))
    return CodeReading(texts, any(not one.valid for one in codes))
