"""How often what was done in each office, by month and kind of act: counts alone, as the offices below tell them."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from tuopin_desktop.store import sqlite, statements
from tuopin_desktop.store.writing import Ledger

_NAME = re.compile(r"\d{4}-\d{2} [a-z]{1,20}")
_MOST = 300
"""Counts that one package may tell: two dozen months of every act."""


class Tally(msgspec.Struct, frozen=True):
    """How often an act was noted on one computer in a month."""

    office: str
    station: str
    month: str
    act: str
    count: int


def counts(cursor: Any, months: Mapping[int, str]) -> dict[str, int]:
    """Return counts by `YYYY-MM act` of what is noted here in some months, given by when each begins, in ms."""
    starts = sorted(months)
    counter: Counter[str] = Counter()
    for at, act in cursor.execute(statements.DISCLOSURE_TIMES, (starts[0],)).fetchall():
        start_of_month = max(start for start in starts if start <= at)
        counter[f"{months[start_of_month]} {act}"] += 1
    return dict(counter)


def keep(ledger: Ledger, office: str, station: str, counts: Mapping[str, int]) -> None:
    """Keep what a package tells in place of what its sender told of the same months before; the rest is passed over."""
    sound = sorted((name, count) for name, count in counts.items() if _NAME.fullmatch(name))[-_MOST:]
    if not sound:
        return
    with ledger.writing() as cursor:
        rows = [(office, station, *name.split(" ", 1), count) for name, count in sound]
        cursor.executemany(sqlite.PUT_TALLY, rows)


def listed(ledger: Ledger) -> Iterable[Tally]:
    """Return all counts that are known of other computers, by office and month."""
    with ledger.reading() as cursor:
        return [Tally(*row) for row in cursor.execute(statements.TALLIES).fetchall()]
