"""Attendance by words: a template, a month in, listed, and out again unchanged."""

from pathlib import Path

import openpyxl
import pytest

from tests.cli.test_cli import ROWS, Office, roster_file


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path / "office")
    assert made("init", "--level", "county", "--county", "150426", "--clerk", "李秀英") == 0
    assert made("import", "roster", roster_file(tmp_path / "花名册.xlsx", ROWS[:2])) == 0
    return made


def month_file(path: Path) -> Path:
    """A June of 26 days in the village for one person, and for the other ten."""
    book = openpyxl.Workbook()
    book.active.append(["姓名", "月份", *(f"{day}{half}" for day in range(1, 31) for half in "上下")])
    book.active.append(["乌云其其格", "2018.06", *["√"] * 52, *["休"] * 8])
    book.active.append(["张三", "2018.06", *["○"] * 20, *["假"] * 40])
    book.save(path)
    return path


def logs_file(path: Path) -> Path:
    """A log for each of the 26 days of the first person: rest days worked count by their log."""
    book = openpyxl.Workbook()
    book.active.append(["姓名", "日期", "工作内容"])
    for day in range(1, 27):
        book.active.append(["乌云其其格", f"2018-06-{day:02d}", "走访"])
    book.save(path)
    return path


def test_a_month_goes_in_is_listed_and_comes_out_unchanged(office: Office, tmp_path: Path) -> None:
    assert office("import", "attendance", month_file(tmp_path / "考勤.xlsx")) == 0, office.err
    assert "新增2行" in office.out
    assert office("list", "attendance", "--json") == 0
    rows = office.objects()
    assert sorted((row["month"], row["d01"], row["d30"]) for row in rows) == [
        ("2018-06", "cwi/cwi", "oli/oli"),
        ("2018-06", "vwi/vwi", "cri/cri"),
    ]
    assert office("export", "attendance", tmp_path / "出.xlsx") == 0
    assert office("import", "attendance", tmp_path / "出.xlsx", "--json") == 0
    assert (office.objects()[0]["same"], office.objects()[0]["changed"]) == (2, 0)


def test_months_are_listed_by_name_and_month_as_they_are_said(office: Office, tmp_path: Path) -> None:
    assert office("import", "attendance", month_file(tmp_path / "考勤.xlsx")) == 0, office.err
    assert office("list", "attendance", "--where", "posting=张三", "--where", "month=2018.6", "--json") == 0, office.err
    assert [row["d01"] for row in office.objects()] == ["cwi/cwi"]
    assert office("list", "attendance", "--where", "posting=李四") == 1
    assert office.err == "“姓名”中没有“李四”。\n"
    twice = [[*ROWS[1][:4], "1980.01", *ROWS[1][5:11], "13900000009"]]
    assert office("import", "roster", roster_file(tmp_path / "又一张三.xlsx", twice)) == 0, office.err
    assert office("list", "attendance", "--where", "posting=张三") == 1
    assert "“姓名”有2个“张三”，请写明是哪一个：" in office.err
    assert "150426" not in office.err


def test_nothing_there_is_said_and_not_left_to_silence(office: Office, tmp_path: Path) -> None:
    assert office("list", "attendance") == 0
    assert office.out == "没有考勤记录。\n"
    assert office("list", "attendance", "--where", "month=2018-06") == 0
    assert office.out == "没有符合条件的考勤记录。\n"
    assert office("list", "attendance", "--json") == 0
    assert office.out == ""
    assert office("check", "--rule", "A09-1") == 0
    assert office.out.startswith("没有可检查的记录：共检查0项")
    assert office("template", "attendance", tmp_path / "模板.xlsx") == 0
    assert office("import", "attendance", tmp_path / "模板.xlsx") == 0
    assert "文件中没有可导入的行" in office.out


def test_the_template_comes_back_empty(office: Office, tmp_path: Path) -> None:
    assert office("template", "attendance", tmp_path / "模板.xlsx") == 0
    assert office("import", "attendance", tmp_path / "模板.xlsx", "--json") == 0
    assert office.objects()[0]["new"] == 0


def test_the_month_is_judged_with_its_arithmetic(office: Office, tmp_path: Path) -> None:
    assert office("import", "attendance", month_file(tmp_path / "考勤.xlsx")) == 0, office.err
    assert office("--today", "2018-07-20", "check", "--rule", "A09-1") == 0
    assert "休息日登记为工作但没有工作日志，补写日志后计入" in office.out
    assert office("import", "daily_log", logs_file(tmp_path / "日志.xlsx")) == 0, office.err
    assert office("--today", "2018-07-20", "check", "--rule", "A10-2") == 0
    assert "张三（翁牛特旗副队长）2018年6月：应写日志10天，缺10天" in office.out
    assert office("--today", "2018-07-20", "check", "--rule", "A09-*", "--json") == 0
    found = {(row["rule"], row["subject_words"][:2], row["verdict"]) for row in office.objects()}
    assert found == {
        ("A09-1", "乌云", "ok"),
        ("A09-1", "张三", "red"),
        ("A09-2", "乌云", "ok"),
        ("A09-2", "张三", "red"),
    }
    short = next(row for row in office.objects() if (row["rule"], row["verdict"]) == ("A09-1", "red"))
    assert short["sentence"].startswith("在旗县工作6天，应满20天，差14天")
    assert "计入 12 个半天 ÷ 2 = 6 天" in short["steps"]
    # keyed as leave from the 11th without a slip; Saturday the 30th is a rest day at the end and counts no more
    assert office("--today", "2018-07-20", "check", "--rule", "A16-3", "--json") == 0
    (absence,) = office.objects()
    assert (absence["verdict"], "连续离岗19天，超过15天" in absence["sentence"]) == ("suspected", True)
