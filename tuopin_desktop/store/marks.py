"""Marks of owners: two equal ones mean that not a row of an owner changed in between, in whatever way it could.

A row is the fold of its lines, and every line is in the hash chain of its feed: what is committed, imported, undone,
given way or revoked changes the chain or its limit. No counter is kept, so that no way of writing can forget it.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import encode
from tuopin_desktop.domain.freezing import AMENDMENT, named_by, triggers
from tuopin_desktop.store import sqlite, statements
from tuopin_desktop.store.shipped import STATION as SHIPPED


def marks(cursor: Any) -> dict[str, str]:
    """Return by owner code the digest of everything that its rows follow from.

    What shipped belongs to everybody: the teams stand in its feed.
    """
    digests: dict[str, Any] = {}
    shipped = hashlib.sha256()
    rows = cursor.execute(statements.FEED_CHAINS_WITH_LIMIT).fetchall()
    for scope, feed, station, seq, chain, limit, office in rows:
        digest = shipped if station == SHIPPED else digests.setdefault(scope, hashlib.sha256())
        digest.update(encode([feed, seq, bytes(chain).hex(), limit, office]))
    for scope, note in _fixers(cursor):
        digests.setdefault(scope, hashlib.sha256()).update(note)
    for digest in digests.values():
        digest.update(shipped.digest())
    return {scope: digest.hexdigest() for scope, digest in digests.items()}


def _fixers(cursor: Any) -> Iterator[tuple[str, bytes]]:
    """Yield by owner what another owner's records fix or amend of its own: those rows follow from lines elsewhere."""
    places: dict[str, list[Any]] = defaultdict(list)
    named: list[tuple[str, str, str, str]] = []
    for kind, pairs in triggers().items():
        for field in dict.fromkeys(field for field, _ in pairs):
            for row in _crossing(cursor, kind, field):
                targets = [named_by(kind, target, row[1]) for name, target in pairs if name == field]
                named += [(_owner(key), kind, str(row[0]), str(row[2:])) for key in targets if key]
    keys = sqlite.array({ids.key(kind, record_id) for _, kind, record_id, _ in named})
    for key, feed, seq in cursor.execute(statements.PLACES_OF_RECORDS, (keys,)).fetchall() if named else ():
        places[key].append([feed, seq])
    for owner, kind, record_id, values in sorted(named):
        key = ids.key(kind, record_id)
        yield owner, encode([key, values, sorted(places[key])])


def _crossing(cursor: Any, kind: str, field: str) -> list[Any]:
    extra = ("field", "now", "deleted") if kind == AMENDMENT else ("deleted",)
    rows: list[Any] = cursor.execute(sqlite.fixing_elsewhere(kind, field, extra)).fetchall()
    return rows


def _owner(key: str) -> str:
    return key.partition(":")[2].partition("/")[0]
