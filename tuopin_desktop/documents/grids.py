"""Any spreadsheet an office may hand over, read by its content into plain rows; nothing in it is followed or run."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import cast

import msgspec
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from tuopin_desktop.documents import oldlooks, openlooks
from tuopin_desktop.documents.compound import MAGIC, check_compound
from tuopin_desktop.documents.delimited import read_noted
from tuopin_desktop.documents.engine import workbook_reader
from tuopin_desktop.documents.looks import NOTHING, Look, Looks, column_index
from tuopin_desktop.documents.sheetlook import CODES_SHEET
from tuopin_desktop.documents.zipped import DAMAGED, TOO_LARGE, SpreadsheetParts, refuse_extent
from tuopin_desktop.domain.problems import Trouble

MOST_FILE = 100 * 2**20
"""The hidden sheet our own templates keep their lists on; it is not worth a word on intake."""

_MOST_FILLED = 2_000_000
_NO_RESULT = re.compile(
    rb"<(?:\w+:)?c\s([^<>]*)>\s*<(?:\w+:)?f(?:\s[^<>]*)?>([^<]*)</(?:\w+:)?f>"
    rb"\s*(<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_NO_RESULT_SHARED = re.compile(rb"<(?:\w+:)?f(?:\s[^<>]*)?/>\s*(?:<(?:\w+:)?v\s*/>)?\s*</(?:\w+:)?c>")
_SINCE_1904 = re.compile(rb'<(?:\w+:)?workbookPr\s[^<>]*\bdate1904="(?:1|true)"')
_ERROR_CELL = re.compile(rb'<(?:\w+:)?c\s[^<>]*\bt="e"')


class Grid(msgspec.Struct, frozen=True):
    """One visible sheet: its rows from sheet row 1 on, with merged cells filled down.

    `merged` are (first row, first column, last row, last column), counted from 0; `notes` are Chinese sentences
    on what could mislead (formulas without a result); `look` is what the eye sees beside the values, and
    `since_1904` tells that days are counted from another beginning; `unreckoned` are the cells (sheet row, column
    index) whose formula has no result and which are read as blank.
    """

    name: str
    rows: list[list[object]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    notes: tuple[str, ...] = ()
    look: Look = NOTHING
    since_1904: bool = False
    unreckoned: frozenset[tuple[int, int]] = frozenset()


class Workbook(msgspec.Struct, frozen=True):
    """What was read of a file: the visible sheets that hold anything, and the names of the hidden ones left out."""

    grids: tuple[Grid, ...]
    hidden: tuple[str, ...] = ()


def read_book(path: Path) -> Workbook:
    """Return the sheets of an .xlsx, .xls, .et, .ods or .csv file; raises Trouble with what to do about it."""
    if path.name.startswith(_LOCKS):
        raise Trouble(f"{path.name}是表格软件打开文件时留下的临时文件，不是表格；请选同一文件夹里不带“~”的那个文件")
    return read_bytes(_contents(path), path.stem)


_LOCKS = ("~$", ".~", "~")
"""What the names of temporary files begin with that Excel, WPS and LibreOffice keep beside an open one."""


def read_bytes(raw: bytes, name: str) -> Workbook:
    """Return the sheets of a spreadsheet's bytes; `name` is what a text file's only sheet is called."""
    head = raw[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not raw.strip(b"\0 \t\r\n"):
        raise Trouble("文件是空的，请检查是否选对了文件，或让对方重新发送")
    if raw.startswith(b"PK"):
        parts = SpreadsheetParts(raw)
        parts.measure()
        return _workbook(parts.repacked(), parts)
    if raw.startswith(MAGIC):
        return _workbook(raw, None, oldlooks.read(check_compound(raw)))
    _refuse_known(raw, head)
    rows, sentences = read_noted(raw)
    return Workbook((Grid(name, rows, notes=sentences),))


def _contents(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise Trouble("选中的是文件夹，请选择其中的表格文件")
        if path.stat().st_size > MOST_FILE:
            raise Trouble(f"文件超过{MOST_FILE // 2**20}兆，不像是一张表；请只保留需要的工作表后另存再导入")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise Trouble(f"找不到文件：{path.name}，可能已移走或U盘已拔出") from error
    except PermissionError as error:
        raise Trouble(f"打不开{path.name}：可能正在Excel或WPS里打开，请先关闭；也可能没有读取权限") from error
    except OSError as error:
        raise Trouble(f"读不出{path.name}：请检查U盘或磁盘是否正常，再试一次") from error


def _refuse_known(raw: bytes, head: bytes) -> None:
    if head.startswith(b"<") and b"Excel.Sheet" in raw[:4096]:
        raise Trouble("这是“XML表格2003”格式的文件，只是改名成了表格；请用Excel打开，另存为xlsx后再导入")
    if head[:13].lower() == b"mime-version:":
        raise Trouble("这是网页归档文件（mht），只是改名成了表格；请用Excel或WPS打开，另存为xlsx后再导入")
    if head.startswith(b"<"):
        raise Trouble("这是网页或XML文件，只是改名成了表格；请用Excel或WPS打开，另存为xlsx后再导入")
    name_by_content = {
        b"%PDF": "这是PDF文件",
        b"{\\rtf": "这是写字板文档",
        b"Rar!": "这是压缩包",
        b"7z\xbc\xaf": "这是压缩包",
        b"\x89PNG": "这是图片",
        b"\xff\xd8\xff": "这是图片",
        b"GIF8": "这是图片",
        b"BM": "这是图片",
        b"SQLite format 3": "这是数据库文件",
    }
    for magic, text in name_by_content.items():
        if head.startswith(magic) and (magic != b"BM" or b"\0" in head):
            raise Trouble(f"{text}，不是表格；请导入xlsx、xls或csv文件")


def _workbook(raw: bytes, parts: SpreadsheetParts | None, old: oldlooks.OldLooks | None = None) -> Workbook:
    try:
        grids, hidden = _sheets(raw, _Notes(parts, old))
    except _Panic as error:
        if parts is None or not parts.without_impossible_dates():
            raise Trouble(DAMAGED) from error
        return _workbook(parts.repacked(), parts)
    filled = tuple(grid for grid in grids if any(any(cell != "" for cell in row) for row in grid.rows))
    if not filled:
        extra = f"（另有隐藏的工作表：{'、'.join(hidden)}，如需导入请先取消隐藏）" if hidden else ""
        raise Trouble(f"可见的工作表里没有内容{extra}")
    return Workbook(filled, hidden)


class _Panic(Exception):
    """The reader's native code gave up on the file."""


