"""Unfinished files of a killed program: deleted at the next start, so that nobody takes one for a result."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from tuopin_desktop.store.inspection import SCENE
from tuopin_desktop.store.store import DATABASE

_ENDINGS = (".part", ".part-journal", ".part-wal", ".part-shm")
_BEGINNINGS = (f"{DATABASE}.new", f"{DATABASE}.restore", SCENE)


def sweep(folder: Path) -> None:
    """Remove unfinished copies and folders of an inspection; only whoever holds the lock of the folder may."""
    with suppress(OSError):  # what cannot be removed now is never read, and is tried again
        for entry in list(os.scandir(folder)):
            if entry.name.startswith(_BEGINNINGS) or entry.name.endswith(_ENDINGS):
                _remove(entry)
            elif entry.is_dir(follow_symlinks=False):
                for inner in list(os.scandir(entry.path)):
                    if inner.name.endswith(_ENDINGS):
                        _remove(inner)


def _remove(entry: "os.DirEntry[str]") -> None:
    if entry.is_dir(follow_symlinks=False):
        shutil.rmtree(entry.path, ignore_errors=True)
        return
    with suppress(OSError):
        Path(entry.path).unlink()
