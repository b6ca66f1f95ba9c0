"""A practice term's appraisals: routine marks, summaries, ballots keyed twice, and the Office's scores of each year."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from tuopin_desktop.demo.roster import Entry, Roster
from tuopin_desktop.demo.term import Term
from tuopin_desktop.domain.belonging import assign_id
from tuopin_desktop.domain.facts import serves, team_order
from tuopin_desktop.domain.records import AppraisalScore, Ballot, BallotRound, RoutineMark, WorkSummary

_BALLOTS = 8
_SCORED_ITEMS = {"results": "年终实地核查", "summary": "审阅书面总结", "third_party": "第三方评估报告"}
_SUMMARY = "全年按照分工驻村入户，宣讲政策、核实台账、协调项目，纸质总结存考核档案。"


class Year(msgspec.Struct, frozen=True):
    """An appraised year, and the first of its months that was marked."""

    year: int
    first: int

    @property
    def day(self) -> date:
        """Return the day on which summaries were handed in and ballots cast."""
        return date(self.year, 12, 20)

    @property
    def scored(self) -> date:
        """Return the day on which the Office scored it."""
        return date(self.year + 1, 1, 15)

    def chance(self, what: str) -> random.Random:
        """Return the source of chance of one matter; of the first year it bears no year, of which there was one."""
        return random.Random(what if self.year == _YEARS[0].year else f"{what} {self.year}")


_YEARS = (Year(2018, 7), Year(2019, 1), Year(2020, 1))


def entries(roster: Roster) -> Iterator[Entry]:
    """Yield what was marked, handed in, voted and scored for every team of the roster, on the days it was entered."""
    for year in _YEARS:
        if year.scored < roster.term.morning or roster.term.whole:
            for county in roster.counties:
                yield from _appraised(roster, county, year)
    if "150426" in roster.counties:
        yield from _unfinished(roster)


def _appraised(roster: Roster, county: str, year: Year) -> Iterator[Entry]:
    day = min(year.day, roster.term.last)
    subjects = _subjects(roster, county, day)
    for subject in subjects:
        yield from _marked(subject, year, roster.term)
        if roster.decides and year.scored < roster.term.morning:
            yield from _scored(subject, year)
    if year.day < roster.term.morning:
        yield from _summaries(subjects, year)
        for source in ("democratic", "survey"):
            yield from _voted(county, subjects, source, year.day, year.year)


def _subjects(roster: Roster, county: str, day: date) -> list[str]:
    """Return a team and those who serve in it on a day, in its order."""
    serving = [one for one in roster.postings.values() if one.county == county and serves(one, day)]
    serving.sort(key=lambda one: (*team_order(one), one.id))
    return [f"{county}/team", *(one.id for one in serving)]


def _marked(subject: str, year: Year, term: Term) -> Iterator[Entry]:
    chance = year.chance(f"routine {subject}")
    for month in range(year.first, 13):
        day, which = date(year.year, month, 28), f"{year.year}-{month:02d}"
        if day < term.morning:
            points = min(100, max(60, round(chance.gauss(90, 5))))
            yield day, assign_id(RoutineMark(subject=subject, month=which, points=points), "")


def _scored(subject: str, year: Year) -> Iterator[Entry]:
    chance = year.chance(f"score {subject}")
    for item, evidence in _SCORED_ITEMS.items():
        points = min(100, max(55, round(chance.gauss(89, 6))))
        score = AppraisalScore(subject=subject, year=year.year, item=item, points=points, evidence=evidence)
        yield year.scored, assign_id(score, "")


def _summaries(subjects: list[str], year: Year) -> Iterator[Entry]:
    for subject in subjects:
        yield year.day, assign_id(WorkSummary(subject=subject, year=year.year, handed=year.day, text=_SUMMARY), "")


def _voted(county: str, subjects: list[str], source: str, day: date, year: int) -> Iterator[Entry]:
    ballot_round = BallotRound(
        id=f"{county}/{year}-{source}-{day.isoformat()}",
        year=year,
        source=source,
        held=day,
        issued=_BALLOTS,
        returned=_BALLOTS,
        subjects="\n".join(subjects),
    )
    yield day, ballot_round
    chance = random.Random(f"ballots {ballot_round.id}")
    for serial in range(1, _BALLOTS + 1):
        marks = "".join(chance.choices("12345", (62, 28, 4, 1, 5))[0] for _ in subjects)
        for keying in (1, 2):
            yield day, _ballot(ballot_round, serial, keying, marks)


def _ballot(ballot_round: BallotRound, serial: int, keying: int, marks: str) -> Ballot:
    name = ("录入甲", "录入乙")[keying - 1]
    return Ballot(
        id=f"{ballot_round.id}/{serial}-{keying}",
        round=ballot_round.id,
        serial=serial,
        keying=keying,
        marks=marks,
        by=name,
    )


def _unfinished(roster: Roster) -> Iterator[Entry]:
    """Yield a round that is still being keyed: one ballot keyed once, one read differently."""
    running = roster.term.morning - timedelta(days=6)
    subjects = _subjects(roster, "150426", running)
    for day, record in _voted("150426", subjects, "survey", running, running.year):
        if isinstance(record, Ballot) and record.keying == 2:
            if record.serial == _BALLOTS:
                continue
            if record.serial == 3:
                record = _ballot(BallotRound(id=record.round), 3, 2, "3" + record.marks[1:])
        yield day, record
