"""A slip on one of the lists a clerk lives by, as it is shown."""

from datetime import date

import msgspec

from tuopin_desktop.domain.leave.watchlists import Watch
from tuopin_desktop.domain.records import LeaveSlip


class WatchedSlip(msgspec.Struct, frozen=True):
    """A slip on one of the lists: the most pressing list, whom to call, and what is to be said of it today."""

    slip: LeaveSlip
    lists: tuple[Watch, ...]
    state: str
    until: date | None
    phone: str
    text: str
    full: str
