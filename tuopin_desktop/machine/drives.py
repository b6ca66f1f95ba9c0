"""What kind of drive a folder lies on, because a live database wants a local disk (`reliability.md`)."""

import ctypes
import enum
import sys
from pathlib import Path


class Drive(enum.Enum):
    """A fixed local disk, a stick or card, a network folder, or not known."""

    FIXED = "fixed"
    REMOVABLE = "removable"
    NETWORK = "network"
    UNKNOWN = "unknown"


_NETWORK_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "sshfs", "fuse.sshfs", "9p", "afs", "davfs"}
_STICK_SYSTEMS = {"vfat", "exfat", "msdos", "fuseblk"}
_MOUNTS = Path("/proc/mounts")


def drive_of(folder: Path) -> Drive:
    """Return the kind of drive an existing folder lies on."""
    if sys.platform == "win32":
        code = ctypes.windll.kernel32.GetDriveTypeW(str(folder.resolve().anchor))
        return {2: Drive.REMOVABLE, 3: Drive.FIXED, 4: Drive.NETWORK}.get(code, Drive.UNKNOWN)
    if not _MOUNTS.exists():
        return Drive.UNKNOWN
    return from_mounts(_MOUNTS.read_text(encoding="utf-8", errors="replace"), folder.resolve())


def from_mounts(table: str, folder: Path) -> Drive:
    """Return the kind of drive by a Linux mount table: the longest mount point that contains the folder."""
    best, system = -1, ""
    for line in table.splitlines():
        parts = line.split()
        if len(parts) < 3:
            continue
        point = Path(parts[1].replace("\\040", " "))
        if (point == folder or point in folder.parents) and len(point.parts) > best:
            best, system = len(point.parts), parts[2]
    if system in _NETWORK_SYSTEMS:
        return Drive.NETWORK
    if system in _STICK_SYSTEMS:
        return Drive.REMOVABLE
    return Drive.FIXED if system else Drive.UNKNOWN
