"""The fonts, forms and readers every test of paper needs; bundled fonts only, so results are the same everywhere."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
import pytest

from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.documents.form import Form, load
from tuopin_desktop.domain import measure

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "resources" / "fonts"
FORMS = {number: ROOT / "forms" / f"attachment-{number}" for number in (1, 2)}

FILLED = {
    "county": "兴安盟科尔沁右翼中旗",
    "year": "2018",
    "month": "6",
    "day": "4",
    "name": "阿拉坦其其格",
    "post": "副队长、副旗长（挂职）",
    "place": "呼和浩特市",
    "period": "2018年6月5日至2018年6月8日",
    "reason": "赴自治区农牧业厅汇报京蒙帮扶产业项目资金到位情况，并参加全区脱贫攻坚工作推进会。",
}


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> FontBook:
    return FontBook(FONTS, tmp_path_factory.mktemp("fonts"))


@pytest.fixture(scope="session")
def forms() -> dict[int, Form]:
    return {number: load(folder / "form.toml") for number, folder in FORMS.items()}


@pytest.fixture(params=[1, 2], ids=["leader", "member"])
def number(request: pytest.FixtureRequest) -> int:
    """The number of an attachment, one after the other."""
    return int(request.param)


@pytest.fixture
def form(forms: dict[int, Form], number: int) -> Form:
    return forms[number]


@pytest.fixture(scope="session")
def published() -> measure.Measure:
    """The measure as published, read anew: never a copy of its words in a test."""
    return measure.read((ROOT / "resources" / "measure" / "2018-nmg.txt").read_text("utf-8"))


def letters(text: str) -> Counter[str]:
    """The characters one can see, however they are ordered and spaced."""
    return Counter(char for char in text if not char.isspace())


@contextmanager
def plumbed(data: bytes) -> Iterator[Any]:
    """A PDF as pdfplumber reads it."""
    with pdfplumber.open(BytesIO(data)) as document:
        yield document


def by_pdfplumber(data: bytes) -> list[str]:
    with plumbed(data) as document:
        return ["".join(char["text"] for char in page.chars) for page in document.pages]


def by_pdfium(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    texts = []
    for page in document:
        words = page.get_textpage()
        texts.append(words.get_text_range())
        words.close()
        page.close()
    document.close()
    return texts


def picture(data: bytes, *, dpi: int = 100) -> Any:
    """The first page as a grey Pillow image."""
    document = pypdfium2.PdfDocument(data)
    page = document[0]
    image = page.render(scale=dpi / 72, grayscale=True).to_pil()
    page.close()
    document.close()
    return image


Reader = Callable[[bytes], list[str]]
READERS: dict[str, Reader] = {"pdfplumber": by_pdfplumber, "pdfium": by_pdfium}
