"""The archives' edition of a paper: PDF/A-1b by structure and by a validator, the same pages, the same bytes."""

import random
import re
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from tests import preflight
from tests.documents.conftest import FILLED, plumbed
from tuopin_desktop.documents import pdf
from tuopin_desktop.documents.archival import check, edition, srgb
from tuopin_desktop.documents.archival.wrapping import wrapped
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.documents.form import Form
from tuopin_desktop.documents.sheet import compose
from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.domain.problems import Trouble

TITLE = "请假报备单 <2019年> & “甲”\n第1版\ufffe"
SHOWN = "请假报备单 <2019年> & “甲” 第1版"


@pytest.fixture(scope="module")
def sheets(forms: dict[int, Form], book: FontBook) -> list[Sheet]:
    return [compose(forms[number], FILLED, book) for number in (1, 2, 1)]


@pytest.fixture(scope="module")
def filed(sheets: list[Sheet], book: FontBook) -> bytes:
    return edition.render(sheets, book, title=TITLE, mark="演示数据 不作凭证")


def drawn(data: bytes) -> list[tuple[tuple[int, int], bytes]]:
    with closing(pypdfium2.PdfDocument(data)) as document:
        images = [page.render(scale=1.5).to_pil() for page in document]
    return [(image.size, image.tobytes()) for image in images]


def test_the_edition_is_built_as_the_standard_asks(filed: bytes) -> None:
    assert check.faults(filed) == ()


def test_the_print_of_the_same_pages_is_not_and_is_told_why(sheets: list[Sheet], book: FontBook) -> None:
    assert len(check.faults(pdf.render(sheets, book, title="x"))) == 3


def test_pages_look_as_in_print_pixel_by_pixel(filed: bytes, sheets: list[Sheet], book: FontBook) -> None:
    assert drawn(filed) == drawn(pdf.render(sheets, book, title="x", mark="演示数据 不作凭证"))


def test_the_same_sheets_give_the_same_bytes(filed: bytes, sheets: list[Sheet], book: FontBook) -> None:
    assert edition.render(sheets, book, title=TITLE, mark="演示数据 不作凭证") == filed


def test_the_title_is_the_same_in_both_places_and_can_be_read_without_a_program(filed: bytes) -> None:
    with plumbed(filed) as document:
        info = document.metadata
        metadata = document.doc.catalog["Metadata"].resolve()
    assert info["Title"] == SHOWN
    assert set(info) == {"Title", "Producer", "Creator", "Keywords"}
    assert "请假报备单 &lt;2019年&gt; &amp; “甲” 第1版".encode() in filed  # unfiltered
    assert b"<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>" in metadata.get_data()


SPOILT: dict[str, tuple[bytes, bytes]] = {
    "文件头不是": (b"%PDF-1.4", b"%PDF-1.7"),
    "二进制标记": (b"\n%\x93", b"\n% "),
    "加了密": (b"% ReportLab generated PDF document -- digest (opensource)", b"/Encrypt 1 0 R"),
    "没有标识": (b"/ID \n[", b"/XX \n["),
    "没有输出意图": (b"/GTS_PDFA1", b"/GTS_PDFX1"),
    "色彩特性": (b"/N 3", b"/N 4"),
    "没有元数据": (b"/Metadata", b"/Metadatx"),
    "没有声明": (b"conformance>B<", b"conformance>A<"),
    "题名": (b"&lt;2019", b"&lt;2018"),
    "制作程序": (b"Producer>Tuopin", b"Producer>Tuopim"),
    "没有嵌入的字体": (b"/FontFile2", b"/FontFileX"),
    "动作或脚本": (b"/PageMode /UseNone", b"/S /JavaScript    "),
    "执行动作": (b"/PageMode /UseNone", b"/OpenAction 1 0 R "),
    "换行": (b"\nendstream", b" endstream"),
    "透明": (b"/FormType 1", b"/SMask true"),
    "LZW": (b"/FlateDecode", b"/LZWDecode  "),
    "被别的程序改写": (b"\nstartxref", b"\nstartxfer"),
}


@pytest.mark.parametrize("fault", SPOILT)
def test_the_check_sees_what_is_spoilt(fault: str, filed: bytes) -> None:
    before, after = SPOILT[fault]
    assert before in filed
    spoilt = filed.replace(before, after.ljust(len(before)))
    assert any(fault in one for one in check.faults(spoilt)), check.faults(spoilt)


def test_the_check_never_raises_on_any_bytes(filed: bytes) -> None:
    chance = random.Random(20)
    assert check.faults(b"")
    for _ in range(300):
        spoilt = bytearray(filed)
        for _ in range(chance.choice((1, 5, 40))):
            place = chance.choice((chance.randrange(len(spoilt)), len(spoilt) - chance.randrange(1, 3000)))
            spoilt[place] = chance.randrange(256)
        check.faults(bytes(spoilt[: chance.choice((len(spoilt), chance.randrange(len(spoilt))))]))


# What IEC 61966-2-1 publishes, and the Bradford matrix with both whites.
PRIMARIES = ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06))
BRADFORD = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))
D65, D50 = (0.95047, 1.0, 1.08883), (0.96422, 1.0, 0.82521)
Matrix = list[list[float]]


