"""Paper ballots (A15-2): open a round, print its ballots, key each twice, settle what differs, read the tally."""

from datetime import date

from tuopin_desktop.documents import pdf as pdfs
from tuopin_desktop.documents import table
from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.domain.appraisal.ballots import (
    FIRST,
    SECOND,
    SETTLED,
    Count,
    count,
    kind_of,
    problem_of,
    subjects_of,
)
from tuopin_desktop.domain.appraisal.scheme import Scheme
from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.domain.facts import serves, team_order
from tuopin_desktop.domain.policy import pack_of
from tuopin_desktop.domain.problems import Refused, refuse
from tuopin_desktop.domain.records import Ballot, BallotRound, Person, Posting, Team
from tuopin_desktop.domain.records.choices import BALLOT, POSITION
from tuopin_desktop.services.appraisal.schemes import scheme_of
from tuopin_desktop.services.office import ordering
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

MOST = 2000
"""Ballots of a round; more is a slip of the finger."""


def open_round(
    desk: Desk, county: str, year: int, source: str, day: date, *, issued: int, place: str = "", tellers: str = ""
) -> BallotRound:
    """Open a round over the team of a county and all its members in post on the day; raises Refused.

    Opening the same round again returns it as it is: the order of its rows is on the printed paper.
    """
    record_id = f"{county}/{year}-{source}-{day.isoformat()}"
    standing = desk.store.get(BallotRound, record_id)
    if standing is not None and not standing.deleted:
        return standing
    scheme_of(desk, year)
    if not 1 <= issued <= MOST:
        raise refuse("issued", f"发出票数应为1至{MOST}", "issued", article=15)
    postings = ordering.rows(desk, Posting, {"county": county})
    serving = [one for one in postings if serves(one, day) and pack_of(one) == desk.policy.id]
    if not serving:
        raise refuse("nobody", f"{day.isoformat()}没有在派人员，不能测评", "held", article=15)
    subjects = [f"{county}/team", *(one.id for one in sorted(serving, key=team_order))]
    ballot_round = BallotRound(
        id=record_id,
        year=year,
        source=source,
        held=day,
        place=place,
        issued=issued,
        tellers=tellers,
        subjects="\n".join(subjects),
    )
    _keep(desk, ballot_round)
    return ballot_round


def key(desk: Desk, round_id: str, serial: int, keying: int, marks: str, by: str = "") -> Ballot:
    """Keep one ballot as it was keyed; raises Refused for signs the paper does not have. Keying again replaces.

    The third keying settles a difference; it is refused while the ballot was not keyed twice.
    """
    ballot_round = round_of(desk, round_id)
    marks = "".join(marks.split()).lower()
    if not 1 <= serial <= (ballot_round.issued or 0):
        raise refuse("serial", f"发出{ballot_round.issued}张票，没有第{serial}号", "serial", article=15)
    if keying not in (FIRST, SECOND, SETTLED):
        raise refuse("keying", "第几遍应为1、2，或3（核定）", "keying", article=15)
    if wrong := problem_of(marks, ballot_round, scheme_of(desk, ballot_round.year or 0).ballots):
        raise refuse("marks", f"第{serial}号票：{wrong}", "marks", article=15)
    if keying == SETTLED and any(_kept(desk, round_id, serial, one) is None for one in (FIRST, SECOND)):
        raise refuse("keying", f"第{serial}号票还没有录完两遍，不能核定", "keying", article=15)
    ballot = Ballot(
        id=_id(round_id, serial, keying), round=round_id, serial=serial, keying=keying, marks=marks, by=by or desk.user
    )
    _keep(desk, ballot)
    return ballot


def _keep(desk: Desk, record: BallotRound | Ballot) -> None:
    """Write a record of a sealed kind; raises Refused naming the fields."""
    if problems := registers.check(desk, record):
        raise Refused(problems)
    if (change := registers.change_of(desk, record)) is not None:
        desk.commit([change])


def _id(round_id: str, serial: int, keying: int) -> str:
    return f"{round_id}/{serial}-{keying}"


def _kept(desk: Desk, round_id: str, serial: int, keying: int) -> Ballot | None:
    return desk.store.get(Ballot, _id(round_id, serial, keying))


def round_of(desk: Desk, round_id: str) -> BallotRound:
    """Return a round; raises Refused."""
    ballot_round = desk.store.get(BallotRound, round_id)
    if ballot_round is None or ballot_round.deleted:
        raise refuse("missing", f"没有测评场次“{round_id[:60]}”", "round")
    return ballot_round


def rounds(desk: Desk, year: int, county: str = "") -> list[BallotRound]:
    """Return the rounds of a year in id order."""
    return desk.store.rows(BallotRound, {"year": year}, scope=county or desk.scope)


def count_round(desk: Desk, round_id: str) -> Count:
    """Return the tally of a round: ballots that count, those keyed once, differing keyings, and means by row."""
    ballot_round = round_of(desk, round_id)
    return count(
        ballot_round, desk.store.rows(Ballot, {"round": round_id}), scheme_of(desk, ballot_round.year or 0).ballots
    )


def names(desk: Desk, ballot_round: BallotRound) -> list[str]:
    """Return the words of the ballot's rows in order: the team, then 职务 and name of each member."""
    postings = {one.id: one for one in desk.store.rows(Posting, among=subjects_of(ballot_round))}
    people = {one.id: one for one in desk.store.rows(Person, among=[one.person for one in postings.values()])}
    lines = []
    for subject in subjects_of(ballot_round):
        posting = postings.get(subject)
        if posting is None:
            team = desk.store.get(Team, subject)
            lines.append(team.name if team else subject)
        else:
            person = people.get(posting.person)
            lines.append(f"{POSITION.word(posting.position)}　{person.name if person else posting.person}")
    return lines


def papers(desk: Desk, round_id: str) -> list[Sheet]:
    """Return one empty ballot as pages, to be copied as often as ballots are issued; ballots bear no name."""
    ballot_round = round_of(desk, round_id)
    scheme = scheme_of(desk, ballot_round.year or 0)
    kinds = [kind_of(subject) for subject in subjects_of(ballot_round)]
    called = names(desk, ballot_round)
    sheets: list[Sheet] = []
    for kind in ("team", "member"):
        rows = [name for name, one in zip(called, kinds, strict=True) if one == kind]
        sheets += table.sheets(_ballot(ballot_round, scheme, kind, rows), desk.fonts(), len(sheets) + 1)
    return sheets


def pdf(desk: Desk, round_id: str) -> bytes:
    """Return the empty ballot as a PDF."""
    return pdfs.render(papers(desk, round_id), desk.fonts(), title="测评票", mark=desk.mark)


def _ballot(ballot_round: BallotRound, scheme: Scheme, kind: str, rows: list[str]) -> Table:
    columns = scheme.ballots[kind].columns
    each = 100 / len(columns)
    called = (
        f"{ballot_round.year}年度{'工作总队' if kind == 'team' else '工作总队成员'}{BALLOT.word(ballot_round.source)}票"
    )
    return Table(
        title=called,
        columns=(
            Column("对象", 64),
            *(Column(f"{word}\n（{number}）", each, "center") for number, word in enumerate(columns, start=1)),
        ),
        rows=tuple((name, *("" for _ in columns)) for name in rows),
        filled=ballot_round.held,
        notes=("注：每行只选一栏，打“√”；多选或涂改的该行作废。本票不记名。",),
        signed=("票号：　　　　　　",),
        landscape=False,
        size=14,
    )
