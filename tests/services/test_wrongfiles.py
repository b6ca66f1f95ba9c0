"""A file of another kind, given at any door that takes one, is named as what it is, with what to do."""

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from tests.services.exchangers import COUNTY, REGION, copy_of, found, join, region, send
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.records import Meeting
from tuopin_desktop.services.exchange import packages, scanpackages
from tuopin_desktop.services.leave import scans
from tuopin_desktop.services.office import backups, stations
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import recordfiles, registers
from tuopin_desktop.services.sheets import intake


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Desk]:
    desk = region(tmp_path / "15")
    yield desk
    desk.close()


@pytest.fixture
def county(root: Desk, tmp_path: Path) -> Iterator[Desk]:
    desk = found(tmp_path / "county", COUNTY)
    join(root, desk, tmp_path / "stick")
    yield desk
    desk.close()


def zipped(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return path


def words_of(door: Callable[[], object]) -> str:
    """Return what a door says to the file; fails when it took it in."""
    try:
        said = door()
    except (Refused, Trouble) as error:
        return error.sentence
    if isinstance(said, scans.ScanReport):
        return "".join(item.reason for item in said.unread) + "".join(item.reason for item in said.tray)
    raise AssertionError(f"taken in: {said}")


def plain(said: str) -> str:
    """Return the words, proved to hold nothing of the container's own."""
    for word in ("bagit", "manifest", "minisig", "station.pub", "Traceback", "payload", "None"):
        assert word not in said, said
    return said


def at_package(desk: Desk, path: Path) -> list[str]:
    doors = (packages.rehearse, packages.take, packages.show, scanpackages.take)
    return [plain(words_of(partial(door, desk, path))) for door in doors]


GIVEN = {
    "空.zip": (b"", "空文件", "重新拷贝"),
    "零.zip": (bytes(5000), "空文件", "重新拷贝"),
    "上报.zip.crdownload": (b"PK\3\4abc", "没有下载完的文件", "下载或复制完成"),
    "上报包.lnk": (b"L\0\0\0\x01\x14\x02\0" + bytes(90), "快捷方式", "原来的文件"),
    "上报.url": (b"[InternetShortcut]\r\nURL=x", "快捷方式", "原来的文件"),
    "上报.rar": (b"Rar!\x1a\x07\1\0" + bytes(90), "压缩包", "先解压"),
    "上报.7z": (b"7z\xbc\xaf\x27\x1c" + bytes(90), "压缩包", "先解压"),
    "上报.tar.gz": (b"\x1f\x8b\x08\0" + bytes(range(90)), "压缩包", "先解压"),
    "名册.xls": (b"\xd0\xcf\x11\xe0" + bytes(90), "表格", "导入表格"),
    "通知.pdf": (b"%PDF-1.4\n", "PDF", "扫描件"),
    "签到.jpg": (b"\xff\xd8\xff\xe0" + bytes(90), "图片", "扫描件"),
    "别的.db": (b"SQLite format 3\0" + bytes(90), "别的程序的数据库文件", "选错了文件"),
    "setup.exe": (b"MZ\x90\0" + bytes(90), "程序文件", "不要打开"),
    "网页.zip": (b"<!DOCTYPE html><html>404", "网页文件", "重新下载"),
    "说明.txt": ("这是说明".encode("gb18030"), "文本文件", "选错了文件"),
    "通知.docx": (b"", "文档", "选错了文件"),
    "名册.xlsx": (b"", "表格", "导入表格"),
}


@pytest.fixture
def given(tmp_path: Path) -> Path:
    folder = tmp_path / "U盘"
    folder.mkdir()
    for name, (content, _, _) in GIVEN.items():
        (folder / name).write_bytes(content)
    zipped(folder / "通知.docx", word__document=b"<x/>")
    zipped(folder / "名册.xlsx", xl__workbook=b"<x/>")
    return folder


@pytest.mark.parametrize("name", GIVEN)
def test_where_a_package_is_wanted_another_file_is_named(root: Desk, given: Path, name: str) -> None:
    _, noun, advice = GIVEN[name]
    for said in at_package(root, given / name):
        assert f"“{name}”是" in said
        assert noun in said
        assert advice in said


@pytest.mark.parametrize("name", GIVEN)
def test_where_a_card_is_wanted_another_file_is_named(given: Path, name: str) -> None:
    _, noun, advice = GIVEN[name]
    said = plain(words_of(lambda: stations.read_card(given / name)))
    assert noun in said
    assert advice in said
    assert "没有登记" in said


def test_a_package_inside_a_zip_is_named_with_its_name(root: Desk, county: Desk, tmp_path: Path) -> None:
    package = send(county, REGION, tmp_path / "up")
    for outer, member in ((tmp_path / "上报.zip", package.name), (tmp_path / "深.zip", f"上报/7月/{package.name}")):
        with zipfile.ZipFile(outer, "w") as archive:
            archive.writestr("说明.txt", "请查收")
            archive.write(package, member)
        for said in at_package(root, outer):
            assert "压缩包" in said
            assert f"里面有数据包“{package.name}”" in said
            assert "先解压" in said


def test_several_packages_in_a_zip_are_counted(root: Desk, county: Desk, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "上报.zip", "w") as archive:
        for _ in range(2):
            package = send(county, REGION, tmp_path / "up")
            archive.write(package, package.name)
    assert all("等2个文件" in said for said in at_package(root, tmp_path / "上报.zip"))


def test_a_package_that_was_unpacked_or_packed_anew_is_told_so(root: Desk, county: Desk, tmp_path: Path) -> None:
    package = send(county, REGION, tmp_path / "up")
    folder = tmp_path / "解开"
    with zipfile.ZipFile(package) as archive:
        archive.extractall(folder)
        anew = tmp_path / "再压.zip"
        with zipfile.ZipFile(anew, "w", zipfile.ZIP_DEFLATED) as packed:
            for name in archive.namelist():
                packed.writestr(f"上报/{name}", archive.read(name))
    for path in (folder, anew):
        for said in at_package(root, path):
            assert "解压以后又压缩过" in said
            assert "对方制作的原文件" in said


def test_another_programs_bag_is_no_package_of_ours(root: Desk, tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "档案.zip", **{"档案__bagit.txt": b"BagIt-Version: 1.0", "档案__bag-info.txt": b"Source: x"}
    )
    assert all("别的程序做的资料包" in said for said in at_package(root, path))


def test_a_folder_is_named_and_what_lies_in_it(root: Desk, county: Desk, tmp_path: Path) -> None:
    package = send(county, REGION, tmp_path / "up")
    (tmp_path / "空的").mkdir()
    assert all(f"里面有数据包“{package.name}”" in said for said in at_package(root, tmp_path / "up"))
    assert all("是文件夹" in said for said in at_package(root, tmp_path / "空的"))
    assert "文件夹" in words_of(lambda: stations.read_card(tmp_path / "up"))


def test_a_half_copied_package_is_to_be_copied_again(root: Desk, county: Desk, tmp_path: Path) -> None:
    package = send(county, REGION, tmp_path / "up")
    whole = package.read_bytes()
    for part in (40, 200, len(whole) // 2, len(whole) - 5):
        package.write_bytes(whole[:part])
        for said in at_package(root, package):
            assert "请重新拷贝" in said


def test_cards_packages_keys_and_copies_are_never_taken_for_one_another(
    root: Desk, county: Desk, tmp_path: Path
) -> None:
    card = stations.write_card(county, tmp_path / "card")
    package = send(county, REGION, tmp_path / "up")
    copy = copy_of(county, tmp_path / "手工.db")
    key = county.folder / stations.FILE
    assert all("授权登记卡" in said and "station enrol" in said for said in at_package(root, card))
    assert all("密钥" in said and "不要带出" in said for said in at_package(root, key))
    assert all("本程序的数据文件" in said and "制作数据包" in said for said in at_package(root, copy))
    assert all("本程序的数据文件" in said for said in at_package(root, county.folder / "office.db"))
    for path, noun in ((package, "数据包"), (copy, "本程序的数据文件"), (key, "密钥")):
        assert noun in plain(words_of(partial(stations.read_card, path)))


def test_where_a_sheet_or_a_scan_is_wanted_our_own_files_are_named(root: Desk, county: Desk, tmp_path: Path) -> None:
    card = stations.write_card(county, tmp_path / "card")
    package = send(county, REGION, tmp_path / "up")
    copy = copy_of(county, tmp_path / "手工.db")
    nested = tmp_path / "名册.zip"
    with zipfile.ZipFile(nested, "w") as archive:
        archive.writestr("名册.xlsx", b"PK")
    shortcut = tmp_path / "名册.lnk"
    shortcut.write_bytes(b"L\0\0\0\x01\x14\x02\0" + bytes(90))
    wanted = ((card, "授权登记卡"), (package, "数据包"), (copy, "本程序的数据文件"), (shortcut, "快捷方式"))
    for path, noun in wanted:
        doors = (
            partial(intake.preview, county, "roster", path),
            partial(scans.take_in, county, [path]),
            partial(recordfiles.read, [path]),
        )
        for door in doors:
            said = plain(words_of(door))
            assert noun in said, said
    assert "里面有表格“名册.xlsx”" in words_of(lambda: intake.preview(county, "roster", nested))


def test_scans_and_data_at_each_others_door(root: Desk, county: Desk, tmp_path: Path) -> None:
    package = send(county, REGION, tmp_path / "up")
    assert "请按数据包收下" in words_of(lambda: scanpackages.take(root, package))


def test_a_picture_is_still_taken_in_as_a_scan(county: Desk, tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("L", (60, 40), 200).save(out, "PNG")
    (tmp_path / "签到.png").write_bytes(out.getvalue())
    assert scans.take_in(county, [tmp_path / "签到.png"]).unread == ()
    assert len(recordfiles.read([tmp_path / "签到.png"])) == 1


def test_where_a_copy_is_wanted_other_files_are_named(root: Desk, county: Desk, given: Path, tmp_path: Path) -> None:
    for name, (_, noun, advice) in GIVEN.items():
        said = plain(words_of(partial(backups.look, given / name)))
        assert noun in said
        assert advice in said
        assert "现有数据没有改动" in said
    package = send(county, REGION, tmp_path / "up")
    assert "数据包" in plain(words_of(lambda: backups.restore(county.folder, package)))
    assert "文件夹" in words_of(lambda: backups.look(tmp_path / "up"))


def test_rehearsing_scans_keeps_nothing(root: Desk, county: Desk, tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("L", (60, 40), 200).save(out, "PNG")
    (tmp_path / "纪要.png").write_bytes(out.getvalue())
    wanted = Meeting(id=registers.new_id(county), type="analysis", county=COUNTY, held=date(2018, 6, 4))
    meeting = registers.save(county, wanted)
    recordfiles.attach(county, "meeting", meeting.id, recordfiles.read([tmp_path / "纪要.png"]))
    packages.take(root, send(county, REGION, tmp_path / "up"))
    made = scanpackages.make(county, REGION, tmp_path / "up")[0]
    assert scanpackages.take(root, made.path, keep=False).new == 1
    assert len(scanpackages.lacking(root)) == 1
    assert scanpackages.take(root, made.path).new == 1
    assert scanpackages.lacking(root) == []


def test_a_file_where_a_fingerprint_is_wanted_is_told_so(county: Desk) -> None:
    assert "不是文件" in words_of(lambda: stations.pin(county, "/media/U/tuopin-card-15-abcdef.json"))
