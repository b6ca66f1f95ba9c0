"""Messy rosters: what each cell means, what is never guessed, and which rows are no data."""

import csv
import string
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuopin_desktop.domain.codes import CodeTable, vocabulary
from tuopin_desktop.domain.columns import Column, all_columns, columns, sheet_kinds
from tuopin_desktop.domain.idcard import check_digit
from tuopin_desktop.domain.intake import (
    Header,
    Intake,
    Row,
    Rules,
    Status,
    doubtful_cells,
    find_header,
    heading_key,
    recognised,
    take_in,
)
from tuopin_desktop.domain.intake.cells import judge_of
from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.record import Field, Form
from tuopin_desktop.domain.records import Team

RESOURCES = Path(__file__).parents[2] / "resources"


def _read(name: str) -> list[dict[str, str]]:
    with (RESOURCES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


TABLES: dict[str, CodeTable] = vocabulary(_read("codes.csv"), _read("counties.csv"))
AREAS = {row["code"] for row in _read("area_codes.csv")}
RULES = Rules(TABLES, AREAS)


def number(seventeen: str) -> str:
    return seventeen + check_digit(seventeen)


MAN = number("15222119700515121")  # born 1970-05-15, digit 17 odd
WOMAN = number("15222119801003122")
OCTOBER = number("15222119701020121")
PRACTICE = number("15999919700515121")

HEADINGS = ["姓名", "性别", "公民身份号码", "出生年月", "派出单位", "手机", "派驻旗县", "队内职务", "派驻起"]
GOOD: list[object] = [
    "张三", "男", MAN, "1970.05", "自治区林业厅", "13947820000", "突泉县", "队员", date(2018, 5, 31)
]  # fmt: skip


def sheet(*rows: list[object], headings: list[str] | None = None) -> list[list[object]]:
    return [list(headings or HEADINGS), *rows]


def head(rows: list[list[object]], kind: str = "roster") -> Header:
    found = find_header(rows, kind)
    assert isinstance(found, Header), found
    return found


def read(rows: list[list[object]], kind: str = "roster", rules: Rules = RULES) -> Intake:
    return take_in(rows, head(rows, kind), rules)


def with_cell(heading: str, raw: object, **others: object) -> list[object]:
    row = list(GOOD)
    row[HEADINGS.index(heading)] = raw
    for name, value in others.items():
        row[HEADINGS.index(name)] = value
    return row


def only(row: list[object], rules: Rules = RULES) -> Row:
    return read(sheet(row), rules=rules).rows[0]


def cell(row: Row, key: str) -> tuple[object, Status, str]:
    """Return value, status and message of one cell of a row."""
    for item in row.cells:
        if item.column.key == key:
            assert item.value == row.values.get(key)
            return item.value, item.status, item.message
    return row.values[key], Status.OK, ""


# ---------------------------------------------------------------- headings


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


# ---------------------------------------------------------------- citizen numbers


@pytest.mark.parametrize(
    ("raw", "status", "words"),
    [
        (MAN, Status.OK, ""),
        ("".join(chr(ord(char) + 0xFEE0) for char in MAN), Status.NOTED, "改正"),
        (f" {MAN} ", Status.NOTED, "改正"),
        (f"'{MAN}", Status.NOTED, "改正"),
        (f"\u202d{MAN}\u202c", Status.NOTED, "改正"),
        (f"{MAN[:6]}{MAN[8:17]}", Status.NOTED, "15位"),
        (float(f"{MAN[:6]}{MAN[8:17]}"), Status.NOTED, "15位"),
        (number("13010219700515121"), Status.OK, ""),
        (1.522211970051512e17, Status.ERROR, "无法还原"),
        (152221197005151217, Status.ERROR, "无法还原"),
        ("1.52221E+17", Status.ERROR, "无法还原"),
        ("152221197005153000", Status.ERROR, "无法还原"),
        (MAN[:-1] + ("1" if MAN[-1] != "1" else "2"), Status.ERROR, "校验位"),
        (number("15222119701315121"), Status.ERROR, "有效日期"),
        ("1522211970", Status.ERROR, "18位"),
        (date(2018, 5, 31), Status.ERROR, "18位"),
        (True, Status.ERROR, "18位"),
        (PRACTICE, Status.ERROR, "演示"),
        ("—", Status.NOTED, "空白"),
    ],
)
def test_citizen_number(raw: object, status: Status, words: str) -> None:
    row = with_cell("公民身份号码", raw)
    key = "person.id_number"
    value, got, message = _error(row, key) if status is Status.ERROR else cell(only(row), key)
    assert (got, words in message) == (status, True), message
    assert value is None or len(str(value)) == 18


def _error(row: list[object], key: str, rules: Rules = RULES) -> tuple[object, Status, str]:
    judged = only(row, rules)
    assert key not in judged.values, "a cell in error gives no value"
    return next((item.value, item.status, item.message) for item in judged.cells if item.column.key == key)


def test_three_zeros_that_happen_to_agree_are_doubted() -> None:
    assert number("15222119700515100").endswith("000")
    row = only(with_cell("公民身份号码", "152221197005151000", 性别=None))
    assert cell(row, "person.id_number")[1] is Status.WARNING


def test_lower_case_x_is_noted() -> None:
    with_x = next(n for n in (number(f"152221197005151{serial:02d}") for serial in range(1, 99, 2)) if n.endswith("X"))
    value, status, _ = cell(only(with_cell("公民身份号码", with_x.lower(), 性别=None)), "person.id_number")
    assert (value, status) == (with_x, Status.NOTED)


def test_the_area_code_is_only_a_hint() -> None:
    unknown = number("15888819700515121")
    value, status, message = cell(only(with_cell("公民身份号码", unknown)), "person.id_number")
    assert (value, status) == (unknown, Status.WARNING)
    assert "158888" in message
    assert only(with_cell("公民身份号码", unknown), Rules(TABLES)).status is Status.OK
    nowhere = number("99010119700515121")
    assert cell(only(with_cell("公民身份号码", nowhere), Rules(TABLES)), "person.id_number")[1] is Status.WARNING


def test_old_area_codes_of_before_1999_are_known() -> None:
    assert only(with_cell("公民身份号码", number("15232619700515121"))).status is Status.OK


def test_practice_numbers_are_taken_in_practice_only() -> None:
    rules = Rules(TABLES, AREAS, practice=True)
    row = only(with_cell("公民身份号码", PRACTICE, 手机="10000012345"), rules)
    assert (row.status, row.values["person.id_number"], row.values["person.phone"]) == (
        Status.OK,
        PRACTICE,
        "10000012345",
    )
    assert _error(with_cell("手机", "10000012345"), "person.phone")[1] is Status.ERROR


def test_sex_against_the_number_marks_both_and_explains_both() -> None:
    row = only(with_cell("性别", "女"))
    assert row.status is Status.ERROR
    marked = {item.column.key: item.message for item in row.cells}
    assert set(marked) == {"person.sex", "person.id_number"}
    assert "填的是女" in marked["person.sex"]
    assert "表示男" in marked["person.sex"]
    assert len(row.problems) == 2


@pytest.mark.parametrize("birth", ["1970.06", "1971-05-15", "1970-05-16"])
def test_birth_against_the_number(birth: str) -> None:
    _, _, message = _error(with_cell("出生年月", birth), "person.birth")
    assert "1970-05-15" in message
    assert birth[:4] in message


# ---------------------------------------------------------------- birth months


@pytest.mark.parametrize(
    ("raw", "value", "status"),
    [
        ("1970.05", "1970-05", Status.OK),
        ("1970-05-15", "1970-05-15", Status.OK),
        ("1970年5月", "1970-05", Status.OK),
        ("197005", "1970-05", Status.OK),
        (197005.0, "1970-05", Status.OK),
        (19700515.0, "1970-05-15", Status.OK),
        (1970.05, "1970-05", Status.OK),
        (1970.5, "1970-05", Status.NOTED),
        ("１９７０．０５", "1970-05", Status.NOTED),
        ("1970.05(48岁)", "1970-05", Status.NOTED),
        (date(1970, 5, 15), "1970-05-15", Status.OK),
        (datetime(1970, 5, 15), "1970-05-15", Status.OK),
        (25703.0, "1970-05-15", Status.NOTED),
    ],
)
def test_birth_month(raw: object, value: str, status: Status) -> None:
    assert cell(only(with_cell("出生年月", raw)), "person.birth")[:2] == (value, status)


@pytest.mark.parametrize("raw", [1970.13, 1970.051, "1970.13", "七零年", 1970.0, 1970, 3.14, "0001-01-01", 1e300])
def test_birth_month_unreadable(raw: object) -> None:
    assert _error(with_cell("出生年月", raw, 公民身份号码=None), "person.birth")[1] is Status.ERROR


def test_october_or_january_is_told_by_the_number() -> None:
    value, status, message = cell(only(with_cell("出生年月", 1970.1, 公民身份号码=OCTOBER)), "person.birth")
    assert (value, status) == ("1970-10", Status.NOTED)
    assert "10月" in message
    january = number("15222119700120121")
    assert cell(only(with_cell("出生年月", "1970.1", 公民身份号码=january)), "person.birth")[0] == "1970-01"


def test_october_is_told_by_the_number_format() -> None:
    rows = sheet(with_cell("出生年月", 1970.1, 公民身份号码=None))
    assert doubtful_cells(rows, head(rows)) == [(2, 3)]
    told = Rules(TABLES, formats={(2, 3): "0.00_ "})
    assert cell(read(rows, rules=told).rows[0], "person.birth")[:2] == ("1970-10", Status.NOTED)
    untold = Rules(TABLES, formats={(2, 3): "General"})
    assert "person.birth" not in read(rows, rules=untold).rows[0].values


@pytest.mark.parametrize("raw", [1970.1, "1970.1"])
def test_otherwise_the_clerk_is_asked(raw: object) -> None:
    _, status, message = _error(with_cell("出生年月", raw, 公民身份号码=None), "person.birth")
    assert status is Status.ERROR
    assert "1970.10" in message
    # a number of another month settles nothing
    assert _error(with_cell("出生年月", raw), "person.birth")[1] is Status.ERROR


# ---------------------------------------------------------------- other cells


@pytest.mark.parametrize(
    ("raw", "value", "status"),
    [
        ("13947820000", "13947820000", Status.OK),
        (13947820000.0, "13947820000", Status.OK),
        ("139-4782-0000", "13947820000", Status.NOTED),
        ("１３９４７８２００００", "13947820000", Status.NOTED),
        ("0482-4212345", "0482-4212345", Status.WARNING),
        ("13947820000/13847820000", "13947820000/13847820000", Status.WARNING),
        ("1394782000", "1394782000", Status.WARNING),
        ("/", None, Status.NOTED),
        ("  ", None, Status.OK),
        ("1.39E+10", None, Status.ERROR),
        (1e40, None, Status.ERROR),
    ],
)
def test_phone(raw: object, value: str | None, status: Status) -> None:
    row = only(with_cell("手机", raw))
    if status is Status.ERROR:
        assert "person.phone" not in row.values
    else:
        assert cell(row, "person.phone")[:2] == (value, status)


@pytest.mark.parametrize(
    ("raw", "value", "status"),
    [
        ("张　三", "张三", Status.NOTED),
        (" 张三 ", "张三", Status.NOTED),
        ("阿迪力•买买提", "阿迪力·买买提", Status.NOTED),
        ("阿迪力·买买提", "阿迪力·买买提", Status.OK),
        ("John  Smith", "John Smith", Status.NOTED),
        ("𬭼㛃", "𬭼㛃", Status.OK),
        ("ᠪᠠᠲᠤ", "ᠪᠠᠲᠤ", Status.OK),
        ("张\u200b三", "张三", Status.NOTED),
        ("张\ue123", "张\ue123", Status.WARNING),
        ("=1+1", "=1+1", Status.OK),
        ("@张", "@张", Status.OK),
    ],
)
def test_name(raw: object, value: str, status: Status) -> None:
    assert cell(only(with_cell("姓名", raw)), "person.name")[:2] == (value, status)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("张" * 51, "50"),
        ("张\u202e三", "U+202E"),
        ("张\x07三", "U+0007"),
        ("张\ud800", "U+D800"),
        ("张\u200e三", "U+200E"),
        (13.0, "数字"),
        (date(2018, 1, 1), "日期"),
        ("#REF!", "公式"),
        ("张" * 40000, "上限"),
        ("", "必填"),
        (None, "必填"),
    ],
)
def test_name_in_error(raw: object, words: str) -> None:
    assert words in _error(with_cell("姓名", raw), "person.name")[2]


