"""Printed lists and notes: no character cut or lost, the heading on every page, rows whole, fonts embedded."""

import io
from collections import Counter
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.conftest import READERS, Reader, by_pdfplumber, letters, plumbed
from tuopin_desktop.documents import pdf, report, table
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.documents.report import Note, Paragraph
from tuopin_desktop.documents.table import Column, Table, words_of
from tuopin_desktop.domain.daywords import short_day, with_dates
from tuopin_desktop.domain.display import Sheet, Text
from tuopin_desktop.domain.record import Form

COLUMNS = (
    Column("编号", 24, "center"),
    Column("姓名", 26, "center"),
    Column("天数", 16, "right", Form.INTEGER),
    Column("日期", 26, "center", Form.DATE),
    Column("请假事由", 90),
)
HEADINGS = "".join(column.heading for column in COLUMNS)
MARK = "演示数据  不作凭证"


def listed(*rows: Any, **said: Any) -> Table:
    about: dict[str, Any] = {"title": "请假登记簿", "office": "某总队", "filled": date(2018, 6, 5), **said}
    return Table(columns=COLUMNS, rows=rows, **about)


def row(number: int, reason: str = "参加会议") -> tuple[object, ...]:
    return (f"2018-{number:04d}", "阿拉坦其其格", 2.5, date(2018, 6, 5), reason)


def printed(made: Table, book: FontBook, mark: str = "") -> bytes:
    return pdf.render(table.sheets(made, book), book, title=made.title, mark=mark)


def expected(made: Table, pages: int) -> Counter[str]:
    """Every character that must be on paper: headings on each page, all the rest once."""
    rest = [
        made.title,
        f"填报单位（盖章）：{made.office}",
        "填报日期：2018年6月5日",
        *made.intro,
        *made.notes,
        *made.signed,
    ]
    said = [words_of(cell) for cells in (*made.rows, *made.totals) for cell in cells]
    cells = [short_day(text) or with_dates(text) for text in said]
    numbers = [f"— {number} —" for number in range(1, pages + 1)]
    return letters("".join([HEADINGS * pages, *rest, *cells, *numbers]))


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_two_hundred_rows_are_all_there_under_their_heading(reader: Reader, book: FontBook) -> None:
    made = listed(*(row(number, "赴自治区汇报项目资金到位情况，" * (1 + number % 7)) for number in range(200)))
    found = reader(printed(made, book))
    assert len(found) > 5
    assert letters("".join(found)) == expected(made, len(found))
    for number, text in enumerate(found, 1):
        assert not letters(HEADINGS) - letters(text)
        assert f"—{number}—" in "".join(text.split())


def test_no_row_is_parted_by_a_page(book: FontBook) -> None:
    made = listed(*(row(number, f"甲{number}" + "长" * 150 + f"乙{number}") for number in range(60)))
    pages = by_pdfplumber(printed(made, book))
    for number in range(60):
        (page,) = [text for text in pages if f"2018-{number:04d}" in text]
        assert f"甲{number}长" in page
        assert f"乙{number}" in page
    assert len(pages) > 3


def test_a_row_taller_than_a_page_goes_on_and_loses_nothing(book: FontBook) -> None:
    long = "".join(chr(0x4E00 + number) for number in range(2400))
    made = listed(row(1), row(2, long), row(3), notes=("注：完。",))
    pages = by_pdfplumber(printed(made, book))
    assert letters("".join(pages)) == expected(made, len(pages))
    assert "2018-0003" in pages[-1]
    assert sum(any(char in text for char in long[:30]) for text in pages) == 1


def test_a_row_too_high_for_the_first_page_alone_is_not_torn(book: FontBook) -> None:
    intro = ("说明。" * 30,) * 4
    sheets = table.sheets(listed(row(1, "长" * 700), intro=intro), book)
    holding = [sheet for sheet in sheets if any("长" in op.text for op in sheet.ops if isinstance(op, Text))]
    assert len(holding) == 1


@settings(max_examples=20)
@given(
    st.lists(
        st.text(st.sampled_from("派驻旗县请假报备。，；（）“”、·0123456789abcXYZ-/./ \n𬱟𨱏"), max_size=260),
        max_size=12,
    )
)
def test_any_words_come_back_letter_by_letter(book: FontBook, reasons: list[str]) -> None:
    made = listed(*(row(number, reason) for number, reason in enumerate(reasons)), totals=(row(99, "合计"),))
    found = by_pdfplumber(printed(made, book))
    assert letters("".join(found)) == expected(made, len(found))


def test_words_stay_in_their_cells(book: FontBook) -> None:
    hard = "W" * 90 + "，" * 3 + "1234567890" * 8 + "长，" * 60
    with plumbed(printed(listed(row(1, hard), row(2)), book)) as document:
        page = document.pages[0]
        cells = page.find_tables()[0].cells
        top, bottom = min(cell[1] for cell in cells), max(cell[3] for cell in cells)
        strays = [
            char["text"]
            for char in page.chars
            if top < char["top"] < bottom
            and not any(
                x0 - 0.1 <= char["x0"]
                and (char["x0"] + char["x1"]) / 2 <= x1
                and y0 <= char["top"]
                and char["bottom"] <= y1
                for x0, y0, x1, y1 in cells
            )
        ]
    assert strays == []


