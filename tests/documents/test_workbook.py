"""Registers as workbooks: values, look and bytes."""

import io
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.registers import CREATED, TABLES, citizen, exported, intake_of, register_of, written, xml_of
from tuopin_desktop.documents.grids import read_bytes
from tuopin_desktop.documents.sheetlook import MANY_ROWS, Heading
from tuopin_desktop.documents.workbook import Personal, register, template
from tuopin_desktop.domain.columns import Column, columns, id_columns, kinds_of, sheet_kinds
from tuopin_desktop.domain.halves import Period
from tuopin_desktop.domain.names import name_fault, tidy_name, vacant
from tuopin_desktop.domain.record import Form, Scalar
from tuopin_desktop.domain.records import KINDS

WORDS = st.text(st.sampled_from("甲乙丙丁张三李四林业厅a1B=+-@·（）、，"), min_size=1, max_size=12).filter(
    lambda text: tidy_name(text) == text
)
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


def _of_one_person(text: str) -> bool:
    return tidy_name(text) == text and not name_fault(text) and not vacant(text)


def value_of(column: Column) -> st.SearchStrategy[Scalar]:
    """Return values the column may hold, as they stand in a record."""
    form, field = column.field.form, column.field
    days = DAYS.map(date.isoformat)
    made: dict[Form, st.SearchStrategy[Any]] = {
        Form.DATE: days,
        Form.MONTH: days | days.map(lambda day: day[:7]),
        Form.FLAG: st.just(1),
        Form.INTEGER: st.integers(-(10**9), 10**9),
        Form.MONEY: st.integers(0, 10**11),
        Form.PERIOD: st.builds(
            lambda first, last, half: Period(min(first, last), half, max(first, last), "pm").stored(),
            DAYS,
            DAYS,
            st.sampled_from(["am", "pm"]),
        ),
        Form.ID_NUMBER: st.builds(
            lambda day, serial: citizen(f"152224{day:%Y%m%d}{serial:03}"),
            st.dates(date(1950, 1, 1), date(1999, 1, 1)),
            st.integers(1, 999),
        ),
    }
    if field.name == "id":
        return st.from_regex(r"15(\d\d){0,2}/[a-z0-9]{1,8}", fullmatch=True)
    if form is Form.CHOICE:
        return st.sampled_from(list(field.codes(TABLES).labels))
    if form is Form.DAY:
        return st.sampled_from(["vw", "cl", "o?"] if column.part else ["vw/vw", "cr/ot", "ol/", "/p?"])
    if column.is_phone:
        return st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True) | st.sampled_from(["0482-4212345", "13900000000转1"])
    if field.name == "name" or column.key == "attendance.posting":
        return st.text(st.sampled_from("甲乙丙丁张三李四林业a·"), min_size=1, max_size=12).filter(_of_one_person)
    words = WORDS.map(lambda text: text[: field.limit])
    long = st.text(st.sampled_from("甲乙丙丁=\n"), min_size=1, max_size=9).filter(lambda text: text.strip() == text)
    return made.get(form, long if form is Form.LONG else words)


def records_of(kind: str) -> st.SearchStrategy[list[dict[str, Scalar]]]:
    record = st.fixed_dictionaries(
        {
            column.key: value_of(column) if column.field.required else st.none() | value_of(column)
            for column in written(kind)
        }
    ).map(_consistent)
    return st.lists(record, min_size=1, max_size=4, unique_by=lambda row: _told_apart(kind, row))


def _told_apart(kind: str, row: dict[str, Scalar]) -> tuple[Scalar, ...]:
    """Return what makes a row another one: of two that say the same, a sheet is told that the second is doubled."""
    said = tuple(row.get(f"{name}.{field}") for name in kinds_of(kind) for field in KINDS[name].kind.keep_one)
    return said if said and None not in said else (id(row),)


def _consistent(record: dict[str, Scalar]) -> dict[str, Scalar]:
    """Let sex and birth say what the citizen number says."""
    if record.get("person.id_number") is not None:
        record["person.sex"] = record["person.birth"] = None
    return record


@pytest.mark.parametrize("kind", sheet_kinds())
def test_what_is_exported_comes_back_equal(kind: str) -> None:
    @settings(max_examples=12)
    @given(records_of(kind))
    def holds(records: list[dict[str, Scalar]]) -> None:
        numbered: list[Mapping[str, Scalar]] = [
            {**record, **{column.key: f"152224/r{place}" for column in id_columns(kind)}}
            for place, record in enumerate(records)
        ]
        intake = intake_of(exported(kind, numbered), kind)
        assert intake.counts.error == 0, [row.problems for row in intake.rows]
        assert [row.values for row in intake.rows] == numbered
        assert [item.reason for item in intake.skipped] == ["表尾"]

    holds()


