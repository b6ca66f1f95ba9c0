"""The policy pack is read whole, refused when wrong, and shaped by the Office's rulings."""

from datetime import date
from typing import Any

import pytest

from tests.domain.rules.build import POLICY, pack, ruling
from tuopin_desktop.domain.policy import Policy, what_if, with_rulings
from tuopin_desktop.domain.problems import Problem, Trouble
from tuopin_desktop.domain.records import choices
from tuopin_desktop.domain.switches import Switch

TEXT_DECIDES = {13, 16, 21}
"""The open questions whose column "Switch?" says no; the end of the term (36) may be extended by a paper."""


def with_setting(**said: Any) -> dict[str, Any]:
    data = pack()
    data["settings"]["party"]["transfer_days"].update(said)
    return data


def test_every_open_question_is_in_the_pack() -> None:
    asked = {switch.q for switch in POLICY.switches.values()} - {0}
    assert asked == set(range(1, 37))


def test_every_switchable_question_can_be_ruled() -> None:
    ruled = {switch.q for switch in POLICY.switches.values() if switch.switch} - {0}
    assert ruled == set(range(1, 37)) - TEXT_DECIDES


def test_every_switch_says_question_reason_and_article() -> None:
    for key, switch in POLICY.switches.items():
        assert switch.key == key
        assert switch.question
        assert switch.why
        assert 1 <= switch.article <= 21
        assert switch.value_words


def test_defaults_are_those_of_the_specification() -> None:
    assert POLICY.in_force == POLICY.basis.issued == date(2018, 5, 30)
    assert POLICY.day("term.end") == date(2020, 12, 31)
    assert (POLICY.number("presence.days"), POLICY.choice("presence.unit")) == (20, "calendar")
    assert (POLICY.number("absence.run_days"), POLICY.number("absence.year_days")) == (15, 30)
    assert (POLICY.number("support.trips_least"), POLICY.number("support.trips_most")) == (10, 12)
    assert (POLICY.month("eligibility.department_cutoff"), POLICY.month("eligibility.other_cutoff")) == (
        "1960-05",
        "1970-05",
    )
    assert (POLICY.number("composition.teams"), POLICY.number("composition.team_size")) == (57, 5)
    assert POLICY.number("leave.grace_days") == 1
    assert POLICY.flag("absence.run_over_year") is True
    assert POLICY.flag("absence.leave_counts") is False
    assert POLICY.yearday("report.half_year_first", 2019) == date(2019, 6, 30)
    assert POLICY.several("appraisal.grades") == ("优秀", "称职", "基本称职", "不称职")
    assert POLICY.several("party.codes") == ("01", "02")


def test_slots_forms_and_leave_types_follow_the_records() -> None:
    assert len(POLICY.slots) == POLICY.number("composition.team_size")
    assert [slot.position for slot in POLICY.slots] == ["leader", "deputy", "member", "member", "member"]
    assert {kind.code for kind in POLICY.leave_types} == set(choices.LEAVE_TYPE.labels)
    assert {kind.code: kind.name for kind in POLICY.leave_types} == choices.LEAVE_TYPE.labels
    assert {one.form for one in POLICY.slips} <= set(choices.SLIP_FORM.labels)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("presence.unit", "自然日"),
        ("presence.days", "20天"),
        ("absence.half_breaks", "是"),
        ("absence.leave_counts", "否"),
        ("eligibility.health", "健康、一般"),
        ("term.end", "2020-12-31"),
    ],
)
def test_a_value_is_said_in_words(key: str, words: str) -> None:
    assert POLICY.switch(key).value_words == words


def test_a_missing_key_is_trouble_for_the_file() -> None:
    with pytest.raises(Trouble, match=r"presence\.moon"):
        POLICY.number("presence.moon")


def test_asking_the_wrong_type_is_a_bug() -> None:
    with pytest.raises(TypeError):
        POLICY.number("presence.unit")


@pytest.mark.parametrize(
    "data",
    [
        {},
        {**pack(), "id": 5},
        {**pack(), "unknown": 1},
        {**pack(), "settings": {"presence": 3}},
        with_setting(value=0),
        with_setting(value=True),
        with_setting(value="30"),
        with_setting(type="length"),
        with_setting(type="flag"),
        with_setting(type="choice", value="a"),
        with_setting(type="choice", value=1),
        with_setting(type="month", value="2018-13"),
        with_setting(type="yearday", value="2-30"),
        with_setting(type="date", value="20180530"),
        with_setting(type="date", value="2018-02-30"),
        with_setting(type="several", value="a,b", choices={"a": "甲"}),
        with_setting(colour="red"),
    ],
)
def test_a_wrong_file_is_refused_in_chinese(data: dict[str, Any]) -> None:
    with pytest.raises(Trouble, match="规则文件"):
        Policy.read(data)


