"""Scanned paper read for its codes: PDF, JPEG, PNG and TIFF, any way up, bounded against files made to do harm."""

import struct
import threading
import zlib
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any, NamedTuple

from tuopin_desktop.documents import alien, codes
from tuopin_desktop.documents.engine import pictures
from tuopin_desktop.domain.problems import Trouble

LIMIT = 30 * 1024 * 1024  # bytes of a file
PAGES = 600  # of a file: two batches of a whole region
PIXELS = 80_000_000  # of a picture: A3 at 600 dpi
_READ_DPI = (200, 300)  # a PDF page is drawn as fine as this to be read
_READ_PIXELS = 20_000_000  # of a rendered PDF page: A4 at 450 dpi
_DOUBLED_PIXELS = 5_000_000  # of a picture worth enlarging: A4 at 220 dpi
_A4_INCHES = 11.7
LEAST = 16  # pixels of a side: below it nothing can be shown
LEAST_SHEET = 200  # pixels of a sheet's shorter side: A4 at 25 dpi, where no signature can be made out any more
_PROOF_DPI = 40
_LEAST_DPI, _MOST_DPI = 97, 1250  # of a picture: 72 and 96 are what cameras and screens say of everything
_A4 = (595.276, 841.89)  # pt
_TOO_LARGE = "too many pixels"
_PAPER_GRAIN = 24  # of 255: what differs less than this on a smoothed page is the grain of empty paper

MEDIA = (
    (b"%PDF-", "application/pdf", "pdf"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"II*\x00", "image/tiff", "tif"),
    (b"MM\x00*", "image/tiff", "tif"),
)
UNKNOWN = ("application/octet-stream", "bin")

# Pillow says what it finds in a damaged picture with whatever Python raised there.
DAMAGED = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    LookupError,
    RuntimeError,
    Warning,  # where warnings are errors
    MemoryError,
    struct.error,
    zlib.error,
)
_pdfium = threading.Lock()  # the library keeps one state for the whole process

Progress = Callable[[int, int], None]


class Page(NamedTuple):
    """What one page, counted from 1, says: the texts of its codes, and whether a code was there that nobody can read.

    `sound` is false for a page that could not be looked at, `blank` true for one without a mark on it.
    """

    number: int
    texts: tuple[str, ...] = ()
    spoilt: bool = False
    sound: bool = True
    blank: bool = False


class Proof(NamedTuple):
    """The bytes of a file that was looked at and can be kept as somebody's paper, and how many pages it has."""

    data: bytes
    pages: int


def media_of(data: bytes) -> tuple[str, str]:
    """Return (media type, file ending) by what the file begins with, whatever it is called; `UNKNOWN` for others."""
    for sign, media, ending in MEDIA:
        if data.startswith(sign) or (ending == "pdf" and sign in data[:1024]):
            return media, ending
    return UNKNOWN


def read(data: bytes, progress: Progress | None = None) -> list[Page]:
    """Look for codes on every page; raises Trouble for a file that is too large, damaged or no scan at all."""
    pages = []
    with _opened(data) as scan:
        for number in range(1, scan.pages + 1):
            pages.append(_page(number, scan))
            if progress is not None:
                progress(number, scan.pages)
    return pages


def proved(data: bytes, pages: Collection[int] = (), *, sheet: bool = False) -> Proof:
    """Return the proof of a file once each of `pages`, counted from 1 (none: all), was drawn in full.

    This is the one guard before a file is kept as somebody's paper: raises Trouble for a file that is no scan, is
    damaged, cut short or too small to show anything, and naming the page that is. With `sheet` a page must also be
    legible and have something on it: a white page is no signed sheet.
    """
    with _opened(data) as scan:
        for number in sorted(set(pages)) or range(1, scan.pages + 1):
            if not 1 <= number <= scan.pages:
                raise Trouble(f"该文件只有{scan.pages}页。")
            where = f"第{number}页" if scan.pages > 1 else "这张图"
            try:
                image = scan.picture(number, _PROOF_DPI, "L").convert("L")
            except DAMAGED as error:
                large = str(error) == _TOO_LARGE
                why = "太大（像素过多），请用较低的分辨率（200 dpi 即可）" if large else "不完整或已损坏，打不开，请"
                raise Trouble(f"{where}{why}重新扫描。") from error
            _prove(image, where, sheet=sheet)
        return Proof(data, scan.pages)


