"""Checked copies of an office's database: every day, at the end of work, before an import; looked at and put back.

Scans and other files are not in them: they lie beside the database under their hash and are never changed.
"""

import re
import secrets
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import msgspec

from tuopin_desktop.domain.problems import Damaged, Locked, Newer, Trouble, refuse
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.machine import files, volumes
from tuopin_desktop.machine.clock import Clock, beijing
from tuopin_desktop.machine.filekinds import Kind
from tuopin_desktop.machine.lock import FolderLock
from tuopin_desktop.services.office import (
    disclosures,
    encrypting,
    exitnotes,
    leftovers,
    offices,
    sealedcopies,
    secondplace,
    settings,
    vaults,
    waysback,
    wrongfiles,
)
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store import backup, inspection, memo
from tuopin_desktop.store.backup import Sight
from tuopin_desktop.store.database import discard
from tuopin_desktop.store.store import DATABASE

FOLDER = offices.COPIES
DAILY, BY_HAND, BEFORE_IMPORT, BEFORE_RESTORE = "每日", "手工", "收包前", "恢复前"
BEFORE_UPGRADE, SET_ASIDE = "升级前", "损坏"
BEFORE_SWAP, LATER = "换版前", "新版"
BEFORE_CIPHER = encrypting.BEFORE
"""Made before an update is swapped in; and what a later version wrote, set aside when an earlier one takes over."""
_KEPT = {BY_HAND: 10, BEFORE_IMPORT: 10, BEFORE_RESTORE: 10, SET_ASIDE: 5, BEFORE_UPGRADE: 10, BEFORE_SWAP: 5, LATER: 5}
_KEPT[BEFORE_CIPHER] = 5
_OLD_NAMES = {"导入前": BEFORE_IMPORT}
"""Kinds as earlier versions wrote them into the names of copies."""
_DAYS, _WEEKS, _MONTHS = 7, 4, 12
_UPGRADES = "升级前备份-*.db"
"""How the copies before an upgrade are called; they lie beside the database."""
_NAME = re.compile(
    r"(每日|手工|收包前|导入前|恢复前|损坏|换版前|新版|加密前)-([0-9]{8})(?:-([0-9]{6}))?(?:-第([0-9]{1,9})号)?.*[.]db"
)
"""Kind, day, time and number: the order in which copies were made, which no clock that jumps can change."""
_UNDONE = "没有恢复，现有数据没有改动"


class BackupFile(msgspec.Struct, frozen=True):
    """A copy in the office's folder: why and when it was made, its size in bytes, its number (0 in older releases)."""

    path: Path
    kind: str
    made: datetime
    size: int
    number: int = 0


class BackupInspection(msgspec.Struct, frozen=True):
    """A copy looked at: `newest` is when its last change was written, local time."""

    path: Path
    name: str
    sight: Sight
    newest: datetime


def make(desk: Desk, kind: str = BY_HAND) -> BackupFile:
    """Make a checked copy in the office's folder and let the oldest of its kind go; raises Trouble."""
    if kind == BY_HAND:
        desk.require(Act.COPY)
        disclosures.note(desk, "copy", "本机备份", need=None)
    return _made(desk, kind, f"{kind}-{_stamp(desk.folder, _now(desk))}.db")


def daily(desk: Desk) -> BackupFile | None:
    """Make the day's copy when there is none yet, and bring it to the second place; else None.

    A second place that was away when the day's copy was made, and is there again, gets one now.
    """
    return None if _todays(desk) and not secondplace.is_behind(desk) else _of_the_day(desk)


def at_exit(desk: Desk) -> BackupFile | None:
    """Renew the day's copy at the end of work, when anything was written since it was made."""
    return _of_the_day(desk) if desk.wrote or not _todays(desk) or secondplace.is_behind(desk) else None


def fold_journal(desk: Desk) -> None:
    """Empty the journal beside the database, whose pages are in the file then; raises Trouble."""
    desk.store.fold_journal()


