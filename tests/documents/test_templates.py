"""Templates and correction workbooks: what is filled in or handed back comes in again."""

import io
from datetime import date, datetime, time

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.registers import CREATED, TABLES, citizen, intake_of, register_of, xml_of
from tuopin_desktop.documents.grids import read_bytes
from tuopin_desktop.documents.rejected import rejects
from tuopin_desktop.documents.sheetlook import CODES_SHEET, Heading
from tuopin_desktop.documents.workbook import record_table, template
from tuopin_desktop.domain.columns import columns, field_words, label_of, sheet_kinds
from tuopin_desktop.domain.intake import Header, Intake, Rules, find_header, take_in
from tuopin_desktop.domain.record import Form


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


HEADINGS = ["序号", "姓名", "性别", "身份证号", "出生年月", "派出单位", "手机", "驻旗县", "队内职务", "派驻时间"]
NUMBER = citizen("15222119700515121")
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
    raw = register_of([["短", "短"], ["长" * 400, "短"]], [Heading("说明", 30, Form.LONG), Heading("甲")])
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
        assert "<f" not in xml_of(raw)
        assert read_bytes(raw, "x").grids


def test_shown_words_are_what_a_register_shows() -> None:
    position = next(column for column in columns("roster") if column.field.name == "position")
    headings, rows = record_table([position], [{"posting.position": "leader"}], TABLES)
    assert (headings[0].text, rows) == ("队内职务", [["队长"]])
    assert field_words(position.field, "leader", TABLES) == "队长"
