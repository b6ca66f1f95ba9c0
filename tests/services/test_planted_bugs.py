"""The test of the test: known mistakes of merging, planted one at a time, are each found by random histories.

A planted bug that is not found says that the histories no longer reach that corner; one whose words are not in the
source any more says that it must be planted anew. The second is checked in every run, the hunt nightly.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / "tuopin_desktop"
HISTORIES = 1_500
CRASHES = ("ImportError", "ModuleNotFoundError", "SyntaxError", "NameError", "IndentationError")


class Bug(NamedTuple):
    """One mistake: in which file, which words, and what stands there instead."""

    name: str
    file: str
    right: str
    wrong: str


BUGS = (
    Bug(
        "the last to arrive wins",
        "domain/change.py",
        "sorted(lines, key=lambda item: (item.at, item.feed, item.seq))",
        "list(lines)",
    ),
    Bug("no tie-break", "domain/change.py", "(item.at, item.feed, item.seq)", "(item.at,)"),
    Bug(
        "a sticky tombstone",
        "domain/change.py",
        "            values[name] = new\n",
        '            values[name] = values.get(name) or new if name == "deleted" else new\n',
    ),
    Bug(
        "a forgotten conflict",
        "domain/change.py",
        "            elif standing != new:",
        "            elif standing != new and placed.line.was:",
    ),
    Bug(
        "a conflict that never closes",
        "domain/change.py",
        "                open_conflicts.pop(name, None)",
        "                pass",
    ),
    Bug(
        "a wrong fast path",
        "store/counting.py",
        "if len(set(keys)) < len(keys):",
        "if len(set(keys)) < 0:",
    ),
    Bug(
        "a deaf clock",
        "store/receiving.py",
        'int(self._meta.get("farthest", "0")), self._account.newest)',
        'int(self._meta.get("farthest", "0")))',
    ),
    Bug("a record that forgets its own past", "store/stamps.py", "        if count >= at:\n", "        if not at:\n"),
    Bug("an audience leak", "domain/exchange/planning.py", "and ids.sees(office, feed.scope)]", "]"),
    Bug(
        "one of two PCs counts for both",
        "domain/exchange/planning.py",
        "after = min((have.get",
        "after = max((have.get",
    ),
    Bug(
        "a receipt one line too long",
        "store/sending.py",
        "{feed.feed: feed.seq for feed in",
        "{feed.feed: feed.seq + 1 for feed in",
    ),
    Bug(
        "a dead revocation",
        "domain/exchange/trust.py",
        "revoked.get(feed, 0 if station in shut else None)",
        "None",
    ),
    Bug(
        "a closed station that counts",
        "domain/exchange/trust.py",
        "revoked.get(feed, 0 if station in shut else None)",
        "revoked.get(feed)",
    ),
    Bug(
        "a number used twice after a restored copy",
        "store/feeds.py",
        "put_meta(cursor, era=era, number=number)",
        "put_meta(cursor, number=number)",
    ),
    Bug("an undo that leaves rows behind", "store/undoing.py", "        ledger.fold(cursor, keys)\n", ""),
    Bug(
        "a tail lost where ways part",
        "store/feeds.py",
        "(old[0], head)).fetchall()\n    digest",
        "(old[0], head)).fetchall()[1:]\n    digest",
    ),
)


def planted(bug: Bug) -> str:
    """Return the file's source with the bug in it."""
    source = (PROGRAM / bug.file).read_text("utf-8")
    assert source.count(bug.right) == 1, "the source has changed: plant this bug anew"
    return source.replace(bug.right, bug.wrong)


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_every_bug_can_still_be_planted(bug: Bug) -> None:
    compile(planted(bug), bug.file, "exec")


@pytest.mark.nightly
@pytest.mark.skipif(sys.platform == "win32", reason="links the data; Windows leaves that to administrators")
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_random_histories_find_every_planted_bug(bug: Bug, tmp_path: Path) -> None:
    shutil.copytree(PROGRAM, tmp_path / "tuopin_desktop", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "tests", tmp_path / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("resources", "forms"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "tuopin_desktop" / bug.file).write_text(planted(bug), "utf-8")
    words = [sys.executable, "-m", "tests.services.hunting", str(HISTORIES)]
    done = subprocess.run(
        words, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, check=False
    )
    said = done.stderr.decode("utf-8", "replace")
    assert done.returncode == 1, f"not found in {HISTORIES} histories: {bug.name}"
    assert not any(word in said for word in CRASHES), said[-2000:]