@pytest.mark.parametrize("raw", ["=cmd|' /C calc'!A0", "+1", "-2", "@SUM(A1)", "'=1", "http://x.cn", "a\u3000b"])
def test_formula_like_text_stays_text(raw: str) -> None:
    assert only(with_cell("派出单位", raw)).values["person.unit"] == raw


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (" 甲 厅\n办公室 ", "甲 厅办公室"),
        (2018.0, "2018"),
        (True, "是"),
        (date(2018, 5, 1), "2018-05-01"),
        (3.5, "3.5"),
    ],
)
def test_text_of_other_cells(raw: object, value: str) -> None:
    assert only(with_cell("派出单位", raw)).values["person.unit"] == value


@pytest.mark.parametrize("raw", [1e15, float("nan"), float("inf"), "单" * 101, "甲\u2066乙"])
def test_text_in_error(raw: object) -> None:
    assert _error(with_cell("派出单位", raw), "person.unit")[1] is Status.ERROR


@pytest.mark.parametrize(
    ("heading", "key", "raw", "value", "status"),
    [
        ("派驻旗县", "posting.county", "科左中旗", "150521", Status.NOTED),
        ("派驻旗县", "posting.county", "赤峰市巴林左旗", "150422", Status.NOTED),
        ("派驻旗县", "posting.county", 150422.0, "150422", Status.NOTED),
        ("派驻旗县", "posting.county", "杭锦旗", "150625", Status.OK),
        ("派驻旗县", "posting.county", "杭锦后旗", "150826", Status.OK),
        ("派驻旗县", "posting.county", " 杭锦后旗", "150826", Status.NOTED),
        ("队内职务", "posting.position", "副总队长", "deputy", Status.NOTED),
        ("性别", "person.sex", "男性", "1", Status.NOTED),
        ("性别", "person.sex", "-", None, Status.NOTED),
        ("派驻起", "posting.since", "2018.5.31", "2018-05-31", Status.OK),
        ("派驻起", "posting.since", "2018年5月31日", "2018-05-31", Status.OK),
        ("派驻起", "posting.since", " ２０１８-5-31", "2018-05-31", Status.NOTED),
        ("派驻起", "posting.since", 43251.0, "2018-05-31", Status.NOTED),
        ("派驻起", "posting.since", 20180531.0, "2018-05-31", Status.OK),
        ("派驻起", "posting.since", datetime(2018, 5, 31, 8), "2018-05-31", Status.OK),
    ],
)
def test_choices_and_dates(heading: str, key: str, raw: object, value: str, status: Status) -> None:
    assert cell(only(with_cell(heading, raw)), key)[:2] == (value, status)


