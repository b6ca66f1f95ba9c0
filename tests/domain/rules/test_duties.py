"""Articles 8, 11, 12, 14 and 18 as findings: V8 and V11, with arithmetic, and never red where the measure says 一般."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from tests.domain.duties.dutyrecords import (
    day,
    half_year,
    insurance,
    meeting,
    problem,
    report,
    talk,
    took,
    training,
    trip,
)
from tests.domain.rules.build import EFFECT, POLICY, facts, full_team, judged, only, posting, ruling, team
from tuopin_desktop.domain.duties.duty import State
from tuopin_desktop.domain.duties.radar import so_far
from tuopin_desktop.domain.dutyevidence import DutyEvidence
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.records import Advancement

PEOPLE, POSTINGS = full_team()
ONE = POSTINGS[0]


def seen(today: str, **said: Any) -> Facts:
    basics = {"today": day(today), "teams": [team()], "persons": PEOPLE, "postings": [ONE]}
    return facts(**{**basics, **said})


def since_new_year(today: str, **said: Any) -> Facts:
    """A team and a leader who came with the year 2019: nothing of 2018 is theirs to have missed."""
    came = day("2018-12-31")
    return seen(today, teams=[team(arrived=came)], postings=[msgspec.structs.replace(ONE, since=came)], **said)


def test_a_month_without_report_or_meeting_is_red_and_names_the_month() -> None:
    kept = DutyEvidence(
        meetings=(meeting("analysis", "2019-01-05"), meeting("analysis", "2019-02-06")),
        reports=(report("2018-12", "2019-01-04"), report("2019-01", "2019-02-05")),
    )
    finding = only(since_new_year("2019-03-06", duty_evidence=kept), "A12-1")
    assert finding.verdict is Verdict.RED
    assert "2019年2月月报逾期未办" in finding.sentence
    assert "2019年2月工作分析例会逾期办结" in finding.sentence
    assert "2019年3月工作分析例会：应于2019-03-05前，逾期未办，逾期1天" in finding.steps
    assert finding.inputs == (("月报", "应办3，已办2"), ("工作分析例会", "应办3，已办2"))


def test_a_late_meeting_alone_is_amber_and_nothing_due_says_nothing() -> None:
    kept = DutyEvidence(meetings=(meeting("analysis", "2019-01-06"),), reports=(report("2018-12", "2019-01-04"),))
    assert only(since_new_year("2019-01-31", duty_evidence=kept), "A12-1").verdict is Verdict.AMBER
    assert judged(since_new_year("2019-01-03"), "A12-1") == []


def test_a_joint_meeting_missing_is_red_at_the_end_of_the_month_only() -> None:
    assert judged(since_new_year("2019-01-31"), "A12-3") == []
    assert only(since_new_year("2019-02-01"), "A12-3").verdict is Verdict.RED


def test_problems_age_until_they_are_closed_with_proof() -> None:
    at = meeting("joint", "2019-01-10")
    items = (
        problem(at, due=day("2019-01-20")),
        problem(at, name="已销号", closed=day("2019-01-15"), proof="验收单3号"),
        problem(at, name="没有依据", closed=day("2019-01-15")),
    )
    finding = only(since_new_year("2019-01-30", duty_evidence=DutyEvidence(meetings=(at,), problems=items)), "A12-3")
    assert finding.verdict is Verdict.AMBER
    assert "未销号问题2件，最久20天，超过整改期限1件" in finding.sentence
    assert "问题“没有依据”：已报办结，缺销号依据" in finding.steps


@pytest.mark.parametrize(("today", "verdict"), [("2019-02-28", Verdict.OK), ("2019-03-02", Verdict.AMBER)])
def test_a_gap_of_63_days_between_leaders_meetings_is_amber_only(today: str, verdict: Verdict) -> None:
    kept = DutyEvidence(meetings=(meeting("leaders", "2018-12-29", "15"),))
    rolling = ruling("meeting.leaders_window", "rolling", applies=EFFECT)
    finding = only(seen(today, scope="15", duty_evidence=kept), "A12-2", None, rolling)
    assert finding.verdict is verdict
    assert finding.steps == (f"{today} − 2018-12-29 = {(day(today) - date(2018, 12, 29)).days} 天，规定 62 天",)


def test_two_months_without_a_leaders_meeting_are_named() -> None:
    days = ("2018-06-10", "2018-08-10", "2018-10-10", "2018-12-10", "2019-01-10", "2019-05-05")
    kept = DutyEvidence(meetings=tuple(meeting("leaders", held, "15") for held in days))
    finding = only(seen("2019-06-01", scope="15", duty_evidence=kept), "A12-2")
    assert (finding.verdict, "2019年3月至4月没有召开" in finding.sentence) == (Verdict.AMBER, True)


def test_a_half_year_report_is_amber_when_due_and_red_after_fifteen_days() -> None:
    half = DutyEvidence(half_years=(half_year(ONE, 2019, "first", "2019-06-20", None), *earlier()))
    assert only(seen("2019-06-25", duty_evidence=half), "A12-4").verdict is Verdict.AMBER
    assert "未送达" in only(seen("2019-06-25", duty_evidence=half), "A12-4").steps[0]
    none = DutyEvidence(half_years=earlier())
    assert only(seen("2019-07-15", duty_evidence=none), "A12-4").verdict is Verdict.AMBER
    assert only(seen("2019-07-16", duty_evidence=none), "A12-4").verdict is Verdict.RED


@pytest.mark.parametrize(("came", "owed"), [("2019-06-18", False), ("2019-06-02", False), ("2019-06-01", True)])
def test_a_half_year_report_is_owed_after_thirty_days_in_post(came: str, owed: bool) -> None:
    new = msgspec.structs.replace(ONE, since=day(came))
    assert bool(judged(seen("2019-07-20", postings=[new]), "A12-4")) is owed
    always = ruling("report.half_year_days", "0")
    assert judged(seen("2019-07-20", postings=[new]), "A12-4", None, always)


def earlier() -> tuple[Any, ...]:
    return (
        half_year(ONE, 2018, "first", "2018-06-20", "2018-06-20"),
        half_year(ONE, 2018, "second", "2018-12-20", "2018-12-20"),
    )


def test_a_newcomer_is_trained_within_thirty_days_or_never_was() -> None:
    assert only(seen("2018-06-29"), "A11-1").verdict is Verdict.OK
    finding = only(seen("2018-06-30"), "A11-1")
    assert (finding.verdict, finding.steps) == (Verdict.AMBER, ("2018-05-30 + 30 天 = 2018-06-29", "今日 2018-06-30"))
    assert "从未参加培训" in finding.sentence
    school = training()
    went = {"trainings": (school,), "training_attendance": (took(school, ONE),)}
    assert only(seen("2018-06-30", **went), "A11-1").verdict is Verdict.OK
    missed = {"trainings": (school,), "training_attendance": (took(school, ONE, absent=True),)}
    assert only(seen("2018-06-30", **missed), "A11-1").verdict is Verdict.AMBER


def test_a_year_that_ended_without_a_demonstration_class_is_red() -> None:
    assert only(seen("2018-12-31", scope="15"), "A11-3").verdict is Verdict.OK
    assert only(seen("2019-01-01", scope="15"), "A11-3").verdict is Verdict.RED
    held = (training("demonstration", "2018-09-03am/2018-09-07pm"),)
    assert only(seen("2019-01-01", scope="15", trainings=held), "A11-3").verdict is Verdict.OK


def test_a_sending_unit_that_is_silent_for_half_a_year_is_reminded() -> None:
    kept = DutyEvidence(talks=(talk(ONE, "2018-07-01"),))
    assert only(seen("2018-12-28", duty_evidence=kept), "A08-1").verdict is Verdict.OK
    finding = only(seen("2018-12-29", duty_evidence=kept), "A08-1")
    assert (finding.verdict, finding.steps) == (Verdict.AMBER, ("2018-12-29 − 2018-07-01 = 181 天，规定 180 天",))


def test_an_advancement_past_its_day_protects_the_member() -> None:
    due = Advancement(id="150125/x", posting=ONE.id, type="grade", due=day("2018-08-01"))
    finding = only(seen("2018-09-01", duty_evidence=DutyEvidence(advancements=(due,))), "A14-1")
    assert (finding.verdict, "最久31天" in finding.sentence) == (Verdict.AMBER, True)


def trips(count: int, year: int = 2019) -> tuple[Any, ...]:
    return tuple(trip(ONE, str(date(year, 1, 3) + timedelta(days=20 * number))) for number in range(count))


@pytest.mark.parametrize(
    ("count", "verdict", "words"),
    [
        (9, Verdict.AMBER, "只报销9次，不足10次"),
        (10, Verdict.OK, "已报销10次"),
        (12, Verdict.OK, "已报销12次"),
        (13, Verdict.NOTICE, "已报销13次，超过12次"),
    ],
)
def test_ten_to_twelve_trips_of_a_year(count: int, verdict: Verdict, words: str) -> None:
    finding = only(since_new_year("2019-12-31", round_trips=trips(count)), "A18-2")
    assert (finding.verdict, words in finding.sentence) == (verdict, True)
    assert only(since_new_year("2019-12-30", round_trips=trips(min(count, 9))), "A18-2").verdict is Verdict.OK


def test_a_trip_counts_once_it_is_paid_for_and_a_ceiling_owes_nothing() -> None:
    unpaid = tuple(trip(ONE, f"2019-0{n}-01", "2020-02-01") for n in range(1, 10))
    assert only(seen("2019-12-31", round_trips=unpaid), "A18-2").inputs[0] == ("本年已报销", "0次")
    ceiling = ruling("support.trips_meaning", "ceiling")
    assert only(seen("2019-12-31"), "A18-2", None, ceiling).verdict is Verdict.OK


def test_half_a_year_in_post_owes_five_to_six_trips() -> None:
    july = posting(PEOPLE[0], "leader", since=day("2018-07-01"))
    finding = only(seen("2018-12-31", postings=[july]), "A18-2")
    assert finding.inputs[1] == ("应为", "5至6次")
    assert finding.steps[0] == "10 × 在派184天 ÷ 365天 = 5.04，舍去零头为5"


def test_a_gap_of_seven_days_in_the_insurance_is_named() -> None:
    kept = DutyEvidence(
        insurances=(insurance(ONE, "2018-05-01", "2019-04-30"), insurance(ONE, "2019-05-08", "2020-05-07"))
    )
    finding = only(seen("2019-06-01", duty_evidence=kept), "A18-5")
    assert finding.verdict is Verdict.RED
    assert "7天没有意外伤害保险：2019-05-01至2019-05-07（7天）" in finding.sentence


@pytest.mark.parametrize(("today", "verdict"), [("2019-03-31", Verdict.OK), ("2019-04-01", Verdict.AMBER)])
def test_the_end_of_the_cover_is_told_thirty_days_ahead(today: str, verdict: Verdict) -> None:
    kept = DutyEvidence(insurances=(insurance(ONE, "2018-05-01", "2019-04-30"),))
    assert only(seen(today, duty_evidence=kept), "A18-5").verdict is verdict


def test_whoever_has_no_insurance_at_all_is_red_from_the_first_day() -> None:
    assert "2018-05-30至2018-05-31（2天）" in only(seen("2018-05-31"), "A18-5").sentence


def test_nobody_need_be_insured_after_the_term() -> None:
    kept = DutyEvidence(insurances=(insurance(ONE, "2018-05-01", "2020-12-31"),))
    assert ONE.until is None
    assert only(seen("2021-03-01", duty_evidence=kept), "A18-5").verdict is Verdict.OK
    short = DutyEvidence(insurances=(insurance(ONE, "2018-05-01", "2020-12-30"),))
    assert "2020-12-31至2020-12-31（1天）" in only(seen("2021-03-01", duty_evidence=short), "A18-5").sentence


NEW_YEAR = "2019-01-01"
"""A day on which nothing of the old year may be forgiven."""


@pytest.mark.parametrize("today", [NEW_YEAR, "2019-07-01", "2020-01-01"])
def test_a_new_year_forgives_no_report_and_no_meeting_of_the_old_one(today: str) -> None:
    for rule, missed in (("A12-1", "2018年12月工作分析例会"), ("A12-3", "2018年12月联席会议")):
        finding = only(seen(today), rule)
        assert finding.verdict is Verdict.RED
        assert any(step.startswith(missed) for step in finding.steps)


def test_the_leaders_meeting_of_november_and_december_is_named_when_the_year_is_over() -> None:
    kept = DutyEvidence(meetings=tuple(meeting("leaders", f"2018-{month:02d}-20", "15") for month in (6, 8, 10)))
    assert "2018年11月至12月" not in only(seen("2018-12-31", scope="15", duty_evidence=kept), "A12-2").sentence
    for today in (NEW_YEAR, "2019-12-31"):
        finding = only(seen(today, scope="15", duty_evidence=kept), "A12-2")
        assert finding.verdict is Verdict.AMBER
        assert "2018年11月至12月没有召开" in finding.steps


def test_after_the_term_the_gap_between_leaders_meetings_grows_no_more() -> None:
    kept = DutyEvidence(meetings=(meeting("leaders", "2020-12-20", "15"),))
    rolling = ruling("meeting.leaders_window", "rolling", applies=EFFECT)
    assert only(seen("2022-01-01", scope="15", duty_evidence=kept), "A12-2", None, rolling).verdict is Verdict.OK


def test_trips_that_fell_short_stay_short_until_they_are_paid_for() -> None:
    for today in ("2019-12-31", "2020-01-01", "2020-06-30"):
        finding = only(seen(today, round_trips=(*trips(12, 2018)[:7], *trips(9))), "A18-2")
        assert finding.verdict is Verdict.AMBER
        assert "2019年往返交通费只报销9次，不足10次" in finding.sentence
    later = (*trips(9), trip(ONE, "2019-12-02", "2020-03-01"))
    before = tuple(trip(ONE, f"2018-{month:02d}-03") for month in range(6, 12))
    assert only(seen("2020-06-30", round_trips=(*before, *later)), "A18-2").verdict is Verdict.OK


def test_a_half_year_report_is_missed_until_it_is_delivered() -> None:
    for today in ("2019-07-01", "2020-03-01"):
        finding = only(seen(today), "A12-4")
        assert finding.verdict is Verdict.RED
        assert any(step.startswith("2018年下半年半年报告") for step in finding.steps)


def test_what_was_done_late_is_remembered_for_a_year_and_no_cliff_stands_on_new_years_day() -> None:
    months = (date(2018, 6, 1), date(2018, 7, 1), date(2018, 8, 1), date(2018, 9, 1), date(2018, 10, 1))
    held = [meeting("analysis", str(month.replace(day=3))) for month in (*months, date(2018, 11, 1))]
    sent = [report(f"{month:%Y-%m}", f"{month.year}-{month.month + 1:02d}-03") for month in months]
    late = (meeting("analysis", "2018-12-07"), report("2018-11", "2018-12-03"))
    book = DutyEvidence(meetings=(*held, late[0]), reports=(*sent, late[1]))
    assert "逾期办结" in only(seen("2018-12-31", duty_evidence=book), "A12-1").sentence
    assert "逾期办结" in only(seen(NEW_YEAR, duty_evidence=book), "A12-1").sentence


def test_every_open_duty_that_the_radar_shows_is_one_that_the_rules_name() -> None:
    known = seen("2020-02-10", scope="15", postings=[ONE])
    shown = [duty for duty in so_far(known, POLICY) if duty.state is State.OVERDUE]
    for rule in ("A12-1", "A12-2", "A12-3", "A12-4"):
        periods = {(duty.subject, duty.period, duty.what) for duty in shown if duty.rule == rule}
        assert periods
        for subject, period, what in periods:
            (finding,) = judged(known, rule, subject)
            assert any(period in step and (rule == "A12-2" or what in step) for step in finding.steps), (period, what)


def test_the_facts_of_one_year_ask_for_the_duties_of_that_year_alone() -> None:
    known = msgspec.structs.replace(seen("2020-01-01"), year=2019)
    for rule in ("A12-1", "A12-3", "A12-4"):
        steps = only(known, rule).steps
        assert steps
        assert not any("应于2018" in step or "应于2020" in step for step in steps)


ONCE = ("A04-3", "A08-1", "A11-1", "A12-6")
"""What is owed once in a presence, or again some days after the last time."""


def gone(today: str, until: str = "2019-03-31", **said: Any) -> Facts:
    left = msgspec.structs.replace(ONE, until=day(until), party_moved=None)
    return seen(today, postings=[left], **said)


@pytest.mark.parametrize("today", ["2019-03-31", "2019-04-01", "2020-12-30"])
def test_what_was_owed_when_somebody_left_stays_open_in_the_check_as_in_what_is_due(today: str) -> None:
    known = gone(today)
    said = {rule: only(known, rule).verdict for rule in ONCE}
    assert said == {rule: Verdict.NOTICE if rule == "A12-6" else Verdict.AMBER for rule in ONCE}
    due = {duty.rule for duty in so_far(known, POLICY) if duty.state is State.OVERDUE}
    assert set(ONCE) <= due
    if today > "2019-03-31":
        assert only(known, "A08-1").sentence.startswith("到派驻结束（2019-03-31）派出单位已305天没有听取汇报")


def test_what_would_have_fallen_due_after_somebody_left_is_owed_by_nobody() -> None:
    known = gone("2019-04-01", until="2018-06-05")
    assert [finding for rule in ONCE for finding in judged(known, rule)] == []
    assert [duty for duty in so_far(known, POLICY) if duty.rule in ONCE] == []


def test_after_the_term_nothing_further_falls_due() -> None:
    heard = DutyEvidence(talks=(talk(ONE, "2020-12-01"),))
    known = seen("2021-07-01", duty_evidence=heard)
    assert judged(known, "A08-1") == []
    assert [duty.due for duty in so_far(known, POLICY) if duty.rule == "A08-1" and duty.state.open] == []


def test_whoever_did_it_before_he_left_is_told_so_ever_after() -> None:
    kept = DutyEvidence(talks=(talk(ONE, "2018-11-01"), talk(ONE, "2019-03-01")))
    known = gone("2019-12-01", duty_evidence=kept)
    assert judged(known, "A08-1") == []  # the next would have fallen due after he left
    moved = msgspec.structs.replace(known.postings[0], party_moved=day("2018-06-10"))
    assert only(msgspec.structs.replace(known, postings=(moved,)), "A04-3").verdict is Verdict.OK
