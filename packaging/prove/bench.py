"""What every row of the proof works with: the root, its Windows and its desktop, the build, and offices to spoil."""

import hashlib
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from prove.desktop import Desktop
from prove.root import Root
from prove.suite import CHECKOUT
from prove.table import Failed, NotBuilt
from prove.wine import Answer, Windows

WINDOW, TITLE = "脱贫总队.exe", "脱贫攻坚工作总队管理"
DEMO = "演示-翁牛特旗"
TODAY = "2019-06-03"
PYTHON = CHECKOUT / ".venv" / "bin" / "python"


class Bench:
    """One run over one build: Setup.exe and the zip beside it. Screenshots and lists go to `out`."""

    def __init__(self, root: Root, windows: Windows, desktop: Desktop, build: Path, out: Path) -> None:
        self.root, self.windows, self.desktop, self.build, self.out = root, windows, desktop, build, out
        self.practice = windows.prefix / "practice"

    @property
    def data(self) -> Path:
        """Where the program keeps an office unless it is told otherwise."""
        return self.windows.home / "AppData" / "Local" / "TuopinDesktop"

    def lay_usual(self) -> None:
        """Lay a practice office into the usual place, where none is."""
        if not (self.data / "office.db").exists():
            shutil.copytree(self.office("usual"), self.data, dirs_exist_ok=True)

    def setup(self) -> Path:
        found = sorted(self.build.glob("*setup.exe"))
        if not found:
            raise NotBuilt(f"no Setup.exe in {self.build}")
        inside = self.root.work / "setup.exe"
        shutil.copyfile(found[-1], inside)
        return inside

    def setup_name(self) -> str:
        return sorted(self.build.glob("*setup.exe"))[-1].name

    def say(self, words: Sequence[str], cwd: Path | None = None) -> Answer:
        return self.windows.start(self.windows.program / "tuopin.exe", words, cwd)

    def good(self, answer: Answer) -> Answer:
        if answer.returncode != 0:
            raise Failed(f"exit code {answer.returncode}: {answer.stderr.decode('utf-8', 'replace').strip()[-200:]}")
        return answer

    def office(self, name: str) -> Path:
        """Return a fresh practice office below the root.

        The installed program makes the first one: what the account of another system encrypted, wine's cannot open.
        """
        first = self.practice / "demo" / DEMO
        if not first.exists():
            self.practice.mkdir(exist_ok=True)
            self.good(self.say(["demo", "demo"], self.practice))
        office = self.root.work / "offices" / name
        shutil.rmtree(office, ignore_errors=True)
        shutil.copytree(first, office)
        return office

    def open(self, words: Sequence[str]) -> "subprocess.Popen[bytes]":
        command = self.root.command(["wine", *words], self.windows.variables)
        opened = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.desktop.wait_for(TITLE)
        time.sleep(8)
        return opened

    def close(self, opened: "subprocess.Popen[bytes]") -> None:
        self.windows.end()
        opened.wait(60)


def checkout(words: Sequence[str], folder: Path) -> Answer:
    """Run the program of this checkout in a folder."""
    variables = {
        "PYTHONPATH": str(CHECKOUT),
        "QT_QPA_PLATFORM": "offscreen",
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
    }
    command = [str(PYTHON if PYTHON.exists() else Path(sys.executable)), "-m", "tuopin_desktop", *words]
    return subprocess.run(command, cwd=folder, env=variables, capture_output=True, check=False)


def digests(folder: Path) -> dict[str, str]:
    """Return every file below a folder: its path -> the hash of its bytes."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def archived(path: Path) -> dict[str, str]:
    """Return every file of a zip below its one top folder: its path -> the hash of its bytes."""
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
        return {
            PurePosixPath(*PurePosixPath(name).parts[1:]).as_posix(): hashlib.sha256(archive.read(name)).hexdigest()
            for name in names
        }
