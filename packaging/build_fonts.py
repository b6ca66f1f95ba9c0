"""Rebuild resources/fonts from pinned sources: download, verify, convert, subset, rename.

Run by hand by a maintainer, on Debian with npm, apt-get, dpkg-deb and the dev dependency fonttools:

    python packaging/build_fonts.py [--work FOLDER]

FOLDER keeps the downloads (about 240 MB); the next run verifies and reuses them. The result is the same byte for byte
as long as fonttools and liblzma keep their versions, so a changed file in `git status` means a changed source, not a
new date.
Why these faces, and why converted: see resources/fonts/README.md, which this script writes.
"""

import argparse
import bz2
import gzip
import hashlib
import lzma
import subprocess
import tarfile
import tempfile
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

TARGET = Path(__file__).resolve().parents[1] / "resources" / "fonts"
LIMIT = 25_000_000
STAMP = 3_600_000_000  # seconds since 1904 (early 2018): a fixed date, for the same bytes at every run
RARE_NAMES = "㛃䶮𬱟𨱏堃喆淼龑彧祎翀犇"


@dataclass(frozen=True)
class Source:
    """One pinned download."""

    kind: str  # "npm" or "deb"
    name: str
    version: str
    file: str
    sha256: str

    @property
    def words(self) -> str:
        return f"{'npm' if self.kind == 'npm' else 'Debian'} package {self.name} version {self.version}"


SERIF = Source(
    "npm", "@expo-google-fonts/noto-serif-sc", "0.4.3", "expo-google-fonts-noto-serif-sc-0.4.3.tgz",
    "ff6bcf5ba68d92dfecc05544bb150f9e724741a932354a0dd97e7289c40a3f5e",
)  # fmt: skip
SANS = Source(
    "npm", "@expo-google-fonts/noto-sans-sc", "0.4.3", "expo-google-fonts-noto-sans-sc-0.4.3.tgz",
    "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59",
)  # fmt: skip
WENKAI = Source(
    "npm", "@fontsource/lxgw-wenkai", "5.3.0", "fontsource-lxgw-wenkai-5.3.0.tgz",
    "e796ef6dd20f4eea37625222872095a7d049fa6bfdd6fe80a15dfa22fdf2c7ca",
)  # fmt: skip
FANDOL = Source(
    "deb", "texlive-lang-chinese", "2022.20230122-1", "texlive-lang-chinese_2022.20230122-1_all.deb",
    "9cfa07bd44e7b9098e26f0ecac1b5ad210d2249d474c8074d53de92d650b0ec0",
)  # fmt: skip
UNIHAN = Source(
    "deb", "unicode-data", "15.0.0-1", "unicode-data_15.0.0-1_all.deb",
    "5efef23bbb1c6a133ecbdd63a2cfa07159ccacf5466a49e2426101c5ecd691fc",
)  # fmt: skip

NAME_FILE = "usr/share/unicode/Unihan_OtherMappings.txt.bz2"
FANDOL_DOC = "usr/share/doc/texlive-doc/fonts/fandol"


@dataclass(frozen=True)
class Face:
    """One bundled face: where it comes from, which characters stay, what it is called now."""

    key: str
    family: str
    source: Source
    member: str  # path inside the download
    hanzi: str  # "gb2312", "tgh" or "level1"
    look: str


FACES = (
    Face("fang", "JX Fang", FANDOL, "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf",
         "level1", "Fangsong: the text of the forms"),
    Face("kai", "JX Kai", WENKAI, "package/files/lxgw-wenkai-latin-300-normal.woff",
         "tgh", "Kai, light: sub-headings, and first stand-in for Fangsong"),
    Face("hei", "JX Hei", SANS, "package/400Regular/NotoSansSC_400Regular.ttf", "tgh", "Hei: headings"),
    Face("title", "JX Title", SERIF, "package/700Bold/NotoSerifSC_700Bold.ttf",
         "gb2312", "bold Song: stand-in for the small-standard Song of titles"),
    Face("song", "JX Song", SERIF, "package/400Regular/NotoSerifSC_400Regular.ttf",
         "level1", "Song: tables, and last stand-in for every rare character"),
)  # fmt: skip

