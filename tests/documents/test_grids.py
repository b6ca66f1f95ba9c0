"""Spreadsheets we are handed: read by content, merged cells filled down, and every bad file refused in words."""

import io
import random
import struct
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tests.documents import old_workbook
from tuopin_desktop.documents import compound, zipped
from tuopin_desktop.documents.delimited import write_delimited
from tuopin_desktop.documents.grids import number_formats, read_book, read_bytes
from tuopin_desktop.domain.problems import Trouble

ROWS: list[list[object]] = [["姓名", "手机"], ["张三", 13947820000.0], ["李四", "=1+1"]]


def xlsx(rows: list[list[object]], **options: object) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "in_memory": True})
    sheet = book.add_worksheet("名册")
    for place, row in enumerate(rows):
        sheet.write_row(place, 0, row)
    book.close()
    return out.getvalue()


def changed(raw: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Return the archive with one part edited."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            body = before.read(name)
            if name == part:
                assert old in body
                body = body.replace(old, new)
            after.writestr(name, body)
    return out.getvalue()


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), body)
    return out.getvalue()


def ods(table: str) -> bytes:
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="名册">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr("content.xml", content)
        made.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return out.getvalue()


def cell(words: str, repeat: int = 1) -> str:
    return (
        f'<table:table-cell table:number-columns-repeated="{repeat}" office:value-type="string">'
        f"<text:p>{words}</text:p></table:table-cell>"
    )


def trouble(raw: bytes) -> str:
    with pytest.raises(Trouble) as caught:
        read_bytes(raw, "x")
    return caught.value.sentence


# ---------------------------------------------------------------- what is read


def test_xlsx() -> None:
    book = read_bytes(xlsx(ROWS), "x")
    assert [grid.name for grid in book.grids] == ["名册"]
    assert book.grids[0].rows == ROWS
    assert book.grids[0].notes == ()


def test_xls_and_et_by_content_whatever_the_name(tmp_path: Path) -> None:
    raw = old_workbook.workbook(ROWS)
    for name in ("花名册.xls", "花名册.et", "花名册.xlsx"):
        path = tmp_path / name
        path.write_bytes(raw)
        assert read_book(path).grids[0].rows == ROWS


def test_a_small_stream_is_found_in_the_mini_stream() -> None:
    assert read_bytes(old_workbook.workbook([["姓名"]]), "x").grids[0].rows == [["姓名"]]


