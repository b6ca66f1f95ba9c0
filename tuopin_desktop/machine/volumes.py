"""What Windows says of its drive letters: kind, bus, whether a medium is in; and which of them are sticks.

The kind alone misleads: a hard disk in a USB case is called fixed, a card reader without a card removable.
"""

import ctypes
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

NO_ROOT, REMOVABLE, FIXED, REMOTE, OPTICAL = 1, 2, 3, 4, 5
"""Kinds of `GetDriveTypeW` (winbase.h)."""
_PORTABLE_BUSES = frozenset({4, 7})
"""FireWire and USB of STORAGE_BUS_TYPE (ntddstor.h); not SD and MMC: so hang the soldered disks of cheap computers."""


class Volume(NamedTuple):
    """A drive letter: its root, its kind, the bus it hangs on (0 not known), whether a medium with files is in."""

    root: Path
    kind: int
    bus: int = 0
    ready: bool = True


def is_portable(volume: Volume) -> bool:
    """Tell whether a drive is of the sort that is pulled out and carried away."""
    return volume.kind == REMOVABLE or (volume.kind == FIXED and volume.bus in _PORTABLE_BUSES)


def sticks_among(volumes: Iterable[Volume]) -> list[Path]:
    """Return the roots of the drives that can be carried away and have something in them now."""
    return [volume.root for volume in volumes if is_portable(volume) and volume.ready]


if sys.platform == "win32":
    _SHARED, _EXISTING, _INVALID = 3, 3, ctypes.c_void_p(-1).value
    _QUERY_PROPERTY = 0x002D1400  # IOCTL_STORAGE_QUERY_PROPERTY: StorageDeviceProperty, PropertyStandardQuery
    _BUS_AT = 28
    _QUIET = 1  # SEM_FAILCRITICALERRORS: no box that asks for a disk, where a reader is empty

    def volume_of(folder: Path) -> Volume:
        """Return the drive a folder lies on."""
        root = Path(folder.resolve().anchor)
        kind = int(ctypes.windll.kernel32.GetDriveTypeW(str(root)))
        local = kind in (REMOVABLE, FIXED)
        return Volume(root, kind, _bus(root) if local else 0, _is_ready(root) if local else True)

    def volumes() -> list[Volume]:
        """Return every drive letter of this computer."""
        mask = int(ctypes.windll.kernel32.GetLogicalDrives())
        return [volume_of(Path(f"{chr(65 + at)}:\\")) for at in range(26) if mask >> at & 1]

    def _is_ready(root: Path) -> bool:
        before = ctypes.windll.kernel32.SetErrorMode(_QUIET)
        try:
            return bool(ctypes.windll.kernel32.GetVolumeInformationW(str(root), *[None] * 5, None, 0))
        finally:
            ctypes.windll.kernel32.SetErrorMode(before)

    def _bus(root: Path) -> int:
        """Return the bus a drive hangs on, 0 where the system does not say; needs no rights."""
        create = ctypes.windll.kernel32.CreateFileW
        create.restype = ctypes.c_void_p
        handle = create(f"\\\\.\\{root.drive}", 0, _SHARED, None, _EXISTING, 0, None)
        if handle == _INVALID:
            return 0
        query, answer, size = (ctypes.c_uint32 * 3)(), ctypes.create_string_buffer(1024), ctypes.c_uint32()
        device = ctypes.c_void_p(handle)
        try:
            good = ctypes.windll.kernel32.DeviceIoControl(
                device, _QUERY_PROPERTY, query, ctypes.sizeof(query), answer, len(answer), ctypes.byref(size), None
            )
        finally:
            ctypes.windll.kernel32.CloseHandle(device)
        return int.from_bytes(answer.raw[_BUS_AT : _BUS_AT + 4], "little") if good and size.value > _BUS_AT + 3 else 0

else:

    def volume_of(folder: Path) -> Volume:
        """Return the drive a folder lies on; only Windows has letters."""
        return Volume(folder, NO_ROOT)

    def volumes() -> list[Volume]:
        """Return no drive letters: only Windows has them."""
        return []
