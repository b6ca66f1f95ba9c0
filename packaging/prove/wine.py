"""Windows as far as wine has it: a prefix of its own, a user with a Chinese name and a space, programs run in it."""

import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path, PureWindowsPath

from prove.root import Root, Unprovable

USER = "张 三"
VARIABLES = {
    "LANG": "zh_CN.UTF-8",
    "LC_ALL": "zh_CN.UTF-8",
    "USER": USER,
    "WINEARCH": "win64",
    "WINEDEBUG": "-all",
    "WINEDLLOVERRIDES": "mscoree,mshtml=d",
    "XDG_RUNTIME_DIR": "/tmp",
}
PLACE = PureWindowsPath("AppData/Local/Programs/TuopinDesktop")
"""Where Setup puts the program, below the user's folder."""
VERSION_KEY = r"HKEY_LOCAL_MACHINE\Software\Microsoft\Windows NT\CurrentVersion"
Answer = subprocess.CompletedProcess[bytes]


class Windows:
    """One prefix below the root; `run` starts a program in it and waits."""

    def __init__(self, root: Root, name: str = "windows", display: str = "") -> None:
        self.root, self.prefix = root, root.work / name
        self.variables = (
            VARIABLES | {"WINEPREFIX": root.inside(self.prefix)} | ({"DISPLAY": display} if display else {})
        )

    @property
    def home(self) -> Path:
        """The user's folder, seen from outside."""
        return self.prefix / "drive_c" / "users" / USER

    @property
    def program(self) -> Path:
        """The folder of the installed program, seen from outside."""
        return self.home / PLACE

    def make(self) -> None:
        """Begin with a fresh prefix; raises Unprovable."""
        if self.prefix.exists():
            self.end()
            shutil.rmtree(self.prefix)
        # A 64-bit prefix has no 32-bit part: wineboot says so and is whole all the same.
        self.run("wineboot", "-i")
        self.end()
        if not (self.prefix / "drive_c/windows").is_dir():
            raise Unprovable(f"wine made no prefix in {self.prefix}.")

    def run(
        self, *words: str, cwd: Path | None = None, seconds: float = 900, variables: Mapping[str, str] | None = None
    ) -> Answer:
        """Run one of wine's commands, standing in a folder below the root; a run that hangs counts as failed (124)."""
        place = self.root.inside(cwd or self.root.work)
        script = ["sh", "-c", 'cd "$0" && exec "$@"', place, *words]
        command = self.root.command(script, {**self.variables, **(variables or {})})
        # Into files: what wine starts beside the program inherits its output, and a pipe would end only with that.
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
            try:
                code = subprocess.run(command, stdout=out, stderr=errors, check=False, timeout=seconds).returncode
            except subprocess.TimeoutExpired:
                code = 124
            out.seek(0)
            errors.seek(0)
            return Answer(command, code, out.read(), errors.read())

    def start(self, program: Path, words: Sequence[str], cwd: Path | None = None) -> Answer:
        """Run a Windows program that lies below the root."""
        return self.run("wine", self.root.inside(program), *words, cwd=cwd)

    def stay(self) -> "subprocess.Popen[bytes]":
        """Hold the system up between programs: each would boot it anew otherwise. Ends with `end`, or its input."""
        command = self.root.command(["wine", "cmd", "/k"], self.variables)
        silent = subprocess.DEVNULL
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=silent, stderr=silent)

    def end(self) -> None:
        """Wait until nothing of this prefix runs any more."""
        self.run("wineserver", "-k")
        self.run("wineserver", "-w", seconds=60)

    def pretend(self, build: str, version: str) -> None:
        """Let the system answer as another Windows: a build and a marketing version (`7601`, `win7`)."""
        self.run("wine", "reg", "add", r"HKCU\Software\Wine", "/v", "Version", "/d", version, "/f")
        self.run("wine", "reg", "add", VERSION_KEY, "/v", "CurrentBuildNumber", "/d", build, "/f")
        self.end()

    def enlarge(self, dots: int) -> None:
        """Set how many dots the system counts to an inch: 96 is 100 %, 120 is 125 %."""
        key = r"HKCU\Control Panel\Desktop"
        self.run("wine", "reg", "add", key, "/v", "LogPixels", "/t", "REG_DWORD", "/d", str(dots), "/f")
        self.end()

    def as_it_was(self) -> None:
        """Take back what was pretended."""
        self.run("wine", "reg", "delete", r"HKCU\Software\Wine", "/v", "Version", "/f")
        self.run("wine", "reg", "add", VERSION_KEY, "/v", "CurrentBuildNumber", "/d", "19043", "/f")
        self.end()