def _todays(desk: Desk) -> Path | None:
    """Return the day's copy: the last one, if it bears today's date; one of a clock that jumped is another day's."""
    backup_files = _of_kind(_folder(desk), DAILY)
    return backup_files[-1].path if backup_files and backup_files[-1].made.date() == _now(desk).date() else None


def _of_the_day(desk: Desk) -> BackupFile:
    day, before = f"{DAILY}-{_now(desk):%Y%m%d}", _todays(desk)
    backup_file = _made(desk, DAILY, f"{day}-第{_next(desk.folder)}号.db")
    if before is not None:
        discard(before)  # renewed: the day has one copy, and it is the newest of all
    secondplace.bring(desk, backup_file.path, f"{desk.scope}-{day}.db")
    desk.wrote = False
    return backup_file


def _now(desk: Desk) -> datetime:
    """Return the true time: copies are dated by the clock on the wall, on whatever day one works."""
    return beijing(desk.clock.wall_ms())


def _made(desk: Desk, kind: str, name: str) -> BackupFile:
    folder = _folder(desk)
    files.make_folder(folder)
    desk.store.backup(folder / name)
    _prune(folder, kind)
    _prune(folder, BEFORE_UPGRADE)
    backup_file = _kept(folder / name)
    assert backup_file is not None, "named as copies are"
    return backup_file


def _folder(desk: Desk) -> Path:
    return desk.folder / FOLDER


def listed(desk: Desk) -> list[BackupFile]:
    """Return the copies in the office's folder, also those set aside or made before an upgrade, the newest first."""
    return listed_in(desk.folder)


def listed_at(place: Path) -> list[BackupFile]:
    """Return the copies in a second place; they bear the office's code before their name."""
    return [
        backup_file
        for path in (place.glob("*-每日-*.db") if files.is_folder(place) else ())
        if (backup_file := _kept(path, path.name.partition("-")[2])) is not None
    ]


def listed_in(folder: Path) -> list[BackupFile]:
    """Return the copies in the folder of an office that need not be open, the newest first."""
    backup_files = (_kept(path) for path in (*(folder / FOLDER).glob("*.db"), *folder.glob(_UPGRADES)))
    return ordered(one for one in backup_files if one is not None)[::-1]


def ordered(copies: Iterable[BackupFile]) -> list[BackupFile]:
    """Return copies in the order in which they were made; one without a number stands where its date puts it."""
    every = list(copies)
    numbered = [one for one in every if one.number]

    def place(one: BackupFile) -> tuple[int, bool, datetime]:
        before = one.number or max((other.number for other in numbered if other.made <= one.made), default=0)
        return before, not one.number, one.made

    return sorted(every, key=place)


def _of_kind(folder: Path, kind: str) -> list[BackupFile]:
    names = (kind, *(old for old, new in _OLD_NAMES.items() if new == kind))
    of_name = (path for name in names for path in folder.glob(f"{name}-*.db"))
    paths = folder.parent.glob(_UPGRADES) if kind == BEFORE_UPGRADE else of_name
    return ordered(one for path in paths if (one := _kept(path)))


def _next(folder: Path) -> int:
    """Return the number of the next copy in an office's folder."""
    return max((one.number for one in listed_in(folder)), default=0) + 1


def _kept(path: Path, name: str = "") -> BackupFile | None:
    if path.match(_UPGRADES):
        return _before_upgrade(path)
    match = _NAME.fullmatch(name or path.name)
    if match is None:
        return None
    try:
        moment = datetime.strptime(f"{match[2]}{match[3] or '000000'}", "%Y%m%d%H%M%S")  # Beijing time, as named
        stat = path.stat()
    except (ValueError, OSError):
        return None
    if not match[3]:  # renewed at the end of work
        renewed = beijing(stat.st_mtime * 1000)
        moment = max(moment, renewed) if moment.date() == renewed.date() else moment
    return BackupFile(path, _OLD_NAMES.get(match[1], match[1]), moment, stat.st_size, int(match[4] or 0))


