"""Issue 12 A: what a slip without a return comes to: the posting ends it, the next slip ends it, halves and words."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.attendance.marks import POSTING, months, spread
from tests.domain.rules.build import POLICY, TODAY, facts, judged, person, posting, slip
from tuopin_desktop.domain.attendance.closing import policy_of, terms_of
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Finding, Verdict
from tuopin_desktop.domain.leave.account import account
from tuopin_desktop.domain.leave.journey import Trip, journey_of
from tuopin_desktop.domain.leave.watch import watches
from tuopin_desktop.domain.records import LeaveSlip, Posting
from tuopin_desktop.services.office import library

WHO = person(id="150125/who", name="张三")
JULY_15 = date(2018, 7, 15)


def post(**said: Any) -> Posting:
    about = {"id": POSTING, "since": date(2018, 5, 30), **said}
    return posting(WHO, **about)


def leave(period: str, returned: str = "", **said: Any) -> LeaveSlip:
    return slip(POSTING, period, **{"returned": returned, "return_note": "", "leave_type": "personal", **said})


def seen(today: str, *slips: LeaveSlip, postings: list[Posting] | None = None, **said: Any) -> Facts:
    return facts(
        today=date.fromisoformat(today),
        persons=[WHO],
        postings=[post()] if postings is None else postings,
        slips=list(slips),
        calendar=library.calendar(),
        **said,
    )


def said(known: Facts, rule: str) -> list[Finding]:
    return judged(known, rule)


def trip(known: Facts, which: LeaveSlip) -> Trip:
    return known.story(which, POLICY).journey.trip


def natural(known: Facts, year: int = 2018) -> tuple[float, float]:
    """Return the leave and the overstay of a year in days."""
    told = {one.id: known.story(one, POLICY) for one in known.slips}
    mine = account(told.values(), told, year, POLICY, known.calendar)
    return mine.natural, mine.overrun_days


# ------------------------------------------------------------------ absence ends with the posting

HOME = leave("2018-07-06am/2018-07-07pm")


def test_absence_from_post_ends_with_the_posting() -> None:
    known = seen("2020-08-04", HOME, postings=[post(until=JULY_15)])
    (finding,) = said(known, "A16-3")
    assert finding.verdict is not Verdict.SUSPECTED
    assert dict(finding.inputs)["最长连续"] == "8天"  # 07-08 to 07-15, both whole
    (back,) = said(known, "A10-6")
    assert back.verdict is Verdict.AMBER
    assert "超假8天" in back.sentence
    assert trip(known, HOME) is Trip.ENDED
    assert watches(known.story(HOME, POLICY)) == ()
    assert natural(known) == (2.0, 8.0)


def test_who_goes_home_on_leave_at_the_end_of_the_term_is_not_suspected() -> None:
    last = leave("2020-12-28am/2020-12-31pm")
    known = seen("2021-01-31", last, postings=[post(until=date(2020, 12, 31))])
    assert said(known, "A16-3") == []
    assert [one for one in said(known, "A10-6") if one.verdict is not Verdict.OK] == []
    assert not trip(known, last).out
    beyond = leave("2020-12-28am/2021-01-05pm")
    known = seen("2021-01-31", beyond, postings=[post(until=date(2020, 12, 31))])
    assert (said(known, "A16-3"), natural(known, 2021)[1]) == ([], 0)


def test_another_position_in_the_same_county_goes_on_with_the_absence() -> None:
    second = posting(WHO, "leader", id="150125/b", since=JULY_15 + timedelta(days=1))
    known = seen("2018-08-04", HOME, postings=[post(until=JULY_15), second])
    (finding,) = said(known, "A16-3")
    assert (finding.verdict, finding.subject) == (Verdict.SUSPECTED, "posting:150125/b")
    assert trip(known, HOME) is Trip.OVERDUE


def test_days_keyed_after_the_posting_do_not_count() -> None:
    days = spread("2018-07-10", "2018-08-10", "ou/ou")
    known = seen("2018-09-01", postings=[post(until=JULY_15)], attendance=months(days))
    (finding,) = said(known, "A16-3")
    assert dict(finding.inputs)["最长连续"] == "6天"


# ------------------------------------------------------------------ before the measure took effect

EARLY = posting(WHO, id=POSTING, since=date(2018, 4, 28))


def keyed(days: dict[date, str], today: str, *slips: LeaveSlip, **more: Any) -> Facts:
    return seen(today, *slips, postings=[EARLY], attendance=months(days), **more)


@pytest.mark.parametrize(
    ("last", "verdict", "longest", "fired"),
    [
        ("2018-06-05", Verdict.OK, "7天", ""),
        ("2018-07-05", Verdict.SUSPECTED, "37天", "2018-06-14达到"),
    ],
)
def test_days_before_the_measure_neither_count_nor_mute(last: str, verdict: Verdict, longest: str, fired: str) -> None:
    day = date.fromisoformat(last) + timedelta(days=1)
    known = keyed(spread("2018-05-10", last, "ou/ou") | {day: "vw/vw"}, "2018-09-01")
    (finding,) = said(known, "A16-3")
    assert (finding.verdict, dict(finding.inputs)["最长连续"]) == (verdict, longest)
    assert fired in finding.sentence
    assert "仅供参考" not in finding.sentence


def test_an_absence_that_ended_before_the_measure_is_nothing() -> None:
    assert said(keyed(spread("2018-05-01", "2018-05-29", "ou/ou"), "2018-09-01"), "A16-3") == []


def test_may_2018_is_judged_by_its_two_days() -> None:
    here = {date(2018, 5, 30): "vw/vw", date(2018, 5, 31): "vw/vw"}
    (finding,) = said(keyed(spread("2018-05-01", "2018-05-29", "ou/ou") | here, "2018-06-10"), "A09-1")
    assert (finding.verdict, finding.sentence.partition("（")[0]) == (Verdict.OK, "在旗县工作2天，应满1天")
    absent = spread("2018-05-01", "2018-05-29", "vw/vw") | spread("2018-05-30", "2018-05-31", "ou/ou")
    (finding,) = said(keyed(absent, "2018-06-10"), "A09-1")
    assert finding.verdict is Verdict.RED


def test_leaving_without_a_slip_is_not_muted_by_a_day_before_the_measure() -> None:
    days = spread("2018-05-28", "2018-05-31", "or/or")
    (finding,) = said(keyed(days, "2018-06-10"), "A10-3")
    assert (finding.verdict, finding.sentence[:8]) == (Verdict.AMBER, "离开未报备2天（")
    assert said(keyed(spread("2018-05-28", "2018-05-29", "or/or"), "2018-06-10"), "A10-3") == []


def test_an_overstay_begun_before_the_measure_counts_from_its_first_day() -> None:
    away = leave("2018-05-10am/2018-05-20pm", "2018-07-06am")
    known = seen("2018-09-01", away, postings=[EARLY])
    (finding,) = said(known, "A10-6")
    assert finding.verdict is Verdict.SUSPECTED
    assert "超假37天" in finding.sentence
    ended = seen("2018-09-01", leave("2018-05-10am/2018-05-20pm", "2018-05-29am"), postings=[EARLY])
    assert [one for one in said(ended, "A10-6") + said(ended, "A16-3") if one.verdict is not Verdict.OK] == []


# ------------------------------------------------------------------ the next slip closes the one before

FIRST = leave("2018-07-02am/2018-07-04pm")
SECOND = leave("2018-07-05am/2018-07-06pm", "2018-07-07am")


def test_the_slip_that_follows_closes_the_one_before() -> None:
    known = seen("2018-08-04", FIRST, SECOND)
    assert said(known, "A16-3") == []
    assert [one.verdict for one in said(known, "A10-6")] == [Verdict.OK]
    assert trip(known, FIRST) is Trip.CONTINUED
    assert known.story(FIRST, POLICY).owed == ()
    assert natural(known) == (5.0, 0.0)


def test_a_return_noted_on_the_first_of_two_slips_closes_the_second() -> None:
    first, second = leave("2018-07-02am/2018-07-04pm", "2018-07-07am"), leave("2018-07-05am/2018-07-06pm")
    known = seen("2018-08-04", first, second)
    assert (said(known, "A16-3"), trip(known, second), natural(known)) == ([], Trip.BACK, (5.0, 0.0))


def test_a_later_slip_ends_an_overstay_and_does_not_excuse_it() -> None:
    later = leave("2018-07-20am/2018-07-21pm", "2018-07-22am")
    known = seen("2018-09-04", FIRST, later)
    (finding,) = [one for one in said(known, "A10-6") if one.verdict is not Verdict.OK]
    assert "超假15天，没有返岗登记，其后另有报备单" in finding.sentence
    assert finding.verdict is Verdict.AMBER
    assert natural(known) == (5.0, 15.0)


def test_a_slip_that_is_not_signed_closes_nothing() -> None:
    unsigned = leave("2018-07-05am/2018-07-06pm")
    known = seen("2018-07-20", FIRST, unsigned, opinions=[], filings=[])
    assert trip(known, FIRST) is Trip.OVERDUE


def worst(known: Facts) -> tuple[set[tuple[str, str]], tuple[float, float], str]:
    """Return what is held against anybody about leave and absence, the year's days, and whether somebody is out."""
    bad = {
        (one.rule, one.verdict.name)
        for rule in ("A10-6", "A16-3", "A10-3")
        for one in said(known, rule)
        if one.verdict is not Verdict.OK
    }
    fires = [one.sentence for one in said(known, "A16-3")]
    out = any(trip(known, one).out for one in known.slips)
    return bad, natural(known), f"{fires} {out}"


