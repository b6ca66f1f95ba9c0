"""The blank forms look as they did when a person last looked at them."""

import os

import pytest
from PIL import Image, ImageChops

from tests.documents.conftest import FORMS, picture
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.documents.form import Form
from tuopin_desktop.documents.pdf import render
from tuopin_desktop.documents.sheet import compose

VISIBLE = 96  # of 255: a grey edge that a newer renderer softens otherwise stays below
TOLERANCE = 0.0005  # of all pixels


def test_blank_form_against_its_reference_print(form: Form, number: int, book: FontBook) -> None:
    """Set TUOPIN_WRITE_REFERENCES=1 to keep a wanted change, then look at the picture before committing it."""
    path = FORMS[number] / "reference.png"
    image = picture(render([compose(form, {}, book)], book, title=form.title))
    if os.environ.get("TUOPIN_WRITE_REFERENCES") == "1":
        image.save(path, optimize=True)
        pytest.skip("reference print written")
    with Image.open(path) as kept:
        difference = ImageChops.difference(image, kept.convert("L"))
    differing = sum(difference.histogram()[VISIBLE:])
    assert differing <= TOLERANCE * image.width * image.height
