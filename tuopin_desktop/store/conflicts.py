"""The open conflicts, as the fold left them."""

from tuopin_desktop.domain.change import Conflict
from tuopin_desktop.store import statements
from tuopin_desktop.store.writing import Ledger


def listed(ledger: Ledger) -> list[tuple[str, Conflict]]:
    """Return (log key, conflict) of every open conflict."""
    with ledger.reading() as cursor:
        return [(row[0], Conflict(*row[1:])) for row in cursor.execute(statements.CONFLICTS).fetchall()]
