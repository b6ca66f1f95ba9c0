"""Whether a file is built as PDF/A-1b asks (ISO 19005-1): what can be seen of it without a validator."""

from collections.abc import Callable, Iterator
from typing import Any
from xml.etree import ElementTree

from tuopin_desktop.documents.archival.objects import Damaged, File, Stream
from tuopin_desktop.documents.archival.properties import CONFORMANCE, PART

_HEADER = b"%PDF-1."
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_ID = "{http://www.aiim.org/pdfa/ns/id/}"
_SAME = {
    "Title": "{http://purl.org/dc/elements/1.1/}title",
    "Producer": "{http://ns.adobe.com/pdf/1.3/}Producer",
    "Keywords": "{http://ns.adobe.com/pdf/1.3/}Keywords",
    "Creator": "{http://ns.adobe.com/xap/1.0/}CreatorTool",
}
_ACTIONS = frozenset(
    {"JavaScript", "Launch", "Sound", "Movie", "ResetForm", "ImportData", "SubmitForm", "GoToR", "URI", "Named"}
)
_FORBIDDEN = {"AA", "OpenAction", "OCProperties", "AcroForm"}
_PROFILE = (b"acsp", 36)
_MOST_PROPERTIES = 1024 * 1024

_UNREADABLE = (Damaged, RecursionError, OverflowError, ValueError)
_BROKEN = "文件的结构不是 PDF 1.4（可能已损坏，或被别的程序改写过）。"

Faults = Iterator[str]


def faults(data: bytes) -> tuple[str, ...]:
    """Return what keeps a file from being PDF/A-1b, each in a sentence; () where nothing is seen. Never raises."""
    sentences = dict.fromkeys(_head(data))
    try:
        file = File(data)
    except _UNREADABLE:
        return (*sentences, _BROKEN)
    for look in _LOOKS:
        try:
            sentences |= dict.fromkeys(look(file))
        except _UNREADABLE:
            sentences[_BROKEN] = None
    return tuple(sentences)


def _head(data: bytes) -> Faults:
    if not data.startswith(_HEADER) or data[7:8] not in b"1234":
        yield "文件头不是 PDF 1.4。"
    second = data[8:80].lstrip(b"\r\n")
    if not second.startswith(b"%") or len(second) < 5 or min(second[1:5]) < 128:
        yield "文件头第二行缺少二进制标记。"


def _trailer(file: File) -> Faults:
    if "Encrypt" in file.trailer:
        yield "文件加了密。"
    if not file.at(file.trailer.get("ID")):
        yield "文件没有标识（ID）。"


def _intent(file: File) -> Faults:
    for one in map(file.mapping, file.items(_catalog(file).get("OutputIntents"))):
        profile = file.at(one.get("DestOutputProfile")) if one.get("S") == "GTS_PDFA1" else None
        if isinstance(profile, Stream):
            sign, place = _PROFILE
            if profile.unpacked()[place : place + 4] != sign or profile.entries.get("N") != 3:
                yield "输出意图中的色彩特性文件不对。"
            return
    yield "没有输出意图（OutputIntent）。"


def _metadata(file: File) -> Faults:
    metadata = file.at(_catalog(file).get("Metadata"))
    if not isinstance(metadata, Stream):
        yield "没有元数据（XMP）。"
        return
    if "Filter" in metadata.entries:
        yield "元数据（XMP）被压缩。"
    text = metadata.unpacked()
    if len(text) > _MOST_PROPERTIES or b"<!" in text:
        yield "元数据（XMP）读不出。"
        return
    try:
        root = ElementTree.fromstring(text)  # without a document type nothing in it can grow
    except ElementTree.ParseError:
        yield "元数据（XMP）读不出。"
        return
    yield from _said(root, file.mapping(file.trailer.get("Info")), file)


def _said(root: ElementTree.Element, info: dict[str, Any], file: File) -> Faults:
    if (_property(root, f"{_ID}part"), _property(root, f"{_ID}conformance")) != (PART, CONFORMANCE):
        yield "元数据没有声明 PDF/A-1b。"
    for name, tag in _SAME.items():
        if _words(file.at(info.get(name))) != _property(root, tag):
            yield f"元数据与文件信息不一致：{_CALLED[name]}。"


_CALLED = {"Title": "题名", "Producer": "制作程序", "Keywords": "关键词", "Creator": "创建程序"}


def _property(root: ElementTree.Element, tag: str) -> str:
    """Return a property's words, written as an element, as an attribute, or as the default of several languages."""
    for block in root.iter(f"{_RDF}Description"):
        if tag in block.attrib:
            return block.attrib[tag]
        if (element := block.find(tag)) is not None:
            item = element.find(f"{_RDF}Alt/{_RDF}li")
            return (item if item is not None else element).text or ""
    return ""


def _words(text: Any) -> str:
    if not isinstance(text, bytes):
        return ""
    return text[2:].decode("utf-16-be") if text.startswith(b"\xfe\xff") else text.decode("latin-1")


def _objects(file: File) -> Faults:
    """What no object of the file may be or have."""
    for one in file.all():
        for entries in _dictionaries(one):
            yield from _of_dictionary(file, entries)
        if isinstance(one, Stream):
            yield from _of_stream(one)


def _dictionaries(value: Any) -> Iterator[dict[str, Any]]:
    """Yield a dictionary and every one written inside it."""
    if isinstance(value, Stream):
        value = value.entries
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _dictionaries(one)


def _of_dictionary(file: File, entries: dict[str, Any]) -> Faults:
    if entries.get("Type") == "Font" and not _embedded(file, entries):
        yield "有没有嵌入的字体。"
    if str(entries.get("S")) in _ACTIONS:
        yield "含有动作或脚本。"
    if "EmbeddedFiles" in entries or "EF" in entries or "JavaScript" in entries:
        yield "含有附件或脚本。"
    if entries.get("S") == "Transparency" or file.at(entries.get("SMask")) not in (None, "None"):
        yield "用了透明效果。"
    if any(isinstance(alpha := entries.get(key), int | float) and alpha < 1 for key in ("ca", "CA")):
        yield "用了透明效果。"


def _embedded(file: File, font: dict[str, Any]) -> bool:
    """Tell whether a font's outlines lie in the file; those of a composite font lie with its descendants."""
    if font.get("Subtype") in ("Type0", "Type3"):
        return True
    descriptor = file.mapping(font.get("FontDescriptor"))
    return any(isinstance(file.at(descriptor.get(key)), Stream) for key in ("FontFile", "FontFile2", "FontFile3"))


def _of_stream(one: Stream) -> Faults:
    if not one.lined:
        yield "数据流结尾没有换行。"
    if "LZWDecode" in one.filters:
        yield "用了不许可的压缩（LZW）。"
    if "F" in one.entries:
        yield "引用了文件以外的数据。"


def _catalog(file: File) -> dict[str, Any]:
    catalog = file.at(file.trailer.get("Root"))
    if not isinstance(catalog, dict):
        raise Damaged("catalog")
    return catalog


def _doors(file: File) -> Faults:
    if _FORBIDDEN & set(_catalog(file)):
        yield "打开时会执行动作，或含有表单、图层。"


_LOOKS: tuple[Callable[[File], Faults], ...] = (_trailer, _intent, _metadata, _doors, _objects)
