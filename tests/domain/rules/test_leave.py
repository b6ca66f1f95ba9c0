"""Article 10: the position on the day of leave decides the form (V7), and slips do not overlap."""

from datetime import date
from typing import Any

import pytest

from tests.domain.rules.build import POLICY, facts, judged, only, person, posting, slip
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.records import LeaveSlip

WHO = person(id="150125/p", name="张三")
DEPUTY = posting(WHO, "deputy", id="150125/deputy", until=date(2018, 7, 31))
LEADER = posting(WHO, "leader", id="150125/leader", since=date(2018, 8, 1))


def slips(*made: LeaveSlip, **said: Any) -> Facts:
    return facts(persons=[WHO], postings=[LEADER, DEPUTY], slips=made, **said)


@pytest.mark.parametrize(
    ("position", "form"), [("leader", "leader"), ("deputy", "member"), ("member", "member"), ("", "member")]
)
def test_the_leader_has_attachment_1_all_others_attachment_2(position: str, form: str) -> None:
    assert POLICY.slip_for(position) == form


@pytest.mark.parametrize(
    ("period", "form", "rule", "verdict"),
    [
        ("2018-07-10am/2018-07-11pm", "member", "A10-5", Verdict.OK),
        ("2018-07-10am/2018-07-11pm", "leader", "A10-5", Verdict.RED),
        ("2018-08-10am/2018-08-11pm", "leader", "A10-4", Verdict.OK),
        ("2018-08-10am/2018-08-11pm", "member", "A10-4", Verdict.RED),
        ("2018-08-10am/2018-08-11pm", "", "A10-4", Verdict.RED),
        ("2018-07-31pm/2018-08-03pm", "member", "A10-5", Verdict.OK),
        ("2018-07-31pm/2018-08-03pm", "leader", "A10-5", Verdict.RED),
        ("2018-08-01am/2018-08-03pm", "leader", "A10-4", Verdict.OK),
    ],
)
@pytest.mark.parametrize("linked", [DEPUTY, LEADER])
def test_v7_the_position_on_the_first_day_decides(
    period: str, form: str, rule: str, verdict: Verdict, linked: Any
) -> None:
    made = slip(linked, period, form)
    (finding,) = [one for one in judged(slips(made), "A10-*") if one.rule in ("A10-4", "A10-5")]
    assert (finding.rule, finding.verdict, finding.subject) == (rule, verdict, f"leave_slip:{made.id}")


def test_the_sentence_says_which_form_is_right() -> None:
    finding = only(slips(slip(LEADER, "2018-08-10am/2018-08-11pm", "member")), "A10-4")
    assert finding.sentence == "2018-08-10任队长，应填附件1 队长报备单（管理办法第十条）"
    assert finding.steps == ("2018-08-10 任队长 → 附件1 队长",)
    assert ("用表", "附件2 副队长、队员") in finding.inputs


@pytest.mark.parametrize(("form", "rule"), [("leader", "A10-4"), ("member", "A10-5"), ("", "A10-5")])
def test_a_day_without_posting_is_red_under_the_form_it_bears(form: str, rule: str) -> None:
    ended = posting("150125/q", id="150125/ended", until=date(2018, 6, 30))
    late, stray = slip(ended, "2018-07-10am/2018-07-10pm", form), slip("150125/gone", "2018-07-10am/2018-07-10pm", form)
    for made in (late, stray):
        (finding,) = [
            one for one in judged(facts(postings=[ended], slips=[made]), "A10-*") if one.rule in ("A10-4", "A10-5")
        ]
        assert (finding.rule, finding.verdict) == (rule, Verdict.RED)
        assert "不在派驻期内" in finding.sentence


def test_an_unreadable_period_is_said_once() -> None:
    for text in ("", "下周"):
        (finding,) = judged(slips(slip(DEPUTY, text)), "A10-*")
        assert (finding.rule, finding.verdict) == ("A10-3", Verdict.AMBER)
        assert "未登记或读不懂" in finding.sentence


def test_a_period_the_wrong_way_round_is_a_warning() -> None:
    finding = only(slips(slip(DEPUTY, "2018-07-10pm/2018-07-10am")), "A10-3")
    assert finding.verdict is Verdict.AMBER
    assert "前后颠倒" in finding.sentence


def test_a_leave_before_the_measure_is_a_notice_whatever_its_form() -> None:
    early = posting(WHO, "leader", since=date(2018, 4, 28))
    made = slip(early, "2018-05-28am/2018-05-30pm", "member")
    found = judged(facts(persons=[WHO], postings=[early], slips=[made]), "A10-*")
    findings = [one for one in found if one.rule != "A10-6"]
    assert [(one.rule, one.verdict) for one in findings] == [("A10-3", Verdict.NOTICE), ("A10-4", Verdict.NOTICE)]
    assert all("办法施行前" in one.sentence for one in findings)


def test_overlapping_slips_are_named_on_both_sides() -> None:
    one = slip(DEPUTY, "2018-07-10am/2018-07-12am", number="2018-001")
    two = slip(DEPUTY, "2018-07-12am/2018-07-13pm")
    first, second = judged(slips(one, two), "A10-3")
    assert {first.verdict, second.verdict} == {Verdict.AMBER}
    assert "另一份报备单（2018年7月12日至2018年7月13日）重叠" in first.sentence
    assert "报备单2018-001（2018年7月10日上午至2018年7月12日上午）重叠" in second.sentence
    assert second.steps[-1] == "他单 2018年7月10日上午至2018年7月12日上午"


def test_a_deleted_slip_overlaps_nothing() -> None:
    gone = slip(DEPUTY, "2018-07-10am/2018-07-12am", deleted=True)
    finding = only(slips(gone, slip(DEPUTY, "2018-07-12am/2018-07-13pm")), "A10-3")
    assert finding.verdict is Verdict.OK
    assert "请假2天" in finding.sentence


def test_days_are_counted_by_halves() -> None:
    assert "5 个半天 ÷ 2 = 2.5 天" in only(slips(slip(DEPUTY, "2018-07-10pm/2018-07-12pm")), "A10-3").steps
