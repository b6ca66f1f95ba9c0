"""`dev.py prove`: a Windows build proved on this machine, as a table; or the test suite under Windows binaries."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from prove import installing, root, rows, suite, table
from prove.bench import PYTHON, Bench
from prove.desktop import Desktop
from prove.root import Unprovable
from prove.wine import Windows


def options(args: Sequence[str]) -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(prog="dev.py prove", description=__doc__)
    parser.add_argument("out", type=Path, metavar="OUT", help="where the table, the lists and the pictures go")
    parser.add_argument("--windows", type=Path, metavar="DIR", help="the build: Setup.exe and the zip (default: OUT)")
    parser.add_argument("--root", type=Path, metavar="DIR", help="the other Debian (default: OUT/root); 2 GB, kept")
    parser.add_argument("--only", action="append", default=[], metavar="WORD", help="only rows that begin so")
    parser.add_argument("--suite", action="append", default=[], metavar="ROOM", choices=suite.ROOMS)
    return parser.parse_args(args)


def prove(args: Sequence[str]) -> int:
    """Prove a Windows build with wine in another Debian and print the table; with --suite: the tests, room by room."""
    asked = options(args)
    try:
        if not PYTHON.exists():
            raise Unprovable("The environment is missing: python3 packaging/dev.py setup")
        return 0 if _proved(asked, asked.out.resolve()) else 1
    except Unprovable as reason:
        print(reason, file=sys.stderr)
        return 1


def _proved(asked: argparse.Namespace, out: Path) -> bool:
    out.mkdir(parents=True, exist_ok=True)
    place = root.ready(asked.root or out / "root")
    try:
        return _proved_in(place, asked, out)
    finally:
        place.leave()


def _proved_in(place: root.Root, asked: argparse.Namespace, out: Path) -> bool:
    desktop = Desktop(place)
    windows = Windows(place, display=desktop.display)
    bench = Bench(place, windows, desktop, (asked.windows or out).resolve(), out)
    try:
        desktop.begin()
        if not asked.only or not windows.prefix.exists():
            windows.make()
        if asked.suite:
            return _suite(bench, asked.suite)
        ended = rows.run(bench, asked.only)
    finally:
        windows.end()
        desktop.end()
    text = table.rendered(ended)
    (out / "bench.txt").write_text(text + "\n", encoding="utf-8")
    print(f"\n{text}")
    return table.is_whole(ended)


def _suite(bench: Bench, rooms: Sequence[str]) -> bool:
    installing.installed(bench)
    ours = suite.Suite(bench.windows, next((bench.windows.program / "versions").glob("*/python")).parent)
    ours.prepare(PYTHON)
    known, whole = suite.artefacts(), True
    for room in rooms:
        counts = ours.run(room)
        print(counts.line(known), flush=True)
        suite.keep([counts], bench.out / "suite.json")
        whole &= all(name in known for name in counts.failed)
    return whole