def test_a_ruling_changes_its_switch_from_the_day_it_applies() -> None:
    rulings = [ruling("presence.unit", "min", applies=date(2018, 10, 1))]
    assert with_rulings(POLICY, rulings, date(2018, 9, 30)).choice("presence.unit") == "calendar"
    ruled = with_rulings(POLICY, rulings, date(2018, 10, 1))
    assert ruled.choice("presence.unit") == "min"
    assert ruled.switch("presence.unit").paper == rulings[0].paper
    assert POLICY.choice("presence.unit") == "calendar"


def test_a_ruling_without_first_day_applies_from_the_day_it_was_made() -> None:
    rulings = [ruling("leave.grace_days", "2", ruled=date(2018, 7, 1))]
    assert with_rulings(POLICY, rulings, date(2018, 6, 30)).number("leave.grace_days") == 1
    assert with_rulings(POLICY, rulings, date(2018, 7, 1)).number("leave.grace_days") == 2


def test_a_ruling_without_any_day_always_applies() -> None:
    assert with_rulings(POLICY, [ruling("leave.grace_days", "0", ruled=None)], date(2018, 5, 30)).number(
        "leave.grace_days"
    ) == (0)


def test_of_several_rulings_the_latest_decides_whatever_the_order() -> None:
    early = ruling("presence.trips", "counted", applies=date(2018, 7, 1))
    late = ruling("presence.trips", "apart", applies=date(2019, 1, 1), ruled=date(2018, 6, 1))
    corrected = ruling("presence.trips", "counted", applies=date(2019, 1, 1), ruled=date(2019, 2, 1))
    day = date(2019, 6, 1)
    for rulings in ([early, late], [late, early]):
        assert with_rulings(POLICY, rulings, day).choice("presence.trips") == "apart"
    assert with_rulings(POLICY, [corrected, late, early], day).choice("presence.trips") == "counted"


def test_a_deleted_ruling_does_not_count() -> None:
    ruled = with_rulings(POLICY, [ruling("presence.unit", "min", deleted=True)], date(2020, 1, 1))
    assert ruled.choice("presence.unit") == "calendar"
    assert ruled.ignored == ()


@pytest.mark.parametrize(
    ("switch", "value", "code"),
    [
        ("presence.moon", "1", "ruling.unknown"),
        ("presence.days", "18", "ruling.fixed"),
        ("leave.grace_days", "9", "ruling.value"),
        ("leave.grace_days", "一天", "ruling.value"),
        ("presence.unit", "week", "ruling.value"),
        ("absence.half_breaks", "也许", "ruling.value"),
        ("village.places", "village,moon", "ruling.value"),
    ],
)
def test_a_ruling_that_does_not_fit_is_left_out_and_reported(switch: str, value: str, code: str) -> None:
    good = ruling("presence.unit", "min")
    ruled = with_rulings(POLICY, [ruling(switch, value), good], date(2020, 1, 1))
    assert [problem.code for problem in ruled.ignored] == [code]
    assert ruled.choice("presence.unit") == "min"
    assert {key for key in POLICY.switches if ruled.switches[key] != POLICY.switches[key]} == {"presence.unit"}


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("presence.unit", " workday ", "workday"),
        ("presence.unit", "工作日", "workday"),
        ("absence.half_breaks", "否", False),
        ("absence.half_breaks", "TRUE", True),
        ("village.places", "village,pasture", "village,pasture"),
        ("report.half_year_first", "07-10", "07-10"),
        ("appraisal.grades", "好,较好,一般,较差", "好,较好,一般,较差"),
        ("support.insurance_alert_days", "60", 60),
    ],
)
def test_a_ruled_value_is_read_as_the_office_writes_it(key: str, text: str, value: object) -> None:
    policy = what_if(POLICY, key, text)
    assert not isinstance(policy, Problem)
    assert policy.switches[key].value == value


def test_a_switch_with_an_empty_list_says_nothing() -> None:
    empty = Switch(value="", type="several", question="口径", why="理由", article=9, choices={"a": "甲"})
    assert empty.value_words == ""
