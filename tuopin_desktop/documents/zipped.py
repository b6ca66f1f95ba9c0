"""Zipped spreadsheets (.xlsx, .ods) made safe before any reader sees them: bounded, complete, and plain inside.

The reader allocates the whole rectangle of a sheet at once, and an allocation it cannot make ends the program; so the
rectangle is measured here first. It is given a copy that holds only the parts with cells, unpacked under our limits.
"""

import io
import re
import zipfile
import zlib
from xml.parsers import expat

from tuopin_desktop.domain.problems import Trouble

MOST_BYTES = 200 * 2**20
MOST_RATIO, RATIO_FROM = 200, 50 * 2**20
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 200_000, 300, 8_000_000
DAMAGED = "文件不完整或已损坏，请让对方重新保存、重新拷贝后再试"
TOO_LARGE = f"表格太大（最多{MOST_ROWS // 10000}万行、{MOST_COLUMNS}列），请拆成几个文件，或删除多余的空行空列后再试"
_BOMB = "文件展开后大得不正常，可能有问题，已停止读取；请让对方把数据粘贴到一个新表格里另存后再报"

_WANTED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/(?:workbook|styles|sharedStrings)\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/worksheets/[^/]+\.xml|xl/worksheets/_rels/[^/]+\.rels|xl/(?:comments/)?comments?\d*\.xml|content\.xml|mimetype|META-INF/manifest\.xml",
    re.IGNORECASE,
)
_ODD_CELL = re.compile(rb'<(?:c|row)(?=[\s/>])(?! r="(?:[A-Z]|A[A-N])?(?:\d{1,5}|1\d{5}|200000)")')
_CLAIM = re.compile(rb"""count\s*=\s*["']\s*\+?(\d+)""")
_UNIQUE_CLAIM = re.compile(rb"""uniqueCount\s*=\s*["']\s*\+?(\d+)""")
_IMPOSSIBLE_DATE = re.compile(
    rb'(<c r="[A-Z]{1,3}\d{1,7}") s="\d+"((?: t="n")?><v>(?:-|\d{8}|\d[\d.]*[eE]\+?\d)[^<]*</v>)'
)
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.IGNORECASE)


class SpreadsheetParts:
    """The parts of a zipped spreadsheet; raises Trouble for anything that cannot be read safely."""

    def __init__(self, raw: bytes) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(raw)) as archive:
                members = archive.infolist()
                _refuse_bomb(members, len(raw))
                names = [member.filename.replace("\\", "/") for member in members]
                _refuse_other(names)
                self.parts = {
                    name: _part(archive, member)
                    for name, member in zip(names, members, strict=True)
                    if _WANTED.fullmatch(name)
                }
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OverflowError, ValueError, OSError) as error:
            raise Trouble(DAMAGED) from error

    def repacked(self) -> bytes:
        """Return an archive of the wanted parts only, uncompressed, each name once."""
        whole = io.BytesIO()
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
            for name, content in self.parts.items():
                archive.writestr(zipfile.ZipInfo(name), content)
        return whole.getvalue()

    def without_impossible_dates(self) -> bool:
        """Take the format from numbers no date can have, such as a phone number in a date column; tell if there were.

        WORKAROUND(calamine panics): it counts milliseconds from any number a date format is laid over.
        """
        plain = {
            name: _IMPOSSIBLE_DATE.sub(rb"\1\2", part) if name.lower().startswith("xl/worksheets/") else part
            for name, part in self.parts.items()
        }
        changed = plain != self.parts
        self.parts = plain
        return changed

    def measure(self) -> None:
        """Raise Trouble when a sheet is larger than what is read."""
        for name, part in self.parts.items():
            if b"\0" in part[:400] or b"<!DOCTYPE" in part or b"<!ENTITY" in part:
                raise Trouble(DAMAGED)
            _refuse_claims(name, part)
            if name.lower().startswith("xl/worksheets/") and name.lower().endswith(".xml"):
                if _ODD_CELL.search(part) or b":sheetData" in part:
                    _Extent().of_xlsx(part)
            elif name.lower() == "content.xml":
                _Extent().of_ods(part)


