"""Atomic files: whatever step fails, the old file is whole, nothing half lies about, and the clerk is told why."""

import errno
import os
import re
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pytest

from tests.disks import mounted, remount
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.machine import files

OLD, NEW = b"old", b"the new content, somewhat longer"
CHINESE = re.compile(r"[\u4e00-\u9fff]{4,}")


class HalfWritten:
    """A file on a device that takes half of what it is given and then fails."""

    def __init__(self, file: IO[bytes], error: OSError) -> None:
        self._file, self._error = file, error

    def __enter__(self) -> "HalfWritten":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, content: bytes) -> int:
        self._file.write(content[: len(content) // 2])
        self._file.flush()
        raise self._error


def _fails(error: OSError) -> Callable[..., Any]:
    def failing(*_: object, **__: object) -> Any:
        raise error

    return failing


def break_step(patch: pytest.MonkeyPatch, step: str, error: OSError) -> None:
    """Make one step of writing fail."""
    if step == "open":
        patch.setattr(Path, "open", _fails(error))
    elif step == "write":
        real = Path.open
        patch.setattr(Path, "open", lambda path, _mode: HalfWritten(real(path, "wb"), error))
    elif step == "fsync":
        patch.setattr(os, "fsync", _fails(error))
    elif step == "read back":
        patch.setattr(Path, "read_bytes", _fails(error))
    else:
        patch.setattr(Path, "replace", _fails(error))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.EIO, "读写设备出错"),
        (errno.EEXIST, "同名的文件"),
        (errno.EACCES, "没有写入权限"),
    ],
)
@pytest.mark.parametrize("step", ["open", "write", "fsync", "read back", "replace"])
def test_a_failing_step_leaves_the_old_file_and_says_why(tmp_path: Path, step: str, number: int, words: str) -> None:
    path = tmp_path / "名册.xlsx"
    path.write_bytes(OLD)
    with pytest.MonkeyPatch.context() as patch:
        break_step(patch, step, OSError(number, os.strerror(number)))
        with pytest.raises(Trouble) as caught:
            files.write(path, NEW)
    assert words in caught.value.sentence
    assert "名册.xlsx" in caught.value.sentence
    assert [(item.name, item.read_bytes()) for item in tmp_path.iterdir()] == [("名册.xlsx", OLD)]


def test_what_does_not_read_back_as_written_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(OLD)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "read_bytes", lambda _: NEW[:-1])
        with pytest.raises(Trouble, match="读写设备出错"):
            files.write(path, NEW)
    assert [(item.name, item.read_bytes()) for item in tmp_path.iterdir()] == [("a.pdf", OLD)]


def test_a_file_is_written_whole_and_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    for content in (OLD, NEW, b""):
        files.write(path, content)
        assert [(item.name, item.read_bytes()) for item in tmp_path.iterdir()] == [("a.pdf", content)]


