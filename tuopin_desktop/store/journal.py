"""The journal (WAL) beside a database, read as bytes: whether it belongs to it, before the engine mixes the two.

SQLite binds a journal to its database by the file name alone: the journal of another database, of a clone, or of the
time before a copy was put back is played in without a question. So every transaction leaves its turn in `meta`: its own
mark and that of the transaction before. The pages in the journal then tell which state of the database they follow.
"""

import re
import secrets
import struct
from array import array
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from tuopin_desktop.store import sqlite, statements

Page = Callable[[int, bytes], bytes]
"""What gives the plain bytes of a page by its number and its bytes as stored."""

NEVER = "0" * 16
"""The mark of a database in which no turn was taken yet."""
_TURN = re.compile(rb"TPTURN ([0-9a-f]{16}) ([0-9a-f]{16})\.")
_HEADER, _FRAME = struct.Struct(">8I"), struct.Struct(">6I")
_LITTLE, _BIG = 0x377F0682, 0x377F0683


class Journal(msgspec.Struct, frozen=True):
    """What is in a journal: whole transactions, those behind a damaged place, and the turns of the whole ones.

    `readable` is false when the engine would throw the file away unread. Turns are (mark before, own mark).
    """

    readable: bool
    commits: int = 0
    cut_off: int = 0
    turns: tuple[tuple[str, str], ...] = ()

    def follows(self, mark: str) -> bool:
        """Tell whether a database with this mark is one that the journal goes on from, or was folded into in part."""
        return any(mark in turn for turn in self.turns)


def take_turn(cursor: Any) -> None:
    """Leave this transaction's mark; part of every write."""
    value = mark_of(cursor.execute(statements.TURN).fetchone())
    turn = f"TPTURN {value} {secrets.token_hex(8)}."
    cursor.execute(sqlite.PUT_TURN, (turn,))


def mark_of(row: tuple[object, ...] | None) -> str:
    """Return the mark in a row of `meta`, NEVER when there is none."""
    match = _TURN.fullmatch(str(row[0]).encode()) if row else None
    return match[2].decode() if match else NEVER


def as_stored(_number: int, stored: bytes) -> bytes:
    """Return a page of a plain database."""
    return stored


def read(raw: bytes, plain: Page = as_stored) -> Journal:
    """Return what the bytes of a journal hold, each page made plain."""
    if _page_size(raw) == 0:
        return Journal(readable=False)
    commits, cut_off = 0, 0
    turns: list[tuple[str, str]] = []
    waiting: list[tuple[str, str]] = []
    for number, page, closes, whole in _walk(raw):
        if not whole:
            cut_off += closes
            continue
        waiting += [(before.decode(), own.decode()) for before, own in _TURN.findall(plain(number, page))]
        if closes:
            commits += 1
            turns += waiting
            waiting = []
    # The last transaction of a PC whose plug was pulled may stand there torn: nobody was told that it is saved.
    return Journal(readable=True, commits=commits, cut_off=max(cut_off - 1, 0), turns=tuple(turns))


def played(raw: bytes) -> dict[int, bytes]:
    """Return the newest whole state of every page in a journal by its number, as stored; the engine would play it."""
    pages: dict[int, bytes] = {}
    waiting: dict[int, bytes] = {}
    for number, page, closes, whole in _walk(raw):
        if not whole:
            break
        waiting[number] = page
        if closes:
            pages |= waiting
            waiting = {}
    return pages


def cut_off(raw: bytes, plain: Page = as_stored) -> list[bytes]:
    """Return the pages behind a damaged place, which the engine does not play, made plain."""
    return [plain(number, page) for number, page, _, whole in _walk(raw) if not whole]


def _page_size(raw: bytes) -> int:
    """Return the size of a page, 0 when the engine would throw the file away unread."""
    if len(raw) < _HEADER.size:
        return 0
    magic, _, size, _, _, _, *check = _HEADER.unpack_from(raw)
    if magic not in (_LITTLE, _BIG) or not 512 <= size <= 65536 or size & (size - 1):
        return 0
    return size if _checksum(raw[:24], (0, 0), big=magic == _BIG) == tuple(check) else 0


def _walk(raw: bytes) -> Iterator[tuple[int, bytes, bool, bool]]:
    """Yield each page of this run of the journal: number, bytes, whether it closes a transaction, whether all is well.

    What stands behind the run is left from the run before and says nothing.
    """
    size = _page_size(raw)
    if not size:
        return
    magic, _, _, _, *salt, first, second = _HEADER.unpack_from(raw)
    big, check, whole = magic == _BIG, (first, second), True
    for head, page in _frames(raw, size):
        same = list(head[2:4]) == salt
        if whole:
            check = _checksum(page, _checksum(_FRAME.pack(*head)[:8], check, big=big), big=big)
            whole = same and head[4:] == check
        if whole or same:
            yield head[0], page, bool(head[1]), whole


def _frames(raw: bytes, size: int) -> Iterator[tuple[tuple[int, ...], bytes]]:
    for at in range(_HEADER.size, len(raw) - _FRAME.size - size + 1, _FRAME.size + size):
        yield _FRAME.unpack_from(raw, at), raw[at + _FRAME.size : at + _FRAME.size + size]


def _checksum(data: bytes, start: tuple[int, int], *, big: bool) -> tuple[int, int]:
    """Return SQLite's running checksum over 8-byte pieces."""
    numbers = array("I", data)
    if big != (struct.pack("=I", 1) == b"\0\0\0\1"):
        numbers.byteswap()
    one, two = start
    for place in range(0, len(numbers), 2):
        one = (one + numbers[place] + two) & 0xFFFFFFFF
        two = (two + numbers[place + 1] + one) & 0xFFFFFFFF
    return one, two
