"""One team today: what is registered of everybody's day and month, what is lacking, and the year so far."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import msgspec

from tuopin_desktop.domain.attendance import logs
from tuopin_desktop.domain.attendance.codes import AWAY, halves
from tuopin_desktop.domain.attendance.laidover import days_of
from tuopin_desktop.domain.attendance.months import month_id, served
from tuopin_desktop.domain.essentials import in_team_order, lacking
from tuopin_desktop.domain.facts import Facts, days_known, team_order
from tuopin_desktop.domain.guard import each, guarded
from tuopin_desktop.domain.outlook import Outlook, Presence, outlook_of, present
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import Person, Posting
from tuopin_desktop.domain.shelf.part import OFFICE, Part
from tuopin_desktop.domain.shelf.tally import unclosed
from tuopin_desktop.domain.under import bound, under


class MemberDay(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in service today.

    `own` is today as it was keyed, `today` with what slips, classes and trips lay over it, `last` the last day keyed
    before it and how. `away` are the half-days of the month spent outside the county up to today; `outlook` is None
    where the month is not judged. `missing` are the workdays up to today of which nothing, or only a half, is known;
    `unwritten` the days of this month and the last that want a log and have none.
    """

    posting: str
    name: str
    own: str = ""
    today: str = ""
    last: tuple[date, str] | None = None
    away: int = 0
    outlook: Outlook | None = None
    missing: tuple[date, ...] = ()
    unwritten: tuple[date, ...] = ()


class MonthShare(msgspec.Struct, frozen=True):
    """A month of the whole team (YYYY-MM): half-days in the county that count, and those needed."""

    month: str
    presence: int
    needed: int


class Incomplete(msgspec.Struct, frozen=True):
    """Somebody whose file lacks something: id, name, and the columns in words."""

    person: str
    name: str
    text: str


class TeamDay(msgspec.Struct, frozen=True, kw_only=True):
    """One team today; `unclosed` are its months that are over and not closed, `year` the months of this year so far."""

    members: tuple[MemberDay, ...] = ()
    unclosed: tuple[str, ...] = ()
    incomplete: tuple[Incomplete, ...] = ()
    year: tuple[MonthShare, ...] = ()


def of_part(part: Part) -> TeamDay:
    """Return the team of an owner today; of the office itself nothing."""
    facts, policy = under(part.facts, part.policy.id), part.policy
    if part.owner == OFFICE or part.owner not in facts.county_by_code:
        return TeamDay()
    serving = sorted(facts.active(part.owner), key=team_order)
    return TeamDay(
        members=tuple(each(serving, lambda one: [_member(one, facts, policy)], lambda one: [_unread(one, facts)])),
        unclosed=unclosed(facts, policy, part.owner),
        incomplete=tuple(_incomplete(part)),
        year=tuple(_year(facts, policy, part.owner)),
    )


def _unread(posting: Posting, facts: Facts) -> MemberDay:
    return MemberDay(posting=posting.id, name=facts.name_of(posting.person))


def _member(posting: Posting, facts: Facts, policy: Policy) -> MemberDay:
    today = facts.today
    month, before = f"{today:%Y-%m}", f"{today.replace(day=1) - timedelta(days=1):%Y-%m}"
    month_days, presence = _days(posting, month, facts, policy)
    outlook = None
    if presence is not None:
        counting = facts.counting(policy.on(today), posting.county)
        outlook = outlook_of(presence.month, counting, presence.days, today)
    own = days_of(facts.month_of(posting, month))
    return MemberDay(
        posting=posting.id,
        name=facts.name_of(posting.person),
        own=own[today.day - 1],
        today=month_days[today.day - 1],
        last=_last(posting, (before, month), facts),
        away=sum(half[:1] == AWAY for day in month_days[: today.day] for half in halves(day)),
        outlook=outlook,
        missing=tuple(_missing(posting, month_days, facts, policy)) if presence is not None else (),
        unwritten=tuple(day for one in (before, month) for day in _unwritten(posting, one, facts, policy)),
    )


def _days(posting: Posting, month: str, facts: Facts, policy: Policy) -> tuple[Sequence[str], Presence | None]:
    """Return a month's days with what is said over them, and how it is judged."""
    own_facts, own_policy = bound(facts, posting, month, policy)
    record = own_facts.month_of(posting, month)
    month_days = days_known(own_facts, record, posting, own_policy)
    return month_days, guarded(lambda: present(record, posting, own_facts, own_policy), lambda: None)


def _last(posting: Posting, months: Sequence[str], facts: Facts) -> tuple[date, str] | None:
    """Return the last day before today of which something was keyed."""
    for month in reversed(months):
        stored, first = days_of(facts.month_of(posting, month)), date.fromisoformat(f"{month}-01")
        for place in range(len(stored) - 1, -1, -1):
            if stored[place] and (day := first + timedelta(days=place)) < facts.today and day.month == first.month:
                return day, stored[place]
    return None


def _missing(posting: Posting, month_days: Sequence[str], facts: Facts, policy: Policy) -> Iterator[date]:
    """Yield the workdays in post of this month, today among them, of which nothing or a half is known."""
    today = facts.today
    span, counting = served(posting, f"{today:%Y-%m}"), facts.counting(policy.on(today), posting.county)
    day = max(span[0], policy.in_force) if span is not None else today + timedelta(days=1)
    while day <= today:
        if not counting.is_rest(day) and not all(halves(month_days[day.day - 1])):
            yield day
        day += timedelta(days=1)


def _unwritten(posting: Posting, month: str, facts: Facts, policy: Policy) -> Sequence[date]:
    """Return the days of a month before today that want a log and have none."""
    if served(posting, month) is None or month < f"{policy.in_force:%Y-%m}":
        return ()
    own_facts, own_policy = bound(facts, posting, month, policy)
    month_days = days_known(own_facts, own_facts.month_of(posting, month), posting, own_policy)
    due = own_facts.counting(own_policy, posting.county).log_days.days(month_days, month, posting)
    due = logs.until(due, month, facts.today - timedelta(days=1))
    return logs.in_month(due & ~facts.journals.logged.get(month_id(posting.id, month), 0), month)


def _incomplete(part: Part) -> Iterator[Incomplete]:
    """Yield those whose files lack something, as the roster lists them: people of every programme."""
    facts, kind = part.facts, Person.kind.name
    own = (one for one in facts.person_by_id.values() if part.holds(kind, one.id))
    for person in sorted(own, key=lambda one: in_team_order(one, facts)):
        if lacks := lacking(person, facts, part.policy):
            yield Incomplete(person.id, person.name, "、".join(one.field.label for one in lacks))


def _year(facts: Facts, policy: Policy, county: str) -> Iterator[MonthShare]:
    """Yield what the team's months of this year come to, where anybody served in them under the measure."""
    postings = facts.postings_by_county.get(county, ())
    for number in range(1, facts.today.month + 1):
        month = f"{facts.today.year}-{number:02d}"
        serving = [one for one in postings if served(one, month) is not None]
        presences = [one for posting in serving if (one := _days(posting, month, facts, policy)[1]) is not None]
        if needed := sum(2 * one.month.needed for one in presences):
            yield MonthShare(month, sum(min(one.month.counted, 2 * one.month.needed) for one in presences), needed)
