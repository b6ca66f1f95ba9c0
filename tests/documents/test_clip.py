"""What spreadsheet programs put on the clipboard, in the shapes they do, and in those nobody should."""

import pytest

from tuopin_desktop.documents.clip import read_clip
from tuopin_desktop.domain.problems import Trouble


def _rows(html: str, text: str = "") -> list[list[object]]:
    return read_clip(html, text).grids[0].rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("姓名\t性别\r\n甲\t男\r\n", [["姓名", "性别"], ["甲", "男"]]),
        ('姓名\t"说明\n两行"\n甲\t"带""引号"""', [["姓名", "说明\n两行"], ["甲", '带"引号"']]),
        ("姓名\t\t性别\n\n甲\t\t男", [["姓名", "", "性别"], [], ["甲", "", "男"]]),
    ],
)
def test_tabbed_text_keeps_every_cell(text: str, rows: list[list[object]]) -> None:
    assert _rows("", text) == rows


@pytest.mark.parametrize(
    ("html", "rows"),
    [
        ("<table><tr><td>姓名<td>性别<tr><td>甲<td>男</table>", [["姓名", "性别"], ["甲", "男"]]),
        ("<TABLE><TR><TH>姓 名</TH></TR><TR><TD>&nbsp;甲&amp;乙 </TD></TR></TABLE>", [["姓 名"], ["甲&乙"]]),
        ("<table><tr><td>a</td></tr></table><table><tr><td>b</td></tr></table>", [["a"]]),
        ("<table><tr><td>a<table><tr><td>x</td></tr></table></td><td>b</td></tr></table>", [["a\nx", "b"]]),
        ("<table><tr><td rowspan=2>张</td><td>1</td></tr><tr><td>2</td></tr></table>", [["张", "1"], ["张", "2"]]),
        ("<table><tr><td colspan=2>题</td><td>c</td></tr></table>", [["题", "", "c"]]),
        ('<table><tr><td x:num="43252">2018/6/1</td><td x:num="123456789012">####</td></tr></table>',
         [["2018/6/1", "123456789012"]]),
        ("<div>没有表格</div>", [["文字"]]),
    ],
)  # fmt: skip
def test_html_is_read_as_the_table_it_shows(html: str, rows: list[list[object]]) -> None:
    assert _rows(html, "文字") == rows


def test_struck_and_hidden_rows_are_seen() -> None:
    html = (
        "<style>.x1{color:red;text-decoration:line-through}</style><table><tr><td>甲</td><td class=x1>乙</td></tr>"
        "<tr style='height:0; display: none'><td>丙</td></tr><tr><td><s>丁</s></td><td class='x1'></td></tr></table>"
    )
    look = read_clip(html, "").grids[0].look
    assert (look.struck, look.hidden) == (frozenset({(1, 1), (3, 0)}), frozenset({2}))


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr>" + "<td rowspan=2000 colspan=1999>x</td>" * 40 + "</tr></table>",
        "<table>" + "<tr><td rowspan=99999 colspan=99999>x" * 2000 + "</table>",
        "<table>" + "<tr>" + "<td>x" * 40_000 + "</table>",
    ],
)
def test_a_clipboard_that_swells_is_refused(html: str) -> None:
    with pytest.raises(Trouble):
        read_clip(html, "")


@pytest.mark.parametrize("html", ["<table>", "<table><tr><td", "<table></table><p>x", "<td>x</td>", "<table><td>x"])
def test_broken_html_falls_back_on_the_text_and_never_fails_otherwise(html: str) -> None:
    assert _rows(html, "甲\t乙") in ([["甲", "乙"]], [["x"]])
    with pytest.raises(Trouble, match="复制"):
        read_clip("<p>", " \t\n")


def test_every_table_of_the_html_is_a_sheet() -> None:
    one, two = (f"<table><tr><td>姓名</td></tr><tr><td>{name}</td></tr></table>" for name in "甲乙")
    assert [grid.rows[1] for grid in read_clip(f"{one}<p>x</p>{two}", "").grids] == [["甲"], ["乙"]]


@pytest.mark.parametrize(
    "row",
    [
        '<tr><td><span style="text-decoration:line-through">王三</span>王四</td></tr>',
        '<tr style="text-decoration: LINE-THROUGH"><td>王三</td></tr>',
        "<tr class=f5><td>王三</td></tr>",
        '<tr><td><font class="f5">王三</font></td></tr>',
    ],
)
def test_what_is_struck_by_any_tag_is_seen(row: str) -> None:
    html = f"<style>.f5{{text-decoration:line-through}}</style><table><tr><td>姓名</td></tr>{row}</table>"
    assert read_clip(html, "").grids[0].look.struck == {(2, 0)}


def test_a_quote_never_closed_in_pasted_text_keeps_the_rows_below() -> None:
    grid = read_clip("", '姓名\t备注\n王一\t"开口\n王二\t正常\n').grids[0]
    assert grid.rows[1:] == [["王一", '"开口'], ["王二", "正常"]]
    assert "第2行" in grid.notes[0]
