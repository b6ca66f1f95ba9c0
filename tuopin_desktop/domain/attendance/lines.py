"""What a line of the attendance book comes to by its signs alone, as anybody can count it on paper."""

from collections.abc import Collection, Iterable

import msgspec

from tuopin_desktop.domain.attendance.codes import AWAY, MARKS, halves

_WORKED = "wtn"


class Totals(msgspec.Struct, frozen=True):
    """A line's totals in half-days: worked in the county, of these in villages, trips and trainings away, what bears
    the sign of leave, and what that of absence without reason."""

    county: int = 0
    village: int = 0
    trips: int = 0
    leave: int = 0
    unjustified: int = 0

    def __add__(self, other: "Totals") -> "Totals":
        """Return both together."""
        return Totals(*(a + b for a, b in zip(self.halves, other.halves, strict=True)))

    @property
    def halves(self) -> tuple[int, ...]:
        """Return the totals in the order of the book's columns."""
        return (self.county, self.village, self.trips, self.leave, self.unjustified)

    @property
    def days(self) -> tuple[float, ...]:
        """Return the totals in days."""
        return tuple(count / 2 for count in self.halves)


HEADINGS = ("在旗县", "进村入户", "因公", "登记假", "登记旷")
"""The totals as the book heads them, in the order of `Totals.halves`: its own signs, not what Article 16 counts."""


def of_half(code: str, villages: Collection[str]) -> Totals:
    """Return what one half-day adds; `villages` are the letters of places that count as villages."""
    if not code:
        return Totals()
    place, reason = code[0], code[1]
    worked = reason in _WORKED
    return Totals(
        county=int(worked and place != AWAY),
        village=int(worked and place in villages),
        trips=int(worked and place == AWAY),
        leave=int(reason == "l"),
        unjustified=int(reason == "u"),
    )


def of_days(days: Iterable[str], villages: Collection[str]) -> Totals:
    """Return what the days of a line add up to."""
    total = Totals()
    for day in days:
        for code in halves(day):
            total += of_half(code, villages)
    return total


def working(day: str) -> tuple[int, int]:
    """Return whether somebody worked in the county in the morning and in the afternoon of a day (在旗县人数)."""
    morning, afternoon = (of_half(code, ()).county for code in halves(day))
    return morning, afternoon


def signs(villages: Collection[str]) -> tuple[tuple[str, ...], ...]:
    """Return the signs that count for each total, in the order of `Totals.halves`: for legend and formulas."""
    return tuple(
        tuple(mark.sign for mark in MARKS if of_half(mark.code, villages).halves[place])
        for place in range(len(HEADINGS))
    )
