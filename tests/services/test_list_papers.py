"""A list as it stands on the screen goes onto paper and into a workbook."""

import io
from datetime import date
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from tuopin_desktop.documents.sheetlook import Number
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.services.office import disclosures, listpapers
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.listpapers import ShownCell, ShownColumn, ShownList

COLUMNS = (ShownColumn("编号"), ShownColumn("姓名"), ShownColumn("天数", figures=True), ShownColumn("应返回"))


def _list(count: int, personal: str = "") -> ShownList:
    row = (
        ShownCell("2018-0003", "2018-0003"),
        ShownCell("乌云其其格"),
        ShownCell("1.5", 3),
        ShownCell("6月14日", date(2018, 6, 14)),
    )
    return ShownList("请假报备单列表", COLUMNS, (row,) * count, "2018年6月，待签字", personal)


@pytest.mark.parametrize(
    ("text", "value", "figures", "cell"),
    [
        ("2018-06-05", "2018-06-05", False, date(2018, 6, 5)),
        ("2018年6月5日", None, False, date(2018, 6, 5)),
        ("6月5日", "2018-06-05", False, date(2018, 6, 5)),
        ("6月5日", "2018-06-06", False, "6月5日"),
        ("2月30日", None, False, "2月30日"),
        ("3", 3, False, Number(3, "3", "0")),
        ("13900000001", "13900000001", False, "13900000001"),
        ("0012", 12, False, Number(12, "0012", "0")),
        ("85.3%", 0.853, True, Number(0.853, "85.3%", "0.0%")),
        ("3天", 3, True, "3天"),
    ],
)
def test_numbers_are_numbers_and_dates_dates(text: str, value: object, figures: bool, cell: object) -> None:
    assert listpapers.cell_of(ShownCell(text, value), figures=figures) == cell


def test_a_workbook_has_the_title_with_its_period_and_every_row(desk: Desk, tmp_path: Path) -> None:
    path = listpapers.write(desk, _list(3), tmp_path / "x.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(path.read_bytes())).active
    assert sheet is not None
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert rows[0] == ["请假报备单列表（2018年6月，待签字）"]
    head = rows.index(["编号", "姓名", "天数", "应返回"])
    number, name, days, back = rows[head + 1]
    assert (number, name, days, str(back)[:10]) == ("2018-0003", "乌云其其格", 1.5, "2018-06-14")


def test_paper_has_chinese_heads_and_numbers_its_pages(desk: Desk, tmp_path: Path) -> None:
    path = listpapers.write(desk, _list(120), tmp_path / "x.pdf")
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path.read_bytes())]
    assert len(pages) > 2
    for number, text in enumerate(pages, start=1):
        assert "姓名" in text
        assert f"{number}" in text.split("\n")[-1] or f"— {number} —" in text
    assert "请假报备单列表（2018年6月，待签字）" in pages[0].replace("\r\n", "")
    assert "共120行" in pages[-1]


def test_a_list_without_rows_is_not_printed_and_personal_ones_are_noted(desk: Desk) -> None:
    with pytest.raises(Refused, match="没有行"):
        listpapers.pages(desk, _list(0))
    before = len(list(disclosures.lines(desk)))
    listpapers.pages(desk, _list(1))
    assert len(list(disclosures.lines(desk))) == before
    listpapers.pages(desk, _list(1, "违纪情况内容"))
    assert len(list(disclosures.lines(desk))) == before + 1
