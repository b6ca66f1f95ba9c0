"""What kind of drive a folder lies on, because a live database wants a local disk (`docs/decisions/machine.md`)."""

import enum
import re
import sys
from pathlib import Path

from tuopin_desktop.machine import volumes
from tuopin_desktop.machine.volumes import Volume


class Drive(enum.Enum):
    """A fixed local disk, a stick or card, a network folder, or not known."""

    FIXED = "fixed"
    REMOVABLE = "removable"
    NETWORK = "network"
    UNKNOWN = "unknown"


_NETWORK_SYSTEMS = set(
    "nfs nfs4 cifs smb2 smb3 smbfs sshfs fuse.sshfs fuse.gvfsd-fuse fuse.rclone fuse.davfs davfs 9p afs ceph "
    "glusterfs fuse.glusterfs lustre ncpfs vboxsf vmhgfs fuse.vmhgfs-fuse prl_fs".split()
)
_STICK_SYSTEMS = {"vfat", "exfat", "msdos", "fuseblk", "ntfs", "ntfs3", "udf", "iso9660"}
_MOUNTS = Path("/proc/mounts")
_ESCAPED = re.compile(r"\\([0-7]{3})")


def drive_of(folder: Path) -> Drive:
    """Return the kind of drive an existing folder lies on."""
    if sys.platform == "win32":
        return from_volume(volumes.volume_of(folder))
    if not _MOUNTS.exists():
        return Drive.UNKNOWN
    return from_mounts(_MOUNTS.read_text(encoding="utf-8", errors="replace"), volumes.real(folder))


def from_volume(volume: Volume) -> Drive:
    """Return the kind of drive by what Windows says of it; a disk in a USB case is carried away like a stick."""
    if volumes.is_portable(volume):
        return Drive.REMOVABLE
    return {volumes.FIXED: Drive.FIXED, volumes.REMOTE: Drive.NETWORK}.get(volume.kind, Drive.UNKNOWN)


def from_mounts(table: str, folder: Path) -> Drive:
    """Return the kind of drive by a Linux mount table: the longest mount point that contains the folder.

    Of several mounts on one point the last lies on top: under an automounted share the table still lists `autofs`.
    """
    best, system = -1, ""
    for line in table.splitlines():
        parts = line.split()
        if len(parts) < 3:
            continue
        point = Path(_ESCAPED.sub(lambda code: chr(int(code[1], 8)), parts[1]))
        if (point == folder or point in folder.parents) and len(point.parts) >= best:
            best, system = len(point.parts), parts[2]
    if system in _NETWORK_SYSTEMS:
        return Drive.NETWORK
    if system in _STICK_SYSTEMS:
        return Drive.REMOVABLE
    return Drive.FIXED if system else Drive.UNKNOWN


def sticks() -> list[Path]:
    """Return where removable drives stand now, in the order the system names them."""
    if sys.platform == "win32":
        return volumes.sticks_among(volumes.volumes())
    if not _MOUNTS.exists():
        return []
    return sticks_of(_MOUNTS.read_text(encoding="utf-8", errors="replace"))


def sticks_of(table: str) -> list[Path]:
    """Return the mount points of sticks, cards and discs in a Linux mount table.

    The system's own boot partition is FAT as well, so that a file system alone does not make a stick.
    """
    paths = []
    for line in table.splitlines():
        parts = line.split()
        if len(parts) >= 3 and parts[2] in _STICK_SYSTEMS and not parts[1].startswith("/boot"):
            paths.append(Path(_ESCAPED.sub(lambda code: chr(int(code[1], 8)), parts[1])))
    return paths
