"""What keeps a record from being saved: each Problem names its field, its article and what to do."""

from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.test_idcard import number
from tuopin_desktop.domain.codes import CodeTable
from tuopin_desktop.domain.problems import Problem, Refused, Trouble, refuse
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import Attachment, Decision, LeaveSlip, Person, Posting, Team
from tuopin_desktop.domain.validate import problems, tidy

TABLES = {
    "性别": CodeTable({"1": "男", "2": "女"}),
    "民族": CodeTable({"01": "汉族", "02": "蒙古族"}),
    "政治面貌": CodeTable({"01": "中共党员"}),
    "学历": CodeTable({"21": "大学本科"}),
    "旗县": CodeTable({"150426": "翁牛特旗"}),
}
SLIP = LeaveSlip(
    id="150426/s",
    filled=date(2018, 6, 4),
    name="张三",
    place="呼和浩特市",
    period="2018-06-05am/2018-06-08pm",
    reason="看病",
)
POSTING = Posting(
    id="150426/p", person="150426/a", county="150426", position="member", since=date(2018, 5, 30), until=None
)


def found(record: Record, *, practice: bool = False) -> list[tuple[str, tuple[str, ...], int]]:
    """Return code, fields and article of every problem; the sentence must be there."""
    said = problems(record, TABLES, practice=practice)
    assert all(problem.sentence for problem in said)
    return [(problem.code, problem.fields, problem.article) for problem in said]


def test_a_record_in_order_has_no_problem() -> None:
    person = Person(id="150426/a", name="额尔德尼·朝鲁", sex="2", ethnicity="02", birth="1970-05", phone="13900000000")
    assert found(person) == []
    assert found(SLIP) == []
    assert found(POSTING) == []


@pytest.mark.parametrize(
    ("record", "names"),
    [
        (Person(), ["name"]),
        (Posting(), ["person", "county", "position", "since"]),
        (LeaveSlip(), ["filled", "name", "place", "period", "reason"]),
        (Decision(), ["matter", "subject", "result", "decided", "paper"]),
    ],
)
def test_each_missing_field_is_named(record: Record, names: list[str]) -> None:
    assert found(record) == [("required", (name,), 0) for name in names]


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"name": "长" * 200}, "too_long", "name"),
        ({"note": "长" * 1001}, "too_long", "note"),
        ({"name": "张\u202e三"}, "characters", "name"),
        ({"unit": "\u2066财政厅\u2069"}, "characters", "unit"),
        ({"note": "甲\x00乙"}, "characters", "note"),
        ({"school": "\ue001"}, "characters", "school"),
        ({"sex": "3"}, "choice", "sex"),
        ({"ethnicity": "蒙古族"}, "choice", "ethnicity"),
        ({"rank": "处级"}, "choice", "rank"),
        ({"birth": "1970"}, "month", "birth"),
        ({"birth": "197005"}, "month", "birth"),
        ({"birth": "1970-13"}, "month", "birth"),
        ({"birth": "1970-02-30"}, "month", "birth"),
        ({"birth": "1870-05"}, "month", "birth"),
        ({"birth": "١٩٧٠-05"}, "month", "birth"),
        ({"id_number": "123"}, "id_number", "id_number"),
    ],
)
def test_each_field_says_what_is_wrong_with_it(said: dict[str, Any], code: str, field: str) -> None:
    assert found(Person(**{"name": "张三", **said})) == [(code, (field,), 0)]


def test_a_name_of_the_greatest_length_and_a_many_lined_note_are_fine() -> None:
    assert found(Person(name="长" * 50, note="第一行\n第二行\t完")) == []


def test_the_odd_character_is_named_by_its_code_point_once_and_never_shown() -> None:
    [problem] = problems(Person(name="张\u202e三\u202e"), TABLES)
    assert problem.sentence.count("U+202E") == 1
    assert "\u202e" not in problem.sentence
    [problem] = problems(Person(name="张三", sex="\ud800"), TABLES)
    assert problem.sentence.encode()


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1899, 12, 31), date(2100, 1, 1), date(9999, 12, 31)])
def test_a_date_outside_two_centuries_is_not_believed(day: date) -> None:
    assert ("date", ("arrived",), 0) in found(Team(county="150426", name="总队", arrived=day))


