"""Which program this is: a digest that another release, or another state of a checkout, does not have."""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from tuopin_desktop.machine.paths import PACKAGE, RESOURCES

_CODE = ("domain", "services", "store")
_TABLES = ("policies", "measure")


@cache
def judging() -> str:
    """Return the digest of everything that ships and judges: code, rule packs, tables.

    By the names, sizes and times of the files: a release that is put in brings them anew, an editor too, and to read
    them all would cost more than a page.
    """
    folders = [*(PACKAGE / name for name in _CODE), *(RESOURCES / name for name in _TABLES)]
    paths = [
        path for folder in folders for path in folder.rglob("*") if path.suffix in (".py", ".pyc", ".toml", ".txt")
    ]
    return of_files([*paths, *RESOURCES.glob("*.csv")])


def of_files(paths: Iterable[Path]) -> str:
    """Return a digest of files by their names, sizes and times; what Python compiles by itself is left out."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        if path.parent.name != "__pycache__":
            stat = path.stat()
            digest.update(f"{path.name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
