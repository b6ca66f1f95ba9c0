"""Files that are either the old or the new, never half: write beside, flush, read back, rename, read back again."""

import errno
import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.machine import diskcauses

_PAUSES = (0.03, 0.06, 0.12, 0.24, 0.4)
"""Seconds between tries, less than one in all: a virus scanner or an indexer holds a fresh file for moments."""

_STEP = 1 << 18
"""Bytes of a large file that are in memory at a time."""

_Answer = TypeVar("_Answer")

_FOLDERS_OPEN = os.name != "nt"
"""Whether a folder can be opened and flushed, which keeps the names in it."""


def trouble(error: OSError, path: Path, doing: str, *, doubtful: bool = False) -> Trouble:
    """Return the Trouble that tells the clerk what went wrong with a file and what to do.

    `doubtful`: the file has its name already, and nobody knows whether the disk kept it.
    """
    pair = diskcauses.cause(error)
    why = "，".join(pair) if pair else f"系统提示：{error.strerror or error}"
    if doubtful:
        return Trouble(f"{doing}“{path}”可能没有成功：{why}，再打开这个文件核对。")
    return Trouble(f"{doing}“{path}”没有成功：{why}。")


def write(path: Path, content: bytes, *, private: bool = False) -> None:
    """Write a whole file so that a crash, a full disk or a pulled stick leaves the old file or the new one.

    A `private` file is for its owner's eyes alone from its first byte on (mode 0600). Raises Trouble;
    the half-written `.part` file is removed where the device still answers.
    """
    if not path.name:
        raise trouble(OSError(errno.EISDIR, "no file name"), path, "写入")
    part = path.with_name(path.name + ".part")
    is_placed = False
    try:
        if private:
            patiently(lambda: part.unlink(missing_ok=True))
            part.touch(mode=0o600, exist_ok=False)
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if part.read_bytes() != content:
            raise OSError(errno.EIO, "read back differs")
        replace(part, path)
        is_placed = True
        flush_name(path)
        if path.read_bytes() != content:
            raise OSError(errno.EIO, "the file under its final name differs")
    except OSError as error:
        _discard(part)
        raise trouble(error, path, "写入", doubtful=is_placed) from error


def write_parts(path: Path, parts: Iterable[bytes]) -> None:
    """Write a file that comes in parts, never whole in memory, as `write` does; a private one.

    What was written is read back by its digest. Raises Trouble, and whatever the parts raise; then the old file stays.
    """
    part = path.with_name(path.name + ".part")
    digest = hashlib.sha256()
    try:
        patiently(lambda: part.unlink(missing_ok=True))
        part.touch(mode=0o600, exist_ok=False)
        with part.open("wb") as file:
            for some in parts:
                digest.update(some)
                file.write(some)
            file.flush()
            os.fsync(file.fileno())
        if digest_of(part) != digest.digest():
            raise OSError(errno.EIO, "read back differs")
        replace(part, path)
        flush_name(path)
    except OSError as error:
        raise trouble(error, path, "写入") from error
    finally:
        _discard(part)


def copy(path: Path, target: Path) -> None:
    """Copy a file to another place, as `write_parts` does; raises Trouble."""
    make_folder(target.parent)
    write_parts(target, parts_of(path))


def parts_of(path: Path) -> Iterator[bytes]:
    """Yield a file in parts; raises Trouble."""
    try:
        with path.open("rb") as file:
            while some := file.read(_STEP):
                yield some
    except OSError as error:
        raise trouble(error, path, "读取") from error


def digest_of(path: Path) -> bytes:
    """Return the SHA-256 of a file; raises Trouble."""
    digest = hashlib.sha256()
    for some in parts_of(path):
        digest.update(some)
    return digest.digest()


def read(path: Path, limit: int = 200 * 1024 * 1024) -> bytes:
    """Return a whole file; raises Trouble, also when it is larger than `limit` bytes."""
    try:
        if path.stat().st_size > limit:
            raise Trouble(f"“{path}”太大（超过 {limit // (1024 * 1024)} MB），请检查是否选错了文件。")
        return patiently(path.read_bytes)
    except OSError as error:
        raise trouble(error, path, "读取") from error


def start(path: Path, size: int = 4096) -> bytes:
    """Return the first bytes of a file; raises Trouble."""
    try:
        with path.open("rb") as file:
            return file.read(size)
    except OSError as error:
        raise trouble(error, path, "读取") from error


def remove(path: Path) -> None:
    """Take a file away; raises Trouble."""
    try:
        patiently(lambda: path.unlink(missing_ok=True))
    except OSError as error:
        raise trouble(error, path, "删除") from error


def is_folder(path: Path) -> bool:
    """Tell whether a folder can be seen; one on a drive that is locked, broken or without its server cannot."""
    try:
        return path.is_dir()
    except OSError:  # Windows has more ways to say no than `is_dir` takes for one
        return False


def make_folder(path: Path) -> None:
    """Create a folder with its parents; raises Trouble."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise trouble(error, path, "建立文件夹") from error


def patiently(action: Callable[[], _Answer]) -> _Answer:
    """Do something with a file, a few times within a second while another program has it; raises OSError."""
    for pause in _PAUSES:
        try:
            return action()
        except OSError as error:
            if diskcauses.winerror(error) not in diskcauses.BUSY:
                raise
        time.sleep(pause)
    return action()


def replace(part: Path, target: Path) -> None:
    """Give a finished file its final name, in the place of what has it; raises OSError."""
    patiently(lambda: part.replace(target))


def flush_name(path: Path) -> None:
    """Make the disk keep the name a file has just got; raises OSError.

    Windows opens no folders. It is asked to flush the file under its final name: FAT and exFAT, the formats of
    sticks, have no journal that would keep the rename.
    """
    if _FOLDERS_OPEN:
        _sync_folder(path.parent)
        return
    with patiently(lambda: path.open("r+b")) as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Make the disk keep the names in a folder, on systems that can be asked to; raises OSError."""
    if _FOLDERS_OPEN:
        _sync_folder(folder)


def _discard(part: Path) -> None:
    try:
        patiently(lambda: part.unlink(missing_ok=True))
    except OSError:
        return  # the device no longer answers; a leftover .part is never read as a result


def _sync_folder(folder: Path) -> None:
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:
        return  # a folder one may write to but not look into; the file itself is written and flushed
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)