def _refuse_bomb(members: list[zipfile.ZipInfo], packed: int) -> None:
    whole = sum(member.file_size for member in members)
    if whole > MOST_BYTES or (whole > RATIO_FROM and whole > MOST_RATIO * packed) or len(members) > 5000:
        raise Trouble(_BOMB)


def _refuse_other(names: list[str]) -> None:
    lower = {name.lower() for name in names}
    if "word/document.xml" in lower:
        raise Trouble("这是Word文档，不是表格（改扩展名没有用）；请把其中的表格复制到Excel或WPS表格里另存为xlsx")
    if "ppt/presentation.xml" in lower:
        raise Trouble("这是演示文稿，不是表格；请导入xlsx、xls或csv文件")
    if "xl/workbook.bin" in lower:
        raise Trouble("这是二进制工作簿（xlsb），请用Excel或WPS另存为xlsx后再导入")
    if not lower & {"xl/workbook.xml", "content.xml"}:
        raise Trouble("这是压缩包，不是表格；请先解压，再导入其中的xlsx、xls或csv文件")


def _refuse_claims(name: str, part: bytes) -> None:
    """Refuse a part that claims more entries than it has bytes: the reader sets memory aside for as many."""
    if b"ount" not in part:
        return
    claims = _UNIQUE_CLAIM if name.lower() == "xl/sharedstrings.xml" else _CLAIM
    if any(len(claim) > 9 or int(claim) > len(part) for claim in claims.findall(part)):
        raise Trouble(DAMAGED)


def _part(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    if member.flag_bits & 1:
        raise Trouble("文件有密码，请先在Excel或WPS里去掉打开密码、另存后再导入")
    return archive.read(member)


class _Extent:
    """The rectangle a sheet's filled cells span, measured by a parser that follows no entity."""

    def __init__(self) -> None:
        self._row = self._column = 0
        self._last_row = self._last_column = 0
        self._repeat_rows = self._repeat_columns = 1
        self._pending = 0
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = _refuse_doctype

    def of_xlsx(self, part: bytes) -> None:
        """Measure a worksheet part."""
        self._parser.StartElementHandler = self._xlsx_element
        self._parse(part)

    def of_ods(self, part: bytes) -> None:
        """Measure every table of an OpenDocument content part."""
        self._parser.StartElementHandler = self._ods_element
        self._parser.EndElementHandler = self._ods_end
        self._parse(part)

    def _parse(self, part: bytes) -> None:
        try:
            self._parser.Parse(part, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise Trouble(DAMAGED) from error

    def _xlsx_element(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "row":
            self._row = _whole(attributes.get("r"), self._row + 1)
            self._column = 0
        elif local == "c":
            self._row, self._column = _place(attributes.get("r"), self._row, self._column + 1)
        elif local in ("v", "is", "f"):
            self._filled(self._row, self._column)

    def _ods_element(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self._row = self._last_row = self._last_column = 0
        elif name == "table:table-row":
            self._row += self._repeat_rows
            self._repeat_rows = _whole(attributes.get("table:number-rows-repeated"), 1)
            self._column = 0
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._repeat_columns = _whole(attributes.get("table:number-columns-repeated"), 1)
            self._column += self._repeat_columns
            if "office:value-type" in attributes:
                self._filled(self._row + self._repeat_rows, self._column)
        elif name == "text:p":
            self._filled(self._row + self._repeat_rows, self._column)

    def _ods_end(self, name: str) -> None:
        if name == "table:table":
            self._repeat_rows = 1

    def _filled(self, row: int, column: int) -> None:
        self._last_row, self._last_column = max(self._last_row, row), max(self._last_column, column)
        refuse_extent(self._last_row, self._last_column)


def refuse_extent(rows: int, columns: int) -> None:
    """Raise Trouble when a sheet of this size is not read."""
    if rows > MOST_ROWS or columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        raise Trouble(TOO_LARGE)


def _refuse_doctype(*_: object) -> None:
    raise Trouble(DAMAGED)


def _whole(text: str | None, default: int) -> int:
    if text is None:
        return default
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise Trouble(DAMAGED)
    return int(text)


def _place(reference: str | None, row: int, column: int) -> tuple[int, int]:
    if reference is None:
        return row, column
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise Trouble(DAMAGED)
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column
