"""Ballots are keyed twice; only what agrees, or was settled from the paper, counts."""

from decimal import Decimal

from tuopin_desktop.domain.appraisal.ballots import Difference, count, problem_of
from tuopin_desktop.domain.appraisal.scheme import Columns
from tuopin_desktop.domain.records import Ballot, BallotRound

ROUND = BallotRound(
    id="150426/2019-democratic-2019-12-20", year=2019, issued=3, subjects="150426/team\n150426/a\n150426/b"
)
_VALUES = tuple(Decimal(value) for value in (100, 80, 60, 0))
COLUMNS = {
    "team": Columns(columns=("好", "较好", "一般", "较差", "不了解"), values=_VALUES),
    "member": Columns(columns=("优秀", "称职", "基本称职", "不称职", "不了解"), values=_VALUES),
}


def ballot(serial: int, keying: int, marks: str) -> Ballot:
    return Ballot(id=f"{ROUND.id}/{serial}-{keying}", round=ROUND.id, serial=serial, keying=keying, marks=marks)


def test_two_equal_keyings_make_a_tally() -> None:
    found = count(ROUND, [ballot(1, 1, "125"), ballot(1, 2, "125"), ballot(2, 1, "11x"), ballot(2, 2, "11x")], COLUMNS)
    assert found.finished
    assert found.counted == (1, 2)
    assert found.tallies["150426/team"].mean == 100
    assert found.tallies["150426/a"].mean == 90
    assert found.tallies["150426/a"].ticks == (1, 1, 0, 0, 0)
    unknown = found.tallies["150426/b"]
    assert (unknown.mean, unknown.spoilt, unknown.ticks[4]) == (None, 1, 1), "不了解 and a spoilt row are no voice"


def test_a_difference_keeps_the_ballot_out_until_it_is_settled() -> None:
    keyed = [ballot(1, 1, "121"), ballot(1, 2, "131")]
    found = count(ROUND, keyed, COLUMNS)
    assert found.differing == (Difference(1, 1, "2", "3"),)
    assert not found.finished
    assert found.counted == ()
    settled = count(ROUND, [*keyed, ballot(1, 3, "131")], COLUMNS)
    assert settled.finished
    assert settled.tallies["150426/a"].ticks == (0, 0, 1, 0, 0)


def test_a_ballot_keyed_once_does_not_count() -> None:
    found = count(ROUND, [ballot(1, 2, "111")], COLUMNS)
    assert (found.once, found.counted, found.finished) == ((1,), (), False)


def test_an_empty_round_is_not_finished() -> None:
    assert not count(ROUND, [], COLUMNS).finished


def test_marks_must_fit_the_paper() -> None:
    assert problem_of("10x", ROUND, COLUMNS) == ""
    assert "3行" in problem_of("11", ROUND, COLUMNS)
    assert "第2行" in problem_of("161", ROUND, COLUMNS)
    assert "第3行" in problem_of("11一", ROUND, COLUMNS)