LICENCES = (
    (SERIF, "package/LICENSE_FONT", "OFL-Noto-Serif-SC.txt"),
    (SANS, "package/LICENSE_FONT", "OFL-Noto-Sans-SC.txt"),
    (WENKAI, "package/LICENSE", "OFL-LXGW-WenKai.txt"),
    (FANDOL, f"{FANDOL_DOC}/COPYING.gz", "GPL-3-font-exception-Fandol.txt"),
    (FANDOL, f"{FANDOL_DOC}/README", "README-Fandol.txt"),
)

# Latin with the letters of Mongolian names, Greek, Cyrillic, then the signs an office types. U+2E80-2FDF (radicals)
# stays out on purpose: those code points share glyphs with the Hanzi, and text copied from a PDF written by Qt would
# turn into radicals.
SIGNS = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x17F), (0x1CD, 0x1DC), (0x2C6, 0x2DC), (0x391, 0x3C9), (0x401, 0x4FF),
    (0x2000, 0x200A), (0x2010, 0x2027), (0x2030, 0x205E), (0x20A0, 0x20BF), (0x2103, 0x2122), (0x2150, 0x2179),
    (0x2190, 0x2199), (0x2200, 0x2265), (0x2460, 0x249B), (0x25A0, 0x25EF), (0x2605, 0x2606), (0x2640, 0x2642),
    (0x2713, 0x2717), (0x3000, 0x301F), (0x3041, 0x3129), (0x3220, 0x3229), (0xFE30, 0xFE44), (0xFF01, 0xFFE6),
)  # fmt: skip
MORE_SIGNS = (
    (0x180, 0x24F), (0x259, 0x259), (0x2B0, 0x2FF), (0x370, 0x400), (0x1E00, 0x1EFF), (0x202F, 0x202F),
    (0x2070, 0x209F), (0x20C0, 0x23FF), (0x249C, 0x27BF), (0x2FF0, 0x2FFB), (0x3020, 0x33FF), (0xFA0E, 0xFA29),
    (0xFE10, 0xFE6F),
)  # fmt: skip
LEVEL_1 = ((0x4E00, 0x9FEF), (0x3400, 0x4DB5))  # GB 18030-2022 implementation level 1

DROPPED = """
    GSUB GPOS GDEF BASE JSTF vhea vmtx VORG DSIG fpgm prep cvt gasp hdmx VDMX LTSH kern STAT MATH meta PCLT FFTM
""".split()


def fetch(source: Source, work: Path) -> Path:
    """The verified download, taken from `work` when it already lies there."""
    target = work / source.file
    if not target.exists():
        pin = f"{source.name}@{source.version}" if source.kind == "npm" else f"{source.name}={source.version}"
        command = ["npm", "pack", pin] if source.kind == "npm" else ["apt-get", "download", pin]
        subprocess.run(command, cwd=work, check=True, capture_output=True)
    found = hashlib.sha256(target.read_bytes()).hexdigest()
    if found != source.sha256:
        raise SystemExit(f"{source.words}: SHA-256 is {found}, expected {source.sha256}")
    return target


def member(source: Source, path: str, work: Path) -> Path:
    """One file out of a download, unpacked beside it."""
    archive = fetch(source, work)
    folder = work / f"{archive.stem}.d"
    if not (folder / path).exists():
        folder.mkdir(exist_ok=True)
        if source.kind == "npm":
            with tarfile.open(archive) as tar:
                tar.extract(path, folder, filter="data")
        else:
            subprocess.run(["dpkg-deb", "-x", str(archive), str(folder)], check=True)
    return folder / path


def spread(ranges: Iterable[tuple[int, int]]) -> set[int]:
    return {code for first, last in ranges for code in range(first, last + 1)}


