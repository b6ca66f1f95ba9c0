"""Headings of messy rosters: where they stand and what they mean."""

from datetime import date

import pytest

from tests.domain.rosters import GOOD, MAN, RULES, head, read, sheet
from tuopin_desktop.domain.columns import all_columns, columns, sheet_kinds
from tuopin_desktop.domain.intake import (
    Header,
    Status,
    find_header,
    heading_key,
    recognised,
    take_in,
)
from tuopin_desktop.domain.problems import Problem


def test_a_plain_row_is_ok_and_becomes_values() -> None:
    intake = read(sheet(GOOD))
    row = intake.rows[0]
    assert (row.number, row.status, row.cells) == (2, Status.OK, ())
    assert row.values == {
        "person.name": "张三",
        "person.sex": "1",
        "person.id_number": MAN,
        "person.birth": "1970-05",
        "person.unit": "自治区林业厅",
        "person.phone": "13947820000",
        "posting.county": "152224",
        "posting.position": "member",
        "posting.since": "2018-05-31",
    }
    assert (intake.counts.ok, intake.counts.rows, intake.counts.usable) == (1, 1, 1)


def test_the_heading_is_found_below_title_and_reporting_line() -> None:
    rows: list[list[object]] = [
        ["派驻人员花名册", "", "", ""],
        ["填报单位：突泉县", "", "", "填报日期：2018年6月"],
        [],
        ["序号", "姓  名", "性 别", "联系电话\n（手机）", "身份证号", "参加工作时间"],
        [1.0, "张三", "男", "13947820000", MAN, "1990.01"],
    ]
    found = head(rows)
    assert (found.first, found.last) == (4, 4)
    assert {place: column.key for place, column in found.columns.items()} == {
        1: "person.name",
        2: "person.sex",
        3: "person.phone",
        4: "person.id_number",
    }
    assert found.unmapped == ("序号", "参加工作时间")
    assert found.left_out == ("参加工作时间",)
    assert [column.heading for column in found.missing] == ["派驻旗县", "队内职务", "派驻起"]


def test_two_heading_rows_are_joined() -> None:
    rows: list[list[object]] = [
        ["花名册"],
        ["姓名", "性别", "联系方式", "", "派驻时间", ""],
        ["", "", "办公电话", "手机", "起", "止"],
        ["张三", "男", "", "13947820000", date(2018, 5, 31), ""],
    ]
    found = head(rows)
    assert (found.first, found.last) == (2, 3)
    assert [found.columns[place].key for place in (0, 1, 3, 4, 5)] == [
        "person.name",
        "person.sex",
        "person.phone",
        "posting.since",
        "posting.until",
    ]
    assert take_in(rows, found, RULES).rows[0].number == 4


def test_group_titles_above_the_headings_do_not_change_their_meaning() -> None:
    rows: list[list[object]] = [
        ["基本情况", "", "", "联系"],
        ["姓名", "性别", "民族", "手机"],
        ["张三", "男", "汉族", ""],
    ]
    found = head(rows)
    assert (found.first, found.last) == (2, 2)
    assert found.headings[0] == "姓名"


def test_a_heading_merged_over_two_rows_and_filled_down_is_one_heading() -> None:
    rows: list[list[object]] = [["姓名", "性别", "派出单位"], ["姓名", "性别", "派出单位"], ["张三", "男", "甲厅"]]
    assert head(rows).last == 2
    assert [row.number for row in read(rows).rows] == [3]


def test_the_label_wins_over_a_synonym_and_the_other_is_left_over() -> None:
    rows: list[list[object]] = [["姓名", "单位", "派出单位", "性别"], ["张三", "甲", "乙", "男"]]
    found = head(rows)
    assert found.columns[2].key == "person.unit"
    assert found.unmapped == ("单位",)


@pytest.mark.parametrize("rows", [[], [[]], [["姓名", "性别"]], [["甲", "乙", "丙"]], [["姓名"], ["性别"], ["民族"]]])
def test_no_heading_is_a_problem_that_says_what_is_needed(rows: list[list[object]]) -> None:
    found = find_header(rows, "roster")
    assert isinstance(found, Problem)
    assert "姓名" in found.sentence


def test_beyond_thirty_rows_no_heading_is_looked_for() -> None:
    blank: list[list[object]] = [[""]] * 29
    assert isinstance(find_header([*blank, [""], *sheet(GOOD)], "roster"), Problem)
    assert isinstance(find_header([*blank, *sheet(GOOD)], "roster"), Header)


@pytest.mark.parametrize("kind", sheet_kinds())
def test_every_kind_recognises_its_own_template(kind: str) -> None:
    rows: list[list[object]] = [["标题"], [f"{column.heading}*" for column in all_columns(kind)]]
    found = head(rows, kind)
    assert list(found.columns.values()) == list(all_columns(kind))
    assert found.missing == ()


def test_a_generic_kind_needs_half_of_its_required_columns() -> None:
    assert isinstance(find_header([["姓名", "职务", "备注"]], "leave_slip"), Problem)
    assert isinstance(find_header([["姓名", "地点", "事由"]], "leave_slip"), Header)


def test_a_clerk_can_correct_the_guess() -> None:
    found = head(sheet(GOOD))
    unit = next(column for column in columns("roster") if column.key == "person.school")
    changed = found.assign(4, unit).assign(1, None)
    assert changed.columns[4] == unit
    assert 1 not in changed.columns
    assert "性别" in changed.unmapped
    assert found.columns[1].key == "person.sex"


def test_heading_words_are_folded() -> None:
    assert heading_key(" 联系电话\n（手机）*") == heading_key("联系电话(手机)")
    assert recognised("roster", "党派") is not None
    assert recognised("roster", "序号") is None
