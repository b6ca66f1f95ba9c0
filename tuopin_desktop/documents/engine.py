"""The one door to the heavy libraries: opened on first use, reportlab with its three known faults put right."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

BLOCK = 100
"""Entries one bfchar block may hold (PDF CMap specification)."""

_END = b"endstream\n"


class Engine(NamedTuple):
    """The parts of reportlab this room uses."""

    canvas: Any
    fonts: Any
    metrics: Any
    objects: Any
    pictures: Any


@cache
def engine() -> Engine:
    """Import reportlab on first use: a quarter of a second the program's start must not pay."""
    from reportlab import rl_config  # noqa: PLC0415 start-up: reportlab takes a quarter of a second
    from reportlab.lib import utils  # noqa: PLC0415 start-up: as above
    from reportlab.pdfbase import pdfdoc, pdfmetrics, ttfonts  # noqa: PLC0415 start-up: as above
    from reportlab.pdfgen import canvas  # noqa: PLC0415 start-up: as above

    rl_config.useA85 = 0  # binary streams: 8 % smaller, and base 85 was a sixth of the time of a batch
    # WORKAROUND(reportlab 5.1.0): its map has five hex digits above U+FFFF, so rare names print but copy as rubbish.
    ttfonts.makeToUnicodeCMap = unicode_map
    # WORKAROUND(reportlab 5.1.0): it ends the data of a stream without a line end, which ISO 19005-1, 6.1.7 asks for.
    pdfdoc.PDFStream.format = _with_line_end(pdfdoc.PDFStream.format)
    return Engine(canvas, ttfonts, pdfmetrics, pdfdoc, utils)


def _with_line_end(plain: Callable[[Any, Any], bytes]) -> Callable[[Any, Any], bytes]:
    """Return how a stream is written, with its keyword at the end on a line of its own."""

    def format_stream(stream: Any, document: Any) -> bytes:
        return plain(stream, document).removesuffix(_END) + b"\n" + _END

    return format_stream


def workbook_reader() -> Any:
    """Import openpyxl on first use: with Pillow, which it loads too, 75 ms that few starts need."""
    import openpyxl  # noqa: PLC0415 start-up: most starts read no workbook

    return openpyxl


def workbook_writer() -> Any:
    """Import XlsxWriter on first use."""
    import xlsxwriter  # noqa: PLC0415 start-up: most starts write no workbook

    return xlsxwriter


def barcodes() -> Any:
    """Import zxing-cpp on first use: most starts of the program neither print nor scan a slip."""
    import zxingcpp  # noqa: PLC0415 start-up: most starts read no bar code

    return zxingcpp


class Pictures(NamedTuple):
    """The parts of Pillow and PDFium with which scans are looked at."""

    image: Any
    turned: Any
    soften: Any
    pdf: Any


@cache
def pictures() -> Pictures:
    """Import Pillow and PDFium on first use: most starts of the program see no scan."""
    import pypdfium2  # noqa: PLC0415 start-up: most starts see no scan
    from PIL import Image, ImageFilter, ImageOps  # noqa: PLC0415 start-up: as above

    return Pictures(Image, ImageOps.exif_transpose, ImageFilter.GaussianBlur(0.8), pypdfium2)


def unicode_map(name: str, subset: Sequence[int]) -> str:
    """The ToUnicode CMap of a font subset (code point per code): what copying and searching in the PDF give."""
    entries = [
        f"<{code:02X}> <{chr(point).encode('utf-16-be', 'surrogatepass').hex().upper()}>"
        for code, point in enumerate(subset)
        if point and (point != 32 or code == 32)
    ]
    blocks = [entries[start : start + BLOCK] for start in range(0, len(entries), BLOCK)]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    for block in blocks:
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)
