"""Rows of the proof before the window: opened, printed through the native dialog, updated and gone back from."""

import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from prove.bench import PYTHON, TITLE, TODAY, WINDOW, Bench
from prove.desktop import HEIGHT, WIDTH, described, newest, until
from prove.installing import version
from prove.suite import CHECKOUT
from prove.table import Failed, NotBuilt

_TRIAL = 30
"""Seconds a new version's window is left up: it counts as sound after some."""


def window(bench: Bench) -> str:
    """Through the shortcut on the desktop, as a double click opens it, over an office in the usual place."""
    bench.lay_usual()
    link = next((bench.windows.home / "Desktop").glob("*.lnk"), None)
    if link is None:
        raise Failed("no shortcut on the desktop")
    opened = bench.open(["start", "/unix", bench.root.inside(link)])
    try:
        bench.desktop.photograph(bench.out / "window.png")
        return f"“{bench.desktop.titles()[0]}”, window.png"
    finally:
        bench.close(opened)


def enlarged(bench: Bench) -> str:
    """At 125 %, as notebooks come: the window lies whole on the screen."""
    program = bench.root.inside(bench.windows.program / WINDOW)
    office = ["--office", "Z:" + bench.root.inside(bench.office("enlarged")), "--today", TODAY]
    bench.windows.enlarge(120)
    try:
        opened = bench.open([program, *office])
        try:
            bench.desktop.photograph(bench.out / "window-125.png")
            left, top, right, bottom = bench.desktop.place_of(TITLE)
        finally:
            bench.close(opened)
    finally:
        bench.windows.enlarge(96)
    if min(left, top) < 0 or right > WIDTH or bottom > HEIGHT:
        raise Failed(f"the window lies from {left}, {top} to {right}, {bottom}")
    return f"from {left}, {top} to {right}, {bottom} of {WIDTH}x{HEIGHT}, window-125.png"


def _printed(bench: Bench, office: str, name: str, steps: Callable[[], None]) -> tuple[int, str, int]:
    """Drive one job through the native dialog and return its pages, how it lies and its bytes."""
    folder = bench.office(office)
    before = bench.desktop.jobs()
    program = bench.root.inside(bench.windows.program / WINDOW)
    opened = bench.open([program, "--office", "Z:" + bench.root.inside(folder), "--today", TODAY])
    try:
        steps()
        bench.desktop.wait_for("打印")
        bench.desktop.photograph(bench.out / f"{name}-dialog.png")
        bench.desktop.press("Return")
        until(lambda: len(bench.desktop.jobs()) > len(before), "no job in the queue", 120)
        time.sleep(3)
        bench.desktop.photograph(bench.out / f"{name}.png")
        job = newest(before, bench.desktop.jobs()).read_bytes()
        (bench.out / f"{name}.ps").write_bytes(job)
        return (*described(job), len(job))
    finally:
        bench.close(opened)


def slip_printed(bench: Bench) -> str:
    """The page of leave, a slip of the list, Ctrl+P, the dialog's own button."""

    def steps() -> None:
        bench.desktop.press("ctrl+3")
        time.sleep(6)
        bench.desktop.click(400, 330)
        bench.desktop.press("ctrl+p")

    pages, lies, size = _printed(bench, "slip", "slip", steps)
    if (pages, lies) != (1, "Portrait"):
        raise Failed(f"{pages} pages, {lies}")
    return f"1 page, upright, {size:,} bytes in the queue"


def book_printed(bench: Bench) -> str:
    """The attendance page, its menu, the book, the button of printing."""

    def steps() -> None:
        bench.desktop.press("ctrl+4")
        time.sleep(6)
        bench.desktop.click(941, 107)
        bench.desktop.press(*["Down"] * 4, "Return")
        bench.desktop.wait_for("考勤簿")
        time.sleep(4)
        bench.desktop.click(1113, 66)

    pages, lies, size = _printed(bench, "book", "book", steps)
    if lies != "Landscape":
        raise Failed(f"{pages} pages, {lies}: the book lies across")
    return f"{pages} page, across, {size:,} bytes in the queue"


def updated(bench: Bench) -> str:
    """A signed update taken from a stick, started, and gone back from."""
    if bench.say(["update", "--help"]).returncode != 0:
        raise NotBuilt("this build has no update by stick")
    before, stick = version(bench), bench.root.work / "stick"
    shutil.rmtree(stick, ignore_errors=True)
    next_number = _next_version(bench, before, stick)
    bench.lay_usual()
    (file,) = stick.glob("*.zip")
    bench.good(bench.say(["update", "take", "Z:" + bench.root.inside(file)]))
    _started(bench, "updated.png")
    if (now := _number(bench)) != next_number:
        raise Failed(f"{now} runs, not {next_number}")
    bench.good(bench.say(["update", "back", "--yes"]))
    _started(bench, "back.png")
    if (now := _number(bench)) != before:
        raise Failed(f"{now} runs, not {before}")
    return f"{before}, {next_number} by stick ({file.stat().st_size / 1e6:.0f} MB), {before} again"


def _next_version(bench: Bench, version: str, stick: Path) -> str:
    tree = bench.windows.program / "versions" / version
    variables = {"PYTHONPATH": f"{CHECKOUT}:{CHECKOUT / 'packaging'}", "PATH": "/usr/bin:/bin"}
    command = [str(PYTHON), "packaging/prove/newer.py", str(tree), str(stick)]
    answer = subprocess.run(command, cwd=CHECKOUT, env=variables, capture_output=True, check=False)
    return bench.good(answer).stdout.decode().strip()


def _started(bench: Bench, picture: str) -> None:
    """Open the window as a double click does, for only that swaps the version, and leave it up to be believed."""
    opened = bench.open([bench.root.inside(bench.windows.program / WINDOW)])
    try:
        time.sleep(_TRIAL)
        bench.desktop.photograph(bench.out / picture)
    finally:
        bench.close(opened)


def _number(bench: Bench) -> str:
    return bench.good(bench.say(["--version"])).stdout.decode().strip()
