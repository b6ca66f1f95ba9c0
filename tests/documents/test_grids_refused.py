"""Spreadsheets that are damaged, hostile or none at all: refused in words, within bounds."""

import random
import struct
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents import old_workbook
from tests.documents.spreadsheets import ROWS, archive, cell, changed, ods, trouble, xlsx
from tuopin_desktop.documents import compound, zipped
from tuopin_desktop.documents.grids import read_book, read_bytes
from tuopin_desktop.domain.problems import Trouble


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "空的"),
        (b"\0" * 900, "空的"),
        (b" \r\n\r\n", "空的"),
        (b"\xef\xbb\xbf,,\r\n,", "空的"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "网页"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"{\\rtf1 x}", "写字板"),
        (b"\x89PNG\r\n\x1a\n\0\0", "图片"),
        (b"\xff\xd8\xff\xe0\0", "图片"),
        (b"Rar!\x1a\x07\0", "压缩包"),
        (b"SQLite format 3\0", "数据库"),
        (b"\x01\x02\0\xff\xfe", "格式或文字编码"),
        (b"a\xff\xffb", "格式或文字编码"),
        (b"PK\x03\x04 no archive", "损坏"),
        (b"PK\x05\x06" + b"\0" * 18, "压缩包"),
        (archive(word__document_xml=b"<w/>"), "Word"),
        (archive(ppt__presentation_xml=b"<p/>"), "演示文稿"),
        (archive(**{"xl__workbook.bin": b"1"}), "xlsb"),
        (archive(readme=b"x"), "压缩包"),
        (old_workbook.compound({"WordDocument": b"x"}), "Word"),
        (old_workbook.compound({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}), "密码"),
        (old_workbook.compound({"Other": b"x"}), "不是表格"),
        (old_workbook.workbook(ROWS, front=old_workbook.record(0x2F, b"\0" * 6)), "密码"),
        (compound.MAGIC + b"\0" * 50, "损坏"),
        (b'"' + b"x" * 200_000, "过长"),
    ],
)
def test_a_file_that_is_no_table_says_what_it_is(raw: bytes, words: str) -> None:
    assert words in trouble(raw)


def test_an_encrypted_archive_member() -> None:
    raw = bytearray(xlsx(ROWS))
    place = raw.index(b"PK\x01\x02", raw.index(b"xl/workbook.xml"))
    while place >= 0:
        struct.pack_into("<H", raw, place + 8, 1)
        place = raw.find(b"PK\x01\x02", place + 4)
    assert "密码" in trouble(bytes(raw))


