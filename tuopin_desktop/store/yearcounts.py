"""How many records begin in each year, counted in the database: what an archive holds, however much that is."""

from tuopin_desktop.domain.record import Record, fields
from tuopin_desktop.store import statements
from tuopin_desktop.store.writing import Ledger


def by_year(ledger: Ledger, cls: type[Record], field: str, scope: str = "") -> dict[int, int]:
    """Return how many live records there are by the year that a field begins with: a day, month, week or period."""
    if field not in {item.name for item in fields(cls)}:
        raise KeyError(field)
    with ledger.reading() as cursor:
        query = statements.count_by_year(cls.kind.name, field)
        rows = cursor.execute(query, (scope, scope + "\U0010ffff")).fetchall()
    return {int(year): int(count) for year, count in rows if str(year).isdecimal()}
