"""Which records a line of the log changes the words of: its own, those it names, and those that are called by it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import FeedLine, decode
from tuopin_desktop.domain.record import Form, Record, fields
from tuopin_desktop.domain.records import KINDS, Amendment
from tuopin_desktop.services.archives.wordlists import searchable
from tuopin_desktop.services.office.desk import Desk


def touched(desk: Desk, lines: Iterable[tuple[str, bytes]]) -> dict[str, None]:
    """Return the log keys of the records whose words lines (log key, bytes) may change, each once."""
    keys: dict[str, None] = {}
    called: dict[str, set[str]] = defaultdict(set)
    for key, raw in lines:
        kind, record_id = ids.split(key)
        keys[key] = None
        if kind in KINDS:
            line = decode(raw)
            keys.update(dict.fromkeys(_named(KINDS[kind], line)))
            if not line.set.keys().isdisjoint((*KINDS[kind].kind.title, "deleted")):
                called[kind].add(record_id)
    keys.update(dict.fromkeys(_called_by(desk, called)))
    return keys


def _named(cls: type[Record], line: FeedLine) -> Iterator[str]:
    """Yield the records a line names: a signature fixes its slip."""
    if cls is Amendment:
        yield from (str(value) for value in line.set.values() if isinstance(value, str) and ":" in value)
    for item in fields(cls):
        if item.form is Form.REF and item.ref and (value := line.set.get(item.name)):
            yield from (ids.key(kind, str(value)) for kind in item.ref.split(",") if kind in KINDS)


def _called_by(desk: Desk, called: Mapping[str, Collection[str]]) -> Iterator[str]:
    """Yield what points to records that are called otherwise now, and what points to those called by them in turn.

    They may have come before what they point to, so a new record counts as one with a new name.
    """
    waiting = [(kind, frozenset(some)) for kind, some in called.items()]
    while waiting:
        kind, some = waiting.pop()
        for cls, name in _pointing(kind):
            rows = desk.store.rows(cls, field_among=(name, sorted(some)))
            yield from (ids.key(cls.kind.name, row.id) for row in rows)
            if rows and name in cls.kind.title:
                waiting.append((cls.kind.name, frozenset(row.id for row in rows)))


@cache
def _pointing(kind: str) -> tuple[tuple[type[Record], str], ...]:
    """Return the kinds that are searched and the fields by which they point to one."""
    pairs = ((cls, item) for cls in searchable() for item in fields(cls) if item.form is Form.REF)
    return tuple((cls, item.name) for cls, item in pairs if kind in item.ref.split(","))
