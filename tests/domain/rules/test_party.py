"""Article 4: the Party relation follows within thirty days of arrival."""

from datetime import date
from typing import Any

import pytest

from tests.domain.rules.build import EFFECT, TODAY, facts, judged, only, person, posting, ruling
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Verdict


def arrived(today: date = TODAY, political: str = "01", **post: Any) -> Facts:
    who = person(political=political)
    return facts(today=today, persons=[who], postings=[posting(who, **{"party_moved": None, **post})])


@pytest.mark.parametrize(
    ("today", "verdict", "words"),
    [
        (date(2018, 6, 29), Verdict.OK, "最迟2018-06-29，还有0天"),
        (date(2018, 6, 30), Verdict.AMBER, "逾期1天"),
        (date(2018, 7, 9), Verdict.AMBER, "逾期10天"),
    ],
)
def test_thirty_days_after_arrival_it_is_late(today: date, verdict: Verdict, words: str) -> None:
    finding = only(arrived(today), "A04-3")
    assert finding.verdict is verdict
    assert words in finding.sentence
    assert "2018-05-30 + 30 天 = 2018-06-29" in finding.steps


def test_days_before_the_measure_are_not_counted() -> None:
    assert only(arrived(date(2018, 6, 29), since=date(2018, 4, 28)), "A04-3").verdict is Verdict.OK


@pytest.mark.parametrize(("political", "verdict"), [("02", Verdict.AMBER), ("03", Verdict.OK), ("13", Verdict.OK)])
def test_only_party_members_have_a_relation_to_transfer(political: str, verdict: Verdict) -> None:
    assert only(arrived(political=political), "A04-3").verdict is verdict


def test_an_unknown_affiliation_is_a_notice() -> None:
    assert only(arrived(political=""), "A04-3").verdict is Verdict.NOTICE
    assert only(facts(postings=[posting("150125/nobody")]), "A04-3").verdict is Verdict.NOTICE


def test_a_transfer_is_ok_with_its_date_once_the_day_has_come() -> None:
    finding = only(arrived(party_moved=date(2018, 8, 1)), "A04-3")
    assert finding.verdict is Verdict.OK
    assert "2018-08-01" in finding.sentence
    assert only(arrived(party_moved=date(2018, 9, 2)), "A04-3").verdict is Verdict.AMBER


@pytest.mark.parametrize("post", [{"until": date(2018, 6, 28)}, {"since": date(2018, 9, 2)}, {"since": None}])
def test_who_left_before_it_was_due_or_has_not_come_is_not_asked(post: dict[str, Any]) -> None:
    assert judged(arrived(**post), "A04-3") == []


def test_the_office_may_rule_the_number_of_days() -> None:
    seen = arrived(date(2018, 7, 20), since=EFFECT)
    assert only(seen, "A04-3", None, ruling("party.transfer_days", "60")).verdict is Verdict.OK