def test_the_profile_holds_the_published_primaries_and_curve() -> None:
    columns = [[x / y, 1.0, (1 - x - y) / y] for x, y in PRIMARIES]
    matrix = [list(row) for row in zip(*columns, strict=True)]
    (amounts,) = zip(*times(inverse(matrix), [[part] for part in D65]), strict=True)
    rgb = [[part * amount for part, amount in zip(row, amounts, strict=True)] for row in matrix]
    to = [list(row) for row in BRADFORD]
    (old,), (new,) = (list(zip(*times(to, [[part] for part in white]), strict=True)) for white in (D65, D50))
    gain = [[new[i] / old[i] if i == j else 0.0 for j in range(3)] for i in range(3)]
    adapted = times(times(inverse(to), times(gain, to)), rgb)
    data = srgb.profile()
    for name, column in zip((b"rXYZ", b"gXYZ", b"bXYZ"), zip(*adapted, strict=True), strict=True):
        at = int.from_bytes(data[(row := data.index(name)) + 4 : row + 8], "big") + 8
        parts = [int.from_bytes(data[at + 4 * i : at + 4 * i + 4], "big") / 65536 for i in range(3)]
        assert parts == pytest.approx(column, abs=3e-4)
    assert int.from_bytes(data[:4], "big") == len(data)
    assert data[-2:] == b"\xff\xff" or data[-4:-2] == b"\xff\xff"  # the curve ends at full light


def times(first: Matrix, second: Matrix) -> Matrix:
    return [
        [sum(a * b for a, b in zip(row, column, strict=True)) for column in zip(*second, strict=True)] for row in first
    ]


def inverse(m: Matrix) -> Matrix:
    def minor(i: int, j: int) -> float:
        (a, b), (c, d) = [[m[x][y] for y in range(3) if y != j] for x in range(3) if x != i]
        return float((-1) ** (i + j) * (a * d - b * c))

    whole = sum(m[0][j] * minor(0, j) for j in range(3))
    return [[minor(j, i) / whole for j in range(3)] for i in range(3)]


def picture(mode: str, kind: str, **options: Any) -> bytes:
    image = Image.new("RGB", (620, 877), "white")
    ImageDraw.Draw(image).ellipse((100, 100, 400, 500), fill="red", outline="black")
    image = Image.frombytes("I;16", (256, 256), bytes(range(256)) * 512) if mode == "I;16" else image.convert(mode)
    if mode in ("RGBA", "LA"):
        image.putalpha(Image.linear_gradient("L").resize(image.size))
    image.save(out := BytesIO(), kind, **options)
    return out.getvalue()


def turned() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return picture("RGB", "JPEG", exif=exif)


def leaves() -> bytes:
    image = Image.new("RGB", (620, 877), "white")
    image.save(out := BytesIO(), "TIFF", save_all=True, append_images=[image.convert("1"), image.convert("L")])
    return out.getvalue()


SCANS: dict[str, Callable[[], bytes]] = {
    "colour": lambda: picture("RGB", "JPEG"),
    "grey": lambda: picture("L", "JPEG"),
    "four inks": lambda: picture("CMYK", "JPEG"),
    "on its side": turned,
    "seen through": lambda: picture("RGBA", "PNG"),
    "seen through in grey": lambda: picture("LA", "PNG"),
    "a table of colours": lambda: picture("P", "PNG", transparency=0),
    "deep grey": lambda: picture("I;16", "PNG"),
    "fax": lambda: picture("1", "TIFF", compression="group4"),
    "three leaves": leaves,
}


@pytest.mark.parametrize("name", SCANS)
def test_a_scan_is_wrapped_as_pages_without_transparency(name: str) -> None:
    data = SCANS[name]()
    once = wrapped(data, title=name)
    assert check.faults(once) == ()
    assert wrapped(data, title=name) == once
    with closing(pypdfium2.PdfDocument(once)) as document:
        assert len(document) == (3 if name == "three leaves" else 1)
        for page in document:
            assert max(page.get_size()) <= 841.9
            assert page.render(scale=0.2).to_pil().convert("L").getextrema()[1] > 250


def test_a_scanned_page_keeps_its_size_and_an_untouched_picture_its_bytes() -> None:
    data = picture("RGB", "JPEG", dpi=(150, 150))
    once = wrapped(data, title="扫描")
    with closing(pypdfium2.PdfDocument(once)) as document:
        assert document[0].get_size() == pytest.approx((620 * 72 / 150, 877 * 72 / 150), abs=0.01)
    assert data in once


def test_a_pdf_of_other_origin_becomes_pictures(filed: bytes, sheets: list[Sheet], book: FontBook) -> None:
    once = wrapped(pdf.render(sheets[:1], book, title="x"), title="来文")
    assert check.faults(once) == ()
    with closing(pypdfium2.PdfDocument(once)) as document:
        assert document[0].get_size() == pytest.approx((595.28, 841.89), abs=0.01)
        assert document[0].get_textpage().get_text_bounded() == ""


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"%PDF-1.4\n%%EOF", b""], ids=["a parcel", "half a PDF", "nothing"])
def test_what_is_no_scan_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(Trouble):
        wrapped(data, title="x")


def test_a_scan_cut_short_is_refused_by_its_page() -> None:
    whole = picture("RGB", "PNG")
    with pytest.raises(Trouble, match=r"第1页|损坏"):
        wrapped(whole[: len(whole) // 2], title="x")


@pytest.mark.skipif(bool(preflight.lacking()), reason=preflight.lacking())
def test_a_validator_finds_edition_and_wrapped_scans_valid(tmp_path: Path, filed: bytes) -> None:
    (tmp_path / "edition.pdf").write_bytes(filed)
    for name, make in SCANS.items():
        (tmp_path / f"{re.sub(' ', '-', name)}.pdf").write_bytes(wrapped(make(), title=name))
    found = preflight.errors(tmp_path)
    assert len(found) == len(SCANS) + 1
    assert {name: errors for name, errors in found.items() if errors} == {}
