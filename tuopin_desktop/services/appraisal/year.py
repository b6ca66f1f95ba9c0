"""One year appraised: everybody's points with their trace, and the grades that may be proposed."""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from tuopin_desktop.domain import ids, steps
from tuopin_desktop.domain.appraisal.evidence import members_of
from tuopin_desktop.domain.appraisal.grading import Proposal, alone, propose
from tuopin_desktop.domain.appraisal.scheme import Scheme
from tuopin_desktop.domain.appraisal.strikes import of_team, of_teams
from tuopin_desktop.domain.appraisal.vetoes import Numbered, with_places
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import (
    AppraisalScore,
    Ballot,
    BallotRound,
    County,
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
from tuopin_desktop.services.appraisal import quotas, yearshelf
from tuopin_desktop.services.appraisal.schemes import scheme_of
from tuopin_desktop.services.appraisal.yearshelf import APPRAISED, Appraised, Row
from tuopin_desktop.services.judging import appraising, judging, teammonth
from tuopin_desktop.services.judging.appraising import Basis, Records
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.shelves import merge, shelves
from tuopin_desktop.services.shelves.topic import Topic


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
    merge.settle(desk, topic_of(desk, year))
    return glance(desk, year, county)


def glance(desk: Desk, year: int, county: str = "") -> Year:
    """Return the same for a screen: at a patient desk it may be of yesterday, and then it is never put on paper."""
    scheme = _scheme(desk, year)
    shelf = shelves.about(desk, yearshelf.topic(year, scheme))
    content = shelf.of(APPRAISED)
    whole = desk.level is Level.REGION and len(content) == shelf.total()  # nobody is ranked among some
    return _put_together(desk, year, scheme, list(content.values()), whole=whole, county=county)


def topic_of(desk: Desk, year: int) -> Topic:
    """Return the topic of a year, whose shelves charts read too; raises Refused when no scheme covers the year."""
    return yearshelf.topic(year, _scheme(desk, year))


def _scheme(desk: Desk, year: int) -> Scheme:
    scheme = scheme_of(desk, year)
    if year > desk.today().year:
        raise refuse("year", f"{year}年还没有开始，不能考核", "year")
    return scheme


def _put_together(
    desk: Desk, year: int, scheme: Scheme, parts: Sequence[Appraised], *, whole: bool, county: str
) -> Year:
    """Return the year of all parts: grades are proposed before one county is picked out, the quota's pool is all."""
    members = sorted((row for part in parts for row in part.members), key=lambda row: row.place)
    team_by_key = {row.county: row for part in parts if (row := part.team) is not None}
    codes = sorted({row.county for row in members})
    teams = [team_by_key.get(code) or _nobody(desk, year, code, scheme) for code in codes]
    team_proposals = {row.county: alone(row.appraisal(scheme), scheme) for row in teams}
    appraised = [row.appraisal(scheme, _team_caps(row, team_proposals, scheme, year)) for row in members]
    pools = {row.subject: row.rank for row in members}
    proposals = propose(appraised, scheme, pools, whole=whole)
    grades = {grade.subject: grade for grade in desk.store.rows(Grade, {"year": year}, scope=desk.scope)}
    limits = quotas.sentences(proposals, {row.subject: row.name for row in members}, pools, scheme) if whole else ()
    pairs = zip(members, proposals, strict=True)
    return Year(
        year=year,
        scheme=scheme,
        members=tuple(_row(row, one, grades) for row, one in pairs if row.county.startswith(county)),
        teams=tuple(_row(row, team_proposals[row.county], grades) for row in teams if row.county.startswith(county)),
        limits=tuple(limits),
    )


def _team_caps(row: Row, teams: Mapping[str, Proposal], scheme: Scheme, year: int) -> list[Numbered]:
    """Return what caps a member's grade by what is proposed for the team."""
    strikes = of_team(teams.get(row.county), scheme.words["team"])
    if row.unread or not strikes:
        return []
    nothing = appraising.nothing_of(year)
    team = msgspec.structs.replace(nothing, strikes={row.subject: strikes}, positions={row.subject: row.position})
    return list(with_places(row.subject, team, scheme, yearshelf.TEAM))


def _nobody(desk: Desk, year: int, code: str, scheme: Scheme) -> Row:
    """Return the row of a county of which nothing is kept but who was posted there, by another one."""
    counties = tuple(one for one in desk.store.rows(County) if one.code.startswith(desk.scope))
    facts = Facts(today=desk.today(), scope=desk.scope, counties=counties)
    return yearshelf.team_row(code, facts, appraising.nothing_of(year), scheme)


def _row(row: Row, proposal: Proposal, grades: Mapping[str, Grade]) -> AppraisalRow:
    return AppraisalRow(
        subject=row.subject,
        name=row.name,
        county=row.county,
        county_name=row.county_name,
        position="总队" if row.kind == "team" else POSITION.word(row.position),
        unit=row.unit,
        rank=row.rank,
        vocabulary=row.vocabulary,
        proposal=proposal,
        grade=grades.get(row.subject),
    )


def at_once(desk: Desk, year: int, county: str = "") -> Year:
    """Return what `compute` returns from all records at once: what is put together from shelves is checked by it."""
    scheme = _scheme(desk, year)
    facts = msgspec.structs.replace(judging.measured(desk, min(desk.today(), date(year, 12, 31))), year=year)
    policy = judging.policy_on(desk, facts.today)
    members = members_of(facts, year)
    basis = Basis(
        year=year, today=desk.today(), facts=facts, policy=policy, scheme=scheme, members=members,
        records=_records(desk), month=lambda month, county: teammonth.read(desk, month, county, facts, policy),
    )  # fmt: skip
    evidence = steps.at_once(appraising.evidence(basis))
    codes = sorted({posting.county for posting in members})
    proposal_by_key = {
        code: alone(appraising.points_of(f"{code}/team", "team", evidence, scheme), scheme) for code in codes
    }
    strikes = appraising.strikes_of(basis)
    for subject, more in of_teams(members, proposal_by_key, scheme.words["team"]).items():
        strikes[subject] += more
    positions = {posting.id: posting.position for posting in members}
    evidence = msgspec.structs.replace(evidence, strikes=strikes, positions=positions)
    # The quota's pool is everybody, so grades are proposed before one county is picked out.
    appraised = [appraising.points_of(posting.id, "member", evidence, scheme) for posting in members]
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


def _records(desk: Desk) -> Records:
    store, scope = desk.store, desk.scope
    return Records(
        marks=store.rows(RoutineMark, scope=scope),
        scores=store.rows(AppraisalScore, scope=scope),
        summaries=store.rows(WorkSummary, scope=scope),
        rounds=store.rows(BallotRound, scope=scope),
        ballots=store.rows(Ballot, scope=scope),
        checks=(*store.rows(SpotCheck, scope=scope), *store.rows(OwnCheck, scope=scope)),
        incidents=store.rows(Incident, scope=scope),
    )


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
