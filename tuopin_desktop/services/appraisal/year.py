"""One year appraised: everybody's points with their trace, and the grades that may be proposed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.appraisal.ballots import count
from tuopin_desktop.domain.appraisal.evidence import Evidence, Mean, members_of, months_in_post, sorted_findings
from tuopin_desktop.domain.appraisal.grading import Proposal, alone, propose
from tuopin_desktop.domain.appraisal.points import Appraisal, appraise
from tuopin_desktop.domain.appraisal.scheme import Scheme, Subject
from tuopin_desktop.domain.appraisal.strikes import of_teams, strikes
from tuopin_desktop.domain.attendance.months import months_over
from tuopin_desktop.domain.attendance.presencerate import OPEN
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.domain.guard import guarded
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import (
    AppraisalScore,
    Attendance,
    Ballot,
    BallotRound,
    Grade,
    Incident,
    OwnCheck,
    Person,
    Posting,
    RoutineMark,
    SpotCheck,
    WorkSummary,
)
from tuopin_desktop.domain.records.choices import POSITION
from tuopin_desktop.domain.rules import PERIODIC, RULES, each
from tuopin_desktop.services.appraisal import quotas
from tuopin_desktop.services.appraisal.schemes import scheme_of
from tuopin_desktop.services.judging import judging, teammonth
from tuopin_desktop.services.judging.monthstanding import one_presence, standing
from tuopin_desktop.services.office.desk import Desk


class AppraisalRow(msgspec.Struct, frozen=True, kw_only=True):
    """One member or team: who, the proposal with its trace, and what the Office has recorded so far.

    `vocabulary` says by which words a grade is called: the personnel status, or `team`.
    """

    subject: str
    name: str
    county: str
    county_name: str
    position: str
    unit: str
    rank: str
    vocabulary: str
    proposal: Proposal
    grade: Grade | None


class Year(msgspec.Struct, frozen=True, kw_only=True):
    """A year's appraisal: the scheme used, members in the order of teams and slots, and the teams.

    `limits` says how the quota was filled and who is tied across its line, a sentence for each pool.
    """

    year: int
    scheme: Scheme
    members: tuple[AppraisalRow, ...]
    teams: tuple[AppraisalRow, ...]
    limits: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[AppraisalRow, ...]:
        """Return members and teams."""
        return (*self.members, *self.teams)


def compute(desk: Desk, year: int, county: str = "") -> Year:
    """Return the year's appraisal as it stands, of one county or of everything this office sees; writes nothing.

    A running year is judged as of today. Raises Refused when no scheme covers the year.
    """
    scheme = scheme_of(desk, year)
    if year > desk.today().year:
        raise refuse("year", f"{year}年还没有开始，不能考核", "year")
    facts = msgspec.structs.replace(judging.measured(desk, min(desk.today(), date(year, 12, 31))), year=year)
    policy = judging.policy_on(desk, facts.today)
    members = members_of(facts, year)
    evidence = _evidence(desk, facts, policy, scheme, year, members)
    codes = sorted({posting.county for posting in members})
    proposal_by_key = {code: alone(_appraised(f"{code}/team", "team", evidence, scheme), scheme) for code in codes}
    evidence = _with_strikes(desk, facts, policy, evidence, members, proposal_by_key, scheme)
    # The quota's pool is everybody, so grades are proposed before one county is picked out.
    appraised = [_appraised(posting.id, "member", evidence, scheme) for posting in members]
    pools = {posting.id: _person(facts, posting).rank for posting in members}
    whole = desk.level is Level.REGION  # a county sees its own people only, and cannot rank the whole region
    proposals = propose(appraised, scheme, pools, whole=whole)
    grades = {grade.subject: grade for grade in desk.store.rows(Grade, {"year": year}, scope=desk.scope)}
    rows = [_member(facts, posting, proposal, grades) for posting, proposal in zip(members, proposals, strict=True)]
    teams = [
        _team(facts, team_proposal, grades)
        for code, team_proposal in proposal_by_key.items()
        if code.startswith(county)
    ]
    appraisal_rows = tuple(row for row in rows if row.county.startswith(county))
    limits = quotas.sentences(proposals, {row.subject: row.name for row in rows}, pools, scheme) if whole else ()
    return Year(year=year, scheme=scheme, members=appraisal_rows, teams=tuple(teams), limits=tuple(limits))


def _appraised(subject: str, kind: Subject, evidence: Evidence, scheme: Scheme) -> Appraisal:
    """Return the points of one subject; where the records cannot be read those of one of whom nothing is known."""
    nothing = Evidence(year=evidence.year, own={}, below={}, marks={}, scores={}, means={}, summaries={}, months={})
    return guarded(lambda: appraise(subject, kind, evidence, scheme), lambda: appraise(subject, kind, nothing, scheme))


def _person(facts: Facts, posting: Posting) -> Person:
    return facts.person_by_id.get(posting.person) or Person(id=posting.person, name=posting.person)


def _member(facts: Facts, posting: Posting, proposal: Proposal, grades: Mapping[str, Grade]) -> AppraisalRow:
    person = _person(facts, posting)
    return AppraisalRow(
        subject=posting.id,
        name=person.name,
        county=posting.county,
        county_name=facts.county_name(posting.county),
        position=POSITION.word(posting.position),
        unit=person.unit,
        rank=person.rank,
        vocabulary=person.status or "default",
        proposal=proposal,
        grade=grades.get(posting.id),
    )


def _team(facts: Facts, proposal: Proposal, grades: Mapping[str, Grade]) -> AppraisalRow:
    subject = proposal.appraisal.subject
    code = ids.owner(subject)
    team = facts.team_by_county.get(code)
    return AppraisalRow(
        subject=subject,
        name=team.name if team else facts.county_name(code),
        county=code,
        county_name=facts.county_name(code),
        position="总队",
        unit="",
        rank="",
        vocabulary="team",
        proposal=proposal,
        grade=grades.get(subject),
    )


def _evidence(
    desk: Desk, facts: Facts, policy: Policy, scheme: Scheme, year: int, members: Sequence[Posting]
) -> Evidence:
    # December has ended only on the day after the year; whatever else is judged stands as at the year's end.
    after = msgspec.structs.replace(facts, today=min(desk.today(), date(year + 1, 1, 1)))
    own, below = sorted_findings(_findings(facts, after, policy, scheme), facts, year)
    store, scope = desk.store, desk.scope
    marks: dict[str, list[RoutineMark]] = defaultdict(list)
    for mark in store.rows(RoutineMark, scope=scope):
        if mark.month.startswith(f"{year}-"):
            marks[mark.subject].append(mark)
    return Evidence(
        year=year,
        own=own,
        below=below,
        marks=marks,
        scores={(one.subject, one.item): one for one in store.rows(AppraisalScore, {"year": year}, scope=scope)},
        means=_means(desk, scheme, year),
        summaries={one.subject: one for one in store.rows(WorkSummary, {"year": year}, scope=scope)},
        months={posting.id: months_in_post(posting, year, facts.today, facts.presence(posting)) for posting in members},
        open=_open_months(desk, facts, policy, year, members) if scheme.unregistered is not None else {},
    )


def _open_months(
    desk: Desk, facts: Facts, policy: Policy, year: int, members: Iterable[Posting]
) -> dict[str, set[str]]:
    """Return by posting the months that are over and not registered well enough, as the rate of presence has them."""
    names_by_key: dict[str, set[str]] = defaultdict(set)
    months = [month for month in months_over(policy.in_force, desk.today()) if month.startswith(f"{year}-")]
    for county in sorted({posting.county for posting in members}):
        for month in months:
            team = teammonth.read(desk, month, county, facts, policy).members
            for one in team:
                # A month of two positions is one presence, judged under the later posting.
                later = one_presence(one, team)[-1].posting.id == one.posting.id
                if later and standing(one, team) == OPEN:
                    names_by_key[one.posting.id].add(month)
    return names_by_key


def _with_strikes(
    desk: Desk,
    facts: Facts,
    policy: Policy,
    evidence: Evidence,
    members: Sequence[Posting],
    teams: Mapping[str, Proposal],
    scheme: Scheme,
) -> Evidence:
    """Return the evidence with the records that may veto a member's grade, the team's own proposal among them."""
    store, scope = desk.store, desk.scope
    checks_made = [*store.rows(SpotCheck, scope=scope), *store.rows(OwnCheck, scope=scope)]
    strikes_by_key = strikes(facts, policy, evidence.year, members, checks_made, store.rows(Incident, scope=scope))
    for subject, more in of_teams(members, teams, scheme.words["team"]).items():
        strikes_by_key[subject] += more
    positions = {posting.id: posting.position for posting in members}
    return msgspec.structs.replace(evidence, strikes=strikes_by_key, positions=positions)


def _findings(facts: Facts, after: Facts, policy: Policy, scheme: Scheme) -> Iterable[Finding]:
    """Yield what the rules that the scheme names say; those over periods see the year's last one ended."""
    named = {rule for item in scheme.items for rule in item.rules} | {
        rule for veto in scheme.vetoes for rule in veto.rules
    }
    ended = {rule.key for rule in RULES if rule.over == Attendance.kind.name or rule.key in PERIODIC}
    for rule in sorted(named):
        yield from each(after if rule in ended else facts, policy, rule)


def _means(desk: Desk, scheme: Scheme, year: int) -> dict[tuple[str, str], Mean]:
    """Return what finished rounds say, all rounds of a source weighed by their voices."""
    by_round: dict[str, list[Ballot]] = defaultdict(list)
    for ballot in desk.store.rows(Ballot, scope=desk.scope):
        by_round[ballot.round].append(ballot)
    sums: dict[tuple[str, str], tuple[Decimal, int, int]] = defaultdict(lambda: (Decimal(0), 0, 0))
    for ballot_round in desk.store.rows(BallotRound, {"year": year}, scope=desk.scope):
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