def _before_upgrade(path: Path) -> BackupFile | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return BackupFile(path, BEFORE_UPGRADE, beijing(stat.st_mtime * 1000), stat.st_size)


def _prune(folder: Path, kind: str) -> None:
    backup_files = _of_kind(folder, kind)
    spare = _spare_days(backup_files) if kind == DAILY else backup_files[: -_KEPT[kind]]
    for one in spare:
        discard(one.path)  # what was set aside has its journals beside it


def _spare_days(backup_files: list[BackupFile]) -> list[BackupFile]:
    """Return the daily copies that may go: beyond seven days, four weeks and twelve months, the newest of each kept."""
    newest = list(reversed(backup_files))
    stay = {one.path for one in newest[:_DAYS]}
    for most, period in ((_WEEKS, lambda one: one.made.isocalendar()[:2]), (_MONTHS, lambda one: f"{one.made:%Y%m}")):
        firsts: dict[object, Path] = {}
        for one in newest:
            firsts.setdefault(period(one), one.path)
        stay |= set(list(firsts.values())[:most])
    return [one for one in backup_files if one.path not in stay]


# -- a second place


def choose_place(desk: Desk, folder: Path | None) -> BackupFile | None:
    """Choose where a second copy goes, or nowhere, and bring one there at once; raises Refused or Trouble."""
    desk.require(Act.SETTINGS)
    if folder is None:
        settings.choose(desk, settings.BACKUP_PLACE.key, "")
        return None
    if volumes.real(folder).is_relative_to(volumes.real(desk.folder)):
        raise refuse("place", "另存位置不能在数据文件夹里面，请选另一块磁盘或U盘上的文件夹", "place")
    if not files.is_folder(folder):
        raise refuse("place", f"找不到文件夹“{folder}”，请重新选择", "place")
    before = str(settings.values(desk)[settings.BACKUP_PLACE.key])
    settings.choose(desk, settings.BACKUP_PLACE.key, str(folder))
    try:
        return _of_the_day(desk)
    except Trouble:
        settings.choose(desk, settings.BACKUP_PLACE.key, before)
        raise


def save_to(desk: Desk, path: Path) -> Path:
    """Write a checked copy, encrypted as all are, wherever the clerk wants it; noted. Raises Trouble."""
    desk.require(Act.COPY)
    disclosures.note(desk, "export", f"备份另存到“{path}”（加密）", need=Act.COPY)
    part = desk.folder / f"{FOLDER}-{secrets.token_hex(4)}.db.part"
    try:
        return secondplace.take_out(desk.store.backup(part).path, path)
    finally:
        discard(part)


# -- looking and putting back


def look(path: Path, folder: Path | None = None) -> BackupInspection:
    """Say what a copy is; raises Trouble when it is not a sound copy of this program's data.

    `folder` is the office's: an encrypted copy is opened with the key in it.
    """
    if not path.is_file():
        raise wrongfiles.refusal(path, Kind.DATABASE, message=_UNDONE) or Trouble(f"找不到备份“{path}”，请重新选择。")
    with sealedcopies.opened(path, folder) as plain:
        try:
            vaults.hold(plain, folder)
            sight = backup.look(plain)
        except Trouble as trouble:
            raise wrongfiles.refusal(path, Kind.DATABASE, message=_UNDONE) or trouble from trouble
    newest = beijing(sight.newest)
    return BackupInspection(path, offices.default_name(sight.office), sight, newest)


def unlock(path: Path, folder: Path, text: str) -> None:
    """Open an encrypted copy by its recovery code or a password of its day; raises Refused, Locked."""
    signs = sum(sign.isalnum() for sign in text)
    by_code = signs == vaults.CODE_SIGNS or text.count("-") >= vaults.CODE_GROUPS - 1
    vaults.admit(path, folder, vaults.Unlock(code=text) if by_code else vaults.Unlock(password=text))


