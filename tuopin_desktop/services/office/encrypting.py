"""An office of an earlier release, whose files are plain, becomes an encrypted one at its first start.

First a checked copy; then the encrypted database beside the plain one, proved to hold the same row for row; then it
takes the place; last everything else that is plain is encrypted: the copies, scans and the tray. Whatever stops it, the
office is either the plain one or the encrypted one, whole, and the next start goes on.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from tuopin_desktop.domain.problems import Damaged, Newer, Trouble
from tuopin_desktop.machine import files, versions
from tuopin_desktop.machine.clock import Clock, beijing
from tuopin_desktop.services.office import safe, vaults
from tuopin_desktop.store import backup, inspection, keyring, sameness
from tuopin_desktop.store.database import discard, settle, speaking
from tuopin_desktop.store.keyring import DatabaseKey
from tuopin_desktop.store.store import DATABASE

BEFORE = "加密前"
"""How the copy made before is called, and what is said of why."""
MARK = "office.encrypting"
"""Stands beside the database from the first step to the last: what is plain still has to be looked for."""
KEPT = ("attachments", "tray")
"""Folders of files that are encrypted one by one."""
_COPIES = (f"{vaults.COPIES}/*.db", "升级前备份-*.db")
NOTICE = (
    "数据已加密：今后只有本机的这个登录用户、口令或恢复码打得开，拷走的文件别人读不了。请到“设置·备份”打印恢复码，收进保险柜。"
    "原来没有加密的文件已经删除；固态硬盘里可能还留有删除的痕迹，电脑报废、送修前请按保密要求处理硬盘。"
)


def settle_office(folder: Path, clock: Clock) -> str:
    """Encrypt what is plain of an office that nobody has open; return what the clerk is to know of it, "" for nothing.

    Nothing is done on the trial of a new version, which may give way to one that reads plain files alone, nor with data
    that do not open anyway. Where the disk says no, the office is opened as it is and the next start tries again.
    """
    path = folder / DATABASE
    is_plain = keyring.head(path) == keyring.PLAIN
    if not (is_plain or (folder / MARK).exists()) or _is_on_trial():
        return ""
    notice = ""
    try:
        if is_plain:
            notice = _encrypt(path, vaults.key_for(folder), clock)
        _encrypt_rest(folder)
        files.remove(folder / MARK)
    except (Damaged, Newer):  # said when it is opened, with the ways out
        return ""
    except Trouble as trouble:
        return f"{notice}数据还没有全部加密，下次打开时继续：{trouble.sentence}"
    return notice + NOTICE


def _is_on_trial() -> bool:
    place = versions.installation()
    return place is not None and versions.is_trial_here(place)


def _encrypt(path: Path, key: DatabaseKey, clock: Clock) -> str:
    """Put the encrypted database in the place of the plain one; return what is to be told of its journal."""
    files.write(path.with_name(MARK), b"")
    notice = inspection.examine(path)
    day = beijing(clock.wall_ms())
    copy = path.parent / vaults.COPIES / f"{BEFORE}-{day:%Y%m%d-%H%M%S}.db"
    files.make_folder(copy.parent)
    part = path.with_name(f"{DATABASE}.encrypted.part")
    discard(part)
    try:
        backup.copy_of(path, copy)
        for older in copy.parent.glob(f"{BEFORE}-*.db"):
            if older != copy and keyring.head(older) == keyring.PLAIN:
                discard(older)  # of a start that was interrupted: it holds no more than this one
        backup.copy_of(path, part, key, carrying=False)
        if name := sameness.differing(copy, part):
            raise Trouble(f"加密后的数据与原来不一致（{name}），没有换上，原来的数据没有改动。请检查磁盘后重新打开。")
        with speaking("没有加密，原来的数据没有改动"):
            backup.fold(path)  # no journal of the plain one may be taken for one of the encrypted
            settle(part, path)
    finally:
        discard(part)
    backup.drop_journals(path)
    return notice


def _encrypt_rest(folder: Path) -> None:
    """Encrypt the copies and the files of an office whose database is encrypted, one after another."""
    key = keyring.key_of(folder / DATABASE)
    if key is None:
        return  # its vault is at hand and does not open: then nothing else of it is touched
    for copy in _plain_copies(folder):
        with suppress(Damaged):  # what was set aside because it does not open stays as it is
            backup.copy_of(copy, copy, key)
            for ending in backup.JOURNALS:
                files.patiently(partial(inspection.beside(copy, ending).unlink, missing_ok=True))
    for path in _files(folder):
        if path.suffix != ".part" and not safe.is_sealed(path):
            when = path.stat()
            safe.seal(path, folder / DATABASE, files.parts_of(path))
            os.utime(path, ns=(when.st_atime_ns, when.st_mtime_ns))


def _plain_copies(folder: Path) -> list[Path]:
    copies = (copy for pattern in _COPIES for copy in sorted(folder.glob(pattern)))
    return [copy for copy in copies if keyring.head(copy) == keyring.PLAIN]


def _files(folder: Path) -> Iterator[Path]:
    for name in KEPT:
        yield from sorted(path for path in (folder / name).rglob("*") if path.is_file())