@given(
    length=st.integers(1, 12),
    cut=st.integers(1, 12),
    back=st.one_of(st.none(), st.tuples(st.integers(0, 40), st.sampled_from(["am", "pm"]))),
    seen_on=st.integers(0, 60),
    until=st.one_of(st.none(), st.integers(0, 50)),
)
def test_splitting_a_slip_into_two_changes_no_verdict(
    length: int, cut: int, back: tuple[int, str] | None, seen_on: int, until: int | None
) -> None:
    start = date(2018, 7, 2)
    last, middle = start + timedelta(days=length), start + timedelta(days=min(cut, length) - 1)
    after = middle + timedelta(days=1)
    today = start + timedelta(days=seen_on)
    returned = f"{after + timedelta(days=back[0])}{back[1]}" if back else ""
    if returned and date.fromisoformat(returned[:10]) > today:
        returned = ""
    posts = [post(until=start + timedelta(days=until))] if until is not None else [post()]
    whole = leave(f"{start}am/{last}pm", returned)
    halves = [leave(f"{start}am/{middle}pm"), leave(f"{after}am/{last}pm", returned)]
    day = today.isoformat()
    wanted = worst(seen(day, whole, postings=posts))
    assert worst(seen(day, *halves, postings=posts)) == wanted
    assert worst(seen(day, *reversed(halves), postings=posts)) == wanted


