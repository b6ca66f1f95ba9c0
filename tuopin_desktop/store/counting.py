"""The part of a stored line that counts: not revoked, within its author's authority, and valid for its field."""

import functools
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from tuopin_desktop.domain.authority import withheld
from tuopin_desktop.domain.change import FeedLine, OrderedLine, decode
from tuopin_desktop.domain.exchange.shapes import Batch, Shape
from tuopin_desktop.domain.exchange.trust import always
from tuopin_desktop.domain.judgement import judgement
from tuopin_desktop.domain.record import Scalar
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.domain.values import judges
from tuopin_desktop.domain.voices import put_aside, speaking, without
from tuopin_desktop.store import sqlite, statements
from tuopin_desktop.store.database import Database

_JUDGED = "judgement"
WITHHELD = "只能由自治区工作队管理办公室登记"


@functools.cache
def _withheld(office: str, kind: str) -> frozenset[str] | None:
    return withheld(office, KINDS[kind]) if kind in KINDS else frozenset()


def counting(key: str, feed: str, seq: int, raw: bytes, limit: int | None, office: str) -> OrderedLine | None:
    """Return the line as the fold takes it, with what was put aside of it, or None for a line that was revoked.

    A line may have come while its kind, field or value was unknown here; what its author may not write, and what its
    field cannot hold, is put aside now, as a program that knew it would have done.
    """
    if limit is not None and seq > limit and not always(key):
        return None
    line = decode(raw)
    kind = key.partition(":")[0]
    ordered_line = OrderedLine(line.at, feed, seq, line, office)
    reasons = faults(kind, line)
    names = _withheld(office, kind)
    if not reasons and names is not None and names.isdisjoint(line.set):
        return ordered_line
    barred = {name: WITHHELD for name in line.set if names is None or name in names}
    wrong = {name: why for name, why in reasons.items() if name not in barred}
    aside = (*put_aside(ordered_line, line, barred), *put_aside(ordered_line, line, wrong, fault=True))
    return OrderedLine(line.at, feed, seq, without(line, {*barred, *wrong}), office, aside)


def plain(some: Batch, standing: Collection[str]) -> list[Shape]:
    """Return, by shape, the lines that are the state of their record as they stand: of records that are not `standing`.

    They are the only line of their record, no value of them is doubtful, and they are nobody else's word.
    """
    keys = some.keys
    if len(set(keys)) < len(keys):
        standing = {*standing, *(key for key, count in Counter(keys).items() if count > 1)}
    left = (shape.without(standing) for shape in some.shapes)
    return [sound for shape in left if shape.lines and (sound := _sound(shape)).lines]


def _sound(shape: Shape) -> Shape:
    kind = shape.kind
    # A line that says nothing, as one that forgot all it said, has no column to be added by: it is folded.
    if not shape.names or (kind in KINDS and speaking(KINDS[kind]) is not None):
        return Shape(kind, shape.names, [])
    if all(not fault for name, values in shape.columns.items() for fault in _faults(kind, name, values)):
        return shape
    return Shape(kind, shape.names, [line for line in shape.lines if not faults(kind, line)])


def _faults(kind: str, name: str, values: Iterable[Scalar]) -> Iterator[str]:
    judge = judges(KINDS[kind]).get(name) if kind in KINDS else None
    return (judge(value) for value in values if value is not None) if judge is not None else iter(())


def faults(kind: str, line: FeedLine) -> Mapping[str, str]:
    """Return the fields of a line whose values they cannot hold, with the reason; what is unknown here has none."""
    function_by_key = judges(KINDS[kind]) if kind in KINDS else {}
    values = {}
    for name, value in line.set.items():
        judge = function_by_key.get(name)
        if judge is not None and value is not None and (why := judge(value)):
            values[name] = why
    return values


def is_folded_alike(database: Database) -> bool:
    """Tell whether the rows were folded by a program that judges lines as this one does."""
    row = database.execute_sql(statements.META_VALUE, (_JUDGED,)).fetchone()
    return row is not None and row[0] == judgement()


def note_judged(cursor: Any) -> None:
    """Note by what the rows were folded."""
    cursor.execute(sqlite.PUT_META, (_JUDGED, judgement()))
