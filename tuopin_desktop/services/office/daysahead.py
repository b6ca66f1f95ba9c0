"""The wall before days that are not here yet: whatever way it comes, nobody notes today what happened tomorrow."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from tuopin_desktop.domain.ahead import days, problems
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.clocks import ClockState, standing
from tuopin_desktop.domain.problems import Problem, Refused
from tuopin_desktop.domain.record import Record, Scalar
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.machine.clock import Clock, beijing
from tuopin_desktop.store import stamps
from tuopin_desktop.store.store import Store


class Desk(Protocol):
    """What is asked of a desk (`services/office/desk.py` itself asks here)."""

    store: Store
    clock: Clock


def refuse(store: Store, clock: Clock, changes: Sequence[Change]) -> None:
    """Raise Refused when a change says that something happened on a day after today."""
    today = clock.today()
    faults = [one for change in changes for one in _ahead(store, clock, change.kind, change.id, change.set, today)]
    if faults:
        raise Refused(faults[:10])


def ahead(desk: Desk, record: Record, table: Mapping[str, Scalar]) -> list[Problem]:
    """Return what of a record's new values lies after today, each at its field."""
    return _ahead(desk.store, desk.clock, record.kind.name, record.id, table, desk.clock.today())


def _ahead(
    store: Store, clock: Clock, kind: str, record_id: str, table: Mapping[str, Scalar], today: date
) -> list[Problem]:
    if not days(kind, record_id, table, today.isoformat()):
        return []
    return problems(KINDS[kind], record_id, table, max(today, _written(store, clock)))


def _written(store: Store, clock: Clock) -> date:
    """Return the day of the newest entry where this computer's clock is behind it: that day has come."""
    with store.ledger.reading() as cursor:
        newest = stamps.newest(cursor) >> 16
    behind = standing(clock.stamp_ms(), newest) is ClockState.BEHIND
    return beijing(newest).date() if behind else date.min
