"""Old spreadsheets (.xls, .et): enough of them read to see that there is a workbook, unlocked, of sane size."""

import struct
from collections.abc import Iterator

from tuopin_desktop.documents.zipped import DAMAGED, refuse_extent
from tuopin_desktop.domain.problems import Trouble

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_SECTOR = 0xFFFFFFFA
_LOCKED = "文件有打开密码，请先在Excel或WPS里去掉密码、另存后再导入"
_CELLS = {0x0006, 0x00D6, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x0001, 0x0002, 0x0003, 0x0004, 0x0005}
"""BIFF records that begin with row and column of one cell: formula, text, blank, number, label, flag."""

_CELL_RUNS = {0x00BD, 0x00BE}
"""Records of several cells of a row, whose last two bytes are the last column."""

_SHEET, _BOF = 0x0085, (0x0809, 0x0409, 0x0209, 0x0009)


def check_compound(raw: bytes) -> bytes:
    """Return the stream of the workbook in a compound file; raises Trouble unless it is unlocked and of sane size."""
    try:
        names = _Compound(raw)
        if names.find("EncryptedPackage") is not None:
            raise Trouble(_LOCKED)
        book = names.find("Workbook") or names.find("Book")
        if book is None:
            raise Trouble(_not_a_book(names))
        stream = names.stream(*book)
        _check_records(stream)
    except (struct.error, IndexError, ValueError, OverflowError) as error:
        raise Trouble(DAMAGED) from error
    return stream


def _not_a_book(names: "_Compound") -> str:
    if names.find("WordDocument") is not None:
        return "这是Word文档，不是表格（改扩展名没有用）；请把其中的表格复制到Excel或WPS表格里另存为xlsx"
    return "这不是表格文件，请用Excel或WPS打开原表，另存为xlsx后再导入"


class _Compound:
    """The directory and sector chains of an OLE compound file ([MS-CFB])."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        shift, mini_shift = struct.unpack_from("<HH", raw, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise ValueError("sector size")
        self._size = 1 << shift
        directory, self._cutoff, mini_fat, _, difat, difat_count = struct.unpack_from("<I4xIIIII", raw, 48)
        self._fat = self._allocation(difat, difat_count)
        self._entries = list(self._directory(self._chained(directory)))
        self._mini_fat = _numbers(self._chained(mini_fat)) if mini_fat < _LAST_SECTOR else []
        self._mini = b""
        if self._entries:
            _, start, _ = self._entries[0]
            self._mini = self._chained(start) if start < _LAST_SECTOR else b""

    def _allocation(self, difat: int, count: int) -> list[int]:
        sectors = list(struct.unpack_from("<109I", self._raw, 76))
        for _ in range(min(count, len(self._raw) // self._size)):
            if difat >= _LAST_SECTOR:
                break
            numbers = _numbers(self._sector(difat))
            sectors += numbers[:-1]
            difat = numbers[-1]
        fat: list[int] = []
        for sector in sectors:
            if sector < _LAST_SECTOR:
                fat += _numbers(self._sector(sector))
        return fat

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if start >= len(self._raw):
            raise ValueError("sector beyond the end")
        return self._raw[start : start + self._size].ljust(self._size, b"\0")

    def _chained(self, first: int) -> bytes:
        parts, count = [], 0
        while first < _LAST_SECTOR:
            parts.append(self._sector(first))
            first = self._fat[first]
            count += 1
            if count > len(self._fat):
                raise ValueError("endless chain")
        return b"".join(parts)

    @staticmethod
    def _directory(raw: bytes) -> Iterator[tuple[str, int, int]]:
        for at in range(0, len(raw) - 127, 128):
            length = struct.unpack_from("<H", raw, at + 64)[0]
            start, size = struct.unpack_from("<II", raw, at + 116)
            if 2 <= length <= 64:
                yield raw[at : at + length - 2].decode("utf-16-le", "replace"), start, size

    def find(self, name: str) -> tuple[int, int] | None:
        """Return (first sector, size in bytes) of a stream, or None."""
        target = name.lower()
        return next(((start, size) for match, start, size in self._entries if match.lower() == target), None)

    def stream(self, start: int, size: int) -> bytes:
        """Return the bytes of a stream."""
        if size >= self._cutoff:
            return self._chained(start)[:size]
        parts, count = [], 0
        while start < _LAST_SECTOR:
            parts.append(self._mini[start * 64 : start * 64 + 64])
            start = self._mini_fat[start]
            count += 1
            if count > len(self._mini_fat):
                raise ValueError("endless chain")
        return b"".join(parts)[:size]


def _numbers(raw: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4]))


def _refuse_locked(_raw: bytes, _at: int, _length: int) -> None:
    raise Trouble(_LOCKED)


def _check_dimensions(raw: bytes, at: int, length: int) -> None:
    """Refuse a claimed size no sheet of this format has: the reader sets memory aside for it."""
    top, rows, left, columns = struct.unpack_from("<IIHH" if length >= 12 else "<HHHH", raw, at)
    if not top <= rows <= 65536 or not left <= columns <= 256:
        raise ValueError("dimensions")


def _check_strings(raw: bytes, at: int, _length: int) -> None:
    """Refuse a claimed number of texts larger than the file itself."""
    if struct.unpack_from("<4xI", raw, at)[0] > len(raw):
        raise ValueError("string table")


_CHECKS = {0x002F: _refuse_locked, 0x0200: _check_dimensions, 0x00FC: _check_strings}


def _check_records(raw: bytes) -> None:
    """Walk over all records; sheets must begin where a sheet begins, or the reader would see other records than we."""
    sheets, begins = set(), set()
    rows = columns = 0
    for at, record, length in _records(raw):
        if record in _CELLS:
            row, column = struct.unpack_from("<HH", raw, at)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
        elif record in _CELL_RUNS:
            row, last = struct.unpack_from("<H", raw, at)[0], struct.unpack_from("<H", raw, at + length - 2)[0]
            rows, columns = max(rows, row + 1), max(columns, last + 1)
        elif record in _CHECKS:
            _CHECKS[record](raw, at, length)
        elif record == _SHEET:
            sheets.add(struct.unpack_from("<I", raw, at)[0] + 4)
        elif record in _BOF:
            refuse_extent(rows, columns)
            rows = columns = 0
            begins.add(at)
    refuse_extent(rows, columns)
    if not sheets <= begins:
        raise ValueError("sheet offset")


def _records(raw: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield (place of the body, kind, length) of every record."""
    at, end = 0, len(raw) - 4
    head = struct.Struct("<HH").unpack_from
    while at <= end:
        kind, length = head(raw, at)
        yield at + 4, kind, length
        at += 4 + length
