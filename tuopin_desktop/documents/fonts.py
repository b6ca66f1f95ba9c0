"""Which font draws which character: a chain of faces per role, so that no name is ever printed as an empty box."""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tuopin_desktop.documents import installed
from tuopin_desktop.documents.faces import Face
from tuopin_desktop.documents.packed import unpacked
from tuopin_desktop.documents.plain import printable
from tuopin_desktop.domain.problems import Trouble

GETA = "〓"
"""Printed for a character no font has, as typesetters do, and reported; never an empty box."""

# Kai in its light weight stands in for Fangsong first because its colour is closest. Song has all Hanzi; the Cyrillic
# letters Ү and Ө of Mongolian names are in Kai only.
CHAINS: dict[str, tuple[str, ...]] = {
    "fang": ("fang", "kai", "song"),
    "kai": ("kai", "song"),
    "hei": ("hei", "song", "kai"),
    "title": ("title", "song", "kai"),
    "song": ("song", "kai"),
}
_PACKED = "song"


class Glyph(NamedTuple):
    """How one character is drawn: font key, advance in em, the character printed, and whether any font had it."""

    font: str
    width: float
    char: str
    present: bool = True


class FontBook:
    """The fonts of one office.

    `folder` holds the bundled faces, `cache` is a writable folder for the one that travels packed. `system_first`
    prefers the official faces installed on this computer: right for print; screen and tests use the bundled ones.
    """

    def __init__(
        self, folder: Path, cache: Path, *, system_first: bool = False, places: Sequence[Path] | None = None
    ) -> None:
        self._folder = folder
        self._cache = cache
        self._gate = threading.RLock()
        self._faces: dict[str, Face] = {}
        self._glyphs: dict[str, dict[str, Glyph]] = {role: {} for role in CHAINS}
        pair_by_key = installed.find(installed.folders() if places is None else places) if system_first else {}
        self._system = {f"system-{role}": where for role, where in pair_by_key.items()}

    def chain(self, role: str) -> tuple[str, ...]:
        """Font keys for a role, best first."""
        names = (f"system-{role}", *CHAINS[role], "system-rare", "system-rarest")
        return tuple(key for key in names if not key.startswith("system-") or key in self._system)

    def glyph(self, role: str, char: str) -> Glyph:
        """Return how `char` is drawn in `role`; the answer is kept, so the second question costs one look-up."""
        glyph = self._glyphs[role].get(char)
        if glyph is None:
            glyph = self._glyphs[role][char] = self._look(role, char)
        return glyph

    def glyphs(self, role: str) -> dict[str, Glyph]:
        """The kept answers of a role, for inner loops; a character not in it yet goes through `glyph`."""
        return self._glyphs[role]

    def missing(self, text: str, role: str = "fang") -> str:
        """The characters of `text` no font has, each once, in order; to be shown before saving or printing."""
        letters = dict.fromkeys(printable(text).replace("\n", ""))
        return "".join(char for char in letters if not self.glyph(role, char).present)

    def files(self) -> dict[str, Path]:
        """Font key -> file, for the window to load the same faces; unpacks the packed one."""
        keys = dict.fromkeys(key for role in CHAINS for key in self.chain(role))
        return {key: self._where(key)[0] for key in keys}

    def face(self, key: str) -> Face:
        """The parsed face of a key; read on first use."""
        with self._gate:
            if key not in self._faces:
                path, index = self._where(key)
                self._faces[key] = Face(key, path, index)
            return self._faces[key]

    def used(self) -> tuple[str, ...]:
        """PostScript names of the faces read so far, for the record."""
        return tuple(sorted({face.name for face in self._faces.values()}))

    def _look(self, role: str, char: str) -> Glyph:
        for printed in (char, GETA):
            for face in self._readable(role):
                if face.draws(printed):
                    return Glyph(face.key, face.width(printed), printed, printed == char)
        raise Trouble("字体文件不完整，请重新安装本程序。")

    def _readable(self, role: str) -> Iterator[Face]:
        """The faces of a chain in turn, each read only when asked; an unreadable system font is passed over."""
        for key in self.chain(role):
            try:
                yield self.face(key)
            except Trouble:
                if key not in self._system:
                    raise
                del self._system[key]

    def _where(self, key: str) -> tuple[Path, int]:
        if key in self._system:
            return self._system[key]
        if key == _PACKED:
            return unpacked(self._folder / f"{key}.ttf.xz", self._cache), 0
        return self._folder / f"{key}.ttf", 0