def test_truncated_at_any_place() -> None:
    for raw in (xlsx(ROWS), old_workbook.workbook(ROWS)):
        for length in range(4, len(raw) - 1, max(1, len(raw) // 40)):
            _read_or_refused(raw[:length])


def test_zip_bombs_are_not_unpacked() -> None:
    bomb = archive(**{"xl/workbook_xml": b"<w/>", "xl/worksheets/sheet1_xml": b" " * (60 * 2**20)})
    assert "大得不正常" in trouble(bomb)
    lying = bytearray(bomb)
    place = lying.rindex(b"PK\x01\x02")
    struct.pack_into("<I", lying, place + 24, 1000)
    assert "损坏" in trouble(bytes(lying))


def test_too_many_members_are_refused() -> None:
    assert "大得不正常" in trouble(archive(**{f"f{place}": b"" for place in range(5001)}, xl__workbook_xml=b"<w/>"))


@pytest.mark.parametrize(
    "place",
    [b'r="XFD1048576"', b'r="B200001"', b'r="KO2"', b'r="A1048576" s="1"', b'r="KN199999"', b"r = 'xfd9999999'"],
)
def test_a_far_cell_does_not_make_the_reader_set_aside_the_whole_rectangle(place: bytes) -> None:
    raw = changed(xlsx(ROWS), "xl/worksheets/sheet1.xml", b'r="B2"', place)
    assert "太大" in trouble(raw)


def test_far_cells_without_content_do_no_harm() -> None:
    raw = changed(
        xlsx(ROWS),
        "xl/worksheets/sheet1.xml",
        b"</sheetData>",
        b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>',
    )
    assert read_bytes(raw, "x").grids[0].rows[:3] == ROWS


@pytest.mark.parametrize("place", [b'r="1B"', b'r=""', b'r="ABCD1"', b'r="&#66;2"x'])
def test_impossible_places_are_damage(place: bytes) -> None:
    assert "损坏" in trouble(changed(xlsx(ROWS), "xl/worksheets/sheet1.xml", b'r="B2"', place))


@pytest.mark.parametrize(
    "raw",
    [
        changed(xlsx(ROWS), "xl/sharedStrings.xml", b"uniqueCount=", b'x="" uniqueCount="4294967295" y='),
        changed(xlsx(ROWS), "xl/sharedStrings.xml", b"<sst", b'<!DOCTYPE a [<!ENTITY b "c">]><sst'),
        changed(xlsx(ROWS), "xl/workbook.xml", b"<workbook", b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><workbook'),
        changed(xlsx(ROWS), "xl/worksheets/sheet1.xml", b'r="B2"', b'r="\0"'),
        old_workbook.workbook(ROWS, dimensions=(9, 2, 0, 2)),
        old_workbook.workbook(ROWS, dimensions=(0, 2**31, 0, 2)),
        old_workbook.workbook(ROWS, dimensions=(0, 3, 0, 60000)),
        old_workbook.workbook(ROWS, strings=2**31),
    ],
)
def test_claims_larger_than_the_file_and_entities_are_damage(raw: bytes) -> None:
    assert "损坏" in trouble(raw)


def test_a_far_cell_of_an_old_workbook_is_too_large() -> None:
    far = old_workbook.record(0x0203, struct.pack("<HHHd", 65535, 65535, 0, 1.0))
    assert "太大" in trouble(old_workbook.workbook(ROWS, extra=far))
    run = old_workbook.record(0x00BD, struct.pack("<HHHIHIH", 60000, 0, 0, 2, 0, 2, 60000))
    assert "太大" in trouble(old_workbook.workbook(ROWS, extra=run))


def test_a_sheet_that_begins_elsewhere_is_damage() -> None:
    raw = bytearray(old_workbook.workbook(ROWS))
    place = raw.index(struct.pack("<H", 0x85), 1536)
    struct.pack_into("<I", raw, place + 4, 30)
    assert "损坏" in trouble(bytes(raw))


def test_endless_chains_end() -> None:
    raw = bytearray(old_workbook.workbook(ROWS))
    struct.pack_into("<I", raw, 512 + 4, 1)  # the directory follows itself
    assert "损坏" in trouble(bytes(raw))


@pytest.mark.parametrize(
    "table",
    [
        f'<table:table-row table:number-rows-repeated="900000">{cell("张三")}</table:table-row>',
        f"<table:table-row>{cell('张三', 16384)}</table:table-row>",
        f'<table:table-row table:number-rows-repeated="1000000"/><table:table-row>{cell("x")}</table:table-row>',
    ],
)
def test_repeats_of_ods_are_counted(table: str) -> None:
    assert "太大" in trouble(ods(table))


def test_text_with_too_many_rows() -> None:
    assert "太大" in trouble(b"a,b\n" * 200_001)
    assert "太大" in trouble(b"," * 301 + b"a\n")


def test_overlapping_merges_are_bounded() -> None:
    joins = b'<mergeCells count="99">' + b'<mergeCell ref="A1:A60000"/>' * 99 + b"</mergeCells><pageMargins"
    raw = changed(xlsx([["甲"]] * 60000), "xl/worksheets/sheet1.xml", b"<pageMargins", joins)
    assert "太大" in trouble(raw)


def test_limits_are_those_promised() -> None:
    assert (zipped.MOST_BYTES, zipped.MOST_ROWS, zipped.MOST_COLUMNS) == (200 * 2**20, 200_000, 300)


def test_the_disk_says_no(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def told(path: Path) -> str:
        with pytest.raises(Trouble) as caught:
            read_book(path)
        return caught.value.sentence

    assert "找不到" in told(tmp_path / "无.xlsx")
    assert "文件夹" in told(tmp_path)
    path = tmp_path / "甲.xlsx"
    path.write_bytes(xlsx(ROWS))

    def locked(_: Path) -> bytes:
        raise PermissionError(13, "used by another process")

    def pulled(_: Path) -> bytes:
        raise OSError(5, "input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", locked)
        assert "请先关闭" in told(path)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", pulled)
        assert "U盘" in told(path)
    with path.open("wb") as file:
        file.truncate(101 * 2**20)
    assert "超过" in told(path)


@given(st.binary(max_size=2000))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    _read_or_refused(raw)


@given(st.integers(0, 2**32), st.booleans())
def test_any_damage_is_read_or_refused(seed: int, old: bool) -> None:
    chance = random.Random(seed)
    raw = bytearray(_SOUND[old])
    for _ in range(chance.randint(1, 5)):
        place = chance.randrange(len(raw) - 4)
        if chance.random() < 0.5:
            raw[place] = chance.randrange(256)
        else:
            struct.pack_into("<I", raw, place, chance.choice([0, 1, 2**31 - 1, 2**32 - 1, 65535]))
    _read_or_refused(bytes(raw))


_SOUND = {
    False: xlsx([*ROWS, [1970.1, True, "x" * 300]]),
    True: old_workbook.workbook([*ROWS * 30, [datetime.min.year]], merged=((1, 2, 0, 0),)),
}


def _read_or_refused(raw: bytes) -> None:
    try:
        book = read_bytes(raw, "x")
    except Trouble:
        return
    assert all(grid.rows for grid in book.grids)
