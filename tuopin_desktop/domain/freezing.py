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
    chosen = {item.name for item in fields(cls) if item.group and item.group in freeze.groups}
    named = dict.fromkeys((chosen | set(freeze.also)) - set(freeze.free), freeze.blanks)
    return {**named, **{name: True for name in freeze.also if name not in freeze.own}, "deleted": False}


@functools.cache
def triggers() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return, by the kind of a record that fixes another, or amends it, the (field, kind) pairs that name the other."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name, cls in KINDS.items():
        for freeze in cls.kind.freezes:
            for kind, field in (*freeze.by, (AMENDMENT, "subject")):
                if (field, name) not in found.setdefault(kind, []):
                    found[kind].append((field, name))
    return {kind: tuple(pairs) for kind, pairs in found.items()}


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


def altered(cls: type[Record], freeze: Freeze, values: Mapping[str, Scalar], said: Mapping[str, Scalar]) -> list[str]:
    """Return the fields of `said` that write over what the freeze fixes; bringing back what was deleted does not."""
    names = fixed(cls, freeze)
    over = [name for name, new in said.items() if name in names and new != values.get(name)]
    blanks = {name for name in over if names[name] and values.get(name) is None}
    return [name for name in over if name not in blanks and (name != "deleted" or said[name])]


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
    kept: list[OrderedLine] = []
    values: dict[str, Scalar] = {}
    found: list[Alteration] = []
    for placed in sorted(lines, key=_place):
        named = [kind for kind, first in since.items() if first < _place(placed)]
        over = _over(cls, values, named, placed.line.set) if kept else {}
        said = {name: new for name, new in placed.line.set.items() if over.get(name, True)}
        found += [
            Alteration(name, values.get(name), placed.line.set[name], placed.line.by, placed.at, counts)
            for name, counts in over.items()
            if not (counts and (name, text_of(placed.line.set[name])) in amended)
        ]
        values |= said
        if said:
            kept.append(OrderedLine(placed.at, placed.feed, placed.seq, msgspec.structs.replace(placed.line, set=said)))
    stood = {item.field: item.was for item in reversed(found)}
    return kept, tuple(item for item in found if not item.counts or values.get(item.field) != stood[item.field])


def _place(placed: OrderedLine) -> Place:
    return (placed.at, placed.feed, placed.seq)


def _over(
    cls: type[Record], values: Mapping[str, Scalar], named: Iterable[str], said: Mapping[str, Scalar]
) -> dict[str, bool]:
    """Return the fields of a line that write over what is fixed, each with whether the line's value counts."""
    over: dict[str, bool] = {}
    for freeze in frozen_now(cls, values, named):
        for name in altered(cls, freeze, values, said):
            over[name] = over.get(name, True) and not freeze.strict
    return over


def text_of(value: Scalar) -> str:
    """Return a value as a correction keeps it."""
    return "" if value is None else str(value)
