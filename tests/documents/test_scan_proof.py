"""The one guard before a file is kept as somebody's paper: what shows nothing is refused and named for what it is."""

import gzip
import zipfile
from io import BytesIO

import pytest
from PIL import Image, ImageDraw
from reportlab.pdfgen import canvas

from tests import papers
from tuopin_desktop.documents import scans
from tuopin_desktop.domain.problems import Trouble


def sheet(width: int = 620, height: int = 877) -> Image.Image:
    """A page with some ink on it."""
    page = Image.new("L", (width, height), 250)
    pen = ImageDraw.Draw(page)
    for line in range(height // 10, height - 20, 24):
        pen.line((40, line, width - 40, line), fill=40, width=3)
    return page


def zipped() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.jpg", papers.jpeg(sheet()))
    return out.getvalue()


def no_pages() -> bytes:
    """A sound PDF without a page: xref and all."""
    parts = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"]
    made, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += b"%d 0 obj%sendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer<</Root 1 0 R/Size 3>>\nstartxref\n%d\n%%%%EOF" % len(made)
    return made + b"xref\n0 3\n0000000000 65535 f \n" + table + tail


def locked() -> bytes:
    """A PDF that asks for a password."""
    out = BytesIO()
    page = canvas.Canvas(out, encrypt="geheim")
    page.drawString(50, 50, "x")
    page.save()
    return out.getvalue()


def cut(data: bytes, part: float) -> bytes:
    return data[: int(len(data) * part)]


NOISE = papers.noisy(sheet(), 30)
FALSE = {
    "empty": (b"", "空文件"),
    "text": ("请假报备单\n姓名：王海\n".encode(), "文本文件"),
    "text of the old coding": ("请假报备单\n姓名：王海\n".encode("gb18030"), "文本文件"),
    "zip": (zipped(), "压缩包"),
    "gzip": (gzip.compress(b"x"), "压缩包"),
    "heic": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200), "HEIC"),
    "webp": (b"RIFF\x10\0\0\0WEBPVP8 ", "WebP"),
    "gif": (b"GIF89a" + bytes(40), "GIF"),
    "word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(400), "Word"),
    "program": (b"MZ\0\0", "程序"),
    "zeros": (bytes(4000), "不是扫描件"),
    "half a jpeg": (cut(papers.jpeg(NOISE), 0.5), "不完整"),
    "most of a jpeg": (cut(papers.jpeg(NOISE), 0.95), "不完整"),
    "half a png": (cut(papers.png(NOISE), 0.5), "不完整"),
    "most of a png": (cut(papers.png(NOISE), 0.9), "不完整"),
    "half a tiff": (cut(papers.tiff([NOISE, NOISE]), 0.4), "损坏"),
    "a pixel": (papers.png(Image.new("L", (1, 1), 0)), "1×1"),
    "a line": (papers.png(Image.new("L", (3000, 1), 0)), "3000×1"),
    "no pages": (no_pages(), "损坏|一页也没有"),
    "password": (locked(), "有密码"),
    "head of a pdf": (b"%PDF-1.4\n", "损坏"),
}


@pytest.mark.parametrize("which", FALSE)
def test_what_shows_nothing_is_no_scan(which: str) -> None:
    data, why = FALSE[which]
    for strict in (True, False):
        with pytest.raises(Trouble, match=why):
            scans.proved(data, sheet=strict)


def test_a_file_without_pages_is_not_called_locked_after_one_that_was() -> None:
    with pytest.raises(Trouble, match="有密码"):
        scans.proved(FALSE["password"][0])
    with pytest.raises(Trouble, match=FALSE["no pages"][1]):
        scans.proved(FALSE["no pages"][0])


@pytest.mark.parametrize("shade", [255, 250, 128, 0])
def test_a_page_of_one_shade_is_no_signed_sheet(shade: int) -> None:
    data = papers.jpeg(Image.new("L", (620, 877), shade))
    assert scans.proved(data).pages == 1
    with pytest.raises(Trouble, match="空白"):
        scans.proved(data, sheet=True)


def test_a_picture_too_small_to_read_is_no_signed_sheet() -> None:
    with pytest.raises(Trouble, match="100×140"):
        scans.proved(papers.png(sheet(100, 140)), sheet=True)


def test_a_pencilled_name_on_white_paper_is_something() -> None:
    page = Image.new("L", (1240, 1754), 255)
    ImageDraw.Draw(page).line((200, 1500, 420, 1530), fill=170, width=4)
    assert scans.proved(papers.jpeg(page, 80), sheet=True).pages == 1


@pytest.mark.parametrize(
    ("data", "pages"),
    [
        (papers.jpeg(NOISE), 1),
        (papers.jpeg(sheet().convert("RGB")), 1),
        (papers.png(sheet()), 1),
        (papers.tiff([sheet(), sheet(), sheet()]), 3),
        (papers.bound([sheet(), sheet()], 100), 2),
        (b"%junk before\n" + papers.bound([sheet()], 100), 1),
    ],
    ids=["jpeg", "colour", "png", "tiff", "pdf", "pdf with a beginning"],
)
def test_a_sound_scan_is_proved_with_its_pages(data: bytes, pages: int) -> None:
    assert scans.proved(data, sheet=True) == (data, pages)


def test_only_the_pages_asked_for_are_looked_at() -> None:
    data = papers.tiff([sheet(), Image.new("L", (620, 877), 255)])
    assert scans.proved(data, {1}, sheet=True).pages == 2
    with pytest.raises(Trouble, match="第2页是空白"):
        scans.proved(data, {2}, sheet=True)
    with pytest.raises(Trouble, match="只有2页"):
        scans.proved(data, {3})
