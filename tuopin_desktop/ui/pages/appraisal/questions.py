"""What this page asks of the desk; every function here runs in the worker thread."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.appraisal.ballots import Count, kind_of, subjects_of
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import Ballot, BallotRound, Grade
from tuopin_desktop.services.appraisal import ballots, dossier, grades, papers, routine
from tuopin_desktop.services.appraisal.schemes import scheme_of
from tuopin_desktop.services.appraisal.year import Year, compute, glance
from tuopin_desktop.services.office import books, files
from tuopin_desktop.services.office.desk import Desk


class RoundRow(msgspec.Struct, frozen=True):
    """One round of ballots: what its rows are called, how many columns each has, and how the count stands."""

    ballot_round: BallotRound
    county_name: str
    names: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    count: Count
    keyed: dict[str, str]
    """Marks by `serial-keying`."""

    @property
    def state(self) -> str:
        """Return in a word how far the keying is."""
        if self.count.finished and len(self.count.counted) >= (
            self.ballot_round.returned or self.ballot_round.issued or 0
        ):
            return "已计票"
        return "有不一致" if self.count.differing else "录入中" if self.keyed else "待录入"


def year(desk: Desk, count: int, county: str) -> Year:
    """Return a year as the screen shows it."""
    return glance(desk, count, county)


def rounds(desk: Desk, count: int) -> list[RoundRow]:
    """Return the rounds of a year."""
    return [_row(desk, ballot_round) for ballot_round in ballots.rounds(desk, count)]


def _row(desk: Desk, ballot_round: BallotRound) -> RoundRow:
    scheme = scheme_of(desk, ballot_round.year or 0)
    rows = desk.store.rows(Ballot, {"round": ballot_round.id})
    return RoundRow(
        ballot_round=ballot_round,
        county_name=desk.vocabulary["旗县"].word(ids.owner(ballot_round.id)),
        names=tuple(ballots.names(desk, ballot_round)),
        columns=tuple(scheme.ballots[kind_of(subject)].columns for subject in subjects_of(ballot_round)),
        count=ballots.count_round(desk, ballot_round.id),
        keyed={f"{one.serial}-{one.keying}": one.marks for one in rows},
    )


def key(desk: Desk, round_id: str, serial: int, keying: int, marks: str) -> RoundRow:
    """Keep one ballot and return how its round stands then."""
    ballots.key(desk, round_id, serial, keying, marks)
    return _row(desk, ballots.round_of(desk, round_id))


def open_round(desk: Desk, county: str, count: int, source: str, day: date | None, issued: int | None) -> RoundRow:
    """Open a round; raises Refused, also for a form without its day or its ballots."""
    if day is None:
        raise refuse("held", "请填写测评日期", "held")
    if issued is None:
        raise refuse("issued", "请填写发出票数", "issued")
    return _row(desk, ballots.open_round(desk, county, count, source, day, issued=issued))


def write_ballot(desk: Desk, round_id: str, path: Path) -> Path:
    """Write the empty ballot."""
    return files.write(desk, path, ballots.pdf(desk, round_id))


def write_sheet(desk: Desk, count: int, county: str, path: Path) -> Path:
    """Write the proposal sheet as what the file's name says."""
    book = papers.proposal_sheet(desk, compute(desk, count, county))
    return books.write(desk, path, book)


def write_routine(desk: Desk, count: int, county: str, path: Path) -> Path:
    """Write the routine marks side by side, as what the file's name says."""
    return books.write(desk, path, routine.routine_sheet(desk, compute(desk, count, county)))


def write_files(desk: Desk, folder: Path, county: str, progress: Callable[[int, int], None]) -> int:
    """Write everybody's file; return how many."""
    return len(dossier.write_all(desk, folder, county=county, progress=progress))


def propose(desk: Desk, count: int) -> int:
    """Keep the proposals of everybody."""
    return grades.propose(desk, compute(desk, count))


def decide(desk: Desk, subjects: Sequence[str], count: int, grade: Grade) -> int:
    """Record what was decided for some."""
    day = grade.decided_on or desk.today()
    return len(grades.decide(desk, subjects, count, grade.decided, grade.paper, day))
