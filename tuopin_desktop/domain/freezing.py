"""What is fixed like paper, and what was written over it all the same: by the log's order, alike in every office."""

import functools
from collections.abc import Collection, Iterable, Mapping

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import Alteration, OrderedLine
from tuopin_desktop.domain.record import Freeze, Record, Scalar, fields
from tuopin_desktop.domain.records import KINDS

Place = tuple[int, str, int]
"""A line's place in the total order: stamp, feed, sequence number."""

AMENDMENT = "amendment"
_KEYED = ("attachment", AMENDMENT)
"""Kinds that name a record by its log key; the others by its id."""


@functools.cache
def fixed(cls: type[Record], freeze: Freeze) -> Mapping[str, bool]:
    """Return the fields a freeze fixes, each with whether it may still be filled in while it is empty."""
    names = {item.name for item in fields(cls) if item.group and item.group in freeze.groups}
    named = dict.fromkeys((names | set(freeze.also)) - set(freeze.free), freeze.blanks)
    return {**named, **{name: True for name in freeze.also if name not in freeze.own}, "deleted": False}


@functools.cache
def triggers() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return, by the kind of a record that fixes another, or amends it, the (field, kind) pairs that name the other."""
    pairs_by_key: dict[str, list[tuple[str, str]]] = {}
    for name, cls in KINDS.items():
        for freeze in cls.kind.freezes:
            for kind, field in (*freeze.by, (AMENDMENT, "subject")):
                if (field, name) not in pairs_by_key.setdefault(kind, []):
                    pairs_by_key[kind].append((field, name))
    return {kind: tuple(pairs) for kind, pairs in pairs_by_key.items()}


def named_by(kind: str, target: str, value: Scalar) -> str:
    """Return the log key of the record of kind `target` that such a field names, "" for none of that kind."""
    text = str(value or "")
    if kind in _KEYED:
        return text if text.startswith(f"{target}:") else ""
    return ids.key(target, text) if text else ""


def reference(kind: str, key: str) -> str:
    """Return what such a field holds when it names the record of a log key."""
    return key if kind in _KEYED else key.partition(":")[2]


def frozen_now(cls: type[Record], values: Mapping[str, Scalar], named: Iterable[str]) -> list[Freeze]:
    """Return the freezes that hold for a record of these values, named by records of the kinds `named`."""
    kinds = set(named)
    return [
        freeze
        for freeze in cls.kind.freezes
        if any(values.get(name) is not None for name in freeze.own) or any(kind in kinds for kind, _ in freeze.by)
    ]


def altered(cls: type[Record], freeze: Freeze, values: Mapping[str, Scalar], table: Mapping[str, Scalar]) -> list[str]:
    """Return the fields of `table` that overwrite what the freeze fixes; restoring a deleted record does not."""
    names = fixed(cls, freeze)
    over = [name for name, new in table.items() if name in names and new != values.get(name)]
    blanks = {name for name in over if names[name] and values.get(name) is None}
    return [name for name in over if name not in blanks and (name != "deleted" or table[name])]


def settle(
    cls: type[Record],
    lines: Iterable[OrderedLine],
    since: Mapping[str, Place],
    amended: Collection[tuple[str, str]] = (),
) -> tuple[list[OrderedLine], tuple[Alteration, ...]]:
    """Return the lines of one record that count, in order, and what was written over while it was fixed.

    `since` is by kind the place of the first line of a record that names this one; `amended` are (field, value as
    text) that a correction with a reason covers. The first line that counts is never held against anybody; what was
    put back to what stood when it was first written over is forgotten.
    """
    ordered_lines: list[OrderedLine] = []
    values: dict[str, Scalar] = {}
    alterations: list[Alteration] = []
    for ordered_line in sorted(lines, key=_place):
        named = [kind for kind, first in since.items() if first < _place(ordered_line)]
        over = _over(cls, values, named, ordered_line.line.set) if ordered_lines else {}
        table = {name: new for name, new in ordered_line.line.set.items() if over.get(name, True)}
        alterations += [
            Alteration(
                name, values.get(name), ordered_line.line.set[name], ordered_line.line.by, ordered_line.at, counts
            )
            for name, counts in over.items()
            if not (counts and (name, text_of(ordered_line.line.set[name])) in amended)
        ]
        values |= table
        if table:
            ordered_lines.append(
                OrderedLine(
                    ordered_line.at,
                    ordered_line.feed,
                    ordered_line.seq,
                    msgspec.structs.replace(ordered_line.line, set=table),
                )
            )
    stood = {item.field: item.was for item in reversed(alterations)}
    return ordered_lines, tuple(
        item for item in alterations if not item.counts or values.get(item.field) != stood[item.field]
    )


def _place(ordered_line: OrderedLine) -> Place:
    return (ordered_line.at, ordered_line.feed, ordered_line.seq)


def _over(
    cls: type[Record], values: Mapping[str, Scalar], named: Iterable[str], table: Mapping[str, Scalar]
) -> dict[str, bool]:
    """Return the fields of a line that write over what is fixed, each with whether the line's value counts."""
    over: dict[str, bool] = {}
    for freeze in frozen_now(cls, values, named):
        for name in altered(cls, freeze, values, table):
            over[name] = over.get(name, True) and not freeze.strict
    return over


def text_of(value: Scalar) -> str:
    """Return a value as a correction keeps it."""
    return "" if value is None else str(value)
