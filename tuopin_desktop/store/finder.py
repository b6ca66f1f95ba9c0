"""The finder beside the database: under which words each row is found; anybody may delete it at any time.

Like the memo it is no part of the data, lies under the key of the database and is made again when anything is wrong
with it. It knows how far every feed of the log it has read: lines that came after are read, and where the log is not
the continuation of what was read (undone, revoked, put back) everything is read again.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from sqlcipher3 import dbapi2

from tuopin_desktop.domain.openings import link
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.store import sidesql, statements
from tuopin_desktop.store.database import discard
from tuopin_desktop.store.keyring import DatabaseKey
from tuopin_desktop.store.memo import FINDER, WRONG, claim, opened

_DAY = 1 << 20
"""Places a day has; the place of an entry begins with its day, so that the newest are found first."""
_SQL = sidesql.FINDER
_EDITION = 2
"""Another one when other words are kept of a row: what an earlier release left is let go and read again."""

T = TypeVar("T")


class Entry(NamedTuple):
    """A row by its log key, its day (None: it has none) and the words it is found by; an empty text takes it out."""

    key: str
    day: date | None
    text: str


class Feed(NamedTuple):
    """How far a feed of the log was read, and what of it counts."""

    seq: int
    chain: bytes
    limit: int | None
    office: str


def beside(database: Path) -> Path:
    """Return where the finder of a database lies."""
    return database.with_name(FINDER)


def reach(cursor: Any) -> dict[str, Feed]:
    """Return how far every feed of the log goes."""
    rows = cursor.execute(statements.FEED_CHAINS_WITH_LIMIT).fetchall()
    return {feed: Feed(seq, bytes(chain), limit, office) for _, feed, _, seq, chain, limit, office in rows}


def lines_since(cursor: Any, before: Mapping[str, Feed]) -> list[tuple[str, bytes]] | None:
    """Return (log key, line) of what came after `before`; None where the log is no continuation of it."""
    now, numbers = reach(cursor), dict(cursor.execute(statements.FEED_NUMBERS).fetchall())
    lines: list[tuple[str, bytes]] = []
    for feed, was in before.items():
        here = now.get(feed)
        if here is None or (here.limit, here.office) != (was.limit, was.office) or here.seq < was.seq:
            return None
    for feed, here in now.items():
        old = before.get(feed, Feed(0, b"", here.limit, here.office))
        if here == old:
            continue
        later = cursor.execute(statements.LINES_AFTER, (numbers[feed], old.seq)).fetchall()
        digest = old.chain
        for _, raw in later:
            digest = link(digest, bytes(raw))
        if digest != here.chain:
            return None
        lines += [(str(key), bytes(raw)) for key, raw in later]
    return lines


class Finder:
    """An open finder; belongs to the thread that opened it. Raises Trouble where its file cannot be used."""

    def __init__(self, path: Path, whose: str, key: DatabaseKey | None = None) -> None:
        """Hold the finder at a path for an office, under the key of its database; opened when first asked."""
        self._path, self._whose, self._key = path, f"{whose} {_EDITION}", key
        self._connection: Any = None

    def reached(self) -> dict[str, Feed]:
        """Return how far each feed has been read."""
        rows = self._do(lambda connection: connection.execute(_SQL["reached"]).fetchall())
        return {feed: Feed(seq, bytes(chain), limit, office) for feed, seq, chain, limit, office in rows}

    def count(self) -> int:
        """Return how many rows can be found."""
        return int(self._do(lambda connection: connection.execute(_SQL["count"]).fetchone()[0]))

    def put(self, entries: Iterable[Entry], reached: Mapping[str, Feed] | None = None) -> None:
        """Put entries in the place of those of the same keys, all or none; `reached` says the log is read so far."""

        def write(connection: Any) -> None:
            connection.execute(_SQL["begin"])
            try:
                for entry in entries:
                    _put(connection, entry)
                rows = [(feed, *values) for feed, values in (reached or {}).items()]
                connection.executemany(_SQL["put reached"], rows)
                connection.execute(_SQL["commit"])
            except BaseException:
                with suppress(*WRONG):
                    connection.execute(_SQL["rollback"])
                raise

        self._do(write)

    def find(self, alternatives: Sequence[Sequence[Sequence[str]]], limit: int) -> list[str]:
        """Return the log keys of rows that hold, of every item, all words of one alternative; the newest day first.

        A word that ends in `*` is the beginning of one.
        """
        query = " AND ".join(_one_of(item) for item in alternatives)
        return [str(row[0]) for row in self._do(lambda one: one.execute(_SQL["find"], (query, limit)).fetchall())]

    def clear(self) -> None:
        """Forget everything: the file is made anew when it is next asked."""
        self.close()
        discard(self._path)

    def close(self) -> None:
        """Close the file; it is opened again when it is asked."""
        if self._connection is not None:
            with suppress(*WRONG):
                self._connection.close()
            self._connection = None

    def _do(self, work: Callable[[Any], T]) -> T:
        for last in (False, True):  # the second time with a new file in place of one that is none
            try:
                if self._connection is None:
                    self._connection = _connected(self._path, self._whose, self._key)
                return work(self._connection)
            except WRONG as error:
                self.clear()
                if last:
                    raise Trouble("查找用的目录没有写成，请检查磁盘空间后再试一次；数据没有变化。") from error
        raise AssertionError("one of the two rounds returns or raises")


def _connected(path: Path, whose: str, key: DatabaseKey | None) -> Any:
    connection = opened(path, key, [_SQL[name] for name in ("entry table", "feed table", "word table", "whose table")])
    try:
        claim(connection, whose, _SQL["any"])
    except BaseException:
        connection.close()
        raise
    return connection


def _put(connection: Any, entry: Entry) -> None:
    row = connection.execute(_SQL["place"], (entry.key,)).fetchone()
    if row is not None:
        connection.execute(_SQL["drop words"], row)
        connection.execute(_SQL["drop entry"], row)
    if not entry.text:
        return
    first = (entry.day.toordinal() if entry.day is not None else 0) * _DAY
    last = connection.execute(_SQL["last place"], (first, first + _DAY)).fetchone()[0]
    place = first if last is None else last + 1
    if place >= first + _DAY:
        raise dbapi2.DataError("a day has more entries than places")
    connection.execute(_SQL["put entry"], (place, entry.key))
    connection.execute(_SQL["put words"], (place, entry.text))


def _one_of(alternatives: Sequence[Sequence[str]]) -> str:
    return "(" + " OR ".join("(" + " AND ".join(map(_quoted, group)) + ")" for group in alternatives) + ")"


def _quoted(word: str) -> str:
    text, star = word.removesuffix("*"), "*" if word.endswith("*") else ""
    return f'"{text}"{star}'
