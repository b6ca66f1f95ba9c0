"""Article 5: application, approval, and only then a change; else 擅自调整 (V10)."""

from datetime import date
from typing import Any

import pytest

from tests.domain.rules.build import decision, facts, judged, only, person, posting
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Finding, Verdict
from tuopin_desktop.domain.records import Decision

OUT, INTO = "150125/out", "150125/in"
LEFT, CAME, ASKED = date(2018, 7, 31), date(2018, 8, 1), date(2018, 7, 10)


def change(
    *decisions: Decision, out: dict[str, Any] | None = None, today: date = date(2018, 9, 1), **post: Any
) -> Facts:
    """Return the facts of a leader who left and another who came."""
    old, new = person(id="150125/a", name="张三"), person(id="150125/b", name="李四")
    left = posting(old, **{"position": "leader", "id": OUT, "until": LEFT, **(out or {})})
    came = posting(new, **{"position": "leader", "id": INTO, "since": CAME, **post})
    return facts(today=today, persons=[old, new], postings=[left, came], decisions=decisions)


def approval(subject: str = INTO, **said: Any) -> Decision:
    return decision("replacement", subject, **{"decided": date(2018, 7, 20), "paper": "7号", **said})


def verdict(*decisions: Decision, **said: Any) -> Finding:
    return only(change(*decisions, **said), "A05-1")


def test_v10_a_replacement_without_approved_application_is_on_ones_own_authority() -> None:
    finding = verdict()
    assert finding.verdict is Verdict.RED
    assert finding.subject == f"posting:{INTO}"
    assert "擅自调整" in finding.sentence
    assert "第五条" in finding.sentence
    assert finding.inputs[0] == ("接替", "张三（武川县队长）")


def test_an_application_alone_is_not_an_approval() -> None:
    finding = verdict(applied=ASKED)
    assert finding.verdict is Verdict.RED
    assert "未获批准" in finding.sentence
    assert "擅自调整" in finding.sentence


@pytest.mark.parametrize("subject", [INTO, OUT])
def test_applied_and_approved_is_ok(subject: str) -> None:
    finding = verdict(approval(subject), applied=ASKED)
    assert finding.verdict is Verdict.OK
    assert "7号" in finding.sentence
    assert "前任派驻至 2018-07-31，到岗 2018-08-01" in finding.steps


def test_approval_without_a_recorded_application_asks_for_it() -> None:
    finding = verdict(approval())
    assert finding.verdict is Verdict.AMBER
    assert "书面申请" in finding.sentence


def test_approval_after_the_fact_is_shown() -> None:
    finding = verdict(approval(decided=date(2018, 8, 2)), applied=ASKED)
    assert finding.verdict is Verdict.AMBER
    assert "先调整后批准" in finding.sentence
    assert verdict(approval(decided=CAME), applied=ASKED).verdict is Verdict.OK


def test_the_latest_decision_counts() -> None:
    refused = approval(OUT, result="refused", decided=date(2018, 7, 25), paper="8号")
    finding = verdict(approval(), refused, applied=ASKED)
    assert finding.verdict is Verdict.RED
    assert "不同意更换（8号）" in finding.sentence


def test_a_decision_on_another_matter_or_of_a_later_day_does_not_count() -> None:
    assert verdict(decision("relaxation", INTO), applied=ASKED).verdict is Verdict.RED
    assert verdict(approval(decided=date(2018, 9, 2)), applied=ASKED).verdict is Verdict.RED


def test_the_countys_own_paper_waits_for_the_office() -> None:
    finding = verdict(applied=ASKED, approval_paper="7号")
    assert finding.verdict is Verdict.AMBER
    assert "据纸质批复7号登记，待自治区办公室决定核对（" in finding.sentence
    assert "未登记派出单位党组织的书面申请" in verdict(approval_paper="7号").sentence


def test_before_the_day_of_arrival_it_is_a_warning() -> None:
    finding = verdict(today=date(2018, 7, 31), applied=ASKED)
    assert finding.verdict is Verdict.AMBER
    assert "获批前不得到岗" in finding.sentence


def test_first_postings_are_not_replacements() -> None:
    assert judged(facts(postings=[posting("150125/a"), posting("150125/b", "leader")]), "A05-1") == []


def test_another_post_another_source_another_county_is_not_a_succession() -> None:
    assert judged(change(position="deputy"), "A05-1") == []
    assert judged(change(county="150124"), "A05-1") == []
    members: dict[str, Any] = {"position": "member", "source_level": "county"}
    assert judged(change(out={"position": "member"}, **members), "A05-1") == []


def test_a_stated_replacement_is_one_even_before_the_other_has_left() -> None:
    stated = change(out={"until": None}, replaces=OUT)
    assert only(stated, "A05-1").verdict is Verdict.RED
    assert only(change(out={"position": "member"}, replaces=OUT), "A05-1").verdict is Verdict.RED


def test_a_stated_replacement_of_an_unknown_posting_is_judged_by_its_id() -> None:
    gone = change(approval("150125/gone"), position="deputy", replaces="150125/gone", applied=ASKED)
    finding = only(gone, "A05-1")
    assert finding.verdict is Verdict.OK
    assert finding.inputs[0] == ("接替", "150125/gone")
    assert len(finding.steps) == 2


def test_a_replacement_without_first_day_is_a_warning() -> None:
    assert only(change(since=None, replaces=OUT), "A05-1").verdict is Verdict.AMBER
    assert only(change(approval(), since=None, replaces=OUT, applied=ASKED), "A05-1").verdict is Verdict.OK


def test_whoever_served_the_whole_term_is_not_replaced() -> None:
    out = {"until": date(2020, 12, 31), "end_reason": "term"}
    assert judged(change(out=out, since=date(2021, 1, 1), today=date(2021, 1, 2)), "A05-1") == []
    early = {"until": LEFT, "end_reason": "term"}
    assert verdict(out=early).verdict is Verdict.RED


def test_a_change_before_the_measure_is_a_notice() -> None:
    finding = verdict(out={"since": date(2018, 4, 28), "until": date(2018, 5, 9)}, since=date(2018, 5, 10))
    assert finding.verdict is Verdict.NOTICE
    assert "办法施行前" in finding.sentence


def test_whoever_was_applied_for_is_judged_although_nobody_registered_his_predecessor() -> None:
    new = person(name="孙八")
    alone = posting(new, id=INTO, since=date(2018, 8, 1), applied=date(2018, 7, 20))
    finding = only(facts(persons=[new], postings=[alone]), "A05-1")
    assert (finding.verdict, "已申请但未获批准即到岗" in finding.sentence) == (Verdict.RED, True)
    assert ("接替", "未登记") in finding.inputs
    approved = facts(persons=[new], postings=[alone], decisions=[approval(decided=date(2018, 7, 25))])
    assert only(approved, "A05-1").verdict is Verdict.OK
