"""The archives' edition of a paper: the print PDF, page for page, as PDF/A-1b (ISO 19005-1)."""

from collections.abc import Sequence
from typing import Any

from tuopin_desktop.documents import pdf
from tuopin_desktop.documents.archival import srgb
from tuopin_desktop.documents.archival.properties import Properties, title_of
from tuopin_desktop.documents.engine import engine
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.domain.display import Sheet

VERSION = (1, 4)
"""Of the header: PDF/A-1 is a subset of PDF 1.4."""


def render(sheets: Sequence[Sheet], book: FontBook, *, title: str, mark: str = "") -> bytes:
    """Return one PDF/A-1b with one page per sheet, which look as in print; the same sheets give the same bytes."""
    return pdf.render(sheets, book, title=title_of(title), mark=mark, dress=dress)


def dress(document: Any) -> None:
    """Make a document of the writer's, whose pages all stand, say that it is PDF/A-1b, in all four places."""
    objects = engine().objects
    entries = {"S": "/GTS_PDFA1", "OutputConditionIdentifier": objects.PDFString(srgb.NAME)}
    entries["Info"] = objects.PDFString(srgb.NAME)
    intent = objects.PDFDictionary({"Type": "/OutputIntent", **entries})
    intent["DestOutputProfile"] = document.Reference(_stream({"N": 3}, srgb.profile(), squeezed=True))
    info = document.info
    properties = Properties(
        title=title_of(info.title), producer=info.producer, creator=info.creator, keywords=info.keywords
    )
    catalog = document.Catalog
    catalog.OutputIntents = objects.PDFArray([intent])
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
    # Unfiltered: whoever finds the file in a hundred years reads what it is without a program.
    catalog.Metadata = _stream({"Type": "/Metadata", "Subtype": "/XML"}, properties.xmp())
    document.info = _info(properties)
    document._pdfVersion = VERSION  # else it writes the version its canvas was made with


def _stream(entries: dict[str, Any], content: bytes, *, squeezed: bool = False) -> Any:
    objects = engine().objects
    return objects.PDFStream(objects.PDFDictionary(entries), content, [objects.PDFZCompress] if squeezed else None)


def _info(properties: Properties) -> Any:
    """Return the Info dictionary as the writer takes it: what the XMP says too, and nothing else."""
    objects = engine().objects
    text_by_name = properties.info()
    info = objects.PDFDictionary({name: objects.PDFString(text) for name, text in text_by_name.items()})
    info.digest = lambda signature: signature.update("".join(text_by_name.values()).encode())  # for the file's ID
    return info
