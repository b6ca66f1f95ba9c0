"""Files that are either the old or the new, never half: write beside, flush, read back, rename."""

import errno
import os
from pathlib import Path

from tuopin_desktop.domain.problems import Trouble

_WHY = {
    errno.ENOSPC: "磁盘空间不足，请清理磁盘后重试",
    errno.EDQUOT: "磁盘配额已满，请清理磁盘后重试",
    errno.EROFS: "该位置是只读的，请换一个可以写入的文件夹",
    errno.EACCES: "没有写入权限，或文件正被其他程序（如 Excel、WPS）打开，请关闭后重试或换一个文件夹",
    errno.EPERM: "没有写入权限，请换一个文件夹",
    errno.EIO: "读写设备出错，设备可能已拔出或损坏，请重新插好后重试",
    errno.ENODEV: "设备已拔出，请重新插入后重试",
    errno.ENOENT: "找不到该文件或文件夹，请检查路径",
    errno.EEXIST: "已有一个同名的文件，请换一个名称",
    errno.ENAMETOOLONG: "文件名太长，请改短后重试",
    errno.EISDIR: "这是一个文件夹，请给出文件名",
    errno.ENOTDIR: "路径中有一段不是文件夹，请检查路径",
    errno.EMFILE: "打开的文件太多，请关闭一些程序后重试",
}


def trouble(error: OSError, path: Path, doing: str, *, doubtful: bool = False) -> Trouble:
    """Return the Trouble that tells the clerk what went wrong with a file and what to do.

    `doubtful`: the file has its name already, and nobody knows whether the disk kept it.
    """
    why = _WHY.get(error.errno or 0, f"系统提示：{error.strerror or error}")
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
    placed = False
    try:
        if private:
            part.unlink(missing_ok=True)
            part.touch(mode=0o600, exist_ok=False)
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if part.read_bytes() != content:
            raise OSError(errno.EIO, "read back differs")
        part.replace(path)
        placed = True
        _sync_folder(path.parent)
    except OSError as error:
        _discard(part)
        raise trouble(error, path, "写入", doubtful=placed) from error


def read(path: Path, limit: int = 200 * 1024 * 1024) -> bytes:
    """Return a whole file; raises Trouble, also when it is larger than `limit` bytes."""
    try:
        if path.stat().st_size > limit:
            raise Trouble(f"“{path}”太大（超过 {limit // (1024 * 1024)} MB），请检查是否选错了文件。")
        return path.read_bytes()
    except OSError as error:
        raise trouble(error, path, "读取") from error


def start(path: Path, size: int = 4096) -> bytes:
    """Return the first bytes of a file; raises Trouble."""
    try:
        with path.open("rb") as file:
            return file.read(size)
    except OSError as error:
        raise trouble(error, path, "读取") from error


def make_folder(path: Path) -> None:
    """Create a folder with its parents; raises Trouble."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise trouble(error, path, "建立文件夹") from error


def _discard(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:
        return  # the device no longer answers; a leftover .part is never read as a result


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows cannot open folders; NTFS journals the rename
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