def test_masked_and_omitted_personal_data() -> None:
    number = citizen("15222419700515121")
    record: dict[str, Scalar] = {
        "person.name": "张三",
        "person.id_number": number,
        "person.phone": "13947820000",
        "person.birth": "1970-05-15",
        "person.health": "good",
    }
    masked = exported("person", [record], Personal.MASK)
    text = str(read_bytes(masked, "x").grids[0].rows)
    assert number not in text
    assert "139****0000" in text
    assert "1970年" in text
    assert "0515" not in text
    omitted = str(read_bytes(exported("person", [record], Personal.OMIT), "x").grids[0].rows)
    assert "张三" in omitted
    assert "公民身份号码" not in omitted
    assert "13947820000" not in omitted


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "http://x.cn", "0012", "{=1}"])
def test_text_stays_text_whatever_it_looks_like(text: str) -> None:
    raw = register_of([[text]], [Heading("甲")])
    assert "<f" not in xml_of(raw)
    assert "hyperlink" not in xml_of(raw)
    assert read_bytes(raw, "x").grids[0].rows[-1][0] == text
    cell = openpyxl.load_workbook(io.BytesIO(raw)).active["A4"]
    assert (cell.data_type, cell.value, cell.number_format) == ("s", text, "@")


def test_dates_are_dates_and_numbers_numbers() -> None:
    headings = [Heading("日期", form=Form.DATE), Heading("数", form=Form.INTEGER), Heading("空"), Heading("真")]
    rows: list[list[Any]] = [
        [date(2018, 5, 31), 7, None, True],
        [date(1900, 1, 1), 1e305, "", 1.5],
        [datetime(2018, 5, 31, 8, 30), 0, None, None],
    ]
    raw = register_of(rows, headings)
    assert read_bytes(raw, "x").grids[0].rows[3:] == [
        [date(2018, 5, 31), 7.0, "", True],
        ["1900-01-01", "1e+305", "", 1.5],
        [datetime(2018, 5, 31, 8, 30), 0.0, "", ""],
    ]
    assert openpyxl.load_workbook(io.BytesIO(raw)).active["A4"].number_format == "yyyy-mm-dd"


def test_the_official_look() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(register_of([["张三", "1"]], [Heading("姓名"), Heading("手机")]))).active
    assert sheet["A1"].value == "测试表"
    assert {str(area) for area in sheet.merged_cells.ranges} >= {"A1:B1"}
    assert sheet["A2"].value == "填报单位（盖章）：甲旗"
    assert sheet["B2"].value == "填报日期：2018年6月5日"
    assert sheet["A3"].font.name == "黑体"
    assert sheet["A3"].border.left.style == "thin"
    assert sheet.freeze_panes == "B4"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.oddFooter.center.text == "第 &P 页 共 &N 页"
    assert "numberStoredAsText" in xml_of(register_of([["张三"]], [Heading("姓名")]))


def test_the_same_content_gives_the_same_bytes() -> None:
    once = template("模板", columns("roster"), TABLES, office="甲旗", created=CREATED, lines=3)
    assert once == template("模板", columns("roster"), TABLES, office="甲旗", created=CREATED, lines=3)
    assert register_of([["张三"]], [Heading("姓名")]) == register_of([["张三"]], [Heading("姓名")])


def test_odd_titles_and_characters_do_not_break_the_file() -> None:
    headings = [Heading("甲\ud800乙"), Heading("")]
    raw = register(
        "[表]*'：" + "长" * 60,
        headings,
        [["\x00\x07\ud800\uffff", "x" * 40000]],
        office="",
        filled=None,
        created=CREATED,
    )
    rows = read_bytes(raw, "x").grids[0].rows
    assert rows[1][0] == "甲?乙"
    assert len(str(rows[2][1])) == 32000


def test_an_empty_register_is_a_table_too() -> None:
    assert read_bytes(register_of([], [Heading("姓名")]), "x").grids[0].rows[-1][0] == "姓名"


def test_a_long_register_is_written_without_keeping_it() -> None:
    rows: list[list[Any]] = [[f"人{place}"] for place in range(MANY_ROWS + 1)]
    read = read_bytes(register_of(rows, [Heading("姓名")]), "x").grids[0].rows
    assert read[3][0] == "人0"
    assert read[-1][0] == f"人{MANY_ROWS}"
