"""The kept pictures of the window, and how one that was just drawn is held against them.

A picture lies in `tests/ui/pictures/<walk>/<name>.png`. `TUOPIN_WRITE_PICTURES=1` draws those of the tests that run
anew; without it a picture that differs is written beside its reference and their difference, into a folder the failure
names. How this machine draws letters is compared first (`letters.png`): where that differs, another build of Qt or
another FreeType, the shades of every letter differ, and only the grey of coarse blocks is compared.
"""

import os
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pictures
from PIL import Image, ImageChops, ImageDraw, ImageFilter
from PySide6.QtCore import QLibraryInfo, QRect, QSysInfo, Qt
from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

FOLDER = Path(__file__).parent / "pictures"
MOST = 20_000_000
"""Bytes of all references together (issue: 20 MB)."""
_WRITES = os.environ.get("TUOPIN_WRITE_PICTURES") == "1"
_STRETCHED = [round(at * 0.55) if at < 200 else round(110 + (at - 200) * 145 / 55) for at in range(256)] * 3
"""Light shades are stretched before they are compared: a tint on its ground is hardly another colour, and is a sign."""
_APART = 20
"""How far, stretched, a colour may be from the one of the palette that stands for it."""
_SHADE = 44
"""A pixel differs when one of its three colours, stretched, does by more."""
_SHARE, _LEAST, _FEW = 0.00008, 80, 12
"""Of the pixels may differ: 80 of a whole window, and so many of a small one; few when each is held against those
beside it. One sign of a button is more."""
_BLOCK, _GREY, _BLOCKS = 16, 26, 0.015
"""Where letters are drawn otherwise: blocks of so many pixels, by how much one may differ, and how many may."""
_LETTERS = FOLDER / "letters.png"
_DRAWN_BY = FOLDER / "letters.toml"
_PROBE = "脱贫攻坚工作总队 乌云其其格 0123456789 Ag√，。"


class Hidden(NamedTuple):
    """A place of the machine that no picture may show."""

    kind: type[QWidget]
    name: str
    why: str


HIDDEN: tuple[Hidden, ...] = (Hidden(QLineEdit, "数据文件夹", "the folder of the data"),)


class Gallery:
    """Holds the pictures of one walk against the kept ones; `faults` says by name what differs."""

    def __init__(self, walk: str, out: Path) -> None:
        self._folder, self._out = FOLDER / walk, out / "pictures" / walk
        self._seen: set[str] = set()
        self.faults: dict[str, str] = {}
        keep_letters()

    @property
    def names(self) -> frozenset[str]:
        """The files that were drawn or compared."""
        return frozenset(self._seen)

    def has(self, name: str) -> bool:
        """Tell whether a picture of this name was drawn already."""
        return _file(name) in self._seen

    def look(self, window: QWidget, name: str, scale: float = 1.0) -> Image.Image:
        """Draw a window, compare it, and return the picture."""
        drawn = pictures.draw(window, scale)
        picture = pictures.as_pillow(drawn)
        file = _file(name)
        if file in self._seen:
            raise ValueError(f"two pictures are called {file}")
        self._seen.add(file)
        spots = [_pixels(rect, scale) for rect in _hidden(window)]
        if _WRITES:
            for spot in spots:
                ImageDraw.Draw(picture).rectangle(spot, fill=(200, 200, 200))
            self._write(picture, self._folder / file)
        elif fault := self._differs(picture, self._folder / file, spots):
            self.faults[name] = fault
        return picture

    def close(self) -> None:
        """Say also which references nothing is drawn for any more; with the switch take them away."""
        for path in sorted(self._folder.glob("*.png")):
            if path.name not in self._seen and _WRITES:
                path.unlink()
            elif path.name not in self._seen:
                self.faults[path.stem] = f"is kept and no longer drawn: {path.name}"

    def _write(self, picture: Image.Image, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not _differing(picture, _opened(path)):
            return  # a reference that still holds is not written anew: the history would grow by it
        _in_colours(picture).save(path, optimize=True)

    def _differs(self, picture: Image.Image, path: Path, spots: Iterable[tuple[int, ...]]) -> str:
        if not path.exists():
            self._out.mkdir(parents=True, exist_ok=True)
            picture.save(self._out / path.name)
            return f"has no reference (TUOPIN_WRITE_PICTURES=1 draws it); drawn: {self._out / path.name}"
        wanted = _opened(path)
        if wanted.size != picture.size:
            return f"is {picture.size}, the reference {wanted.size}"
        for spot in spots:
            for one in (picture, wanted):
                ImageDraw.Draw(one).rectangle(tuple(spot), fill=(200, 200, 200))
        share = _differing(picture, wanted) if same_letters() else _coarsely(picture, wanted)
        return self._shown(picture, wanted, path, share) if share else ""

    def _shown(self, picture: Image.Image, wanted: Image.Image, path: Path, share: float) -> str:
        self._out.mkdir(parents=True, exist_ok=True)
        picture.save(self._out / f"{path.stem}.drawn.png")
        mask = _mask(picture, wanted)
        ghost = Image.blend(wanted, Image.new("RGB", wanted.size, "white"), 0.6)
        ghost.paste((220, 0, 0), mask=mask)
        ghost.save(self._out / f"{path.stem}.difference.png")
        return f"{share:.3%} differ, in {mask.getbbox()}: {self._out / path.stem}.difference.png"


def _file(name: str) -> str:
    return f"{name.replace(' · ', '-').replace('/', '／')}.png"


def _hidden(window: QWidget) -> list[QRect]:
    return [
        pictures.place(window, one)
        for spot in HIDDEN
        for one in pictures.every(window, spot.kind)
        if one.isVisible() and spot.name in (one.accessibleName(), one.objectName())
    ]


def _pixels(rect: QRect, scale: float) -> tuple[int, int, int, int]:
    return (
        int(rect.left() * scale),
        int(rect.top() * scale),
        int((rect.right() + 1) * scale) + 1,
        int((rect.bottom() + 1) * scale) + 1,
    )


def _opened(path: Path) -> Image.Image:
    with Image.open(path) as stored:
        return stored.convert("RGB")


def _in_colours(picture: Image.Image) -> Image.Image:
    """Return a picture in few colours, which make a tenth of the bytes."""
    back = {stretched: at for at, stretched in reversed(list(enumerate(_STRETCHED[:256])))}
    colours = [[back[part] for part in colour] for colour in pictures.palette(picture.point(_STRETCHED), _APART)]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in colours for part in colour])
    return picture.quantize(palette=palette, dither=Image.Dither.NONE)


