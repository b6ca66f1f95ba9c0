"""What Windows says of its drive letters: kind, bus, whether a medium is in; and which of them are sticks.

The kind alone misleads: a hard disk in a USB case is called fixed, a card reader without a card removable.
"""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path, PurePath, PureWindowsPath
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


class System(NamedTuple):
    """What is asked of the system about a root, each without opening a file there."""

    kind: Callable[[PurePath], int]
    bus: Callable[[PurePath], int]
    is_ready: Callable[[PurePath], bool]


def letters(mask: int, system: System) -> list[Volume]:
    """Return the drives of a mask as `GetLogicalDrives` gives it: bit 0 is A:.

    A letter is never resolved: one that is locked, broken or without its server answers with an error or not for half a
    minute, and this is asked every few seconds.
    """
    return [_of_root(PureWindowsPath(f"{chr(65 + at)}:\\"), system) for at in range(26) if mask >> at & 1]


def at_folder(folder: Path, system: System) -> Volume:
    """Return the drive a folder lies on, where a link leads; one that cannot be followed lies where its name says."""
    return _of_root(Path(real(folder).anchor), system)


def real(folder: Path) -> Path:
    """Return a folder with its links followed, as it is named where the system does not follow them."""
    try:
        return folder.resolve()
    except OSError:
        return folder.absolute()


def _of_root(root: PurePath, system: System) -> Volume:
    kind = system.kind(root)
    local = kind in (REMOVABLE, FIXED)
    return Volume(Path(root), kind, system.bus(root) if local else 0, system.is_ready(root) if local else True)


if sys.platform == "win32":
    import ctypes

    _SHARED, _EXISTING, _INVALID = 3, 3, ctypes.c_void_p(-1).value
    _QUERY_PROPERTY = 0x002D1400  # IOCTL_STORAGE_QUERY_PROPERTY: StorageDeviceProperty, PropertyStandardQuery
    _DEVICE_NUMBER = 0x002D1080  # IOCTL_STORAGE_GET_DEVICE_NUMBER
    _BUS_AT = 28
    _QUIET = 1  # SEM_FAILCRITICALERRORS: no box that asks for a disk, where a reader is empty

    def volume_of(folder: Path) -> Volume:
        """Return the drive a folder lies on."""
        return at_folder(folder, _SYSTEM)

    def volumes() -> list[Volume]:
        """Return every drive letter of this computer."""
        mask = int(ctypes.windll.kernel32.GetLogicalDrives())
        return letters(mask, _SYSTEM)

    def title(root: Path) -> str:
        """Return what a drive is called beside its letter, "" for nothing."""
        text = ctypes.create_unicode_buffer(261)
        before = ctypes.windll.kernel32.SetErrorMode(_QUIET)
        try:
            ctypes.windll.kernel32.GetVolumeInformationW(str(root), text, len(text), None, None, None, None, 0)
        finally:
            ctypes.windll.kernel32.SetErrorMode(before)
        return text.value

    def disk_number(root: PurePath) -> int:
        """Return the number of the disk a drive is a part of, -1 where the system does not say; needs no rights."""
        answer = (ctypes.c_uint32 * 3)()  # STORAGE_DEVICE_NUMBER: type, number, part
        good, size = _asked(root, _DEVICE_NUMBER, None, answer)
        return int(answer[1]) if good and size >= ctypes.sizeof(answer) else -1

    def _kind(root: PurePath) -> int:
        return int(ctypes.windll.kernel32.GetDriveTypeW(str(root)))

    def _is_ready(root: PurePath) -> bool:
        before = ctypes.windll.kernel32.SetErrorMode(_QUIET)
        try:
            return bool(ctypes.windll.kernel32.GetVolumeInformationW(str(root), *[None] * 5, None, 0))
        finally:
            ctypes.windll.kernel32.SetErrorMode(before)

    _Words = ctypes.Array[ctypes.c_uint32]

    def _asked(
        root: PurePath, code: int, query: _Words | None, answer: _Words | ctypes.Array[ctypes.c_char]
    ) -> tuple[bool, int]:
        """Ask a drive a question of the storage; return whether it answered, and how many bytes."""
        create = ctypes.windll.kernel32.CreateFileW
        create.restype = ctypes.c_void_p
        handle = create(f"\\\\.\\{root.drive}", 0, _SHARED, None, _EXISTING, 0, None)
        if handle == _INVALID:
            return False, 0
        size = ctypes.c_uint32()
        device = ctypes.c_void_p(handle)
        length = ctypes.sizeof(query) if query is not None else 0
        try:
            good = ctypes.windll.kernel32.DeviceIoControl(
                device, code, query, length, answer, ctypes.sizeof(answer), ctypes.byref(size), None
            )
        finally:
            ctypes.windll.kernel32.CloseHandle(device)
        return bool(good), size.value

    def _bus(root: PurePath) -> int:
        """Return the bus a drive hangs on, 0 where the system does not say; needs no rights."""
        query, answer = (ctypes.c_uint32 * 3)(), ctypes.create_string_buffer(1024)
        good, size = _asked(root, _QUERY_PROPERTY, query, answer)
        return int.from_bytes(answer.raw[_BUS_AT : _BUS_AT + 4], "little") if good and size > _BUS_AT + 3 else 0

    _SYSTEM = System(_kind, _bus, _is_ready)

else:

    def volume_of(folder: Path) -> Volume:
        """Return the drive a folder lies on; only Windows has letters."""
        return Volume(folder, NO_ROOT)

    def title(root: Path) -> str:
        """Return what a drive is called beside its letter; only Windows has letters."""
        return root.name

    def disk_number(root: PurePath) -> int:
        """Return the number of the disk a drive is a part of; only Windows is asked so."""
        del root
        return -1

    def volumes() -> list[Volume]:
        """Return no drive letters: only Windows has them."""
        return []
