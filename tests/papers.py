"""Paper as scanners give it: rendered slips turned, skewed, grey, noisy, pressed to JPEG, bound to PDFs and TIFFs."""

from collections.abc import Sequence
from io import BytesIO

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter

PAPER = 245  # a scanner's white


def page(pdf: bytes, *, dpi: int = 200, number: int = 1) -> Image.Image:
    """One page of a PDF as a clean grey picture."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        sheet = document[number - 1]
        image = sheet.render(scale=dpi / 72, grayscale=True).to_pil().copy()
        sheet.close()
    finally:
        document.close()
    assert isinstance(image, Image.Image)
    return image


def turned(image: Image.Image, degrees: float) -> Image.Image:
    """The page laid on the glass by a hand; what lies beside it is grey."""
    return image.rotate(degrees, resample=Image.Resampling.BILINEAR, expand=True, fillcolor=PAPER)


def noisy(image: Image.Image, strength: float = 20.0) -> Image.Image:
    """The page with the grain of a cheap scanner, a little out of focus."""
    soft = image.filter(ImageFilter.GaussianBlur(0.7))
    return ImageChops.add(soft, Image.effect_noise(soft.size, strength), 1, -128)


def black_and_white(image: Image.Image) -> Image.Image:
    """The page as a fax sees it."""
    return image.point(lambda value: 255 if value > 140 else 0).convert("1")


def torn(image: Image.Image, dpi: int = 200) -> Image.Image:
    """The page with the middle of its code scratched away."""
    spoilt, mm = image.copy(), dpi / 25.4
    ImageDraw.Draw(spoilt).rectangle((31 * mm, 271 * mm, 42 * mm, 281 * mm), fill=255)
    return spoilt


def without_code(image: Image.Image, dpi: int = 200) -> Image.Image:
    """The page with its lower margin cut off."""
    return image.crop((0, 0, image.width, round(264 / 25.4 * dpi)))


def jpeg(image: Image.Image, quality: int = 40) -> bytes:
    return _saved(image, "JPEG", quality=quality)


def png(image: Image.Image) -> bytes:
    return _saved(image, "PNG")


def tiff(images: Sequence[Image.Image]) -> bytes:
    fax = {"compression": "group4"} if images[0].mode == "1" else {"compression": "tiff_deflate"}
    return _saved(images[0], "TIFF", save_all=True, append_images=list(images[1:]), **fax)


def bound(images: Sequence[Image.Image], dpi: int = 200) -> bytes:
    """A PDF of pictures, as office scanners make them."""
    return _saved(images[0], "PDF", save_all=True, append_images=list(images[1:]), resolution=dpi)


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()
