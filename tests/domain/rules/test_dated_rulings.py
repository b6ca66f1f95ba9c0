"""A ruling applies to what it says (Art. 20): a month, slip or day is judged under the one in force on its day."""

from datetime import date
from typing import Any

import msgspec
import pytest

from tests.domain.attendance.marks import POSTING, months, spread
from tests.domain.rules.build import POLICY, facts, judged, only, person, posting, ruling, slip, team
from tuopin_desktop.domain.duties.radar import radar
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.journals.logdays import Journals
from tuopin_desktop.domain.policy import set_to, what_if, with_rulings
from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.records import Ruling
from tuopin_desktop.services.office import library

WHO = person(id="150125/who", name="张三")
CALENDAR = library.calendar()
JUNE = date(2019, 6, 1)
WORKDAYS = ruling("presence.unit", "workday", ruled=date(2019, 7, 1), applies=JUNE)
"""Said in July, of June and what follows."""


def seen(first: str, last: str, code: str, today: str = "2019-09-01") -> Facts:
    marks = spread(first, last, code)
    return facts(
        today=date.fromisoformat(today),
        persons=[WHO],
        postings=[posting(WHO, id=POSTING)],
        attendance=months(marks),
        calendar=CALENDAR,
        journals=Journals({f"{POSTING}/{month}": (1 << 31) - 1 for month in {f"{day:%Y-%m}" for day in marks}}),
    )


def test_a_month_is_judged_under_the_ruling_in_force_when_it_began() -> None:
    known = seen("2019-05-01", "2019-06-30", "vw/vw")
    before = {one.subject[-7:]: one for one in judged(known, "A09-1")}
    after = {one.subject[-7:]: one for one in judged(known, "A09-1", None, WORKDAYS)}
    assert after["2019-05"] == before["2019-05"]
    assert (before["2019-06"].verdict, after["2019-06"].verdict) == (Verdict.OK, Verdict.RED)


def test_a_ruling_within_a_month_leaves_that_month_alone() -> None:
    known = seen("2019-06-01", "2019-06-30", "vw/vw")
    late = ruling("presence.unit", "workday", applies=date(2019, 6, 2))
    assert judged(known, "A09-1", None, late) == judged(known, "A09-1")


def test_a_ruling_from_the_first_day_of_the_measure_holds_for_the_month_it_begins_in() -> None:
    ruled = with_rulings(POLICY, [ruling("presence.unit", "workday", applies=POLICY.in_force)], JUNE)
    assert ruled.on(date(2018, 5, 1)).choice("presence.unit") == "workday"


def test_a_slip_is_judged_under_the_ruling_of_its_first_day() -> None:
    staff = posting(WHO, id=POSTING)
    early = slip(staff, "2019-05-06am/2019-05-07pm", id="150125/e", returned="2019-05-10pm")
    late = slip(staff, "2019-06-10am/2019-06-11pm", id="150125/l", returned="2019-06-14pm")
    known = facts(today=date(2019, 9, 1), persons=[WHO], postings=[staff], slips=[early, late], calendar=CALENDAR)
    strict = ruling("leave.grace_days", "3", ruled=JUNE, applies=JUNE)
    before = {one.subject: one for one in judged(known, "A10-6")}
    fresh = msgspec.structs.replace(known)  # facts remember the stories they told
    after = {one.subject: one for one in judged(fresh, "A10-6", None, strict)}
    assert {subject for subject in before if before[subject] != after[subject]} == {"leave_slip:150125/l"}


@pytest.mark.parametrize(("applies", "days"), [("2019-06-01", "10天"), ("2019-06-05", "6天"), ("2019-07-01", "0天")])
def test_a_day_of_absence_counts_under_the_ruling_in_force_on_it(applies: str, days: str) -> None:
    """Q15: away without a slip counts from the day from which the Office's ruling takes it as a reason."""
    known = seen("2019-06-01", "2019-06-10", "ol/ol")
    none = ruling("absence.reasons", "overstay", ruled=date(2018, 6, 1), applies=date(2018, 5, 30))
    again = ruling("absence.reasons", "no_slip", applies=date.fromisoformat(applies))
    rest = ruling("presence.rest_day_away", "unjustified", ruled=date(2018, 6, 1), applies=date(2018, 5, 30))
    found = judged(known, "A16-3", None, none, again, rest)
    said = dict(found[0].inputs).get("2019年累计", "0天") if found else "0天"
    assert said == days


