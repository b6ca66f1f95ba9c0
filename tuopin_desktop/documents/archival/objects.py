"""The objects of a PDF 1.4 file as they stand in its bytes, for a look at its structure: no library here shows it."""

import re
import zlib
from collections.abc import Iterator
from typing import Any, NamedTuple

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_HEAD = re.compile(rb"\s*(\d+)\s+(\d+)\s+obj\b")
_SECTION = re.compile(rb"\s*(\d+)\s+(\d+)\s*(?=\d{10} )")
_STREAM = re.compile(rb"\s*stream(\r\n|\n)")
_TOKEN = re.compile(
    rb"(?:\s|%[^\r\n]*[\r\n])*"
    rb"(<<|>>|\[|\]|/[^\s()<>\[\]{}/%]*|<[0-9A-Fa-f\s]*>|\(|\d+\s+\d+\s+R\b|[-+.\d]+|true\b|false\b|null\b)"
)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|\r|\n)|(.))", re.DOTALL)
_DEEPEST = 60
_UNPACKED = 8 * 1024 * 1024  # bytes of a stream that is looked into: a profile, properties


class Damaged(ValueError):
    """A file whose objects cannot be read as PDF 1.4 lays them down."""


class Name(str):
    """A name, without its slash."""

    __slots__ = ()


class Ref(NamedTuple):
    """A pointer to another object."""

    number: int


class Stream(NamedTuple):
    """A stream: its dictionary, its bytes as they are stored, and whether its keywords stand on lines of their own."""

    entries: dict[str, Any]
    data: bytes
    lined: bool

    @property
    def filters(self) -> list[Any]:
        """The filters its bytes went through, by name."""
        chain = self.entries.get("Filter")
        return chain if isinstance(chain, list) else [chain] if isinstance(chain, Name) else []

    def unpacked(self) -> bytes:
        """Return the content of a stream with at most the one filter this looks into; raises Damaged."""
        if not self.filters:
            return self.data
        if self.filters != ["FlateDecode"]:
            raise Damaged("filter")
        try:
            return zlib.decompressobj().decompress(self.data, _UNPACKED)
        except zlib.error as error:
            raise Damaged("flate") from error


class File:
    """A file read by its cross-reference table; raises Damaged where it is not one of PDF 1.4."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._read: dict[int, Any] = {}
        start = _START.search(data[-2048:])
        if start is None:
            raise Damaged("startxref")
        self.trailer, self._offset_by_number = self._table(int(start[1]))

    def _table(self, start: int) -> tuple[dict[str, Any], dict[int, int]]:
        if not self._data.startswith(b"xref", start):
            raise Damaged("xref")
        place = start + 4
        offset_by_number: dict[int, int] = {}
        while section := _SECTION.match(self._data, place):
            first, count = int(section[1]), int(section[2])
            place = section.end()
            for number in range(first, first + count):
                row = self._data[place : place + 20]
                if len(row) < 20:
                    raise Damaged("xref")
                if row[17:18] == b"n":
                    offset_by_number[number] = int(row[:10])
                place += 20
        at = self._data.find(b"trailer", place)
        if at < 0:
            raise Damaged("trailer")
        trailer, _ = _value(self._data, at + len(b"trailer"))
        if not isinstance(trailer, dict) or "Prev" in trailer or "XRefStm" in trailer:
            raise Damaged("trailer")  # changed after it was written
        return trailer, offset_by_number

    def at(self, value: Any) -> Any:
        """Return what a value is, followed where it points elsewhere; None where nothing is."""
        for _ in range(_DEEPEST):
            if not isinstance(value, Ref):
                return value
            value = self._object(value.number)
        raise Damaged("circle")

    def mapping(self, value: Any) -> dict[str, Any]:
        """Return the dictionary a value is or points to; an empty one where it is something else."""
        value = self.at(value)
        return value if isinstance(value, dict) else {}

    def items(self, value: Any) -> list[Any]:
        """Return the array a value is or points to; an empty one where it is something else."""
        value = self.at(value)
        return value if isinstance(value, list) else []

    def all(self) -> Iterator[Any]:
        """Yield every object."""
        for number in self._offset_by_number:
            yield self._object(number)

    def _object(self, number: int) -> Any:
        if number not in self._read:
            offset = self._offset_by_number.get(number)
            self._read[number] = None if offset is None else self._at_offset(number, offset)
        return self._read[number]

    def _at_offset(self, number: int, offset: int) -> Any:
        head = _HEAD.match(self._data, offset)
        if head is None or int(head[1]) != number:
            raise Damaged("object")
        value, place = _value(self._data, head.end())
        stream = _STREAM.match(self._data, place)
        if stream is None or not isinstance(value, dict):
            return value
        length = self.at(value.get("Length"))
        if not isinstance(length, int):
            raise Damaged("length")
        end = stream.end() + length
        tail = self._data[end : end + 12]
        if b"endstream" not in tail:
            raise Damaged("length")
        return Stream(value, self._data[stream.end() : end], tail.startswith((b"\nendstream", b"\r\nendstream")))


def _value(data: bytes, place: int, depth: int = 0) -> tuple[Any, int]:
    """Return the value that begins at a place, and the place behind it."""
    token = _TOKEN.match(data, place)
    if token is None or depth > _DEEPEST:
        raise Damaged("token")
    text, end = token[1], token.end()
    if text == b"<<":
        return _dictionary(data, end, depth)
    if text == b"[":
        return _array(data, end, depth)
    if text == b"(":
        return _string(data, end)
    return _plain(text), end


def _plain(text: bytes) -> Any:
    if text.startswith(b"/"):
        return Name(re.sub(rb"#([0-9A-Fa-f]{2})", lambda code: bytes([int(code[1], 16)]), text[1:]).decode("latin-1"))
    if text.startswith(b"<"):
        digits = b"".join(text[1:-1].split())
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    if text.endswith(b"R"):
        return Ref(int(text.split()[0]))
    if text in (b"true", b"false", b"null"):
        return {b"true": True, b"false": False, b"null": None}[text]
    try:
        return float(text) if b"." in text else int(text)
    except ValueError as error:
        raise Damaged("number") from error


def _dictionary(data: bytes, place: int, depth: int) -> tuple[dict[str, Any], int]:
    entries: dict[str, Any] = {}
    while True:
        token = _TOKEN.match(data, place)
        if token is None:
            raise Damaged("dictionary")
        if token[1] == b">>":
            return entries, token.end()
        key = _plain(token[1]) if token[1].startswith(b"/") else None
        if key is None:
            raise Damaged("key")
        entries[key], place = _value(data, token.end(), depth + 1)


def _array(data: bytes, place: int, depth: int) -> tuple[list[Any], int]:
    values: list[Any] = []
    while True:
        token = _TOKEN.match(data, place)
        if token is None:
            raise Damaged("array")
        if token[1] == b"]":
            return values, token.end()
        value, place = _value(data, place, depth + 1)
        values.append(value)


def _string(data: bytes, place: int) -> tuple[bytes, int]:
    depth, at = 1, place
    while depth:
        if at >= len(data):
            raise Damaged("string")
        byte = data[at : at + 1]
        if byte == b"\\":
            at += 1
        depth += (byte == b"(") - (byte == b")")
        at += 1
    return _ESCAPE.sub(_unescaped, data[place : at - 1]), at


def _unescaped(match: re.Match[bytes]) -> bytes:
    if match[1]:
        return bytes([int(match[1], 8) & 0xFF])
    return b"" if match[2] else _ESCAPES.get(match[3], match[3])
