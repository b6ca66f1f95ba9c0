"""Words shrink until they fit, in half points down to the smallest size, and are never cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuopin_desktop.documents.breaking import measure
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.documents.form import Form, Slot
from tuopin_desktop.documents.typeset import BASELINE, TIGHTEST, Area, Setting, fit, place
from tuopin_desktop.domain.display import MM

VALUE = Setting("fang", 16, 20, 9, "center", "middle")
REASON = VALUE._replace(align="left", indent=2)
CELL = Area(60, 90, 40, 14)


def slot(form: Form, name: str) -> Slot:
    return next(slot for slot in form.slots if slot.box.name == name)


def test_short_words_keep_their_size(book: FontBook) -> None:
    assert fit("王海杰", VALUE, CELL, book)[:3] == (((0.0, "王海杰"),), 16, 20)


@given(count=st.integers(1, 80))
def test_sizes_go_down_in_half_points_and_lines_never_touch(count: int, book: FontBook) -> None:
    fitted = fit("旗" * count, VALUE, CELL, book)
    assert fitted.size in [half / 2 for half in range(18, 33)]
    assert fitted.leading >= fitted.size * TIGHTEST - 1e-9
    assert fitted.fits == (fitted.leading * len(fitted.lines) <= CELL.height * MM + 1e-6)
    assert "".join(line for _, line in fitted.lines) == "旗" * count


@given(shorter=st.integers(1, 60), more=st.integers(0, 20))
def test_more_words_are_never_larger(shorter: int, more: int, book: FontBook) -> None:
    assert fit("旗" * (shorter + more), VALUE, CELL, book).size <= fit("旗" * shorter, VALUE, CELL, book).size


@pytest.mark.parametrize(
    ("attachment", "field", "fits", "too_long"),
    [(1, "reason", 220, 240), (2, "reason", 300, 420), (1, "post", 38, 46), (2, "place", 46, 50)],
)
def test_how_much_a_cell_holds(
    attachment: int, field: str, fits: int, too_long: int, forms: dict[int, Form], book: FontBook
) -> None:
    cell = slot(forms[attachment], field)
    assert fit("旗" * fits, cell.setting, cell.area, book).fits
    assert not fit("旗" * too_long, cell.setting, cell.area, book).fits


def test_a_name_shrinks_rather_than_being_torn(book: FontBook) -> None:
    fitted = fit("阿拉坦·额尔德尼朝鲁图雅", VALUE, CELL, book)
    assert [line for _, line in fitted.lines] == ["阿拉坦·", "额尔德尼朝鲁图雅"]
    assert fitted.size < 16


def test_dates_with_halves_shrink_rather_than_being_torn(forms: dict[int, Form], book: FontBook) -> None:
    cell = slot(forms[1], "period")
    fitted = fit("2018年10月25日上午至\n2018年11月28日下午", cell.setting, cell.area, book)
    assert [line for _, line in fitted.lines] == ["2018年10月25日上午至", "2018年11月28日下午"]
    assert fitted.size >= 12


def test_a_name_too_long_for_any_size_is_torn_but_as_large_as_fits(book: FontBook) -> None:
    fitted = fit("阿·" + "旗" * 20, VALUE, CELL, book)
    assert fitted.fits
    assert "".join(line for _, line in fitted.lines) == "阿·" + "旗" * 20


def test_one_line_fields_stay_on_one_line(book: FontBook) -> None:
    one_line = VALUE._replace(most=1)
    assert len(fit("旗" * 9, one_line, CELL, book).lines) == 1
    assert not fit("旗" * 30, one_line, CELL, book).fits


def test_paragraphs_are_indented_by_two_squares(book: FontBook) -> None:
    fitted = fit("旗" * 13 + "\n" + "县" * 3, REASON, CELL._replace(height=40), book)
    assert [indent for indent, _ in fitted.lines] == [2, 0, 0, 2]


@pytest.mark.parametrize("align", ["left", "center", "right"])
@pytest.mark.parametrize("valign", ["top", "middle", "bottom"])
def test_words_are_placed_inside(align: str, valign: str, book: FontBook) -> None:
    setting = VALUE._replace(align=align, valign=valign)
    (op,) = place(fit("王海杰", setting, CELL, book), setting, CELL, book)
    em = 16 / MM
    spare_across, spare_down = CELL.width - 3 * em, CELL.height - 20 / MM
    part = {"left": 0, "center": 0.5, "right": 1, "top": 0, "middle": 0.5, "bottom": 1}
    assert op.x - CELL.x == pytest.approx(spare_across * part[align])
    assert op.y - CELL.y == pytest.approx(spare_down * part[valign] + 10 / MM + BASELINE * em)


def test_a_line_with_a_rare_character_is_set_in_two_fonts(book: FontBook) -> None:
    ops = place(fit("包𬱟山", VALUE, CELL, book), VALUE, CELL, book)
    assert [(op.font, op.text) for op in ops] == [("fang", "包"), ("kai", "𬱟"), ("fang", "山")]
    assert ops[2].x - ops[0].x == pytest.approx(measure("包𬱟", "fang", book) * 16 / MM)
