"""The computer's clock: the only place that asks for the time."""

import time
from datetime import date, datetime, timedelta, timezone

from tuopin_desktop import RELEASED

_BEIJING = timezone(timedelta(hours=8))


def beijing(ms: float) -> datetime:
    """Return what a clock in Beijing shows at a moment in milliseconds since 1970 in UTC, to the second."""
    return datetime.fromtimestamp(ms // 1000, _BEIJING).replace(tzinfo=None)


class Clock:
    """Today's date and the wall clock; tests hand in a fixed one."""

    def today(self) -> date:
        """Return the date in Beijing, whatever zone the computer is set to."""
        return self.now().date()

    def now(self) -> datetime:
        """Return the time in Beijing to the second."""
        return beijing(Clock.wall_ms(self))

    def wall_ms(self) -> int:
        """Return milliseconds since 1970 in UTC."""
        return time.time_ns() // 1_000_000

    def stamp_ms(self) -> int:
        """Return the wall clock as the log may take it: 0 where it stands before the program itself was made."""
        wall = self.wall_ms()
        return wall if beijing(wall).date() >= RELEASED else 0


class FixedClock(Clock):
    """A clock that stands still at one moment until it is moved."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def today(self) -> date:
        """Return the fixed date."""
        return self.moment.date()

    def now(self) -> datetime:
        """Return the fixed moment."""
        return self.moment

    def wall_ms(self) -> int:
        """Return the fixed moment in milliseconds, read as UTC."""
        return int((self.moment - datetime(1970, 1, 1)).total_seconds() * 1000)

    def stamp_ms(self) -> int:
        """Return the fixed moment: it is set on purpose, also before the program was made."""
        return self.wall_ms()


class ShiftedClock(Clock):
    """The real clock some days earlier, for practice in years that are over; stamps of the log stay true."""

    def __init__(self, days: int) -> None:
        self.days = days

    def now(self) -> datetime:
        """Return the real time of day, some days earlier."""
        return super().now() - timedelta(days=self.days)


class DatedClock(Clock):
    """The real clock with another business day, for entering what happened then; stamps of the log stay true."""

    def __init__(self, day: date) -> None:
        self.day = day

    def today(self) -> date:
        """Return the business day."""
        return self.day

    def now(self) -> datetime:
        """Return the real time of day on the business day."""
        return datetime.combine(self.day, super().now().time())
