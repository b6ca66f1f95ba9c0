"""A scan or a PDF of other origin for the archives: every page as a picture without transparency, in PDF/A-1b."""

from collections.abc import Collection
from io import BytesIO
from typing import Any

from tuopin_desktop.documents import pdf, scans
from tuopin_desktop.documents.archival import edition
from tuopin_desktop.documents.archival.properties import title_of
from tuopin_desktop.documents.engine import engine, pictures
from tuopin_desktop.documents.scans import Picture

DPI = 300
"""What a page of a PDF is drawn as fine as: half as fine again as the rule for scans asks (DA/T 31: 200 dpi)."""

_QUALITY = 90
_ORIENTATION = 0x0112  # the mark of a camera that lay on its side
_DEEP = ("I", "I;16", "I;16B", "I;16L", "F")
"""Modes of more than 256 steps of grey."""


def wrapped(data: bytes, *, title: str, pages: Collection[int] = ()) -> bytes:
    """Return the pages of a file (PDF, JPEG, PNG, TIFF) as PDF/A-1b, each as large as its paper.

    `pages` are those wanted, counted from 1; none named means all: a file may show the papers of several people.

    A JPEG picture that needs no change goes in as it is. The same bytes and title give the same bytes. Raises Trouble
    as `scans.read` does, and for a page that cannot be drawn.
    """
    objects = engine().objects
    with pdf.press:
        document = objects.PDFDocument(compression=1, invariant=1, pdfVersion=edition.VERSION, lang="zh-CN")
        document.setTitle(title_of(title))
        document.setProducer(pdf.PRODUCER)
        document.setCreator(pdf.PRODUCER)
        whole = _unchanged(data)
        for number, picture in enumerate(scans.pictures_in(data, DPI, pages)):
            _page(document, f"scan{number}", picture, whole)
        edition.dress(document)
        return bytes(document.GetPDFData(None))


def _unchanged(data: bytes) -> bytes:
    """Return the data of a JPEG file that can stand in a page as they are, "" of others."""
    if scans.media_of(data)[0] != "image/jpeg":
        return b""
    try:
        with pictures().image.open(BytesIO(data), formats=("JPEG",)) as image:
            upright = image.getexif().get(_ORIENTATION, 1) == 1
            fits = image.format == "JPEG" and image.mode in ("L", "RGB") and getattr(image, "n_frames", 1) == 1
    except scans.DAMAGED:
        return b""  # said of the page below
    return data if upright and fits else b""


def _page(document: Any, name: str, picture: Picture, whole: bytes) -> None:
    objects = engine().objects
    image = objects.PDFImageXObject(name, engine().pictures.ImageReader(_stored(picture.image, whole)))
    document.Reference(image, document.getXObjectName(name))
    page = objects.PDFPage()
    page.pagewidth, page.pageheight = round(picture.width, 2), round(picture.height, 2)
    page.hasImages = 1
    page.compression = 1
    page.ExtGState, page._shadingUsed = None, {}  # what a canvas sets
    page.XObjects = objects.PDFDictionary({"Scan": document.Reference(image)})
    page.setStream([f"q {page.pagewidth:g} 0 0 {page.pageheight:g} 0 0 cm /Scan Do Q"])
    document.addPage(page)


def _stored(image: Any, whole: bytes) -> Any:
    """Return a picture as it is to be stored: black and white without loss, all else as JPEG."""
    if whole:
        return BytesIO(whole)
    flat = _flat(image)
    if flat.mode == "L" and flat.getcolors(2):
        return flat
    out = BytesIO()
    flat.save(out, "JPEG", quality=_QUALITY)
    return BytesIO(out.getvalue())


def _flat(image: Any) -> Any:
    """Return a picture in grey or in red, green and blue, what shone through lying on white."""
    if image.mode in _DEEP:
        image = image.convert("I").point(lambda step: step * (1 / 256)).convert("L")
    elif image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = pictures().image.new("RGBA", image.size, "white")
        paper.alpha_composite(image)
        image = paper.convert("RGB")
    elif image.mode not in ("L", "RGB"):
        image = image.convert("L" if image.mode == "1" else "RGB")
    red, green, blue = image.split() if image.mode == "RGB" else (image, image, image)
    grey = red.tobytes() == green.tobytes() == blue.tobytes()
    return red if grey else image
