"""What encryption costs: the same work on a plain and on an encrypted database, in turns within one run.

300,000 rows of half-days are inserted, a month of one team is summed, and an office is opened by the account of the PC.
"""

import secrets
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from tests.benchmarks._figure import Figure
from tuopin_desktop.exchange import pagecipher
from tuopin_desktop.services.office import offices, vaults
from tuopin_desktop.store import keyring, sqlite
from tuopin_desktop.store.database import Database, connect
from tuopin_desktop.store.keyring import DatabaseKey
from tuopin_desktop.store.store import DATABASE

SIZE, ROUNDS, QUERIES = 300_000, 5, 40
FIGURES = {
    "cipher, 300,000 rows": Figure("the same into a plain file", 1.3),
    "cipher, month query": Figure("the same of a plain file", 1.3),
    "cipher, start": Figure("0.1 s more than a plain file", 1.0),
}

_TABLE = "CREATE TABLE half (id TEXT PRIMARY KEY, day TEXT, place TEXT, reason TEXT) WITHOUT ROWID"
_ADD = "INSERT INTO half VALUES (?, ?, ?, ?)"
_MONTH = "SELECT day, sum(place = 'v'), count(*) FROM half WHERE id >= ? AND id < ? GROUP BY day"


def _key() -> DatabaseKey:
    key, name = secrets.token_bytes(32), secrets.token_bytes(16)
    made = DatabaseKey(name, key, pagecipher.opener(key), pagecipher.tester(key, name), b"")
    keyring.admit(made)
    return made


def _rows() -> Iterator[tuple[str, str, str, str]]:
    for number in range(SIZE):
        day = f"2018-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"
        yield f"150426/p{number // 336:06}/{day}", day, "vcho"[number % 4], "wtnl"[number % 3]


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _fill(database: Database) -> None:
    with database.atomic():
        database.cursor().executemany(_ADD, _rows())


def _ask(path: Path) -> float:
    """Return the time of some questions to a database just opened: its pages are decrypted once, as for a page."""
    with closing(connect(path)) as database:
        ranges = [(f"150426/p{n:06}/", f"150426/p{n + 20:06}/") for n in range(0, 800, 800 // QUERIES)]
        return timed(lambda: [database.execute_sql(_MONTH, pair).fetchall() for pair in ranges])


def _pair(folder: Path, key: DatabaseKey) -> tuple[list[float], list[float]]:
    """Return the times (plain, encrypted) of the insert and of the questions of one round."""
    inserted, asked = [], []
    for name, one in (("plain.db", None), ("closed.db", key)):
        path = folder / name
        with closing(connect(path, journal=sqlite.WAL, key=one)) as database:
            database.execute_sql(_TABLE)
            inserted.append(timed(lambda database=database: _fill(database)))  # type: ignore[misc]  # bound at once
        asked.append(min(_ask(path) for _ in range(3)))
    return inserted, asked


def _start() -> float:
    """Return how much longer it takes to open an office's vault and its first pages than those of a plain file."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "office"
        offices.create(folder, level="county", county="150426")
        plain = Path(place) / "plain.db"
        with closing(connect(plain, journal=sqlite.TRUNCATE)) as database:
            database.execute_sql(_TABLE)

        def closed() -> None:
            vaults.lock(folder)
            vaults.admit(folder / DATABASE, folder)
            connect(folder / DATABASE).close()

        rounds = [(timed(closed), timed(lambda: connect(plain).close())) for _ in range(2 * ROUNDS + 1)]
        return statistics.median(one - other for one, other in rounds)


def rows() -> Iterator[tuple[str, float, str]]:
    key = _key()
    inserts, queries = [], []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as place:
            inserted, asked = _pair(Path(place), key)
        inserts.append(inserted)
        queries.append(asked)
    for name, pairs in (("cipher, 300,000 rows", inserts), ("cipher, month query", queries)):
        plain, closed = (statistics.median(pair[side] for pair in pairs) for side in (0, 1))
        yield name, closed / plain, f"{closed * 1000:.0f} ms encrypted, {plain * 1000:.0f} ms plain"
    more = _start()
    yield "cipher, start", more / 0.1, f"{more * 1000:.1f} ms more than a plain file"
