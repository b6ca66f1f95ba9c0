"""What a leave comes to for whoever asks for it: the leave of the year so far, and each month's days in the county."""

from collections.abc import Collection, Iterable, Mapping

import msgspec

from tuopin_desktop.domain.calendar import Calendar
from tuopin_desktop.domain.halves import parse_stored
from tuopin_desktop.domain.leave.account import Account, account, halves_taken, overstayed, travelled
from tuopin_desktop.domain.leave.consequence import count_words
from tuopin_desktop.domain.leave.count import between, day_of, halves_of
from tuopin_desktop.domain.leave.reach import Reach, month_of, reach
from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import LeaveSlip, Posting

LONGEST = 2 * 366
"""Half-days looked at: nobody is away longer than a year, but somebody mistypes one."""


class SoFar(msgspec.Struct, frozen=True):
    """`year` says what of the year is approved or waits already, `months` what each month of the leave can come to."""

    year: str
    months: tuple[Reach, ...]

    @property
    def short(self) -> bool:
        """Tell whether a month misses its days for this leave."""
        return any(month.short for month in self.months)


def so_far(
    slip: LeaveSlip, seats: Iterable[Posting], stories: Mapping[str, Story], policy: Policy, calendar: Calendar
) -> SoFar | None:
    """Return it for a slip; None where its period cannot be read.

    `seats` are the applicant's postings, `stories` by id the other slips of that person.
    """
    span = parse_stored(slip.period)
    if span is None or span.halves <= 0:
        return None
    mine = account(stories.values(), stories, span.first.year, policy, calendar)
    trip = halves_of(span)[:LONGEST]
    return SoFar(_year_words(mine), tuple(reaches(slip, trip, seats, stories, policy, calendar)))


def _year_words(mine: Account) -> str:
    if not mine.approved and not mine.pending:
        return "没有别的请假"
    parts = [f"已批准{len(mine.approved)}次{count_words(mine.natural)}"] if mine.approved else []
    if mine.pending:
        waiting = sum(part.count.natural for part in mine.pending)
        parts.append(f"签字未齐{len(mine.pending)}次{count_words(waiting)}")
    if mine.overruns:
        parts.append(f"超假{count_words(mine.overrun_days)}")
    return "，".join(parts)


def reaches(
    slip: LeaveSlip,
    trip: Collection[int],
    seats: Iterable[Posting],
    stories: Mapping[str, Story],
    policy: Policy,
    calendar: Calendar,
) -> list[Reach]:
    """Return what each month of a leave can still come to for its applicant, from leave alone.

    `trip` are the half-days asked for, `seats` the applicant's postings, `stories` by id his slips,.
    """
    served: set[int] = set()
    months = sorted({month_of(day_of(number)) for number in trip})
    for posting in seats:
        if posting.since is not None:
            for first, last in months:
                served |= set(between(max(first, posting.since), min(last, posting.until or last)))
    counts_trips = policy.choice("presence.trips") == "counted"
    gone = set() if counts_trips and slip.leave_type == "official" else set(trip)
    for other in stories.values():
        if travelled(other) and not (counts_trips and other.slip.leave_type == "official"):
            gone |= {*halves_taken(other, stories), *overstayed(other)}
    return [reach(first, served, gone, policy, calendar) for first, _ in months]
