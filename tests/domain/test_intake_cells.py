"""What each other cell of a messy roster means."""

from datetime import date, datetime

import pytest

from tests.domain.rosters import GOOD, HEADINGS, TABLES, cell, error, only, read, sheet, with_cell
from tuopin_desktop.domain.columns import Column
from tuopin_desktop.domain.intake import (
    Status,
)
from tuopin_desktop.domain.intake.cells import judge_of
from tuopin_desktop.domain.record import Field, Form


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
        ('="张三"', "张三", Status.OK),
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
def test_name_inerror(raw: object, words: str) -> None:
    assert words in error(with_cell("姓名", raw), "person.name")[2]


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
def test_text_inerror(raw: object) -> None:
    assert error(with_cell("派出单位", raw), "person.unit")[1] is Status.ERROR


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
    _, status, message = error(with_cell("派驻旗县", raw), "posting.county")
    assert status is Status.ERROR
    assert "清水河县" in message
    assert len(message) < 400


@pytest.mark.parametrize(
    "raw",
    ["0001-01-01", "9999-12-31", date(1, 1, 1), date(9999, 12, 31), "2018-02-30", "2018.05", "5月31日", 7.0, 43251.5],
)
def test_dates_inerror(raw: object) -> None:
    assert error(with_cell("派驻起", raw), "posting.since")[1] is Status.ERROR


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
        ("6月5日至6月8日", "2018-06-05am/2018-06-08pm"),
        ("1月3日至1月5日", None),
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
