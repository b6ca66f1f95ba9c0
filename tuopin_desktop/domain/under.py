"""The facts under one rule pack where several stand side by side (Q36): a posting is judged by its own pack alone."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

import msgspec

from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.policy import Policy, pack_of
from tuopin_desktop.domain.records import Attendance, LeaveSlip, Posting, RoundTrip, TrainingAttendance

P = TypeVar("P", LeaveSlip, Attendance, TrainingAttendance, RoundTrip)


def under(facts: Facts, pack: str) -> Facts:
    """Return what concerns the postings under one pack: people, slips and all else that hangs on them."""
    if facts.pack == pack or (not facts.pack and facts.packs in ((), (pack,))):
        return facts
    if pack not in facts.parts:
        facts.parts[pack] = _part(facts, pack)
    return facts.parts[pack]


def _part(facts: Facts, pack: str) -> Facts:
    posted = {one.id: pack_of(one) == pack for one in facts.postings}
    people = {one.person for one in facts.postings if posted[one.id]}
    elsewhere = {one.person for one in facts.postings} - people
    return msgspec.structs.replace(
        facts,
        pack=pack,
        postings=tuple(one for one in facts.postings if posted[one.id]),
        persons=tuple(one for one in facts.persons if one.id not in elsewhere),
        slips=_of(facts.slips, posted),
        attendance=_months(facts, posted, pack),
        training_attendance=_of(facts.training_attendance, posted),
        round_trips=_of(facts.round_trips, posted),
    )


def _months(facts: Facts, posted: Mapping[str, bool], pack: str) -> tuple[Attendance, ...]:
    """Return the months of one pack: closed ones are of the pack their posting was under then."""
    if not facts.closes:
        return _of(facts.attendance, posted)
    lines = ((one, facts.closed_months.rolls.lines.get((one.posting, one.month))) for one in facts.attendance)
    return tuple(one for one, line in lines if (line.pack == pack if line else posted.get(one.posting, True)))


def _of(records: Iterable[P], posted: Mapping[str, bool]) -> tuple[P, ...]:
    """Return the records of the postings that are wanted, and those of a posting that is not known."""
    return tuple(one for one in records if posted.get(one.posting, True))


def ruled(facts: Facts, posting: Posting, policy: Policy) -> tuple[Facts, Policy]:
    """Return the facts and policy of a posting's pack; under one not installed here the first stands in (A06-3)."""
    own = policy if pack_of(posting) == policy.id else policy.beside.get(posting.pack)
    return (facts, policy) if own is None else (under(facts, own.id), own)


def bound(facts: Facts, posting: Posting, month: str, policy: Policy) -> tuple[Facts, Policy]:
    """Return the facts and policy a posting's month is judged by: of its pack, and of a closed month as closed."""
    pack_facts, own = ruled(facts, posting, policy)
    return pack_facts.terms(posting.county, month, own)
