"""Frozen fields, read from the log: since when, what a correction covers, which other records a line affects."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import OrderedLine, State, fold
from tuopin_desktop.domain.exchange.shapes import Shape
from tuopin_desktop.domain.freezing import AMENDMENT, Place, named_by, reference, settle, triggers
from tuopin_desktop.domain.record import Scalar
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.store import sqlite, statements

Lines = Mapping[str, Sequence[OrderedLine]]
Read = Callable[[list[str]], Lines]
"""Returns the lines that count of some log keys."""


def folded(cursor: Any, lines: Lines, read: Read) -> dict[str, State]:
    """Return the state of each key by its lines, of which those that change signed paper do not count."""
    states: dict[str, State] = {}
    fixable: dict[str, list[str]] = defaultdict(list)
    for key, ordered_lines in lines.items():
        kind = key.partition(":")[0]
        if len(ordered_lines) > 1 and kind in KINDS and KINDS[kind].kind.freezes:
            fixable[kind].append(key)
        else:
            states[key] = fold(ordered_lines)
    for kind, keys in fixable.items():
        since, amended = _since(cursor, kind, keys, read), _amended(cursor, keys)
        for key in keys:
            standing, altered = settle(KINDS[kind], lines[key], since.get(key, {}), amended.get(key, ()))
            state = fold(standing)
            states[key] = State(state.values, state.conflicts, altered) if altered else state
    return states


def _since(cursor: Any, kind: str, keys: Sequence[str], read: Read) -> dict[str, dict[str, Place]]:
    """Return by key and kind the place of the first line of a record that names it, also of a deleted one."""
    naming: dict[str, str] = {}
    for trigger, pairs in triggers().items():
        if trigger == AMENDMENT:
            continue
        for field, target in pairs:
            if target == kind:
                naming |= _naming(cursor, trigger, field, keys)
    row_by_key_by_key: dict[str, dict[str, Place]] = defaultdict(dict)
    for name, ordered_lines in read(list(naming)).items():
        trigger = name.partition(":")[0]
        first = min(((one.at, one.feed, one.seq) for one in ordered_lines), default=None)
        standing = row_by_key_by_key[naming[name]].get(trigger)
        if first is not None and (standing is None or first < standing):
            row_by_key_by_key[naming[name]][trigger] = first
    return row_by_key_by_key


def _naming(cursor: Any, trigger: str, field: str, keys: Sequence[str]) -> dict[str, str]:
    """Return the log keys of the records of a kind that name one of these, each with the key it names."""
    named = {reference(trigger, key): key for key in keys}
    query = statements.rows(trigger, [field], [sqlite.among(f'"{field}"')])
    rows = cursor.execute(query, (sqlite.array(named),)).fetchall()
    return {ids.key(trigger, row[0]): named[row[1]] for row in rows}


def _amended(cursor: Any, keys: Sequence[str]) -> dict[str, set[tuple[str, str]]]:
    pairs_by_key: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for subject, field, now in cursor.execute(statements.AMENDMENTS, (sqlite.array(keys),)).fetchall():
        pairs_by_key[subject].add((field or "", now or ""))
    return pairs_by_key


def concerned(cursor: Any, states: Mapping[str, State], fresh: Iterable[Shape]) -> list[str]:
    """Return the keys of other records that are, or were until now, fixed or amended by these: they are folded anew.

    Asked before the rows of `states` are written; the `fresh` had none. A record of one line has nothing that could be
    written over.
    """
    names: set[str] = set()
    for shape in fresh:
        for field, target in triggers().get(shape.kind, ()):
            names |= {named_by(shape.kind, target, value) for value in shape.columns.get(field, ())}
    by_kind: dict[str, list[str]] = defaultdict(list)
    for key in states:
        kind = key.partition(":")[0]
        if kind in triggers():
            by_kind[kind].append(key)
    for kind, keys in by_kind.items():
        for field, target in triggers()[kind]:
            values: list[Scalar] = [states[key].values.get(field) for key in keys]
            values += _held(cursor, kind, field, keys)
            names |= {named_by(kind, target, value) for value in values}
    return (
        [
            row[0]
            for row in cursor.execute(
                statements.RECORDS_OF_MORE_LINES, (sqlite.array(sorted(names - {""})),)
            ).fetchall()
        ]
        if names
        else []
    )


def _held(cursor: Any, kind: str, field: str, keys: Sequence[str]) -> Iterable[Scalar]:
    record_ids = sqlite.array(key.partition(":")[2] for key in keys)
    query = statements.values_of(kind, field)
    return (row[0] for row in cursor.execute(query, (record_ids,)).fetchall())


def note(cursor: Any, states: Mapping[str, State]) -> None:
    """Keep what was written over fixed fields of these keys, in place of what was noted of them before."""
    cursor.executemany(statements.DROP_ALTERATIONS, [(key,) for key in states])
    cursor.executemany(
        statements.ADD_ALTERATION,
        [
            (key, one.field, one.at, one.was, one.value, one.by, int(one.counts))
            for key, state in states.items()
            for one in state.altered
        ],
    )
