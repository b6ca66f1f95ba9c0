"""What a year's appraisal rests on, gathered from facts and the records beside them; of everybody or of one part."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from tuopin_desktop.domain.appraisal.ballots import count
from tuopin_desktop.domain.appraisal.evidence import Evidence, Mean, months_in_post, sorted_findings
from tuopin_desktop.domain.appraisal.points import Appraisal, appraise
from tuopin_desktop.domain.appraisal.scheme import Scheme, Subject
from tuopin_desktop.domain.appraisal.strikes import Struck, strikes
from tuopin_desktop.domain.attendance.months import months_over
from tuopin_desktop.domain.attendance.presencerate import OPEN
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.domain.guard import guarded
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import (
    AppraisalScore,
    Attendance,
    Ballot,
    BallotRound,
    Incident,
    OwnCheck,
    Posting,
    RoutineMark,
    SpotCheck,
    WorkSummary,
)
from tuopin_desktop.domain.records.checks import Check
from tuopin_desktop.domain.rules import PERIODIC, RULES, each
from tuopin_desktop.domain.steps import Steps
from tuopin_desktop.services.judging.monthstanding import one_presence, standing
from tuopin_desktop.services.judging.teammonth import TeamMonth

KINDS: tuple[type[Record], ...] = (
    RoutineMark,
    AppraisalScore,
    WorkSummary,
    BallotRound,
    Ballot,
    SpotCheck,
    OwnCheck,
    Incident,
)
"""The records an appraisal reads beside the facts."""

Month = Callable[[str, str], TeamMonth]
"""Returns a county's month (YYYY-MM, code)."""


class Records(msgspec.Struct, frozen=True, kw_only=True):
    """The records beside the facts, of any year, in the order of their ids."""

    marks: Sequence[RoutineMark]
    scores: Sequence[AppraisalScore]
    summaries: Sequence[WorkSummary]
    rounds: Sequence[BallotRound]
    ballots: Sequence[Ballot]
    checks: Sequence[Check]
    incidents: Sequence[Incident]


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """What a year is appraised from: `facts` of its last day, or of `today` while it runs, and the policy of that day.

    `members` are those whose months and strikes are wanted.
    """

    year: int
    today: date
    facts: Facts
    policy: Policy
    scheme: Scheme
    members: Sequence[Posting]
    records: Records
    month: Month


def evidence(basis: Basis) -> Steps[Evidence]:
    """Gather in steps everything but the strikes, which the teams' own proposals are part of."""
    year, facts, records, scheme = basis.year, basis.facts, basis.records, basis.scheme
    findings = yield from _findings(basis)
    own, below = sorted_findings(findings, facts, year)
    marks: dict[str, list[RoutineMark]] = defaultdict(list)
    for mark in records.marks:
        if mark.month.startswith(f"{year}-"):
            marks[mark.subject].append(mark)
    open_months: dict[str, set[str]] = {}
    if scheme.unregistered is not None:
        open_months = yield from _open_months(basis)
    return Evidence(
        year=year,
        own=own,
        below=below,
        marks=marks,
        scores={(one.subject, one.item): one for one in records.scores if one.year == year},
        means=_means(records, scheme, year),
        summaries={one.subject: one for one in records.summaries if one.year == year},
        months={one.id: months_in_post(one, year, facts.today, facts.presence(one)) for one in basis.members},
        open=open_months,
    )


def strikes_of(basis: Basis) -> Struck:
    """Return the records of the year that may veto a member's grade."""
    records = basis.records
    return strikes(basis.facts, basis.policy, basis.year, basis.members, records.checks, records.incidents)


def nothing_of(year: int) -> Evidence:
    """Return the evidence on somebody of whom nothing is known."""
    return Evidence(year=year, own={}, below={}, marks={}, scores={}, means={}, summaries={}, months={})


def points_of(subject: str, kind: Subject, evidence: Evidence, scheme: Scheme) -> Appraisal:
    """Return the points of one subject; where the records cannot be read those of one of whom nothing is known."""
    nothing = nothing_of(evidence.year)
    return guarded(lambda: appraise(subject, kind, evidence, scheme), lambda: appraise(subject, kind, nothing, scheme))


def _open_months(basis: Basis) -> Steps[dict[str, set[str]]]:
    """Return by posting the months that are over and not registered well enough, as the rate of presence has them."""
    names_by_key: dict[str, set[str]] = defaultdict(set)
    over = [one for one in months_over(basis.policy.in_force, basis.today) if one.startswith(f"{basis.year}-")]
    for county in sorted({posting.county for posting in basis.members}):
        for month in over:
            team = basis.month(month, county).members
            for one in team:
                # A month of two positions is one presence, judged under the later posting.
                later = one_presence(one, team)[-1].posting.id == one.posting.id
                if later and standing(one, team) == OPEN:
                    names_by_key[one.posting.id].add(month)
            yield
    return names_by_key


def _findings(basis: Basis) -> Steps[list[Finding]]:
    """Judge what the rules say that the scheme names; those over periods see the year's last one ended."""
    # December has ended only on the day after the year; whatever else is judged stands as at the year's end.
    after = msgspec.structs.replace(basis.facts, today=min(basis.today, date(basis.year + 1, 1, 1)))
    scheme = basis.scheme
    named = {rule for item in scheme.items for rule in item.rules} | {
        rule for veto in scheme.vetoes for rule in veto.rules
    }
    ended = {rule.key for rule in RULES if rule.over == Attendance.kind.name or rule.key in PERIODIC}
    findings: list[Finding] = []
    for rule in sorted(named):
        findings += each(after if rule in ended else basis.facts, basis.policy, rule)
        yield
    return findings


def _means(records: Records, scheme: Scheme, year: int) -> Mapping[tuple[str, str], Mean]:
    """Return what finished rounds say, all rounds of a source weighed by their voices."""
    by_round: dict[str, list[Ballot]] = defaultdict(list)
    for ballot in records.ballots:
        by_round[ballot.round].append(ballot)
    sums: dict[tuple[str, str], tuple[Decimal, int, int]] = defaultdict(lambda: (Decimal(0), 0, 0))
    for ballot_round in _of_year(records.rounds, year):
        result = count(ballot_round, by_round[ballot_round.id], scheme.ballots)
        for subject, tally in result.tallies.items():
            worth, voices, unfinished = sums[subject, ballot_round.source]
            more = sum(tally.ticks[: len(scheme.ballots["team" if subject.endswith("/team") else "member"].values)])
            worth += (tally.mean or Decimal(0)) * more
            sums[subject, ballot_round.source] = (worth, voices + more, unfinished + (not result.finished))
    return {
        key: Mean(worth / voices if voices else None, voices, unfinished)
        for key, (worth, voices, unfinished) in sums.items()
    }


def _of_year(rounds: Iterable[BallotRound], year: int) -> Iterable[BallotRound]:
    return (one for one in rounds if one.year == year)
