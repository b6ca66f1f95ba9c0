"""A rate stands with what it rests on, and none is stated of too little."""

import pytest

from tuopin_desktop.domain.attendance.presencerate import OPEN, REACHED, SHORT, PresenceRate


@pytest.mark.parametrize(
    ("reached", "short", "unknown", "words", "brief"),
    [
        (34, 1, 0, "达标率97.1%（已登记100%）", "97.1%（100%）"),
        (33, 0, 6, "达标率100%（已登记84.6%）", "100%（84.6%）"),
        (4, 0, 1, "达标率100%（已登记80%）", "100%（80%）"),
        (309, 0, 1679, "达标率登记不足，不作比率（已登记15.5%）", "—（15.5%）"),
        (0, 0, 5, "达标率登记不足，不作比率（已登记0%）", "—（0%）"),
        (0, 0, 0, "", ""),
    ],
)
def test_it_is_said_with_its_coverage(reached: int, short: int, unknown: int, words: str, brief: str) -> None:
    states = [REACHED] * reached + [SHORT] * short + [OPEN] * unknown
    found = PresenceRate.of(states, 80)
    assert (found.text, found.brief) == (words, brief)


def test_one_month_missing_of_thousands_is_not_all_of_them() -> None:
    assert PresenceRate(reached=2999, short=0, unknown=1, least=80).coverage == 99.9


def test_where_the_office_wants_every_rate_stated_it_is() -> None:
    assert PresenceRate(reached=1, short=1, unknown=8, least=0).stated == 50.0
