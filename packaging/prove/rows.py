"""The rows of the proof, each a thing a clerk's PC will do with the installer of this build."""

import hashlib
import shutil
import statistics
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath

from prove import compare, verbs
from prove.desktop import Desktop, described, newest, until
from prove.root import Root
from prove.suite import CHECKOUT, Suite
from prove.table import Failed, NotBuilt, Row, attempt
from prove.wine import Answer, Windows

SPARE = {"卸载.exe"}
"""What the installer adds to the tree: its own way out."""
WINDOW, TITLE = "脱贫总队.exe", "脱贫攻坚工作总队管理"
TOO_OLD = 3
"""The exit code of a Setup that refuses this Windows (packaging/windows/installer.nsi)."""
OLD = {"Windows 7": ("7601", "win7"), "Windows 8.1": ("9600", "win81")}
DEMO = "演示-翁牛特旗"
TODAY = "2019-06-03"


class Proof:
    """One run over one build: Setup.exe and the zip beside it. Screenshots and lists go to `out`."""

    def __init__(self, root: Root, windows: Windows, desktop: Desktop, build: Path, out: Path) -> None:
        self.root, self.windows, self.desktop, self.build, self.out = root, windows, desktop, build, out
        self.demo = root.work / "here" / "demo" / DEMO

    def rows(self) -> Sequence[tuple[str, str, Callable[[], str]]]:
        """Return what is proved, in its order: name, where, what proves it."""
        return (
            ("installed silently, tree as built", "wine", self.installed),
            ("--version", "wine", self.version),
            ("an old Windows refused", "wine", self.refused),
            ("list of verbs, file by file", "both", self.verbs_compared),
            ("window from the shortcut", "wine", self.window),
            ("leave slip through the print dialog", "wine", self.slip_printed),
            ("month book through the print dialog", "wine", self.book_printed),
            ("damaged office restored", "wine", self.restored),
            ("update by stick and back", "wine", self.updated),
            ("start beside the checkout's", "wine", self.started),
            ("uninstalled, data untouched", "wine", self.uninstalled),
        )

    def run(self, only: Sequence[str] = ()) -> list[Row]:
        """Try every row, or those whose name holds one of the words, and say each as it ends."""
        rows = []
        for what, where, work in self.rows():
            if not only or any(word in what for word in only):
                rows.append(attempt(what, where, work))
                print(*rows[-1], sep=" | ", flush=True)
        return rows

    # -- installing

    def _setup(self) -> Path:
        found = sorted(self.build.glob("*setup.exe"))
        if not found:
            raise NotBuilt(f"no Setup.exe in {self.build}")
        inside = self.root.work / "setup.exe"
        shutil.copyfile(found[-1], inside)
        return inside

    def installed(self) -> str:
        """Setup /S, then every file of the tree against the zip of the same build."""
        setup = self._setup()
        archives = sorted(self.build.glob("*windows*.zip"))
        if not archives:
            raise NotBuilt(f"no zip in {self.build}")
        answer = self.windows.start(setup, ["/S"])
        if answer.returncode != 0:
            raise Failed(f"Setup ended with {answer.returncode}")
        there = digests(self.windows.program)
        built = archived(archives[-1])
        wrong = sorted(name for name in there.keys() | built.keys() if there.get(name) != built.get(name))
        if strange := [name for name in wrong if name not in SPARE]:
            raise Failed(f"{len(strange)} files differ from the tree, such as {strange[0]}")
        links = [path for path in self.windows.home.rglob("*.lnk") if TITLE in path.name]
        size = setup.stat().st_size / 1e6
        return f"{len(there)} files equal to the build's, {len(links)} shortcuts, Setup.exe {size:.1f} MB"

    def _say(self, words: Sequence[str], cwd: Path | None = None) -> Answer:
        return self.windows.start(self.windows.program / "tuopin.exe", words, cwd)

    def version(self) -> str:
        """The version the build bears."""
        answer = self._say(["--version"])
        said = answer.stdout.decode().strip()
        if answer.returncode != 0 or said not in self._setup_name():
            raise Failed(f"“{said}”, exit code {answer.returncode}")
        return said

    def _setup_name(self) -> str:
        return sorted(self.build.glob("*setup.exe"))[-1].name

    def refused(self) -> str:
        """Setup and program, while the system calls itself an older one."""
        setup, seen = self._setup(), []
        try:
            for name, (build, version) in OLD.items():
                self.windows.pretend(build, version)
                code, program = self.windows.start(setup, ["/S"]).returncode, self._say(["--version"])
                if code != TOO_OLD or program.returncode == 0:
                    raise Failed(f"{name}: Setup {code}, program {program.returncode}")
                seen.append(f"{name}: Setup {code}, program “{program.stderr.decode('utf-8', 'replace').strip()}”")
        finally:
            self.windows.as_it_was()
        return "; ".join(seen)

    # -- the list of verbs

    def verbs_compared(self) -> str:
        """The same words here and there, in fresh folders."""
        lines = verbs.read(verbs.LIST.read_text(encoding="utf-8"))
        here, there = self.root.work / "here", self.root.work / "there"
        for folder in (here, there):
            shutil.rmtree(folder, ignore_errors=True)
        verbs.run(lines, here, lambda words: checkout(words, here))
        up = self.windows.stay()
        verbs.run(lines, there, lambda words: self._say(words, there))
        self._close(up)
        results = compare.compare(here, there, compare.known())
        text = "\n".join(f"{one.verdict:<10} {one.path}  {one.why}".rstrip() for one in results)
        (self.out / "verbs.txt").write_text(text + "\n", encoding="utf-8")
        summary = f"{len(lines)} verbs; {compare.summary(results)}"
        if any(not one.is_good for one in results):
            raise Failed(f"{summary}; see verbs.txt")
        return summary

    # -- the window

    def _office(self, name: str) -> Path:
        """Return a fresh practice office below the root, made here where the list of verbs did not."""
        if not self.demo.exists():
            place = self.demo.parent.parent
            place.mkdir(parents=True, exist_ok=True)
            checkout(["demo", "demo"], place)
        office = self.root.work / "offices" / name
        shutil.rmtree(office, ignore_errors=True)
        shutil.copytree(self.demo, office)
        return office

    def _open(self, words: Sequence[str]) -> "subprocess.Popen[bytes]":
        command = self.root.command(["wine", *words], self.windows.variables)
        opened = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.desktop.wait_for(TITLE)
        time.sleep(8)
        return opened

    def _close(self, opened: "subprocess.Popen[bytes]") -> None:
        self.windows.end()
        opened.wait(60)

    def window(self) -> str:
        """Through the shortcut on the desktop, as a double click opens it."""
        link = next((self.windows.home / "Desktop").glob("*.lnk"), None)
        if link is None:
            raise Failed("no shortcut on the desktop")
        opened = self._open(["start", "/unix", self.root.inside(link)])
        try:
            self.desktop.photograph(self.out / "window.png")
            return f"“{self.desktop.titles()[0]}”, window.png"
        finally:
            self._close(opened)

    def _printed(self, office: str, name: str, steps: Callable[[], None]) -> tuple[int, str, int]:
        """Drive one job through the native dialog and return its pages, how it lies and its bytes."""
        folder = self._office(office)
        before = self.desktop.jobs()
        program = self.root.inside(self.windows.program / WINDOW)
        opened = self._open([program, "--office", "Z:" + self.root.inside(folder), "--today", TODAY])
        try:
            steps()
            self.desktop.wait_for("打印")
            self.desktop.photograph(self.out / f"{name}-dialog.png")
            self.desktop.press("Return")
            until(lambda: len(self.desktop.jobs()) > len(before), "no job in the queue", 120)
            time.sleep(3)
            self.desktop.photograph(self.out / f"{name}.png")
            job = newest(before, self.desktop.jobs()).read_bytes()
            (self.out / f"{name}.ps").write_bytes(job)
            return (*described(job), len(job))
        finally:
            self._close(opened)

    def slip_printed(self) -> str:
        """The page of leave, a slip of the list, Ctrl+P, the dialog's own button."""

        def steps() -> None:
            self.desktop.press("ctrl+3")
            time.sleep(6)
            self.desktop.click(400, 330)
            self.desktop.press("ctrl+p")

        pages, lies, size = self._printed("slip", "slip", steps)
        if (pages, lies) != (1, "Portrait"):
            raise Failed(f"{pages} pages, {lies}")
        return f"1 page, upright, {size:,} bytes in the queue"

    def book_printed(self) -> str:
        """The attendance page, its menu, the book, the button of printing."""

        def steps() -> None:
            self.desktop.press("ctrl+4")
            time.sleep(6)
            self.desktop.click(941, 107)
            self.desktop.press(*["Down"] * 4, "Return")
            self.desktop.wait_for("考勤簿")
            time.sleep(4)
            self.desktop.click(1113, 66)

        pages, lies, size = self._printed("book", "book", steps)
        if lies != "Landscape":
            raise Failed(f"{pages} pages, {lies}: the book lies across")
        return f"{pages} page, across, {size:,} bytes in the queue"

    # -- misfortunes

    def restored(self) -> str:
        """A copy made, the database spoilt, the way out followed by word of command."""
        folder = self._office("damaged")
        office = ["--office", "Z:" + self.root.inside(folder), "--today", TODAY]
        people = self._good(self._say([*office, "list", "person"])).stdout
        self._good(self._say([*office, "backup", "make"]))
        database = folder / "office.db"
        raw = database.read_bytes()
        database.write_bytes(b"\0" * 4096 + raw[4096:])
        broken = self._say([*office, "list", "person"])
        if broken.returncode == 0:
            raise Failed("the damage was not noticed")
        copy = max((folder / "备份").glob("*.db"), key=lambda path: path.stat().st_mtime)
        self._good(self._say([*office, "backup", "restore", "Z:" + self.root.inside(copy)]))
        if self._good(self._say([*office, "list", "person"])).stdout != people:
            raise Failed("other people than before")
        self._good(self._say([*office, "verify"]))
        return f"“{broken.stderr.decode('utf-8', 'replace').strip()[:40]}…”, restored, the log whole"

    def _good(self, answer: Answer) -> Answer:
        if answer.returncode != 0:
            raise Failed(f"exit code {answer.returncode}: {answer.stderr.decode('utf-8', 'replace').strip()[-200:]}")
        return answer

    def updated(self) -> str:
        """A signed update taken from a stick, started, and gone back from."""
        if self._say(["update", "--help"]).returncode != 0:
            raise NotBuilt("this build has no update by stick")
        raise NotBuilt("the row for updates is not written yet")

    def started(self) -> str:
        """The installed program and the checkout under one Windows, the median of five each."""
        suite = Suite(self.windows, self.windows.program)
        if not suite.python.exists():
            raise NotBuilt("no Windows Python beside the tree; `--suite` prepares one")
        own = seconds_of(lambda: self._say(["--version"]))
        words = ["-m", "tuopin_desktop", "--version"]
        theirs = seconds_of(lambda: self.windows.start(suite.python, words, suite.place / "checkout"))
        return f"{own / theirs:.2f} of the checkout's ({own:.2f} s beside {theirs:.2f} s under wine)"

    def uninstalled(self) -> str:
        """Silently, with an office in the usual place and settings beside it."""
        data = self.windows.home / "AppData" / "Local" / "TuopinDesktop"
        shutil.copytree(self._office("kept"), data / "TuopinDesktop", dirs_exist_ok=True)
        before = digests(data)
        self._good(self.windows.start(self.windows.program / "卸载.exe", ["/S"]))
        until(lambda: not self.windows.program.exists(), "the program is still there", 120)
        links = [path.name for path in self.windows.home.rglob("*.lnk") if TITLE in path.name]
        if links:
            raise Failed(f"left over: {', '.join(links)}")
        if digests(data) != before:
            raise Failed("the data are not as before")
        return f"nothing left of the program; {len(before)} files of data as before"


def checkout(words: Sequence[str], folder: Path) -> Answer:
    """Run the program of this checkout in a folder."""
    python = CHECKOUT / ".venv" / "bin" / "python"
    variables = {
        "PYTHONPATH": str(CHECKOUT),
        "QT_QPA_PLATFORM": "offscreen",
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
    }
    command = [str(python if python.exists() else Path(sys.executable)), "-m", "tuopin_desktop", *words]
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


def seconds_of(start: Callable[[], object], times: int = 5) -> float:
    """Return the median time of a few starts, after one that warms the disk."""
    start()
    taken = []
    for _ in range(times):
        before = time.perf_counter()
        start()
        taken.append(time.perf_counter() - before)
    return statistics.median(taken)
