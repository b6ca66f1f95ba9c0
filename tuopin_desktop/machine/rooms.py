"""The disks of this PC on which a second copy can lie, and whether each is the one the data lie on.

Two letters of Windows are often parts of one disk: it breaks as a whole, so the disk is asked and not the letter.
"""

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from tuopin_desktop.machine import volumes
from tuopin_desktop.machine.drives import Drive, from_volume, sticks_of

_MOUNTS = Path("/proc/mounts")
_BLOCKS = Path("/sys/dev/block")
_ESCAPED = re.compile(r"\\([0-7]{3})")
_SYSTEM = ("/boot", "/snap", "/etc", "/run/lock", "/var/lib")
_LEAST = 1 << 28
"""Bytes that a disk must have free to be offered: a county's copies of a year."""


class Room(msgspec.Struct, frozen=True):
    """A disk: its root, its name there, its kind, free bytes, and whether the data lie on the same one."""

    root: Path
    name: str
    drive: Drive
    free: int
    same: bool


def free_at(folder: Path) -> int:
    """Return the free bytes where a folder lies or would lie; 0 where nobody can say."""
    try:
        return shutil.disk_usage(standing(folder)).free
    except OSError:
        return 0


def standing(folder: Path) -> Path:
    """Return the folder itself, or the nearest one above it that is there."""
    return next((one for one in (folder, *folder.parents) if one.is_dir()), Path(folder.anchor))


def rooms(folder: Path) -> list[Room]:
    """Return where a copy of the data in a folder can lie: sticks first, then other disks, last the same disk."""
    own = disk_of(standing(folder))
    others = [room for room in _others(own) if not room.same and room.free >= _LEAST]
    others.sort(key=lambda room: room.drive is not Drive.REMOVABLE)
    home = standing(folder.parent)  # a copy inside the data would go with them
    return [*others, Room(home, _own_name(home), Drive.FIXED, free_at(home), same=True)]


def disk_of(folder: Path) -> str:
    """Return a mark of the disk an existing folder lies on; two parts of one disk have the same."""
    if sys.platform == "win32":
        root = Path(volumes.real(folder).anchor)
        number = volumes.disk_number(root)
        return f"disk{number}" if number >= 0 else root.drive.upper()
    device = folder.stat().st_dev
    block = _BLOCKS / f"{device >> 8 & 0xFFF}:{device & 0xFF}"
    if not block.exists():
        return f"dev{device}"
    real = block.resolve()
    return (real.parent if (real / "partition").exists() else real).name


def _others(own: str) -> Iterator[Room]:
    for root, name, drive in _windows() if sys.platform == "win32" else _mounted():
        try:
            yield Room(root, name, drive, shutil.disk_usage(root).free, same=disk_of(root) == own)
        except OSError:
            continue  # pulled out this moment


def _windows() -> Iterator[tuple[Path, str, Drive]]:
    for volume in volumes.volumes():
        drive = from_volume(volume)
        if volume.ready and drive in (Drive.FIXED, Drive.REMOVABLE):
            yield volume.root, f"{volume.root.drive[:1]}盘　{volumes.title(volume.root)}".strip("　"), drive


def _mounted() -> Iterator[tuple[Path, str, Drive]]:
    table = _MOUNTS.read_text(encoding="utf-8", errors="replace") if _MOUNTS.exists() else ""
    sticks = sticks_of(table)
    for line in table.splitlines():
        device, point, *_ = line.split()
        root = Path(_ESCAPED.sub(lambda code: chr(int(code[1], 8)), point))
        if device.startswith("/dev/") and root.is_dir() and not point.startswith(_SYSTEM):
            yield root, root.name or "系统盘", Drive.REMOVABLE if root in sticks else Drive.FIXED


def _own_name(home: Path) -> str:
    return f"{home.drive[:1]}盘" if home.drive else "本机硬盘"


def size_words(size: int) -> str:
    """Return bytes as people say them: 14 GB, 800 MB."""
    return f"{size / (1 << 30):.0f} GB" if size >= 1 << 30 else f"{size / (1 << 20):.0f} MB"