@pytest.mark.parametrize("raw", ["杭锦", "鄂旗", "北京市", 1.5, "县" * 5000, True])
def test_an_unknown_county_lists_what_is_accepted(raw: object) -> None:
    _, status, message = _error(with_cell("派驻旗县", raw), "posting.county")
    assert status is Status.ERROR
    assert "清水河县" in message
    assert len(message) < 400


@pytest.mark.parametrize(
    "raw",
    ["0001-01-01", "9999-12-31", date(1, 1, 1), date(9999, 12, 31), "2018-02-30", "2018.05", "5月31日", 7.0, 43251.5],
)
def test_dates_in_error(raw: object) -> None:
    assert _error(with_cell("派驻起", raw), "posting.since")[1] is Status.ERROR


def test_until_now_is_an_open_end() -> None:
    rows = sheet([*GOOD, "至今"], headings=[*HEADINGS, "派驻止"])
    assert cell(read(rows).rows[0], "posting.until")[:2] == (None, Status.NOTED)


@pytest.mark.parametrize(
    ("raw", "value", "status"),
    [
        ("是", 1, Status.OK),
        ("√", 1, Status.OK),
        ("否", None, Status.OK),
        (1.0, 1, Status.OK),
        ("也许", None, Status.ERROR),
    ],
)
def test_flags(raw: object, value: int | None, status: Status) -> None:
    row = read(sheet([*GOOD, raw], headings=[*HEADINGS, "后备干部"])).rows[0]
    assert row.status is status
    assert row.values.get("person.reserve") == value


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("2018-06-05至2018-06-08", "2018-06-05am/2018-06-08pm"),
        ("2018年6月5日下午至6月8日上午", "2018-06-05pm/2018-06-08am"),
        ("6月5日至6月8日", None),
        ("2018-06-08至2018-06-05", None),
        (date(2018, 6, 5), "2018-06-05am/2018-06-05pm"),
        (1e20, None),
    ],
)
def test_periods(raw: object, value: str | None) -> None:
    rows: list[list[object]] = [["姓名", "填表日期", "外出地点", "请假事由", "请假起止时间"]]
    rows.append(["张三", "2018-06-01", "呼和浩特", "看病", raw])
    row = read(rows, "leave_slip").rows[0]
    assert row.values.get("leave_slip.period") == value
    assert (row.status is Status.ERROR) == (value is None)


@pytest.mark.parametrize(
    ("raw", "value"),
    [("2018-06-05下午", "2018-06-05pm"), ("2018.6.5 上午", "2018-06-05am"), ("2018-06-05", None), ("下午", None)],
)
def test_half_days(raw: object, value: str | None) -> None:
    judge = judge_of(
        Column("leave_slip", Field(name="returned", label="实际返回", form=Form.HALF), "实际返回"), vocabulary={}
    )
    assert judge(raw).value == value


def test_every_form_has_a_judge() -> None:
    for form in Form:
        judge_of(Column("x", Field(name="f", label="某", form=form, table="性别"), "某"), vocabulary=TABLES)


# ---------------------------------------------------------------- rows


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


def test_ditto_in_the_first_row_is_an_error() -> None:
    assert "上一行是空的" in _error(with_cell("派出单位", "同上"), "person.unit")[2]


def test_ditto_of_an_error_stays_an_error() -> None:
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
    assert "必填" in _error(with_cell("派驻起", ""), "posting.since")[2]


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


def test_defaults_do_not_hide_an_error() -> None:
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


# ---------------------------------------------------------------- anything at all

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
