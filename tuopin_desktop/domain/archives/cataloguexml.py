"""文件目录.XML: the catalogue of a medium with the elements of 档发〔2012〕7号, written and read, and its schema."""

import re
from collections.abc import Sequence
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

import msgspec

from tuopin_desktop.domain.archives.medium import CHARSETS, Place

ROOT = "文件目录"
ITEM = "文件"
ORDINAL, CODE, AUTHOR, TITLE, DAY, SECRECY, FILE, REMARK = "顺序号 档号 责任者 题名 日期 密级 电子档案名称 备注".split()
ELEMENTS = (ORDINAL, CODE, AUTHOR, TITLE, DAY, SECRECY, FILE, REMARK)

_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no place for."""
_DECLARATION = re.compile(r"^\ufeff?<\?xml[^>]*\?>\s*")
_ENCODING = re.compile(rb"""^(?:\xef\xbb\xbf)?<\?xml[^>]*encoding=["']([A-Za-z0-9._-]+)["']""")


class Line(msgspec.Struct, frozen=True):
    """One item as a catalogue has it: its ordinal and code as they stand there, and the paths it names."""

    ordinal: str
    code: str
    paths: tuple[str, ...]


def document(places: Sequence[Place], head: dict[str, str], charset: str) -> bytes:
    """Return the catalogue; `head` becomes attributes of its root (全宗号 ...), `charset` is one of `CHARSETS`."""
    if charset not in CHARSETS:
        raise ValueError(f"no charset of the catalogue: {charset}")
    marks = "".join(f" {name}={quoteattr(_plain(value))}" for name, value in head.items())
    lines = [f'<?xml version="1.0" encoding="{charset}"?>', f"<{ROOT}{marks}>"]
    lines += [_item(at, place) for at, place in enumerate(places, start=1)]
    lines.append(f"</{ROOT}>\n")
    return "\n".join(lines).encode(charset)


def lines(raw: bytes) -> list[Line]:
    """Return what a catalogue says; raises ValueError when it is none, or in no charset that may be."""
    match = _ENCODING.match(raw)
    charset = match[1].decode() if match else "UTF-8"
    if charset.upper() not in (*CHARSETS, "GB2312"):
        raise ValueError(f"charset {charset}")
    text = _DECLARATION.sub("", raw.decode(charset))
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise ValueError(str(error)) from error
    if root.tag != ROOT:
        raise ValueError(f"root {root.tag}")
    return [_line(one) for one in root.iter(ITEM)]


def schema() -> bytes:
    """Return the schema of the catalogue, for whoever reads it without us."""
    many = {FILE: ' minOccurs="0" maxOccurs="unbounded"'}
    rows = "\n".join(f'        <xs:element name="{name}" type="xs:string"{many.get(name, "")}/>' for name in ELEMENTS)
    return _SCHEMA.format(root=ROOT, item=ITEM, rows=rows).encode()


_SCHEMA = """<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="{root}"><xs:complexType>
    <xs:sequence><xs:element name="{item}" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
      <xs:sequence>
{rows}
      </xs:sequence>
    </xs:complexType></xs:element></xs:sequence>
    <xs:anyAttribute processContents="skip"/>
  </xs:complexType></xs:element>
</xs:schema>
"""


def _item(at: int, place: Place) -> str:
    one = place.entry
    values = [
        (ORDINAL, str(at)),
        (CODE, one.code),
        (AUTHOR, one.author),
        (TITLE, one.title),
        (DAY, one.day),
        (SECRECY, one.secrecy),
        *((FILE, path) for path in place.paths),
        (REMARK, one.remark),
    ]
    return f"  <{ITEM}>{''.join(f'<{name}>{escape(_plain(value))}</{name}>' for name, value in values)}</{ITEM}>"


def _plain(text: str) -> str:
    return " ".join(_UNFIT.sub("", text).split())


def _line(item: ElementTree.Element) -> Line:
    paths = tuple((one.text or "").strip() for one in item.iter(FILE))
    return Line(item.findtext(ORDINAL, ""), item.findtext(CODE, ""), tuple(path for path in paths if path))
