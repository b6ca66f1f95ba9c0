"""The open conflicts, as the fold left them."""

from tuopin_desktop.domain.change import Conflict
from tuopin_desktop.store.writing import Ledger


def listed(ledger: Ledger) -> list[tuple[str, Conflict]]:
    """Return (log key, conflict) of every open conflict."""
    query = "SELECT key, field, kept, kept_by, lost, lost_by, lost_at FROM conflict ORDER BY key, field"
    with ledger.reading() as cursor:
        return [(row[0], Conflict(*row[1:])) for row in cursor.execute(query).fetchall()]
