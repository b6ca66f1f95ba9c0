"""What was shown or taken out in full: lines of this PC alone, appended and never changed."""

import msgspec

from tuopin_desktop.store import statements
from tuopin_desktop.store.writing import Ledger


class Disclosure(msgspec.Struct, frozen=True, kw_only=True):
    """One act: `n` its place (0 before it is kept), `at` in milliseconds of wall time, who, what of, how many rows."""

    at: int
    by: str
    act: str
    what: str
    rows: int
    n: int = 0


def put(ledger: Ledger, line: Disclosure) -> None:
    """Append a line; raises Trouble."""
    with ledger.writing() as cursor:
        cursor.execute(statements.ADD_DISCLOSURE, (line.at, line.by, line.act, line.what, line.rows))


def listed(ledger: Ledger, since: int = 0, until: int = 1 << 62) -> list[Disclosure]:
    """Return the lines from a time on and before another, the newest first."""
    with ledger.reading() as cursor:
        rows = cursor.execute(statements.DISCLOSURES, (since, until)).fetchall()
    return [Disclosure(at=at, by=by, act=act, what=what, rows=count, n=n) for n, at, by, act, what, count in rows]
