"""The catalogue of 2021 in any layout: mapped once, three lists with reasons, the old file as it was."""

import csv
import hashlib
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from tests.services.archives.randomoffices import COUNTY, whole
from tests.services.desks import open_office, over
from tuopin_desktop.domain.archives import comparing
from tuopin_desktop.domain.archives.oldcatalogues import Entry
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import ArchiveItem, CatalogueHeads, Dispatch, LeaveSlip
from tuopin_desktop.services.archives import comparelists, forming, oldlists, settings
from tuopin_desktop.services.office import books
from tuopin_desktop.services.office.desk import Desk

LATER = date(2021, 3, 1)
OWN = (
    ("关于报送工作计划的函", date(2018, 7, 2)),
    ("关于调研情况的报告", date(2018, 8, 3)),
    ("年度总结", date(2018, 12, 20)),
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path / "office")) as desk, over(desk, LATER):
        papers = [
            Dispatch(id=f"{COUNTY}/d{n}", number=f"翁驻队〔2018〕{n}号", name=name, dated=day)
            for n, (name, day) in enumerate(OWN, 1)
        ]
        slip = LeaveSlip(id=f"{COUNTY}/s1", number="2018-0001", name="王五", filled=date(2018, 6, 16))
        desk.store.commit([whole(one) for one in (*papers, slip)], "甲", desk.clock.stamp_ms())
        settings.type_in(desk, {"fonds_code": "Z109"})
        forming.form(desk, 2018)
        yield desk


ROWS = (
    ("Z109-FP·2018-Y-0001", "翁驻队[2018]第01号", "关于报送工作计划的函", "20180702"),
    ("Z109-FP·2018-Y-0002", "", "王五请假报备单", "2018.6.16"),
    ("Z109-FP·2018-Y-0003", "", "关于调研情况的报告", "20180803"),
    ("Z109-FP·2018-Y-0004", "", "年度总结", "20191220"),
    ("Z109-FP·2018-Y-0005", "", "某乡镇贫困户名单", "20180702"),
    ("Z109-FP·2018-Y-0006", "", "关于报送工作计划的函", "20180702"),
)


def old_workbook(path: Path, heads: tuple[str, ...]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["翁牛特旗脱贫攻坚档案文件目录（2021年上报）"])
    sheet.append(["单位：某办公室"])
    sheet.append(list(heads))
    for place, row in enumerate(ROWS, 1):
        sheet.append([place, *row])
    sheet.append(["合计", None, None, "合计6件"])
    book.save(path)
    return path


def lists(result: comparing.Comparison) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    both = {one.item.name: one.reason for one in result.both}
    there = {f"{one.entry.row} {one.entry.name}": one.reason for one in result.there}
    return both, there, {one.item.name: one.reason for one in result.here}


def test_three_lists_each_row_with_its_reason_and_the_old_file_as_it_was(desk: Desk, tmp_path: Path) -> None:
    path = old_workbook(tmp_path / "旧目录.xlsx", ("序号", "档 号", "文件编号", "文件题名", "形成时间"))
    before = hashlib.sha256(path.read_bytes()).digest(), path.stat().st_mtime_ns
    both, there, here = lists(oldlists.compare(desk, path))
    assert both == {
        "关于报送工作计划的函": "文号相同",
        "关于调研情况的报告": "题名和日期相同",
        "王五请假报备单（2018年6月16日）": "日期相同，题名相近",
    }
    assert there == {
        "7 年度总结": "题名相同但日期不同：本处是2018年12月20日",
        "8 某乡镇贫困户名单": "本处同一天的1件题名都不相近",
        "9 关于报送工作计划的函": "与前面的一行重复：本处同题名的文件已经对上",
    }
    assert here == {"年度总结": "旧目录没有同文号、同题名或同一天的文件"}
    assert (hashlib.sha256(path.read_bytes()).digest(), path.stat().st_mtime_ns) == before


def test_a_layout_nobody_knows_is_mapped_once_and_known_again_in_the_next_file(desk: Desk, tmp_path: Path) -> None:
    heads = ("序", "编码", "来文", "材料内容", "日子")
    path = old_workbook(tmp_path / "一.xlsx", heads)
    with pytest.raises(Refused, match="认不出哪一列是题名"):
        oldlists.compare(desk, path)
    answers = {"材料内容": "name", "日子": "dated", "来文": "document", "编码": "code"}
    first = lists(oldlists.compare(desk, path, answers))
    assert len(first[0]) == 3
    again = old_workbook(tmp_path / "二.xlsx", heads)
    assert lists(oldlists.compare(desk, again)) == first
    assert len(desk.store.rows(CatalogueHeads)) == 1


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_a_csv_of_a_data_base_of_archives_is_read_by_the_names_of_its_columns(
    desk: Desk, tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "old.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([("QZH", "DH", "WH", "TM", "RQ"), *(("Z109", *row) for row in ROWS)])
    assert set(lists(oldlists.compare(desk, path))[0]) >= {"关于报送工作计划的函", "关于调研情况的报告"}


def test_the_same_code_of_another_paper_is_no_match(desk: Desk) -> None:
    item = oldlists.own_items(desk)[0]
    row = Entry(sheet="", row=2, name="全无关系的文件", code=item.code, dated=date(2017, 1, 1))
    result = comparing.compare([row], [item])
    assert [one.reason for one in result.there] == ["档号相同，但题名、文号、日期都不同，不是同一件"]
    assert [one.item for one in result.here] == [item]


def test_the_lists_are_printed_and_a_workbook_of_three_sheets(desk: Desk, tmp_path: Path) -> None:
    path = old_workbook(tmp_path / "旧目录.xlsx", ("序号", "档号", "文号", "题名", "日期"))
    book = comparelists.listed(desk, oldlists.compare(desk, path), "旧目录")
    assert books.pdf(desk, book).startswith(b"%PDF")
    out = books.write(desk, tmp_path / "比对.xlsx", book)
    assert openpyxl.load_workbook(out).sheetnames == ["两边都有", "只在旧目录", "只在本处"]


def test_ten_thousand_rows_are_compared_in_seconds_and_each_stands_in_one_list() -> None:
    days = [date(2018, 1, 1) + timedelta(days=n % 900) for n in range(10_000)]
    names = [f"{'甲乙丙丁'[n % 4]}某{n % 97}请假" for n in range(10_000)]
    items = [
        ArchiveItem(id=f"150426/slip/{n}", year=day.year, number=n, name=f"{name}报备单", dated=day)
        for n, (name, day) in enumerate(zip(names, days, strict=True))
    ]
    rows = [
        Entry(sheet="", row=n, name=f"{name}条", dated=day, code=f"{n}")
        for n, (name, day) in enumerate(zip(names, days, strict=True))
    ]
    begun = time.process_time()
    result = comparing.compare(rows, items)
    assert time.process_time() - begun < 10
    assert len(result.both) + len(result.there) == 10_000
    assert len(result.both) + len(result.here) == 10_000
