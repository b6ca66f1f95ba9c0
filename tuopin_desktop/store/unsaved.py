"""Unsaved text of forms: stored beside the records, never in the log, so that a crash does not lose it."""

from collections.abc import Iterable

import msgspec

from tuopin_desktop.store.writing import Ledger


class Unsaved(msgspec.Struct, frozen=True, kw_only=True):
    """One form as it stood at `at` (ms): the page and key under which it is taken up, what it is, its texts by name."""

    page: str
    key: str
    words: str
    content: dict[str, str]
    at: int = 0


def put(ledger: Ledger, unsaveds: Iterable[Unsaved], gone: Iterable[tuple[str, str]]) -> None:
    """Keep some and let others (page, key) go, all or none; raises Trouble."""
    put_query = 'INSERT OR REPLACE INTO unsaved(page, "key", words, content, at) VALUES (?, ?, ?, ?, ?)'
    with ledger.writing() as cursor:
        cursor.executemany('DELETE FROM unsaved WHERE page = ? AND "key" = ?', list(gone))
        rows = [(one.page, one.key, one.words, msgspec.json.encode(one.content).decode(), one.at) for one in unsaveds]
        cursor.executemany(put_query, rows)


def listed(ledger: Ledger) -> list[Unsaved]:
    """Return what waits, the newest first; a row that cannot be read is passed over."""
    with ledger.reading() as cursor:
        rows = cursor.execute('SELECT page, "key", words, content, at FROM unsaved ORDER BY at DESC').fetchall()
    return [one for row in rows if (one := _read(*row)) is not None]


def _read(page: str, key: str, text: str, content: str, at: int) -> Unsaved | None:
    try:
        texts = msgspec.json.decode(content, type=dict[str, str])
    except msgspec.DecodeError:
        return None
    return Unsaved(page=page, key=key, words=text, content=texts, at=at)
