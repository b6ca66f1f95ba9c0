"""An office's folder is its user's alone, whoever set it up and whatever release wrote it."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tuopin_desktop.machine import privacy
from tuopin_desktop.services.office import offices

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has no modes; a user's folder is his own there")


def modes(folder: Path) -> dict[str, int]:
    """Return the modes of a folder, "", and of all that is in it."""
    paths = [folder, *folder.rglob("*")]
    return {str(path.relative_to(folder)): stat.S_IMODE(path.lstat().st_mode) for path in paths}


def loose(folder: Path) -> list[str]:
    return [name for name, mode in modes(folder).items() if mode & 0o077]


def told(folder: Path, *words: object) -> None:
    """Run the program as a clerk does, under the mask most systems have."""
    command = [sys.executable, "-m", "tuopin_desktop", "--office", str(folder), *map(str, words)]
    old = os.umask(0o022)
    try:
        subprocess.run(command, check=True, capture_output=True)
    finally:
        os.umask(old)


def test_everything_the_program_writes_is_its_users_alone(tmp_path: Path) -> None:
    folder, sheet = tmp_path / "new" / "office", tmp_path / "out" / "表.xlsx"
    told(folder, "init", "--level", "county", "--county", "150426")
    told(folder, "backup", "make")
    told(folder, "template", "roster", sheet)
    assert (folder / "备份").is_dir()
    assert loose(folder) == [] == loose(sheet.parent)


def test_an_office_of_an_earlier_release_is_healed_when_it_is_opened(tmp_path: Path) -> None:
    folder = tmp_path / "office"
    offices.create(folder, level="county", county="150426")
    (folder / "备份").mkdir()
    (folder / "备份" / "每日-20180605.db").write_bytes(b"x")
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    offices.open_desk(folder).close()
    assert loose(folder) == []


def test_what_lies_behind_a_link_is_not_touched(tmp_path: Path) -> None:
    folder, other = tmp_path / "office", tmp_path / "other"
    for made in (folder, other):
        made.mkdir()
    (other / "paper.txt").write_text("x")
    for path in (other, other / "paper.txt"):
        path.chmod(0o755)
    (folder / "link").symlink_to(other)
    privacy.heal(folder)
    assert modes(other) == {".": 0o755, "paper.txt": 0o755}


def test_a_home_or_shared_folder_is_not_closed_because_an_office_is_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("office.db", "letter.txt"):
        (tmp_path / name).write_text("x")
        (tmp_path / name).chmod(0o644)
    tmp_path.chmod(0o755)
    privacy.heal(tmp_path)
    assert modes(tmp_path) == {".": 0o755, "office.db": 0o600, "letter.txt": 0o644}
