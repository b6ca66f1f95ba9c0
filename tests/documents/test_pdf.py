"""The PDF: everything embedded once, everything readable again, the same bytes every time."""

import hashlib
import os
import random
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from tests.benchmarks.slips import SLIPS, slip
from tests.documents.conftest import FILLED, FONTS, FORMS, READERS, ROOT, Reader, letters, picture, plumbed
from tuopin_desktop.documents import pdf
from tuopin_desktop.documents.engine import BLOCK
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.documents.form import Form, load
from tuopin_desktop.documents.sheet import compose
from tuopin_desktop.domain.display import Sheet, Text

# Characters of real names: in the standard table but outside old fonts, 25 of them above U+FFFF.
RARE = "㛃䶮堃喆淼龑彧祎翀犇玥珺昇禤赟昉旻" + "𬱟𨱏𠅤𠙶𠳐𡎚𣗋𣸣𤧛𤩽𥔲𦈡𦒍𧿹𨙸𨭉𨱇𩽾𪟝𪤗𫄧𫍯𫓧𬀩𬊈"
MARK = "演示数据 不作凭证"


def words(sheet: Sheet) -> str:
    return "".join(op.text for op in sheet.ops if isinstance(op, Text))


def objects(data: bytes) -> list[dict[str, Any]]:
    """Every dictionary in the file."""
    with plumbed(data) as document:
        doc = document.doc
        found = [doc.getobj(number) for xref in doc.xrefs for number in xref.get_objids()]
    return [one for one in found if isinstance(one, dict)]


def fonts(data: bytes) -> list[dict[str, Any]]:
    return [one for one in objects(data) if str(one.get("Type")) == "/'Font'"]


@pytest.fixture
def filled(form: Form, book: FontBook) -> bytes:
    sheet = compose(form, FILLED | {"reason": RARE}, book)
    return pdf.render([sheet], book, title="请假报备单", mark=MARK)


def test_every_font_is_embedded_as_a_subset_with_a_way_back_to_text(filled: bytes) -> None:
    found = fonts(filled)
    assert len(found) >= 5
    for font in found:
        assert re.fullmatch(r"[A-Z]{6}\+JX(Fang|Kai|Hei|Title|Song)", font["BaseFont"].name)
        assert font["FontDescriptor"].resolve()["FontFile2"].resolve().get_data()
        assert font["ToUnicode"].resolve().get_data()
    assert b"Helvetica" not in filled


def test_unicode_maps_keep_to_the_specification(book: FontBook, forms: dict[int, Form]) -> None:
    sheets = [compose(forms[2], slip(number), book) for number in range(60)]
    for font in fonts(pdf.render(sheets, book, title="批量")):
        table = font["ToUnicode"].resolve().get_data().decode("ascii")
        counts = [int(count) for count in re.findall(r"(\d+) beginbfchar", table)]
        blocks = re.findall(r"beginbfchar\n(.*?)endbfchar", table, re.DOTALL)
        assert counts == [block.count("\n") for block in blocks]
        assert max(counts) <= BLOCK
        entries = "".join(blocks).splitlines()
        one_utf16_character = r"<[0-9A-F]{2}> <([0-9A-F]{4}|D[89AB][0-9A-F]{2}D[C-F][0-9A-F]{2})>"
        assert [entry for entry in entries if not re.fullmatch(one_utf16_character, entry)] == []


def test_every_embedded_character_has_an_outline(filled: bytes) -> None:
    for font in fonts(filled):
        face = TTFont(BytesIO(font["FontDescriptor"].resolve()["FontFile2"].resolve().get_data()))
        order, glyphs = face.getGlyphOrder(), face["glyf"]
        table = font["ToUnicode"].resolve().get_data().decode("ascii")
        for code, point in re.findall(r"<([0-9A-F]{2})> <([0-9A-F]+)>", table):
            if point != "0020":
                assert glyphs[order[int(code, 16)]].numberOfContours != 0, point


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_rare_names_can_be_searched_and_copied(filled: bytes, reader: Reader) -> None:
    assert len(RARE) == 42
    text = letters("".join(reader(filled)))
    assert [char for char in RARE if text[char] != 1] == []


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_a_thousand_random_fields_come_back_letter_by_letter(
    reader: Reader, forms: dict[int, Form], book: FontBook
) -> None:
    chance = random.Random(20180530)
    pool = "派驻贫困旗县工作总队员请假报备，。；（）“”、·—0123456789ABcd-./" + RARE
    limits = {"county": 9, "name": 13, "post": 38, "place": 36, "period": 30, "reason": 200, "return_note": 30}
    sheets = []
    for number in range(30):
        values = {name: "".join(chance.choices(pool, k=chance.randint(1, most))) for name, most in limits.items()}
        sheets.append(compose(forms[1 + number % 2], values, book))
    for sheet, text in zip(sheets, reader(pdf.render(sheets, book, title="随机")), strict=True):
        assert letters(text) == letters(words(sheet))


def test_characters_stand_inside_their_cells_on_paper(form: Form, book: FontBook) -> None:
    values = FILLED | {"post": "旗" * 38, "reason": "因家中老人突发疾病住院，需返回陪护就医；" * 9}
    sheet = compose(form, values, book)
    assert sheet.overflow == ()
    with plumbed(pdf.render([sheet], book, title="一页")) as document:
        page = document.pages[0]
        cells = page.find_tables()[0].cells
        top = cells[0][1]
        strays = [
            char["text"]
            for char in page.chars
            if char["top"] > top
            and not any(
                x0 <= char["x0"]
                and (char["x0"] + char["x1"]) / 2 <= x1
                and y0 <= (char["top"] + char["bottom"]) / 2 <= y1
                for x0, y0, x1, y1 in cells
            )
        ]
    assert strays == []


