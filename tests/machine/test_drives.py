"""Drives: a stick or a network folder is known as such, however the mount table spells it."""

import sys
from pathlib import Path, PurePath

import pytest

from tuopin_desktop.machine import drives, volumes
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


LOCKED = OSError(22, "FVE_E_LOCKED_VOLUME")


def _system(kinds: dict[str, int], asked: list[str]) -> volumes.System:
    """A computer with these letters: what is asked of one beyond its kind is noted."""

    def note(root: PurePath) -> str:
        asked.append(str(root))
        return str(root)

    return volumes.System(
        kind=lambda root: kinds[str(root)[0]],
        bus=lambda root: USB if note(root) else 0,
        is_ready=lambda root: not note(root).startswith("D"),
    )


def test_no_letter_is_ever_resolved(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(path: Path, strict: bool = False) -> Path:
        raise LOCKED

    monkeypatch.setattr(Path, "resolve", resolve)
    asked: list[str] = []
    kinds = {"C": FIXED, "D": FIXED, "E": REMOVABLE, "K": REMOTE, "R": OPTICAL, "Z": NO_ROOT}
    mask = sum(1 << ord(letter) - 65 for letter in kinds)
    drive_list = volumes.letters(mask, _system(kinds, asked))
    assert [(str(one.root)[0], one.kind, one.ready) for one in drive_list] == [
        ("C", FIXED, True),
        ("D", FIXED, False),  # locked: there, and nothing to read in it
        ("E", REMOVABLE, True),
        ("K", REMOTE, True),
        ("R", OPTICAL, True),
        ("Z", NO_ROOT, True),
    ]
    assert {place[0] for place in asked} == {"C", "D", "E"}
    assert [str(root)[:2] for root in sticks_among(drive_list)] == ["C:", "E:"]


@pytest.mark.parametrize("error", [LOCKED, PermissionError(13, "no"), OSError(22, "1231")], ids=str)
def test_a_folder_that_cannot_be_followed_lies_where_its_name_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    def resolve(path: Path, strict: bool = False) -> Path:
        raise error

    monkeypatch.setattr(Path, "resolve", resolve)
    system = volumes.System(kind=lambda _: FIXED, bus=lambda _: SATA, is_ready=bool)
    assert volumes.at_folder(tmp_path, system) == Volume(Path(tmp_path.absolute().anchor), FIXED, SATA)
    assert drive_of(tmp_path) is not Drive.REMOVABLE
