"""One person's year: twelve months counted against what was needed, and the account of absence."""

from collections.abc import Sequence

import msgspec

from tuopin_desktop.domain.attendance.count import Month
from tuopin_desktop.domain.attendance.months import served
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Finding, Verdict
from tuopin_desktop.domain.outlook import present
from tuopin_desktop.domain.policy import Policy, pack_of
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import Attendance, Posting
from tuopin_desktop.domain.rules import absence, judge_record, presence
from tuopin_desktop.domain.under import bound
from tuopin_desktop.domain.unjustified import count_month
from tuopin_desktop.services.attendance import near
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office.desk import Desk


class YearMonth(msgspec.Struct, frozen=True):
    """One month of the strip; `count` and `finding` are None when nobody was posted or it has not begun."""

    month: str
    count: Month | None
    finding: Finding | None


class PersonYear(msgspec.Struct, frozen=True):
    """A person's twelve months and what Article 16 says of the whole account, None when there is nothing to say."""

    person: str
    name: str
    year: int
    months: tuple[YearMonth, ...]
    absence: Finding | None


def year(desk: Desk, posting_id: str, number: int) -> PersonYear:
    """Return the year of the person of a posting; raises Refused when there is none."""
    posting = desk.store.get(Posting, posting_id)
    if posting is None:
        raise refuse("missing", "找不到这条派驻记录，可能已被替换，请刷新后重试")
    facts = near.facts_of_person(desk, posting.person)
    policy = judging.policy_on(desk, facts.today)
    own = facts.postings_by_person.get(posting.person, ())
    months = tuple(_month(f"{number}-{month:02d}", own, facts, policy) for month in range(1, 13))
    return PersonYear(posting.person, facts.name_of(posting.person), number, months, _absence(own, facts, policy))


def _month(month: str, own: tuple[Posting, ...], facts: Facts, policy: Policy) -> YearMonth:
    """Return a month of the posting that serves last in it: a month shared by two postings is judged on the later."""
    serving = [item for item in own if served(item, month)]
    if not serving or month > f"{facts.today:%Y-%m}":
        return YearMonth(month, None, None)
    posting = serving[-1]
    attendances = [item for item in facts.attendance_of.get(posting.id, ()) if item.month == month]
    record: Attendance = attendances[0] if attendances else near.blank(posting, month)
    posting = facts.posting_of(record) or posting
    pair = bound(facts, posting, month, policy)
    together = present(record, posting, *pair)  # with the days before a change of position, which are this month's too
    count = together.month if together is not None else count_month(record, posting, *pair)[1]
    return YearMonth(month, count, judge_record(presence.twenty_days, record, posting, facts, policy))


def absences(own: Sequence[Posting], facts: Facts, policy: Policy) -> dict[str, Finding]:
    """Return what Article 16 says of a person by pack; it is asked of the last posting under each."""
    last = {pack_of(posting): posting for posting in own}
    finding_by_key = {pack: judge_record(absence.without_reason, one, one, facts, policy) for pack, one in last.items()}
    return {pack: finding for pack, finding in finding_by_key.items() if finding is not None}


def _absence(own: Sequence[Posting], facts: Facts, policy: Policy) -> Finding | None:
    """Return the gravest of them."""
    order = list(Verdict)
    return max(absences(own, facts, policy).values(), key=lambda one: order.index(one.verdict), default=None)