def test_catalogue_and_properties(filled: bytes) -> None:
    with plumbed(filled) as document:
        catalogue, info = document.doc.catalog, document.metadata
        box = document.pages[0].mediabox
    assert catalogue["Lang"] == b"zh-CN"
    assert catalogue["ViewerPreferences"].resolve()["PrintScaling"].name == "None"
    assert info["Title"] == "请假报备单"
    assert info["Producer"] == "Tuopin Desktop"
    assert info["Keywords"] == "JXFang, JXHei, JXKai, JXSong, JXTitle"
    assert box == pytest.approx((0, 0, 595.276, 841.89), abs=0.001)


def test_two_renders_are_byte_for_byte_the_same(form: Form, book: FontBook) -> None:
    sheets = [compose(form, FILLED, book), compose(form, FILLED | {"name": RARE[:6]}, book)]
    assert pdf.render(sheets, book, title="同一") == pdf.render(sheets, book, title="同一")


SCRIPT = """
import hashlib, sys
from pathlib import Path
from tests.benchmarks.slips import slip
from tuopin_desktop.documents import fonts, form, pdf, sheet
book = fonts.FontBook(Path(sys.argv[1]), Path(sys.argv[2]))
one = form.load(Path(sys.argv[3]))
sheets = [sheet.compose(one, slip(number), book) for number in range(7)]
print(hashlib.sha256(pdf.render(sheets, book, title="同一")).hexdigest())
"""


def test_the_bytes_do_not_depend_on_the_process(tmp_path: Path, forms: dict[int, Form], book: FontBook) -> None:
    sheets = [compose(forms[2], slip(number), book) for number in range(7)]
    here = hashlib.sha256(pdf.render(sheets, book, title="同一")).hexdigest()
    for seed in ("1", "2"):
        command = [sys.executable, "-c", SCRIPT, str(FONTS), str(tmp_path), str(FORMS[2] / "form.toml")]
        surroundings = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        there = subprocess.run(command, env=surroundings, cwd=ROOT, capture_output=True, text=True, check=True)
        assert there.stdout.strip() == here


def test_two_threads_do_not_mix_their_documents(forms: dict[int, Form], book: FontBook) -> None:
    jobs = [[compose(forms[1 + number % 2], slip(number), book)] for number in range(8)]
    alone = [pdf.render(job, book, title="并行") for job in jobs]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda job: pdf.render(job, book, title="并行"), jobs)) == alone


def test_a_batch_is_one_small_file_with_one_set_of_fonts(forms: dict[int, Form], book: FontBook) -> None:
    sheets = [compose(forms[2], slip(number), book) for number in range(SLIPS)]
    data = pdf.render(sheets, book, title="批量")
    assert len(data) < 1_000_000
    names = [font["BaseFont"].name for font in fonts(data)]
    assert len(names) == len(set(names)) <= 12
    with plumbed(data) as document:
        assert len(document.pages) == SLIPS


def test_the_blank_form_is_stored_once_per_form(forms: dict[int, Form], book: FontBook) -> None:
    sheets = [compose(forms[1 + number % 2], slip(number), book) for number in range(6)]
    sheets += [compose(load(FORMS[2] / "form.toml"), slip(7), book)]  # the same form, read once more
    data = pdf.render(sheets, book, title="两种")
    assert data.count(b"/Subtype /Form") == 2


def test_filled_in_words_alone_for_preprinted_paper(form: Form, book: FontBook) -> None:
    sheet = compose(form, FILLED, book, "fields")
    data = pdf.render([sheet], book, title="套打")
    (text,) = READERS["pdfium"](data)
    assert letters(text) == letters("".join(FILLED.values()))
    with plumbed(data) as document:
        assert document.pages[0].lines == []


def test_the_mark_of_practice_data_stands_below_the_frame(form: Form, book: FontBook) -> None:
    sheets = [compose(form, FILLED, book)] * 2
    with plumbed(pdf.render(sheets, book, title="演示", mark=MARK)) as document:
        for page in document.pages:
            below = [char for char in page.chars if char["top"] > 262 / 25.4 * 72]
            assert "".join(char["text"] for char in below) == MARK
            assert max(char["bottom"] for char in below) < page.height - 5 / 25.4 * 72
            middle = (below[0]["x0"] + below[-1]["x1"]) / 2
            assert middle == pytest.approx(page.width / 2, abs=1)


def test_the_mark_is_an_addition_only(form: Form, book: FontBook) -> None:
    sheet = compose(form, FILLED, book)
    with_mark = picture(pdf.render([sheet], book, title="演示", mark=MARK))
    without = picture(pdf.render([sheet], book, title="演示"))
    frame = (0, 0, with_mark.width, int(265 / 25.4 * 100))
    assert with_mark.crop(frame).tobytes() == without.crop(frame).tobytes()


def test_saving_hands_over_the_whole_file_once(form: Form, book: FontBook) -> None:
    written: list[bytes] = []
    sheet = compose(form, FILLED, book)
    pdf.save([sheet], book, written.append, title="一次")
    assert written == [pdf.render([sheet], book, title="一次")]


def test_an_empty_page_is_still_a_page(form: Form, book: FontBook) -> None:
    data = pdf.render([compose(form, {}, book, "fields")], book, title="空白")
    assert fonts(data) == []
    with plumbed(data) as document:
        assert len(document.pages) == 1


def test_no_sheets_no_file(book: FontBook) -> None:
    with pytest.raises(ValueError, match="at least one"):
        pdf.render([], book, title="空")