def test_the_bytes_reach_the_disk_before_the_name_and_the_name_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def synced(handle: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        fsync(handle)

    def renamed(part: Path, target: Path) -> Path:
        steps.append("rename")
        return replace(part, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", renamed)
    files.write(tmp_path / "a.pdf", NEW)
    assert steps == ["file", "rename", "folder" if files._FOLDERS_OPEN else "file"]


def test_where_folders_cannot_be_flushed_the_file_is_under_its_final_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, whose sticks keep no journal: "可以拔出" is said after this."""
    flushed: list[list[str]] = []
    fsync = os.fsync

    def synced(handle: int) -> None:
        assert stat.S_ISREG(os.fstat(handle).st_mode)
        flushed.append([path.name for path in tmp_path.iterdir()])
        fsync(handle)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(files, "_FOLDERS_OPEN", False)
    files.write(tmp_path / "a.zip", NEW)
    assert flushed == [["a.zip.part"], ["a.zip"]]


@pytest.mark.parametrize("other", [NEW[:3], NEW[::-1]], ids=["short", "of equal length"])
def test_a_file_that_reads_back_otherwise_under_its_final_name_is_not_called_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: bytes
) -> None:
    monkeypatch.setattr(files, "flush_name", lambda path: path.write_bytes(other))
    with pytest.raises(Trouble, match=r"可能没有成功.*核对"):
        files.write(tmp_path / "a.zip", NEW)


def _by_windows(number: int, code: int = errno.EACCES) -> OSError:
    error = OSError(code, "拒绝访问。")
    error.winerror = number  # type: ignore[attr-defined]  # the attribute of Windows
    return error


@pytest.mark.parametrize("number", [5, 32, 33])
def test_a_scanner_that_holds_a_fresh_file_for_a_moment_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    real, refusals = Path.replace, [_by_windows(number) for _ in range(3)]
    pauses: list[float] = []

    def held(part: Path, target: Path) -> Path:
        if refusals:
            raise refusals.pop()
        return real(part, target)

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr(time, "sleep", pauses.append)
    files.write(tmp_path / "a.xlsx", NEW)
    assert (tmp_path / "a.xlsx").read_bytes() == NEW
    assert len(pauses) == 3


def test_a_file_that_stays_open_is_given_up_within_a_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(Path, "replace", _fails(_by_windows(32)))
    monkeypatch.setattr(time, "sleep", pauses.append)
    with pytest.raises(Trouble, match="正被其他程序"):
        files.write(tmp_path / "a.xlsx", NEW)
    assert 0 < sum(pauses) <= 1
    assert list(tmp_path.iterdir()) == []


def test_what_waiting_does_not_help_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: pytest.fail("a full disk does not empty itself"))
    monkeypatch.setattr(Path, "replace", _fails(_by_windows(112, errno.ENOSPC)))
    with pytest.raises(Trouble, match="磁盘空间不足"):
        files.write(tmp_path / "a.xlsx", NEW)


def test_a_left_over_part_of_an_earlier_crash_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "a.pdf.part").write_bytes(b"half")
    files.write(tmp_path / "a.pdf", NEW)
    assert [(item.name, item.read_bytes()) for item in tmp_path.iterdir()] == [("a.pdf", NEW)]


def test_a_folder_that_cannot_be_synced_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def unreadable(path: Path, flags: int) -> int:
        if path == tmp_path:
            raise PermissionError(errno.EACCES, "no")
        return real(path, flags)

    monkeypatch.setattr(os, "open", unreadable)
    files.write(tmp_path / "a.pdf", NEW)
    assert (tmp_path / "a.pdf").read_bytes() == NEW


@pytest.mark.skipif(not files._FOLDERS_OPEN, reason="Windows opens no folders")
@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP])
def test_a_stick_that_cannot_sync_folders_is_no_failure(tmp_path: Path, number: int) -> None:
    fsync, seen = os.fsync, []

    def only_files(handle: int) -> None:
        seen.append(handle)
        if len(seen) > 1:
            raise OSError(number, "no")
        fsync(handle)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", only_files)
        files.write(tmp_path / "a.pdf", NEW)
    assert (tmp_path / "a.pdf").read_bytes() == NEW
    assert len(seen) == 2


_BY_BYTES = pytest.mark.skipif(sys.platform == "win32", reason="counts letters; told by number in test_diskcauses.py")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        pytest.param("a" * 250 + ".pdf", "文件名太长", marks=_BY_BYTES),
        pytest.param("长" * 250, "文件名太长", marks=_BY_BYTES),
        ("nowhere/a.pdf", "找不到该文件或文件夹"),
        ("folder", "没有写入权限|这是一个文件夹"),
        ("file/a.pdf", "不是文件夹" if sys.platform != "win32" else "找不到该文件或文件夹"),
    ],
)
def test_a_name_that_cannot_be_is_explained(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(Trouble, match=words):
        files.write(tmp_path / name, NEW)
    assert sorted(item.name for item in tmp_path.rglob("*")) == ["file", "folder"]


@pytest.mark.parametrize("path", [Path("/"), Path()])
def test_a_path_without_a_file_name_is_explained(path: Path) -> None:
    with pytest.raises(Trouble, match="请给出文件名"):
        files.write(path, NEW)


def test_a_name_of_250_characters_is_written(tmp_path: Path) -> None:
    path = tmp_path / ("a" * 246 + ".pdf")
    files.write(path, NEW)
    assert path.read_bytes() == NEW


def test_a_full_disk_leaves_the_old_file_and_no_part(tmp_path: Path) -> None:
    with mounted(tmp_path / "stick", "size=64k") as stick:
        path = stick / "a.pdf"
        files.write(path, OLD)
        with pytest.raises(Trouble, match="磁盘空间不足"):
            files.write(path, NEW * 10_000)
        assert [(item.name, item.read_bytes()) for item in stick.iterdir()] == [("a.pdf", OLD)]
        files.write(path, NEW)
        assert path.read_bytes() == NEW


def test_a_read_only_disk_is_explained_and_left_alone(tmp_path: Path) -> None:
    with mounted(tmp_path / "stick", "size=64k") as stick:
        files.write(stick / "a.pdf", OLD)
        remount(stick, "ro")
        with pytest.raises(Trouble, match="只读"):
            files.write(stick / "a.pdf", NEW)
        with pytest.raises(Trouble, match="只读"):
            files.make_folder(stick / "b")
        assert files.read(stick / "a.pdf") == OLD


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="an administrator may write anywhere")
def test_a_folder_one_may_not_write_is_explained(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    with pytest.raises(Trouble, match="没有写入权限"):
        files.write(tmp_path / "a.pdf", NEW)
    assert list(tmp_path.iterdir()) == []


def test_reading_gives_the_whole_file_or_says_why_not(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(bytes(1000))
    assert files.read(path, limit=1000) == bytes(1000)
    with pytest.raises(Trouble, match="太大"):
        files.read(path, limit=999)
    with pytest.raises(Trouble, match="找不到"):
        files.read(tmp_path / "b.bin")
    with pytest.raises(Trouble, match=r"没有写入权限|这是一个文件夹"):
        files.read(tmp_path)


def test_folders_are_made_with_their_parents_and_a_file_in_the_way_is_explained(tmp_path: Path) -> None:
    files.make_folder(tmp_path / "a" / "b")
    files.make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()
    (tmp_path / "file").touch()
    for path in (tmp_path / "file", tmp_path / "file" / "x"):
        with pytest.raises(Trouble, match="建立文件夹"):
            files.make_folder(path)


def test_an_error_without_words_of_ours_still_says_what_was_done_and_what_the_system_said() -> None:
    said = files.trouble(OSError(errno.ENXIO, "No such device or address"), Path("甲.pdf"), "写入").sentence
    assert said == "写入“甲.pdf”没有成功：系统提示：No such device or address。"
    assert all(CHINESE.search(files.trouble(OSError(n, ""), Path("a"), "读取").sentence) for n in errno.errorcode)
