"""Filling in a form loses nothing, prints nothing outside its cell, and says what does not fit."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.conftest import FILLED, letters
from tuopin_desktop.documents.breaking import HANG, measure
from tuopin_desktop.documents.fonts import GETA, FontBook
from tuopin_desktop.documents.form import Form
from tuopin_desktop.documents.plain import printable
from tuopin_desktop.documents.sheet import compose
from tuopin_desktop.domain.display import MM, MissingGlyph, Sheet, Text

ALPHABET = "派驻贫困旗县工作总队员请假，。；（）“”、·—0123456789ABcd-./ 㛃䶮𬱟𨱏堃龑彧\n"
typed = st.dictionaries(
    st.sampled_from(["county", "year", "name", "post", "place", "period", "reason", "return_note"]),
    st.text(ALPHABET, max_size=60),
)


def words(sheet: Sheet) -> Counter[str]:
    return letters("".join(op.text for op in sheet.fields if isinstance(op, Text)))


def outside(sheet: Sheet, form: Form, book: FontBook) -> list[Text]:
    """Text ops that lie in no field's box; a mark may hang over the right edge by its empty half."""
    slots = [slot for slot in form.slots if slot.box.name not in sheet.overflow]
    lost = []
    for op in sheet.fields:
        assert isinstance(op, Text)
        em = op.size / MM
        right = op.x + sum(book.face(op.font).width(char) for char in op.text) * em
        for slot in slots:
            hang = HANG * em if slot.setting.align == "left" else 0.0
            area = slot.area
            across = op.x >= area.x - 1e-6 and right <= area.x + area.width + hang + 1e-6
            if across and op.y - 0.88 * em >= area.y - 0.01 and op.y + 0.12 * em <= area.y + area.height + 0.01:
                break
        else:
            lost.append(op)
    return lost


@given(values=typed, number=st.sampled_from([1, 2]))
def test_nothing_is_lost_and_nothing_leaves_its_cell(
    values: dict[str, str], number: int, forms: dict[int, Form], book: FontBook
) -> None:
    sheet = compose(forms[number], values, book)
    assert words(sheet) == letters("".join(values.values()))
    assert sheet.missing == ()
    if not sheet.overflow:
        assert outside(sheet, forms[number], book) == []


def test_what_does_not_fit_is_reported_and_not_cut(form: Form, book: FontBook) -> None:
    sheet = compose(form, FILLED | {"name": "张" * 200}, book)
    assert sheet.overflow == ("name",)
    assert words(sheet)["张"] == 200


def test_ordinary_slips_fit(form: Form, book: FontBook) -> None:
    sheet = compose(form, FILLED, book)
    assert sheet.overflow == ()
    assert sheet.missing == ()
    assert outside(sheet, form, book) == []


def test_a_character_without_a_glyph_is_reported_and_replaced(form: Form, book: FontBook) -> None:
    sheet = compose(form, {"name": "𰻝某", "post": "队员"}, book)
    assert sheet.missing == (MissingGlyph("name", "𰻝"),)
    assert words(sheet) == letters(f"{GETA}某队员")


def test_ink_is_never_printed(form: Form, book: FontBook) -> None:
    ink = {field.name: "同意" for field in form.fields if field.ink}
    assert len(ink) == 4
    assert compose(form, ink, book).fields == ()


def test_a_name_the_form_does_not_have_is_refused(form: Form, book: FontBook) -> None:
    with pytest.raises(ValueError, match="leave_type"):
        compose(form, {"leave_type": "事假"}, book)


def test_parts(form: Form, book: FontBook) -> None:
    whole, blank, filled = (compose(form, FILLED, book, part) for part in ("all", "static", "fields"))
    assert (blank.static, blank.fields) == (whole.static, ())
    assert (filled.static, filled.fields) == ((), whole.fields)


def test_the_static_part_is_composed_once(form: Form, book: FontBook) -> None:
    assert compose(form, {}, book).static is compose(form, FILLED, book).static


def test_a_heading_field_stays_on_its_line(form: Form, book: FontBook) -> None:
    sheet = compose(form, {"county": "赤峰市\n巴林左旗"}, book)
    assert len({op.y for op in sheet.fields if isinstance(op, Text)}) == 1


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("王\u200b海杰\ufeff", "王海杰"),
        ("王\u00a0海\u2003杰", "王 海 杰"),
        ("一\r\n二\r三\u2028四", "一\n二\n三\n四"),
        ("a\tb\x07", "a b"),
        ("葛\U000e0100", "葛"),
        ("王　海", "王　海"),
        ("plain", "plain"),
    ],
)
def test_invisible_marks_are_dropped(raw: str, plain: str) -> None:
    assert printable(raw) == plain


def test_every_drawn_character_has_an_outline(form: Form, book: FontBook) -> None:
    sheet = compose(form, FILLED | {"reason": "㛃䶮𬱟𨱏堃喆淼龑彧祎翀犇𰻝\ud800"}, book)
    texts = [op for op in sheet.ops if isinstance(op, Text)]
    assert [(op.font, char) for op in texts for char in op.text if not book.face(op.font).draws(char)] == []
    assert measure("王", "fang", book) == 1
