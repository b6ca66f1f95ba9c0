"""A year of one owner, judged once: who is appraised with his points, the months of the team, what it owes."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import partial

import msgspec

from tuopin_desktop.domain.appraisal.evidence import Evidence, TraceLine, members_of
from tuopin_desktop.domain.appraisal.points import Appraisal, ItemPoints, appraise
from tuopin_desktop.domain.appraisal.scheme import By, Scheme, Subject
from tuopin_desktop.domain.appraisal.vetoes import Numbered, with_places
from tuopin_desktop.domain.attendance.months import span_of
from tuopin_desktop.domain.facts import Facts, team_order
from tuopin_desktop.domain.guard import guarded
from tuopin_desktop.domain.monthleave import MonthLeave, in_month
from tuopin_desktop.domain.records import (
    AppraisalScore,
    Ballot,
    BallotRound,
    Incident,
    OwnCheck,
    Person,
    Posting,
    RoutineMark,
    SpotCheck,
    WorkSummary,
)
from tuopin_desktop.domain.shelf import duties
from tuopin_desktop.domain.shelf.part import OFFICE, Part
from tuopin_desktop.domain.steps import Steps
from tuopin_desktop.domain.traces import Traces
from tuopin_desktop.domain.under import under
from tuopin_desktop.services.judging import appraising, teamfigures, teammonth
from tuopin_desktop.services.judging.appraising import Basis, Records
from tuopin_desktop.services.judging.teamfigures import TeamFigures
from tuopin_desktop.services.shelves.drawers import Drawer
from tuopin_desktop.services.shelves.groups import YEAR
from tuopin_desktop.services.shelves.topic import Topic
from tuopin_desktop.services.shelves.world import digest

TEAM: tuple[By, ...] = ("team",)
"""The vetoes by what is proposed for the team: of another county's team it is not known in an owner's part."""
_OTHERS: tuple[By, ...] = ("findings", "leave", "case", "not_found", "incident")


class Row(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """One member or team with its points by the items of the scheme; `caps` are those that are not by the team.

    Of one whose records cannot be read nothing counts, the team's grade neither: it is `unread`.
    """

    place: tuple[str | int, ...]
    subject: str
    kind: Subject
    name: str
    county: str
    county_name: str
    position: str = ""
    unit: str = ""
    rank: str = ""
    vocabulary: str
    items: tuple[tuple[Decimal | None, tuple[TraceLine, ...]], ...]
    caps: tuple[Numbered, ...] = ()
    unread: bool = False

    def appraisal(self, scheme: Scheme, caps: Iterable[Numbered] = ()) -> Appraisal:
        """Return the points under the scheme they were made by, with further caps."""
        pairs = zip(scheme.of(self.kind), self.items, strict=True)
        every = sorted((*self.caps, *caps), key=lambda one: one[0])
        return Appraisal(
            subject=self.subject,
            kind=self.kind,
            items=tuple(ItemPoints(item, points, lines) for item, (points, lines) in pairs),
            caps=tuple(cap for _, cap in every),
        )


class Appraised(msgspec.Struct, frozen=True, array_like=True):
    """The members an owner keeps, in their order, and his team."""

    members: tuple[Row, ...] = ()
    team: Row | None = None


APPRAISED: Drawer[Appraised] = Drawer("appraised", Appraised)
MONTHS: Drawer[dict[str, TeamFigures]] = Drawer("months", dict[str, TeamFigures])
LEAVE: Drawer[dict[str, MonthLeave]] = Drawer("leave by month", dict[str, MonthLeave])
DUTIES: Drawer[list[duties.Entry]] = Drawer("duties", list[duties.Entry])


def topic(year: int, scheme: Scheme | None) -> Topic:
    """Return the topic of a year; without a scheme nobody is appraised."""
    return Topic(
        group=YEAR,
        name=str(year),
        fill=partial(_fill, year, scheme),
        day=partial(_day, year),
        kinds=appraising.KINDS,
        also=digest(msgspec.to_builtins(scheme, str_keys=True)),
    )


def _day(year: int, today: date) -> date:
    """Return the day a year is judged by: its last one, or today while it runs."""
    return min(today, date(year, 12, 31))


def _fill(year: int, scheme: Scheme | None, part: Part) -> Steps[dict[str, bytes]]:
    facts, policy, today = under(part.facts, part.policy.id), part.policy, part.facts.today
    # Contradictions are no part of a year: the cross-check of evidence is asked about today.
    facts = msgspec.structs.replace(facts, today=_day(year, today), year=year, traces=Traces())
    months = _Months(facts=facts, part=part, months={})
    appraised = Appraised()
    if scheme is not None and part.owner != OFFICE:
        appraised = yield from _appraised(year, scheme, part, facts, months)
    yield
    figures = yield from months.figures(year)
    leave = yield from _leave(year, facts, part)
    owed = duties.of_year(part, facts, policy, year)
    return {
        APPRAISED.name: APPRAISED.pack(appraised),
        MONTHS.name: MONTHS.pack(figures),
        LEAVE.name: LEAVE.pack(leave),
        DUTIES.name: DUTIES.pack(owed),
    }


def _leave(year: int, facts: Facts, part: Part) -> Steps[dict[str, MonthLeave]]:
    """Read in steps the leave of every month that has begun, as the circular of that month tells it."""
    leave: dict[str, MonthLeave] = {}
    for number in range(1, (facts.today.month if facts.today.year == year else 12) + 1):
        month = f"{year}-{number:02d}"
        span = span_of(month)
        assert span is not None, "a year has months"
        leave[month] = in_month(facts, part.policy, *span, part.holds)
        yield
    return leave


class _Months(msgspec.Struct, frozen=True):
    """The months of the teams in a part, each read once."""

    facts: Facts
    part: Part
    months: dict[tuple[str, str], teammonth.TeamMonth]

    def of(self, month: str, county: str) -> teammonth.TeamMonth:
        """Return a county's month."""
        if (month, county) not in self.months:
            self.months[month, county] = teammonth.in_facts(self.facts, self.part.policy, month, county)
        return self.months[month, county]

    def figures(self, year: int) -> Steps[dict[str, TeamFigures]]:
        """Count in steps the owner's months that have begun and in which anybody served."""
        facts, owner = self.facts, self.part.owner
        figures: dict[str, TeamFigures] = {}
        if owner == OFFICE or owner not in facts.county_by_code:
            return figures
        for number in range(1, (facts.today.month if facts.today.year == year else 12) + 1):
            team = self.of(f"{year}-{number:02d}", owner)
            if team.members:
                figures[team.month] = teamfigures.figures(team, facts)
            yield
        return figures


