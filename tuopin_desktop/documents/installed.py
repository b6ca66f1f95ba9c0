"""The official faces an office already has on its computer, found by family name, never by file name."""

import os
import struct
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

# Per role the families in order of preference (GB/T 9704-2012), Chinese and English names as fonts carry them.
FAMILIES: dict[str, tuple[str, ...]] = {
    "title": ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05", "小标宋"),
    "fang": ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "华文仿宋", "STFangsong", "方正仿宋_GBK"),
    "kai": ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "华文楷体", "STKaiti", "方正楷体_GBK"),
    "hei": ("黑体", "SimHei", "方正黑体_GBK"),
    "song": ("宋体", "SimSun", "方正书宋_GBK"),
    "rare": ("SimSun-ExtB",),
    "rarest": ("SimSun-ExtG",),
}
_SUFFIXES = frozenset((".ttf", ".ttc", ".otf"))
_FAMILY = 1  # name id


def folders() -> tuple[Path, ...]:
    """Where this kind of computer keeps fonts, for everybody and for this user."""
    if sys.platform == "win32":
        system = Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
        local = os.environ.get("LOCALAPPDATA")
        return (system, Path(local) / "Microsoft" / "Windows" / "Fonts") if local else (system,)
    home = Path.home()
    shared = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
    return (*shared, home / ".local" / "share" / "fonts", home / ".fonts")


def find(places: Iterable[Path]) -> dict[str, tuple[Path, int]]:
    """Role -> (file, index inside a collection) of the best face present; roles without one are left out."""
    rank = {name.casefold(): (role, place) for role, names in FAMILIES.items() for place, name in enumerate(names)}
    best: dict[str, tuple[int, str, Path, int]] = {}
    for path in _files(places):
        for index, family in _families(path):
            role, place = rank.get(family.casefold(), ("", 0))
            offer = (place, str(path), path, index)
            if role and (role not in best or offer < best[role]):
                best[role] = offer
    return {role: (path, index) for role, (_, _, path, index) in best.items()}


NAMED = {"title": "方正小标宋简体", "fang": "仿宋_GB2312", "kai": "楷体_GB2312", "hei": "黑体", "song": "宋体"}
"""The families an editable document asks for; fonts cannot be carried inside it."""


def lacking(places: Iterable[Path]) -> list[str]:
    """Return a sentence for every named family that is not here, with what is likely to show in its place."""
    here = {family.casefold() for path in _files(places) for _, family in _families(path)}
    lines = []
    for role, name in NAMED.items():
        if name.casefold() in here:
            continue
        other = next((family for family in FAMILIES[role] if family.casefold() in here), "")
        if not other:
            lines.append(f"本机没有字体“{name}”，在 Word、WPS 中会以其他字体显示，请安装后再排版或打印")
        elif not _same(name, other):
            lines.append(f"本机没有字体“{name}”，在 Word、WPS 中可改用“{other}”")
    return lines


def _same(name: str, other: str) -> bool:
    """Tell whether a family is the very font by its other name."""
    return {name, other} in ({"黑体", "SimHei"}, {"宋体", "SimSun"}, {"方正小标宋简体", "FZXiaoBiaoSong-B05S"})


def _files(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        if place.is_dir():
            yield from sorted(path for path in place.rglob("*") if path.suffix.lower() in _SUFFIXES)


def _families(path: Path) -> list[tuple[int, str]]:
    """(index, family name) of the faces with TrueType outlines in a file; a damaged file simply has none."""
    try:
        data = path.read_bytes()
        starts = [0]
        if data[:4] == b"ttcf":
            count = struct.unpack_from(">I", data, 8)[0]
            starts = list(struct.unpack_from(f">{count}I", data, 12))
        return [(index, name) for index, start in enumerate(starts) for name in _names(data, start)]
    except (OSError, struct.error, UnicodeDecodeError):
        return []


def _names(data: bytes, start: int) -> set[str]:
    count = struct.unpack_from(">H", data, start + 4)[0]
    tables = {}
    for place in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, start + 12 + 16 * place)
        tables[tag] = offset
    if b"glyf" not in tables or b"name" not in tables:
        return set()  # CFF outlines: the PDF writer cannot embed them
    base = tables[b"name"]
    records, strings = struct.unpack_from(">HH", data, base + 2)
    names = set()
    for place in range(records):
        platform, _, _, kind, length, offset = struct.unpack_from(">6H", data, base + 6 + 12 * place)
        if kind == _FAMILY and platform in (0, 3):
            text = data[base + strings + offset : base + strings + offset + length]
            names.add(text.decode("utf-16-be"))
    return names
