"""Article 9 at its bounds: where one half-day more or less turns the verdict, and what is said then."""

from datetime import date, timedelta

import pytest

from tests.domain.attendance.marks import spread
from tests.domain.rules.build import judged, ruling
from tests.domain.rules.test_presence import CALENDAR, nine, seen
from tuopin_desktop.domain.calendar import days_of
from tuopin_desktop.domain.findings import Verdict

WORKDAYS = [day for day in days_of(date(2018, 10, 1), date(2018, 10, 31)) if CALENDAR.is_workday(day)]
RESTED = [day for day in days_of(date(2018, 10, 1), date(2018, 10, 31)) if day not in WORKDAYS]


FULL_REST = dict.fromkeys(RESTED, "cr/cr")


@pytest.mark.parametrize(
    ("apart", "verdict", "words"),
    [
        (2, Verdict.AMBER, "；加因公外出2天则满"),
        (1, Verdict.RED, "差2天；当月法定工作日只有18天（"),
    ],
    ids=["just enough", "one day too few"],
)
def test_business_away_excuses_exactly_what_it_fills(apart: int, verdict: Verdict, words: str) -> None:
    days = {**FULL_REST, **dict.fromkeys(WORKDAYS, "vw/vw"), **dict.fromkeys(RESTED[:apart], "vw/vw")}
    days |= dict.fromkeys(WORKDAYS[:apart], "ot/ot")
    finding = nine(days)
    assert ("因公外出单列", f"{apart}天") in finding.inputs
    assert finding.verdict is verdict
    assert words in finding.sentence


@pytest.mark.parametrize(
    ("unlogged", "verdict"), [(3, Verdict.AMBER), (2, Verdict.AMBER), (1, Verdict.RED)], ids=lambda value: str(value)
)
def test_work_without_a_log_excuses_exactly_what_it_fills(unlogged: int, verdict: Verdict) -> None:
    days = {**FULL_REST, **dict.fromkeys(WORKDAYS, "vw/vw"), **dict.fromkeys(RESTED[:unlogged], "vw/vw")}
    assert nine(days, logged={}).verdict is verdict


