"""Article 16 by half-days: V3, V5, what counts as evidence, and the day on which it would be met."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from tests.domain.attendance.marks import POSTING, months, spread
from tests.domain.rules.build import facts, judged, only, person, posting, ruling, slip
from tuopin_desktop.domain.findings import Finding, Verdict
from tuopin_desktop.services.office import library

WHO = person(id="150125/who", name="张三")
V3 = spread("2018-09-20", "2018-10-05", "ou/ou") | spread("2018-10-06", "2018-10-06", "vw/vw")
V5 = spread("2018-12-20", "2019-01-10", "ou/ou") | spread("2019-01-11", "2019-01-11", "vw/vw")


def sixteen(days: Mapping[date, str], *rulings: Any, today: str = "2019-12-01", **said: Any) -> list[Finding]:
    known = facts(
        today=date.fromisoformat(today),
        persons=[WHO],
        postings=said.pop("postings", [posting(WHO, id=POSTING, since=date(2018, 6, 1))]),
        attendance=months(days),
        calendar=library.calendar(),
        **said,
    )
    return judged(known, "A16-3", None, *rulings)


def one(days: Mapping[date, str], *rulings: Any, **said: Any) -> Finding:
    (finding,) = sixteen(days, *rulings, **said)
    return finding


def test_v3_sixteen_natural_days_fire_on_the_sixteenth() -> None:
    finding = one(V3)
    assert finding.verdict is Verdict.SUSPECTED
    assert finding.sentence == "无正当理由连续离岗16天，超过15天，2018-10-05达到（管理办法第十六条）"
    assert finding.steps[0] == "2018-09-20至2018-10-05：32 个半天 ÷ 2 = 16 天 > 15 天，2018-10-05超过"


def test_v3_by_workdays_it_is_eight_and_does_not_fire() -> None:
    finding = one(V3, ruling("absence.run_unit", "workday"))
    assert finding.verdict is Verdict.OK
    assert ("最长连续", "8个工作日") in finding.inputs


def test_v3_fifteen_days_never_fire_and_a_half_day_present_breaks() -> None:
    fifteen = spread("2018-09-20", "2018-10-04", "ou/ou") | spread("2018-10-05", "2018-10-05", "vw/vw")
    assert one(fifteen).verdict is Verdict.OK
    broken = {**V3, date(2018, 9, 28): "vw/ou"}
    assert one(broken).verdict is Verdict.OK
    assert one(broken, ruling("absence.half_breaks", "否")).verdict is Verdict.SUSPECTED


def test_v5_a_run_crosses_the_year_and_the_sums_are_split() -> None:
    finding = one(V5)
    assert finding.verdict is Verdict.SUSPECTED
    assert finding.sentence.startswith("无正当理由连续离岗22天，超过15天，2019-01-04达到")
    assert set(finding.inputs) >= {("2018年累计", "12天"), ("2019年累计", "10天"), ("任意365天最多", "22天")}


def ten_days_each(*firsts: str) -> dict[date, str]:
    found: dict[date, str] = {}
    for first in firsts:
        start = date.fromisoformat(first)
        found |= spread(first, start.replace(day=start.day + 9).isoformat(), "ou/ou")
        found[start.replace(day=start.day + 10)] = "vw/vw"
    return found


@pytest.mark.parametrize(("extra", "verdict"), [("vw/vw", Verdict.OK), ("ou/vw", Verdict.SUSPECTED)])
def test_v5_thirty_days_do_not_fire_and_thirty_and_a_half_do(extra: str, verdict: Verdict) -> None:
    days = ten_days_each("2019-02-01", "2019-03-01", "2019-04-01") | spread("2019-05-06", "2019-05-06", extra)
    finding = one(days)
    assert finding.verdict is verdict
    if verdict is Verdict.SUSPECTED:
        assert "2019年无正当理由离岗累计超过30天，2019-05-06达到" in finding.sentence
        assert "2019年：61 个半天 ÷ 2 = 30.5 天 > 30 天" in finding.steps


@pytest.mark.parametrize(
    ("window", "verdict"), [("calendar", Verdict.AMBER), ("rolling", Verdict.SUSPECTED), ("both", Verdict.SUSPECTED)]
)
def test_the_rolling_year_warns_unless_the_office_rules_that_it_decides(window: str, verdict: Verdict) -> None:
    days = ten_days_each("2018-11-01", "2018-12-01", "2019-02-01", "2019-03-01")
    assert one(days, ruling("absence.year_window", window)).verdict is verdict


def test_forty_days_a_year_apart_are_in_no_window() -> None:
    days = ten_days_each("2018-07-01", "2018-08-01", "2019-08-11", "2019-09-11")
    finding = one(days, ruling("absence.year_window", "both"))
    assert finding.verdict is Verdict.OK


def test_the_day_on_which_it_would_be_met_is_said_before() -> None:
    finding = one(spread("2018-10-10", "2018-10-19", "ou/ou"), today="2018-10-19")
    assert finding.verdict is Verdict.NOTICE
    assert "如不返岗，2018-10-25达到界限" in finding.sentence
    earlier = ten_days_each("2018-07-01", "2018-08-01") | spread("2018-10-10", "2018-10-17", "ou/ou")
    assert ("如不返岗，达到界限的日期", "2018-10-20") in one(earlier, today="2018-10-17").inputs


def test_an_overstay_counts_until_the_return_v4() -> None:
    away = slip(POSTING, "2018-07-05am/2018-07-10pm", returned="2018-07-27am", return_note="")
    finding = one({}, slips=[away])
    assert finding.sentence.startswith("无正当理由连续离岗16天，超过15天，2018-07-26达到")
    assert finding.steps[1] == "超假且未续假：2018-07-11至2018-07-26，32 个半天 ÷ 2 = 16 天"
    reasons = ruling("absence.reasons", "no_slip,refused")
    assert sixteen({}, reasons, slips=[away]) == []


def test_approved_leave_never_counts_whatever_was_keyed() -> None:
    away = slip(POSTING, "2018-09-20am/2018-10-05pm")
    assert sixteen(V3, slips=[away]) == []


def test_away_without_a_slip_counts_on_workdays_and_rest_days_do_not_break_it() -> None:
    days = spread("2018-11-05", "2018-11-20", "ol/ol") | spread("2018-11-21", "2018-11-21", "vw/vw")
    finding = one(days)
    assert finding.verdict is Verdict.SUSPECTED
    assert sixteen(days, ruling("absence.reasons", "overstay,ruled")) == []
    rest = one(days, ruling("presence.rest_day_away", "unjustified"))
    assert ("2018年累计", "16天") in rest.inputs


def test_the_run_and_the_sums_of_one_finding_are_named_by_what_they_count() -> None:
    days = spread("2018-11-05", "2018-11-20", "ol/ol") | spread("2018-11-21", "2018-11-21", "vw/vw")
    finding = one(days)
    assert finding.sentence.startswith("无正当理由连续离岗16天，超过15天（自然日，含其间休息日4天），2018-11-20达到")
    assert finding.inputs == (
        ("最长连续", "16天（自然日，含其间休息日4天）"),
        ("2018年累计", "12天（不计其间休息日）"),
        ("任意365天最多", "12天（不计其间休息日）"),
    )
    run = "2018-11-05至2018-11-20：（24 个半天 ＋ 其间休息日 8 个半天） ÷ 2 = 16 天 > 15 天，2018-11-20超过"
    assert finding.steps[0] == run
    assert finding.steps[-1] == "任意连续365天：最多 12 天 ≤ 30 天（不计其间休息日）"
    workdays = one(days, ruling("absence.run_unit", "workday"))
    assert dict(workdays.inputs)["最长连续"] == "12个工作日"
    assert dict(workdays.inputs)["任意365天最多"] == "12天（不计其间休息日）"


def test_trips_never_count_and_a_person_is_one_account_over_all_postings() -> None:
    assert sixteen(spread("2018-11-05", "2018-11-30", "ot/on")) == []
    first = posting(WHO, "deputy", id=POSTING, since=date(2018, 6, 1), until=date(2018, 9, 30))
    second = posting(WHO, "leader", id="150125/b", since=date(2018, 10, 1))
    days = {day: code for day, code in V3.items() if day.month == 9}
    later = months({day: code for day, code in V3.items() if day.month == 10}, "150125/b")
    known = facts(
        today=date(2019, 12, 1),
        persons=[WHO],
        postings=[first, second],
        attendance=[*months(days), *later],
        calendar=library.calendar(),
    )
    finding = only(known, "A16-3")
    assert (finding.subject, finding.verdict) == ("posting:150125/b", Verdict.SUSPECTED)


def test_who_has_left_has_no_open_run() -> None:
    gone = posting(WHO, id=POSTING, since=date(2018, 6, 1), until=date(2018, 10, 19))
    finding = one(spread("2018-10-10", "2018-10-19", "ou/ou"), today="2018-11-01", postings=[gone])
    assert finding.verdict is Verdict.OK


def test_what_was_reached_stands_though_the_posting_ends_before_a_second_run_would() -> None:
    leaving = posting(WHO, id=POSTING, since=date(2018, 6, 1), until=date(2020, 12, 31))
    first = spread("2020-06-01", "2020-06-20", "ou/ou") | spread("2020-06-21", "2020-06-21", "vw/vw")
    finding = one(first | spread("2020-12-27", "2020-12-29", "ou/ou"), today="2020-12-29", postings=[leaving])
    assert (finding.verdict, finding.day) == (Verdict.SUSPECTED, date(2020, 6, 16))
    assert finding.sentence.startswith("无正当理由连续离岗20天，超过15天，2020-06-16达到")
    assert "此前达不到界限" not in finding.sentence


def test_the_sum_of_the_rolling_year_stands_though_the_posting_ends_before_a_run_would() -> None:
    leaving = posting(WHO, id=POSTING, since=date(2018, 6, 1), until=date(2019, 4, 5))
    days = ten_days_each("2018-11-01", "2018-12-01", "2019-02-01") | spread("2019-04-01", "2019-04-03", "ou/ou")
    finding = one(days, today="2019-04-03", postings=[leaving])
    assert (finding.verdict, finding.day) == (Verdict.AMBER, date(2019, 4, 1))
    assert "任意365天内无正当理由离岗累计33天，已超过30天" in finding.sentence
    assert "此前达不到界限" not in finding.sentence
