"""Article 6: to the end of 2020, and staying after the exit from poverty."""

from datetime import date
from typing import Any

import pytest

from tests.domain.rules.build import EFFECT, county, facts, judged, only, posting, team
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Finding, Verdict

END = date(2020, 12, 31)


def term(today: date = date(2019, 9, 1), **post: Any) -> Finding:
    return only(facts(today=today, postings=[posting("150125/p", **post)]), "A06-1")


@pytest.mark.parametrize(
    ("post", "verdict", "words"),
    [
        ({}, Verdict.OK, "帮扶期限至2020-12-31"),
        ({"until": END}, Verdict.OK, "派驻至帮扶期限"),
        ({"until": date(2019, 8, 1)}, Verdict.NOTICE, "离任原因未登记"),
        ({"until": date(2020, 12, 30)}, Verdict.NOTICE, "离任原因未登记"),
        ({"until": date(2019, 8, 1), "end_reason": "health"}, Verdict.OK, "离任原因：身体原因"),
        ({"until": date(2019, 8, 1), "end_reason": "term"}, Verdict.AMBER, "登记为“期满”"),
        ({"until": date(2021, 1, 1)}, Verdict.NOTICE, "超过帮扶期限"),
        ({"until": date(2018, 5, 29)}, Verdict.NOTICE, "早于派驻起"),
        ({"since": date(2019, 8, 2), "until": date(2019, 8, 1)}, Verdict.AMBER, "早于派驻起"),
        ({"since": None}, Verdict.NOTICE, "派驻起日期未登记"),
    ],
)
def test_the_span_of_a_posting(post: dict[str, Any], verdict: Verdict, words: str) -> None:
    finding = term(**post)
    assert finding.verdict is verdict
    assert words in finding.sentence


def test_a_posting_still_open_after_the_term_is_a_notice() -> None:
    assert term(END).verdict is Verdict.OK
    finding = term(date(2021, 1, 1))
    assert finding.verdict is Verdict.NOTICE
    assert "尚未登记结束" in finding.sentence


@pytest.mark.parametrize(
    ("today", "verdict", "words"),
    [
        (date(2020, 10, 1), Verdict.OK, "还有91天"),
        (date(2020, 10, 2), Verdict.NOTICE, "还有90天"),
        (END, Verdict.NOTICE, "还有0天"),
        (date(2021, 1, 1), Verdict.NOTICE, "已满1天"),
    ],
)
def test_the_days_left_are_counted_for_the_team(today: date, verdict: Verdict, words: str) -> None:
    finding = only(facts(today=today, teams=[team()]), "A06-1")
    assert finding.verdict is verdict
    assert words in finding.sentence


def left(exit_month: str, until: date | None, today: date = date(2019, 9, 1)) -> Facts:
    here = county(exit=exit_month)
    return facts(today=today, counties=[here], teams=[team()], postings=[posting("150125/p", until=until)])


def test_a_team_that_stays_after_the_exit_is_ok() -> None:
    finding = only(left("2019-04", None), "A06-2")
    assert finding.verdict is Verdict.OK
    assert "未撤离" in finding.sentence


@pytest.mark.parametrize("until", [date(2019, 4, 1), date(2019, 8, 31)])
def test_a_team_emptied_after_the_exit_is_a_warning(until: date) -> None:
    finding = only(left("2019-04", until), "A06-2")
    assert finding.verdict is Verdict.AMBER
    assert "不撤离" in finding.sentence
    assert finding.article == 6


@pytest.mark.parametrize(
    "seen",
    [
        left("", date(2019, 4, 30)),
        left("2019-10", date(2019, 4, 30)),
        left("2019-04", date(2019, 3, 31)),
        left("2019-04", date(2020, 12, 31), today=date(2021, 1, 1)),
        facts(today=date(2019, 9, 1), counties=[county(exit="2019-04")], teams=[team()]),
        facts(today=date(2019, 9, 1), counties=(), teams=[team()], postings=[posting("150125/p", until=EFFECT)]),
    ],
)
def test_without_an_exit_before_the_emptying_there_is_nothing_to_say(seen: Facts) -> None:
    assert judged(seen, "A06-2") == []
