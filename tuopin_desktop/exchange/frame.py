"""A ZIP file of a fixed form: the same names in the same order, stored, without dates; any other byte is refused."""

import struct
import zlib
from collections.abc import Mapping, Sequence
from types import MappingProxyType

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION = 10
_DATE = 0x21  # 1980-01-01


_AS_WRITTEN: Mapping[str, str] = MappingProxyType({})


class Unsound(Exception):
    """A package is not what we would have written; the text says which check failed."""


def _local(name: bytes, crc: int, size: int) -> bytes:
    return _LOCAL.pack(b"PK\3\4", _VERSION, 0, 0, 0, _DATE, crc, size, size, len(name), 0) + name


def _central(name: bytes, crc: int, size: int, place: int) -> bytes:
    head = (b"PK\1\2", _VERSION, _VERSION, 0, 0, 0, _DATE, crc, size, size, len(name), 0, 0, 0, 0, 0, place)
    return _CENTRAL.pack(*head) + name


def _directory(entries: Sequence[tuple[bytes, int, int, int]], start: int) -> bytes:
    content = b"".join(_central(*entry) for entry in entries)
    return content + _END.pack(b"PK\5\6", 0, 0, len(entries), len(entries), len(content), start, 0)


def join(members: Mapping[str, bytes]) -> bytes:
    """Return the file with these members, in their order."""
    contents, entries, place = [], [], 0
    for name, content in members.items():
        entry = (name.encode("ascii"), zlib.crc32(content), len(content))
        head = _local(*entry)
        contents += [head, content]
        entries.append((*entry, place))
        place += len(head) + len(content)
    return b"".join([*contents, _directory(entries, place)])


def split(raw: bytes, caps: Mapping[str, int], spoken: Mapping[str, str] = _AS_WRITTEN) -> dict[str, memoryview]:
    """Return the members of a file made by `join` with these names, each at most so many bytes; raises Unsound.

    `spoken` is what a clerk calls the members.

    Not a ZIP reader: every byte outside the members is compared with what we would have written, so there is no
    room for a second directory, another name, a path, a compressed bomb or bytes after the end.
    """
    whole = memoryview(raw)
    members, entries, place = _leading(whole, caps, spoken)
    if whole[place:] != _directory(entries, place):
        raise Unsound("文件末尾已损坏或被改动")
    return members


def leading(raw: bytes, caps: Mapping[str, int], spoken: Mapping[str, str] = _AS_WRITTEN) -> dict[str, memoryview]:
    """Return the first members of a file of which only the beginning is at hand; raises Unsound as `split` does.

    `caps` names no more than those members.
    """
    return _leading(memoryview(raw), caps, spoken)[0]


def length(sizes: Mapping[str, int]) -> int:
    """Return how many bytes a file made by `join` has, by the sizes of its members."""
    return _END.size + sum(_LOCAL.size + _CENTRAL.size + 2 * len(name) + size for name, size in sizes.items())


_Entry = tuple[bytes, int, int, int]


def _leading(
    whole: memoryview, caps: Mapping[str, int], spoken: Mapping[str, str]
) -> tuple[dict[str, memoryview], list[_Entry], int]:
    members: dict[str, memoryview] = {}
    entries: list[_Entry] = []
    place = 0
    for name, cap in caps.items():
        if place + _LOCAL.size > len(whole):
            raise Unsound("文件不完整")
        size = int(_LOCAL.unpack_from(whole, place)[7])
        start = place + _LOCAL.size + len(name)
        if size > cap:
            raise Unsound(f"{spoken.get(name, name)}过大")
        if start + size > len(whole):
            raise Unsound("文件不完整")
        content = whole[start : start + size]
        entry = (name.encode("ascii"), zlib.crc32(content), size)
        if whole[place:start] != _local(*entry):
            raise Unsound(f"{spoken.get(name, name)}已损坏或被改动")
        members[name] = content
        entries.append((*entry, place))
        place = start + size
    return members, entries, place
