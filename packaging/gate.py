"""Lets one process in at a time: two commands begun together would make the one environment twice."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold what is done to one process at a time; a second one waits, and the system lets go if the first is killed."""
    with path.open("a") as gate:
        if sys.platform == "win32":
            while True:
                with suppress(OSError):  # gives up after ten seconds
                    msvcrt.locking(gate.fileno(), msvcrt.LK_LOCK, 1)
                    break
        else:
            fcntl.flock(gate, fcntl.LOCK_EX)
        yield
