"""Closing, correcting, printing and keying back a month by words."""

from pathlib import Path

import openpyxl
import pytest

from tests.cli.test_cli import Office
from tests.cli.test_cli_attendance import month_file, office

__all__ = ["office"]

DAYS = "V" * 30


def closed(office: Office, tmp_path: Path) -> None:
    assert office("import", "attendance", month_file(tmp_path / "考勤.xlsx")) == 0, office.err
    assert office("--today", "2018-07-02", "attendance", "close", "2018-06") == 0, office.err


def test_a_month_is_closed_said_corrected_and_reopened(office: Office, tmp_path: Path) -> None:
    assert office("--today", "2018-07-02", "attendance", "close", "2018-06") != 0
    assert "个半天未登记" in office.err
    closed(office, tmp_path)
    assert "2018-06考勤已结账（第1次）" in office.out
    assert office("import", "attendance", month_file(tmp_path / "再.xlsx")) == 0, office.err
    asked = ("correct", "张三", "2018-06-29", "--to", "√", "--reason", "漏登", "--pdf", tmp_path / "更正单.pdf")
    assert office("--today", "2018-07-03", "attendance", *asked) == 0, office.err
    assert "更正单2018-0001：2018-06-29由“假”更正为“√”" in office.out
    assert (tmp_path / "更正单.pdf").read_bytes().startswith(b"%PDF")
    assert office("attendance", "state", "2018-06") == 0
    assert "计入7天，应满20天，结账登记6天" in office.out
    assert "第1次结账" in office.out
    assert office("attendance", "state", "2018-06", "--json") == 0
    assert office.objects()[0]["closed"] is True
    assert office("list", "month_close", "--json") == 0
    assert office.objects()[0]["closed_by"] == "李秀英"
    assert office("list", "correction", "--json") == 0
    assert (office.objects()[0]["before"], office.objects()[0]["after"]) == ("oli/oli", "vw/vw")
    assert office("attendance", "corrections", "--year", "2018") == 0
    assert "2018-0001\t张三" in office.out
    assert office("attendance", "reopen", "2018-06", "--reason", "整月重报") == 0, office.err
    assert office("attendance", "state", "2018-06") == 0
    assert "重新打开：整月重报" in office.out


def test_books_come_as_pdf_workbook_and_lines(office: Office, tmp_path: Path) -> None:
    closed(office, tmp_path)
    assert office("attendance", "book", "2018-06", "--pdf", tmp_path / "簿.pdf", "--xlsx", tmp_path / "簿.xlsx") == 0
    assert openpyxl.load_workbook(tmp_path / "簿.xlsx").active["B5"].value
    assert office("attendance", "blank", "2018-07", "--pdf", tmp_path / "空.pdf") == 0, office.err
    assert office("attendance", "book", "2018-06") == 0
    assert "2018年7月2日结账" in office.out


def test_a_book_kept_by_hand_is_keyed_back(office: Office, tmp_path: Path) -> None:
    page = tmp_path / "页.csv"
    page.write_text(f"张三,{'V' * 30},{'V' * 30},29,30,0,0,0\n", encoding="utf-8")
    assert office("attendance", "keyback", "2018-06", page) != 0
    assert "张三：在旗县：纸上29天，录入30天，差1天" in office.out
    page.write_text(f"张三,{'V' * 30},{'V' * 30},29,30,0,0,0,纸上加错\n", encoding="utf-8")
    assert office("attendance", "keyback", "2018-06", page) == 0, office.err
    assert "已录入1行：张三" in office.out


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t"])
def test_a_page_is_read_as_the_programs_of_a_chinese_windows_save_it(
    office: Office, tmp_path: Path, codec: str, mark: str
) -> None:
    page = tmp_path / "页.csv"
    page.write_bytes(mark.join(["张三", "V" * 30, "V" * 30, "30", "30", "0", "0", "0"]).encode(codec))
    assert office("attendance", "keyback", "2018-06", page) == 0, office.err


@pytest.mark.parametrize(
    "text", ["张三,V\n", f"张三,{'V' * 30},{'V' * 30},x,0,0,0,0\n", f"王五,{'V' * 30},{'V' * 30},0,0,0,0,0\n"]
)
def test_a_page_that_cannot_be_read_is_said(office: Office, tmp_path: Path, text: str) -> None:
    (tmp_path / "页.csv").write_text(text, encoding="utf-8")
    assert office("attendance", "keyback", "2018-06", tmp_path / "页.csv") != 0
    assert office.err
    assert office("attendance", "keyback", "2018-06", tmp_path / "无.csv") != 0
