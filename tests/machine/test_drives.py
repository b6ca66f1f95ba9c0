"""Drives: a stick or a network folder is known as such, however the mount table spells it."""

import sys
from pathlib import Path

import pytest

from tuopin_desktop.machine import drives
from tuopin_desktop.machine.drives import Drive, drive_of, from_mounts, from_volume
from tuopin_desktop.machine.volumes import FIXED, NO_ROOT, OPTICAL, REMOTE, REMOVABLE, Volume, sticks_among

TABLE = """\
/dev/sda1 / ext4 rw 0 0
/dev/sda2 /home ext4 rw 0 0
/dev/sdb1 /media/wang/U\\040盘 vfat rw 0 0
/dev/sdc1 /media/wang/tab\\011and\\134slash exfat rw 0 0
//server/share /mnt/share cifs rw 0 0
gvfsd-fuse /run/user/1000/gvfs fuse.gvfsd-fuse rw 0 0
systemd-1 /mnt/auto autofs rw 0 0
server:/data /mnt/auto nfs4 rw 0 0
/dev/sdd1 /home/wang/stick fuseblk rw 0 0
short line
"""


@pytest.mark.parametrize(
    ("folder", "drive"),
    [
        ("/", Drive.FIXED),
        ("/etc", Drive.FIXED),
        ("/home/wang/office", Drive.FIXED),
        ("/media/wang/U 盘", Drive.REMOVABLE),
        ("/media/wang/U 盘/office", Drive.REMOVABLE),
        ("/media/wang/U 盘2/office", Drive.FIXED),
        ("/media/wang/tab\tand\\slash/x", Drive.REMOVABLE),
        ("/home/wang/stick/a/b", Drive.REMOVABLE),
        ("/mnt/share/office", Drive.NETWORK),
        ("/run/user/1000/gvfs/smb-share:server=a,share=b", Drive.NETWORK),
        ("/mnt/auto/office", Drive.NETWORK),
    ],
)
def test_the_nearest_mount_on_top_says_what_a_folder_lies_on(folder: str, drive: Drive) -> None:
    assert from_mounts(TABLE, Path(folder)) is drive


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has letters and no mount table")
def test_without_a_table_nothing_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert from_mounts("", Path("/home")) is Drive.UNKNOWN
    monkeypatch.setattr(drives, "_MOUNTS", tmp_path / "mounts")
    assert drive_of(tmp_path) is Drive.UNKNOWN


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has letters and no mount table")
def test_a_link_is_followed_to_where_the_folder_really_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stick, table = tmp_path / "stick", tmp_path / "mounts"
    stick.mkdir()
    table.write_text(f"/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 {stick} vfat rw 0 0\n", encoding="utf-8")
    (tmp_path / "link").symlink_to(stick)
    monkeypatch.setattr(drives, "_MOUNTS", table)
    assert drive_of(tmp_path / "link") is Drive.REMOVABLE
    assert drive_of(tmp_path) is Drive.FIXED


def test_sticks_are_the_removable_mounts_but_not_the_boot_partition() -> None:
    table = (
        "/dev/sda1 / ext4 rw 0 0\n"
        "/dev/sda2 /boot/efi vfat rw 0 0\n"
        "/dev/sdb1 /media/user/U\\040盘 vfat rw 0 0\n"
        "/dev/sr0 /media/cdrom iso9660 ro 0 0\n"
        "broken\n"
    )
    assert drives.sticks_of(table) == [Path("/media/user/U 盘"), Path("/media/cdrom")]


USB, SATA, SD, MMC = 7, 11, 12, 13
LETTERS = {
    "C": (Volume(Path("C:/"), FIXED, SATA), Drive.FIXED, False),
    "C, a soldered memory": (Volume(Path("C:/"), FIXED, MMC), Drive.FIXED, False),
    "D, a hard disk in a USB case": (Volume(Path("D:/"), FIXED, USB), Drive.REMOVABLE, True),
    "E, a stick": (Volume(Path("E:/"), REMOVABLE, USB), Drive.REMOVABLE, True),
    "F, a reader without a card": (Volume(Path("F:/"), REMOVABLE, USB, ready=False), Drive.REMOVABLE, False),
    "G, a card": (Volume(Path("G:/"), REMOVABLE, SD), Drive.REMOVABLE, True),
    "H, a stick whose bus is not told": (Volume(Path("H:/"), REMOVABLE), Drive.REMOVABLE, True),
    "I, a disk whose bus is not told": (Volume(Path("I:/"), FIXED), Drive.FIXED, False),
    "J, a disc": (Volume(Path("J:/"), OPTICAL), Drive.UNKNOWN, False),
    "K, a share": (Volume(Path("K:/"), REMOTE), Drive.NETWORK, False),
    "L, nothing": (Volume(Path("L:/"), NO_ROOT), Drive.UNKNOWN, False),
}


@pytest.mark.parametrize("letter", LETTERS)
def test_a_drive_letter_is_known_by_its_bus_and_its_medium_too(letter: str) -> None:
    volume, drive, is_stick = LETTERS[letter]
    assert from_volume(volume) is drive
    assert (sticks_among([volume]) == [volume.root]) is is_stick
