"""干部任免审批表 as files: .lrmx (XML) and the older .lrm (text), bounded, and without a word about anybody's family.

The reader lets through only the items named in `domain/intake/cadreforms.py`. Of the family it notes that the table
is not empty; its words are never put into any object that outlives the moment they are read. Document types and
entities are refused where they begin, so that nothing is expanded or followed.
"""

import binascii
import re
from collections.abc import Mapping
from xml.parsers import expat
from xml.sax.saxutils import escape

from tuopin_desktop.domain.intake.cadreforms import FAMILY, LABELS, PHOTO, READ, RESUME, CadreForm
from tuopin_desktop.domain.problems import Trouble

MOST = 32 * 2**20
"""Bytes of one file: a photo of 20 MB, which nobody needs, and everything else."""
ENDINGS = (".lrmx", ".lrm")
VERSION = "3.2.1.16"
"""The version of the editor whose order of items is written."""

_ITEMS, _DEPTH, _UNKNOWN = 20_000, 40, 12
_LONGEST = 100_000
"""Characters of one item but the photo; a résumé of forty posts has six thousand."""
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_CONTROL_BYTES = re.compile(b"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xef\xbf[\xbe\xbf]")
_NUMBERED = re.compile(b"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,8}));")
_BARE = re.compile(b"&(?!#[xX]?[0-9a-fA-F]+;|[A-Za-z_][A-Za-z0-9._-]*;)")
_PROLOGUE = re.compile(rb"\s*(?:<\?xml[^>]{0,200}\?>)?")
"""What the file says of its version and coding: both were looked at, whatever it says."""
_PLAIN_NAME = re.compile(r"[A-Za-z_\u4e00-\u9fff][A-Za-z0-9_.\-\u4e00-\u9fff]{0,39}")
_BY_LOWER = {name.lower(): name for name in LABELS}
_CUT_SHORT = "文件不完整（到第{line}行就断了），请重新拷贝，或请对方重新发送"
_DAMAGED_TEXT = "文件里的文字已损坏，请重新拷贝，或请对方重新发送"


def read(raw: bytes) -> CadreForm:
    """Return the form of an .lrmx file; raises Trouble with what is wrong and what to do."""
    return _parsed(raw, frozenset(READ)).form()


def resume_of(raw: bytes, *, old: bool) -> str:
    """Return the résumé of a file and nothing else of it; raises Trouble."""
    if old:
        return _old_fields(raw)[0][_OLD_RESUME].strip()
    return _parsed(raw, frozenset((RESUME,))).items.get(RESUME, "").strip()


def _parsed(raw: bytes, wanted_items: frozenset[str]) -> "_Reader":
    text, notes = _decoded(raw)
    reader = _Reader(wanted_items, notes)
    reader.parse(_tidied(text.encode("utf-8"), notes))
    return reader


# -- characters


def _decoded(raw: bytes) -> tuple[str, list[str]]:
    if len(raw) > MOST:
        raise Trouble(f"文件超过{MOST // 2**20}兆，不像一份审批表；请对方把照片改小后重新发送")
    if not raw.strip(b"\0 \t\r\n"):
        raise Trouble("文件是空的，请重新拷贝，或请对方重新发送")
    for mark, codec in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            return _strictly(raw, codec), []
    if b"\0" in raw[:4]:
        return _strictly(raw, "utf-16-le" if raw[1:2] == b"\0" else "utf-16-be"), []
    try:
        return raw.decode("utf-8"), []
    except UnicodeDecodeError as error:
        if error.start >= len(raw) - 3:
            return raw[: error.start].decode("utf-8"), []  # cut in a character: what is lacking is said further on
    return _otherwise(raw)


def _strictly(raw: bytes, codec: str) -> str:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError as error:
        if error.start >= len(raw) - 3:
            return raw[: error.start].decode(codec)
        raise Trouble(_DAMAGED_TEXT) from error


def _otherwise(raw: bytes) -> tuple[str, list[str]]:
    """Return bytes that are no UTF-8, whatever the file says of itself; a spoilt character of UTF-8 is no GB18030."""
    loose = raw.decode("utf-8", "replace")
    spoilt = loose.count("\ufffd")
    whole = len(re.findall(r"[^\x00-\x7f]", loose)) - spoilt
    if whole > 4 * spoilt:
        raise Trouble(_DAMAGED_TEXT)
    try:
        return raw.decode("gb18030"), ["文字不是文件自称的编码，按GB18030读出"]
    except UnicodeDecodeError as error:
        if error.start >= len(raw) - 3:
            return raw[: error.start].decode("gb18030"), []
        raise Trouble(_DAMAGED_TEXT) from error


