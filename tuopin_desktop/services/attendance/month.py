"""One month of a team or of all teams as the grid shows it: everyone posted in it, counted, and judged apart."""

from collections.abc import Mapping
from datetime import date

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.afterclose import after_close
from tuopin_desktop.domain.attendance.count import Counting, Month
from tuopin_desktop.domain.attendance.evidence import Grounds
from tuopin_desktop.domain.attendance.laidover import Cover, days_of, stretch_of, within
from tuopin_desktop.domain.attendance.months import served, span_of
from tuopin_desktop.domain.attendance.roll import roll_of
from tuopin_desktop.domain.attendance.stays import Stay
from tuopin_desktop.domain.calendar import days_of as days_between
from tuopin_desktop.domain.facts import Facts, team_order
from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.domain.guard import guarded
from tuopin_desktop.domain.leave.count import shared
from tuopin_desktop.domain.policy import Policy, pack_of
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import Attendance, Correction, Posting, Remark
from tuopin_desktop.domain.rules import judge_record, presence
from tuopin_desktop.domain.under import bound
from tuopin_desktop.domain.unjustified import absent, count_month, grounds
from tuopin_desktop.services.attendance import near, remarks
from tuopin_desktop.services.attendance.year import absences
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import calendars, closedmonths
from tuopin_desktop.services.office.calendars import YearState
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.shelves import merge


class Day(msgspec.Struct, frozen=True):
    """One column: its date, whether it is worked (in an unknown year Saturday and Sunday are taken as free), its name.

    `name` is the holiday's or make-up day's, `special` tells that the day differs from an ordinary week.
    """

    date: date
    rest: bool
    name: str
    special: bool


class MonthRow(msgspec.Struct, frozen=True, kw_only=True):
    """One posting's month: what is stored, what papers say over it, and the count.

    `counting` counts the row anew while it is being keyed, by what `grounds` say is absence; `served` are the first and
    last day in post, of which `count.span` is what the measure judges. `absent` are the half-days that Article 16
    counts as the row is stored, `logged` the days with a log as bits, the first is bit 0. `notes` say by day of the
    month why it was keyed otherwise than its slip says, `reasons` why it was keyed as it is. `closed_days` are the days
    a closed month counts; empty for an open one, whose days follow from what is keyed.
    """

    posting: Posting
    name: str
    county: str
    record: Attendance
    covers: tuple[Cover, ...]
    stays: tuple[Stay, ...] = ()
    count: Month
    counting: Counting
    grounds: Grounds
    absent: frozenset[int] = frozenset()
    logged: int = 0
    served: tuple[date, date]
    notes: Mapping[int, str] = {}
    reasons: Mapping[int, str] = {}
    closed_days: tuple[str, ...] = ()

    @property
    def days(self) -> tuple[str, ...]:
        """Return the 31 stored days."""
        return tuple(days_of(self.record))


class MonthSheet(msgspec.Struct, frozen=True, kw_only=True):
    """A month of one team (`county`) or of every team of the office ("").

    `closed_counties` says for counties that are closed why nothing can be keyed and what to do; `remarks` are what
    offices above think is wrong.
    """

    month: str
    county: str
    days: tuple[Day, ...]
    year: YearState
    rows: tuple[MonthRow, ...]
    closed_counties: Mapping[str, str]
    remarks: tuple[Remark, ...] = ()


def read(desk: Desk, month: str, county: str = "") -> MonthSheet:
    """Return a month `YYYY-MM`; raises Refused for a text that is none, or a county of another office."""
    span = span_of(month)
    if span is None:
        raise refuse("month", f"“{month[:20]}”不是月份，请写成2019-06", "month")
    if county and not county.startswith(desk.scope):
        raise refuse("county", "这个旗县不在本单位的范围内，请另选", "county")
    facts = near.facts_of(desk, month, county or desk.scope)
    policy = judging.policy_on(desk, facts.today)
    counting = facts.counting(policy.on(span[0]))
    notes = near.explanations(desk, month, county or desk.scope, "slip")
    reasons = near.explanations(desk, month, county or desk.scope, "note")
    rows = [
        msgspec.structs.replace(
            _told(desk, record, facts, policy, notes.get(record.posting, {})), reasons=reasons.get(record.posting, {})
        )
        for record in facts.attendance
    ]
    standing = facts.calendar.of(county)
    return MonthSheet(
        month=month,
        county=county,
        days=tuple(_day(day, facts, counting) for day in days_between(*span)),
        year=calendars.state_of(standing, span[0].year),
        rows=tuple(sorted(rows, key=lambda row: team_order(row.posting))),
        closed_counties=_closed(desk, month, county, facts, policy),
        remarks=remarks.of_month(desk, month, county or desk.scope),
    )