def newest_words(copy: BackupInspection) -> str:
    """Return when a copy's last change was written, as far as the computer that wrote it knew the time."""
    later = "" if copy.sight.timed else "以后（录入时电脑时钟不对，时间不可信）"
    return f"{copy.newest:%Y-%m-%d %H:%M}{later}"


def fitting(desk: Desk, path: Path) -> BackupInspection:
    """Return what a copy is, when it can be put back here; raises Refused for another office's, or as `restore`."""
    desk.require(Act.RESTORE)
    backup_inspection = look(path, desk.folder)
    _same(backup_inspection.sight, Sight(desk.scope, desk.practice, desk.store.identity.station, 0, 0))
    if not sealedcopies.is_sealed(path):  # else it is of before there were users
        waysback.refuse_shut(desk.folder, path)
    return backup_inspection


def restore(folder: Path, path: Path, clock: Clock | None = None) -> Path | None:
    """Put a copy in the place of an office's data that nobody has open; return the copy made of what was there.

    What was there is kept first, checked; where it cannot be read any more, its file is set aside whole (then None).
    Raises Refused for another office's copy, or one after which no administrator could come in, Trouble; and then the
    data are as they were.
    """
    backup_inspection = look(path, folder)
    lock = FolderLock(folder)
    try:
        leftovers.sweep(folder)
        with sealedcopies.opened(path, folder) as plain:
            waysback.refuse_shut(folder, plain)
            file = _keep_old(folder, backup_inspection.sight, clock or Clock())
            backup.put_back(plain, folder / DATABASE, vaults.adopt(folder, plain))
        memo.forget(folder / DATABASE)
        exitnotes.drop(backup_inspection.sight.station)
    finally:
        lock.release()
    for kind in (BEFORE_RESTORE, SET_ASIDE, LATER):
        _prune(folder / FOLDER, kind)
    return file


def _keep_old(folder: Path, disk_sight: Sight, clock: Clock) -> Path | None:
    """Keep what stands in the place of the copy: a copy of it, or a file that this version cannot read as it is.

    Never on a failing disk.
    """
    path = folder / DATABASE
    if not path.exists():
        if any(inspection.beside(path, ending).exists() for ending in backup.JOURNALS):
            set_aside(folder, clock)
        return None
    target = _made_folder(folder) / f"{BEFORE_RESTORE}-{_stamp(folder, beijing(clock.wall_ms()))}.db"
    try:
        vaults.hold(path, folder)
        inspection.examine(path)
        sight = backup.look(path)
    except (Damaged, Locked):
        set_aside(folder, clock)
        return None
    except Newer:
        return set_aside(folder, clock, LATER)
    _same(disk_sight, sight)
    return backup.copy_of(path, target).path


def set_aside(folder: Path, clock: Clock, kind: str = SET_ASIDE) -> Path:
    """Give the database that does not open, as it is, a second name among the copies and return it; raises Trouble."""
    target = _made_folder(folder) / f"{kind}-{_stamp(folder, beijing(clock.wall_ms()))}.db"
    backup.keep_whole(folder / DATABASE, target)
    return target


def _stamp(folder: Path, now: datetime) -> str:
    return f"{now:%Y%m%d-%H%M%S}-第{_next(folder)}号-{secrets.token_hex(2)}"


def _made_folder(folder: Path) -> Path:
    files.make_folder(folder / FOLDER)
    return folder / FOLDER


def _same(sight: Sight, file_sight: Sight) -> None:
    if (sight.office, sight.practice) != (file_sight.office, file_sight.practice):
        whose = offices.default_name(sight.office) + ("（练习）" if sight.practice else "")
        raise refuse("office", f"这是“{whose}”的备份，不能恢复到本单位，请另选一个", "path")