def _tidied(text: bytes, notes: list[str]) -> bytes:
    """Return UTF-8 a parser takes: without control characters and their numbers, with bare & as what they are."""
    plain = _NUMBERED.sub(_lawful, _CONTROL_BYTES.sub(b"", text))
    if len(plain) != len(text):
        notes.append("文件里有看不见的控制字符，已去掉")
    return _BARE.sub(b"&amp;", _PROLOGUE.sub(b"", plain, count=1))


def _lawful(match: re.Match[bytes]) -> bytes:
    point = int(match[1], 16) if match[1] else int(match[2])
    lawful = point in (9, 10, 13) or 32 <= point < 0xD800 or 0xE000 <= point < 0xFFFE or 0x10000 <= point < 0x110000
    return match[0] if lawful else b""


# -- the newer form, XML


class _Reader:
    """Walks through one file; keeps the words of some items that stand directly under the root."""

    def __init__(self, wanted_items: frozenset[str], notes: list[str]) -> None:
        self.items: dict[str, str] = {}
        self._wanted, self._notes = wanted_items, notes
        self._filled: set[str] = set()
        self._unknown: dict[str, None] = {}
        self._doubled: set[str] = set()
        self._family = False
        self._path: list[str] = []
        self._count = self._length = 0
        self._item = ""
        self._parts: list[str] = []

    def parse(self, text: bytes) -> None:
        """Walk through a text; raises Trouble."""
        parser = expat.ParserCreate("utf-8")  # what the file says of its coding is not asked
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartDoctypeDeclHandler = _refuse_entities
        parser.EntityDeclHandler = _refuse_entities
        parser.ExternalEntityRefHandler = _refuse_entities
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        try:
            parser.Parse(text, True)
        except expat.ExpatError as error:
            raise Trouble(_sentence(error, begun=bool(self._count))) from None  # its words may quote the file

    def form(self) -> CadreForm:
        """Return what was read."""
        return CadreForm(
            items={name: text for name, text in self.items.items() if name in READ},
            filled=tuple(name for name in LABELS if name in self._filled),
            unknown=tuple(self._unknown),
            doubled=tuple(sorted(self._doubled)),
            photo=_picture(self.items.get(PHOTO, "")),
            family=self._family,
            notes=tuple(self._notes),
        )

    def _start(self, tag: str, _attributes: object) -> None:
        self._count += 1
        if self._count > _ITEMS or len(self._path) >= _DEPTH:
            raise Trouble("文件里的项目多得不像一份审批表，没有读")
        bare = tag.rpartition(":")[2]
        name = _BY_LOWER.get(bare.lower(), bare)
        if not self._path and bare.lower() != "person":
            raise Trouble("文件不是干部任免审批表（没有审批表的内容），请检查是否选错了文件")
        self._path.append(name)
        if len(self._path) == 2:
            self._item, self._parts, self._length = name, [], 0
            if name not in LABELS and len(self._unknown) < _UNKNOWN and _PLAIN_NAME.fullmatch(name):
                self._unknown[name] = None

    def _characters(self, text: str) -> None:
        if len(self._path) < 2 or text.isspace():
            if len(self._path) == 2:
                self._parts.append(text)
            return
        if FAMILY in self._path:
            self._family = True  # the words are let go here
        else:  # marks inside an item, <b>, are no reason to lose a part of a name
            self._filled.add(self._item)
            self._keep(text)

    def _keep(self, text: str) -> None:
        if self._item not in self._wanted and self._item != PHOTO:
            return
        self._length += len(text)
        if self._length > (MOST if self._item == PHOTO else _LONGEST):
            raise Trouble(f"“{LABELS[self._item]}”一项太长，不像一份审批表，没有读")
        self._parts.append(text)

    def _end(self, _tag: str) -> None:
        if len(self._path) == 2 and (text := "".join(self._parts).strip()):
            before = self.items.setdefault(self._item, text)
            if before != text and self._item in READ:
                self._doubled.add(self._item)
        if len(self._path) == 2:
            self._parts = []
        self._path.pop()


def _refuse_entities(*_: object) -> int:
    raise Trouble("文件里带有实体声明（可能是做了手脚的文件），没有读；请对方用审批表软件重新导出")


_ENDS = (
    expat.errors.XML_ERROR_NO_ELEMENTS,
    expat.errors.XML_ERROR_UNCLOSED_TOKEN,
    expat.errors.XML_ERROR_PARTIAL_CHAR,
    expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
)


