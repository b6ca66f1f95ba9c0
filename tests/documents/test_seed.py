"""The blank forms carry exactly the words, cells and lines of the published attachments."""

import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import ImageOps

from tests.documents.conftest import READERS, Reader, letters, picture, plumbed
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.documents.form import Form
from tuopin_desktop.documents.pdf import render
from tuopin_desktop.documents.sheet import compose
from tuopin_desktop.documents.typeset import fit
from tuopin_desktop.domain.display import MM
from tuopin_desktop.domain.measure import Attachment, Measure


@pytest.fixture
def attachment(published: Measure, number: int) -> Attachment:
    return published.attachments[number]


@pytest.fixture
def blank(form: Form, book: FontBook) -> bytes:
    return render([compose(form, {}, book)], book, title=form.title)


def words(attachment: Attachment) -> str:
    """Every printed character of an attachment; the underscores stand for a rule."""
    cells = "".join("".join(row) for row in attachment.rows)
    return (f"附件{attachment.number}" + "".join(attachment.lines) + cells).replace("_", "")


def test_the_table_read_from_the_pdf_is_the_published_table(blank: bytes, attachment: Attachment) -> None:
    with plumbed(blank) as document:
        (table,) = document.pages[0].extract_tables()
    found = [["".join((cell or "").split()) for cell in row] for row in table]
    wanted = [["".join(cell.split()) for cell in row] for row in attachment.rows]
    assert [row for row in found if any(row)] == wanted


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_every_published_character_is_there_and_no_other(blank: bytes, attachment: Attachment, reader: Reader) -> None:
    assert letters("".join(reader(blank))) == letters(words(attachment))


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
def test_poppler_reads_the_same_characters(blank: bytes, attachment: Attachment, tmp_path: Path) -> None:
    path = tmp_path / "blank.pdf"
    path.write_bytes(blank)
    command = ["pdftotext", "-enc", "UTF-8", str(path), "-"]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")
    assert letters(text) == letters(words(attachment))


def test_the_title_is_the_published_title(form: Form, attachment: Attachment) -> None:
    assert form.title == "".join(attachment.title.split())


def test_lines_lie_where_the_definition_says(blank: bytes, form: Form) -> None:
    with plumbed(blank) as document:
        page = document.pages[0]
        drawn = [(line["x0"], line["top"], line["x1"], line["bottom"], line["linewidth"]) for line in page.lines]
    wanted = [(one.x0 * MM, one.y0 * MM, one.x1 * MM, one.y1 * MM, one.width) for one in form.lines]
    assert len(drawn) == len(wanted)
    for found, line in zip(sorted(drawn), sorted(wanted), strict=True):
        assert found == pytest.approx(line, abs=0.05 * MM)
        assert found[4] == line[4]


def test_the_frame_is_one_point_and_the_inner_lines_half(form: Form) -> None:
    assert [line.width for line in form.lines if line.width != 0.5] == [1.0] * 4


def test_one_a4_page(blank: bytes) -> None:
    with plumbed(blank) as document:
        assert len(document.pages) == 1
        assert document.pages[0].mediabox == pytest.approx((0, 0, 595.276, 841.89), abs=0.001)


def test_ink_keeps_the_official_margins(blank: bytes, form: Form) -> None:
    image = picture(blank, dpi=200)
    box = ImageOps.invert(image).getbbox()
    assert box
    left, top, right, bottom = (edge / 200 * 25.4 for edge in box)
    half_a_rule = 0.3
    assert left >= 28 - half_a_rule
    assert top >= 37 - half_a_rule
    assert form.width - right >= 26 - half_a_rule
    assert form.height - bottom >= 35 - half_a_rule


def test_every_printed_word_fits_its_cell(form: Form, book: FontBook) -> None:
    fitted = [fit(one.text, one.setting, one.area, book) for one in form.texts]
    assert [one.text for one, result in zip(form.texts, fitted, strict=True) if not result.fits] == []
    labels = [(one, result) for one, result in zip(form.texts, fitted, strict=True) if one.setting.align == "center"]
    for one, result in labels:  # a label breaks only where the definition breaks it
        assert "".join(text for _, text in result.lines) == one.text.replace("\n", "")
        assert len(result.lines) == one.text.count("\n") + 1
