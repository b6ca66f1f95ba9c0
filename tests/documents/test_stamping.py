"""The filing stamp as an overprint: alone on its page, where it was meant within a millimetre, never on words."""

from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from tests.documents.conftest import FILLED, ROOT, plumbed
from tuopin_desktop.documents import pdf
from tuopin_desktop.documents.archival import stamping
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.documents.form import Form, load
from tuopin_desktop.documents.scans import pictures_in
from tuopin_desktop.documents.sheet import compose
from tuopin_desktop.domain.display import Line, Sheet, Text
from tuopin_desktop.domain.overprint import Calibration

VALUES = {"fonds_code": "Z109", "year": "2018", "number": "0023", "body": "扶贫办", "period": "30年", "pages": "12"}
PRINTER = Calibration(dx=2.4, dy=-1.7, sx=1.006, sy=0.993)
Frame = tuple[float, float, float, float]


@pytest.fixture(scope="module")
def stamp_form() -> Form:
    return load(ROOT / "forms" / "archive-stamp" / "form.toml")


def outer(page: Sheet, book: FontBook) -> Frame:
    """The frame of what a page prints, in mm from its top-left corner, as the PDF has it."""
    with plumbed(pdf.render([page], book, title="x")) as document:
        lines = document.pages[0].lines
    sides = zip(*((line["x0"], line["top"], line["x1"], line["bottom"]) for line in lines), strict=True)
    x0, y0, x1, y1 = (list(side) for side in sides)
    left, top, right, bottom = (side / 72 * 25.4 for side in (min(x0), min(y0), max(x1), max(y1)))
    return left, top, right, bottom


def landed(frame: Frame, printer: Calibration) -> Frame:
    """Where the ink of a frame lands that a printer places in its own way."""
    left, top, right, bottom = frame
    return (
        left * printer.sx + printer.dx,
        top * printer.sy + printer.dy,
        right * printer.sx + printer.dx,
        bottom * printer.sy + printer.dy,
    )


def test_six_equal_cells_and_nothing_else(stamp_form: Form, book: FontBook) -> None:
    page = stamping.stamp(stamp_form, VALUES, (82.5, 6), (210, 297), book)
    assert (page.width, page.height) == (210, 297)
    assert {op.text for op in page.ops if isinstance(op, Text)} == set(VALUES.values())
    assert outer(page, book) == pytest.approx((82.5, 6, 127.5, 22), abs=0.02)
    lines = [op for op in page.ops if isinstance(op, Line)]
    assert sorted({line.x0 for line in lines if line.x0 == line.x1}) == [82.5, 97.5, 112.5, 127.5]
    assert sorted({line.y0 for line in lines if line.y0 == line.y1}) == [6, 14, 22]
    assert not page.overflow


@pytest.mark.parametrize("at", [(82.5, 6), (6, 275), (159, 140)])
def test_on_a_measured_printer_it_lands_where_it_was_meant(
    at: tuple[float, float], stamp_form: Form, book: FontBook
) -> None:
    page = stamping.stamp(stamp_form, VALUES, at, (210, 297), book, PRINTER)
    x, y = at
    assert landed(outer(page, book), PRINTER) == pytest.approx((x, y, x + 45, y + 16), abs=0.1)


def test_on_a_page_across_it_is_turned_with_the_paper(stamp_form: Form, book: FontBook) -> None:
    page = stamping.stamp(stamp_form, VALUES, (126, 6), (297, 210), book, PRINTER)
    assert (page.width, page.height) == (210, 297)
    # The head of the original lies to the right: 6 mm from it, and as far down as it stood from the left.
    assert landed(outer(page, book), PRINTER) == pytest.approx((210 - 22, 126, 210 - 6, 171), abs=0.1)
    assert {op.turn for op in page.ops if isinstance(op, Text)} == {-90}


def test_on_the_known_form_it_stands_top_centre(form: Form, book: FontBook) -> None:
    page = compose(form, FILLED, book)
    at = stamping.free_place(page, book)
    assert at is not None
    assert at == ((210 - 45) / 2, stamping.EDGE)


def test_occupied_at_the_top_it_goes_elsewhere_and_where_nothing_is_free_nowhere(book: FontBook) -> None:
    head = Text(70, 18, "fang", 42, "红头文件标题")
    page = Sheet(form="x", width=210, height=297, static=(), fields=(head,))
    at = stamping.free_place(page, book)
    assert at is not None
    assert at[1] > 18 or not 70 - 45 < at[0] < 70 + 6 * 42 / 72 * 25.4
    assert stamping.is_free(at, 210, 297, stamping.occupied(page, book))
    full = tuple(Text(5, y, "fang", 12, "满" * 47) for y in range(8, 297, 8))
    assert stamping.free_place(Sheet(form="x", width=210, height=297, static=(), fields=full), book) is None


def test_a_frame_is_taken_whole_for_people_write_in_its_cells(book: FontBook) -> None:
    sides = ((5, 5, 205, 5), (5, 60, 205, 60), (5, 5, 5, 60), (205, 5, 205, 60))
    page = Sheet(form="x", width=210, height=297, static=(), fields=tuple(Line(*ends, 1.0) for ends in sides))
    at = stamping.free_place(page, book)
    assert at is not None
    assert at[1] >= 60 + stamping.CLEAR


def test_on_a_scan_it_stands_where_the_paper_is_white() -> None:
    image = Image.new("RGB", (827, 1169), (238, 236, 230))
    draw = ImageDraw.Draw(image)
    draw.rectangle((250, 10, 560, 120), fill=(160, 30, 30))
    image.save(out := BytesIO(), "PNG", dpi=(100, 100))
    (picture,) = pictures_in(out.getvalue(), 100)
    at = stamping.free_on(picture)
    assert at is not None
    x, y = (side / 25.4 * 100 for side in at)
    assert y > 120 or x > 560 or x + 45 / 25.4 * 100 < 250
    image.paste((60, 60, 60), (0, 0, *image.size))
    draw.line((0, 0, 827, 1169), fill="white", width=3)
    image.save(out := BytesIO(), "PNG", dpi=(100, 100))
    (picture,) = pictures_in(out.getvalue(), 100)
    assert stamping.free_on(picture) is None
