"""Workbooks we write: what went in comes out again, nothing becomes a formula, bad rows come back corrected."""

import csv
import io
import zipfile
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tuopin_desktop.documents.grids import CODES_SHEET, read_bytes
from tuopin_desktop.documents.sheetlook import MANY_ROWS, Heading
from tuopin_desktop.documents.workbook import Personal, record_table, register, rejects, template
from tuopin_desktop.domain.codes import CodeTable, vocabulary
from tuopin_desktop.domain.columns import Column, all_columns, columns, id_columns, label_of, sheet_kinds, shown
from tuopin_desktop.domain.halves import Period
from tuopin_desktop.domain.idcard import check_digit
from tuopin_desktop.domain.intake import Header, Intake, Rules, find_header, take_in
from tuopin_desktop.domain.names import tidy_name
from tuopin_desktop.domain.record import Form, Scalar

RESOURCES = Path(__file__).parents[2] / "resources"
CREATED = datetime(2018, 6, 1, 8, 0)


def _read(name: str) -> list[dict[str, str]]:
    with (RESOURCES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


TABLES: dict[str, CodeTable] = vocabulary(_read("codes.csv"), _read("counties.csv"))


def intake_of(raw: bytes, kind: str, rules: Rules | None = None) -> Intake:
    grid = read_bytes(raw, "x").grids[0]
    header = find_header(grid.rows, kind)
    assert isinstance(header, Header), header
    return take_in(grid.rows, header, rules or Rules(TABLES))


def exported(kind: str, records: list[Mapping[str, Scalar]], personal: Personal = Personal.KEEP) -> bytes:
    headings, rows = record_table(all_columns(kind), records, TABLES, personal=personal)
    return register(
        label_of(kind),
        headings,
        rows,
        office="突泉县",
        filled=date(2018, 6, 5),
        created=CREATED,
        signed=("填表人", "审核"),
    )


# ---------------------------------------------------------------- out and in again

WORDS = st.text(st.sampled_from("甲乙丙丁张三李四林业厅a1B=+-@·（）、，"), min_size=1, max_size=12).filter(
    lambda text: tidy_name(text) == text
)
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


def value_of(column: Column) -> st.SearchStrategy[Scalar]:
    """Return values the column may hold, as they stand in a record."""
    form, field = column.field.form, column.field
    days = DAYS.map(date.isoformat)
    made: dict[Form, st.SearchStrategy[Any]] = {
        Form.DATE: days,
        Form.MONTH: days | days.map(lambda day: day[:7]),
        Form.FLAG: st.just(1),
        Form.INTEGER: st.integers(-(10**9), 10**9),
        Form.PERIOD: st.builds(
            lambda first, last, half: Period(min(first, last), half, max(first, last), "pm").stored(),
            DAYS,
            DAYS,
            st.sampled_from(["am", "pm"]),
        ),
        Form.ID_NUMBER: st.builds(
            lambda day, serial: _number(f"152224{day:%Y%m%d}{serial:03}"),
            st.dates(date(1950, 1, 1), date(1999, 1, 1)),
            st.integers(1, 999),
        ),
    }
    if field.name == "id":
        return st.from_regex(r"15(\d\d){0,2}/[a-z0-9]{1,8}", fullmatch=True)
    if form is Form.CHOICE:
        return st.sampled_from(list(field.codes(TABLES).words))
    if column.is_phone:
        return st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True) | st.sampled_from(["0482-4212345", "13900000000转1"])
    words = WORDS.map(lambda text: text[: field.limit])
    long = st.text(st.sampled_from("甲乙丙丁=\n"), min_size=1, max_size=9).filter(lambda text: text.strip() == text)
    return made.get(form, long if form is Form.LONG else words)


def _number(seventeen: str) -> str:
    return seventeen + check_digit(seventeen)


def records_of(kind: str) -> st.SearchStrategy[list[dict[str, Scalar]]]:
    record = st.fixed_dictionaries(
        {
            column.key: value_of(column) if column.field.required else st.none() | value_of(column)
            for column in all_columns(kind)
        }
    ).map(_consistent)
    return st.lists(record, min_size=1, max_size=4)


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
    number = _number("15222419700515121")
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


# ---------------------------------------------------------------- the register


def _xml(raw: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode()


def _register(rows: list[list[Any]], headings: list[Heading]) -> bytes:
    return register("测试表", headings, rows, office="甲旗", filled=date(2018, 6, 5), created=CREATED)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "http://x.cn", "0012", "{=1}"])
def test_text_stays_text_whatever_it_looks_like(text: str) -> None:
    raw = _register([[text]], [Heading("甲")])
    assert "<f" not in _xml(raw)
    assert "hyperlink" not in _xml(raw)
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
    raw = _register(rows, headings)
    assert read_bytes(raw, "x").grids[0].rows[3:] == [
        [date(2018, 5, 31), 7.0, "", True],
        ["1900-01-01", "1e+305", "", 1.5],
        [datetime(2018, 5, 31, 8, 30), 0.0, "", ""],
    ]
    assert openpyxl.load_workbook(io.BytesIO(raw)).active["A4"].number_format == "yyyy-mm-dd"


