"""Which rows of a messy roster are data, and that no garbage ever gives a value."""

import string
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.rosters import (
    AREAS,
    GOOD,
    HEADINGS,
    MAN,
    OCTOBER,
    RULES,
    TABLES,
    cell,
    error,
    only,
    read,
    sheet,
    with_cell,
)
from tuopin_desktop.domain.columns import all_columns, sheet_kinds
from tuopin_desktop.domain.intake import (
    Header,
    Rules,
    Status,
    find_header,
    take_in,
)
from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.records import Team


def test_titles_blanks_footers_and_numbering_are_passed_over() -> None:
    numbering: list[object] = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]
    rows = sheet(
        numbering,
        GOOD,
        [],
        ["", None, " "],
        ["一、区直机关"],
        list(HEADINGS),
        with_cell("姓名", "李四", 公民身份号码=None),
        ["合计", "", "2人"],
        ["小 计：", 3.0],
        ["填表人：赵甲一", "", "审核：钱乙"],
        ["注：1.本表一式两份"],
        ["2.请于每月底前报送"],
    )
    intake = read(rows)
    assert [row.number for row in intake.rows] == [3, 8]
    assert [item.number for item in intake.skipped] == [2, 6, 7, 9, 10, 11, 12, 13]
    assert {item.reason for item in intake.skipped} == {"列号行", "分组标题", "重复的表头", "合计行", "表尾"}


def test_a_person_whose_name_looks_like_a_footer_word_is_kept() -> None:
    for name in ("单小红", "经纬", "注册", "合计划", "审美"):
        assert len(read(sheet(with_cell("姓名", name))).rows) == 1


@pytest.mark.parametrize("mark", ["同上", "〃", '"'])
def test_ditto_takes_the_row_above_and_says_so(mark: str) -> None:
    rows = sheet(
        GOOD,
        with_cell("派出单位", mark, 姓名="李四", 公民身份号码=None),
        with_cell("派出单位", mark, 姓名="王五", 公民身份号码=None),
    )
    intake = read(rows)
    for row in intake.rows[1:]:
        value, status, message = cell(row, "person.unit")
        assert (value, status) == ("自治区林业厅", Status.NOTED)
        assert "上一行" in message
        assert row.raw[HEADINGS.index("派出单位")] == "自治区林业厅"


def test_ditto_in_the_first_row_is_anerror() -> None:
    assert "上一行是空的" in error(with_cell("派出单位", "同上"), "person.unit")[2]


def test_ditto_of_an_error_stays_anerror() -> None:
    rows = sheet(with_cell("派驻旗县", "某旗"), with_cell("派驻旗县", "同上", 姓名="李四", 公民身份号码=None))
    assert "posting.county" not in read(rows).rows[1].values


def test_the_same_number_twice_is_an_error_on_the_later_row() -> None:
    intake = read(sheet(GOOD, with_cell("姓名", "张三丰")))
    assert intake.rows[0].status is Status.OK
    assert "第2行" in intake.rows[1].problems[0]
    assert "person.id_number" not in intake.rows[1].values


def test_without_a_number_name_and_unit_make_the_key() -> None:
    nameless = with_cell("公民身份号码", None)
    intake = read(sheet(GOOD, nameless, with_cell("公民身份号码", None, 派出单位="教育厅")))
    assert [row.status for row in intake.rows] == [Status.OK, Status.ERROR, Status.OK]
    assert "第2行" in intake.rows[1].problems[0]


def test_namesakes_with_two_numbers_are_two_people() -> None:
    other = with_cell("公民身份号码", OCTOBER, 出生年月="1970.10")
    assert [row.status for row in read(sheet(GOOD, other)).rows] == [Status.OK, Status.OK]


def test_two_postings_one_after_the_other_are_no_doubles() -> None:
    headings = [*HEADINGS, "派驻止"]
    first, second = [*GOOD, date(2019, 5, 1)], [*with_cell("派驻起", date(2019, 6, 1)), None]
    assert read(sheet(first, second, headings=headings)).counts.error == 0
    assert read(sheet(second, first, headings=headings)).counts.error == 0
    overlapping = [*with_cell("派驻起", date(2019, 4, 1)), None]
    assert read(sheet(first, overlapping, headings=headings)).counts.error == 1


def test_record_numbers_make_rows_updates_and_must_be_single() -> None:
    headings = [*HEADINGS, "人员记录号", "派驻记录号"]
    one, two = [*GOOD, "152224/p1", "152224/d1"], [*GOOD, "152224/p1", "152224/d2"]
    intake = read(sheet(one, two, headings=headings))
    assert intake.counts.ok == 2
    assert intake.rows[1].values["posting.id"] == "152224/d2"
    again = read(sheet(one, one, headings=headings)).rows[1]
    assert "第2行" in "".join(again.problems)
    for broken in ("p1", "152224 p1", "15\u202e/p1", 7.0):
        assert "记录号" in "".join(read(sheet([*GOOD, None, broken], headings=headings)).rows[0].problems)


