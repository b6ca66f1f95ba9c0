"""What a year holds for and against each member and team: findings by whom they are about, marks, scores, ballots."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.appraisal.scheme import By
from tuopin_desktop.domain.attendance.presences import parts_of
from tuopin_desktop.domain.facts import Facts, posting_on, team_order
from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.domain.records import AppraisalScore, Posting, RoutineMark, WorkSummary


class TraceLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the trace: what it says, the points it took, and the day, rule and article where there is one.

    `record` is the log key of what it rests on, to be opened.
    """

    words: str
    points: Decimal = Decimal(0)
    day: date | None = None
    rule: str = ""
    article: int = 0
    record: str = ""


class Strike(msgspec.Struct, frozen=True, kw_only=True):
    """One record that may veto a grade: of what sort, its code there (leave type, trigger ...), and how much it weighs.

    `amount` is days of leave, and one of anything else.
    """

    by: By
    code: str
    line: TraceLine
    amount: Decimal = Decimal(1)


class Mean(msgspec.Struct, frozen=True):
    """The result of one source of ballots for a subject: the mean out of 100, votes counted, unfinished rounds."""

    value: Decimal | None
    voices: int
    unfinished: int


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """Everything an appraisal of one year rests on, by subject id (a posting's, or a team's).

    `own` are the findings about the subject itself, `below` those about a team's members; `strikes` the records that
    may veto a member's grade, `positions` what each member is in the team. `open` are each posting's months (YYYY-MM)
    not registered well enough to tell whether their days were reached.
    """

    year: int
    own: Mapping[str, Sequence[Finding]]
    below: Mapping[str, Sequence[Finding]]
    marks: Mapping[str, Sequence[RoutineMark]]
    scores: Mapping[tuple[str, str], AppraisalScore]
    means: Mapping[tuple[str, str], Mean]
    summaries: Mapping[str, WorkSummary]
    months: Mapping[str, int]
    strikes: Mapping[str, Sequence[Strike]] = {}
    positions: Mapping[str, str] = {}
    open: Mapping[str, Collection[str]] = {}


def members_of(facts: Facts, year: int) -> list[Posting]:
    """Return the postings with at least a day in the year, in the order of teams and slots."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    postings = [
        posting
        for posting in facts.posting_by_id.values()
        if posting.since is not None and posting.since <= last and (posting.until is None or posting.until >= first)
    ]
    return sorted(postings, key=lambda posting: (*team_order(posting), posting.since or first))


def months_in_post(posting: Posting, year: int, today: date, chain: Sequence[Posting] = ()) -> int:
    """Return how many months of the year that have begun are judged on a posting: those it has a day in.

    A month in which somebody changes position is one month, of the posting it ends under; `chain` is his presence.
    """
    months = [f"{year}-{month:02d}" for month in range(1, 13) if date(year, month, 1) <= today]
    parts = (parts_of(month, chain or (posting,)) for month in months)
    return sum(bool(own) and own[-1].id == posting.id for own in parts)


def sorted_findings(
    findings: Iterable[Finding], facts: Facts, year: int
) -> tuple[dict[str, list[Finding]], dict[str, list[Finding]]]:
    """Return (own, below): the findings of a year by the member or team they are about.

    A finding with a day of another year is left out; one without a day tells how things stand, and counts.
    """
    own: dict[str, list[Finding]] = defaultdict(list)
    below: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.day is not None and finding.day.year != year:
            continue
        subject = subject_of(finding, facts)
        own[subject].append(finding)
        if not subject.endswith("/team"):
            below[f"{ids.owner(subject)}/team"].append(finding)
    return own, below


def subject_of(finding: Finding, facts: Facts) -> str:
    """Return the posting a finding is about, or the team of its county where it is about no one person."""
    kind, record_id = ids.split(finding.subject)
    record = facts.subjects.get(kind, {}).get(record_id)
    if isinstance(record, Posting):
        return record.id
    posting = getattr(record, "posting", "")
    if posting in facts.posting_by_id:
        return str(posting)
    person = record_id if kind == "person" else getattr(record, "person", "")
    if person in facts.postings_by_person:
        own = posting_on(facts, person, finding.day or facts.today) or facts.postings_by_person[person][-1]
        return own.id
    return f"{ids.owner(record_id)}/team"
