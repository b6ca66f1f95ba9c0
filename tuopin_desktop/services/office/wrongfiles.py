"""The sentence for a file of the wrong kind: what it is, and what to do next."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tuopin_desktop.domain.problems import Refused, Trouble, refuse
from tuopin_desktop.machine import filekinds, files
from tuopin_desktop.machine.filekinds import Kind, Sight

_WHOLE = 600 * 1024 * 1024
"""Bytes up to which an archive is looked into."""
_LISTED = 500
NEVER = frozenset(
    (
        Kind.PACKAGE,
        Kind.SCANS,
        Kind.RULES,
        Kind.UPDATE,
        Kind.REPACKED,
        Kind.FOREIGN_BAG,
        Kind.CARD,
        Kind.KEY,
        Kind.DATABASE,
        Kind.SHORTCUT,
        Kind.PARTIAL,
        Kind.FORM,
    )
)
"""What is neither a scan nor a sheet, whatever it is called; of other files the readers of those say what they are."""


def look(path: Path) -> Sight:
    """Return what stands at a path; `OTHER` where it is not there, cannot be read, or nobody can tell."""
    try:
        if path.is_dir():
            return _folder(path)
        if path.stat().st_size > _WHOLE:
            return filekinds.sight(files.start(path), path.name)
        return filekinds.sight(files.read(path, _WHOLE), path.name)
    except (OSError, Trouble):
        return Sight(Kind.OTHER)  # the door says in its own words that it could not be read


def refusal(path: Path, kind: Kind, *right: Kind, code: str = "file", message: str = "没有收下") -> Refused | None:
    """Return the refusal of a file that is not what a door takes; None where it may be, or nobody can tell.

    `right` are further kinds the door takes, `message` says what was not done.
    """
    sight = look(path)
    if sight.kind in (kind, *right, Kind.OTHER):
        return None
    return refuse(code, f"{filekinds.sentence(path.name, sight, kind.value)}。{message}")


def named(raw: bytes, name: str, target: str) -> str:
    """Return what to say of bytes that are one of `NEVER`, where a scan or a sheet is wanted; "" for all others."""
    sight = filekinds.sight(raw, name)
    return f"{filekinds.sentence(name, sight, target)}。" if sight.kind in NEVER else ""


@contextmanager
def instead_of_sheet(path: Path) -> Iterator[None]:
    """Where a sheet could not be read, or no heading stood in it, say what the file is when that is known."""
    try:
        yield
    except (Refused, Trouble) as error:
        sight = look(path)
        if sight.kind in NEVER or (sight.kind is Kind.ARCHIVE and sight.inside):
            raise refuse("file", f"{filekinds.sentence(path.name, sight, Kind.SHEET.value)}。没有导入") from error
        raise


def _folder(path: Path) -> Sight:
    inside = sorted(one for one in path.iterdir() if one.is_file())[:_LISTED]
    names = [one.name for one in inside]
    if "bagit.txt" in names:
        return Sight(Kind.REPACKED)
    return Sight(Kind.FOLDER, filekinds.worth_taking(names, lambda name: files.start(path / name)))
