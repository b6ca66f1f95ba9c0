"""Rows of the proof: the program comes onto the computer, says its version, refuses an old Windows, and goes again."""

import statistics
import time
from collections.abc import Callable, Sequence

from prove.bench import TITLE, Bench, archived, digests
from prove.desktop import until
from prove.suite import Suite
from prove.table import Failed, NotBuilt

SPARE = {"卸载.exe"}
"""What the installer adds to the tree: its own way out."""
TOO_OLD = 3
"""The exit code of a Setup that refuses this Windows (packaging/windows/installer.nsi)."""
OLD = {"Windows 7": ("7601", "win7"), "Windows 8.1": ("9600", "win81")}


def installed(bench: Bench) -> str:
    """Setup /S, then every file of the tree against the zip of the same build."""
    setup = bench.setup()
    archives = sorted(bench.build.glob("*windows*.zip"))
    if not archives:
        raise NotBuilt(f"no zip in {bench.build}")
    answer = bench.windows.start(setup, ["/S"])
    if answer.returncode != 0:
        raise Failed(f"Setup ended with {answer.returncode}")
    there = digests(bench.windows.program)
    built = archived(archives[-1])
    wrong = sorted(name for name in there.keys() | built.keys() if there.get(name) != built.get(name))
    if strange := [name for name in wrong if name not in SPARE]:
        raise Failed(f"{len(strange)} files differ from the tree, such as {strange[0]}")
    links = [path for path in bench.windows.home.rglob("*.lnk") if TITLE in path.name]
    size = setup.stat().st_size / 1e6
    return f"{len(there)} files equal to the build's, {len(links)} shortcuts, Setup.exe {size:.1f} MB"


def version(bench: Bench) -> str:
    """The version the build bears."""
    answer = bench.say(["--version"])
    said = answer.stdout.decode().strip()
    if answer.returncode != 0 or said not in bench.setup_name():
        raise Failed(f"“{said}”, exit code {answer.returncode}")
    return said


def refused(bench: Bench) -> str:
    """Setup and program, while the system calls itself an older one."""
    setup, seen = bench.setup(), []
    try:
        for name, (build, version) in OLD.items():
            bench.windows.pretend(build, version)
            code, program = bench.windows.start(setup, ["/S"]).returncode, bench.say(["--version"])
            if code != TOO_OLD or program.returncode == 0:
                raise Failed(f"{name}: Setup {code}, program {program.returncode}")
            seen.append(f"{name}: Setup {code}, program “{program.stderr.decode('utf-8', 'replace').strip()}”")
    finally:
        bench.windows.as_it_was()
    return "; ".join(seen)


def started(bench: Bench) -> str:
    """The installed program and the checkout under one Windows, the median of five each."""
    suite = Suite(bench.windows, bench.windows.program)
    if not suite.python.exists():
        raise NotBuilt("no Windows Python beside the tree; `--suite` prepares one")
    words = ["-m", "tuopin_desktop", "--version"]
    own, theirs = seconds_of(
        (
            lambda: bench.say(["--version"]),
            lambda: bench.windows.start(suite.python, words, suite.place / "checkout"),
        )
    )
    return f"{own / theirs:.2f} of the checkout's ({own:.2f} s beside {theirs:.2f} s under wine)"


def uninstalled(bench: Bench) -> str:
    """Silently, with an office in the usual place and settings beside it."""
    bench.lay_usual()
    before = digests(bench.data)
    bench.good(bench.windows.start(bench.windows.program / "卸载.exe", ["/S"]))
    until(lambda: not bench.windows.program.exists(), "the program is still there", 120)
    links = [path.name for path in bench.windows.home.rglob("*.lnk") if TITLE in path.name]
    if links:
        raise Failed(f"left over: {', '.join(links)}")
    if digests(bench.data) != before:
        raise Failed("the data are not as before")
    return f"nothing left of the program; {len(before)} files of data as before"


def seconds_of(starts: Sequence[Callable[[], object]], times: int = 5) -> list[float]:
    """Return the median time of a few starts of each, in turns, after one that warms the disk."""
    taken: list[list[float]] = [[] for _ in starts]
    for turn in range(times + 1):
        for start, seconds in zip(starts, taken, strict=True):
            before = time.perf_counter()
            start()
            if turn:
                seconds.append(time.perf_counter() - before)
    return [statistics.median(seconds) for seconds in taken]