def _mask(one: Image.Image, other: Image.Image) -> Image.Image:
    red, green, blue = ImageChops.difference(one.point(_STRETCHED), other.point(_STRETCHED)).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return most.point([0] * (_SHADE + 1) + [255] * (255 - _SHADE))


def _differing(one: Image.Image, other: Image.Image) -> float:
    """Return the share of pixels that differ, nothing when it is within what is let through."""
    if one.size != other.size:
        return 1.0
    area = one.width * one.height
    share = _mask(one, other).histogram()[255] / area
    if share <= max(_SHARE, _LEAST / area):
        return 0.0
    share = _mask_of_letters(one, other).histogram()[255] / area  # costs ten times the first
    return share if share > _FEW / area else 0.0


def _mask_of_letters(one: Image.Image, other: Image.Image) -> Image.Image:
    """Return where a picture differs from all that lies beside a pixel of the other one, too.

    A letter that falls between two pixels comes out a shade otherwise when its process drew others before it. Another
    ink of thin letters is so not told: that they can be read is measured on every page (`tests/ui/contrast.py`).
    """
    drawn, wanted = one.point(_STRETCHED), other.point(_STRETCHED)
    above = ImageChops.subtract(drawn, wanted.filter(ImageFilter.MaxFilter(3)))
    below = ImageChops.subtract(wanted.filter(ImageFilter.MinFilter(3)), drawn)
    red, green, blue = ImageChops.lighter(above, below).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return most.point([0] * (_SHADE + 1) + [255] * (255 - _SHADE))


def _coarsely(one: Image.Image, other: Image.Image) -> float:
    """Return the share of coarse blocks that differ in their grey, nothing when it is within what is let through."""
    pair = [picture.convert("L").reduce(_BLOCK) for picture in (one, other)]
    counted = ImageChops.difference(*pair).histogram()
    share = sum(counted[_GREY:]) / (pair[0].width * pair[0].height)
    return share if share > _BLOCKS else 0.0


# ---------------------------------------------------------------- how letters are drawn here


def _probe() -> Image.Image:
    image = QImage(520, 110, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    font = QFont(QApplication.font())
    for at, (size, bold) in enumerate(((13, False), (14, True), (18, False), (21, True))):
        font.setPixelSize(size)
        font.setBold(bold)
        painter.setFont(font)
        painter.drawText(4, 22 + 25 * at, _PROBE)
    painter.end()
    return pictures.as_pillow(image)


@cache
def same_letters() -> bool:
    """Tell whether letters come out here as on the kept pictures."""
    if _WRITES:
        return True
    return not _differing(_probe(), _opened(_LETTERS))


def letters_differ() -> float:
    """Return the share of the probe's pixels that come out otherwise here."""
    return _differing(_probe(), _opened(_LETTERS))


def letters_here() -> str:
    """Return what draws letters here."""
    return f"Qt {QLibraryInfo.version().toString()} with its own FreeType, {QSysInfo.buildAbi()}"


def letters_kept() -> str:
    """Return what drew the letters of the kept pictures."""
    return str(tomllib.loads(_DRAWN_BY.read_text(encoding="utf-8"))["drawn_by"])


def keep_letters(*, anew: bool = False) -> None:
    """Keep how letters are drawn here, when pictures are drawn anew and there is none yet or all are."""
    if _WRITES and (anew or not _LETTERS.exists()):
        FOLDER.mkdir(exist_ok=True)
        _probe().save(_LETTERS)
        _DRAWN_BY.write_text(f'drawn_by = "{letters_here()}"\n', encoding="utf-8")
