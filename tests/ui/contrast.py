"""How well words stand off from their ground, as they are drawn: the ink of the pen, the ground of the picture.

A window is painted a second time by a painter that writes down each word, its place and the ink (SVG); the ground is
the most frequent colour around it on the picture. So what paints itself (tables, tiles, charts) is measured as buttons
and labels are, and the soft edges of letters do not count.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple, cast
from xml.etree import ElementTree

from PIL import Image
from PySide6.QtCore import QBuffer, QPoint
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

ENOUGH = 4.5
"""What WCAG 2.2 asks for small letters (1.4.3); here also of what cannot be pressed."""
_NUMBER = r"(-?[\d.e+-]+)"
_MATRIX = re.compile(rf"matrix\({','.join([_NUMBER] * 6)}\)")
_SOLID = "●■"
"""Signs, such as the dots of a password, that fill their place: the ground would be taken for what they are."""
_TAG = "{http://www.w3.org/2000/svg}"
Colour = tuple[int, int, int]


class Words(NamedTuple):
    """What is written, with which ink, at which place in pixels of the program (left, top, right, bottom)."""

    text: str
    ink: Colour
    box: tuple[float, float, float, float]


def ratio(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    parts = [one / 255 for one in colour]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def faint(window: QWidget, picture: Image.Image, scale: float = 1.0) -> dict[str, float]:
    """Return the words of a window that stand off too little from their ground on its picture, with their contrast."""
    weak: dict[str, float] = {}
    for words in written(window):
        left, top, right, bottom = (round(at * scale) for at in words.box)
        left, top, right, bottom = max(left, 0), max(top, 0), min(right, picture.width), min(bottom, picture.height)
        if right - left < 2 or bottom - top < 2:
            continue  # scrolled out of sight
        part = picture.crop((left, top, right, bottom))
        counted = cast("list[tuple[int, Colour]]", part.getcolors(part.width * part.height))
        if not any(_near(colour, words.ink) for _, colour in counted):
            continue  # written under something else, or beside what is clipped
        got = ratio(words.ink, max(counted)[1])
        if got < ENOUGH:
            weak[words.text] = min(got, weak.get(words.text, 21))
    return weak


def _near(colour: Colour, ink: Colour) -> bool:
    return all(abs(one - other) < 90 for one, other in zip(colour, ink, strict=True))


def written(window: QWidget) -> Iterator[Words]:
    """Yield every piece of words that a window paints."""
    buffer, generator = QBuffer(), QSvgGenerator()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    generator.setOutputDevice(buffer)
    generator.setSize(window.size())
    generator.setViewBox(window.rect())
    painter = QPainter(generator)
    window.render(painter, QPoint(0, 0))
    painter.end()
    for group in ElementTree.fromstring(bytes(buffer.data().data())).iter(f"{_TAG}g"):
        for text in group.findall(f"{_TAG}text"):
            yield from _words(group, text)


def _words(group: ElementTree.Element, text: ElementTree.Element) -> Iterator[Words]:
    said, ink = (text.text or "").strip(), text.get("fill", "")
    turned = _MATRIX.fullmatch(group.get("transform", ""))
    if not said.strip(_SOLID) or turned is None or not re.fullmatch("#[0-9a-f]{6}", ink):
        return
    grown, _, _, _, right, down = map(float, turned.groups())
    size, x, y = (float(text.get(name, "0")) for name in ("font-size", "x", "y"))
    wide = sum(size if ord(one) > 255 else size / 2 for one in said)
    left, foot = right + grown * x, down + grown * y
    box = (left, foot - grown * size, left + grown * wide, foot + 0.25 * grown * size)
    yield Words(said, (int(ink[1:3], 16), int(ink[3:5], 16), int(ink[5:7], 16)), box)
