"""The records of an office read in the order in which they are told (`domain/order.py`), for lists and papers."""

from collections.abc import Iterable
from typing import Any, TypeVar

from tuopin_desktop.domain.order import Order, points_to
from tuopin_desktop.domain.record import Form, Record, fields
from tuopin_desktop.services.office.desk import Desk

R = TypeVar("R", bound=Record)


def rows(desk: Desk, cls: type[R], *where: Any, **which: Any) -> list[R]:
    """Return what `Store.rows` returns for the same question, in order."""
    return in_turn(desk, desk.store.rows(cls, *where, **which))


def in_turn(desk: Desk, records: list[R]) -> list[R]:
    """Return records in order; what they point to is read for it."""
    return _placed(desk, records, Order()) if len(records) > 1 else records


def _placed(desk: Desk, group: list[R], order: Order, above: tuple[type[Record], ...] = ()) -> list[R]:
    cls = type(group[0])
    for other in points_to(cls):
        named = _named(group, other.kind.name)
        if other not in above and named and (records := desk.store.rows(other, among=sorted(named), deleted=None)):
            _placed(desk, records, order, (*above, cls))
    return order.sort(group)


def _named(records: Iterable[Record], kind: str) -> set[str]:
    """Return the ids that records name of a kind."""
    names = [item.name for item in fields(type(next(iter(records)))) if item.form is Form.REF and _of(item.ref, kind)]
    return {str(getattr(one, name) or "") for one in records for name in names} - {""}


def _of(kinds: str, kind: str) -> bool:
    return kind in kinds.split(",")
