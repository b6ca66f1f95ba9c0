"""Practice attendance: every team's months or a few, one team short of its days, one long absence without a slip.

Only where logs go with it: months on post without a log would be held against everybody (Art. 10).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date, timedelta

from tuopin_desktop.demo.roster import Entry, Roster
from tuopin_desktop.demo.team import rng_for
from tuopin_desktop.demo.term import Term
from tuopin_desktop.domain.attendance.codes import join
from tuopin_desktop.domain.attendance.months import following, month_id
from tuopin_desktop.domain.calendar import days_of
from tuopin_desktop.domain.facts import serves
from tuopin_desktop.domain.halves import parse_stored
from tuopin_desktop.domain.leave.count import half_number, halves_of
from tuopin_desktop.domain.records import Attendance, LeaveSlip, Posting
from tuopin_desktop.services.office import library

COUNTY = "150426"
EVERYWHERE = (date(2018, 12, 1), date(2019, 5, 1))
SHORT = ("150524", date(2019, 5, 1))
"""A team that rested too many days of one month."""
GONE = ("152", date(2019, 5, 8), date(2019, 5, 23))
"""Somebody in these leagues gone for sixteen days without a reason."""

_WORK = ("vw", "vw", "vw", "vw", "vw", "hw", "hw", "cw")
_MOST_RESTED = 8


def entries(roster: Roster, slips: Iterable[Entry]) -> Iterator[Entry]:
    """Yield everyone's months at their ends; half-days on a slip are left to it, so that nothing contradicts it."""
    away = _away(roster, slips)
    gone = _gone(roster, away)
    for posting in roster.postings.values():
        for first in months_of(roster.term, posting.county):
            end = min(following(first) - timedelta(days=1), roster.term.last)
            days = [day for day in days_of(first, end) if serves(posting, day)]
            if days:
                yield days[-1], _month(posting, days, away[posting.person], gone=posting.id == gone)


def months_of(term: Term, county: str) -> tuple[date, ...]:
    """Return the first days of the months a county keeps, the running one too where a day of it has passed."""
    if term.whole:
        return term.months
    if county != COUNTY:
        return EVERYWHERE
    return (*term.months[1:], following(term.months[-1]))


def _away(roster: Roster, slips: Iterable[Entry]) -> Mapping[str, set[int]]:
    """Return the half-days of which slips speak, by person; who has not reported back is still on the road."""
    newest = {record.id: record for _, record in slips if isinstance(record, LeaveSlip)}
    counts_by_key: dict[str, set[int]] = defaultdict(set)
    for slip in newest.values():
        halves = halves_of(parse_stored(slip.period))
        stop = halves.stop if slip.returned else half_number(roster.term.last, "pm") + 1
        counts_by_key[roster.postings[slip.posting].person].update(range(halves.start, max(halves.stop, stop)))
    return counts_by_key


def _gone(roster: Roster, away: Mapping[str, set[int]]) -> str:
    """Return the posting of somebody without a slip in the days of the long absence, "" in another league's office."""
    county, first, last = GONE
    stretch = range(half_number(first, "am"), half_number(last, "pm") + 1)
    free = [
        one.id
        for one in roster.postings.values()
        if one.county.startswith(county) and one.position == "member" and away[one.person].isdisjoint(stretch)
    ]
    return min(free, default="")


def _month(posting: Posting, days: list[date], away: AbstractSet[int], *, gone: bool) -> Attendance:
    chance = rng_for(posting.id, "attendance", f"{days[0]:%Y-%m}")
    idle = set(_idle(posting, days, away))
    values = {}
    for day in days:
        code = "cr" if day in idle else chance.choice(_WORK)
        if gone and GONE[1] <= day <= GONE[2]:
            code = "ou"
        afternoon = "cw" if code == "vw" and chance.random() < 0.12 else code
        first = half_number(day, "am")
        values[f"d{day.day:02d}"] = join("" if first in away else code, "" if first + 1 in away else afternoon)
    month = f"{days[0]:%Y-%m}"
    return Attendance(id=month_id(posting.id, month), posting=posting.id, month=month, **values)  # type: ignore[arg-type]  # days by name


def _idle(posting: Posting, days: list[date], away: AbstractSet[int]) -> list[date]:
    """Return the days rested in the county: some free ones, as long as twenty days can still be worked."""
    chance = rng_for(posting.id, "rest", f"{days[0]:%Y-%m}")
    calendar = library.calendar()
    free = [day for day in days if not calendar.is_workday(day) and half_number(day, "am") not in away]
    there = sum((half_number(day, "am") not in away) + (half_number(day, "pm") not in away) for day in days) // 2
    spare = max(0, there - min(21, len(days) * 21 // 28 + 1))
    rested = chance.sample(free, min(len(free), chance.randint(2, _MOST_RESTED), spare))
    short = (posting.county, days[0]) == SHORT
    return [*rested, *days[len(days) // 3 :: 2]] if short else rested
