"""The built wheel is the whole program: installed away from the checkout, it finds its data and works."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import dev
import licences
import pytest
import relock

from tuopin_desktop import __version__


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=dev.ROOT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment that sees the locked packages and has the wheel, and nothing of the checkout."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    variables = {"base": str(folder), "platbase": str(folder)}
    packages = Path(sysconfig.get_path("purelib", vars=variables))
    (packages / "locked.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    options = ["--no-index", "--no-deps", "--no-compile", "--target", str(packages)]
    command = [sys.executable, "-m", "pip", "install", *options, str(wheel), "--quiet", "--disable-pip-version-check"]
    subprocess.run(command, check=True, capture_output=True)
    return Path(sysconfig.get_path("scripts", vars=variables)) / Path(sys.executable).name


def _run(python: Path, folder: Path, *words: str) -> str:
    """Run the installed program in an empty folder, with a home of its own, and return what it says."""
    away = {name: str(folder / "home") for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA")}
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | away | {"QT_QPA_PLATFORM": "offscreen"}
    command = [str(python), "-I", "-m", "tuopin_desktop", *words]
    done = subprocess.run(
        command, cwd=folder, env=environment, check=False, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_holds_every_file_of_the_shipped_data_and_nothing_of_the_tests(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    data = {
        f"tuopin_desktop/{path.relative_to(dev.ROOT).as_posix()}"
        for top in ("resources", "forms")
        for path in (dev.ROOT / top).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert data
    assert data <= inside
    assert {name.split("/")[0] for name in inside} == {"tuopin_desktop", f"tuopin_desktop-{__version__}.dist-info"}


def test_the_installed_program_sets_up_an_office_and_prints_a_blank_slip(python: Path, tmp_path: Path) -> None:
    where = _run(python, tmp_path, "--version")
    assert __version__ in where
    _run(python, tmp_path, "--office", "office", "init", "--level", "county", "--county", "150124")
    _run(python, tmp_path, "--office", "office", "slip", "--blank", "1", "--pdf", "blank.pdf")
    assert (tmp_path / "blank.pdf").read_bytes()[:5] == b"%PDF-"


def test_the_installed_program_plays_the_demo(python: Path, tmp_path: Path) -> None:
    _run(python, tmp_path, "demo", "out")
    assert list((tmp_path / "out").rglob("*.pdf"))
    assert list((tmp_path / "out").rglob("*.xlsx"))


def test_every_package_of_the_program_ships_its_licence_at_the_locked_version() -> None:
    text = licences.TARGET.read_text(encoding="utf-8")
    locked = licences.packages(licences.LOCK.read_text(encoding="utf-8"))
    assert locked == relock.read_lock(licences.LOCK.read_text(encoding="utf-8"))
    missing = [name for name, version in locked.items() if f"\n{name} {version}\n{licences.RULE}" not in text]
    assert missing == []  # python3 packaging/dev.py licences
    fonts = {path.stem for path in licences.FONTS.glob("*.txt")}
    assert all(f"\nFont: {name}\n" in text for name in fonts)


def test_the_licences_name_every_set_of_icons_and_say_whose_the_colour_profile_is() -> None:
    text = licences.TARGET.read_text(encoding="utf-8")
    icons = {path.stem for path in licences.ICONS.glob("LICENSE-*.txt")}
    assert icons
    assert all(f"\nIcons: {name}\n" in text for name in icons)
    assert licences.OWN in text
