"""Which half-days count as absence without reason, and by what evidence (Q7, Q15): keyed, overstayed, or no slip."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date

import msgspec

from tuopin_desktop.domain.attendance.codes import AWAY, halves
from tuopin_desktop.domain.attendance.laidover import Cover, days_of, stretch_of
from tuopin_desktop.domain.attendance.stays import Stay
from tuopin_desktop.domain.leave.count import day_of, half_number
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import Attendance

KEYED = "考勤登记为无正当理由"
_UNEXPLAINED = "lr?"
"""Reasons for being away that need an approved slip; trips and trainings never count as absence (Q3)."""


class Reading(msgspec.Struct, frozen=True):
    """The list of reasons (Q15) and what a rest day away without a slip is (Q7).

    `course` has the readings of other days by the first half-day of each, where rulings changed them.
    """

    reasons: tuple[str, ...]
    rest_counts: bool
    labels: dict[str, str]
    course: tuple[tuple[int, "Reading"], ...] = ()

    @classmethod
    def of(cls, policy: Policy) -> "Reading":
        """Return the reading of a policy, each day under the rulings in force on it."""
        starts = policy.course.starts if policy.course is not None else []
        own = cls._plain(policy)
        if not starts:
            return own
        firsts = [(0, date.min), *((half_number(start, "am"), start) for start in starts)]
        return msgspec.structs.replace(own, course=tuple((at, cls._plain(policy.on(day))) for at, day in firsts))

    def at(self, number: int) -> "Reading":
        """Return the reading of a half-day."""
        if not self.course:
            return self
        return self.course[bisect_right(self.course, number, key=lambda part: part[0]) - 1][1]

    @classmethod
    def _plain(cls, policy: Policy) -> "Reading":
        rest = policy.choice("presence.rest_day_away") == "unjustified"
        return cls(policy.several("absence.reasons"), rest, policy.switch("absence.reasons").choices)


class Evidence(msgspec.Struct, frozen=True):
    """A person's half-days: those without reason with their cause in words, bridges, and the last one known.

    `blank` are the bridges of which nothing at all is registered: rest days between days without reason, which do not
    interrupt a run (Q11). `unknown` are working half-days in post of which nothing is registered, between the first
    and the last without reason.
    """

    causes: dict[int, str]
    bridges: frozenset[int]
    known_until: int
    blank: frozenset[int] = frozenset()
    unknown: frozenset[int] = frozenset()


class Presence(msgspec.Struct, frozen=True):
    """What else is known of a person: the half-days in post since the measure took effect, and returns registered."""

    in_post: Sequence[range]
    returns: Sequence[int] = ()


class Grounds(msgspec.Struct, frozen=True):
    """All that decides of a person's marks which half-days are absence: see `evidence`."""

    covers: Sequence[Cover]
    reading: Reading
    is_rest: Callable[[date], bool]
    today: date
    stays: Sequence[Stay] = ()
    presence: Presence | None = None

    def absent(self, months: Sequence[Attendance]) -> frozenset[int]:
        """Return the half-days of some months that are absence without reason."""
        return frozenset(self.evidence(months).causes)

    def evidence(self, months: Sequence[Attendance]) -> Evidence:
        """Return the evidence of some months."""
        return evidence(months, self.covers, self.reading, self.is_rest, self.today, self.stays, self.presence)


def evidence(
    months: Sequence[Attendance],
    covers: Sequence[Cover],
    reading: Reading,
    is_rest: Callable[[date], bool],
    today: date,
    stays: Sequence[Stay] = (),
    presence: Presence | None = None,
) -> Evidence:
    """Return the evidence up to today; a half-day of an approved slip or a class never counts, whatever was keyed.

    Nothing counts out of post or before the measure took effect (Art. 21), whenever the limit would be passed.
    """
    end = half_number(today, "pm")
    keyed = _keyed(months, end)
    approved = {number for cover in covers if cover.standing == "approved" for number in cover.halves}
    approved |= {number for stay in stays if stay.source == "training" for number in stay.halves}
    causes: dict[int, str] = {}
    bridges: set[int] = set()
    for number, cause in _claims(keyed, covers, end, reading):
        if number in approved or number in causes or not _counts(number, presence):
            continue
        no_slip = cause == reading.labels["no_slip"]
        if no_slip and presence is not None and number in presence.returns:
            continue  # he came back in this half-day: away in a part of it, and on a slip
        if no_slip and not reading.at(number).rest_counts and is_rest(day_of(number)):
            bridges.add(number)
        elif cause:
            causes[number] = cause
    if not causes:
        return Evidence({}, frozenset(bridges), max(keyed, default=0))
    counts = {*keyed, *approved, *(number for cover in covers if cover.says_away for number in cover.halves)}
    counts |= {number for stay in stays for number in stay.halves} | set(presence.returns if presence else ())
    silent = [n for n in range(min(causes), max(causes)) if n not in counts and _counts(n, presence)]
    blank = frozenset(number for number in silent if is_rest(day_of(number)))
    last = _last_number({*keyed, *(number for number in approved if number <= end)}, causes, presence)
    return Evidence(causes, frozenset(bridges) | blank, last, blank, frozenset(silent) - blank)


def _last_number(numbers: Collection[int], causes: Collection[int], presence: Presence | None) -> int:
    """Return the last half-day of which anything is kept."""
    last = max([*numbers, *causes, *(presence.returns if presence else ())])
    after = max(causes) + 1
    return last if _counts(after, presence) else max(last, after)  # out of post from there on: nothing is open


def _counts(number: int, presence: Presence | None) -> bool:
    return presence is None or any(number in stretch for stretch in presence.in_post)


def _keyed(months: Iterable[Attendance], end: int) -> dict[int, str]:
    """Return the codes by half-day up to the last one asked for."""
    keyed: dict[int, str] = {}
    for record in months:
        number = stretch_of(record.month).start
        for day in days_of(record):
            if day:
                morning, afternoon = halves(day)
                if morning:
                    keyed[number] = morning
                if afternoon:
                    keyed[number + 1] = afternoon
            number += 2
    return {number: code for number, code in keyed.items() if number <= end} if max(keyed, default=0) > end else keyed


def _claims(keyed: dict[int, str], covers: Sequence[Cover], end: int, reading: Reading) -> Iterable[tuple[int, str]]:
    """Yield half-days with the cause that makes them absence; empty where the policy does not take it as one."""
    refused = {number for cover in covers if cover.standing == "refused" for number in cover.halves}
    for number, code in keyed.items():
        if code[1] == "u":
            yield number, KEYED
        elif code[0] == AWAY and code[1] in _UNEXPLAINED:
            yield number, _cause("refused" if number in refused else "no_slip", reading.at(number))
    for cover in covers:
        if cover.standing == "overstay" or (cover.standing == "waiting" and cover.code == "ol"):
            why = "overstay" if cover.standing == "overstay" else "no_slip"
            open_halves = (number for number in cover.halves if number <= end and number not in keyed)
            yield from ((number, _cause(why, reading.at(number))) for number in open_halves)


def _cause(reason: str, reading: Reading) -> str:
    return reading.labels[reason] if reason in reading.reasons else ""
