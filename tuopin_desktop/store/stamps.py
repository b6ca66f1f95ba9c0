"""The stamps of one commit: a clock with a bound, and never an edit that loses to what its author saw of the record.

`meta.clock` is the newest stamp that is believed, `meta.farthest` the greatest there is. They differ once a computer
that stood in another time wrote here: its lines keep their order, and only the records it touched go on from them.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from tuopin_desktop.domain.change import DOUBT, next_stamp
from tuopin_desktop.domain.clocks import ClockState, reach, standing
from tuopin_desktop.store import sqlite, statements
from tuopin_desktop.store.database import Database


class Stamps:
    """Hands out stamps in one transaction; `save` keeps where they have got to."""

    def __init__(self, cursor: Any, meta: Mapping[str, str], wall_ms: int) -> None:
        self._cursor = cursor
        self._clock = int(meta.get("clock", "0"))
        self._farthest = max(self._clock, int(meta.get("farthest", "0")))
        right = standing(wall_ms, self._clock >> 16) is ClockState.RIGHT
        self._wall = wall_ms if right else None
        self._beyond: dict[str, int] = {}

    def after(self, key: str, keys: Iterable[str]) -> None:
        """Let the stamp of one record lie behind all that others bear, also where a wrong clock wrote them."""
        if self._farthest > self._clock:
            rows = self._cursor.execute(sqlite.NEWEST_STAMPS, (sqlite.array(keys),)).fetchall()
            self._beyond[key] = max([self._beyond.get(key, 0), *(int(at) for _, at in rows)])

    def look(self, keys: Iterable[str]) -> None:
        """Read what the records about to be written bear already, where anything lies beyond the clock at all."""
        if self._farthest <= self._clock:
            return
        for key, at in self._cursor.execute(sqlite.NEWEST_STAMPS, (sqlite.array(keys),)).fetchall():
            self._beyond[key] = max(int(at), self._beyond.get(key, 0))

    def next(self, key: str) -> int:
        """Return the stamp of the next line of a record."""
        count = self._beyond.get(key, 0)
        at = next_stamp(self._clock, 0, self._wall)
        if count >= at:
            at = self._beyond[key] = next_stamp(count, 0, None)
        else:
            self._clock = at
        self._farthest = max(self._farthest, at)
        return at

    def save(self) -> None:
        """Keep how far the clock has got."""
        keep(self._cursor, self._clock, self._farthest)


def keep(cursor: Any, clock: int, farthest: int) -> None:
    """Keep the newest believed stamp and the greatest of all."""
    values = [("clock", str(clock)), ("farthest", str(max(clock, farthest)))]
    cursor.executemany(sqlite.PUT_META, values)


def newest(cursor: Any) -> int:
    """Return the newest believed stamp."""
    row = cursor.execute(statements.CLOCK).fetchone()
    return int(row[0]) if row else 0


def farthest(cursor: Any) -> int:
    """Return the greatest stamp there is, believed or not."""
    return max((int(row[1]) for row in cursor.execute(statements.CLOCKS).fetchall()), default=0)


def trust(cursor: Any, wall_ms: int) -> None:
    """Take the clerk's word for a computer's clock: entries go on from there, whatever was believed before."""
    meta = dict(cursor.execute(statements.CLOCKS).fetchall())
    keep(cursor, wall_ms << 16, max(int(value) for value in meta.values()) if meta else 0)


def believed(database: Database) -> int:
    """Return the newest believed stamp of an office of a release whose clock had no bound, by its whole log."""
    rows = database.execute_sql(sqlite.STAMPS).fetchall()
    # In those releases the whole counter counted: no bit of it said that a clock was doubted.
    return reach([int(row[0]) & ~DOUBT for row in rows], 0) << 16