# ------------------------------------------------------------------ rest days left blank

WORKDAYS = {day: code for day, code in spread("2018-08-27", "2018-09-28", "ou/ou").items() if day.weekday() < 5}


def test_blank_rest_days_do_not_break_a_run() -> None:
    known = seen("2018-11-01", attendance=months(WORKDAYS | {date(2018, 9, 29): "vw/vw"}))
    (finding,) = said(known, "A16-3")
    assert finding.verdict is Verdict.SUSPECTED
    assert "2018-09-11达到" in finding.sentence
    assert any("没有登记的休息日" in str(step) for step in finding.steps)


def test_a_rest_day_at_work_breaks_it() -> None:
    there = dict.fromkeys((date(2018, 9, 1), date(2018, 9, 8), date(2018, 9, 15), date(2018, 9, 22)), "vw/vw")
    (finding,) = said(seen("2018-11-01", attendance=months(WORKDAYS | there | {date(2018, 9, 29): "vw/vw"})), "A16-3")
    assert finding.verdict is Verdict.OK


def test_workdays_left_blank_are_unknown_and_not_in_order() -> None:
    days = spread("2018-09-03", "2018-09-10", "ou/ou") | spread("2018-09-13", "2018-09-21", "ou/ou")
    known = seen("2018-11-01", attendance=months(days | {date(2018, 9, 22): "vw/vw"}))
    (finding,) = said(known, "A16-3")
    assert finding.verdict is Verdict.NOTICE
    assert "其间2018-09-11至2018-09-12没有考勤登记" in finding.sentence


