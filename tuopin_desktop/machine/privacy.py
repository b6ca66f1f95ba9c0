"""What an office keeps is for its own user of the PC alone: modes on Linux; Windows keeps a user's folder by itself."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

MASK = 0o077
"""What the group and everybody else may do with what this program writes, wherever it writes it: nothing."""


def keep_private() -> None:
    """Let all that this process writes be its user's alone, from its first byte on; said once, at the start.

    That goes for sheets and papers put elsewhere too: whoever hands one on within the PC does so knowingly, and a
    stick has no modes.
    """
    if os.name == "posix":
        os.umask(MASK)


def heal(folder: Path) -> None:
    """Take an office's folder and all that is in it from everybody but its owner: older releases left it open.

    Only what is this user's own is touched, no link is followed, a disk without modes is left as it is. Where somebody
    keeps an office in a folder that is more than that (his home, /tmp), only its files there are.
    """
    if os.name != "posix":
        return
    shared = _shared(folder)
    for path in folder.glob("office.*") if shared else (folder, *_below(folder)):
        _close(path)


def _shared(folder: Path) -> bool:
    try:
        return folder.resolve() == Path.home().resolve() or bool(folder.stat().st_mode & stat.S_ISVTX)
    except (OSError, RuntimeError):  # no home, or no folder: nothing is known to be ours alone
        return True


def _below(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        yield from (Path(parent, name) for name in (*folders, *files))


def _close(path: Path) -> None:
    with suppress(OSError):  # gone meanwhile, on a disk without modes, or another user's
        stat_result = path.lstat()
        if stat_result.st_mode & MASK and not stat.S_ISLNK(stat_result.st_mode) and stat_result.st_uid == os.geteuid():
            path.chmod(stat.S_IMODE(stat_result.st_mode) & ~MASK)
