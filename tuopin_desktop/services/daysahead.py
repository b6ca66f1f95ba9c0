"""The wall before days that are not here yet: whatever way it comes, nobody notes today what happened tomorrow."""

from collections.abc import Sequence
from datetime import date

from tuopin_desktop.domain.ahead import days, problems
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.clocks import Standing, standing
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.machine.clock import Clock, beijing
from tuopin_desktop.store import stamps
from tuopin_desktop.store.store import Store


def refuse(store: Store, clock: Clock, changes: Sequence[Change]) -> None:
    """Raise Refused when a change says that something happened on a day after today."""
    today = clock.today()
    if not any(days(change.kind, change.id, change.set, today.isoformat()) for change in changes):
        return
    today = max(today, _written(store, clock))
    found = [one for change in changes for one in problems(KINDS[change.kind], change.id, change.set, today)]
    if found:
        raise Refused(found[:10])


def _written(store: Store, clock: Clock) -> date:
    """Return the day of the newest entry where this computer's clock is behind it: that day has come."""
    with store.ledger.reading() as cursor:
        newest = stamps.newest(cursor) >> 16
    behind = standing(clock.stamp_ms(), newest) is Standing.BEHIND
    return beijing(newest).date() if behind else date.min
