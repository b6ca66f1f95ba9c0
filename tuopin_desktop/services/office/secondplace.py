"""The second place of the copies, on another disk or a stick: whether it is there, and what it lacks is brought."""

from datetime import date
from pathlib import Path

from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.machine import files
from tuopin_desktop.machine.clock import beijing
from tuopin_desktop.services.office import disclosures, settings, vaults
from tuopin_desktop.services.office.desk import Desk

_PATIENCE = 7
"""Days without the second place after which it is said (`reliability`: a copy on the same disk dies with the disk)."""


def second_place(desk: Desk) -> Path | None:
    """Return the chosen folder on another disk where it can be seen now, else None."""
    choice = str(settings.values(desk)[settings.BACKUP_PLACE.key])
    place = Path(choice)
    return place if choice and files.is_folder(place) else None


def unseen(desk: Desk) -> int:
    """Return for how many days the chosen second place has not been there; 0 where none is chosen or it is fresh.

    Where the office does not want to wait for a stick it is missed from the first day on.
    """
    table = settings.values(desk)
    if not table[settings.BACKUP_PLACE.key] or not table[settings.BACKUP_SEEN.key]:
        return 0
    days = (_day(desk) - date.fromisoformat(str(table[settings.BACKUP_SEEN.key]))).days
    return days if days >= (_PATIENCE if table[settings.BACKUP_PATIENT.key] else 1) else 0


def is_behind(desk: Desk) -> bool:
    """Tell whether the place is there again and has not got the copy of the day."""
    last = settings.values(desk)[settings.BACKUP_SEEN.key]
    return last != _day(desk).isoformat() and second_place(desk) is not None


def bring(desk: Desk, copy: Path, name: str) -> None:
    """Bring the copy of the day to the place, if that is there; noted. Raises Trouble."""
    if (place := second_place(desk)) is None:
        return
    disclosures.note(desk, "export", f"备份存到另存位置“{place}”（加密）", need=None)
    take_out(copy, place / name)
    settings.choose(desk, settings.BACKUP_SEEN.key, _day(desk).isoformat())


def take_out(copy: Path, target: Path) -> Path:
    """Bring a finished copy elsewhere; one that is not encrypted stays here. Raises Trouble."""
    if not vaults.is_encrypted(copy):
        raise Trouble("数据还没有加密，备份不能带到别处。请关闭程序后重新打开：打开时会自动加密，再备份一次。")
    files.copy(copy, target)
    return target


def _day(desk: Desk) -> date:
    """Return the true day: copies are dated by the clock on the wall, on whatever day one works."""
    return beijing(desk.clock.wall_ms()).date()