def test_missing_required_cells_and_columns_are_errors_unless_given() -> None:
    rows = sheet(["张三", "男", MAN], headings=["姓名", "性别", "公民身份号码"])
    row = read(rows).rows[0]
    assert {item.column.key: item.place for item in row.cells} == {
        "posting.county": -1,
        "posting.position": -1,
        "posting.since": -1,
    }
    given_all = {"posting.county": "152224", "posting.position": "member", "posting.since": "2018-05-31", "x.y": "?"}
    filled = read(rows, rules=Rules(TABLES, defaults=given_all)).rows[0]
    assert filled.status is Status.OK
    assert filled.values["posting.county"] == "152224"
    assert "x.y" not in filled.values
    assert "必填" in error(with_cell("派驻起", ""), "posting.since")[2]


def test_an_update_may_lack_required_columns() -> None:
    headings = ["姓名", "性别", "民族", "人员记录号", "派驻记录号"]
    rows = sheet(["张三", "男", "汉族", "152224/p1", "152224/d1"], headings=headings)
    assert read(rows).rows[0].status is Status.OK


def test_an_exported_row_of_a_person_without_a_posting_updates_the_person_alone() -> None:
    headings = [*HEADINGS, "人员记录号", "派驻记录号"]
    unposted = [*GOOD[:6], None, None, None, "152224/p1", None]
    rules = Rules(TABLES, AREAS, defaults={"posting.county": "152224"})
    row = read(sheet(unposted, headings=headings), rules=rules).rows[0]
    assert row.status is Status.OK
    assert not any(key.startswith("posting.") for key in row.values)
    half = [*GOOD[:7], None, None, "152224/p1", None]
    assert read(sheet(half, headings=headings), rules=rules).rows[0].status is Status.ERROR


def test_defaults_do_not_hide_anerror() -> None:
    assert (
        "posting.county"
        not in only(with_cell("派驻旗县", "某旗"), Rules(TABLES, defaults={"posting.county": "1"})).values
    )


def test_the_owner_column_of_a_generic_kind() -> None:
    rows: list[list[object]] = [["所属旗县", "旗县", "总队名称"], ["突泉县", "突泉县", "突泉县工作总队"]]
    values = read(rows, "team").rows[0].values
    assert (values["team.owner"], values["team.county"]) == ("152224", "152224")


def test_kept_once_fields_of_a_generic_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Team, "kind", msgspec.structs.replace(Team.kind, keep_one=("county",)))
    rows: list[list[object]] = [["旗县", "总队名称"], ["突泉县", "甲"], ["库伦旗", "乙"], ["突泉县", "丙"]]
    intake = read(rows, "team")
    assert [row.status for row in intake.rows] == [Status.OK, Status.OK, Status.ERROR]
    assert "第2行" in intake.rows[2].problems[0]


def test_a_row_shorter_or_longer_than_the_heading_is_read() -> None:
    intake = read(sheet(["张三"], [*with_cell("姓名", "李四"), "多", "余"]))
    assert len(intake.rows) == 2
    assert intake.rows[1].status is Status.OK


ANY_TEXT = st.text(
    st.characters(codec=None) | st.sampled_from("同上〃张三男女.-/年月日0123456789Xx\u202e\u200b\ue000=+@ \n\t"),
    max_size=30,
)
ANY_CELL: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    ANY_TEXT,
    st.sampled_from([*GOOD, *HEADINGS, 1970.1, "1970.1", MAN.lower(), "1E+17", 1e17, "合计", "同上"]),
    st.text(string.digits, min_size=15, max_size=18),
)


@given(st.lists(st.lists(ANY_CELL, max_size=len(HEADINGS) + 2), max_size=8), st.booleans())
def test_garbage_never_raises_and_errors_give_no_value(garbage: list[list[object]], practice: bool) -> None:
    intake = read(sheet(*garbage), rules=Rules(TABLES, AREAS, practice=practice))
    for row in intake.rows:
        for item in row.cells:
            if item.status is Status.ERROR:
                assert item.value is None
                assert item.column.key not in row.values
                assert item.message
        for value in row.values.values():
            assert value is None or isinstance(value, str | int)
        assert len({item.column.key for item in row.cells}) == len(row.cells)


@pytest.mark.parametrize("kind", sheet_kinds())
def test_garbage_in_every_kind(kind: str) -> None:
    @given(st.lists(ANY_CELL, min_size=1, max_size=len(all_columns(kind))))
    def holds(garbage: list[object]) -> None:
        rows: list[list[object]] = [[column.heading for column in all_columns(kind)], garbage]
        for row in read(rows, kind).rows:
            assert all(item.column.key not in row.values for item in row.cells if item.status is Status.ERROR)

    holds()


@given(st.lists(st.lists(ANY_CELL, max_size=6), max_size=40), st.sampled_from(sheet_kinds()))
def test_a_heading_is_found_or_refused_in_any_garbage(rows: list[list[object]], kind: str) -> None:
    found = find_header(rows, kind)
    assert isinstance(found, Header | Problem)
    if isinstance(found, Header):
        take_in(rows, found, RULES)