def _appraised(year: int, scheme: Scheme, part: Part, facts: Facts, months: _Months) -> Steps[Appraised]:
    members = [one for one in members_of(facts, year) if part.holds(one.kind.name, one.id)]
    basis = Basis(
        year=year,
        today=part.facts.today,
        facts=facts,
        policy=part.policy,
        scheme=scheme,
        members=members,
        records=_records(part),
        month=months.of,
    )
    evidence = yield from appraising.evidence(basis)
    team = team_row(part.owner, facts, evidence, scheme)
    strikes = appraising.strikes_of(basis)
    positions = {one.id: one.position for one in members}
    evidence = msgspec.structs.replace(evidence, strikes=strikes, positions=positions)
    rows = []
    for turn, posting in enumerate(members):
        rows.append(_member_row(posting, (part.owner, turn), facts, evidence, scheme))
        yield
    return Appraised(tuple(rows), team)


def _records(part: Part) -> Records:
    return Records(
        marks=part.records(RoutineMark),
        scores=part.records(AppraisalScore),
        summaries=part.records(WorkSummary),
        rounds=part.records(BallotRound),
        ballots=part.records(Ballot),
        checks=(*part.records(SpotCheck), *part.records(OwnCheck)),
        incidents=part.records(Incident),
    )


def _member_row(posting: Posting, among: tuple[str, int], facts: Facts, evidence: Evidence, scheme: Scheme) -> Row:
    person = facts.person_by_id.get(posting.person) or Person(id=posting.person, name=posting.person)
    appraisal, unread = _points(posting.id, "member", evidence, scheme)
    caps = () if unread else tuple(with_places(posting.id, evidence, scheme, _OTHERS))
    return Row(
        place=(*team_order(posting), str(posting.since or date(evidence.year, 1, 1)), *among),
        subject=posting.id,
        kind="member",
        name=person.name,
        county=posting.county,
        county_name=facts.county_name(posting.county),
        position=posting.position,
        unit=person.unit,
        rank=person.rank,
        vocabulary=person.status or "default",
        items=tuple((one.points, one.lines) for one in appraisal.items),
        caps=caps,
        unread=unread,
    )


def team_row(code: str, facts: Facts, evidence: Evidence, scheme: Scheme) -> Row:
    """Return the row of a county's team."""
    team, subject = facts.team_by_county.get(code), f"{code}/team"
    return Row(
        place=(code,),
        subject=subject,
        kind="team",
        name=team.name if team else facts.county_name(code),
        county=code,
        county_name=facts.county_name(code),
        vocabulary="team",
        items=tuple((one.points, one.lines) for one in _points(subject, "team", evidence, scheme)[0].items),
    )


def _points(subject: str, kind: Subject, evidence: Evidence, scheme: Scheme) -> tuple[Appraisal, bool]:
    """Return the points of one subject, and whether they had to be those of one of whom nothing is known."""
    unread: list[bool] = []

    def bare() -> Appraisal:
        unread.append(True)
        return appraise(subject, kind, appraising.nothing_of(evidence.year), scheme)

    return guarded(lambda: appraise(subject, kind, evidence, scheme), bare), bool(unread)
