"""Official documents (GB/T 9704-2012): one content model, printed as pages and handed on as an editable .docx."""

from tuopin_desktop.documents.official.model import (
    Annex,
    Block,
    Chart,
    ChartKind,
    Heading,
    Letter,
    Listing,
    Paragraph,
    Series,
)
from tuopin_desktop.documents.official.pages import fitted, sheets
from tuopin_desktop.documents.official.word import docx
from tuopin_desktop.documents.ruled import Column

__all__ = [
    "Annex",
    "Block",
    "Chart",
    "ChartKind",
    "Column",
    "Heading",
    "Letter",
    "Listing",
    "Paragraph",
    "Series",
    "docx",
    "fitted",
    "sheets",
]
