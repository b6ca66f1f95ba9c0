"""Rows read from the pages of a database file one by one, without its indexes: what a damaged file still gives.

The format is SQLite's own (sqlite.org/fileformat2.html). Whatever does not read as a row is passed over.
"""

import struct
from collections.abc import Iterator, Mapping

import msgspec

from tuopin_desktop.store.journal import Page, as_stored

Value = int | float | str | bytes | None
_USUAL = 4096
_RESERVE = 48
"""What SQLCipher keeps at the end of every page: its vector and its keyed sum."""
_INDEX_INNER, _INDEX_LEAF, _TABLE_LEAF = 0x02, 0x0A, 0x0D
_LONGEST = 64 * 1024 * 1024
_WIDTHS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


class TableRow(msgspec.Struct, frozen=True):
    """One row: its number where the table has one, and its values in the order of the columns."""

    number: int | None
    values: tuple[Value, ...]


class Pages:
    """The pages of a file, those of its journal laid over them.

    Those of an encrypted file are made plain one by one; behind the content of each is a `reserve` that is no content.
    """

    def __init__(
        self, raw: bytes, newer: Mapping[int, bytes], plain: Page = as_stored, *, encrypted: bool = False
    ) -> None:
        size = int.from_bytes(raw[16:18], "big") if len(raw) >= 100 and not encrypted else 0
        size = 65536 if size == 1 else size
        if size < 512 or size & (size - 1):  # the head of the file is damaged: what this program always writes
            size = len(next(iter(newer.values()))) if newer else _USUAL
        self._size, self._raw, self._newer, self._plain = size, raw, newer, plain
        self._usable = size - (_RESERVE if encrypted else 0)
        self.count = max(len(raw) // size, max(newer, default=0))

    def page(self, number: int) -> bytes:
        """Return a page by its number, from 1 on; empty where the file ends before it."""
        stored = self._newer.get(number)
        if stored is None:
            stored = self._raw[(number - 1) * self._size : number * self._size]
        return self._plain(number, stored) if len(stored) == self._size else stored

    def rows(self) -> Iterator[TableRow]:
        """Yield every row that can be read, in the order of the pages."""
        for number in range(1, self.count + 1):
            yield from self.rows_of(self.page(number), 100 if number == 1 else 0)

    def rows_of(self, page: bytes, start: int = 0) -> Iterator[TableRow]:
        """Yield the rows of one page."""
        if len(page) != self._size or page[start] not in (_INDEX_INNER, _INDEX_LEAF, _TABLE_LEAF):
            return
        head = start + (12 if page[start] == _INDEX_INNER else 8)
        cells = int.from_bytes(page[start + 3 : start + 5], "big")
        for place in range(min(cells, (self._size - head) // 2)):
            try:
                at = struct.unpack_from(">H", page, head + 2 * place)[0]
                yield self._row(page, page[start], at)
            except (ValueError, IndexError, struct.error, UnicodeDecodeError):
                continue

    def _row(self, page: bytes, kind: int, at: int) -> TableRow:
        at += 4 if kind == _INDEX_INNER else 0
        length, at = _varint(page, at)
        number = None
        if kind == _TABLE_LEAF:
            number, at = _varint(page, at)
        if length > _LONGEST:
            raise ValueError("no row is so long")
        return TableRow(number, _values(self._payload(page, kind, at, length)))

    def _payload(self, page: bytes, kind: int, at: int, length: int) -> bytes:
        """Return the bytes of a row, the rest of a long one from its further pages."""
        most = self._usable - 35 if kind == _TABLE_LEAF else (self._usable - 12) * 64 // 255 - 23
        if length <= most:
            return _exactly(page[at : at + length], length)
        least = (self._usable - 12) * 32 // 255 - 23
        here = least + (length - least) % (self._usable - 4)
        here = here if here <= most else least
        content = bytearray(page[at : at + here])
        further = int.from_bytes(page[at + here : at + here + 4], "big")
        while len(content) < length:
            more = self.page(further)
            if further < 2 or len(more) != self._size:
                raise ValueError("the row goes on in a page that is not there")
            content += more[4 : min(4 + length - len(content), self._usable)]
            further = int.from_bytes(more[:4], "big")
        return bytes(content)


def _values(record: bytes) -> tuple[Value, ...]:
    length, at = _varint(record, 0)
    kinds = []
    while at < length:
        kind, at = _varint(record, at)
        kinds.append(kind)
    if at != length:
        raise ValueError("no record")
    values = []
    for kind in kinds:
        value, at = _value(record, kind, at)
        values.append(value)
    if at != len(record):
        raise ValueError("no record")
    return tuple(values)


def _value(record: bytes, kind: int, at: int) -> tuple[Value, int]:
    if kind in (0, 8, 9):
        return {0: None, 8: 0, 9: 1}[kind], at
    if kind in _WIDTHS:
        end = at + _WIDTHS[kind]
        return int.from_bytes(_exactly(record[at:end], end - at), "big", signed=True), end
    if kind == 7:
        return struct.unpack_from(">d", record, at)[0], at + 8
    if kind < 12:
        raise ValueError("no kind of value")
    end = at + (kind - 12) // 2
    content = _exactly(record[at:end], end - at)
    return (content.decode() if kind % 2 else content), end


def _exactly(content: bytes, length: int) -> bytes:
    if len(content) != length:
        raise ValueError("cut off")
    return content


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(8):
        byte = data[at + place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    return value << 8 | data[at + 8], at + 9