def hanzi_sets(work: Path) -> dict[str, set[int]]:
    """The sets of Hanzi a face may keep; TGH is the table of standard characters (8105), from Unihan."""
    gb2312 = {
        ord(bytes((row, cell)).decode("gb2312"))
        for row in range(0xB0, 0xF8)
        for cell in range(0xA1, 0xFF)
        if (row, cell) < (0xD7, 0xFA) or row > 0xD7
    }
    table = bz2.decompress(member(UNIHAN, NAME_FILE, work).read_bytes()).decode("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if "\tkTGH\t" in line and not line.startswith("#"))
    tgh = {int(row[0][2:], 16) for row in rows}
    level1 = spread(LEVEL_1) | spread(MORE_SIGNS) | tgh
    return {"gb2312": gb2312, "tgh": tgh | gb2312, "level1": level1}


def thinned(font: TTFont, codes: set[int]) -> None:
    """Keep only `codes`, and only the tables a PDF and a screen need."""
    options = subset.Options()
    options.drop_tables += DROPPED
    options.layout_features = []
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.recalc_timestamp = False
    worker = subset.Subsetter(options)
    worker.populate(unicodes=codes)
    worker.subset(font)


def truetype(font: TTFont) -> None:
    """Turn cubic CFF outlines into quadratic ones, because the PDF writer embeds `glyf` only.

    An error of 2 units in 1000 is invisible at 200 dpi and saves half a megabyte against 1 unit.
    """
    glyphs = font.getGlyphSet()
    order = font.getGlyphOrder()
    table = newTable("glyf")
    table.glyphs, table.glyphOrder = {}, order
    for name in order:
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, 2.0, reverse_direction=True))
        table.glyphs[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), table
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    maxp.maxZones, maxp.maxTwilightPoints, maxp.maxStorage = 1, 0, 0
    maxp.maxFunctionDefs = maxp.maxInstructionDefs = maxp.maxStackElements = maxp.maxSizeOfInstructions = 0
    maxp.maxComponentElements = max((len(table.glyphs[name].getComponentNames(table)) for name in order), default=0)
    for name in order:
        glyph = table.glyphs[name]
        glyph.recalcBounds(table)
        width, _ = font["hmtx"][name]
        font["hmtx"][name] = (width, getattr(glyph, "xMin", 0))
    del font["CFF "]
    font["head"].glyphDataFormat = 0
    font.sfntVersion = "\x00\x01\x00\x00"


def renamed(font: TTFont, family: str) -> None:
    """Give the derived face a neutral name, as the reserved names of the sources require; licence words stay."""
    names = font["name"]
    kept = {number: names.getDebugName(number) for number in (0, 13, 14)}
    names.names = []
    words = {1: family, 2: "Regular", 3: f"{family} 1.0", 4: family, 5: "Version 1.0", 6: family.replace(" ", "")}
    words[10] = "Modified version: subset, without hinting and layout tables; sources in resources/fonts/README.md."
    for number, text in sorted({**kept, **words}.items()):
        if text:
            names.setName(text, number, 3, 1, 0x409)


def settle(font: TTFont) -> None:
    """Fix what would differ between two runs, and what a weight-aware menu would misread."""
    font["post"].formatType = 3.0
    font["head"].created = font["head"].modified = STAMP
    font["head"].macStyle = 0
    font["OS/2"].usWeightClass = 400
    font["OS/2"].fsSelection = 0x40


def blank(font: TTFont) -> list[int]:
    """Code points that lead to an empty glyph although they should print something: a cmap entry is not a glyph."""
    glyf = font["glyf"]
    return [
        code
        for code, name in font.getBestCmap().items()
        if glyf[name].numberOfContours == 0 and unicodedata.category(chr(code)) not in ("Zs", "Cf")
    ]


def build(face: Face, hanzi: dict[str, set[int]], work: Path) -> tuple[str, set[int]]:
    """Write one face into resources/fonts; returns its file name and the characters it holds."""
    font = TTFont(member(face.source, face.member, work), recalcTimestamp=False)
    font.flavor = None
    there = set(font.getBestCmap())
    wanted = spread(SIGNS) | hanzi[face.hanzi]
    thinned(font, wanted & there)
    if "CFF " in font:
        truetype(font)
    empty = set(blank(font))
    if empty:
        print(f"  {face.key}: {len(empty)} mapped but empty, left out: {''.join(map(chr, sorted(empty)))[:60]}")
        thinned(font, (wanted & there) - empty)
    renamed(font, face.family)
    settle(font)
    path = TARGET / f"{face.key}.ttf"
    font.save(path, reorderTables=True)
    if (
        face.key == "song"
    ):  # the big one is needed for rare characters only: packed here, unpacked once on the office's disk
        packed = lzma.compress(path.read_bytes(), preset=9 | lzma.PRESET_EXTREME)
        path.unlink()
        path = path.with_suffix(".ttf.xz")
        path.write_bytes(packed)
    return path.name, set(TTFont.getBestCmap(font))


