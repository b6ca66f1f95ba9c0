"""Which computer clock is believed (the bound of the hybrid clock, `docs/exchange.md`), which stamps count as times.

A stamp orders edits for ever, whatever clock wrote it. It counts as a time only while its author's clock was plausible:
else one computer that stood in 2099 would date everything written after it, here and wherever its package goes.
"""

from datetime import UTC, date, datetime
from enum import Enum

import msgspec

from tuopin_desktop import RELEASED
from tuopin_desktop.domain.change import doubtful

DAY = 86_400_000
_BEIJING = 8 * 3600
PATIENCE = 120 * DAY
"""Milliseconds no office stands still: a clock further ahead of the newest entry is believed only when asked about."""
SERVICE = 5 * 366 * DAY
"""Milliseconds a program may lie in a drawer before it is set up; older entries (practice) say nothing of today."""


def day_ms(day: date) -> int:
    """Return the moment at which a day begins, in milliseconds since 1970 in UTC."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * 1000


def day_of(ms: int) -> date:
    """Return the day in Beijing of a moment in milliseconds."""
    return datetime.fromtimestamp(ms // 1000 + _BEIJING, UTC).date()


_RELEASED = day_ms(RELEASED)
LAST_BELIEVABLE = _RELEASED + 4 * SERVICE
"""Twenty years after this version nobody's word makes a clock right: what a slip of a key (2099) would set."""


class ClockState(Enum):
    """How a computer's clock compares with the newest stamps in the log."""

    RIGHT = "right"
    BEHIND = "behind"
    AHEAD = "ahead"


def standing(wall_ms: int, newest_ms: int) -> ClockState:
    """Compare a wall clock (ms) with the newest believed stamp (ms) and the program's own date."""
    if wall_ms < newest_ms - DAY:
        return ClockState.BEHIND
    return ClockState.AHEAD if wall_ms > latest(newest_ms) else ClockState.RIGHT


def latest(newest_ms: int) -> int:
    """Return the last moment (ms) that is believed without asking, when the newest believed entry is of `newest_ms`."""
    if _RELEASED - newest_ms > SERVICE:
        return _RELEASED + SERVICE
    return max(newest_ms, _RELEASED) + PATIENCE


def moment(wall_ms: int, newest_ms: int) -> int:
    """Return the moment (ms) to go by: the computer's where it is plausible, else that of the newest believed entry."""
    return wall_ms if standing(wall_ms, newest_ms) is ClockState.RIGHT else newest_ms


def horizon(wall_ms: int, newest_ms: int) -> int:
    """Return the last moment (ms) a stamp may bear and still be a time: a day is left for a clock that goes faster."""
    return moment(wall_ms, newest_ms) + DAY


def believed(at: int, until_ms: int) -> bool:
    """Tell whether a stamp counts as a time: its author's clock was plausible, and it is not beyond the horizon."""
    return not doubtful(at) and at >> 16 <= until_ms


def reach(stamps: list[int], newest_ms: int) -> int:
    """Return the newest moment (ms) that follows from stamps one by one, none further ahead of the last than believed.

    Used where there is no clock to ask: on the log of an older release, and where this computer's own is wrong.
    """
    for at in sorted(stamps):
        if doubtful(at):
            continue
        if at >> 16 > latest(newest_ms):
            break
        newest_ms = max(newest_ms, at >> 16)
    return newest_ms


class Clocks(msgspec.Struct, frozen=True):
    """Both times: what the computer shows and when the newest believed entry was written, in milliseconds UTC."""

    wall: int
    newest: int
    standing: ClockState

    @property
    def moment(self) -> int:
        """Return the moment to go by: the computer's where it is believed, else that of the newest entry."""
        return self.wall if self.standing is ClockState.RIGHT else self.newest

    @property
    def horizon(self) -> int:
        """Return the last moment a stamp may bear and be a time."""
        return self.moment + DAY
