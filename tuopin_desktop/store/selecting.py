"""The records that hang together with one: of the same person, in one chain, the latest of their kind."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from tuopin_desktop.domain.record import Record, Scalar, build_rows, fields
from tuopin_desktop.store import sqlite, statements
from tuopin_desktop.store.writing import Ledger

R = TypeVar("R", bound=Record)


def alike(ledger: Ledger, cls: type[R], field: str, record_id: str) -> list[R]:
    """Return a record and those with the same value in a field, deleted ones too, in id order; one index range."""
    return _read(ledger, cls, statements.alike(cls.kind.name, _names(cls), field), (record_id, record_id))


def chained(ledger: Ledger, cls: type[R], field: str, either: Mapping[str, Sequence[str]]) -> list[R]:
    """Return the records of which one field or another has one of its values, and all that hang together with them.

    A reference `field` leads from one record to the other and back, however often; deleted ones too, in id order.
    """
    query = statements.chained(cls.kind.name, _names(cls), field, list(either))
    return _read(ledger, cls, query, [sqlite.array(values) for values in either.values()])


def latest(ledger: Ledger, cls: type[R], field: str, where: Mapping[str, Scalar], scope: str) -> R | None:
    """Return the live record of a scope, its fields equal to `where`, that has the greatest value in a field."""
    tests = [sqlite.same(f'"{name}"') for name in where]
    query = statements.latest(cls.kind.name, _names(cls), field, tests)
    return next(iter(_read(ledger, cls, query, [*where.values(), scope, scope + "\U0010ffff"])), None)


def _names(cls: type[Record]) -> list[str]:
    return [item.name for item in fields(cls)]


def _read(ledger: Ledger, cls: type[R], query: str, values: Sequence[Scalar]) -> list[R]:
    with ledger.reading() as cursor:
        rows = cursor.execute(query, values).fetchall()
    return build_rows(cls, _names(cls), rows)
