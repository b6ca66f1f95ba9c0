"""Articles 4 and 14: called back by the unit is a reason of its own; the outstanding come first after service."""

from datetime import date
from typing import Any

import msgspec
import pytest

from tests.domain.rules.build import POLICY, county, facts, judged, only, person, posting, slip
from tuopin_desktop.domain.dutyevidence import DutyEvidence
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.leave.proposing import LeaveWords, proposed
from tuopin_desktop.domain.records import Advancement, Grade, Posting


def away(**said: Any) -> Facts:
    who = person()
    post = posting(who)
    return facts(persons=[who], postings=[post], slips=[slip(post, "2018-07-02am/2018-07-04pm", **said)])


def test_a_slip_for_work_of_the_unit_is_its_own_finding_with_its_article() -> None:
    finding = only(away(leave_type="called_back", reason="单位抽回做年中总结"), "A04-2")
    assert (finding.verdict, finding.article, finding.day) == (Verdict.AMBER, 4, date(2018, 7, 2))
    assert finding.sentence.startswith("被原单位叫回工作（2018-07-02至2018-07-04，3天）")
    assert "第四条" in finding.sentence


@pytest.mark.parametrize("leave_type", ["", "official", "personal"])
def test_a_reason_that_sounds_like_it_is_to_be_looked_at_whatever_its_class(leave_type: str) -> None:
    finding = only(away(leave_type=leave_type, reason="回原单位开会并处理工作"), "A04-2")
    assert finding.verdict is Verdict.NOTICE
    assert "原单位叫回" in finding.sentence


@pytest.mark.parametrize(
    "said",
    [
        {"reason": "向派出单位汇报思想、工作、学习情况"},
        {"reason": "参加自治区会议", "leave_type": "official"},
        {"reason": "被原单位叫回", "leave_type": "called_back", "ended": "void"},
    ],
)
def test_reporting_to_the_unit_other_trips_and_voided_slips_say_nothing(said: dict[str, str]) -> None:
    assert judged(away(**said), "A04-2") == []


def test_the_same_words_propose_the_class() -> None:
    words = LeaveWords(code="called_back", words=POLICY.several("status.called_back_words"))
    assert proposed("回原单位开会", [words, LeaveWords(code="official", words=("开会",))]) == "called_back"


def served(today: date, *grades: tuple[int, str], risen: date | None = None, **said: Any) -> Facts:
    who = person()
    post: Posting = posting(who, **{"until": date(2020, 3, 31), "end_reason": "term", **said})
    book = DutyEvidence(
        grades=tuple(Grade(id=f"15/g{year}", subject=post.id, year=year, decided=grade) for year, grade in grades),
        advancements=(Advancement(id="150125/a", posting=post.id, type="post", done=risen),) if risen else (),
    )
    return msgspec.structs.replace(facts(today=today, persons=[who], postings=[post]), duty_evidence=book)


def test_the_outstanding_come_first_once_their_service_has_ended() -> None:
    finding = only(served(date(2020, 4, 10), (2018, "excellent"), (2019, "competent"), (0, "excellent")), "A14-2")
    assert (finding.verdict, finding.article) == (Verdict.NOTICE, 14)
    assert "2018年度、综合考核优秀" in finding.sentence
    assert "优先提拔重用" in finding.sentence


def test_a_promotion_after_service_answers_it_and_one_before_does_not() -> None:
    grades = (2019, "excellent")
    assert only(served(date(2020, 9, 1), grades, risen=date(2020, 6, 1)), "A14-2").verdict is Verdict.OK
    assert only(served(date(2020, 9, 1), grades, risen=date(2019, 6, 1)), "A14-2").verdict is Verdict.NOTICE


def test_nobody_is_named_while_serving_without_the_grade_or_after_a_recall() -> None:
    assert judged(served(date(2020, 3, 31), (2019, "excellent")), "A14-2") == []
    assert judged(served(date(2020, 4, 10), (2019, "competent")), "A14-2") == []
    assert judged(served(date(2020, 4, 10), (2019, "excellent"), end_reason="recall"), "A14-2") == []


def test_the_end_of_the_term_ends_service() -> None:
    assert only(served(date(2021, 1, 4), (2019, "excellent"), until=None), "A14-2").verdict is Verdict.NOTICE


def moved(today: date, **later: Any) -> Facts:
    """Return somebody outstanding in 2018 who left one county with that year and went on in another."""
    who = person()
    first = posting(who, until=date(2018, 12, 31), end_reason="work")
    then = posting(who, **{"county": "150124", "since": date(2019, 1, 1), **later})
    book = DutyEvidence(grades=(Grade(id="15/g", subject=first.id, year=2018, decided="excellent"),))
    seen = facts(today=today, persons=[who], postings=[first, then], counties=(county(), county("150124")))
    return msgspec.structs.replace(seen, duty_evidence=book)


@pytest.mark.parametrize("today", [date(2019, 1, 1), date(2019, 3, 1), date(2020, 12, 31)])
def test_whoever_serves_on_in_another_county_has_not_ended_his_service(today: date) -> None:
    assert judged(moved(today), "A14-2") == []
    assert judged(moved(date(2019, 1, 2), since=date(2019, 2, 1)), "A14-2") == []


def test_the_last_posting_answers_once_for_the_grades_of_every_county() -> None:
    seen = moved(date(2020, 4, 10), until=date(2020, 3, 31), end_reason="term")
    finding = only(seen, "A14-2")
    assert finding.subject == f"posting:{seen.postings[1].id}"
    assert "2018年度考核优秀，2020-03-31帮扶工作结束" in finding.sentence


def test_a_promotion_that_is_still_to_come_is_not_done() -> None:
    grades = (2019, "excellent")
    assert only(served(date(2020, 9, 1), grades, risen=date(2020, 9, 2)), "A14-2").verdict is Verdict.NOTICE
    assert only(served(date(2020, 9, 2), grades, risen=date(2020, 9, 2)), "A14-2").verdict is Verdict.OK