def _prove(image: Any, where: str, *, sheet: bool) -> None:
    least = LEAST_SHEET if sheet else LEAST
    if min(image.size) < least:
        raise Trouble(f"{where}只有{image.width}×{image.height}个像素，什么也看不清，请重新扫描。")
    if sheet and _is_blank(image):
        raise Trouble(f"{where}是空白的，上面什么也没有，请核对是否放反了，重新扫描。")


def _is_blank(image: Any) -> bool:
    """Tell whether a grey picture shows nothing but paper: no place of it is darker or lighter than the rest."""
    small = image.copy()
    small.thumbnail((600, 600))
    darkest, lightest = small.filter(pictures().soften).getextrema()
    return bool(lightest - darkest < _PAPER_GRAIN)


def pages_in(data: bytes) -> int:
    """Return how many pages a file has; raises Trouble for one nobody can open."""
    with _opened(data) as scan:
        return scan.pages


def picture_of(data: bytes, page: int, dpi: int) -> bytes:
    """Return a page as a PNG for the screen, an A4 sheet at about `dpi`; raises Trouble."""
    with _opened(data) as scan:
        if not 1 <= page <= scan.pages:
            raise Trouble(f"该文件只有{scan.pages}页。")
        try:
            image = scan.picture(page, dpi, "RGB").convert("RGB")
            side = round(_A4_INCHES * dpi)
            image.thumbnail((side, side))
            out = BytesIO()
            image.save(out, "PNG")
        except DAMAGED as error:
            raise _unreadable() from error
    return out.getvalue()


class Picture(NamedTuple):
    """A page as a Pillow image, and the size of its paper in pt."""

    image: Any
    width: float
    height: float


def pictures_in(data: bytes, dpi: int, pages: Collection[int] = ()) -> Iterator[Picture]:
    """Yield each of `pages`, counted from 1 (none: all), one of a PDF drawn as fine as `dpi`, a scanned one as it is.

    Raises Trouble naming the page that cannot be drawn; pages the file has not are passed over.
    """
    with _opened(data) as scan:
        for number in range(1, scan.pages + 1):
            if pages and number not in pages:
                continue
            try:
                image = scan.picture(number, dpi, "RGB")
                image.load()
                yield Picture(image, *scan.size(number, image))
            except DAMAGED as error:
                raise Trouble(f"第{number}页不完整或已损坏，打不开，请重新扫描。") from error


class _Scan(NamedTuple):
    """An opened file: `picture` gives (page number, dpi, "L" or "RGB") -> Pillow image, for each of `dpis` another."""

    pages: int
    picture: Callable[[int, int, str], Any]
    dpis: tuple[int, ...]
    size: Callable[[int, Any], tuple[float, float]]
    """(page number, its image) -> width and height of the paper in pt."""


@contextmanager
def _opened(data: bytes) -> Iterator[_Scan]:
    if len(data) > LIMIT:
        raise Trouble(f"文件超过{LIMIT // (1024 * 1024)} MB，请用较低的分辨率（200 dpi 即可）重新扫描。")
    media, _ = media_of(data)
    if media == UNKNOWN[0]:
        called = alien.called(data)
        raise Trouble(f"不是扫描件（只认 PDF、JPG、PNG、TIFF）{'，是' if called else ''}{called}。")
    with _pdf(data) if media == "application/pdf" else _image(data) as scan:
        if scan.pages < 1:
            raise Trouble("文件里一页也没有，请重新扫描。")
        if scan.pages > PAGES:
            raise Trouble(f"文件有{scan.pages}页，超过{PAGES}页，请分成几个文件。")
        yield scan


