"""Scans are read however they lie, and a file made to do harm costs a sentence, never the program."""

import random
import struct
import zlib
from io import BytesIO

import msgspec
import pytest
from PIL import Image

from tests import papers
from tests.documents.conftest import FILLED
from tuopin_desktop.documents import pdf, scans
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.documents.form import Form
from tuopin_desktop.documents.margin import margin
from tuopin_desktop.documents.sheet import compose
from tuopin_desktop.domain import slipcode
from tuopin_desktop.domain.problems import Trouble

CODES = tuple(slipcode.encode(f"150426/{number:032x}") for number in (7, 8, 9))


@pytest.fixture(scope="module")
def slips(forms: dict[int, Form], book: FontBook) -> bytes:
    """Three slips in one PDF, as the program prints them."""
    page = compose(forms[2], FILLED, book)
    sheets = [msgspec.structs.replace(page, margin=margin(code, "编号", page.height, book)) for code in CODES]
    return pdf.render(sheets, book, title="请假报备单")


def codes(data: bytes) -> list[tuple[str, ...]]:
    return [page.texts for page in scans.read(data)]


@pytest.mark.parametrize("degrees", [0, 90, 180, 270, 2, -3, 91, 178])
@pytest.mark.parametrize("dpi", [150, 200])
def test_any_way_up(slips: bytes, degrees: float, dpi: int) -> None:
    lying = papers.turned(papers.page(slips, dpi=dpi), degrees)
    assert codes(papers.jpeg(papers.noisy(lying))) == [(CODES[0],)]


def test_every_kind_of_file(slips: bytes) -> None:
    page = papers.page(slips, dpi=150)
    fax = [papers.black_and_white(papers.page(slips, dpi=200, number=number)) for number in (1, 2)]
    assert codes(papers.png(page)) == [(CODES[0],)]
    assert codes(papers.jpeg(page.convert("RGB"))) == [(CODES[0],)]
    assert codes(papers.tiff(fax)) == [(CODES[0],), (CODES[1],)]
    assert codes(papers.bound([page, papers.turned(page, 90)], 150)) == [(CODES[0],), (CODES[0],)]
    assert codes(slips) == [(code,) for code in CODES]
    assert codes(b"%junk before\n" + slips) == [(code,) for code in CODES]


def test_two_slips_on_one_glass(slips: bytes) -> None:
    one, two = (papers.page(slips, dpi=150, number=number) for number in (1, 2))
    both = Image.new("L", (one.width + two.width, one.height), 255)
    both.paste(one, (0, 0))
    both.paste(two, (one.width, 0))
    ((texts),) = codes(papers.png(both))
    assert set(texts) == {CODES[0], CODES[1]}


def test_a_page_says_why_nothing_was_read(slips: bytes) -> None:
    page = papers.page(slips)
    assert scans.read(papers.png(papers.without_code(page))) == [scans.Page(1)]
    (torn,) = scans.read(papers.png(papers.torn(page)))
    assert (torn.texts, torn.sound) == ((), True)


def test_pages_are_told_as_they_are_read(slips: bytes) -> None:
    told: list[tuple[int, int]] = []
    scans.read(slips, lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_page_for_the_screen(slips: bytes) -> None:
    for data in (slips, papers.jpeg(papers.page(slips, dpi=300))):
        with Image.open(BytesIO(scans.picture_of(data, 1, 100))) as image:
            assert (image.format, image.mode) == ("PNG", "RGB")
            assert image.height == pytest.approx(1170, abs=3)
    with pytest.raises(Trouble, match="3页"):
        scans.picture_of(slips, 4, 100)


def test_a_red_stamp_stays_red(slips: bytes) -> None:
    stamped = papers.page(slips, dpi=100).convert("RGB")
    stamped.paste((200, 20, 20), (300, 300, 500, 500))
    for data in (papers.bound([stamped], 100), papers.png(stamped)):
        with Image.open(BytesIO(scans.picture_of(data, 1, 100))) as image:
            red, green, _ = image.getpixel((400, 400))  # type: ignore[misc]  # a pixel of a colour image is a tuple
            assert red > 150
            assert green < 80


def huge_png(width: int, height: int) -> bytes:
    """A picture whose head promises more than any memory holds."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


def pdf_with_a_page_of(size: str) -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 " + size.encode() + b"]>>endobj\ntrailer<</Root 1 0 R>>\n"
    )


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "不是扫描件"),
        (b"PK\x03\x04 a workbook", "不是扫描件"),
        (b"%PDF-1.7 and nothing", "已损坏"),
        (b"\xff\xd8\xff\xe0 nothing", "已损坏"),
        (b"II*\x00" + b"\xff" * 60, "已损坏"),
        (huge_png(60_000, 60_000), "已损坏"),
        (b"%PDF-" + b" " * scans.LIMIT, "30 MB"),
    ],
    ids=["empty", "other", "pdf", "jpeg", "tiff", "bomb", "large"],
)
def test_a_file_that_is_no_scan_says_why(data: bytes, why: str) -> None:
    with pytest.raises(Trouble, match=why):
        scans.read(data)


@pytest.mark.parametrize("size", ["1000000 1000000", "0 0", "1 900000", "-5 -5", "1e30 1e30"])
def test_odd_pages_of_a_pdf_are_bounded(size: str) -> None:
    pages = scans.read(pdf_with_a_page_of(size))
    assert [page.texts for page in pages] == [()]


def test_a_picture_over_the_limit_is_not_opened() -> None:
    assert scans.read(huge_png(9_000, 9_000)) == [scans.Page(1, sound=False)]


def test_a_file_with_too_many_pages_is_to_be_cut(monkeypatch: pytest.MonkeyPatch, slips: bytes) -> None:
    monkeypatch.setattr(scans, "PAGES", 2)
    with pytest.raises(Trouble, match="3页，超过2页"):
        scans.read(slips)


def test_eighty_spoilt_files(slips: bytes) -> None:
    """Cut short, bytes changed, rubbish behind a good beginning: a Trouble or pages, and never another slip's code."""
    chance = random.Random(20180530)
    small = papers.page(slips, dpi=100)
    seeds = [slips, papers.jpeg(small), papers.png(small), papers.tiff([papers.black_and_white(small)])]
    read = 0
    for number in range(80):
        data = bytearray(seeds[number % len(seeds)])
        if number % 5 == 0:
            del data[chance.randrange(len(data)) :]
        elif number % 5 == 1:
            data[8:] = chance.randbytes(chance.randrange(2000))
        else:
            for _ in range(chance.choice((1, 10, 100))):
                data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            found = codes(bytes(data))
        except Trouble:
            continue
        read += 1
        assert {text for texts in found for text in texts} <= set(CODES)
    assert read > 15