@pytest.mark.parametrize(
    ("period", "code"),
    [
        ("6月5日至8日", "period"),
        ("2018-06-05", "period"),
        ("2018-06-05am/2018-06-31pm", "period"),
        ("2018-06-08am/2018-06-05pm", "period_order"),
        ("2018-06-05pm/2018-06-05am", "period_order"),
        ("2018-06-05am/2019-06-06pm", "period_length"),
        ("1899-12-31am/1900-01-02pm", "period_length"),
        ("2099-12-31am/2100-01-02pm", "period_length"),
    ],
)
def test_a_leave_period_is_judged_by_article_10(period: str, code: str) -> None:
    assert found(msgspec.structs.replace(SLIP, period=period)) == [(code, ("period",), 10)]


@pytest.mark.parametrize("period", ["2018-06-05pm/2018-06-05pm", "2018-06-05am/2019-06-05pm"])
def test_half_a_day_and_a_whole_year_of_leave_can_be_written(period: str) -> None:
    assert found(msgspec.structs.replace(SLIP, period=period)) == []


def test_the_end_of_a_posting_lies_not_before_its_beginning() -> None:
    assert found(msgspec.structs.replace(POSTING, until=date(2018, 5, 29))) == [("date_order", ("until", "since"), 0)]
    assert found(msgspec.structs.replace(POSTING, until=date(2018, 5, 30))) == []


REAL = number(area="150426", order=12)  # a woman's, 1970-05-17; the area exists, the person does not


def test_number_birth_and_sex_must_say_the_same() -> None:
    assert found(Person(name="乌云", id_number=REAL, birth="1970-05", sex="2")) == []
    assert found(Person(name="乌云", id_number=REAL, birth="1970-05-17")) == []
    assert found(Person(name="乌云", id_number=REAL)) == []
    assert found(Person(name="乌云", id_number=REAL, birth="1970-06")) == [
        ("birth_mismatch", ("birth", "id_number"), 0)
    ]
    assert found(Person(name="乌云", id_number=REAL, birth="1970-05-18")) == [
        ("birth_mismatch", ("birth", "id_number"), 0)
    ]
    assert found(Person(name="乌云", id_number=REAL, sex="1")) == [("sex_mismatch", ("sex", "id_number"), 0)]


def test_practice_numbers_stay_in_practice() -> None:
    practised = Person(name="演示", id_number=number())
    assert found(practised) == [("practice_number", ("id_number",), 0)]
    assert found(practised, practice=True) == []


def test_tidying_trims_text_and_unites_line_ends() -> None:
    assert tidy(Person(name="张三", unit="  财政厅 ", note=" 甲\r\n乙\r丙\n ")) == Person(
        name="张三", unit="财政厅", note="甲\n乙\n丙"
    )


def test_tidying_leaves_line_breaks_and_tabs_in_long_fields_alone() -> None:
    tidied = tidy(Person(name="张三", unit="财政\n厅\t预算处", note="甲\n\t乙"))
    assert (tidied.unit, tidied.note) == ("财政厅 预算处", "甲\n\t乙")


def test_tidying_spells_the_names_of_people_and_leaves_other_names_alone() -> None:
    assert tidy(Person(name="额尔德尼.朝鲁　")).name == "额尔德尼·朝鲁"
    assert tidy(LeaveSlip(handler_name="王 五", place="中 旗.乙")) == LeaveSlip(handler_name="王五", place="中 旗.乙")
    assert tidy(Attachment(name="请假 条.扫描.pdf")).name == "请假 条.扫描.pdf"


def test_tidying_writes_a_citizen_number_in_full() -> None:
    assert tidy(Person(name="乌云", id_number=" 15042619700517012x".replace("x", REAL[-1].lower()))).id_number == REAL
    assert tidy(Person(name="乌云", id_number="150426700517012")).id_number == REAL
    assert tidy(Person(name="乌云", id_number="１２3x")).id_number == "123X"


@given(st.builds(Person, name=st.text(), id_number=st.text(max_size=20), birth=st.text(max_size=12), note=st.text()))
def test_tidying_twice_is_tidying_once_and_judging_never_falls_over(person: Person) -> None:
    once = tidy(person)
    assert tidy(once) == once
    assert isinstance(problems(once, TABLES), list)


def test_a_refusal_says_everything_at_once_and_where_it_stands() -> None:
    refused = Refused([Problem(code="a", sentence="甲不对。"), Problem(code="b", sentence="乙不对", article=10)])
    assert refused.sentence == "甲不对；乙不对（管理办法第10条）。"
    assert str(refused) == refused.sentence
    assert refuse("c", "丙", "name", article=3).problems == (
        Problem(code="c", sentence="丙", fields=("name",), article=3),
    )


def test_trouble_is_its_sentence() -> None:
    assert str(Trouble("磁盘已满。")) == Trouble("磁盘已满。").sentence == "磁盘已满。"
