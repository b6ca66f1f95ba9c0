"""Absence without reason as the facts tell it: one account a person, from which months, closes and Article 16 read.

Nothing else says which half-day is 无正当理由离岗. What was keyed or printed as 旷 is the book's own count and is
called 登记为旷 (`attendance/lines.py`).
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from tuopin_desktop.domain.attendance.codes import AWAY
from tuopin_desktop.domain.attendance.count import Month
from tuopin_desktop.domain.attendance.evidence import Evidence, Grounds, Presence, Reading
from tuopin_desktop.domain.attendance.laidover import days_of
from tuopin_desktop.domain.attendance.months import served
from tuopin_desktop.domain.facts import Facts, days_known
from tuopin_desktop.domain.leave.count import between
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import Attendance, Posting


def account(own: Sequence[Posting], facts: Facts, policy: Policy) -> Evidence | None:
    """Return a person's absence over all of its postings, each closed month read under the policy it was closed under.

    None where there are neither papers nor a mark that could be absence.
    """
    evidence = _read(own, facts, policy)
    if evidence is None:
        return None
    causes, bridges = dict(evidence.causes), set(evidence.bridges)
    for stretch, then, frozen in closed_months(own, facts, policy):
        if then is facts:
            continue
        was = _read(own, then, frozen)
        causes = {number: cause for number, cause in causes.items() if number not in stretch}
        bridges -= set(stretch)
        if was is not None:
            causes |= {number: cause for number, cause in was.causes.items() if number in stretch}
            bridges |= {number for number in was.bridges if number in stretch}
    return Evidence(causes, frozenset(bridges), evidence.known_until, evidence.blank, evidence.unknown)


def absent(posting: Posting, facts: Facts, policy: Policy) -> frozenset[int]:
    """Return the half-days of a posting's person that are absence; facts and policy are those of the month asked for.

    Of a closed month they are the terms it was closed under (`Facts.terms`), so that only that month may be read.
    """
    evidence = _read(_own(posting, facts), facts, policy)
    return frozenset(evidence.causes) if evidence is not None else frozenset()


def count_month(
    record: Attendance, posting: Posting, facts: Facts, policy: Policy
) -> tuple[Sequence[str], Month | None]:
    """Return the days of a posting's month as they count, and the count: the one way to a month's figures.

    Facts and policy are those of the month (`Facts.terms`). The month is None where the posting does not touch it.
    """
    days = days_known(facts, record, posting, policy)
    counting = facts.counting(policy, posting.county)
    return days, counting.month(days, record.month, posting, absent(posting, facts, policy))


def closed_months(own: Sequence[Posting], facts: Facts, policy: Policy) -> Iterator[tuple[range, Facts, Policy]]:
    """Yield the half-days a person served in closed months, with the facts and policy those were closed under."""
    for posting in own if facts.closes else ():
        for month in facts.closed_months.months(posting.county):
            if (span := served(posting, month)) is not None:
                yield between(*span), *facts.terms(posting.county, month, policy)


def grounds(own: Sequence[Posting], facts: Facts, policy: Policy) -> Grounds:
    """Return what decides beside the marks of a person which half-days are absence."""
    person = own[-1].person
    stays = [stay for posting in (*own, *_gone(own, person, facts)) for stay in facts.stays(posting)]
    presence = Presence(_in_post(own, person, facts, policy), facts.returns(person, policy))
    covers = facts.covers(person, policy)
    return Grounds(covers, Reading.of(policy), _rest(own, facts, policy), facts.today, stays, presence)


def _own(posting: Posting, facts: Facts) -> Sequence[Posting]:
    """Return the postings of a person; of a closed month the posting may be gone since."""
    return facts.postings_by_person.get(posting.person, ()) or (posting,)


def _read(own: Sequence[Posting], facts: Facts, policy: Policy) -> Evidence | None:
    """Return a person's absence under one reading of the policy, read once."""
    person, course = own[-1].person, policy.course or policy
    key = ("account", person, id(course))
    if key not in facts.memory:
        covers, months = facts.covers(person, policy), _months(own, person, facts)
        bare = not covers and not any(_may_count(record) for record in months)
        evidence = None if bare else grounds(own, facts, policy).evidence(months)
        facts.memory[key] = (course, evidence)  # the course is kept beside, so that its id stays its own
    reading: Evidence | None = facts.memory[key][1]
    return reading


def _rest(own: Sequence[Posting], facts: Facts, policy: Policy) -> Callable[[date], bool]:
    """Return whether a day is a rest day where the person served: a county may have days of its own."""
    last = facts.counting(policy, own[-1].county).is_rest
    if len({posting.county for posting in own}) == 1:
        return last
    begun = [(posting.since or date.min, facts.counting(policy, posting.county).is_rest) for posting in own]

    def is_rest(day: date) -> bool:
        return next((rest for since, rest in reversed(begun) if since <= day), last)(day)

    return is_rest


def _in_post(own: Sequence[Posting], person: str, facts: Facts, policy: Policy) -> list[range]:
    """Return the half-days in post from the day the measure took effect; closed months as they were closed."""
    spans = [(one.since or policy.in_force, one.until or date.max) for one in own]
    lines = facts.closed_months.rolls.by_person.get(person, ()) if facts.closes else ()
    spans += [span for month, line in lines if (span := served(line.as_posting, month)) is not None]
    return [between(max(first, policy.in_force), last) for first, last in spans if last >= policy.in_force]


def _months(own: Sequence[Posting], person: str, facts: Facts) -> list[Attendance]:
    """Return a person's months; closed ones are of whoever they were closed for, wherever the posting is now."""
    attendances = [record for posting in own for record in facts.attendance_of.get(posting.id, ())]
    if not facts.closes:
        return attendances
    mine = [record for record in attendances if (posting := facts.posting_of(record)) and posting.person == person]
    return [*mine, *(record for one in _gone(own, person, facts) for record in facts.attendance_of.get(one.id, ()))]


def _gone(own: Sequence[Posting], person: str, facts: Facts) -> list[Posting]:
    """Return the postings of closed months that are deleted since or were given to another person."""
    standing = {posting.id for posting in own}
    lines = facts.closed_months.rolls.by_person.get(person, ()) if facts.closes else ()
    gone = {line.posting: line.as_posting for _, line in lines if line.posting not in standing}
    return list(gone.values())


def _may_count(record: Attendance) -> bool:
    days = "".join(days_of(record))
    return AWAY in days or "u" in days
