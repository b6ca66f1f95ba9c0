"""Classes and trips are laid over a month like slips: they fill what nobody keyed, and every quarrel is marked."""

from datetime import date
from typing import Any

import pytest

from tests.domain.attendance.marks import months, spread
from tests.domain.attendance.test_ledger import AWAY, covers
from tests.domain.duties.dutyrecords import day, took, training, trip
from tests.domain.leave.papers import approved, told
from tests.domain.rules.build import facts, full_team, only, ruling, team
from tuopin_desktop.domain.attendance.laidover import clashes, lay_over, ledger
from tuopin_desktop.domain.attendance.stays import stays_of
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.leave.count import half_number

PEOPLE, POSTINGS = full_team()
ONE = POSTINGS[0]
WEEK = "2018-07-02am/2018-07-06pm"


def stays(**said: Any) -> Any:
    school = training(period=WEEK, **said)
    return stays_of(ONE, [(took(school, ONE), school)], ())


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({}, "on"),
        ({"organiser": "league"}, "ot"),
        ({"venue": "150125"}, "cn"),
        ({"venue": "150125", "organiser": "county"}, "cw"),
        ({"venue": "150121"}, "on"),
    ],
)
def test_a_class_says_where_its_people_were(said: dict[str, str], code: str) -> None:
    known = ledger(None, "2018-07", (), stays(**said))
    assert {half.code for half in known.values()} == {code}
    assert len(known) == 10
    assert next(iter(known.values())).source == "training"


def test_whoever_was_absent_or_came_for_a_day_is_not_laid_over_the_rest() -> None:
    school = training(period=WEEK)
    assert stays_of(ONE, [(took(school, ONE, absent=True), school)], ()) == ()
    (stay,) = stays_of(ONE, [(took(school, ONE, period="2018-07-03am/2018-07-03am"), school)], ())
    assert len(stay.halves) == 1


def test_what_was_keyed_and_what_a_slip_says_stand_before_a_class() -> None:
    days = ["", "vw/"] + [""] * 29
    assert lay_over(days, "2018-07", (), stays())[1:3] == ("vw/on", "on/on")
    over = covers(told(AWAY, date(2018, 7, 31), opinions=approved()))
    assert lay_over([""] * 31, "2018-07", over, stays())[4] == "ol/ol"


def test_contradictions_are_marked_and_nothing_is_overwritten() -> None:
    (record,) = months({**spread("2018-07-02", "2018-07-02", "vw/ou"), **spread("2018-07-03", "2018-07-03", "on/on")})
    found = clashes(record, (), date(2018, 7, 31), stays())
    assert [words for _, words in found] == [
        "考勤登记在旗县，培训“培训班”说已外出",
        "考勤登记无正当理由，培训“培训班”登记已参加",
    ]
    over = covers(told(AWAY, date(2018, 7, 31), opinions=approved()))
    half = ledger(None, "2018-07", over, stays())[half_number(date(2018, 7, 5), "am")]
    assert half.clashes == ("报备单2018-0001请假，培训“培训班”登记已参加",)


def test_a_trip_says_away_without_saying_why() -> None:
    (stay,) = stays_of(ONE, (), [trip(ONE, "2018-07-07")])
    assert (stay.code, stay.source, len(stay.halves)) == ("o?", "trip", 6)
    (record,) = months(spread("2018-07-07", "2018-07-09", "cw/cw"))
    assert len(clashes(record, (), date(2018, 7, 31), [stay])) == 6


def seen(days: dict[date, str], **said: Any) -> Facts:
    school = training(period=WEEK)
    basics: dict[str, Any] = {"trainings": (school,), "training_attendance": (took(school, ONE),)}
    basics |= {"today": day("2018-08-05"), "teams": [team()], "persons": PEOPLE, "postings": [ONE]}
    return facts(**{**basics, "attendance": months(days, ONE.id), **said})


def test_a_class_of_the_office_counts_to_the_twenty_days_unless_ruled_otherwise() -> None:
    kept = seen(spread("2018-07-09", "2018-07-27", "vw/vw"))
    assert dict(only(kept, "A09-1").inputs)["计入天数"] == "20天"
    apart = only(kept, "A09-1", None, ruling("presence.office_training", "apart"))
    assert (dict(apart.inputs)["计入天数"], dict(apart.inputs)["因公外出单列"]) == ("15天", "5天")


def test_a_day_in_a_class_is_never_absence_without_reason() -> None:
    away = spread("2018-06-25", "2018-07-12", "ou/ou")
    assert only(seen(away, training_attendance=()), "A16-3").verdict is Verdict.SUSPECTED
    assert only(seen(away), "A16-3").verdict is not Verdict.SUSPECTED