def _closed(desk: Desk, month: str, county: str, facts: Facts, policy: Policy) -> dict[str, str]:
    """Return why closed months cannot be keyed, of one team also how much was written about its month since."""
    why = closedmonths.why(desk.store, month, desk.scope)
    close = facts.closed_months.of.get((county or desk.scope, month))
    roll = roll_of(close) if close is not None else None
    if close is None or roll is None:
        return why
    corrections = desk.store.rows(Correction, {"closing": close.id})
    waiting = [one for one in after_close(facts, close, roll, policy, corrections) if not one.corrections]
    if waiting:
        text = f"结账后有{len(waiting)}处变化，没有计入，见“结账和打印”的“结账后变化”"
        why[close.county] = f"{why[close.county]}。{text}"
    return why


def judge(desk: Desk, month: str, county: str = "") -> dict[str, tuple[Finding, ...]]:
    """Return by posting what Article 9, 10 and 16 say of everyone in a month.

    Apart from `read`, because the cells should not wait for it. Article 16 looks at a person's whole account.
    """
    facts = near.facts_of(desk, month, county or desk.scope)
    policy = judging.policy_on(desk, facts.today)
    absences_by_pair = _absences(desk, facts, policy) if county else _all_absences(desk)
    findings_by_key = {}
    for record in facts.attendance:
        posting = _posting(facts, record)
        findings = [judge_record(rule, record, posting, facts, policy) for rule in presence.RULES]
        findings.append(absences_by_pair.get((posting.person, pack_of(posting))))
        findings_by_key[record.posting] = tuple(finding for finding in findings if finding is not None)
    return findings_by_key


_Absences = dict[tuple[str, str], Finding]
"""What Article 16 says, by person and pack: who served under two has an account of absence under each."""


def _absences(desk: Desk, facts: Facts, policy: Policy) -> _Absences:
    """Return the absences of the few people of a team."""
    finding_by_pair: _Absences = {}
    for person in facts.postings_by_person:
        person_facts = near.facts_of_person(desk, person)
        finding_by_key = absences(person_facts.postings_by_person[person], person_facts, policy)
        finding_by_pair |= {(person, pack): finding for pack, finding in finding_by_key.items()}
    return finding_by_pair


def _all_absences(desk: Desk) -> _Absences:
    """Return the absences of everyone of whom anything is said, put together from the shelves."""
    postings = {item.id: item for item in desk.store.rows(Posting, scope=desk.scope)}
    # A window may show what was said before a posting was deleted; of that one there is no row any more.
    pairs = ((postings.get(ids.split(finding.subject)[1]), finding) for finding in merge.absences(desk))
    return {(posting.person, pack_of(posting)): finding for posting, finding in pairs if posting is not None}


def _told(desk: Desk, record: Attendance, facts: Facts, policy: Policy, notes: Mapping[int, str]) -> MonthRow:
    """Return a row; where its records cannot be read one without days, so that the others can be keyed."""
    bare = msgspec.structs.replace(facts, slips=(), training_attendance=(), round_trips=())
    empty = Attendance(id=record.id, posting=record.posting, month=record.month)
    return guarded(lambda: _row(desk, record, facts, policy, notes), lambda: _row(desk, empty, bare, policy, notes))


def _row(desk: Desk, record: Attendance, facts: Facts, policy: Policy, notes: Mapping[int, str]) -> MonthRow:
    posting = _posting(facts, record)
    covers = facts.covers(posting.person, policy)
    near_by = tuple(within(covers, stretch_of(record.month))) if covers else ()
    stays = tuple(stay for stay in facts.stays(posting) if shared(stay.halves, stretch_of(record.month)))
    line = facts.closed_months.rolls.line(posting, record.month) if facts.closes else None
    facts, policy = bound(facts, posting, record.month, policy)
    days, count = count_month(record, posting, facts, policy)
    stretch = stretch_of(record.month)
    span = served(posting, record.month)
    assert count is not None, "only those posted in the month are listed"
    assert span is not None, "it was counted"
    return MonthRow(
        posting=posting,
        name=line.name if line else facts.name_of(posting.person),
        county=desk.vocabulary["旗县"].word(posting.county),
        record=record,
        covers=near_by,
        stays=stays,
        count=count,
        counting=facts.counting(policy, posting.county),
        grounds=grounds(facts.postings_by_person.get(posting.person, (posting,)), facts, policy),
        absent=frozenset(at for at in absent(posting, facts, policy) if at in stretch),
        logged=facts.journals.logged.get(record.id, 0),
        served=span,
        notes=notes,
        closed_days=tuple(days) if line else (),
    )


def _posting(facts: Facts, record: Attendance) -> Posting:
    posting = facts.posting_of(record)
    assert posting is not None, "only months of somebody posted are listed"
    return posting


def _day(day: date, facts: Facts, counting: Counting) -> Day:
    rest = counting.is_rest(day)
    mark = facts.calendar.marks.get(day)
    name = mark.name if mark else ""
    return Day(day, rest, name, rest is not (day.weekday() >= 5) or bool(name))
