"""Records read by their fields: the parts of such a statement, and the records that hang together with one."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from tuopin_desktop.domain.change import encode
from tuopin_desktop.domain.record import Record, Scalar, build, fields
from tuopin_desktop.store.database import Database
from tuopin_desktop.store.writing import Ledger

R = TypeVar("R", bound=Record)


def records(database: Database, cls: type[R], tests: str, values: Sequence[Any], ahead: str = "") -> list[R]:
    """Return the records that what follows WHERE gives; `ahead` stands before SELECT."""
    names = [item.name for item in fields(cls)]
    choice = ", ".join(f'"{name}"' for name in names)
    query = f'{ahead}SELECT id, {choice} FROM "{cls.kind.name}" WHERE {tests}'
    rows = database.execute_sql(query, values).fetchall()
    return [build(cls, row[0], dict(zip(names, row[1:], strict=True))) for row in rows]


def tests_of(cls: type[Record], where: Mapping[str, Scalar]) -> tuple[list[str], list[Any]]:
    """Return the tests that fields equal these values (null matches empty), and the values."""
    names = {"id", *(item.name for item in fields(cls))}
    if unheard := [name for name in where if name not in names]:
        raise KeyError(unheard[0])
    return [f'"{name}" IS ?' for name in where], list(where.values())


def among(name: str) -> str:
    """Return the test that a field has one of some values, given as `listed`."""
    return f'"{name}" IN (SELECT value FROM json_each(?))'


def listed(values: Sequence[str]) -> str:
    """Return values as the one that `among` is asked with."""
    return encode(list(values)).decode()


def alike(ledger: Ledger, cls: type[R], field: str, record_id: str) -> list[R]:
    """Return a record and those with the same value in a field, deleted ones too, in id order; one index range."""
    same = f'"{field}" IN (SELECT "{field}" FROM "{cls.kind.name}" WHERE id = ?) OR id = ? ORDER BY id'
    with ledger.reading():
        return records(ledger.database, cls, same, (record_id, record_id))


def chained(ledger: Ledger, cls: type[R], field: str, either: Mapping[str, Sequence[str]]) -> list[R]:
    """Return the records of which one field or another has one of its values, and all that hang together with them.

    A reference `field` leads from one record to the other and back, however often; deleted ones too, in id order.
    """
    table = cls.kind.name
    chain = (
        f'WITH RECURSIVE chain(id, before) AS (SELECT id, "{field}" FROM "{table}" WHERE '
        f"{' OR '.join(among(name) for name in either)} UNION "
        f'SELECT one.id, one."{field}" FROM chain, "{table}" AS one '
        f'WHERE one."{field}" = chain.id OR one.id = chain.before) '
    )
    lines = [listed(values) for values in either.values()]
    with ledger.reading():
        return records(ledger.database, cls, "id IN (SELECT id FROM chain) ORDER BY id", lines, chain)


def latest(ledger: Ledger, cls: type[R], field: str, where: Mapping[str, Scalar], scope: str) -> R | None:
    """Return the live record of a scope, its fields equal to `where`, that has the greatest value in a field."""
    tests, values = tests_of(cls, where)
    tests += ["coalesce(deleted, 0) = 0", "id >= ?", "id < ?", f'"{field}" IS NOT NULL']
    order = f'{" AND ".join(tests)} ORDER BY "{field}" DESC, id LIMIT 1'
    with ledger.reading():
        return next(iter(records(ledger.database, cls, order, [*values, scope, scope + "\U0010ffff"])), None)
