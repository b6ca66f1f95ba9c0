"""The database keys that this process may use, by the first 16 bytes of the files they open.

An encrypted file begins with the id of its vault, where a plain one says "SQLite format 3": so every file of a
database (itself, its copies, unfinished ones, the memo) tells by itself which key it wants, and no question to a
database has to carry a key along. A key comes here when its vault was opened, and leaves when the office is locked.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

PLAIN = b"SQLite format 3\0"
HEAD, PAGE = len(PLAIN), 4096
_PROBES = 12
"""So many pages of a file without a sound beginning are tried with a key; one that fits is enough."""


class DatabaseKey(msgspec.Struct, frozen=True):
    """A key with the id of its vault, and the vault that every copy carries along.

    `page` opens one page by its number, `is_own` tells whether a page was written with this key and is sound.
    """

    id: bytes
    key: bytes
    page: Callable[[int, bytes], bytes]
    is_own: Callable[[int, bytes], bool]
    vault: bytes


_KEYS: dict[bytes, DatabaseKey] = {}


def admit(key: DatabaseKey) -> None:
    """Let this process open what a key opens."""
    _KEYS[key.id] = key


def dismiss(vault_id: bytes) -> None:
    """Forget a key; what is open with it stays open."""
    _KEYS.pop(vault_id, None)


def by_id(vault_id: bytes) -> DatabaseKey | None:
    """Return the key of a vault where it is here."""
    return _KEYS.get(vault_id)


def key_of(path: Path) -> DatabaseKey | None:
    """Return the key of a file by how it begins; None for a plain file, for none, or where the key is not here.

    A file whose beginning is spoilt is known by the first key that one of its pages was written with.
    """
    begins = head(path)
    if begins in _KEYS or begins == PLAIN:
        return _KEYS.get(begins)
    return next((key for key in list(_KEYS.values()) if is_of(path, key)), None)


def is_of(path: Path, key: DatabaseKey) -> bool:
    """Tell whether some page of a file was written with a key."""
    return any(key.is_own(number, page) for number, page in pages(path))


def head(path: Path) -> bytes:
    """Return how a file begins; empty where it cannot be read."""
    with suppress(OSError), path.open("rb") as file:
        return file.read(HEAD)
    return b""


def pages(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield some whole pages of a file with their numbers, from its first to its last."""
    with suppress(OSError), path.open("rb") as file:
        count = file.seek(0, 2) // PAGE
        for number in sorted({1 + place * max(count - 1, 0) // _PROBES for place in range(_PROBES + 1)}):
            file.seek((number - 1) * PAGE)
            if len(page := file.read(PAGE)) == PAGE:
                yield number, page


# -- the vault a copy carries behind its last page, where SQLite does not look

_MARK = b"TPVAULT1"
_MOST = 1 << 20


def behind(vault: bytes) -> bytes:
    """Return what is put behind the last page of a copy that carries this vault."""
    return vault + len(vault).to_bytes(8, "big") + _MARK


def carried(path: Path) -> bytes:
    """Return the vault that a copy carries; empty where it carries none or cannot be read."""
    with suppress(OSError), path.open("rb") as file:
        end = file.seek(0, 2)
        file.seek(max(end - 16, 0))
        length, mark = int.from_bytes(file.read(8), "big"), file.read(8)
        if mark == _MARK and 0 < length <= min(_MOST, end - 16):
            file.seek(end - 16 - length)
            return file.read(length)
    return b""