def test_ods() -> None:
    raw = ods(
        f"<table:table-row>{cell('姓名')}{cell('民族')}</table:table-row>"
        f"<table:table-row>{cell('张三', 2)}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048574"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert read_bytes(raw, "x").grids[0].rows == [["姓名", "民族"], ["张三", "张三"]]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_delimited_text(codec: str, mark: str, tmp_path: Path) -> None:
    path = tmp_path / "花名册.csv"
    path.write_bytes(f'姓名{mark}单位\r\n张三{mark}"林业{mark}厅"\r\n𬭼{mark}'.encode(codec))
    grid = read_book(path).grids[0]
    assert grid.name == "花名册"
    assert grid.rows == [["姓名", "单位"], ["张三", f"林业{mark}厅"], ["𬭼", ""]]


def test_formula_like_text_is_guarded_in_delimited_text_and_freed_again() -> None:
    rows = [["姓名", "=1+1"], ["+1", "-x"], ["@a", "'b"], ['"引"', "两\n行"]]
    raw = write_delimited(rows)
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b'"\'=1+1"' in raw
    assert read_bytes(raw, "x").grids[0].rows == rows


def test_a_word_used_in_very_many_cells_is_no_false_claim() -> None:
    assert len(read_bytes(xlsx([["甲"] * 50] * 300), "x").grids[0].rows) == 300


def test_rows_count_from_the_first_row_of_the_sheet() -> None:
    assert read_bytes(xlsx([[], [], ["姓名"]]), "x").grids[0].rows == [[""], [""], ["姓名"]]


def test_merged_cells_are_filled_down_never_across() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.merge_range(0, 0, 0, 2, "标题")
    sheet.merge_range(1, 0, 3, 0, "甲厅")
    sheet.merge_range(1, 1, 2, 2, "乙")
    sheet.write(3, 2, "丙")
    book.close()
    grid = read_bytes(out.getvalue(), "x").grids[0]
    assert grid.rows == [["标题", "", ""], ["甲厅", "乙", ""], ["甲厅", "乙", ""], ["甲厅", "", "丙"]]
    assert set(grid.merged) == {(0, 0, 0, 2), (1, 0, 3, 0), (1, 1, 2, 2)}
    old = old_workbook.workbook([["甲", "1"], ["", "2"]], merged=((0, 1, 0, 0),))
    assert read_bytes(old, "x").grids[0].rows == [["甲", "1"], ["甲", "2"]]


def test_hidden_sheets_are_left_out_and_named() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, hide in (("甲", False), ("旧表", True), ("代码", True), ("空", False)):
        sheet = book.add_worksheet(name)
        if name != "空":
            sheet.write(0, 0, name)
        if hide:
            sheet.hide()
    book.close()
    read = read_bytes(out.getvalue(), "x")
    assert [grid.name for grid in read.grids] == ["甲"]
    assert read.hidden == ("旧表",)


def test_only_hidden_content_says_so() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet("空")
    hidden = book.add_worksheet("旧表")
    hidden.write(0, 0, "x")
    hidden.hide()
    book.close()
    assert "旧表" in trouble(out.getvalue())


def test_formulas_give_their_cached_values_and_missing_results_are_reported() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("名册&<表>")
    sheet.write(0, 0, "年龄")
    sheet.write_formula(1, 0, "=1+1", None, 2)
    sheet.write_formula(2, 0, "=1/0", None, "#DIV/0!")
    sheet.set_row(3, None, None, {"hidden": True})
    sheet.write(3, 0, "藏")
    book.close()
    raw = out.getvalue()
    grid = read_bytes(raw, "x").grids[0]
    assert [row[0] for row in grid.rows] == ["年龄", 2.0, "", "藏"]
    assert [note.split("有", 1)[1][:2] for note in grid.notes] == ["1个", "1行"]
    written = openpyxl.Workbook()
    written.active.append(["年龄"])
    written.active.append(["=YEAR(NOW())"])
    saved = io.BytesIO()
    written.save(saved)
    notes = read_bytes(saved.getvalue(), "x").grids[0].notes
    assert "1个公式没有计算结果" in notes[0]


def test_number_formats_are_looked_up_on_demand(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet("名册")
    sheet.write(1, 0, 1970.1, book.add_format({"num_format": "0.00"}))
    sheet.write(2, 1, 1970.1)
    book.close()
    cells = [(2, 0), (3, 1), (99, 9)]
    assert number_formats(tmp_path / "a.xlsx", "名册", cells) == {(2, 0): "0.00", (3, 1): "General"}
    assert number_formats(tmp_path / "a.xlsx", "别的", cells) == {}
    assert number_formats(tmp_path / "a.xlsx", "名册", []) == {}
    (tmp_path / "b.xls").write_bytes(old_workbook.workbook(ROWS))
    assert number_formats(tmp_path / "b.xls", "名册", cells) == {}


def test_a_number_no_date_can_have_in_a_date_column_is_a_number() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write(0, 0, "日期")
    sheet.write(1, 0, 1.522211970051512e17, day)
    sheet.write(2, 0, 43251, day)
    book.close()
    assert [row[0] for row in read_bytes(out.getvalue(), "x").grids[0].rows] == [
        "日期",
        1.522211970051512e17,
        date(2018, 5, 31),
    ]


# ---------------------------------------------------------------- what is refused


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


# ---------------------------------------------------------------- the disk


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


# ---------------------------------------------------------------- anything at all


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
