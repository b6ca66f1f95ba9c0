"""A screen, a window manager and a print queue inside the root, and hands that press keys there."""

import re
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from prove.root import Root
from prove.table import Failed

WIDTH, HEIGHT = 1366, 768
"""The screen of the office PC."""
_SPOOL = Path("var/spool/cups")
_PAUSE = 2.0


class Desktop:
    """Runs from `begin` to `end`; every process it starts is ended by its own number."""

    def __init__(self, root: Root, display: str = ":78") -> None:
        self._root, self.display = root, display
        self._running: list[subprocess.Popen[bytes]] = []

    def begin(self) -> None:
        """Start screen, window manager and printing, and make one queue; its jobs stay in the spool."""
        (self._root.folder / "tmp/.X11-unix").mkdir(exist_ok=True)
        settings = self._root.folder / "etc/cups/cups-files.conf"
        lines = [line for line in settings.read_text().splitlines() if not line.startswith("FileDevice")]
        settings.write_text("\n".join([*lines, "FileDevice Yes", ""]))
        self._start("Xvfb", self.display, "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp")
        self._start("cupsd", "-f")
        time.sleep(_PAUSE)
        self._start("openbox")
        self._root.run(["lpadmin", "-p", "office", "-E", "-v", "file:/dev/null", "-m", "raw"])
        self._root.run(["lpadmin", "-d", "office"])

    def end(self) -> None:
        """End what was started, the last first."""
        for process in reversed(self._running):
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(20)
        self._running.clear()

    def _start(self, *words: str) -> None:
        command = self._root.command(words, {"DISPLAY": self.display})
        silent = subprocess.DEVNULL
        self._running.append(subprocess.Popen(command, stdout=silent, stderr=silent))

    def _ask(self, *words: str) -> str:
        command = self._root.command(words, {"DISPLAY": self.display, "LC_ALL": "zh_CN.UTF-8"})
        return subprocess.run(command, capture_output=True, check=False).stdout.decode("utf-8", "replace")

    def titles(self) -> list[str]:
        """Return the titles of all windows that are shown."""
        windows = self._ask("xdotool", "search", "--onlyvisible", "--name", ".").split()
        return [self._ask("xdotool", "getwindowname", one).strip() for one in windows]

    def place_of(self, title: str) -> tuple[int, int, int, int]:
        """Return left, top, right and bottom of the window with these words in its title; raises Failed."""
        windows = self._ask("xdotool", "search", "--onlyvisible", "--name", title).split()
        if not windows:
            raise Failed(f"no window “{title}”")
        # Not xdotool's own word: it counts the frame of the window manager twice.
        return place_in(self._ask("env", "LC_ALL=C", "xwininfo", "-id", windows[0]))

    def wait_for(self, title: str, seconds: float = 240) -> None:
        """Wait until a window with these words in its title is shown; raises Failed."""
        until(lambda: any(title in one for one in self.titles()), f"no window “{title}”", seconds)

    def press(self, *keys: str) -> None:
        """Press keys one after another as a person would."""
        for key in keys:
            self._ask("xdotool", "key", "--delay", "80", key)
            time.sleep(_PAUSE)

    def click(self, x: int, y: int) -> None:
        """Click at a point of the screen."""
        self._ask("xdotool", "mousemove", str(x), str(y), "click", "1")
        time.sleep(_PAUSE)

    def photograph(self, target: Path) -> None:
        """Keep what the screen shows as a picture."""
        picture = self._root.work / "screen.png"
        self._ask("import", "-window", "root", self._root.inside(picture))
        target.write_bytes(picture.read_bytes())

    def jobs(self) -> list[Path]:
        """Return the data of every job that reached the queue, the oldest first."""
        return sorted((self._root.folder / _SPOOL).glob("d*-001"))


def place_in(account: str) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom out of what xwininfo says of a window."""
    names = ("Absolute upper-left X", "Absolute upper-left Y", "Width", "Height")
    left, top, width, height = (int(re.findall(rf"{name}: +(-?\d+)", account)[0]) for name in names)
    return left, top, left + width, top + height


def until(holds: Callable[[], object], fault: str, seconds: float) -> None:
    """Wait until something holds; raises Failed with what did not."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise Failed(f"{fault} within {seconds:.0f} s")
        time.sleep(_PAUSE)


def described(job: bytes) -> tuple[int, str]:
    """Return how many pages a PostScript job has and how the first of them lies; raises Failed for another content."""
    pages = re.findall(rb"^%%Page: ", job, re.MULTILINE)
    lies = re.search(rb"^%%PageOrientation: (\w+)", job, re.MULTILINE)
    if not job.startswith(b"%!PS") or not pages or not lies:
        raise Failed(f"the job of {len(job)} bytes is no page of PostScript")
    return len(pages), lies[1].decode()


def newest(before: Sequence[Path], after: Sequence[Path]) -> Path:
    """Return the one job that came since; raises Failed for none or several."""
    fresh = [job for job in after if job not in before]
    if len(fresh) != 1:
        raise Failed(f"{len(fresh)} jobs reached the queue instead of one")
    return fresh[0]