def _sheets(raw: bytes, notes: "_Notes") -> tuple[list[Grid], tuple[str, ...]]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(raw)) as book:
            sheets = [item for item in book.sheets_metadata if item.typ is SheetTypeEnum.WorkSheet]
            out_of_sight = (item.name for item in sheets if item.visible is not SheetVisibleEnum.Visible)
            hidden = tuple(name for name in out_of_sight if name != CODES_SHEET)
            sheet_metadatas = [item for item in sheets if item.visible is SheetVisibleEnum.Visible]
            return [_grid(book, item, notes) for item in sheet_metadatas], hidden
    except PasswordError as error:
        raise Trouble("文件有打开密码，请先在Excel或WPS里去掉密码、另存后再导入") from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise Trouble(DAMAGED) from error
    except BaseException as error:
        # A panic is no Exception and its class cannot be imported.
        if type(error).__name__ == "PanicException":
            raise _Panic from error
        raise


def _grid(book: CalamineWorkbook, meta: SheetMetadata, notes: "_Notes") -> Grid:
    sheet = book.get_sheet_by_name(meta.name)
    refuse_extent(sheet.total_height, sheet.total_width)
    rows = cast("list[list[object]]", sheet.to_python(skip_empty_area=False))
    merged = _merged(sheet)
    _fill_down(rows, merged)
    return Grid(
        meta.name,
        rows,
        merged,
        notes.of(meta.name),
        notes.look(meta.name),
        notes.since_1904,
        notes.unreckoned(meta.name),
    )


def _merged(sheet: CalamineSheet) -> tuple[tuple[int, int, int, int], ...]:
    ranges = sheet.merged_cell_ranges or []
    return tuple((top, left, bottom, right) for (top, left), (bottom, right) in ranges)


def _fill_down(rows: list[list[object]], merged: Iterable[tuple[int, int, int, int]]) -> None:
    """Give every row of a merged range the value of its first cell; never the columns beside it."""
    filled = 0
    for top, left, bottom, _ in merged:
        bottom = min(bottom, len(rows) - 1)
        filled += max(0, bottom - top)
        if filled > _MOST_FILLED:
            raise Trouble(TOO_LARGE)
        if top >= len(rows) or left >= len(rows[top]) or rows[top][left] == "":
            continue
        for row in rows[top + 1 : bottom + 1]:
            if left < len(row) and row[left] == "":
                row[left] = rows[top][left]