def test_the_official_look() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(_register([["张三", "1"]], [Heading("姓名"), Heading("手机")]))).active
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
    assert "numberStoredAsText" in _xml(_register([["张三"]], [Heading("姓名")]))


def test_the_same_content_gives_the_same_bytes() -> None:
    once = template("模板", columns("roster"), TABLES, office="甲旗", created=CREATED, lines=3)
    assert once == template("模板", columns("roster"), TABLES, office="甲旗", created=CREATED, lines=3)
    assert _register([["张三"]], [Heading("姓名")]) == _register([["张三"]], [Heading("姓名")])


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
    assert read_bytes(_register([], [Heading("姓名")]), "x").grids[0].rows[-1][0] == "姓名"


def test_a_long_register_is_written_without_keeping_it() -> None:
    rows: list[list[Any]] = [[f"人{place}"] for place in range(MANY_ROWS + 1)]
    read = read_bytes(_register(rows, [Heading("姓名")]), "x").grids[0].rows
    assert read[3][0] == "人0"
    assert read[-1][0] == f"人{MANY_ROWS}"


# ---------------------------------------------------------------- templates


@pytest.mark.parametrize("kind", sheet_kinds())
def test_an_empty_template_imports_nothing(kind: str) -> None:
    raw = template(label_of(kind), columns(kind), TABLES, office="突泉县", created=CREATED)
    book = read_bytes(raw, "x")
    assert book.hidden == ()
    intake = intake_of(raw, kind)
    assert (intake.rows, intake.skipped) == ((), ())
    assert list(intake.header.columns.values()) == list(columns(kind))


def test_a_filled_template_comes_in() -> None:
    raw = template("花名册", columns("roster"), TABLES, office="突泉县", created=CREATED, lines=5)
    book = openpyxl.load_workbook(io.BytesIO(raw))
    sheet = book.active
    first = next(row for row in range(1, 9) if sheet.cell(row, 1).value == "姓名*")
    for place, words in {
        "姓名*": "张三",
        "性别": "男",
        "派驻旗县*": "突泉县",
        "队内职务*": "队员",
        "派驻起*": "2018.5.31",
    }.items():
        column = next(cell.column for cell in sheet[first] if cell.value == place)
        sheet.cell(first + 1, column).value = words
    filled = io.BytesIO()
    book.save(filled)
    intake = intake_of(filled.getvalue(), "roster")
    assert (intake.counts.rows, intake.counts.error) == (1, 0)


def test_lists_prompts_and_formats_of_a_template() -> None:
    raw = template("花名册", columns("roster"), TABLES, office="突泉县", created=CREATED, lines=3)
    book = openpyxl.load_workbook(io.BytesIO(raw))
    sheet = book.active
    assert book[CODES_SHEET].sheet_state == "hidden"
    rules = {rule.promptTitle: rule for rule in sheet.data_validations.dataValidation}
    assert set(rules) == {column.heading for column in columns("roster")}
    assert rules["性别"].formula1.startswith('"')
    assert rules["派驻旗县"].formula1.startswith(f"{CODES_SHEET}!$")
    assert rules["后备干部"].formula1 == '"是,否"'
    assert all(rule.prompt and rule.error for rule in rules.values())
    listed = {cell.value for row in book[CODES_SHEET].iter_rows() for cell in row}
    assert {"大学本科毕业", "突泉县"} <= listed
    places = {column.heading: place for place, column in enumerate(columns("roster"))}
    for heading in ("公民身份号码", "手机", "出生年月"):
        assert sheet.cell(5, places[heading] + 1).number_format == "@"
    assert sheet.cell(5, places["派驻起"] + 1).number_format == "yyyy-mm-dd"
    formats = {item.min: item.number_format for item in sheet.column_dimensions.values()}
    assert formats[places["公民身份号码"] + 1] == "@"
    assert formats[places["派驻起"] + 1] == "yyyy-mm-dd"
    assert sheet.cell(3, 1).comment.text.startswith("必填")


# ---------------------------------------------------------------- correction

HEADINGS = ["序号", "姓名", "性别", "身份证号", "出生年月", "派出单位", "手机", "驻旗县", "队内职务", "派驻时间"]
NUMBER = _number("15222119700515121")
GOOD: list[object] = ["1", "张三", "男", NUMBER, "1970.05", "甲厅", "13947820000", "突泉县", "队员", "2018-05-31"]


def judged(*rows: list[object], headings: list[str] | None = None) -> Intake:
    table: list[list[object]] = [["花名册"], list(headings or HEADINGS), *rows]
    header = find_header(table, "roster")
    assert isinstance(header, Header)
    return take_in(table, header, Rules(TABLES))


