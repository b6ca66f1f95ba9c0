"""Paper ballots keyed twice (A15-2): what two keyings differ in, what settles it, and the tally of what agrees."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

import msgspec

from tuopin_desktop.domain.appraisal.scheme import Columns
from tuopin_desktop.domain.records import Ballot, BallotRound

FIRST, SECOND, SETTLED = 1, 2, 3
UNTICKED, SPOILT = "0", "x"


class Difference(msgspec.Struct, frozen=True):
    """One row of one ballot that the two keyings read differently; `place` counts rows from 0."""

    serial: int
    place: int
    first: str
    second: str


class Tally(msgspec.Struct, frozen=True):
    """The ticks one subject got by column (from 0), rows left empty and spoilt, and the mean of 100 (None: no tick)."""

    ticks: tuple[int, ...]
    empty: int
    spoilt: int
    mean: Decimal | None


class Count(msgspec.Struct, frozen=True):
    """The tally of a ballot round: serials keyed once only, rows whose keyings differ, valid ballots, result."""

    once: tuple[int, ...]
    differing: tuple[Difference, ...]
    counted: tuple[int, ...]
    tallies: Mapping[str, Tally]

    @property
    def finished(self) -> bool:
        """Tell whether every ballot is keyed twice and nothing differs."""
        return bool(self.counted) and not self.once and not self.differing


def subjects_of(ballot_round: BallotRound) -> tuple[str, ...]:
    """Return the subjects of a round in the order of the ballot's rows."""
    return tuple(line for line in ballot_round.subjects.split("\n") if line)


def problem_of(marks: str, ballot_round: BallotRound, columns: Mapping[str, Columns]) -> str:
    """Return what is wrong with a ballot's marks, in Chinese, or ""; one sign a row, each a column of that row."""
    subjects = subjects_of(ballot_round)
    if len(marks) != len(subjects):
        return f"票上有{len(subjects)}行，录入了{len(marks)}个符号，请核对"
    for place, (sign, subject) in enumerate(zip(marks, subjects, strict=True), start=1):
        most = len(columns[kind_of(subject)].columns)
        if sign not in (UNTICKED, SPOILT) and not (sign.isascii() and sign.isdecimal() and int(sign) <= most):
            return f"第{place}行只有{most}栏，没有“{sign}”；未选填0，作废填x"
    return ""


def kind_of(subject: str) -> str:
    """Return whether a subject's id is a team's or a member's posting."""
    return "team" if subject.endswith("/team") else "member"


def count(ballot_round: BallotRound, ballots: Iterable[Ballot], columns: Mapping[str, Columns]) -> Count:
    """Count a round: only rows in which both keyings agree, or which the third settled, make up a tally."""
    keyed: dict[int, dict[int, str]] = defaultdict(dict)
    for ballot in ballots:
        if not ballot.deleted and ballot.serial is not None and ballot.keying is not None:
            keyed[ballot.serial][ballot.keying] = ballot.marks
    once, differing, values = [], [], {}
    for serial, readings in sorted(keyed.items()):
        settled = readings.get(SETTLED)
        if settled is None and not {FIRST, SECOND} <= readings.keys():
            once.append(serial)
            continue
        quarrels = [] if settled is not None else list(_differences(serial, readings[FIRST], readings[SECOND]))
        differing += quarrels
        if not quarrels:
            values[serial] = settled if settled is not None else readings[FIRST]
    subjects = subjects_of(ballot_round)
    tallies = {
        subject: _tally([marks[place : place + 1] for marks in values.values()], columns[kind_of(subject)])
        for place, subject in enumerate(subjects)
    }
    return Count(tuple(once), tuple(differing), tuple(values), tallies)


def _differences(serial: int, first: str, second: str) -> Iterable[Difference]:
    for place in range(max(len(first), len(second))):
        one, other = first[place : place + 1], second[place : place + 1]
        if one != other:
            yield Difference(serial, place, one, other)


def _tally(signs: list[str], columns: Columns) -> Tally:
    counter = Counter(signs)
    ticks = tuple(counter[str(number)] for number in range(1, len(columns.columns) + 1))
    valued = list(zip(ticks, columns.values, strict=False))
    voices = sum(number for number, _ in valued)
    mean = sum((number * value for number, value in valued), Decimal(0)) / voices if voices else None
    return Tally(ticks, counter[UNTICKED] + counter[""], counter[SPOILT], mean)
