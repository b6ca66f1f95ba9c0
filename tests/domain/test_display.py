"""A sheet is plain data: its parts come back in drawing order and survive being written down."""

import msgspec
import pytest

from tuopin_desktop.domain.display import MM, Line, MissingGlyph, Sheet, Text

SHEET = Sheet(
    form="leave-leader",
    width=210,
    height=297,
    static=(Line(28, 85.5, 184, 85.5, 1.0),),
    fields=(Text(60, 90, "fang", 16, "阿拉坦其其格"),),
    overflow=("post",),
    missing=(MissingGlyph("name", "𰻝"),),
)


def test_the_blank_form_is_drawn_before_what_was_filled_in() -> None:
    assert SHEET.ops == SHEET.static + SHEET.fields


def test_a_sheet_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        SHEET.form = "other"  # type: ignore[misc]  # that it is refused is the test


def test_equal_sheets_are_equal_and_can_be_looked_up() -> None:
    twin = msgspec.structs.replace(SHEET)
    assert twin == SHEET
    assert {SHEET: 1}[twin] == 1


def test_a_millimetre_in_points() -> None:
    assert round(MM * 25.4, 9) == 72
