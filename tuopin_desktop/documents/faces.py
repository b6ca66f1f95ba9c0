"""One font file as the typesetter sees it: which characters it really draws, and how wide they are."""

import struct
import threading
from pathlib import Path
from typing import Any

from tuopin_desktop.documents.engine import engine
from tuopin_desktop.domain.problems import Trouble

_BLANKS = frozenset("\u0020\u00a0\u2002\u2003\u2009\u202f\u3000")

_parsed: dict[tuple[Path, int], Any] = {}
_gate = threading.Lock()


class Face:
    """A parsed font file. `font` is the PDF writer's object: used under the writer's lock only."""

    def __init__(self, key: str, path: Path, index: int = 0) -> None:
        self.key = key
        self.font = _parse(path, index)
        face = self.font.face
        self._glyphs: dict[int, int] = face.charToGlyph
        self._widths: dict[int, float] = face.charWidths
        self._places: list[int] = face.glyphPos
        self._default: float = face.defaultWidth

    @property
    def name(self) -> str:
        """The PostScript name, as it stands in the PDF."""
        return bytes(self.font.face.name).decode("ascii", "replace")

    def draws(self, char: str) -> bool:
        """Whether the font has the character and its outline is not empty: some fonts map rare names to nothing."""
        glyph = self._glyphs.get(ord(char), 0)
        if not glyph or glyph + 1 >= len(self._places):
            return False
        return char in _BLANKS or self._places[glyph + 1] > self._places[glyph]

    def width(self, char: str) -> float:
        """Advance in em."""
        return self._widths.get(ord(char), self._default) / 1000


def _parse(path: Path, index: int) -> Any:
    """Parse a file once per process: 30 to 90 ms each; documents share the result under the writer's lock."""
    fonts = engine().fonts
    with _gate:
        if (path, index) not in _parsed:
            try:
                font = fonts.TTFont(f"{path}#{index}", str(path), subfontIndex=index, asciiReadable=False)
            except (OSError, fonts.TTFError, struct.error, IndexError, KeyError, ValueError) as error:
                raise Trouble(f"字体文件“{path.name}”无法读取，请重新安装本程序。") from error
            _parsed[path, index] = font
        return _parsed[path, index]