def test_bad_rows_are_handed_back_with_their_own_cells() -> None:
    bad = ["2", "李四", "女", 1.52e17, 1970.1, "同上", 13800000000.0, "某旗", "队员", date(2018, 6, 1)]
    raw = rejects(judged(GOOD, bad), title="需更正的行", office="突泉县", created=CREATED)
    sheet = openpyxl.load_workbook(io.BytesIO(raw)).active
    assert [cell.value for cell in sheet[3]] == [*HEADINGS, "问题", "原表行号"]
    row = sheet[4]
    assert [cell.value for cell in row[:10]] == [
        *("2", "李四", "女", 1.52e17, 1970.1, "甲厅", 13800000000, "某旗", "队员"),
        datetime(2018, 6, 1),
    ]
    assert row[11].value == 4
    assert sheet.max_row == 4
    reds = {cell.column for cell in row[:10] if cell.fill.fgColor.rgb == "FFFFC7CE"}
    assert reds == {4, 5, 8}
    assert all(cell.comment for cell in row if cell.column in reds)
    for words in ("身份证号码", "1970.10", "某旗"):
        assert words in row[10].value


def test_long_texts_get_high_rows() -> None:
    raw = _register([["短", "短"], ["长" * 400, "短"]], [Heading("说明", 30, Form.LONG), Heading("甲")])
    sheet = openpyxl.load_workbook(io.BytesIO(raw)).active
    assert sheet.row_dimensions[4].height is None
    assert 300 < sheet.row_dimensions[5].height <= 400


def test_rejects_come_in_again_unfixed_with_the_same_problems_and_fixed_without() -> None:
    bad = ["2", "李四", "女", "1234", "1970.05", "乙厅", 13800000000.0, "某旗", "队员", time(8)]
    first = judged(GOOD, bad)
    raw = rejects(first, title="需更正的行", office="突泉县", created=CREATED)
    again = intake_of(raw, "roster")
    assert [row.problems for row in again.rows] == [first.rows[1].problems]
    book = openpyxl.load_workbook(io.BytesIO(raw))
    sheet = book.active
    sheet["D4"], sheet["H4"], sheet["J4"] = None, "库伦旗", "2018-06-01"
    fixed = io.BytesIO()
    book.save(fixed)
    intake = intake_of(fixed.getvalue(), "roster")
    assert (intake.counts.rows, intake.counts.error) == (1, 0)
    assert intake.rows[0].values["posting.county"] == "150524"
    assert intake.rows[0].values["person.phone"] == "13800000000"


def test_columns_the_sheet_lacked_are_added_and_understood() -> None:
    raw = rejects(judged(GOOD[:7], headings=HEADINGS[:7]), title="需更正的行", office="", created=CREATED)
    header = intake_of(raw, "roster").header
    assert header.missing == ()
    book = openpyxl.load_workbook(io.BytesIO(raw))
    sheet = book.active
    places = {cell.value: cell.column for row in sheet.iter_rows(max_row=3) for cell in row if cell.value}
    row = sheet.max_row
    for heading, words in (("派驻旗县", "突泉县"), ("队内职务", "队员"), ("派驻起", "2018-05-31")):
        sheet.cell(row, places[heading]).value = words
    fixed = io.BytesIO()
    book.save(fixed)
    assert intake_of(fixed.getvalue(), "roster").counts.error == 0


def test_joined_or_assigned_headings_are_written_so_that_they_are_understood_again() -> None:
    table: list[list[object]] = [
        ["姓名", "性别", "通信", "", "派驻时间"],
        ["", "", "手机", "邮箱", "起"],
        ["张三", "某", "139", "a", "x"],
    ]
    header = find_header(table, "roster")
    assert isinstance(header, Header)
    school = next(column for column in columns("roster") if column.key == "person.school")
    intake = take_in(table, header.assign(3, school), Rules(TABLES))
    again = intake_of(rejects(intake, title="更正", office="", created=CREATED), "roster").header
    assert {"person.phone", "person.school", "posting.since"} <= {item.key for item in again.columns.values()}


@settings(max_examples=25)
@given(
    st.lists(
        st.one_of(st.none(), st.booleans(), st.floats(), st.dates(), st.datetimes(), st.times(), st.text()), max_size=10
    )
)
def test_any_garbage_can_be_handed_back(row: list[object]) -> None:
    intake = judged([*row])
    raw = rejects(intake, title="更正", office="甲", created=CREATED)
    if intake.counts.error:
        assert "<f" not in _xml(raw)
        assert read_bytes(raw, "x").grids


def test_shown_words_are_what_a_register_shows() -> None:
    position = next(column for column in columns("roster") if column.field.name == "position")
    headings, rows = record_table([position], [{"posting.position": "leader"}], TABLES)
    assert (headings[0].words, rows) == ("队内职务", [["队长"]])
    assert shown(position.field, "leader", TABLES) == "队长"
