"""The bottom margin: the code and the number stand outside the frame, can be read, and change nothing inside."""

import msgspec
import pytest
from PIL import Image

from tests.benchmarks.slips import SLIPS, slip
from tests.documents.conftest import FILLED, letters, picture, plumbed
from tuopin_desktop.documents import pdf
from tuopin_desktop.documents.codes import find, modules
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.documents.form import Form
from tuopin_desktop.documents.margin import margin
from tuopin_desktop.documents.sheet import compose
from tuopin_desktop.domain import slipcode
from tuopin_desktop.domain.display import Box, Line, Op, Sheet, Text
from tuopin_desktop.domain.overprint import Calibration

CODE = slipcode.encode("150426/fdc10c6b2adbae64b7592bf2441e9735")
SERIAL = "编号 2018-0001 · 150426"
FRAME_BOTTOM = 262.0  # mm
PRINTABLE = 5.0  # mm from the edge no office printer reaches


@pytest.fixture
def bare(form: Form, book: FontBook) -> Sheet:
    return compose(form, FILLED, book)


@pytest.fixture
def coded(bare: Sheet, book: FontBook) -> Sheet:
    return msgspec.structs.replace(bare, margin=margin(CODE, SERIAL, bare.height, book))


def edges(op: Op) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of what an op inks, in mm; letters generously."""
    if isinstance(op, Text):
        em = op.size * 25.4 / 72
        return op.x, op.y - em, op.x + em, op.y + 0.3 * em
    if isinstance(op, Box):
        return op.x, op.y, op.x + op.width, op.y + op.height
    return op.x0, op.y0, op.x1, op.y1


def test_everything_stands_below_the_frame_and_inside_the_printable_area(coded: Sheet) -> None:
    frame = max(op.y1 for op in coded.static if isinstance(op, Line))
    assert frame == pytest.approx(FRAME_BOTTOM)
    for left, top, right, bottom in map(edges, coded.margin):
        assert top >= frame + 3
        assert left >= 28 - 0.01
        assert right <= coded.width / 2  # the middle is the practice mark's
        assert bottom <= coded.height - PRINTABLE


def test_the_symbol_is_large_enough_and_has_its_white(coded: Sheet) -> None:
    boxes = [edges(op) for op in coded.margin if isinstance(op, Box)]
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
    assert right - left == pytest.approx(bottom - top) == pytest.approx(16, abs=0.1)
    white = 4 * (right - left) / len(modules(CODE))
    assert top - FRAME_BOTTOM > white
    assert all(op.x > right + white for op in coded.margin if isinstance(op, Text))


def test_few_boxes_say_the_same_as_the_modules(coded: Sheet) -> None:
    rows = modules(CODE)
    boxes = [op for op in coded.margin if isinstance(op, Box)]
    module = 15.96 / len(rows)
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    painted = [[" "] * len(rows) for _ in rows]
    for box in boxes:
        first, last = round((box.y - top) / module), round((box.y + box.height - top) / module)
        for row in range(first, last):
            for place in range(round((box.x - left) / module), round((box.x + box.width - left) / module)):
                assert painted[row][place] == " "
                painted[row][place] = "#"
    assert ["".join(row) for row in painted] == list(rows)
    assert len(boxes) < 230


@pytest.mark.parametrize("dpi", [100, 150, 200, 300])
def test_the_code_is_read_from_the_paper(coded: Sheet, book: FontBook, dpi: int) -> None:
    page = picture(pdf.render([coded], book, title="一页"), dpi=dpi)
    assert find(page).texts == (CODE,)
    assert find(page.point(lambda value: 255 if value > 128 else 0)).texts == (CODE,)


def test_the_number_can_be_read_and_searched(coded: Sheet, book: FontBook) -> None:
    with plumbed(pdf.render([coded], book, title="一页")) as document:
        below = [char["text"] for char in document.pages[0].chars if char["top"] > FRAME_BOTTOM * 72 / 25.4]
    assert letters("".join(below)) == letters(SERIAL)


def test_nothing_above_the_margin_changes(bare: Sheet, coded: Sheet, book: FontBook) -> None:
    without, with_code = (picture(pdf.render([sheet], book, title="一页"), dpi=150) for sheet in (bare, coded))
    above = (0, 0, without.width, int((FRAME_BOTTOM + 4) / 25.4 * 150))
    assert without.crop(above).tobytes() == with_code.crop(above).tobytes()
    assert without.tobytes() != with_code.tobytes()


def test_the_practice_mark_stays_beside_it(coded: Sheet, book: FontBook) -> None:
    mark = "演示数据  不作凭证"
    with plumbed(pdf.render([coded], book, title="一页", mark=mark)) as document:
        below = [char for char in document.pages[0].chars if char["top"] > FRAME_BOTTOM * 72 / 25.4]
    assert letters("".join(char["text"] for char in below)) == letters(SERIAL + mark)
    assert max(char["x1"] for char in below if char["text"] == "6") < min(c["x0"] for c in below if c["text"] == "演")


def test_either_may_be_left_out(book: FontBook) -> None:
    assert margin("", "", 297, book) == ()
    assert all(isinstance(op, Text) for op in margin("", SERIAL, 297, book))
    assert all(isinstance(op, Box) for op in margin(CODE, "", 297, book))


def test_touching_boxes_show_no_seam(coded: Sheet, book: FontBook) -> None:
    """At a size where edges fall between pixels, the middle of every finder pattern is black all over."""
    page: Image.Image = picture(pdf.render([coded], book, title="一页"), dpi=437)
    left, top, mm = 79.37 / 72 * 437, (297 - 29.0) / 25.4 * 437, 437 / 25.4
    heart = (round(left + 1.3 * mm), round(top + 1.3 * mm), round(left + 2.5 * mm), round(top + 2.5 * mm))
    assert page.crop(heart).getextrema() == (0, 0)


def test_a_printers_correction_moves_boxes_too() -> None:
    (moved,) = Calibration(dx=1, dy=-2, sx=2, sy=0.5).corrected_ops([Box(11, 8, 4, 3)])
    assert moved == Box(5, 20, 2, 6)


def test_a_batch_stays_small(forms: dict[int, Form], book: FontBook) -> None:
    sheets = []
    for number in range(SLIPS):
        page = compose(forms[2], slip(number), book)
        code = slipcode.encode(f"150426/{number * 7919:032x}")
        sheets.append(msgspec.structs.replace(page, margin=margin(code, SERIAL, page.height, book)))
    data = pdf.render(sheets, book, title="批量")
    assert len(data) < 1_000_000
