"""Where a second copy can lie: sticks first, then other disks, last the disk of the data whatever its letters."""

import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tuopin_desktop.machine import rooms
from tuopin_desktop.machine.drives import Drive

GB = 1 << 30


def test_a_part_of_the_same_disk_is_no_other_disk_and_sticks_come_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = tmp_path / "data" / "office"
    parts = {name: tmp_path / name for name in ("part", "disk", "stick", "full", "data")}
    for folder in parts.values():
        folder.mkdir()
    disk = {parts["part"]: "sda", parts["disk"]: "sdb", parts["stick"]: "sdc", parts["full"]: "sdd"}
    drives = [
        (parts[name], name, Drive.REMOVABLE if name == "stick" else Drive.FIXED) for name in parts if name != "data"
    ]
    monkeypatch.setattr(rooms, "_mounted", lambda: iter(drives))
    monkeypatch.setattr(rooms, "disk_of", lambda folder: disk.get(folder, "sda"))
    monkeypatch.setattr(
        shutil, "disk_usage", lambda folder: SimpleNamespace(free=1 if folder == parts["full"] else 14 * GB)
    )
    monkeypatch.setattr(sys, "platform", "linux")
    found = rooms.rooms(office)
    assert [room.name for room in found] == ["stick", "disk", "本机硬盘"]
    assert [room.same for room in found] == [False, False, True]
    assert found[-1].root == tmp_path / "data", "beside the data, not inside them"


def test_bytes_are_said_as_people_say_them() -> None:
    assert (rooms.size_words(14 * GB), rooms.size_words(800 << 20)) == ("14 GB", "800 MB")


def test_two_folders_of_one_disk_have_one_mark(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    assert rooms.disk_of(tmp_path) == rooms.disk_of(tmp_path / "a")
