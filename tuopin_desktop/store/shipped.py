"""The records that ship with the program, as a feed of their own that is byte for byte the same in every office."""

import hashlib
from collections.abc import Sequence
from typing import Any

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import Change, FeedLine, encode
from tuopin_desktop.domain.exchange.shapes import batch
from tuopin_desktop.domain.ids import REGION
from tuopin_desktop.store import sqlite, statements
from tuopin_desktop.store.writing import Ledger

FEED = "shipped.1.15"
STATION = "shipped"
FIRST_STAMP = 1527638400000 << 16
"""2018-05-30 00:00 UTC, the day the measure took effect: anything an office writes comes after."""


def write_shipped(cursor: Any, ledger: Ledger, changes: Sequence[Change]) -> None:
    """Append the shipped records to their feed and fold them; part of making a new database.

    Offices never exchange these lines: each has them already, under the same feed name and hash.
    """
    lines = [
        FeedLine(at=FIRST_STAMP + place, by="出厂", key=ids.key(change.kind, change.id), set=change.set)
        for place, change in enumerate(changes)
    ]
    cursor.execute(
        sqlite.OPEN_FEED,
        (FEED, STATION, REGION, 1, 0, REGION),
    )
    number, digest, rows = cursor.lastrowid, b"", []
    for seq, line in enumerate(lines, start=1):
        raw = encode(line)
        digest = hashlib.sha256(digest + raw).digest()
        rows.append((number, seq, line.key, raw))
    cursor.executemany(statements.ADD_LINE, rows)
    cursor.execute(statements.END_FEED, (len(rows), digest, number))
    cursor.execute(sqlite.PUT_CLOCK, (str(FIRST_STAMP + len(lines)),))
    ledger.fold(cursor, [], batch(lines).shapes)
