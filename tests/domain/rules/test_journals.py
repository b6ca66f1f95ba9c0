"""Article 10: daily logs for the days marked on post (Q33), weekly notes for the weeks worked (Q34)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from tests.domain.attendance.marks import POSTING, months, spread
from tests.domain.rules.build import COUNTY, facts, judged, only, person, posting, ruling, slip, team
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Finding, Verdict
from tuopin_desktop.domain.journals.logdays import Journals
from tuopin_desktop.services.office import library

WHO = person(id="150125/who", name="张三")
CALENDAR = library.calendar()
TEAM = f"team:{COUNTY}/team"
MONTH = f"attendance:{POSTING}/2018-10"


def seen(days: Mapping[date, str], today: str = "2018-12-01", **said: Any) -> Facts:
    said = {"since": date(2018, 6, 1), "until": None, **said}
    return facts(
        today=date.fromisoformat(today),
        teams=[team()],
        persons=[WHO],
        postings=[posting(WHO, id=POSTING, since=said.pop("since"), until=said.pop("until"))],
        attendance=months(days),
        calendar=CALENDAR,
        journals=Journals(said.pop("logged", {}), said.pop("noted", {})),
        **said,
    )


def bits(*days: int) -> dict[str, int]:
    return {f"{POSTING}/2018-10": sum(1 << (day - 1) for day in days)}


def logs(days: Mapping[date, str], *rulings: Any, **said: Any) -> Finding | None:
    found = judged(seen(days, **said), "A10-2", MONTH, *rulings)
    return found[0] if found else None


WEEK = spread("2018-10-08", "2018-10-12", "vw/cw")


def test_every_day_on_post_has_its_log() -> None:
    finding = logs(WEEK, logged=bits(8, 9, 10, 11, 12))
    assert finding is not None
    assert (finding.verdict, finding.sentence) == (Verdict.OK, "应写日志5天，都已写（管理办法第十条）")


def test_the_gaps_are_listed_with_the_sum() -> None:
    finding = logs(WEEK, logged=bits(9))
    assert finding is not None
    assert (finding.verdict, finding.sentence) == (Verdict.AMBER, "应写日志5天，缺4天（管理办法第十条）")
    assert finding.steps[:2] == (
        "应写 5 天（在岗日，含因公外出）− 已写 1 天 = 缺 4 天",
        "缺：10月8日、10月10日至12日",
    )
    assert logs(WEEK, logged={}).verdict is Verdict.RED  # type: ignore[union-attr]  # five of five
    assert logs(WEEK, ruling("journal.missing_days", "6"), logged={}).verdict is Verdict.AMBER  # type: ignore[union-attr]  # there is a finding


@pytest.mark.parametrize(
    ("day", "reading", "wanted"),
    [
        ("vw/vw", "on_post", True),
        ("vw/ol", "on_post", True),
        ("ot/ot", "on_post", True),
        ("on/on", "on_post", True),
        ("ol/ol", "on_post", False),
        ("cr/cr", "on_post", False),
        ("or/or", "on_post", False),
        ("ou/o?", "on_post", False),
        ("", "on_post", False),
        ("ot/ot", "in_county", False),
        ("cr/cr", "in_county", True),
        ("vw/vw", "in_county", True),
        ("vw/vw", "workday", True),
        ("ol/ol", "workday", False),
    ],
)
def test_which_day_wants_a_log(day: str, reading: str, wanted: bool) -> None:
    finding = logs({date(2018, 10, 10): day}, ruling("journal.days", reading), logged={})
    assert (finding is not None) is wanted


def test_by_the_workday_switch_a_sunday_worked_wants_none() -> None:
    sunday = {date(2018, 10, 14): "vw/vw"}
    assert logs(sunday, logged={}) is not None
    assert logs(sunday, ruling("journal.days", "workday"), logged={}) is None


def test_the_last_days_may_still_be_written() -> None:
    assert logs(WEEK, logged={}, today="2018-10-11") is None
    finding = logs(WEEK, logged={}, today="2018-10-12")
    assert finding is not None
    assert finding.sentence.startswith("应写日志1天，缺1天")
    assert logs(WEEK, ruling("journal.grace_days", "0"), logged={}, today="2018-10-09") is not None


def test_a_slip_says_what_nobody_keyed_and_a_trip_wants_its_logs() -> None:
    trip = slip(POSTING, "2018-10-15am/2018-10-16pm", leave_type="official")
    finding = logs(WEEK, logged=bits(8, 9, 10, 11, 12), slips=[trip])
    assert finding is not None
    assert finding.steps[1] == "缺：10月15日至16日"


@pytest.mark.parametrize(
    ("since", "until", "written"),
    [("2018-10-10", None, (10, 11, 12)), ("2018-06-01", "2018-10-10", (8, 9, 10))],
    ids=["before", "after"],
)
def test_days_before_and_after_the_posting_want_no_log(since: str, until: str | None, written: tuple[int, ...]) -> None:
    """A class before taking up the post lies over the month, and nobody may write a log of it."""
    span = {"since": date.fromisoformat(since), "until": until and date.fromisoformat(until)}
    finding = logs(WEEK, logged=bits(*written), **span)
    assert finding is not None
    assert (finding.verdict, finding.sentence) == (Verdict.OK, "应写日志3天，都已写（管理办法第十条）")


def test_a_week_before_the_posting_wants_no_note() -> None:
    known = seen(NOTES, noted={f"{COUNTY}/2018-W{week}": None for week in (43, 44)}, since=date(2018, 10, 22))
    assert only(known, "A10-2", TEAM).sentence == "应有周记2篇，都按时写了（管理办法第十条）"


NOTES = spread("2018-10-08", "2018-11-04", "vw/vw")
"""Four weeks, 2018-W41 to W44."""


def notes(made: Mapping[str, date | None], *rulings: Any, today: str = "2018-12-01") -> Finding:
    noted = {f"{COUNTY}/2018-{week}": day for week, day in made.items()}
    return only(seen(NOTES, today, noted=noted), "A10-2", TEAM, *rulings)


def test_every_week_worked_has_its_note() -> None:
    finding = notes({"W41": None, "W42": date(2018, 10, 23), "W43": None, "W44": None})
    assert (finding.verdict, finding.sentence) == (Verdict.OK, "应有周记4篇，都按时写了（管理办法第十条）")


def test_missing_and_late_notes_are_listed_by_the_month_of_their_thursday() -> None:
    finding = notes({"W41": None, "W42": date(2018, 10, 24)})
    assert (finding.verdict, finding.sentence) == (Verdict.AMBER, "应有周记4篇，缺2篇，迟1篇（管理办法第十条）")
    assert finding.steps == (
        "应有 4 篇 − 已有 2 篇 = 缺 2 篇",
        "缺：2018年10月第43周（10月22日至10月28日）",
        "缺：2018年11月第44周（10月29日至11月4日）",
        "迟：2018年10月第42周（10月15日至10月21日）",
        "缺 3 篇以上为不符，以下为提醒",
    )
    monday = notes({"W41": None}, ruling("weekly_note.month_of", "monday"))
    assert monday.verdict is Verdict.RED
    assert (
        "缺：2018年10月第42周（10月15日至10月21日）、第43周（10月22日至10月28日）、第44周（10月29日至11月4日）"
        in monday.steps
    )


@pytest.mark.parametrize(
    ("today", "wanted"), [("2018-10-16", 0), ("2018-10-17", 1), ("2018-10-23", 1), ("2018-10-24", 2)]
)
def test_a_note_is_asked_for_after_the_tuesday(today: str, wanted: int) -> None:
    found = judged(seen(NOTES, today), "A10-2", TEAM)
    assert [finding.inputs[0] for finding in found] == [("应有周记", f"{wanted}篇")] * bool(wanted)


def test_a_week_of_leave_and_rest_and_one_nobody_keyed_want_no_note() -> None:
    assert judged(seen(spread("2018-10-08", "2018-10-14", "ol/cr")), "A10-2", TEAM) == []
    assert judged(seen({}), "A10-2", TEAM) == []


def test_weeks_over_the_year_end_are_asked_once() -> None:
    days = spread("2019-12-23", "2020-01-12", "vw/vw")
    found = only(seen(days, "2020-02-01"), "A10-2", TEAM)
    assert found.inputs[0] == ("应有周记", "3篇")
    assert ["第1周（12月30日至1月5日）" in step for step in found.steps].count(True) == 1


@pytest.mark.parametrize("today", ["2020-02-01", "2021-03-01"])
def test_a_note_that_was_never_written_stays_missing_and_a_late_one_is_forgotten_after_a_year(today: str) -> None:
    days = spread("2019-12-23", "2020-01-12", "vw/vw")
    team = seen(days, today, noted={f"{COUNTY}/2020-W01": date(2020, 1, 31)})
    found = only(team, "A10-2", TEAM)
    late = "，迟1篇" if today == "2020-02-01" else ""
    assert found.sentence.startswith(f"应有周记3篇，缺2篇{late}（")


@pytest.mark.parametrize("today", ["0001-01-01", "9999-12-31", "2099-12-31"])
def test_no_day_of_asking_is_too_odd(today: str) -> None:
    judged(seen(NOTES, today), "A10-2")
