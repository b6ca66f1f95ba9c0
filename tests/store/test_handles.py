"""No file stays open after a failure: Linux forgives it, Windows puts no other file in the place of an open one."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.store.offices import new_store
from tuopin_desktop.domain.problems import Damaged, Trouble
from tuopin_desktop.store import backup, inspection
from tuopin_desktop.store.database import connect
from tuopin_desktop.store.store import DATABASE, Store

HANDLES = Path("/proc/self/fd")
pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or not HANDLES.exists(), reason="counts the open files by /proc"
)


def open_below(folder: Path) -> list[str]:
    """Return the files of a folder this process has open."""
    targets = []
    for handle in os.listdir(HANDLES):  # noqa: PTH208  # the names of handles, of which one is gone when it is read
        with suppress(OSError):
            targets.append((HANDLES / handle).readlink())
    return [str(target) for target in targets if folder in target.parents]


def _no_database(path: Path) -> None:
    path.write_bytes(b"no database at all" * 500)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def _zeros(path: Path) -> None:
    path.write_bytes(bytes(8192))


def _header(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[16:24] = b"\xff" * 8
    path.write_bytes(raw)


@pytest.mark.parametrize("spoil", [_no_database, _cut, _zeros, _header])
@pytest.mark.parametrize(
    "use",
    [
        lambda path: Store(path).close(),
        lambda path: connect(path).close(),
        lambda path: connect(path, how="immutable=1").close(),
        inspection.prove,
        lambda path: backup.copy_of(path, path.with_name("copy.db")),
        lambda path: backup.put_back(path, path.with_name("other.db")),
    ],
    ids=["open", "connect", "look", "prove", "copy", "put back"],
)
def test_a_damaged_file_is_let_go(tmp_path: Path, spoil: Callable[[Path], None], use: Callable[[Path], object]) -> None:
    path = tmp_path / DATABASE
    new_store(tmp_path).close()
    spoil(path)
    with suppress(Trouble, Damaged):
        use(path)
    assert open_below(tmp_path) == []


def test_a_damaged_database_is_let_go_while_its_error_is_still_being_told(tmp_path: Path) -> None:
    """The error holds the frames, and the frames the connection: only closing it helps."""
    path = tmp_path / DATABASE
    new_store(tmp_path).close()
    _no_database(path)
    with pytest.raises(Trouble) as caught:
        connect(path)
    assert caught.value.__cause__ is not None
    assert open_below(tmp_path) == []


def test_a_setting_the_file_refuses_leaves_nothing_open(tmp_path: Path) -> None:
    path = tmp_path / DATABASE
    new_store(tmp_path).close()
    with pytest.raises(Trouble):
        connect(path, journal="WAL", how="immutable=1")
    assert open_below(tmp_path) == []