def licences(work: Path) -> None:
    folder = TARGET / "licenses"
    folder.mkdir(parents=True, exist_ok=True)
    for source, inside, name in LICENCES:
        data = member(source, inside, work).read_bytes()
        (folder / name).write_bytes(gzip.decompress(data) if inside.endswith(".gz") else data)


def readme(files: dict[str, tuple[str, set[int]]]) -> str:
    rows = []
    for face in FACES:
        name, held = files[face.key]
        data = (TARGET / name).read_bytes()
        origin = f"{face.source.words}, file `{Path(face.member).name}`"
        digest = hashlib.sha256(data).hexdigest()
        rows.append(f"| `{name}` | {face.family} | {face.look} | {origin} | {len(held)} | {len(data):,} | `{digest}` |")
    sources = [f"| {item.words} | `{item.sha256}` |" for item in (SERIF, SANS, WENKAI, FANDOL, UNIHAN)]
    return README.format(rows="\n".join(rows), sources="\n".join(sources))


README = """# Bundled fonts

Written by `packaging/build_fonts.py`; do not edit by hand. Every file is a *modified version* of its source: subset,
without hinting and layout tables, renamed to a neutral family name because the sources reserve theirs.

| file | family | use | source | characters | bytes | SHA-256 |
|---|---|---|---|---|---|---|
{rows}

| source | SHA-256 of the download |
|---|---|
{sources}

The table of standard characters (kTGH) that chooses the subsets is read from the package unicode-data.

## Licences

- JX Fang is FandolFang (0.3) under the GNU GPL, version 3, **with the font exception**: a document that embeds it is
  not covered by the GPL. It lies beside the program as a separate work. Changes: CFF outlines turned into TrueType
  outlines (error 2 units in 1000), subset, renamed. The conversion script is `packaging/build_fonts.py`; the font in
  its preferred form is the OTF in the Debian source package texlive-extra.
  Texts: `licenses/GPL-3-font-exception-Fandol.txt`, `licenses/README-Fandol.txt`.
- JX Kai is LXGW WenKai Light; JX Hei is Noto Sans SC; JX Title and JX Song are Noto Serif SC: SIL Open Font
  License 1.1. Texts: `licenses/OFL-*.txt`.

## Coverage

JX Song holds the Hanzi of GB 18030-2022 levels 1 and 2 (the latter are the 8105 standard characters); kai and hei hold
the 8105, title the 6763 of GB 2312. U+2E80-2FDF (radicals) is left out on purpose: those code points share glyphs with
the Hanzi and spoil copied text. Mongolian script is not included: it needs shaping and vertical setting, which the PDF
writer does not do.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="Rebuild resources/fonts from pinned sources.")
    parser.add_argument("--work", type=Path, help="keep the downloads here (default: a temporary folder)")
    chosen: Path | None = parser.parse_args().work
    with tempfile.TemporaryDirectory() as passing:
        work = chosen or Path(passing)
        work.mkdir(parents=True, exist_ok=True)
        TARGET.mkdir(parents=True, exist_ok=True)
        hanzi = hanzi_sets(work)
        files: dict[str, tuple[str, set[int]]] = {}
        for face in FACES:
            files[face.key] = build(face, hanzi, work)
            name, held = files[face.key]
            print(f"{name}: {len(held)} characters, {(TARGET / name).stat().st_size:,} bytes")
        licences(work)
        (TARGET / "README.md").write_text(readme(files), encoding="utf-8", newline="\n")
    total = sum((TARGET / name).stat().st_size for name, _ in files.values())
    lost = [sign for sign in RARE_NAMES if not any(ord(sign) in held for _, held in files.values())]
    print(f"total {total:,} bytes; rare name characters without a glyph: {lost or 'none'}")
    if total > LIMIT or lost:
        raise SystemExit("the bundle is too big or has a gap")


if __name__ == "__main__":
    main()