@contextmanager
def _pdf(data: bytes) -> Iterator[_Scan]:
    pdfium = pictures().pdf
    with _pdfium:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            # PDFium says what went wrong with the file before where it has nothing to say of this one.
            if "password" in str(error).lower() and b"/Encrypt" in data:
                raise Trouble("文件有密码，打不开，请用没有密码的文件，或打印后重新扫描。") from error
            raise _unreadable() from error
        try:
            yield _Scan(
                len(document),
                lambda *items: _rendered(document, *items),
                _READ_DPI,
                lambda *items: _laid(document, *items),
            )
        finally:
            document.close()


def _rendered(document: Any, number: int, dpi: int, mode: str) -> Any:
    try:
        page = document[number - 1]
    except pictures().pdf.PdfiumError as error:
        raise OSError("page") from error
    try:
        width, height = page.get_size()
        scale = min(dpi / 72, (_READ_PIXELS / max(width * height, 1.0)) ** 0.5)
        if min(width, height) * scale < 1 or max(width, height) * scale > _READ_PIXELS**0.5 * 8:
            raise OSError("page size")
        bitmap = page.render(scale=scale, grayscale=mode == "L")
        try:
            return bitmap.to_pil().copy()
        finally:
            bitmap.close()
    finally:
        page.close()


def _laid(document: Any, number: int, _image: Any) -> tuple[float, float]:
    width, height = document.get_page_size(number - 1)
    return float(width), float(height)


def _paper(_number: int, image: Any) -> tuple[float, float]:
    """Return how large the paper of a picture was: by its resolution, or A4 where it says none that can be true."""
    across, down = map(float, image.info.get("dpi") or (0, 0))
    if _LEAST_DPI <= min(across, down) and max(across, down) <= _MOST_DPI:
        return image.width * 72 / across, image.height * 72 / down
    short, long = min(image.size), max(image.size)
    scale = min(_A4[0] / short, _A4[1] / long)
    return image.width * scale, image.height * scale


@contextmanager
def _image(data: bytes) -> Iterator[_Scan]:
    library = pictures()
    try:
        image = library.image.open(BytesIO(data), formats=("JPEG", "PNG", "TIFF"))
        count = int(getattr(image, "n_frames", 1))
    except (*DAMAGED, library.image.DecompressionBombError) as error:
        raise _unreadable() from error

    def picture(number: int, _dpi: int, _mode: str) -> Any:
        image.seek(number - 1)
        if image.width * image.height > PIXELS:
            raise OSError(_TOO_LARGE)
        return library.turned(image)

    with image:
        yield _Scan(count, picture, (0,), _paper)


def _page(number: int, scan: _Scan) -> Page:
    """Look at a page again and again until its code is read; a page that cannot be looked at is said to be so."""
    spoilt, image = False, None
    try:
        for image in _looks(number, scan):
            code_reading = codes.find(image)
            spoilt = spoilt or code_reading.spoilt
            if code_reading.texts:
                return Page(number, code_reading.texts)
    except DAMAGED:
        return Page(number, sound=False)
    return Page(number, spoilt=spoilt, blank=image is not None and _is_blank(image))


def _looks(number: int, scan: _Scan) -> Iterator[Any]:
    """The page in grey as it is, then with its specks smoothed away, at last softened and twice as large."""
    greys = []
    for dpi in scan.dpis:
        greys.append(scan.picture(number, dpi, "L").convert("L"))
        yield greys[-1]
    coarse, fine = greys[0], greys[-1]
    yield fine.reduce(2).resize(fine.size)
    if coarse.width * coarse.height <= _DOUBLED_PIXELS:
        yield coarse.filter(pictures().soften).resize((coarse.width * 2, coarse.height * 2))


def _unreadable() -> Trouble:
    return Trouble("文件已损坏，打不开，请重新扫描。")
