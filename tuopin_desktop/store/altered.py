"""What was written over fixed paper, as the fold noted it."""

from tuopin_desktop.domain.change import Alteration
from tuopin_desktop.store import sqlite, statements
from tuopin_desktop.store.writing import Ledger


def listed(ledger: Ledger, first: str, end: str) -> list[tuple[str, Alteration]]:
    """Return (log key, alteration) of the records whose ids lie from the first on and before the end, in order."""
    return _read(ledger, sqlite.ALTERATIONS, (first, end))


def of(ledger: Ledger, key: str) -> list[tuple[str, Alteration]]:
    """Return the same of one record by its log key."""
    return _read(ledger, statements.ALTERATIONS_OF, (key,))


def _read(ledger: Ledger, statement: str, values: tuple[str, ...]) -> list[tuple[str, Alteration]]:
    with ledger.reading() as cursor:
        rows = cursor.execute(statement, values).fetchall()
    return [(row[0], Alteration(row[1], row[2], row[3], row[4], row[5], bool(row[6]))) for row in rows]