# ------------------------------------------------------------------ a registered return is known


def test_a_return_on_a_blank_rest_day_breaks_the_run() -> None:
    """The slip ends on Wednesday, he is back on Saturday morning, and from Monday he is away without reason."""
    slip_back = leave("2018-08-27am/2018-08-29pm", "2018-09-01am")
    days = spread("2018-09-03", "2018-09-07", "ou/ou") | {date(2018, 9, 8): "vw/vw"}
    (finding,) = said(seen("2018-11-01", slip_back, attendance=months(days)), "A16-3")
    runs = [str(step).partition("：")[0] for step in finding.steps if "≤ 15 天" in str(step)]
    assert runs == ["2018-08-30至2018-08-31", "2018-09-03至2018-09-07"]


def test_a_return_on_a_workday_is_not_said_to_be_unregistered() -> None:
    slip_back = leave("2018-08-20am/2018-08-22pm", "2018-09-05am")
    days = spread("2018-09-06", "2018-09-14", "ou/ou") | {date(2018, 9, 5): "/ou", date(2018, 9, 15): "vw/vw"}
    (finding,) = said(seen("2018-11-01", slip_back, attendance=months(days)), "A16-3")
    assert "没有考勤登记" not in finding.sentence
    assert finding.verdict is Verdict.OK


def test_a_registered_return_is_known() -> None:
    away = leave("2018-07-05am/2018-07-10pm", "2018-07-27am", number="2018-0001")
    longer = leave("2018-07-11am/2018-07-20pm", follows=away.id, relation="extension", late_reason="补办")
    (finding,) = said(seen("2018-09-01", away, longer), "A16-3")
    assert finding.verdict is Verdict.OK
    assert "如不返岗" not in str(finding)
    assert "尚无返岗登记" not in str(finding)


@pytest.mark.parametrize("today", ["2018-10-19", "2018-10-24", "2018-10-25", "2018-10-26", "2019-12-01"])
def test_a_forecast_never_names_a_past_day(today: str) -> None:
    known = seen(today, attendance=months(spread("2018-10-10", "2018-10-19", "ou/ou")))
    (finding,) = said(known, "A16-3")
    assert finding.verdict is Verdict.NOTICE
    if today <= "2018-10-25":
        assert "如不返岗，2018-10-25达到界限" in finding.sentence
    else:
        assert "2018-10-20起没有登记，是否返岗不明" in finding.sentence
        assert "2018-10-25" not in str(finding)


# ------------------------------------------------------------------ halves of the last day, and the day of grace


@pytest.mark.parametrize(
    ("returned", "days", "given_back"),
    [
        ("2018-08-02pm", 1.5, 1.5),
        ("2018-08-03am", 2.0, 1.0),
        ("2018-08-03pm", 2.5, 0.5),
        ("2018-08-04am", 3.0, 0.0),
        ("2018-08-04pm", 3.0, 0.0),
    ],
)
def test_the_half_in_which_he_is_back_is_presence(returned: str, days: float, given_back: float) -> None:
    away = leave("2018-08-01am/2018-08-03pm", returned)
    known = seen("2018-09-01", away)
    assert natural(known) == (days, 0.0)
    assert known.story(away, POLICY).journey.given_back == given_back


@given(st.integers(0, 30), st.sampled_from(["am", "pm"]), st.integers(0, 30))
def test_returning_is_never_worse_than_not_returning(after: int, half: str, more: int) -> None:
    back = date(2018, 8, 3) + timedelta(days=after)
    today = (back + timedelta(days=more)).isoformat()
    here, gone = leave("2018-08-01am/2018-08-03pm", f"{back}{half}"), leave("2018-08-01am/2018-08-03pm")
    assert natural(seen(today, here))[1] <= natural(seen(today, gone))[1]
    order = [Verdict.OK, Verdict.NOTICE, Verdict.AMBER, Verdict.RED, Verdict.SUSPECTED]
    worst_of = [
        max((order.index(one.verdict) for rule in ("A10-6", "A16-3") for one in said(seen(today, it), rule)), default=0)
        for it in (here, gone)
    ]
    assert worst_of[0] <= worst_of[1]