@pytest.mark.parametrize(
    ("blank", "verdict", "words"),
    [(4, Verdict.AMBER, "；还有2天没有登记，请先补登考勤"), (3, Verdict.RED, "差2天")],
    ids=["just enough", "half a day too few"],
)
def test_what_is_blank_excuses_exactly_what_it_could_fill(blank: int, verdict: Verdict, words: str) -> None:
    days = {**FULL_REST, **dict.fromkeys(WORKDAYS, "vw/vw")}
    for day in RESTED[: blank // 2]:
        del days[day]
    if blank % 2:
        days[RESTED[blank // 2]] = "cr/"
    finding = nine(days)
    assert finding.verdict is verdict
    assert words in finding.sentence


def test_twenty_days_are_enough_and_nineteen_and_a_half_are_not() -> None:
    days = {**FULL_REST, **dict.fromkeys(WORKDAYS, "vw/vw"), **dict.fromkeys(RESTED[:2], "vw/vw")}
    assert nine(days).verdict is Verdict.OK
    days[RESTED[0]] = "vw/cr"
    finding = nine(days)
    assert (finding.verdict, finding.sentence.partition("；")[0]) == (
        Verdict.RED,
        "在旗县工作19.5天，应满20天，差0.5天",
    )


@pytest.mark.parametrize(("kept", "lost"), [(9, False), (8, True)])
def test_a_running_month_is_lost_the_day_its_days_no_longer_suffice(kept: int, lost: bool) -> None:
    """On the 20th there are eleven days left: with nine kept twenty can just be reached, with eight no more."""
    today = date(2018, 10, 20)
    days = dict.fromkeys(days_of(date(2018, 10, 1), today), "ol/ol")
    days |= {date(2018, 10, 1) + timedelta(days=number): "vw/vw" for number in range(kept)}
    finding = nine(days, ruling("presence.rest_day_in_county", "always"), today=str(today))
    assert finding.verdict is (Verdict.AMBER if lost else Verdict.OK)
    assert ("本月已不能达到" in finding.sentence) is lost
    assert ("最迟2018-10-21起须天天在旗县工作" in finding.sentence) is not lost


@pytest.mark.parametrize(("blank", "lost"), [(2, False), (1, True)])
def test_blank_days_gone_by_keep_a_running_month_open(blank: int, lost: bool) -> None:
    today = date(2018, 10, 20)
    days = dict.fromkeys(days_of(date(2018, 10, 1), today), "ol/ol")
    days |= {date(2018, 10, 1) + timedelta(days=number): "vw/vw" for number in range(8)}
    days[date(2018, 10, 9)] = "" if blank == 2 else "ol/"
    finding = nine(days, ruling("presence.rest_day_in_county", "always"), today=str(today))
    assert finding.verdict is Verdict.AMBER
    assert ("本月已不能达到" in finding.sentence) is lost
    assert ("已过的日子有1天没有登记" in finding.sentence) is not lost


def test_a_month_that_has_not_begun_is_not_judged_and_its_last_day_is_still_running() -> None:
    ahead = seen(spread("2018-10-01", "2018-10-31", "vw/vw"), today="2018-09-30")
    assert judged(ahead, "A09-1") == []
    last = nine(
        spread("2018-10-01", "2018-10-31", "vw/vw"), ruling("presence.rest_day_in_county", "always"), today="2018-10-31"
    )
    assert last.sentence.startswith("至2018-10-31计31天，应满20天")
    after = nine(
        spread("2018-10-01", "2018-10-31", "vw/vw"), ruling("presence.rest_day_in_county", "always"), today="2018-11-01"
    )
    assert after.sentence.startswith("在旗县工作31天，应满20天")


@pytest.mark.parametrize(("blank", "verdict"), [(2, Verdict.AMBER), (1, Verdict.RED)], ids=["just enough", "too few"])
def test_blank_halves_and_missing_logs_excuse_together_what_neither_fills_alone(blank: int, verdict: Verdict) -> None:
    days = {**FULL_REST, **dict.fromkeys(WORKDAYS, "vw/vw"), RESTED[0]: "vw/vw", RESTED[1]: "cr/" if blank == 1 else ""}
    finding = nine(days, logged={})
    assert finding.verdict is verdict
    assert ("还有1天没有登记，1天休息日工作没有日志" in finding.sentence) is (verdict is Verdict.AMBER)


def test_a_running_month_is_not_lost_while_logs_may_still_be_written() -> None:
    today = date(2018, 10, 31)
    days = {**FULL_REST, **dict.fromkeys(WORKDAYS, "vw/vw"), **dict.fromkeys(RESTED[:2], "vw/vw")}
    open_still = nine(days, logged={}, today=str(today))
    assert "本月已不能达到" not in open_still.sentence
    days[RESTED[1]] = "vw/cr"
    assert "本月已不能达到" in nine(days, logged={}, today=str(today)).sentence


@pytest.mark.parametrize("today", ["2018-10-31", "2018-11-01"])
def test_a_month_of_which_nothing_is_keyed_is_neither_short_nor_reached(today: str) -> None:
    known = seen({date(2018, 10, 1): ""}, today=today)
    (finding,) = judged(known, "A09-1", "attendance:150125/a/2018-10")
    assert finding.verdict is Verdict.AMBER
    assert "没有登记考勤，不能判断" in finding.sentence
    assert "差" not in finding.sentence


def test_part_of_a_month_is_reckoned_from_twenty_whatever_workdays_it_has() -> None:
    """October 2018 has 18 workdays; they lower the twenty under another ruling alone."""
    finding = nine(spread("2018-10-18", "2018-10-31", "vw/vw"), since=date(2018, 10, 18))
    assert finding.steps[0] == "20 × 14 ÷ 31 = 9.03，舍去零头，应满9天"


def test_rest_days_worked_without_a_log_stand_among_the_inputs() -> None:
    days = {**FULL_REST, **dict.fromkeys(WORKDAYS, "vw/vw"), **dict.fromkeys(RESTED[:2], "vw/vw")}
    assert ("休息日工作无日志", "2天") in nine(days, logged={}).inputs
    assert "休息日工作无日志" not in dict(nine(days).inputs)


def test_blank_days_gone_by_are_said_without_logs_where_none_are_missing() -> None:
    today = date(2018, 10, 20)
    days = dict.fromkeys(days_of(date(2018, 10, 1), today), "ol/ol")
    days |= {date(2018, 10, 1) + timedelta(days=number): "vw/vw" for number in range(8)}
    days[date(2018, 10, 9)] = ""
    finding = nine(days, ruling("presence.rest_day_in_county", "always"), today=str(today))
    assert "已过的日子有1天没有登记，请先补登" in finding.sentence


@pytest.mark.parametrize(
    ("switch", "value"),
    [("presence.rest_day_in_county", "never"), ("presence.unit", "workday")],
    ids=lambda value: value,
)
@pytest.mark.parametrize(("blank", "verdict"), [(0, Verdict.RED), (2, Verdict.AMBER)])
def test_blank_rest_days_that_cannot_count_excuse_nothing(
    switch: str, value: str, blank: int, verdict: Verdict
) -> None:
    """December 2018 has 21 workdays: with nineteen worked, no rest day can make twenty of them where none counts."""
    workdays = [day for day in days_of(date(2018, 12, 1), date(2018, 12, 31)) if CALENDAR.is_workday(day)]
    days = dict.fromkeys(workdays, "ol/ol") | dict.fromkeys(workdays[:19], "vw/vw")
    days |= dict.fromkeys(workdays[19 : 19 + blank], "")
    finding = nine(days, ruling(switch, value), today="2019-02-01")
    assert finding.verdict is verdict
    assert ("天没有登记" in finding.sentence) is (verdict is Verdict.AMBER)


def test_only_what_there_is_is_named_and_only_what_helps_is_asked() -> None:
    days = {**FULL_REST, **dict.fromkeys(WORKDAYS, "vw/vw"), **dict.fromkeys(RESTED[:2], "vw/vw")}
    finding = nine({**days, **dict.fromkeys(WORKDAYS[:2], "ot/ot")}, logged={})
    assert "；还有2天休息日工作没有日志，2天因公外出单列，请先补写日志（" in finding.sentence


def test_a_running_month_that_lacks_logs_alone_asks_for_logs_alone() -> None:
    days = {**FULL_REST, **dict.fromkeys(WORKDAYS, "vw/vw"), **dict.fromkeys(RESTED[:2], "vw/vw")}
    finding = nine(days, logged={}, today="2018-10-31")
    assert "已过的日子有2天休息日工作没有日志，请先补写日志（" in finding.sentence
