"""The records of a kind as they stood when the log had come so far: rows written since are folded anew without it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import OrderedLine
from tuopin_desktop.domain.record import Record, build
from tuopin_desktop.domain.voices import hear
from tuopin_desktop.store import fixing, sqlite, statements
from tuopin_desktop.store.counting import counting
from tuopin_desktop.store.store import Store

R = TypeVar("R", bound=Record)

Position = Mapping[str, int]
"""How far the log reached: the last sequence number by feed (`Store.position`)."""


def rows(
    store: Store, cls: type[R], position: Position, *, field_among: tuple[str, Sequence[str]] | None = None
) -> list[R]:
    """Return the live records of a kind as they stood at a position, in id order.

    `field_among` keeps rows whose field has one of these values, as `Store.rows` does. What was forgotten since, or
    taken out of the log by undoing an import, is not there any more.
    """
    kind = cls.kind.name
    with store.ledger.reading() as cursor:
        later = {key for key in _written_since(cursor, position) if key.partition(":")[0] == kind}
        states = _folded(cursor, later, position)
    records = {
        one.id: one
        for one in store.rows(cls, deleted=None, field_among=field_among)
        if ids.key(kind, one.id) not in later
    }
    for key, values in states.items():
        record_id = key.partition(":")[2]
        record = build(cls, record_id, values)
        if field_among is None or getattr(record, field_among[0]) in field_among[1]:
            records[record_id] = record
    return [records[name] for name in sorted(records) if not records[name].deleted]


def _written_since(cursor: Any, position: Position) -> set[str]:
    feeds = cursor.execute(statements.FEED_NUMBERS).fetchall()
    return {
        str(row[0])
        for feed, n in feeds
        for row in cursor.execute(statements.RECORDS_AFTER, (n, position.get(feed, 0))).fetchall()
    }


def _folded(cursor: Any, keys: set[str], position: Position) -> dict[str, dict[str, Any]]:
    def read(names: list[str]) -> dict[str, list[OrderedLine]]:
        lines: dict[str, list[OrderedLine]] = defaultdict(list)
        query = statements.LINES_TO_FOLD_OF
        for key, feed, seq, raw, limit, office in cursor.execute(query, (sqlite.array(names),)).fetchall():
            if seq > position.get(feed, 0):
                continue
            if (line := counting(key, feed, seq, bytes(raw), limit, office)) is not None:
                lines[key].append(line)
        return {key: valid for key, some in lines.items() if (valid := hear(key, some).counting)}

    states = fixing.folded(cursor, read(sorted(keys)), read)
    return {key: dict(state.values) for key, state in states.items()}