def test_the_table_reads_as_a_table(book: FontBook) -> None:
    made = listed(row(1), row(2), totals=(("合计", "", 5.0, None, ""),))
    with plumbed(printed(made, book)) as document:
        found = document.pages[0].extract_tables()[0]
    assert found[0] == [column.heading for column in COLUMNS]
    assert found[1] == ["2018-0001", "阿拉坦其其格", "2.5", "2018.6.5", "参加会议"]
    assert found[3] == ["合计", "", "5", "", ""]


def test_signature_and_notes_never_stand_on_a_page_of_their_own(book: FontBook) -> None:
    for number in range(1, 45):
        sheets = table.sheets(listed(*(row(place) for place in range(number)), notes=("注：" + "说明" * 60,)), book)
        words = "".join(op.text for op in sheets[-1].ops if isinstance(op, Text))
        assert "经办人" in words
        assert f"2018-{number - 1:04d}" in words


def test_an_empty_list_says_so(book: FontBook) -> None:
    (text,) = by_pdfplumber(printed(listed(), book))
    assert "无记录" in text
    assert "经办人" in text


def test_fonts_are_embedded_and_practice_is_marked_on_every_page(book: FontBook) -> None:
    data = printed(listed(*(row(number) for number in range(60))), book, MARK)
    assert b"Helvetica" not in data
    with plumbed(data) as document:
        assert all(char["fontname"][6] == "+" for page in document.pages for char in page.chars)
        for page in document.pages:
            assert "演示数据" in "".join(char["text"] for char in page.chars)
            mark = [char for char in page.chars if char["text"] == "凭"]
            number = [char for char in page.chars if char["text"] == "—"]
            assert min(char["top"] for char in mark) > max(char["bottom"] for char in number)


def test_a_character_without_a_glyph_is_reported_with_its_column(book: FontBook) -> None:
    (sheet,) = table.sheets(listed(row(1, "前\U00030edd后")), book)
    assert [(item.field, item.char) for item in sheet.missing] == [("请假事由", "\U00030edd")]


def test_columns_wider_than_the_page_are_a_mistake(book: FontBook) -> None:
    with pytest.raises(ValueError, match="mm"):
        table.sheets(Table(title="太宽", columns=(Column("宽", 300),), rows=()), book)


def test_one_page_takes_smaller_type_only_where_that_helps(book: FontBook) -> None:
    def sizes(sheets: tuple[Sheet, ...]) -> set[float]:
        return {op.size for op in sheets[0].ops if isinstance(op, Text) and op.text == "参加会议"}

    few = [row(number) for number in range(3)]
    full = [row(number, "长" * 40) for number in range(12)]
    assert sizes(table.sheets(listed(*few, one_page=True), book)) == {10.5}
    assert len(table.sheets(listed(*full, few[0]), book)) == 2
    smaller = table.sheets(listed(*full, few[0], one_page=True), book)
    assert len(smaller) == 1
    assert max(sizes(smaller)) < 10.5
    many = [row(number) for number in range(80)]
    assert sizes(table.sheets(listed(*many, one_page=True), book)) == {10.5}


def test_the_workbook_holds_the_same_rows(book: FontBook) -> None:
    made = listed(row(1), row(2, "=1+1"), totals=(("合计", "", 5.0, None, "2张"),))
    data = table.xlsx(made, created=datetime(2018, 6, 5), mark=MARK)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    rows = [[cell.value for cell in cells] for cells in sheet.iter_rows()]
    assert rows[0][0] == "请假登记簿（练习）"
    assert rows[2] == [column.heading for column in COLUMNS]
    assert rows[3][:3] == ["2018-0001", "阿拉坦其其格", 2.5]
    assert rows[4][4] == "=1+1"
    assert sheet.cell(5, 5).data_type == "s"
    assert rows[5][2] == 5


# ---------------------------------------------------------------- notes

SAID = Paragraph("本次请假：王海，工作总队队长，2018-06-07至2018-06-08，赴呼和浩特市参加会议。")


def reached(sheets: tuple[Sheet, ...]) -> float:
    number = max(op.y for op in sheets[0].ops if isinstance(op, Text))
    return max(op.y for op in sheets[0].ops if isinstance(op, Text) and op.y < number)


@pytest.mark.parametrize("paragraphs", [2, 7, 12])
def test_half_a_page_is_kept_by_smaller_type(book: FontBook, paragraphs: int) -> None:
    sheets = report.sheets(Note(title="决策参考", paragraphs=(SAID,) * paragraphs, half=True), book)
    assert len(sheets) == 1
    assert reached(sheets) < 297 / 2


def test_a_long_note_runs_on_whole(book: FontBook) -> None:
    note = Note(
        title="说明", paragraphs=(Paragraph("一、情况", "heading"), *(SAID,) * 40), signed=("经办人：", "日期：")
    )
    pages = by_pdfplumber(pdf.render(report.sheets(note, book), book, title=note.title))
    assert len(pages) > 2
    words = [
        "说明",
        "一、情况",
        with_dates(SAID.text) * 40,
        "经办人：日期：",
        *(f"—{number}—" for number in range(1, len(pages) + 1)),
    ]
    assert letters("".join(pages)) == letters("".join(words))
    crowded = Note(title="说明", paragraphs=(SAID,) * 60, half=True)
    text = "".join(by_pdfplumber(pdf.render(report.sheets(crowded, book), book, title="说明")))
    assert text.count("赴呼和浩特市") == 60
