"""One program per data folder: an operating-system lock that vanishes with the process."""

import errno
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from tuopin_desktop.domain.problems import Occupied
from tuopin_desktop.machine.files import trouble

if sys.platform == "win32":
    import msvcrt

    def _grab(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _grab(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


_TAKEN = {errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK}


_WINDOWS = sys.platform == "win32"


class FolderLock:
    """Holds a data folder for this process until `release`."""

    def __init__(self, folder: Path, name: str = "office.lock", busy: str = "") -> None:
        """Take the lock; raises Trouble when another program holds it or the folder cannot be written.

        `busy` is what is said of a folder that another program has; of a data folder it is known.
        """
        self._path = path = folder / name
        try:
            self._file: IO[bytes] = path.open("ab")
        except OSError as error:
            raise trouble(error, folder, "打开文件夹" if busy else "打开数据文件夹") from error
        try:
            _grab(self._file)
        except OSError as error:
            self._file.close()
            if error.errno not in _TAKEN:
                raise trouble(error, folder, "锁定文件夹" if busy else "锁定数据文件夹") from error
            office = f"数据文件夹“{folder}”正在被另一个窗口使用。请切换到已打开的窗口，或先将其关闭后重试"
            raise Occupied(busy or f"{office}；看不到窗口的，请重新启动电脑。") from error

    def release(self, *, remove: bool = False) -> None:
        """Give the folder back; `remove` leaves no trace in it, where the device still answers."""
        if remove and not _WINDOWS:  # while we hold it: who comes next makes a new file and never ours
            self._unlink()
        self._file.close()
        if remove and _WINDOWS:  # an open file cannot be removed there, nor can one that the next already has
            self._unlink()

    def _unlink(self) -> None:
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
