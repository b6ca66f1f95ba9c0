"""The rows of the proof, each a thing a clerk's PC will do with the installer of this build."""

import shutil
from collections.abc import Callable, Sequence

from prove import compare, installing, sitting, verbs
from prove.bench import TODAY, Bench, checkout
from prove.table import Failed, Row, attempt


def verbs_compared(bench: Bench) -> str:
    """The same words here and there, in fresh folders."""
    lines = verbs.read(verbs.LIST.read_text(encoding="utf-8"))
    here, there = bench.root.work / "here", bench.root.work / "there"
    for folder in (here, there):
        shutil.rmtree(folder, ignore_errors=True)
    verbs.run(lines, here, lambda words: checkout(words, here))
    up = bench.windows.stay()
    verbs.run(lines, there, lambda words: bench.say(words, there))
    bench.close(up)
    results = compare.compare(here, there, compare.known())
    text = "\n".join(f"{one.verdict:<10} {one.path}  {one.why}".rstrip() for one in results)
    (bench.out / "verbs.txt").write_text(text + "\n", encoding="utf-8")
    summary = f"{len(lines)} verbs; {compare.summary(results)}"
    if any(not one.is_good for one in results):
        raise Failed(f"{summary}; see verbs.txt")
    return summary


def restored(bench: Bench) -> str:
    """A copy made, the database spoilt, the way out followed by word of command."""
    folder = bench.office("damaged")
    office = ["--office", "Z:" + bench.root.inside(folder), "--today", TODAY]
    people = bench.good(bench.say([*office, "list", "person"])).stdout
    bench.good(bench.say([*office, "backup", "make"]))
    database = folder / "office.db"
    raw = database.read_bytes()
    database.write_bytes(b"\0" * 4096 + raw[4096:])
    broken = bench.say([*office, "list", "person"])
    if broken.returncode == 0:
        raise Failed("the damage was not noticed")
    copy = max((folder / "备份").glob("*.db"), key=lambda path: path.stat().st_mtime)
    bench.good(bench.say([*office, "backup", "restore", "Z:" + bench.root.inside(copy)]))
    if bench.good(bench.say([*office, "list", "person"])).stdout != people:
        raise Failed("other people than before")
    bench.good(bench.say([*office, "verify"]))
    return f"“{broken.stderr.decode('utf-8', 'replace').strip()[:40]}…”, restored, the log whole"


ROWS: tuple[tuple[str, str, Callable[[Bench], str]], ...] = (
    ("installed silently, tree as built", "wine", installing.installed),
    ("--version", "wine", installing.version),
    ("old Windows refused", "wine", installing.refused),
    ("list of verbs, file by file", "both", verbs_compared),
    ("window from the shortcut", "wine", sitting.window),
    ("window at 125 %", "wine", sitting.enlarged),
    ("leave slip through the print dialog", "wine", sitting.slip_printed),
    ("month book through the print dialog", "wine", sitting.book_printed),
    ("damaged office restored", "wine", restored),
    ("update by stick and back", "wine", sitting.updated),
    ("start beside the checkout's", "wine", installing.started),
    ("uninstalled, data untouched", "wine", installing.uninstalled),
)


def run(bench: Bench, only: Sequence[str] = ()) -> list[Row]:
    """Try every row, or those whose name begins with one of the words, and say each as it ends."""
    ended = []
    for what, where, work in ROWS:
        if not only or what.startswith(tuple(only)):
            ended.append(attempt(what, where, lambda work=work: work(bench)))  # type: ignore[misc]  # a default
            print(*ended[-1], sep=" | ", flush=True)
    return ended
