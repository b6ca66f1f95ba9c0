"""What forgetting leaves beside the database: files of scans, which go too, and copies made before, which are named."""

from collections.abc import Iterable
from pathlib import Path

from tuopin_desktop.domain.records import Attachment
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.machine import files
from tuopin_desktop.services.office import attachments, backups
from tuopin_desktop.services.office.backups import BackupFile
from tuopin_desktop.services.office.desk import Desk


def files_of(desk: Desk, keys: Iterable[str]) -> list[Path]:
    """Return the files of scans that no other record shows, also where they wait in the tray."""
    going = {key.partition(":")[2] for key in keys if key.startswith("attachment:")}
    records = desk.store.rows(Attachment, deleted=None)
    staying = {attachments.sha_of(one) for one in records if one.id not in going}
    shas = {attachments.sha_of(one) for one in records if one.id in going} - staying - {""}
    folders = (desk.folder / attachments.FOLDER, desk.folder / attachments.TRAY)
    return [path for folder in folders for sha in sorted(shas) for path in sorted(folder.rglob(f"{sha}.*"))]


def remove(paths: Iterable[Path]) -> int:
    """Remove files; return how many. Raises Trouble for one that cannot be removed."""
    count = 0
    for path in paths:
        files.remove(path)
        count += 1
    return count


def copies(desk: Desk) -> list[BackupFile]:
    """Return the copies of the database on this PC: those made before an act still hold what it forgot."""
    return backups.listed(desk)


def remove_copies(desk: Desk) -> int:
    """Make a new copy, then remove all made before it; return how many went. Raises Trouble."""
    desk.require(Act.PURGE)
    before = copies(desk)
    backups.make(desk)
    return remove(one.path for one in before if one.path.exists())
