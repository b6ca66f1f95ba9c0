"""Which days are worked: the State Council's yearly notices as a table; a year without one is said, never guessed."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import msgspec

from tuopin_desktop.domain.halves import Period
from tuopin_desktop.domain.problems import Trouble


class Calendar(msgspec.Struct, frozen=True):
    """Special days and the years whose notice is known.

    `off` are holidays and moved rest days, `work` make-up workdays, both with their Chinese name.
    """

    off: dict[date, str]
    work: dict[date, str]
    years: frozenset[int]

    def knows(self, day: date) -> bool:
        """Tell whether the notice of the day's year is in the table."""
        return day.year in self.years

    def is_workday(self, day: date) -> bool | None:
        """Return whether a day is worked, None in a year whose notice is not known."""
        if not self.knows(day):
            return None
        if day in self.work:
            return True
        return day not in self.off and day.weekday() < 5

    def workdays(self, period: Period) -> float | None:
        """Return the workdays of a period by halves, None when part of it lies in an unknown year."""
        halves = 0
        for day in days_of(period.first, period.last):
            worked = self.is_workday(day)
            if worked is None:
                return None
            inside = period.within(day, day)
            halves += inside.halves if worked and inside else 0
        return halves / 2

    def next_workday(self, day: date, count: int = 1) -> date:
        """Return the day `count` workdays later; in an unknown year Monday to Friday are taken, which is said there."""
        while count:
            day += timedelta(days=1)
            worked = self.is_workday(day)
            count -= bool(day.weekday() < 5 if worked is None else worked)
        return day


def days_of(first: date, last: date) -> Iterable[date]:
    """Yield every day from first to last."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def read_calendar(rows: Iterable[Mapping[str, str]]) -> Calendar:
    """Return the calendar of table rows with `date`, `day` (off or work), `name`, `status`; raises Trouble.

    A year counts as known when its rows are final; provisional rows alone do not make a year known.
    """
    off: dict[date, str] = {}
    work: dict[date, str] = {}
    years: set[int] = set()
    for row in rows:
        try:
            day = date.fromisoformat(row["date"])
            {"off": off, "work": work}[row["day"]][day] = row["name"]
            if row["status"] == "final":
                years.add(day.year)
        except (KeyError, ValueError) as error:
            raise Trouble("节假日表有误，请检查文件或重新导入。") from error
    return Calendar(off, work, frozenset(years))
