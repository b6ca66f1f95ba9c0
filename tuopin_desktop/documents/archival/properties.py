"""What a file for the archives says of itself: the same words in its Info and in its XMP (ISO 19005-1, 6.7)."""

from xml.sax.saxutils import escape

import msgspec

from tuopin_desktop.documents.plain import printable

PART, CONFORMANCE = "1", "B"
_SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
}
# Strict readers want the name space declared beside its properties, so every block has its own.
_BLOCK = '  <rdf:Description rdf:about="" xmlns:{space}="{name}">\n{lines}\n  </rdf:Description>'
_WHOLE = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
    ' <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n{blocks}\n </rdf:RDF>\n'
    '</x:xmpmeta>\n<?xpacket end="w"?>'
)
_TITLE = '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'

_NO_CHARACTERS = {0xFFFE: None, 0xFFFF: None}  # XML 1.0 has no place for them


class Properties(msgspec.Struct, frozen=True, kw_only=True):
    """Title, program and fonts of a file; no day, since none of making is kept that would be the same twice."""

    title: str
    producer: str
    creator: str
    keywords: str = ""

    def info(self) -> dict[str, str]:
        """Return the entries of the Info dictionary; an empty one is left out, as XMP knows no empty property."""
        pairs = {"Title": self.title, "Producer": self.producer, "Creator": self.creator, "Keywords": self.keywords}
        return {name: text for name, text in pairs.items() if text}

    def xmp(self) -> bytes:
        """Return the same as XMP, with the part and level of PDF/A the file keeps to."""
        keywords = f"<pdf:Keywords>{escape(self.keywords)}</pdf:Keywords>" if self.keywords else ""
        lines = {
            "pdfaid": f"<pdfaid:part>{PART}</pdfaid:part><pdfaid:conformance>{CONFORMANCE}</pdfaid:conformance>",
            "dc": _TITLE.format(title=escape(self.title)),
            "pdf": f"<pdf:Producer>{escape(self.producer)}</pdf:Producer>{keywords}",
            "xmp": f"<xmp:CreatorTool>{escape(self.creator)}</xmp:CreatorTool>",
        }
        blocks = [_BLOCK.format(space=space, name=_SPACES[space], lines="   " + text) for space, text in lines.items()]
        return _WHOLE.format(blocks="\n".join(blocks)).encode()


def title_of(text: str) -> str:
    """Return a title as both places can hold it: one line, without what XML or a page cannot show."""
    whole = printable(text).encode("utf-8", "ignore").decode()  # half a character cannot be written
    return " ".join(whole.translate(_NO_CHARACTERS).split()) or "无题名"
