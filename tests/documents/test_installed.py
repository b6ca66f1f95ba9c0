"""Official faces installed on the computer are found by family name and used first, when that is asked for."""

import sys
from io import BytesIO
from pathlib import Path

import pytest
from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTCollection, TTFont

from tests.documents.conftest import FONTS
from tuopin_desktop.documents import installed
from tuopin_desktop.documents.fonts import FontBook


def small_font(text: str, *families: str) -> TTFont:
    """A font of a few characters under other family names (English first, then Chinese)."""
    font = TTFont(BytesIO((FONTS / "fang.ttf").read_bytes()), recalcTimestamp=False)
    worker = subset.Subsetter(subset.Options(name_IDs=["*"]))
    worker.populate(text=text)
    worker.subset(font)
    for language, family in zip((0x409, 0x804), families, strict=False):
        font["name"].setName(family, 1, 3, 1, language)
    font["name"].setName(families[0].replace(" ", ""), 6, 3, 1, 0x409)
    return font


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "Fonts"
    folder.mkdir()
    return folder


def book(place: Path, tmp_path: Path) -> FontBook:
    return FontBook(FONTS, tmp_path / "cache", system_first=True, places=[place, tmp_path / "nowhere"])


def test_an_installed_face_is_used_first_and_the_bundle_fills_its_gaps(place: Path, tmp_path: Path) -> None:
    small_font("王海", "FangSong_GB2312", "仿宋_GB2312").save(place / "whatever.TTF")
    found = book(place, tmp_path)
    assert [found.glyph("fang", char).font for char in "王海杰𬱟"] == ["system-fang", "system-fang", "fang", "kai"]
    assert found.files()["system-fang"] == place / "whatever.TTF"
    assert found.used() == ("FangSong_GB2312", "JXFang", "JXKai")


def test_bundled_fonts_unless_asked(place: Path, tmp_path: Path) -> None:
    small_font("王海", "FangSong").save(place / "simfang.ttf")
    found = FontBook(FONTS, tmp_path / "cache", places=[place])
    assert found.glyph("fang", "王").font == "fang"
    assert set(found.files()) == {"fang", "kai", "hei", "title", "song"}


def test_the_better_family_wins_wherever_it_lies(place: Path) -> None:
    small_font("王", "FangSong").save(place / "a.ttf")
    (place / "below").mkdir()
    small_font("王", "FangSong_GB2312").save(place / "below" / "z.ttf")
    assert installed.find([place]) == {"fang": (place / "below" / "z.ttf", 0)}


def test_a_face_inside_a_collection(place: Path, tmp_path: Path) -> None:
    collection = TTCollection()
    collection.fonts = [small_font("王", "Something Else"), small_font("海", "SimSun", "宋体")]
    collection.save(place / "simsun.ttc")
    assert installed.find([place]) == {"song": (place / "simsun.ttc", 1)}
    found = book(place, tmp_path)
    assert [found.glyph("song", char).font for char in "海王"] == ["system-song", "song"]


def test_rare_characters_of_the_system_come_last(place: Path, tmp_path: Path) -> None:
    font = small_font("王", "SimSun-ExtB")
    for table in font["cmap"].tables:
        table.cmap = {0x20BB7 if table.format == 12 else 0x738B: name for name in table.cmap.values()}
    font.save(place / "simsunb.ttf")
    found = book(place, tmp_path)
    assert found.chain("fang")[-1] == "system-rare"
    assert found.glyph("fang", "王").font == "fang"


def test_damaged_and_foreign_files_are_passed_over(place: Path) -> None:
    (place / "empty.ttf").write_bytes(b"")
    (place / "cut.ttc").write_bytes(b"ttcf\x00\x01\x00\x00\x00\x00\x00\x09")
    (place / "notes.txt").write_text("仿宋", "utf-8")
    assert installed.find([place]) == {}


def test_outlines_the_pdf_cannot_take_are_passed_over(place: Path) -> None:
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef"])
    builder.setupCharacterMap({})
    pen = T2CharStringPen(500, None)
    builder.setupCFF("FangSong", {}, {".notdef": pen.getCharString()}, {})
    builder.setupHorizontalMetrics({".notdef": (500, 0)})
    builder.setupHorizontalHeader()
    builder.setupNameTable({"familyName": "FangSong"})
    builder.setupPost()
    builder.save(place / "fangsong.otf")
    assert installed.find([place]) == {}


def test_a_face_that_turns_out_unreadable_gives_way_to_the_bundle(place: Path, tmp_path: Path) -> None:
    font = small_font("王", "FangSong")
    del font["cmap"]
    font.save(place / "simfang.ttf")
    found = book(place, tmp_path)
    assert found.glyph("fang", "王").font == "fang"
    assert "system-fang" not in found.files()


@pytest.mark.parametrize("local", [None, "C:/Users/clerk/AppData/Local"])
def test_font_folders_of_windows(local: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("WINDIR", "D:/Windows")
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    if local:
        monkeypatch.setenv("LOCALAPPDATA", local)
    wanted = [Path("D:/Windows/Fonts")]
    assert list(installed.folders()) == wanted + ([Path(local) / "Microsoft/Windows/Fonts"] if local else [])


def test_font_folders_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert Path("/usr/share/fonts") in installed.folders()
