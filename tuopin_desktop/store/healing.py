"""What an office of an earlier release is given once, when it is opened, and is no column or table."""

from tuopin_desktop.domain.change import DOUBT
from tuopin_desktop.store import statements
from tuopin_desktop.store.stamps import believed, keep
from tuopin_desktop.store.writing import Ledger


def heal_clock(ledger: Ledger) -> None:
    """Give an office whose clock had no bound the clock it would have with a bound: it does not go on from what jumped.

    Asked first: an office that is healed is opened without a write.
    """
    meta = dict(ledger.database.execute_sql(statements.CLOCKS).fetchall())
    if "farthest" in meta or "clock" not in meta:
        return
    count = int(meta["clock"])
    with ledger.writing() as cursor:
        keep(cursor, min(count, believed(ledger.database) + DOUBT - 1), count)
