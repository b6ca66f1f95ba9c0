"""The sheet columns and the code tables that ship: distinct headings, words that lead back to their codes."""

import csv
from pathlib import Path

import pytest

from tuopin_desktop.domain.codes import CodeTable, plain, vocabulary
from tuopin_desktop.domain.columns import (
    ROSTER,
    all_columns,
    columns,
    field_words,
    id_columns,
    label_of,
    owner_column,
    sheet_kinds,
)
from tuopin_desktop.domain.record import Field, Form
from tuopin_desktop.domain.records import KINDS

PACKS = {"2018-nmg": "2018年办法", "2021-village": "2021年驻村"}

RESOURCES = Path(__file__).parents[2] / "resources"


def _rows(name: str) -> list[dict[str, str]]:
    with (RESOURCES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def tables() -> dict[str, CodeTable]:
    return vocabulary(_rows("codes.csv"), _rows("counties.csv"), PACKS)


@pytest.mark.parametrize("kind", sheet_kinds())
def test_headings_are_distinct(kind: str) -> None:
    headings = [plain(column.heading) for column in all_columns(kind)]
    assert len(set(headings)) == len(headings)
    assert len({column.key for column in all_columns(kind)}) == len(headings)


@pytest.mark.parametrize("kind", sheet_kinds())
def test_nothing_the_program_fills_is_asked_for(kind: str) -> None:
    assert columns(kind)
    assert all(column.field.sheet and not column.field.auto for column in columns(kind))
    assert label_of(kind)


def test_the_roster_is_person_and_posting_in_one_row() -> None:
    headings = [column.heading for column in columns(ROSTER)]
    assert headings[0] == "姓名"
    assert "派驻旗县" in headings
    assert "人员" not in headings
    assert [column.key for column in id_columns(ROSTER)] == ["person.id", "posting.id"]
    assert owner_column(ROSTER) not in all_columns(ROSTER)


def test_owner_leads_and_the_record_number_ends() -> None:
    assert [all_columns("team")[0].key, all_columns("team")[-1].key] == ["team.owner", "team.id"]


def test_an_unknown_kind_is_a_bug() -> None:
    with pytest.raises(KeyError):
        columns("cattle")


def test_every_choice_field_finds_its_table(tables: dict[str, CodeTable]) -> None:
    for cls in KINDS:
        for column in all_columns(cls):
            if column.field.form is Form.CHOICE:
                assert column.field.codes(tables).labels


def test_every_word_leads_back_to_its_code(tables: dict[str, CodeTable]) -> None:
    for table in tables.values():
        for code, word in table.labels.items():
            assert table.code(word) == code
        for code in table.aliases.values():
            assert code in table.labels


@pytest.mark.parametrize(
    ("title", "word", "code"),
    [
        ("性别", "男", "1"),
        ("性别", "女性", "2"),
        ("民族", "蒙", "02"),
        ("民族", "蒙古", "02"),
        ("民族", "达斡尔", "31"),
        ("政治面貌", "党员", "01"),
        ("政治面貌", "民盟", "05"),
        ("学历", "大专", "31"),
        ("学历", "大学专科", "31"),
        ("学历", "本科", "21"),
        ("学历", "大学", "21"),
        ("学历", "研究生", "10"),
        ("学历", "硕士", "14"),
        ("学历", "博士研究生", "11"),
        ("学历", "高 中", "61"),
        ("学历", "中专", "41"),
        ("旗县", "科左中旗", "150521"),
        ("旗县", "察右后旗", "150928"),
        ("旗县", "莫旗", "150722"),
        ("旗县", "赤峰市巴林左旗", "150422"),
        ("旗县", "内蒙古兴安盟突泉县", "152224"),
        ("旗县", "突泉", "152224"),
        ("旗县", "150826", "150826"),
        ("旗县", "杭锦旗", "150625"),
        ("旗县", "杭锦后旗", "150826"),
        ("旗县", "杭锦后", "150826"),
        ("旗县", "杭锦", None),
        ("旗县", "鄂旗", None),
        ("旗县", "阿旗", None),
        ("旗县", "左旗", None),
        ("民族", "汉民", None),
    ],
)
def test_spellings(tables: dict[str, CodeTable], title: str, word: str, code: str | None) -> None:
    assert tables[title].code(word) == code


def test_certainty_is_kept_with_the_counties() -> None:
    counties = _rows("counties.csv")
    assert len(counties) == 57
    assert {row["certainty"] for row in counties} == {"sure", "likely"}


@pytest.mark.parametrize(
    ("form", "value", "words"),
    [
        (Form.TEXT, None, ""),
        (Form.TEXT, "=1+1", "=1+1"),
        (Form.FLAG, 1, "是"),
        (Form.FLAG, None, ""),
        (Form.DATE, "2018-05-31", "2018-05-31"),
        (Form.MONTH, "1970-05", "1970.05"),
        (Form.MONTH, "1970-05-17", "1970-05-17"),
        (Form.CHOICE, "2", "女"),
        (Form.CHOICE, "77", "77"),
        (Form.PERIOD, "2018-06-05am/2018-06-08pm", "2018-06-05至2018-06-08"),
        (Form.PERIOD, "2018-06-05pm/2018-06-08am", "2018-06-05下午至2018-06-08上午"),
        (Form.PERIOD, "不明", "不明"),
        (Form.INTEGER, 7, "7"),
        (Form.MONEY, 38605, "386.05"),
        (Form.HALF, "2018-06-05pm", "2018-06-05下午"),
        (Form.DAY, "vwi/cw", "√/○"),
    ],
)
def test_shown(tables: dict[str, CodeTable], form: Form, value: str | int | None, words: str) -> None:
    assert field_words(Field(label="某", form=form, table="性别"), value, tables) == words
