"""What a file is by its bytes, whatever it is called: so that a refusal names what was handed over, and what to do."""

import enum
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence

import msgspec

_PROGRAM_ID = b"TPDX"
_PACKAGE = b"bagit.txt"
RULES_LABEL = b"Tuopin-Pack: "
"""Stands in the label of a rule pack and of no other package."""
UPDATE_LABEL = b"Tuopin-Update: "
"""Stands in the label of an update of the program and of no package."""
_PEEK = 4096
_FORM = b"<Person>"
"""The root of a form of cadres (.lrmx)."""
_MEMBERS = 2000
"""Names looked at in an archive."""


class Kind(enum.Enum):
    """What a file may be; the value is what a clerk calls it."""

    EMPTY = "空文件（没有内容）"
    PARTIAL = "没有下载完的文件"
    SHORTCUT = "快捷方式，不是文件本身"
    FOLDER = "文件夹"
    PACKAGE = "数据包"
    SCANS = "扫描件包"
    RULES = "办法文件"
    UPDATE = "程序的更新文件"
    REPACKED = "解压以后又压缩过的数据包"
    FOREIGN_BAG = "别的程序做的资料包"
    ARCHIVE = "压缩包"
    BROKEN = "已损坏或没有复制完的压缩包"
    CARD = "登记卡"
    KEY = "本机的密钥文件"
    DATABASE = "本程序的数据文件（office.db 或备份）"
    SEALED = "加密的备份"
    FOREIGN_DATABASE = "别的程序的数据库文件"
    SHEET = "表格"
    FORM = "干部任免审批表"
    DOCUMENT = "文档"
    PDF = "PDF 文件"
    PICTURE = "图片"
    WEB = "网页文件"
    PROGRAM = "程序文件"
    TEXT = "文本文件"
    OTHER = ""


class Sight(msgspec.Struct, frozen=True):
    """What a file is, and in an archive or folder what is worth taking out: (its name, what it is)."""

    kind: Kind
    inside: tuple[tuple[str, Kind], ...] = ()


