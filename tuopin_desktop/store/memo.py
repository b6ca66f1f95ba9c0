"""The memo beside the database: what was judged once, by owner and by key; anybody may delete it at any time.

It is no part of the data: no copy holds it, nothing in the database points to it, and whatever is wrong with it (torn,
cut short, older, of another office) costs judging again and no word. Keys say whether what it holds still counts; each
drawer carries that of its shelf, for no write waits for the disk and a power cut may leave pages of two different days.
"""

import os
import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlcipher3 import dbapi2

from tuopin_desktop.store import sidesql
from tuopin_desktop.store.database import discard, set_key
from tuopin_desktop.store.keyring import DatabaseKey

MEMO = "office.memo"
FINDER = "office.find"
"""The file of `store/finder.py`, which goes whenever the memo goes."""

_WHOLE = "*"
"""The owner of whole answers: no code is written so, and no shelf has it."""

T = TypeVar("T")

WRONG = (dbapi2.Error, OSError, zlib.error, UnicodeError, TypeError)
"""What a file says that is no memo, or a disk that does not give it."""
_PATIENCE_S = 0.2
"""How long another program may hold the file before the memo does without it."""
_FAST = 1
"""zlib's quickest: a sixth of the size for a tenth of what judging costs."""


def beside(database: Path) -> Path:
    """Return where the memo of a database lies."""
    return database.with_name(MEMO)


def forget(database: Path) -> None:
    """Remove what lies beside a database, the memo and the finder, whoever made it; it is made again."""
    for name in (MEMO, FINDER):
        discard(database.with_name(name))


class Memo:
    """An open memo; belongs to the thread that opened it. Where its file cannot be used it holds nothing."""

    def __init__(self, path: Path, whose: str, key: DatabaseKey | None = None) -> None:
        """Hold the memo at a path for an office, under the key of its database.

        What another office, or another key, left there is let go when it is first asked for.
        """
        self._path = path
        self._key = key
        self._whose = whose
        self._tried = False
        self._connection: Any = None

    @property
    def key(self) -> DatabaseKey | None:
        """The key it lies under, as all that is beside the database."""
        return self._key

    def shelves(self) -> dict[str, bytes]:
        """Return what is said about each owner's shelf: its key and what it was judged from."""
        nothing: list[Any] = []
        rows = self._asked(lambda: self._connection.execute(sidesql.MEMO["shelves"]).fetchall(), nothing)
        return {str(owner): bytes(about) for owner, about in rows}

    def drawer(self, owner: str, name: str, key: str) -> bytes | None:
        """Return the content of one drawer as it was put in under a key, None where there is none that can be read."""

        def read() -> bytes | None:
            row = self._connection.execute(sidesql.MEMO["drawer"], (owner, name)).fetchone()
            seal, whole = key.encode(), zlib.decompress(row[0]) if row else b""
            return whole[len(seal) :] if row and whole.startswith(seal) else None

        return self._asked(read, None)

    def answer(self, name: str, key: str) -> bytes | None:
        """Return a whole answer as it was kept under a key, None where there is none that can be read."""
        return self.drawer(_WHOLE, name, key)

    def keep(self, name: str, key: str, answer: bytes) -> None:
        """Keep a whole answer under its key in the place of the one before."""
        row = (_WHOLE, name, zlib.compress(key.encode() + answer, _FAST))
        self._write(lambda connection: connection.execute(sidesql.MEMO["put drawer"], row))

    def put(self, owner: str, key: str, about: bytes, drawers: Mapping[str, bytes]) -> None:
        """Put a shelf with all its drawers, each under its key, in the place of the one before: all of it or nothing.

        All keys are of one length.
        """
        # The key is inside what is compressed: zlib's sum then vouches for key and content being of one writing.
        rows = [(owner, name, zlib.compress(key.encode() + value, _FAST)) for name, value in drawers.items()]

        def write(connection: Any) -> None:
            connection.execute(sidesql.MEMO["drop drawers"], (owner,))
            connection.executemany(sidesql.MEMO["put drawer"], rows)
            connection.execute(sidesql.MEMO["put shelf"], (owner, about))

        self._write(write)

    def drop(self, owners: Iterable[str]) -> None:
        """Forget the shelves of owners that are no more."""
        names = [(owner,) for owner in owners]

        def write(connection: Any) -> None:
            connection.executemany(sidesql.MEMO["drop drawers"], names)
            connection.executemany(sidesql.MEMO["drop shelf"], names)

        self._write(write)

    def _open(self) -> Any:
        """Return the connection, opened when it is first asked for; None where there is none to be had."""
        for _ in range(0 if self._tried else 2):  # the second time with a new file in place of one that is none
            self._tried = True
            try:
                self._connection = _connected(self._path, self._whose, self._key)
                break
            except WRONG:
                discard(self._path)
        return self._connection

    def clear(self) -> None:
        """Forget everything: the file is made anew."""
        self.close()
        discard(self._path)
        self._tried = False

    def close(self) -> None:
        """Close the file, which is not opened again; a second call does nothing."""
        self._tried = True
        if self._connection is not None:
            with suppress(*WRONG):
                self._connection.close()
            self._connection = None

    def _write(self, work: Callable[[Any], None]) -> None:
        if self._open() is None:
            return
        try:
            self._connection.execute(sidesql.MEMO["begin"])
            try:
                work(self._connection)
                self._connection.execute(sidesql.MEMO["commit"])
            except BaseException:
                with suppress(*WRONG):
                    self._connection.execute(sidesql.MEMO["rollback"])
                raise
        except WRONG:
            self.close()  # a full disk, or a file damaged meanwhile: what is judged from now on is kept in memory alone

    def _asked(self, read: Callable[[], T], otherwise: T) -> T:
        if self._open() is None:
            return otherwise
        try:
            return read()
        except WRONG:
            self.clear()
            return otherwise


def opened(path: Path, key: DatabaseKey | None, tables: Iterable[str]) -> Any:
    """Return a connection to a file beside the database, with its tables; raises one of `WRONG`."""
    # Names stand in it as in the database: under its key, and for its owner's eyes alone from the first byte on.
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    connection = dbapi2.connect(str(path), isolation_level=None, timeout=_PATIENCE_S)
    try:
        set_key(connection, key)
        for statement in (*sidesql.SETTINGS, *tables):
            connection.execute(statement).fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def claim(connection: Any, whose: str, something: str) -> None:
    """Write whose a new file is, in which `something` is not found.

    Raises dbapi2.Error for another office's, or for one that does not say.
    """
    if connection.execute(something).fetchone() is None:
        connection.execute(sidesql.MEMO["put whose"], (whose,))
    if connection.execute(sidesql.MEMO["whose"]).fetchall() != [(whose,)]:
        raise dbapi2.DatabaseError("another office's file")


def _connected(path: Path, whose: str, key: DatabaseKey | None) -> Any:
    tables = [sidesql.MEMO[name] for name in ("shelf table", "drawer table", "whose table")]
    connection = opened(path, key, tables)
    try:
        claim(connection, whose, sidesql.MEMO["shelves"])
    except BaseException:
        connection.close()
        raise
    return connection
