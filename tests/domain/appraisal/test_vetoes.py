"""Vetoes strike exactly at their number, name their records and their arithmetic, and say where they are written."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from tests.domain.appraisal.test_scheme import parsed, second
from tests.domain.rules.build import COUNTY, POLICY, facts, full_team, slip
from tuopin_desktop.domain.appraisal.evidence import Evidence, Strike, TraceLine
from tuopin_desktop.domain.appraisal.scheme import Scheme
from tuopin_desktop.domain.appraisal.strikes import strikes
from tuopin_desktop.domain.appraisal.vetoes import Cap, caps
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.domain.recall.course import Docket
from tuopin_desktop.domain.records import Incident, OwnCheck, RecallCase, SpotCheck

PEOPLE, POSTINGS = full_team()
LEADER, ONE = POSTINGS[0], POSTINGS[2]
END = date(2019, 12, 31)
SCHEME = Scheme.read(second())


def struck(of: Any = ONE, *, checks: Sequence[Any] = (), incidents: Sequence[Any] = (), **said: Any) -> list[Cap]:
    seen = facts(**{"today": END, "persons": PEOPLE, "postings": POSTINGS, **said})
    found = strikes(seen, POLICY, 2019, POSTINGS, checks, incidents)
    return list(caps(of.id, evidence(found), SCHEME))


def evidence(found: dict[str, list[Strike]]) -> Evidence:
    positions = {posting.id: posting.position for posting in POSTINGS}
    nothing: dict[Any, Any] = {}
    return Evidence(
        year=2019,
        own=nothing,
        below=nothing,
        marks=nothing,
        scores=nothing,
        means=nothing,
        summaries=nothing,
        months=nothing,
        strikes=found,
        positions=positions,
    )


def on_leave(*periods: tuple[str, str]) -> dict[str, Any]:
    slips = [slip(ONE, period, leave_type=leave, number=f"2019-{at}") for at, (period, leave) in enumerate(periods)]
    return {"slips": slips}


def not_found(day: str, cls: type[SpotCheck | OwnCheck] = SpotCheck, found: str = "not_found") -> Any:
    made = date.fromisoformat(day)
    return cls(
        id=f"{COUNTY}/c{day}",
        checked=made,
        manner="covert",
        checker="联络考评组",
        county=COUNTY,
        posting=ONE.id,
        found=found,
    )


def test_half_a_year_of_leave_keeps_a_grade_and_half_a_day_more_does_not() -> None:
    half = (("2019-01-01am/2019-04-10pm", "sick"), ("2019-05-01am/2019-07-22am", "personal"))
    assert struck(**on_leave(*half)) == []
    (cap,) = struck(**on_leave(half[0], ("2019-05-01am/2019-07-22pm", "personal")))
    assert cap.cap == "none"
    assert cap.steps == ("病假 100 天 + 事假 83 天 = 183 天 > 365 天 × 50% = 182.5 天",)
    assert "公务员考核规定第二十七条，待核" in cap.text
    assert cap.reason == f"{cap.text}：{cap.steps[0]}"
    assert [line.record.partition(":")[0] for line in cap.lines] == ["leave_slip"] * 2
    assert "2019-05-01至2019-07-22，83 天（2019-1）" in cap.lines[1].words


def test_leave_of_another_kind_does_not_count_towards_half_a_year() -> None:
    assert struck(**on_leave(("2019-01-01am/2019-12-31pm", "maternity"))) == []


def test_an_open_case_keeps_from_excellent_and_a_closed_one_does_not() -> None:
    case = RecallCase(
        id=f"{ONE.id}-unfit",
        posting=ONE.id,
        trigger="unfit",
        since=date(2018, 11, 2),
        opened=date(2018, 11, 5),
        facts="x",
    )
    (cap,) = struck(docket=Docket(cases=(case,)))
    assert (cap.cap, cap.article, cap.lines[0].record) == ("competent", 16, f"recall_case:{case.id}")
    closed = msgspec.structs.replace(case, closed=date(2020, 1, 9), outcome="cleared")
    assert struck(docket=Docket(cases=(closed,))) == []
    later = msgspec.structs.replace(case, since=date(2020, 1, 2))
    assert struck(docket=Docket(cases=(later,))) == []


def test_the_second_spot_check_in_vain_strikes_and_the_county_s_own_do_not_count() -> None:
    once = not_found("2019-03-04")
    others = (not_found("2019-03-05", OwnCheck), not_found("2019-03-06", found="on_leave"), not_found("2018-03-05"))
    assert struck(checks=(once, *others)) == []
    (cap,) = struck(checks=(once, not_found("2019-09-10"), *others))
    assert cap.steps == ("记录2项 ≥ 界限2项",)
    assert [line.day for line in cap.lines] == [date(2019, 3, 4), date(2019, 9, 10)]
    assert cap.reason.endswith("（第十条）：2019-03-04、2019-09-10")


def test_whoever_was_on_approved_leave_is_not_counted_as_missed() -> None:
    checks = (not_found("2019-03-04"), not_found("2019-09-10"))
    assert struck(checks=checks, **on_leave(("2019-09-09am/2019-09-12pm", "annual"))) == []
    assert len(struck(checks=checks, **on_leave(("2019-09-10pm/2019-09-12pm", "annual")))) == 1, "half a day is missing"


def test_an_incident_strikes_and_its_matter_stays_in_its_register() -> None:
    made = Incident(id=f"{COUNTY}/i1", posting=ONE.id, date=date(2019, 4, 1), clause="gambling", text="打麻将")
    assert struck(incidents=(made,)) == [], "nobody has decided yet: the member is heard first"
    later = msgspec.structs.replace(made, handling="批评教育", handled=date(2021, 4, 2))
    assert struck(incidents=(later,)) == []
    made = msgspec.structs.replace(made, handling="批评教育", handled=date(2019, 4, 20))
    (cap,) = struck(incidents=(made,))
    assert (cap.cap, cap.article) == ("competent", 13)
    assert "赌博" not in cap.lines[0].words + cap.reason
    assert cap.lines[0].record == f"incident:{made.id}"
    assert struck(LEADER, incidents=(made,)) == []


def test_a_poor_team_limits_its_leader_only_where_the_scheme_turns_it_on() -> None:
    strike = Strike(by="team", code="unfit", line=TraceLine(words="总队较差"))
    found = {LEADER.id: [strike], ONE.id: [strike]}
    assert list(caps(LEADER.id, evidence(found), SCHEME)) == []
    data = second()
    (team,) = [veto for veto in data["vetoes"] if veto.get("by") == "team"]
    team["on"] = True
    turned = Scheme.read(data)
    assert [cap.cap for cap in caps(LEADER.id, evidence(found), turned)] == ["competent"]
    assert list(caps(ONE.id, evidence(found), turned)) == []
    del team["positions"]
    assert len(list(caps(ONE.id, evidence(found), Scheme.read(data)))) == 1


@pytest.mark.parametrize(
    ("veto", "words"),
    [
        ({"by": "leave"}, "over_percent"),
        ({"by": "case", "over_percent": Decimal(50)}, "over_percent"),
        ({"by": "leave", "over_percent": Decimal(50), "of": ["holiday"]}, "没有这样的代码：holiday"),
        ({"by": "team", "positions": ["boss"]}, "没有这样的代码：boss"),
        ({"by": "incident", "count": 0}, "不小于1"),
        ({}, "应列出规则"),
    ],
)
def test_a_veto_that_could_never_strike_as_meant_is_refused(veto: dict[str, Any], words: str) -> None:
    data = parsed()
    data["vetoes"] = [{"label": "试", "cap": "none", "article": 15, **veto}]
    with pytest.raises(Trouble, match=words):
        Scheme.read(data)
