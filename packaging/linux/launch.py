"""Choose which of the versions that lie side by side starts, and start it (docs/decisions/machine.md).

Nothing but the standard library, and nothing of a version: it stays when versions change. The launcher for Windows
follows the same table, `packaging/launch_table.tsv`.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

if sys.platform != "win32":
    import fcntl

HERE = Path(__file__).resolve().parent
ENTRY = "tuopin-desktop"
FIELDS = ("current", "previous", "next", "trial", "failed")
_VERSION = re.compile(r"[0-9]+(\.[0-9]+){1,3}")
_NOTHING = "没有找到可以打开的程序文件，可能被误删或被杀毒软件拦截。请用安装包重新安装；数据不在这里，没有受影响。"


def decide(state: dict[str, str], whole: set[str]) -> tuple[str, dict[str, str]]:
    """Return what a plain start starts, "" for nothing, and the state that is written before it.

    `whole` are the versions that lie there with their entry. A trial is a version that was swapped in and started and
    has never said that its window is up.
    """
    current, previous, following = (state[name] if state[name] in whole else "" for name in FIELDS[:3])
    alone = dict.fromkeys(FIELDS, "")
    if not current and not previous:
        highest = max(whole, key=numbers, default="")
        return highest, alone | {"current": highest} if highest else state
    if not current:
        return previous, alone | {"current": previous, "failed": state["current"]}
    if state["trial"] == current and previous:
        rest = "" if following == current else following
        return previous, alone | {"current": previous, "next": rest, "failed": current}
    if following and following != current:
        return following, alone | {"current": following, "previous": current, "trial": following}
    return current, state | {"next": ""}


def standing(state: dict[str, str], whole: set[str]) -> str:
    """Return what starts when nothing may change: a command, or a program that is open already."""
    return next((state[name] for name in FIELDS[:2] if state[name] in whole), max(whole, key=numbers, default=""))


def numbers(version: str) -> tuple[int, ...]:
    """Return a version as it is ordered."""
    return tuple(map(int, version.split(".")))


def read(path: Path) -> dict[str, str]:
    """Return the state; empty fields where there is none; raises OSError where it is there and cannot be read."""
    state = dict.fromkeys(FIELDS, "")
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except (FileNotFoundError, UnicodeDecodeError):
        return state
    for line in lines:
        name, _, value = line.strip().partition("=")
        if name in state and _VERSION.fullmatch(value):
            state[name] = value
    return state


def write(path: Path, state: dict[str, str]) -> None:
    """Replace the state: the old one or the new, never half; raises OSError."""
    part = path.with_name(f"{path.name}.part")
    with part.open("w", encoding="ascii", newline="\n") as file:
        file.write("".join(f"{name}={state[name]}\n" for name in FIELDS))
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def whole_of(versions: Path) -> set[str]:
    """Return the versions that lie there whole; one that is being unpacked or taken away has another name."""
    return {path.parent.name for path in versions.glob(f"*/{ENTRY}") if _VERSION.fullmatch(path.parent.name)}


def grab(path: Path) -> int | None:
    """Return a handle that keeps the lock of a plain start as long as the program lives; None when another has it."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError:
        return None
    try:
        if sys.platform != "win32":
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    os.set_inheritable(handle, True)
    return handle


def choose(versions: Path, *, plain: bool) -> tuple[str, int | None, str]:
    """Return the version to start, with what was decided written down, the lock it is to keep, and the trial.

    The trial is the version whose trial this very start has written down, "" for none: only that process knows whether
    the trial says anything about the version, and may let it begin anew.
    """
    lock = grab(versions / "launch.lock") if plain else None  # first: whoever had it may have changed what is read
    whole = whole_of(versions)
    try:
        state = read(versions / "state")
    except OSError:  # it may name what is not the highest: something starts, and nothing is decided or written
        return max(whole, key=numbers, default=""), lock, ""
    if lock is None:
        return standing(state, whole), None, ""
    start, after = decide(state, whole)
    if after != state:
        try:
            write(versions / "state", after)
        except OSError:  # a swap that cannot be noted could not be taken back; going back must not wait for a disk
            return (standing(state, whole) if after["trial"] else start), lock, ""
        return start, lock, after["trial"]
    return start, lock, ""


def main() -> None:
    """Hand over to a version."""
    versions = HERE / "versions"
    start, lock, trial = choose(versions, plain=len(sys.argv) == 1)
    if not start:
        subprocess.run([HERE / "say", _NOTHING], check=False)
        raise SystemExit(1)
    entry = versions / start / ENTRY
    given = {"TUOPIN_LAUNCH_LOCK": "" if lock is None else str(lock), "TUOPIN_TRIAL": trial}
    environment = os.environ | given  # also where empty: a program may have been started by another one on trial
    os.execve(entry, [str(entry), *sys.argv[1:]], environment)


if __name__ == "__main__":
    main()
