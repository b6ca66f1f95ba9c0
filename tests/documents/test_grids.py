"""Spreadsheets we are handed: read by content, merged cells filled down."""

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tests.documents import old_workbook
from tests.documents.spreadsheets import ROWS, cell, ods, trouble, xlsx
from tuopin_desktop.documents.grids import number_formats, read_book, read_bytes


def test_xlsx() -> None:
    book = read_bytes(xlsx(ROWS), "x")
    assert [grid.name for grid in book.grids] == ["名册"]
    assert book.grids[0].rows == ROWS
    assert book.grids[0].notes == ()


def test_xls_and_et_by_content_whatever_the_name(tmp_path: Path) -> None:
    raw = old_workbook.workbook(ROWS)
    for name in ("花名册.xls", "花名册.et", "花名册.xlsx"):
        path = tmp_path / name
        path.write_bytes(raw)
        assert read_book(path).grids[0].rows == ROWS


def test_a_small_stream_is_found_in_the_mini_stream() -> None:
    assert read_bytes(old_workbook.workbook([["姓名"]]), "x").grids[0].rows == [["姓名"]]


def test_ods() -> None:
    raw = ods(
        f"<table:table-row>{cell('姓名')}{cell('民族')}</table:table-row>"
        f"<table:table-row>{cell('张三', 2)}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048574"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert read_bytes(raw, "x").grids[0].rows == [["姓名", "民族"], ["张三", "张三"]]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_delimited_text(codec: str, mark: str, tmp_path: Path) -> None:
    path = tmp_path / "花名册.csv"
    path.write_bytes(f'姓名{mark}单位\r\n张三{mark}"林业{mark}厅"\r\n𬭼{mark}'.encode(codec))
    grid = read_book(path).grids[0]
    assert grid.name == "花名册"
    assert grid.rows == [["姓名", "单位"], ["张三", f"林业{mark}厅"], ["𬭼", ""]]


def test_the_guard_other_programs_put_before_formula_like_text_is_taken_away() -> None:
    raw = '\ufeff"姓名","\'=1+1"\n"\'+1","-x"\n"\'@a","\'b"\n'.encode()
    assert read_bytes(raw, "x").grids[0].rows == [["姓名", "=1+1"], ["+1", "-x"], ["@a", "'b"]]


def test_a_word_used_in_very_many_cells_is_no_false_claim() -> None:
    assert len(read_bytes(xlsx([["甲"] * 50] * 300), "x").grids[0].rows) == 300


def test_rows_count_from_the_first_row_of_the_sheet() -> None:
    assert read_bytes(xlsx([[], [], ["姓名"]]), "x").grids[0].rows == [[""], [""], ["姓名"]]


def test_merged_cells_are_filled_down_never_across() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.merge_range(0, 0, 0, 2, "标题")
    sheet.merge_range(1, 0, 3, 0, "甲厅")
    sheet.merge_range(1, 1, 2, 2, "乙")
    sheet.write(3, 2, "丙")
    book.close()
    grid = read_bytes(out.getvalue(), "x").grids[0]
    assert grid.rows == [["标题", "", ""], ["甲厅", "乙", ""], ["甲厅", "乙", ""], ["甲厅", "", "丙"]]
    assert set(grid.merged) == {(0, 0, 0, 2), (1, 0, 3, 0), (1, 1, 2, 2)}
    old = old_workbook.workbook([["甲", "1"], ["", "2"]], merged=((0, 1, 0, 0),))
    assert read_bytes(old, "x").grids[0].rows == [["甲", "1"], ["甲", "2"]]


def test_hidden_sheets_are_left_out_and_named() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, hide in (("甲", False), ("旧表", True), ("代码", True), ("空", False)):
        sheet = book.add_worksheet(name)
        if name != "空":
            sheet.write(0, 0, name)
        if hide:
            sheet.hide()
    book.close()
    read = read_bytes(out.getvalue(), "x")
    assert [grid.name for grid in read.grids] == ["甲"]
    assert read.hidden == ("旧表",)


def test_only_hidden_content_says_so() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet("空")
    hidden = book.add_worksheet("旧表")
    hidden.write(0, 0, "x")
    hidden.hide()
    book.close()
    assert "旧表" in trouble(out.getvalue())


def test_formulas_give_their_cached_values_and_missing_results_are_reported() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("名册&<表>")
    sheet.write(0, 0, "年龄")
    sheet.write_formula(1, 0, "=1+1", None, 2)
    sheet.write_formula(2, 0, "=1/0", None, "#DIV/0!")
    sheet.write_formula(3, 0, '=IF(Z4="","",Z4)', None, "")
    sheet.set_row(4, None, None, {"hidden": True})
    sheet.write(4, 0, "藏")
    book.close()
    raw = out.getvalue()
    grid = read_bytes(raw, "x").grids[0]
    assert [row[0] for row in grid.rows] == ["年龄", 2.0, "", "", "藏"]
    assert [note.split("有", 1)[1] for note in grid.notes] == [
        "1个公式的结果是空的，按空白读入",
        "1个格的公式出错（如#REF!），按空白读入；请改正后再导入",
    ]
    assert grid.look.hidden == {5}
    written = openpyxl.Workbook()
    written.active.append(["年龄"])
    written.active.append(["=YEAR(NOW())"])
    saved = io.BytesIO()
    written.save(saved)
    notes = read_bytes(saved.getvalue(), "x").grids[0].notes
    assert "1个公式没有计算结果" in notes[0]


def test_number_formats_are_looked_up_on_demand(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet("名册")
    sheet.write(1, 0, 1970.1, book.add_format({"num_format": "0.00"}))
    sheet.write(2, 1, 1970.1)
    book.close()
    cells = [(2, 0), (3, 1), (99, 9)]
    assert number_formats(tmp_path / "a.xlsx", "名册", cells) == {(2, 0): "0.00", (3, 1): "General"}
    assert number_formats(tmp_path / "a.xlsx", "别的", cells) == {}
    assert number_formats(tmp_path / "a.xlsx", "名册", []) == {}
    (tmp_path / "b.xls").write_bytes(old_workbook.workbook(ROWS))
    assert number_formats(tmp_path / "b.xls", "名册", cells) == {}


def test_a_number_no_date_can_have_in_a_date_column_is_a_number() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write(0, 0, "日期")
    sheet.write(1, 0, 1.522211970051512e17, day)
    sheet.write(2, 0, 43251, day)
    book.close()
    assert [row[0] for row in read_bytes(out.getvalue(), "x").grids[0].rows] == [
        "日期",
        1.522211970051512e17,
        date(2018, 5, 31),
    ]
