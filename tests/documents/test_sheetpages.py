"""Wide registers on paper: type stays readable, no column is lost, the first columns stand on every page."""

import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuopin_desktop.documents.sheetlook import Heading
from tuopin_desktop.documents.sheetpages import LEAST, PAPER, millimetres, spread
from tuopin_desktop.documents.workbook import register


@given(st.lists(st.floats(3, 60), min_size=1, max_size=60), st.integers(0, 3))
def test_type_stays_readable_and_no_page_is_wasted(widths: list[float], repeated: int) -> None:
    found = spread(widths, repeated)
    total, room = sum(map(millimetres, widths)), PAPER * 100 / LEAST
    again = sum(map(millimetres, widths[:repeated]))
    widest = max(map(millimetres, widths))
    assert found.pages >= total / room
    assert found.pages <= 1 + total / max(room - widest - again, room / 2 - widest)
    assert 0 < found.first <= max(len(widths), repeated + 1)
    assert (found.pages == 1) == (total <= room)


@pytest.mark.parametrize(("columns", "pages"), [(8, 1), (18, 1), (35, 2), (70, 4)])
def test_a_table_takes_no_more_pages_than_readable_type_needs(columns: int, pages: int) -> None:
    assert spread([12.0] * columns, 1).pages == pages


def sheet_of(columns: int) -> Any:
    headings = [Heading(f"第{number}列", 12) for number in range(columns)]
    rows = [["甲"] * columns] * 3
    data = register(
        "花名册", headings, rows, office="某单位", filled=date(2018, 6, 5), created=datetime(2018, 6, 5),
        frozen=2, signed=("填表人", "审核"), notes=("注：一二三",),
    )  # fmt: skip
    return openpyxl.load_workbook(io.BytesIO(data)).active


def test_a_wide_register_is_printed_side_by_side_with_its_names_again() -> None:
    sheet = sheet_of(30)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (2, 0)
    assert sheet.print_title_cols == "$A:$B"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.page_setup.pageOrder == "overThenDown"
    title = next(area for area in sheet.merged_cells.ranges if area.min_row == 1)
    assert (title.min_col, title.max_col < 18) == (3, True)  # clear of the columns repeated, and on the first page


def test_a_narrow_register_stays_on_one_page() -> None:
    sheet = sheet_of(13)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_cols is None


def test_notes_and_places_for_ink_stand_under_the_rows() -> None:
    words = [cells[0].value for cells in sheet_of(5).iter_rows()]
    assert words[-2] == "注：一二三"
    assert words[-1].startswith("填表人：")
