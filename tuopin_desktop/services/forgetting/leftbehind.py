"""What forgetting leaves beside the database: files of scans, which go too, and copies made before, which are named."""

from collections.abc import Collection, Iterable
from pathlib import Path

import msgspec

from tuopin_desktop.domain.problems import Refused, Trouble, refuse
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.machine import files
from tuopin_desktop.machine.clock import beijing
from tuopin_desktop.services.office import attachments, backups
from tuopin_desktop.services.office.backups import BackupFile
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store import forgetting

_ORDINARY = frozenset((backups.DAILY, backups.BY_HAND, backups.BEFORE_IMPORT, backups.BEFORE_RESTORE))
"""Copies that go when asked. What was set aside or made before another version may be all there is of something."""


class Removal(msgspec.Struct, frozen=True):
    """How many files went, and in words which stayed and why."""

    count: int
    left: tuple[str, ...] = ()


def scans(desk: Desk) -> list[Path]:
    """Return the files here that only forgotten records show, also where they wait in the tray.

    They follow from the acts, so that a removal that stopped half-way is taken up again.
    """
    shas = attachments.forgotten(desk)
    folders = (desk.folder / attachments.FOLDER, desk.folder / attachments.TRAY) if shas else ()
    return [path for folder in folders for sha in sorted(shas) for path in sorted(folder.rglob(f"{sha}.*"))]


def remove(paths: Iterable[Path]) -> Removal:
    """Remove files; one that cannot be removed, as a viewer shows it, stays and is told."""
    count = 0
    left: list[str] = []
    for path in paths:
        try:
            files.remove(path)
            count += 1
        except Trouble as trouble:
            left.append(trouble.sentence)
    return Removal(count, tuple(left))


def copies(desk: Desk) -> list[BackupFile]:
    """Return the copies of the database on this PC made before the newest act: they still hold what it forgot."""
    with desk.store.ledger.reading() as cursor:
        newest = max((act.at for act in forgetting.acts(cursor)), default=0)
    return [one for one in backups.listed(desk) if newest and one.made <= beijing(newest >> 16)]


def remove_copies(desk: Desk, named: Collection[str] = ()) -> Removal:
    """Make a new copy, then remove the office's own made before the newest act; raises Refused, Trouble.

    Copies of other kinds go only where they are `named`; a file that is no sound copy of this office stays.
    """
    for act in (Act.PURGE, Act.RESTORE):
        desk.require(act)
    before = copies(desk)
    if not before:
        raise refuse("nothing", "没有清除以前作的备份，不用删除")
    backups.make(desk)
    going: list[Path] = []
    left: list[str] = []
    for one in before:
        if one.kind not in _ORDINARY and one.path.name not in named:
            left.append(f"“{one.path.name}”是{one.kind}的备份，没有删除，要删除请写明文件名")
        elif one.path.exists() and _is_ours(desk, one.path, left):
            going.append(one.path)
    removal = remove(going)
    return Removal(removal.count, (*left, *removal.left))


def _is_ours(desk: Desk, path: Path, left: list[str]) -> bool:
    try:
        backups.fitting(desk, path)
    except (Refused, Trouble) as error:
        left.append(f"“{path.name}”没有删除：{error.sentence}")
        return False
    return True