def _sentence(error: expat.ExpatError, *, begun: bool) -> str:
    what = expat.ErrorString(error.code)
    if what in _ENDS and begun:
        return _CUT_SHORT.format(line=error.lineno)
    if what == expat.errors.XML_ERROR_UNDEFINED_ENTITY:
        return f"第{error.lineno}行引用了文件以外的内容，没有读；请对方用审批表软件重新导出"
    if not begun:
        return "文件不是干部任免审批表，请检查是否选错了文件"
    return f"第{error.lineno}行起不合格式，读不下去；请对方用审批表软件重新导出"


def _picture(text: str) -> bytes:
    """Return the picture of an item, whatever it was wrapped in; empty where there is none or it cannot be read."""
    bare = re.sub(r"\s+", "", text.partition("base64,")[2] if text.startswith("data:") else text)
    try:
        return binascii.a2b_base64(bare + "=" * (-len(bare) % 4))
    except (binascii.Error, ValueError):
        return b""


# -- the older form, text

_OLD_COUNT = 33
_OLD: Mapping[int, str] = {
    0: "XingMing",
    1: "XingBie",
    2: "ChuShengNianYue",
    3: "MinZu",
    4: "JiGuan",
    5: "RuDangShiJian",
    6: "JianKangZhuangKuang",
    7: "ChuShengDi",
    8: "CanJiaGongZuoShiJian",
    11: "ZhuanYeJiShuZhiWu",
    16: "ShuXiZhuanYeYouHeZhuanChang",
    17: RESUME,
    18: "JiangChengQingKuang",
    19: "NianDuKaoHeJieGuo",
    25: "XianRenZhiWu",
    26: "NiRenZhiWu",
    27: "NiMianZhiWu",
    28: "RenMianLiYou",
    29: "ChengBaoDanWei",
}
_OLD_RESUME, _OLD_FAMILY = 17, range(20, 25)
_OLD_PAIRS = {9: ("QuanRiZhiJiaoYu_XueLi", "ZaiZhiJiaoYu_XueLi")} | {
    10: ("QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi", "ZaiZhiJiaoYu_XueLi_BiYeYuanXiaoXi")
}
_SEXES = ("", "男", "女", "男性", "女性", "1", "2")


def read_old(raw: bytes, picture: bytes = b"") -> CadreForm:
    """Return the form of an .lrm file; `picture` are the bytes of the .pic that lies beside it. Raises Trouble."""
    fields, notes = _old_fields(raw)
    items = {name: fields[place].strip() for place, name in _OLD.items()}
    for place, names in _OLD_PAIRS.items():
        for name, part in zip(names, fields[place].split("@"), strict=False):
            items[name] = part.partition("#")[0].strip()
    return CadreForm(
        items={name: text for name, text in items.items() if text and name in READ},
        filled=tuple(name for name in LABELS if items.get(name)),
        photo=picture,
        family=any(fields[place].strip("@ \r\n") for place in _OLD_FAMILY),
        notes=tuple(notes),
    )


def _old_fields(raw: bytes) -> tuple[list[str], list[str]]:
    """Return the fields of the text; a count or an order that is not right is refused, never moved over by one."""
    text, _ = _decoded(raw)
    notes = ["文件里有看不见的控制字符，已去掉"] if _CONTROLS.search(text) else []
    fields = _CONTROLS.sub("", text).strip().removeprefix('"').removesuffix('"').split('","')
    if len(fields) == 1:
        raise Trouble("文件不是干部任免审批表，请检查是否选错了文件")
    if len(fields) < _OLD_COUNT:
        raise Trouble(f"文件不完整（审批表有{_OLD_COUNT}项，只有{len(fields)}项），请重新拷贝，或请对方重新发送")
    if len(fields) > _OLD_COUNT or fields[1].strip() not in _SEXES:
        raise Trouble("文件的项目对不上审批表的格式，分不清哪项是哪项，没有读；请对方另存为.lrmx后再导入")
    return fields, notes


# -- out


def write(items: Mapping[str, str], picture: bytes = b"") -> bytes:
    """Return an .lrmx of these items in the order the editor keeps; the table of relatives is empty."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<Person>"]
    for name in LABELS:
        text = items.get(name, "")
        if name == PHOTO and picture:
            text = binascii.b2a_base64(picture, newline=False).decode()
        if name == "Version":
            text = VERSION
        if text or name not in _NEWER:
            lines.append(f"  <{name}>{escape(_CONTROLS.sub('', text))}</{name}>")
    return "\n".join([*lines, "</Person>", ""]).encode()


_NEWER = ("ZhengZhiMianMao", "DaoLingNianYue")
"""Items that only newer editors know: they are written only where they hold something."""
