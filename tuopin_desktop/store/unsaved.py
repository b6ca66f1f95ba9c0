"""Unsaved text of forms: stored beside the records, never in the log, so that a crash does not lose it."""

from collections.abc import Iterable

import msgspec

from tuopin_desktop.store import sqlite, statements
from tuopin_desktop.store.writing import Ledger


class Unsaved(msgspec.Struct, frozen=True, kw_only=True):
    """One form as it stood at `at` (ms): the page and key under which it is taken up, what it is, its texts by name."""

    page: str
    key: str
    label: str
    content: dict[str, str]
    at: int = 0


def put(ledger: Ledger, unsaveds: Iterable[Unsaved], gone: Iterable[tuple[str, str]]) -> None:
    """Keep some and let others (page, key) go, all or none; raises Trouble."""
    with ledger.writing() as cursor:
        cursor.executemany(statements.DROP_UNSAVED, list(gone))
        rows = [(one.page, one.key, one.label, msgspec.json.encode(one.content).decode(), one.at) for one in unsaveds]
        cursor.executemany(sqlite.PUT_UNSAVED, rows)


def listed(ledger: Ledger) -> list[Unsaved]:
    """Return what waits, the newest first; a row that cannot be read is passed over."""
    with ledger.reading() as cursor:
        rows = cursor.execute(statements.UNSAVED).fetchall()
    return [one for row in rows if (one := _read(*row)) is not None]


def _read(page: str, key: str, text: str, content: str, at: int) -> Unsaved | None:
    try:
        texts = msgspec.json.decode(content, type=dict[str, str])
    except msgspec.DecodeError:
        return None
    return Unsaved(page=page, key=key, label=text, content=texts, at=at)
