"""One program per folder: the second is refused in words, and the lock dies with its holder."""

import errno
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.machine import lock
from tuopin_desktop.machine.lock import FolderLock

ROOT = Path(__file__).parents[2]
HOLDER = """
import sys
from pathlib import Path
from tuopin_desktop.machine.lock import FolderLock
from tuopin_desktop.domain.problems import Trouble
try:
    held = FolderLock(Path(sys.argv[1]))
except Trouble as trouble:
    sys.stdout.buffer.write(trouble.sentence.encode() + b"\\n")
else:
    sys.stdout.buffer.write(b"held\\n")
    sys.stdout.flush()
    sys.stdin.read()
"""


@contextmanager
def second_program(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Start another program on the folder; yield it and what it said on trying to take the lock."""
    command = [sys.executable, "-c", HOLDER, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        try:
            yield program, program.stdout.readline().decode().strip()
        finally:
            program.kill()


def test_a_second_program_is_refused_in_words_that_help(tmp_path: Path) -> None:
    held = FolderLock(tmp_path)
    with second_program(tmp_path) as (_, said):
        assert "正在被另一个窗口使用" in said
        assert str(tmp_path) in said
    held.release()
    with second_program(tmp_path) as (_, said):
        assert said == "held"
        with pytest.raises(Trouble, match="切换到已打开的窗口"):
            FolderLock(tmp_path)


def test_the_lock_vanishes_with_a_killed_holder(tmp_path: Path) -> None:
    with second_program(tmp_path) as (program, said):
        assert said == "held"
        program.kill()
        program.wait()
        FolderLock(tmp_path).release()


def test_one_program_cannot_take_a_folder_twice_but_may_take_two_folders(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    first, other = FolderLock(tmp_path), FolderLock(tmp_path / "b")
    with pytest.raises(Trouble, match="正在被另一个窗口使用"):
        FolderLock(tmp_path)
    first.release()
    first.release()
    FolderLock(tmp_path).release()
    other.release()


def test_a_folder_that_is_not_there_is_explained(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=r"打开数据文件夹.*找不到"):
        FolderLock(tmp_path / "nowhere")


def test_a_disk_that_cannot_lock_is_not_mistaken_for_a_second_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(file: IO[bytes]) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(lock, "_grab", no_locks)
    with pytest.raises(Trouble) as caught:
        FolderLock(tmp_path)
    assert "另一个窗口" not in caught.value.sentence
    assert "No locks available" in caught.value.sentence