# ------------------------------------------------------------------ a note is not a return


@pytest.mark.parametrize("note", ["至今未归", "在京住院", "尚未销假", "没有返回", "预计8月返回", ""])
def test_words_that_claim_no_return_are_none(note: str) -> None:
    away = leave("2018-07-02am/2018-07-04pm", return_note=note)
    known = seen("2018-08-04", away)
    assert trip(known, away) is Trip.OVERDUE
    (finding,) = said(known, "A10-6")
    assert finding.verdict is Verdict.SUSPECTED
    assert dict(finding.inputs).get("销假情况", "") == note
    assert [one.verdict for one in said(known, "A16-3")] == [Verdict.SUSPECTED]


@pytest.mark.parametrize("note", ["已销假", "按期返回", "已向队长销假"])
def test_words_that_claim_a_return_without_a_day_ask_for_it_and_accuse_nobody(note: str) -> None:
    away = leave("2018-07-02am/2018-07-04pm", return_note=note)
    known = seen("2018-08-04", away)
    (finding,) = said(known, "A10-6")
    assert finding.verdict is Verdict.AMBER
    assert f"销假情况写有“{note}”，没有返回日期" in finding.sentence
    assert said(known, "A16-3") == []
    assert not trip(known, away).out
    assert trip(known, away).due
    assert finding.sentence.startswith(known.story(away, POLICY).owed[0])


@pytest.mark.parametrize(
    ("note", "over"), [("7月5日\n已销假", 0), ("2018年7月10日归队，已电话销假。", 5), ("7.10返回", 5)]
)
def test_a_day_named_in_the_words_is_the_latest_day_of_return(note: str, over: float) -> None:
    away = leave("2018-07-02am/2018-07-04pm", return_note=note)
    assert natural(seen("2018-08-04", away)) == (3.0, over)


def test_a_reported_day_alone_is_the_latest_day_of_return() -> None:
    away = leave("2018-07-02am/2018-07-04pm", reported=date(2018, 7, 8))
    assert natural(seen("2018-08-04", away)) == (3.0, 3.0)


def test_a_month_closed_before_the_last_day_was_asked_about_reads_as_it_was_closed() -> None:
    away = leave("2018-08-01am/2018-08-03pm", "2018-08-03pm")
    then = policy_of("presence.unit=calendar", POLICY)
    assert journey_of(away, [], then, TODAY).given_back == 0
    assert journey_of(away, [], policy_of(terms_of(POLICY), POLICY), TODAY).given_back == 0.5
    assert journey_of(away, [], policy_of("", POLICY), TODAY).given_back == 0.5


def test_a_sheet_that_marks_the_whole_last_day_as_leave_accuses_nobody() -> None:
    away = leave("2018-08-01am/2018-08-03pm", "2018-08-03pm")
    known = seen("2018-09-01", away, attendance=months(spread("2018-08-01", "2018-08-03", "ol/ol")))
    assert said(known, "A16-3") == []
    assert [one.verdict for one in said(known, "A10-3") if one.subject.startswith("attendance")] == [Verdict.OK]


def test_out_of_post_nothing_is_open_and_nothing_is_foretold() -> None:
    again = posting(WHO, "deputy", id="150125/z", since=date(2019, 1, 1))
    (finding,) = said(seen("2019-06-01", HOME, postings=[post(until=JULY_15), again]), "A16-3")
    assert (finding.verdict, "没有登记" in finding.sentence) == (Verdict.OK, False)
    (finding,) = said(seen("2018-07-12", HOME, postings=[post(until=JULY_15)]), "A16-3")
    assert finding.verdict is Verdict.NOTICE
    assert "尚无返岗登记；派驻2018-07-15止，此前达不到界限" in finding.sentence
    assert "如不返岗" not in str(finding)
