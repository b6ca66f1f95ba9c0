"""A practice year's appraisal: routine marks, summaries, ballots keyed twice, and the Office's scores of 2018."""

import random
from collections.abc import Iterator
from datetime import date

from tuopin_desktop.demo.roster import Entry, Roster
from tuopin_desktop.domain.belonging import assign_id
from tuopin_desktop.domain.facts import serves, team_order
from tuopin_desktop.domain.records import AppraisalScore, Ballot, BallotRound, RoutineMark, WorkSummary

YEAR = 2018
_HELD = date(2018, 12, 20)
_SCORED = date(2019, 1, 15)
_RUNNING = date(2019, 5, 28)
_BALLOTS = 8
_MONTHS = range(7, 13)
_SCORED_ITEMS = {"results": "年终实地核查", "summary": "审阅书面总结", "third_party": "第三方评估报告"}
_SUMMARY = "全年按照分工驻村入户，宣讲政策、核实台账、协调项目，纸质总结存考核档案。"


def entries(roster: Roster) -> Iterator[Entry]:
    """Yield what was marked, handed in, voted and scored for every team of the roster, on the days it was entered."""
    for county in roster.counties:
        serving = [one for one in roster.postings.values() if one.county == county and serves(one, _HELD)]
        serving.sort(key=lambda one: (*team_order(one), one.id))
        subjects = [f"{county}/team", *(one.id for one in serving)]
        for subject in subjects:
            yield from _marked(subject)
            if roster.decides:
                yield from _scored(subject)
        yield from _summaries(subjects)
        for source in ("democratic", "survey"):
            yield from _voted(county, subjects, source, _HELD, YEAR)
    if "150426" in roster.counties:
        yield from _unfinished(roster)


def _marked(subject: str) -> Iterator[Entry]:
    chance = random.Random(f"routine {subject}")
    for month in _MONTHS:
        which = f"{YEAR}-{month:02d}"
        points = min(100, max(60, round(chance.gauss(90, 5))))
        yield date(YEAR, month, 28), assign_id(RoutineMark(subject=subject, month=which, points=points), "")


def _scored(subject: str) -> Iterator[Entry]:
    chance = random.Random(f"score {subject}")
    for item, evidence in _SCORED_ITEMS.items():
        points = min(100, max(55, round(chance.gauss(89, 6))))
        score = AppraisalScore(subject=subject, year=YEAR, item=item, points=points, evidence=evidence)
        yield _SCORED, assign_id(score, "")


def _summaries(subjects: list[str]) -> Iterator[Entry]:
    for subject in subjects:
        yield _HELD, assign_id(WorkSummary(subject=subject, year=YEAR, handed=_HELD, text=_SUMMARY), "")


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
    serving = [one for one in roster.postings.values() if one.county == "150426" and serves(one, _RUNNING)]
    serving.sort(key=lambda one: (*team_order(one), one.id))
    subjects = ["150426/team", *(one.id for one in serving)]
    for day, record in _voted("150426", subjects, "survey", _RUNNING, 2019):
        if isinstance(record, Ballot) and record.keying == 2:
            if record.serial == _BALLOTS:
                continue
            if record.serial == 3:
                record = _ballot(BallotRound(id=record.round), 3, 2, "3" + record.marks[1:])
        yield day, record
