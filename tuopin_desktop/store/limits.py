"""Revoked feeds and closed stations, decided in the fold: who learns of it first makes no difference."""

from collections.abc import Callable, Iterable
from typing import Any

from tuopin_desktop.domain.exchange.trust import limits
from tuopin_desktop.domain.ids import REGION
from tuopin_desktop.store import statements

DECIDING = frozenset({"station", "revocation"})
"""The kinds of records that decide how many lines of a feed count."""


def settle(cursor: Any, fold: Callable[[Any, Iterable[str]], object]) -> None:
    """Bring every feed's limit to what the records say now, and fold again whatever that concerns."""
    own = (f"{REGION}/", f"{REGION}0")
    rows = cursor.execute(statements.STATIONS_CLOSED, own).fetchall()
    revoked = cursor.execute(
        statements.REVOCATIONS,
        own,
    ).fetchall()
    feeds = cursor.execute(statements.FEED_LIMITS).fetchall()
    count_by_key = limits((row[:2] for row in feeds), (row[0] for row in rows), dict(revoked))
    changed = [(count_by_key[feed], n) for feed, _, n, limit in feeds if count_by_key[feed] != limit]
    cursor.executemany(statements.LIMIT_FEED, changed)
    for _, n in changed:
        fold(cursor, [row[0] for row in cursor.execute(statements.RECORDS_OF_FEED, (n,)).fetchall()])
