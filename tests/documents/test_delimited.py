"""Text files as programs of offices write them: encodings, marks between cells, guarded numbers."""

from pathlib import Path

import pytest

from tests.documents.old_workbook import record, workbook
from tuopin_desktop.documents.delimited import read_delimited
from tuopin_desktop.documents.grids import read_book, read_bytes
from tuopin_desktop.domain.problems import Trouble

ROWS = '姓名,性别,公民身份号码,手机\n王试四,男,="150429197506180416",="13900001004"\n'
CELLS = [["姓名", "性别", "公民身份号码", "手机"], ["王试四", "男", "150429197506180416", "13900001004"]]


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_of_a_text_file_is_read(coding: str) -> None:
    assert read_delimited(ROWS.encode(coding)) == CELLS


def test_big5_is_told_from_gbk() -> None:
    rows = read_delimited("姓名,性別,公民身份號碼\n王試四,男,150429197506180416\n".encode("big5"))
    assert rows[0] == ["姓名", "性別", "公民身份號碼"]


@pytest.mark.parametrize("mark", [*"\t;|，；｜"])
def test_whatever_stands_between_the_cells_parts_them(mark: str) -> None:
    assert read_delimited(ROWS.replace(",", mark).encode()) == CELLS


@pytest.mark.parametrize("mark", [*",;\t|"])
def test_a_first_line_that_names_the_mark_is_believed_and_left_out(mark: str) -> None:
    assert read_delimited((f"sep={mark}\r\n" + ROWS.replace(",", mark)).encode()) == CELLS


def test_a_guard_may_hold_the_mark_and_quotes() -> None:
    rows = read_delimited('姓名,备注,电话\n王,="甲,乙","=""139"""\n李,\'0476,\'-5\n'.encode())
    assert rows[1:] == [["王", "甲,乙", "139"], ["李", "0476", "-5"]]


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (b"<html><body><table>", "网页"),
        (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook", "网页归档"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook>', "XML表格2003"),
    ],
)
def test_what_is_only_called_a_sheet_is_named(raw: bytes, word: str) -> None:
    with pytest.raises(Trouble, match=word):
        read_bytes(raw, "表")


@pytest.mark.parametrize("name", ["~$花名册.xlsx", ".~花名册.xlsx"])
def test_the_trace_of_an_open_file_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(Trouble, match="临时文件"):
        read_book(tmp_path / name)


def test_an_old_workbook_shows_what_is_struck_hidden_and_from_when_it_counts() -> None:
    font = record(0x0031, b"\xdc\x00\x08\x00" + bytes(12))
    style = record(0x00E0, bytes(20))
    front = record(0x0022, b"\x01\x00") + font + style
    row = record(0x0208, (1).to_bytes(2, "little") + bytes(10) + (0x20).to_bytes(4, "little"))
    grid = read_bytes(workbook([["姓名"], ["王试四"]], front=front, extra=row), "x").grids[0]
    assert grid.look.struck == {(1, 0), (2, 0)}
    assert grid.look.hidden == {2}
    assert grid.since_1904


@pytest.mark.parametrize("mark", [",", "\t"])
@pytest.mark.parametrize("rest", ["王三,正常\n王四,正常\n", '王三,正常\n王四,"正常"\n'])
def test_a_quote_never_closed_keeps_the_rows_below(mark: str, rest: str) -> None:
    text = ('姓名,备注\n王二,"开口\n' + rest).replace(",", mark)
    grid = read_bytes(text.encode("gbk"), "表").grids[0]
    assert grid.rows == [["姓名", "备注"], ["王二", '"开口'], ["王三", "正常"], ["王四", "正常"]]
    assert "第2行" in "".join(grid.notes)


@pytest.mark.parametrize("last", ['王四,好"\n', '王四,"\n王五,好\n'])
def test_a_quote_closed_rows_below_is_refused_by_its_line(last: str) -> None:
    with pytest.raises(Trouble, match="第2行"):
        read_delimited(f'姓名,备注\n王二,"他说\n王三,正常\n{last}'.encode())


def test_a_cell_of_several_lines_stays_one_cell() -> None:
    rows = read_delimited('姓名,备注,电话\n王,"甲,乙\n丙",139\n李,"丁\n\n戊","1\n2"\n'.encode())
    assert rows[1:] == [["王", "甲,乙\n丙", "139"], ["李", "丁\n\n戊", "1\n2"]]
