"""Unsaved text of forms: stored beside the records, never in the log, so that a crash does not lose it."""

from collections.abc import Iterable

import msgspec

from tuopin_desktop.store import sqlite, statements
from tuopin_desktop.store.writing import Ledger


class Unsaved(msgspec.Struct, frozen=True, kw_only=True):
    """One form as it stood at `at` (ms): the page and key under which it is taken up, what it is, its texts by name.

    `author` is the user who typed it, "" in an office without users.
    """

    page: str
    key: str
    label: str
    content: dict[str, str]
    at: int = 0
    author: str = ""


def put(ledger: Ledger, unsaveds: Iterable[Unsaved], gone: Iterable[tuple[str, str]], author: str) -> None:
    """Keep some and let others (page, key) of an author go, all or none; raises Trouble."""
    with ledger.writing() as cursor:
        cursor.executemany(statements.DROP_UNSAVED, [(*place, author) for place in gone])
        rows = [
            (one.page, one.key, one.label, msgspec.json.encode(one.content).decode(), one.at, author)
            for one in unsaveds
        ]
        cursor.executemany(sqlite.PUT_UNSAVED, rows)


def listed(ledger: Ledger, author: str) -> list[Unsaved]:
    """Return what waits of an author, the newest first; a row that cannot be read is passed over."""
    with ledger.reading() as cursor:
        rows = cursor.execute(statements.UNSAVED, (author,)).fetchall()
    return [one for row in rows if (one := _read(*row)) is not None]


def counts(ledger: Ledger) -> dict[str, int]:
    """Return how much waits of each author."""
    with ledger.reading() as cursor:
        return dict(cursor.execute(statements.UNSAVED_COUNTS).fetchall())


def assign(ledger: Ledger, author: str) -> None:
    """Give what has no author to one; raises Trouble."""
    with ledger.writing() as cursor:
        cursor.execute(sqlite.ASSIGN_UNSAVED, (author,))


def _read(page: str, key: str, text: str, content: str, at: int, author: str) -> Unsaved | None:
    try:
        texts = msgspec.json.decode(content, type=dict[str, str])
    except msgspec.DecodeError:
        return None
    return Unsaved(page=page, key=key, label=text, content=texts, at=at, author=author)