def test_the_limits_of_an_account_are_those_of_its_last_absence() -> None:
    known = seen("2019-05-01", "2019-05-16", "ou/ou")
    workdays = ruling("absence.run_unit", "workday", ruled=JUNE, applies=JUNE)
    assert only(known, "A16-3", None, workdays) == only(known, "A16-3")
    assert only(known, "A16-3").verdict is Verdict.SUSPECTED


def test_what_was_kept_or_supposed_holds_on_every_day() -> None:
    ruled = with_rulings(POLICY, [WORKDAYS], date(2019, 9, 1))
    assert ruled.on(date(2019, 5, 1)).choice("presence.unit") == "calendar"
    supposed = what_if(ruled, "presence.unit", "min")
    assert not isinstance(supposed, Problem)
    assert supposed.on(date(2019, 5, 1)).choice("presence.unit") == "min"
    assert set_to(ruled, {"presence.unit": "min"}).on(date(2019, 5, 1)).choice("presence.unit") == "min"
    assert set_to(ruled, {"presence.unit": "workday"}).on(date(2019, 5, 1)).choice("presence.unit") == "calendar"


def test_the_other_packs_are_of_the_same_day() -> None:
    other = with_rulings(library.policy("2021-village"), [], JUNE)
    said = ruling("presence.trips", "counted", pack="2021-village", applies=date(2021, 8, 1))
    other = with_rulings(other, [said], date(2021, 9, 1))
    first = with_rulings(POLICY.with_pack(other), [], date(2021, 9, 1))
    assert first.under("2021-village").choice("presence.trips") == "counted"
    assert first.on(date(2021, 7, 1)).under("2021-village").choice("presence.trips") != "counted"
    assert first.on(date(2021, 7, 1)) is first.on(date(2021, 7, 9))


# ------------------------------------------------------------------ duties by their due day, who was posted by his


def dues(what: str, year: int, *said: Ruling, **more: Any) -> list[date]:
    """Return the due days of one duty in a year, as seen long after."""
    known = facts(today=date(2020, 12, 1), persons=[WHO], postings=[posting(WHO, id=POSTING)], teams=[team()], **more)
    policy = with_rulings(POLICY, said, known.today)
    return [duty.due for duty in radar(known, policy, year) if duty.what == what]


@pytest.mark.parametrize(
    ("what", "switch", "value", "old", "new"),
    [
        ("工作分析例会", "meeting.analysis_count", "exclusive", date(2019, 5, 5), date(2019, 7, 4)),
        ("月报", "report.month_day", "8", date(2019, 5, 5), date(2019, 7, 8)),
        ("半年报告", "report.half_year_second", "12-20", date(2018, 12, 31), date(2019, 12, 20)),
        ("年度工作总结", "appraisal.summary_day", "12-25", date(2018, 12, 31), date(2019, 12, 25)),
        ("总队周记", "weekly_note.due_weekday", "3", date(2019, 5, 7), date(2019, 7, 10)),
    ],
)
def test_a_duty_falls_due_as_it_is_ruled_for_its_day(what: str, switch: str, value: str, old: date, new: date) -> None:
    said = ruling(switch, value, ruled=JUNE, applies=JUNE)
    before = dues(what, 2018, said) + dues(what, 2019, said)
    assert {old, new} <= {*before}
    assert [day for day in before if day < JUNE] == [
        day for year in (2018, 2019) for day in dues(what, year) if day < JUNE
    ]


def test_a_year_owes_the_trips_as_is_ruled_for_its_end() -> None:
    said = ruling("support.trips_meaning", "ceiling", ruled=JUNE, applies=date(2019, 1, 1))
    known = facts(today=date(2020, 1, 2), persons=[WHO], postings=[posting(WHO, id=POSTING)], teams=[team()])
    short = only(known, "A18-2", None, said)
    assert (short.verdict, "2018年" in short.sentence, "2019年" in short.sentence) == (Verdict.AMBER, True, False)


@pytest.mark.parametrize(("since", "verdict"), [("2019-05-31", Verdict.RED), ("2019-06-01", Verdict.NOTICE)])
def test_who_was_posted_is_judged_under_the_rulings_of_that_day(since: str, verdict: Verdict) -> None:
    born = person(id=WHO.id, birth="1970-05")
    known = facts(
        today=date(2019, 9, 1), persons=[born], postings=[posting(WHO, id=POSTING, since=date.fromisoformat(since))]
    )
    strict = ruling("eligibility.cutoff_month", "exclusive", applies=POLICY.in_force)
    again = ruling("eligibility.cutoff_month", "inclusive", ruled=JUNE, applies=JUNE)
    assert only(known, "A03-5", None, strict, again).verdict is verdict