_ADVICE = {
    Kind.EMPTY: "可能没有复制完，请重新拷贝，或请对方重新发送",
    Kind.PARTIAL: "请等下载或复制完成，或重新拷贝一次",
    Kind.SHORTCUT: "请找到原来的文件再选",
    Kind.FOLDER: "请选里面的文件",
    Kind.PACKAGE: "请到“U盘交换”收下（命令行：package import）",
    Kind.SCANS: "请到“U盘交换”按扫描件收下（命令行：package import）",
    Kind.RULES: "请到“设置·办法文件”收下（命令行：pack install）",
    Kind.UPDATE: "请到“U盘交换”换上（命令行：update take）",
    Kind.REPACKED: "请用对方制作的原文件，不要解压，也不要改动",
    Kind.FOREIGN_BAG: "请用对方用本程序制作的数据包",
    Kind.ARCHIVE: "请先解压，再选里面的文件",
    Kind.BROKEN: "请重新拷贝，或请对方重新发送",
    Kind.CARD: "请到“U盘交换”的“单位登记”中核对号码、登记（命令行：station enrol）",
    Kind.KEY: "它只能留在本机的数据文件夹里，请不要带出，也不要交给别人",
    Kind.DATABASE: "请到“设置·备份”中查看或恢复（命令行：backup look）；要交给别的单位，请制作数据包",
    Kind.SEALED: "请在做备份的电脑上，到“设置·备份”中查看或恢复（命令行：backup look）",
    Kind.FOREIGN_DATABASE: "请检查是否选错了文件",
    Kind.SHEET: "请到相应的页面导入表格（命令行：import）",
    Kind.FORM: "请到“队伍与人员”的“Excel”菜单导入干部任免审批表（命令行：import person）",
    Kind.DOCUMENT: "请检查是否选错了文件",
    Kind.PDF: "是扫描件的，请作为扫描件收下",
    Kind.PICTURE: "是扫描件的，请作为扫描件收下",
    Kind.WEB: "请检查是否选错了文件，下载的请重新下载",
    Kind.PROGRAM: "请不要打开它，检查是否选错了文件",
    Kind.TEXT: "请检查是否选错了文件",
}
_UNFINISHED = re.compile(r"\.(part|partial|crdownload|download|xltd|td|tmp|!ut)$", re.IGNORECASE)
_VAULT = b"TPVAULT1"
"""The end of a copy of an encrypted database (`store/keyring.py`)."""
_PAGE, _VARIED = 4096, 200
"""Bytes of a page of a database, and how many different ones an encrypted page has at least: 256 are to be expected."""
_SHORTCUTS = b"L\0\0\0\1\x14\2\0", b"[InternetShortcut]", b"[Desktop Entry]"
_SIGNS = (
    (Kind.PDF, (b"%PDF",)),
    (Kind.SEALED, (b"age-encryption.org/v1",)),
    (Kind.PICTURE, (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")),
    (Kind.ARCHIVE, (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MSCF")),
    (Kind.DOCUMENT, (b"{\\rtf",)),
    (Kind.PROGRAM, (b"MZ", b"\x7fELF")),
    (Kind.WEB, (b"<!DOCTYPE html", b"<!DOCTYPE HTML", b"<!doctype html", b"<html", b"<HTML")),
)
_OLE = b"\xd0\xcf\x11\xe0"
_PARTS = (
    ("xl/", Kind.SHEET),
    ("word/", Kind.DOCUMENT),
    ("ppt/", Kind.DOCUMENT),
    ("content.xml", Kind.SHEET),
)
_WORTH = {
    ".xlsx": Kind.SHEET,
    ".xls": Kind.SHEET,
    ".et": Kind.SHEET,
    ".csv": Kind.SHEET,
    ".lrmx": Kind.FORM,
    ".lrm": Kind.FORM,
    ".db": Kind.DATABASE,
    ".pdf": Kind.PDF,
    ".jpg": Kind.PICTURE,
    ".jpeg": Kind.PICTURE,
    ".png": Kind.PICTURE,
}


def sight(raw: bytes, name: str) -> Sight:
    """Return what a file of these bytes is; `raw` may be its beginning only, then an archive is not looked into."""
    if not raw.strip(b"\0"):
        return Sight(Kind.EMPTY)
    if _UNFINISHED.search(name):
        return Sight(Kind.PARTIAL)
    if raw.startswith(_SHORTCUTS):
        return Sight(Kind.SHORTCUT)
    if raw.startswith(b"SQLite format 3\0"):
        return Sight(Kind.DATABASE if raw[68:72] == _PROGRAM_ID else Kind.FOREIGN_DATABASE)
    if _is_encrypted(raw, name):
        return Sight(Kind.DATABASE)
    if raw.startswith(b"PK"):
        return _of_zip(raw)
    if raw.startswith(_OLE):
        return Sight(Kind.DOCUMENT if name.lower().endswith((".doc", ".wps", ".ppt", ".dps")) else Kind.SHEET)
    start = raw.lstrip(b"\xef\xbb\xbf \t\r\n")
    named = next((kind for kind, signs in _SIGNS if start.startswith(signs)), None)
    return Sight(named or _xml(start) or _text(raw, start))


def _is_encrypted(raw: bytes, name: str) -> bool:
    """Tell whether this is our encrypted database: a copy carries its vault, the other is a .db as if by chance."""
    page = raw[_PAGE : 2 * _PAGE]
    return raw.endswith(_VAULT) or (name.lower().endswith(".db") and len(set(page)) >= _VARIED)


def package_like(raw: bytes) -> bool:
    """Tell whether a file begins as a package of this program does, whole or not."""
    return raw.startswith(b"PK\3\4") and raw[30 : 30 + len(_PACKAGE)] == _PACKAGE and raw[8:10] == b"\0\0"


def sentence(name: str, sight: Sight, target: str) -> str:
    """Return the sentence for a file that is not what a door takes; "" where nobody can tell what it is.

    `seen` is what stands in the file, `target` what the door takes, in Chinese.
    """
    if sight.kind is Kind.OTHER:
        return ""
    inside = [(item, kind) for item, kind in sight.inside if kind.value == target] or list(sight.inside)
    advice = _ADVICE[sight.kind]
    if inside and sight.kind in (Kind.ARCHIVE, Kind.FOLDER):
        item, kind = inside[0]
        first = "请先解压，再选" if sight.kind is Kind.ARCHIVE else "请选"
        more = f"等{len(inside)}个文件" if len(inside) > 1 else ""
        return f"“{name}”是{sight.kind.value}，里面有{kind.value}“{item}”{more}。{first}里面的{kind.value}"
    noun = "授权登记卡" if sight.kind is Kind.CARD else sight.kind.value
    return f"“{name}”是{noun}，不是{target}。{advice}".replace("，不是文件本身，", "，")


def worth_taking(names: Sequence[str], peek: Callable[[str], bytes]) -> tuple[tuple[str, Kind], ...]:
    """Return what is worth taking out of an archive or a folder; `peek` gives a file's first bytes."""
    pairs = []
    for name in names[:_MEMBERS]:
        short = name.replace("\\", "/").rpartition("/")[2]
        ending = "." + short.lower().rpartition(".")[2]
        kind = _WORTH.get(ending, Kind.OTHER)
        if ending in (".zip", ".json"):
            kind = _kind_at(peek(name), short)
        if kind is not Kind.OTHER:
            pairs.append((short, kind))
    return tuple(
        sorted(pairs, key=lambda pair: pair[1] not in (Kind.PACKAGE, Kind.SCANS, Kind.RULES, Kind.UPDATE, Kind.CARD))
    )


def _kind_at(start: bytes, name: str) -> Kind:
    if package_like(start):
        return _of_package(start, name)
    kind = sight(start, name).kind if start else Kind.OTHER
    return kind if kind is Kind.CARD else Kind.OTHER


def _of_zip(raw: bytes) -> Sight:
    if package_like(raw):
        return Sight(_of_package(raw, ""))
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = archive.namelist()
            return _of_archive(names, lambda name: _member(archive, name))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return Sight(Kind.BROKEN)


def _of_package(raw: bytes, name: str) -> Kind:
    if RULES_LABEL in raw[:_PEEK]:
        return Kind.RULES
    if UPDATE_LABEL in raw[:_PEEK]:
        return Kind.UPDATE
    return Kind.SCANS if "-scans-" in name or b"-scans-" in raw[:_PEEK] else Kind.PACKAGE


def _of_archive(names: Sequence[str], peek: Callable[[str], bytes]) -> Sight:
    for start, kind in _PARTS:
        if any(name.startswith(start) for name in names):
            return Sight(kind)
    bags = [name for name in names if name.rpartition("/")[2] == _PACKAGE.decode()]
    if bags:
        info = peek(bags[0].removesuffix(_PACKAGE.decode()) + "bag-info.txt")
        return Sight(Kind.REPACKED if b"Tuopin-" in info else Kind.FOREIGN_BAG)
    return Sight(Kind.ARCHIVE, worth_taking(names, peek))


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return the first bytes of a member, b"" for one that is locked or damaged."""
    try:
        with archive.open(name) as member:
            return member.read(_PEEK)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, KeyError, ValueError, OSError, EOFError):
        return b""


def _xml(start: bytes) -> Kind | None:
    return Kind.FORM if start.startswith(b"<") and _FORM in start[:_PEEK] else None


def _text(raw: bytes, start: bytes) -> Kind:
    if start.startswith(b"{"):
        if b'"card"' in raw[:_PEEK] and b'"sign"' in raw[:_PEEK]:
            return Kind.CARD
        if b'"wrap"' in raw[:_PEEK] and b'"seed"' in raw[:_PEEK]:
            return Kind.KEY
    some = raw[:_PEEK]
    if b"\0" in some:
        return Kind.OTHER
    for codec in ("utf-8", "gb18030"):
        try:
            some.decode(codec)
        except UnicodeDecodeError as error:
            if error.start < len(some) - 4 or len(some) < _PEEK:
                continue
        return Kind.TEXT
    return Kind.OTHER
