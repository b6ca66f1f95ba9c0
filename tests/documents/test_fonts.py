"""Every name has a glyph in some bundled font, a character without one is known, a broken file is trouble in words."""

import hashlib
import lzma
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from tests.documents.conftest import FONTS
from tests.documents.test_pdf import RARE
from tuopin_desktop.documents.fonts import CHAINS, GETA, FontBook
from tuopin_desktop.documents.packed import unpacked
from tuopin_desktop.domain.problems import Trouble

BLANKS = {0x20, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000}


@pytest.fixture(scope="session")
def opened(book: FontBook) -> Iterator[dict[str, TTFont]]:
    """The bundled faces as another library reads them."""
    fonts = {key: TTFont(path, lazy=True) for key, path in book.files().items()}
    yield fonts
    for font in fonts.values():
        font.close()


@pytest.mark.parametrize("role", CHAINS)
def test_every_rare_name_is_drawn_in_every_role(role: str, book: FontBook) -> None:
    assert book.missing(RARE, role) == ""


def test_the_first_font_that_has_a_character_draws_it(book: FontBook) -> None:
    assert [book.glyph("fang", char).font for char in "王𬱟龑"] == ["fang", "kai", "song"]
    assert [book.glyph("title", char).font for char in "总堃"] == ["title", "song"]


def test_what_no_font_has_is_reported_once_and_printed_as_geta(book: FontBook) -> None:
    assert book.missing("𰻝a𰻝王\n\ue000\u200b", "fang") == "𰻝\ue000"
    glyph = book.glyph("fang", "𰻝")
    assert (glyph.char, glyph.present) == (GETA, False)
    assert book.face(glyph.font).draws(GETA)


def test_no_mapped_character_is_an_empty_glyph(opened: dict[str, TTFont]) -> None:
    for key, font in opened.items():
        places = font["loca"]
        mapped = font.getBestCmap()
        ids = font.getReverseGlyphMap()
        empty = [code for code, name in mapped.items() if places[ids[name]] == places[ids[name] + 1]]
        assert set(empty) <= BLANKS, key


def test_coverage(opened: dict[str, TTFont]) -> None:
    level_1 = {*range(0x4E00, 0x9FF0), *range(0x3400, 0x4DB6)}
    assert level_1 <= set(opened["song"].getBestCmap())
    for key, font in opened.items():
        held = set(font.getBestCmap())
        assert len([code for code in held if 0x4E00 <= code <= 0x9FFF]) >= 6763, key
        assert [code for code in held if 0x2E80 <= code <= 0x2FDF] == [], key


@pytest.mark.parametrize("role", CHAINS)
def test_signs_and_the_letters_of_mongolian_names_are_drawn_in_every_role(role: str, book: FontBook) -> None:
    assert book.missing("0123456789ABCxyz，。；：（）“”‘’、·—…〓《》①℃％√△○×Öö БатбаярҮүӨө", role) == ""


def test_families_have_neutral_names(opened: dict[str, TTFont]) -> None:
    for key, font in opened.items():
        names = [font["name"].getDebugName(number) or "" for number in (1, 2, 3, 4, 6, 16, 17)]
        assert names[0] == f"JX {key.capitalize()}"
        assert not re.search("noto|source|lxgw|wenkai|霞鹜|fandol", " ".join(names), re.IGNORECASE)


def test_fonts_carry_nothing_a_pdf_does_not_need(opened: dict[str, TTFont]) -> None:
    for font in opened.values():
        assert {"GSUB", "GPOS", "vhea", "fpgm", "prep", "CFF "} & set(font.keys()) == set()


def test_the_bundle_is_small_and_its_papers_are_complete() -> None:
    files = [path for path in FONTS.iterdir() if path.suffix in (".ttf", ".xz")]
    assert sum(path.stat().st_size for path in files) <= 25_000_000
    words = (FONTS / "README.md").read_text("utf-8")
    for path in files:
        assert f"`{path.name}`" in words
        assert hashlib.sha256(path.read_bytes()).hexdigest() in words
    licences = {path.name for path in (FONTS / "licenses").iterdir()}
    assert licences == {
        "GPL-3-font-exception-Fandol.txt", "README-Fandol.txt",
        "OFL-LXGW-WenKai.txt", "OFL-Noto-Sans-SC.txt", "OFL-Noto-Serif-SC.txt",
    }  # fmt: skip
    assert "As a special exception" in (FONTS / "licenses" / "GPL-3-font-exception-Fandol.txt").read_text("utf-8")


def test_widths_are_those_of_the_font(book: FontBook, opened: dict[str, TTFont]) -> None:
    for char in "王A1，·":
        glyph = book.glyph("fang", char)
        font = opened[glyph.font]
        advance = font["hmtx"][font.getBestCmap()[ord(char)]][0] / font["head"].unitsPerEm
        assert glyph.width == pytest.approx(advance, abs=0.001)


def test_ordinary_text_does_not_unpack_anything(tmp_path: Path) -> None:
    book = FontBook(FONTS, tmp_path / "cache")
    assert book.missing("王海杰𬱟，2018年") == ""
    assert not (tmp_path / "cache").exists()


def test_the_packed_font_is_unpacked_once(tmp_path: Path) -> None:
    first = unpacked(FONTS / "song.ttf.xz", tmp_path / "new" / "cache")
    before = first.stat()
    assert unpacked(FONTS / "song.ttf.xz", tmp_path / "new" / "cache") == first
    assert (first.stat().st_ino, first.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert list(first.parent.iterdir()) == [first]


def test_another_packed_font_gets_another_file(tmp_path: Path) -> None:
    packed = tmp_path / "song.ttf.xz"
    found = set()
    for content in (b"one", b"two"):
        packed.write_bytes(lzma.compress(content))
        path = unpacked(packed, tmp_path / "cache")
        assert path.read_bytes() == content
        found.add(path)
    assert len(found) == 2


def test_a_failed_unpacking_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Trouble, match="磁盘空间"):
        unpacked(FONTS / "song.ttf.xz", tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_damaged_package_is_trouble(tmp_path: Path) -> None:
    (tmp_path / "song.ttf.xz").write_bytes(b"not a package")
    with pytest.raises(Trouble, match="已损坏"):
        unpacked(tmp_path / "song.ttf.xz", tmp_path / "cache")


@pytest.mark.parametrize("content", [b"", b"not a font", b"\x00\x01\x00\x00" + b"\xff" * 64])
def test_a_damaged_font_is_trouble(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "fang.ttf").write_bytes(content)
    with pytest.raises(Trouble, match=r"fang\.ttf"):
        FontBook(tmp_path, tmp_path / "cache").glyph("fang", "王")


def test_a_missing_font_is_trouble(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=r"fang\.ttf"):
        FontBook(tmp_path, tmp_path / "cache").glyph("fang", "王")


def test_a_bundle_without_even_a_geta_is_trouble(tmp_path: Path) -> None:
    folder = tmp_path / "fonts"
    folder.mkdir()
    for name in ("fang", "kai"):
        shutil.copy(FONTS / f"{name}.ttf", folder)
    with pytest.raises(Trouble, match=r"song\.ttf\.xz"):
        FontBook(folder, tmp_path / "cache").glyph("fang", "𰻝")
