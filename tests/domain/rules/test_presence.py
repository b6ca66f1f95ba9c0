"""Article 9 by half-days (V2), and Article 10: nobody leaves without a slip."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from tests.domain.attendance.marks import POSTING, months, spread
from tests.domain.rules.build import facts, judged, only, person, posting, ruling, slip
from tuopin_desktop.domain.calendar import days_of
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Finding, Verdict
from tuopin_desktop.domain.journals.logdays import Journals
from tuopin_desktop.services.office import library

WHO = person(id="150125/who", name="张三")
OCTOBER = spread("2018-10-01", "2018-10-31", "cr/cr")
CALENDAR = library.calendar()
LOGGED = {f"{POSTING}/{month}": (1 << 31) - 1 for month in ("2018-06", "2018-10")}
"""Every day has its log, unless a test says otherwise."""


def seen(days: Mapping[date, str], today: str = "2018-12-01", **said: Any) -> Facts:
    about = {"since": date(2018, 6, 1), **{key: said.pop(key) for key in ("since", "until") if key in said}}
    return facts(
        today=date.fromisoformat(today),
        persons=[WHO],
        postings=[posting(WHO, id=POSTING, **about)],
        attendance=months(days),
        calendar=CALENDAR,
        journals=Journals(said.pop("logged", LOGGED)),
        **said,
    )


def october(day: str, rest: str = "cr/cr", rested: int = 0) -> dict[date, str]:
    """October 2018 with one code on its workdays and on the first so many rest days."""
    found = dict(OCTOBER)
    for one in days_of(date(2018, 10, 1), date(2018, 10, 31)):
        worked = CALENDAR.is_workday(one)
        found[one] = day if worked or rested > 0 else rest
        rested -= not worked
    return found


def nine(days: Mapping[date, str], *rulings: Any, **said: Any) -> Finding:
    return only(seen(days, **said), "A09-1", None, *rulings)


def test_v2_eighteen_workdays_and_two_logged_rest_days_are_twenty() -> None:
    finding = nine(october("vw/vw", rested=2))
    assert (finding.verdict, finding.sentence) == (
        Verdict.OK,
        "在旗县工作20天，应满20天（管理办法第九条）",
    )
    assert "计入 40 个半天 ÷ 2 = 20 天" in finding.steps
    assert "其中休息日 2 天：休息日登记为工作、有工作日志的计入" in finding.steps


def test_v2_without_work_on_the_rest_days_two_are_short_and_the_workdays_are_shown() -> None:
    finding = nine(october("vw/vw"))
    assert finding.verdict is Verdict.RED
    assert finding.sentence.startswith("在旗县工作18天，应满20天，差2天；当月法定工作日只有18天")
    assert "当月法定工作日 18 天" in finding.steps
    assert ("当月法定工作日", "18天") in finding.inputs


def test_v2_rest_days_worked_without_a_log_do_not_count_until_it_is_written() -> None:
    finding = nine(october("vw/vw", rested=2), logged={})
    assert finding.verdict is Verdict.AMBER
    assert finding.sentence.startswith(
        "在旗县工作18天，应满20天，差2天；当月法定工作日只有18天；另有2天休息日登记为工作但没有工作日志，补写日志后计入"
    )
    assert "休息日登记为工作、没有工作日志 4 个半天 ÷ 2 = 2 天，不计入" in finding.steps
    one = nine(october("vw/vw", rested=2), logged={f"{POSTING}/2018-10": 1})
    assert ("计入天数", "19天") in one.inputs
    assert nine(october("vw/vw", rested=1), logged={}).verdict is Verdict.RED
    always = nine(october("vw/vw", rested=2), ruling("presence.rest_day_in_county", "always"), logged={})
    assert always.verdict is Verdict.OK


def test_a_trip_or_training_on_a_rest_day_needs_no_log_to_be_what_it_is() -> None:
    finding = nine(october("vw/vw", rest="on/on"), logged={})
    assert ("计入天数", "31天") in finding.inputs


def test_whole_days_without_a_log_are_all_or_nothing() -> None:
    half = nine(october("vw/vw", rest="cw/cr"), ruling("presence.granularity", "day"), logged={})
    assert not any("没有工作日志" in step for step in half.steps)
    whole = nine(october("vw/vw", rest="cw/cw"), ruling("presence.granularity", "day"), logged={})
    assert "休息日登记为工作、没有工作日志 26 个半天 ÷ 2 = 13 天，不计入" in whole.steps


def test_v2_who_arrives_on_18_june_needs_eight_days() -> None:
    days = spread("2018-06-18", "2018-06-25", "cw/cw")
    finding = nine(days, since=date(2018, 6, 18))
    assert finding.verdict is Verdict.OK
    assert finding.steps[0] == "20 × 13 ÷ 30 = 8.67，舍去零头，应满8天"
    whole = nine(days, ruling("presence.partial_month", "whole", applies=date(2018, 6, 1)), since=date(2018, 6, 18))
    assert (whole.verdict, whole.steps[0]) == (Verdict.RED, "应满20天")


@pytest.mark.parametrize(
    ("switch", "value", "day", "rested", "verdict"),
    [
        ("presence.unit", "workday", "vw/vw", 13, Verdict.RED),
        ("presence.unit", "min", "vw/vw", 0, Verdict.OK),
        ("presence.rest_day_in_county", "always", "vw/vw", 0, Verdict.OK),
        ("presence.rest_day_in_county", "never", "vw/vw", 13, Verdict.RED),
        ("presence.trips", "apart", "ot/ot", 13, Verdict.AMBER),
        ("presence.trips", "counted", "ot/ot", 13, Verdict.OK),
        ("presence.office_training", "counted", "on/on", 13, Verdict.OK),
        ("presence.office_training", "apart", "on/on", 13, Verdict.AMBER),
        ("presence.granularity", "half", "vw/cr", 13, Verdict.RED),
        ("presence.granularity", "day", "vw/cr", 13, Verdict.RED),
    ],
)
def test_each_switch_decides(switch: str, value: str, day: str, rested: int, verdict: Verdict) -> None:
    assert nine(october(day, rested=rested), ruling(switch, value)).verdict is verdict


@pytest.mark.parametrize(("value", "days"), [("half", "9天"), ("day", "0天")])
def test_half_days_count_half_unless_whole_days_are_asked(value: str, days: str) -> None:
    finding = nine(october("vw/cr"), ruling("presence.granularity", value))
    assert ("计入天数", days) in finding.inputs


@pytest.mark.parametrize(("value", "days"), [("half", "9天"), ("absent", "0天")])
def test_the_half_in_the_county_counts_on_a_travel_day(value: str, days: str) -> None:
    finding = nine(october("ol/vw"), ruling("presence.travel_day", value))
    assert ("计入天数", days) in finding.inputs


def test_what_nobody_keyed_is_not_held_against_anybody() -> None:
    finding = nine(spread("2018-10-01", "2018-10-15", "vw/vw"))
    assert finding.verdict is Verdict.AMBER
    assert "还有16天没有登记" in finding.sentence


def test_a_running_month_says_the_latest_day_on_which_twenty_can_still_be_reached() -> None:
    finding = nine(spread("2018-10-01", "2018-10-12", "ol/ol"), today="2018-10-11")
    assert finding.verdict is Verdict.AMBER
    finding = nine(spread("2018-10-01", "2018-10-10", "vw/vw"), today="2018-10-10")
    assert finding.verdict is Verdict.OK
    assert "最迟2018-10-22起须天天在旗县工作" in finding.sentence
    assert finding.steps[-2:][0] == "还差 10 天，2018-10-10之后还有 21 天可用"
    impossible = nine(spread("2018-10-01", "2018-10-13", "ol/ol"), today="2018-10-13")
    assert impossible.verdict is Verdict.AMBER
    assert "本月已不能达到" in impossible.sentence


def test_slips_fill_what_nobody_keyed_and_take_days_from_the_forecast() -> None:
    away = slip(POSTING, "2018-10-20am/2018-10-31pm", leave_type="personal")
    finding = nine(spread("2018-10-01", "2018-10-10", "vw/vw"), today="2018-10-10", slips=[away])
    assert "本月已不能达到" in finding.sentence
    closed = nine(spread("2018-10-01", "2018-10-19", "vw/vw"), slips=[away])
    assert closed.verdict is Verdict.RED
    assert ("请假", "12天") in closed.inputs


def test_an_unknown_year_is_said_and_not_guessed() -> None:
    finding = nine(spread("2029-03-01", "2029-03-31", "vw/vw"), today="2029-05-01")
    assert ("当月法定工作日", "节假日表未登记") in finding.inputs


@pytest.mark.parametrize(
    ("village", "county", "verdict", "share"),
    [
        (11, 10, Verdict.OK, "52.4%"),
        (10, 10, Verdict.AMBER, "50.0%"),
        (8, 12, Verdict.AMBER, "40.0%"),
        (7, 13, Verdict.RED, "35.0%"),
    ],
)
def test_most_of_the_days_are_spent_in_villages(village: int, county: int, verdict: Verdict, share: str) -> None:
    days = {date(2018, 10, day + 1): "pw/hw" if day < village else "cw/cw" for day in range(village + county)}
    finding = only(seen(days), "A09-2")
    assert finding.verdict is verdict
    assert share in finding.sentence


def test_pastures_count_as_villages_unless_the_office_rules_otherwise() -> None:
    days = spread("2018-10-01", "2018-10-20", "pw/pw")
    assert only(seen(days), "A09-2").verdict is Verdict.OK
    assert only(seen(days), "A09-2", None, ruling("village.places", "village,household")).verdict is Verdict.RED


def test_leaving_without_a_slip_is_listed_day_by_day() -> None:
    days = spread("2018-10-06", "2018-10-07", "or/or") | spread("2018-10-10", "2018-10-10", "vw/ot")
    finding = only(seen(days), "A10-3")
    assert (finding.verdict, finding.subject) == (Verdict.AMBER, f"attendance:{POSTING}/2018-10")
    assert finding.sentence == "离开未报备2.5天（管理办法第十条）"
    assert finding.steps[0] == "2018-10-06至2018-10-07，4 个半天 ÷ 2 = 2 天，没有报备单"


def test_a_slip_makes_leaving_right_and_a_quarrel_is_shown() -> None:
    away = slip(POSTING, "2018-10-10am/2018-10-11pm")
    right = judged(seen(spread("2018-10-10", "2018-10-11", "ol/ol"), slips=[away]), "A10-3")
    assert [one.verdict for one in right if one.subject.startswith("attendance")] == [Verdict.OK]
    (quarrel,) = judged(
        seen(spread("2018-10-10", "2018-10-10", "vw/ol"), slips=[away]), "A10-3", f"attendance:{POSTING}/2018-10"
    )
    assert quarrel.verdict is Verdict.NOTICE
    assert quarrel.steps == ("2018-10-10上午：考勤登记在旗县，报备单说已外出",)


def test_nothing_is_said_of_presence_or_of_a_posting_that_is_gone() -> None:
    assert judged(seen(october("vw/vw")), "A10-3") == []
    gone = facts(attendance=months(OCTOBER), today=date(2018, 12, 1))
    assert [one for key in ("A09-*", "A10-3") for one in judged(gone, key)] == []


# ------------------------------------------------------------------ months of which nothing is registered


@pytest.mark.parametrize(
    ("days", "more", "said"),
    [
        (
            spread("2018-08-01", "2018-08-02", "vw/vw"),
            {},
            "2018年6月至2018年7月、2018年9月至2018年11月共5个月没有登记考勤",
        ),
        ({}, {"until": date(2018, 7, 3)}, "2018年6月至2018年7月共2个月没有登记考勤"),
        ({}, {"since": date(2018, 4, 20), "until": date(2018, 6, 1)}, "2018年5月至2018年6月共2个月没有登记考勤"),
        ({}, {"since": date(2018, 11, 30)}, "2018年11月没有登记考勤"),
        ({}, {"since": date(2020, 12, 1), "today": "2021-03-01"}, "2020年12月没有登记考勤"),
        ({}, {"since": date(2018, 12, 1)}, ""),
        ({}, {"since": date(2018, 4, 20), "until": date(2018, 5, 29)}, ""),
        (spread("2018-10-01", "2018-11-30", "or/or"), {"since": date(2018, 10, 1)}, ""),
    ],
)
def test_months_without_a_record_are_neither_short_nor_reached(
    days: dict[date, str], more: dict[str, Any], said: str
) -> None:
    found = judged(seen(days, **more), "A09-4")
    assert [one.sentence.partition("，")[0] for one in found] == ([said] if said else [])
    assert {one.verdict for one in found} <= {Verdict.NOTICE}