class _Notes:
    """What the parts of an .xlsx or .ods say that the reader does not: results missing, errors, hidden rows."""

    def __init__(self, parts: SpreadsheetParts | None, old: oldlooks.OldLooks | None = None) -> None:
        self._parts, self._old = parts, old
        self._paths = _sheet_paths(parts) if parts is not None else {}
        self._looks = Looks(parts) if parts is not None else None
        self._open = openlooks.read(parts.parts) if parts is not None else {}
        book = parts.parts.get("xl/workbook.xml", b"") if parts is not None else b""
        self.since_1904 = old.since_1904 if old is not None else _SINCE_1904.search(book) is not None

    def look(self, name: str) -> Look:
        """Return what the eye sees on one sheet beside its values."""
        if self._old is not None:
            return self._old.of(name)
        if name in self._open:
            return self._open[name]
        return self._looks.of(self._paths.get(name, "")) if self._looks is not None else NOTHING

    def unreckoned(self, name: str) -> frozenset[tuple[int, int]]:
        """Return the cells of one sheet whose formula has no result."""
        return frozenset(_without_result(self._part(name))[0])

    def _part(self, name: str) -> bytes:
        return self._parts.parts.get(self._paths.get(name, ""), b"") if self._parts is not None else b""

    def of(self, name: str) -> tuple[str, ...]:
        """Return the sentences on one sheet."""
        part = self._part(name)
        lacking, blank = _without_result(part)
        row = (
            (
                len(lacking) + _count(_NO_RESULT_SHARED, part, b"f "),
                "个公式没有计算结果（文件由程序生成），这些格按空白读入；请用Excel或WPS打开、保存一次后再导入",
            ),
            (blank, "个公式的结果是空的，按空白读入"),
            (_count(_ERROR_CELL, part, b't="e"'), "个格的公式出错（如#REF!），按空白读入；请改正后再导入"),
        )
        return tuple(f"工作表“{name}”有{number}{text}" for number, text in row if number)


_AT = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')


def _without_result(part: bytes) -> tuple[set[tuple[int, int]], int]:
    """Return the cells whose formula has no result, and how many have the empty text for one: =IF(Z3="","",Z3)."""
    lacking: set[tuple[int, int]] = set()
    blank = 0
    for cell, formula, value in _NO_RESULT.findall(part) if b"f>" in part else ():
        empty = (b't="str"' in cell and value) or b'""' in formula or b"&quot;&quot;" in formula
        blank += bool(empty)
        if not empty and (at := _AT.search(cell)):
            lacking.add((int(at[2]), column_index(at[1])))
    return lacking, blank


def _count(pattern: re.Pattern[bytes], part: bytes, sign: bytes) -> int:
    """Count a pattern; `sign` is a piece of it, looked for first because most sheets have none."""
    return sum(1 for _ in pattern.finditer(part)) if sign in part else 0


_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^<>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^<>]*)>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*["']([^"']*)["']""")


def _sheet_paths(parts: SpreadsheetParts) -> dict[str, str]:
    """Return the part of each sheet by its name."""
    targets = {}
    for attributes in _elements(_RELATION, parts.parts.get("xl/_rels/workbook.xml.rels", b"")):
        target = attributes.get("Target", "")
        targets[attributes.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return {
        _plain_text(attributes.get("name", "")): targets.get(attributes.get("r:id", ""), "")
        for attributes in _elements(_SHEET, parts.parts.get("xl/workbook.xml", b""))
    }


def _elements(pattern: re.Pattern[bytes], part: bytes) -> Iterable[dict[str, str]]:
    for match in pattern.finditer(part):
        yield {
            key.decode("utf-8", "replace"): value.decode("utf-8", "replace")
            for key, value in _ATTRIBUTE.findall(match[1])
        }


def _plain_text(text: str) -> str:
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, char)
    return text


def number_formats(path: Path, sheet: str, cells: Iterable[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """Return the number formats of some cells of an .xlsx by (row number from 1, column index from 0).

    Other files and anything unreadable give none: the month stays doubtful and the clerk is asked.
    """
    pairs = set(cells)
    raw = _contents(path)
    if not pairs or not raw.startswith(b"PK"):
        return {}
    parts = SpreadsheetParts(raw)
    parts.measure()
    return _formats(parts.repacked(), sheet, pairs)


def _formats(raw: bytes, sheet: str, pairs: set[tuple[int, int]]) -> dict[tuple[int, int], str]:
    match_by_pair: dict[tuple[int, int], str] = {}
    reader = workbook_reader()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on missing styles and unknown extensions, which do not matter here
            book = reader.load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
        try:
            last = max(row for row, _ in pairs)
            for number, row in enumerate(book[sheet].iter_rows(max_row=last), 1):
                for place, cell in enumerate(row):
                    if (number, place) in pairs:
                        match_by_pair[number, place] = str(cell.number_format)
        finally:
            book.close()
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, OSError):
        return {}
    except (reader.utils.exceptions.InvalidFileException, zipfile.BadZipFile):
        return {}
    return match_by_pair
