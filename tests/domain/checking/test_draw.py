"""The draw: the same from the same seed, provable, fair by weight, and refused where no lot would be fair."""

import hashlib
from collections import Counter
from datetime import date, timedelta

import pytest

from tests.domain.rules.build import POLICY
from tuopin_desktop.domain.spotchecks.draw import Candidate, Weighing, draw, read, write

DAY = date(2019, 6, 3)
TEAMS = [Candidate(f"15042{n}", None if n == 3 else DAY - timedelta(days=10 * n), 10 * n + 1) for n in range(8)]


def by_hand(weights: list[tuple[str, int]], wanted: int, seed: str) -> list[str]:
    """The procedure once more, written as its description reads."""
    left, place = sorted(weights), 0
    drawn: list[str] = []
    while left and len(drawn) < wanted:
        total = sum(weight for _, weight in left)
        while True:
            place += 1
            number = int(hashlib.sha256(f"{seed}/{place}".encode()).hexdigest(), 16)
            if number < 2**256 - 2**256 % total:
                break
        ladder = [name for name, weight in left for _ in range(weight)]
        chosen = ladder[number % total]
        drawn.append(chosen)
        left = [pair for pair in left if pair[0] != chosen]
    return drawn


def test_the_draw_comes_out_as_its_description_says() -> None:
    weights = [(item.id, item.weight) for item in TEAMS]
    for seed in ("20190603", "七星", "a-b-c"):
        assert list(draw(TEAMS, 5, seed)) == by_hand(weights, 5, seed)


def test_what_was_drawn_in_the_first_release_is_drawn_for_ever() -> None:
    assert draw(TEAMS, 3, "20190603") == ("150424", "150427", "150426")


def test_the_order_of_the_candidates_does_not_matter_and_nobody_is_drawn_twice() -> None:
    drawn = draw(TEAMS, 8, "x")
    assert draw(TEAMS[::-1], 8, "x") == drawn
    assert sorted(drawn) == [item.id for item in TEAMS]
    assert draw(TEAMS, 99, "x") == drawn
    assert draw([], 3, "x") == ()


def test_who_was_not_checked_for_longer_is_drawn_more_often() -> None:
    pair = [Candidate("a", None, 1), Candidate("b", None, 9)]
    counted = Counter(draw(pair, 1, str(number))[0] for number in range(2000))
    assert 0.87 < counted["b"] / 2000 < 0.93


def test_the_kept_text_is_read_back_whole() -> None:
    assert read(write(TEAMS[::-1])) == tuple(TEAMS)


def test_weights_follow_the_days_since_the_last_check() -> None:
    weighing = Weighing.of(POLICY)
    days = {"yesterday": 1, "a month": 30, "a year": 365}
    found = {name: weighing.candidate(name, DAY - timedelta(days=n), DAY).weight for name, n in days.items()}
    assert found == {"yesterday": 7, "a month": 30, "a year": 180}
    assert weighing.candidate("never", None, DAY).weight == 180


@pytest.mark.parametrize("candidates", [[TEAMS[0], TEAMS[0]], [Candidate("a", None, 0)]])
def test_an_unfair_lot_is_refused(candidates: list[Candidate]) -> None:
    with pytest.raises(ValueError, match="weight"):
        draw(candidates, 1, "x")
