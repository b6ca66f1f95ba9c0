"""The versions of the program that lie side by side, seen from inside one of them (docs/decisions/machine.md).

A small file beside them says which one starts. It is replaced as a whole, by this module and by the launcher
(`packaging/linux/launch.py`), so that there is no moment at which nothing would start.
"""

import enum
import errno
import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.domain.versions import is_version
from tuopin_desktop.machine import files
from tuopin_desktop.machine.lock import FolderLock
from tuopin_desktop.machine.paths import PACKAGE

VERSIONS, STATE, PART = "versions", "state", ".part"
WINDOWS, LINUX = "windows-x86_64", "linux-x86_64"
ENTRIES = {WINDOWS: "python/python3??.dll", LINUX: "tuopin-desktop"}
"""What a version starts with; without it a version is not whole, so it goes first when one is taken away."""
TRIAL = "TUOPIN_TRIAL"
"""Of the environment: the version whose trial the launcher wrote down with the start of this very process."""
_SPARE = 64 * 1024 * 1024
"""Bytes the disk must have left beside what is unpacked: the office goes on working on it."""


class Form(enum.Enum):
    """How this program came onto the computer, which decides how it is updated."""

    BESIDE = "beside"
    SYSTEM = "system"
    SOURCE = "source"
    OTHER = "other"


class State(msgspec.Struct, frozen=True):
    """Which version starts, which it can go back to, which is swapped in next, which is on trial, which never came up.

    Empty where there is none.
    """

    current: str = ""
    previous: str = ""
    next: str = ""
    trial: str = ""
    failed: str = ""


class Installation(msgspec.Struct, frozen=True):
    """The folder of the versions and the one that runs."""

    versions: Path
    own: str

    @property
    def state(self) -> Path:
        """Return the file that says which one starts."""
        return self.versions / STATE


class Piece(msgspec.Struct, frozen=True):
    """One file of a version: its path with `/`, what is in it, whether it can be started."""

    name: str
    content: bytes
    executable: bool = False


def installation(package: Path = PACKAGE) -> Installation | None:
    """Return where this program lies beside other versions of itself; None where it came in another way."""
    own, versions = package.parent.parent, package.parent.parent.parent
    if versions.name != VERSIONS or not is_version(own.name) or not (versions / STATE).exists():
        return None
    return Installation(versions, own.name)


def form(package: Path = PACKAGE) -> Form:
    """Return how this program came onto the computer."""
    if installation(package) is not None:
        return Form.BESIDE
    if (package.parent / "packaging" / "dev.py").exists():
        return Form.SOURCE
    return Form.SYSTEM if Path("/usr") in package.parents else Form.OTHER


def system() -> str:
    """Return for which systems an update must be to run here, as update files name them."""
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    return f"{'windows' if sys.platform == 'win32' else sys.platform}-{machine}"


def read(place: Installation) -> State:
    """Return the state; where there is none, or none that is text, that the version that runs is the one that starts.

    Raises Trouble where it is there and cannot be read: that it names no other version may then not be concluded.
    """
    try:
        lines = files.patiently(lambda: place.state.read_text(encoding="ascii")).splitlines()
    except (FileNotFoundError, UnicodeDecodeError):
        return State(current=place.own)
    except OSError as error:
        raise files.trouble(error, place.state, "读取") from error
    pairs = (line.strip().partition("=") for line in lines)
    state = State(**{name: value for name, _, value in pairs if name in State.__struct_fields__ and is_version(value)})
    return state if state.current else msgspec.structs.replace(state, current=place.own)


def is_trial_here(place: Installation) -> bool:
    """Tell whether this very process is the trial of its version, and not a second one beside it."""
    return os.environ.get(TRIAL, "") == place.own


def write(place: Installation, state: State) -> None:
    """Replace the state; raises Trouble, and then it is as it was."""
    text = "".join(f"{name}={getattr(state, name)}\n" for name in State.__struct_fields__)
    try:
        files.write(place.state, text.encode("ascii"))
    except Trouble as trouble:
        # If it has its name, then whether the disk keeps it or the old one, both start.
        if not _stands(place, state):
            raise trouble from trouble.__cause__


def _stands(place: Installation, state: State) -> bool:
    try:
        return read(place) == state
    except Trouble:
        return False


@contextmanager
def changing(place: Installation) -> Iterator[None]:
    """Keep every other program that would change the state out meanwhile; raises Trouble."""
    lock = FolderLock(place.versions, "update.lock", "另一个窗口正在换版本。请稍候再试。")
    try:
        yield
    finally:
        lock.release()


def whole(place: Installation, version: str) -> bool:
    """Tell whether a version lies there and could be started."""
    folder = place.versions / version
    return is_version(version) and _starts(folder)


def _starts(folder: Path) -> bool:
    return any(next(folder.glob(entry), None) is not None for entry in ENTRIES.values())


def unpack(place: Installation, version: str, pieces: Iterable[Piece], need: int) -> None:
    """Lay a version beside the others: written under another name, flushed, read back, and only then named.

    `need` is how many bytes it takes. Raises Trouble; whatever happens, no version that starts is touched, and what
    was written is taken away where the disk still answers.
    """
    target = place.versions / version
    part = target.with_name(target.name + PART)
    writing = target
    try:
        _room(place.versions, need)
        _clear(part)
        part.mkdir()
        for piece in pieces:
            writing = part.joinpath(*piece.name.split("/"))
            _write(writing, piece)
        if not _starts(part):
            raise Trouble("更新文件里没有能打开的程序，没有换上，现在的程序没有变。请向发放程序的单位索取。")
        _flush_folders(part)
        writing = target
        _clear(target)
        files.replace(part, target)
        files.flush_folder(place.versions)
    except OSError as error:
        _discard(part)
        raise files.trouble(error, writing, "写入") from error
    except BaseException:
        _discard(part)
        raise


def _room(folder: Path, need: int) -> None:
    if shutil.disk_usage(folder).free < need + _SPARE:
        raise OSError(errno.ENOSPC, "too little room")


def _write(path: Path, piece: Piece) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(piece.content)
        file.flush()
        os.fsync(file.fileno())
    if path.read_bytes() != piece.content:
        raise OSError(errno.EIO, "read back differs")
    if piece.executable:
        path.chmod(0o755)


def _flush_folders(top: Path) -> None:
    for path in (top, *(path for path in top.rglob("*") if path.is_dir())):
        files.flush_folder(path)


def _clear(folder: Path) -> None:
    """Take a folder away, what makes it a version first; raises OSError."""
    if not folder.exists():
        return
    for entry in ENTRIES.values():
        for path in folder.glob(entry):
            files.patiently(path.unlink)
    shutil.rmtree(folder)


def _discard(folder: Path) -> None:
    with suppress(OSError):  # the disk no longer answers; a part is never started and goes at the next update
        _clear(folder)


def sweep(place: Installation) -> None:
    """Take away what the state names no more, and parts; never the version that runs.

    Nothing goes while another program unpacks, or while the state cannot be read; it goes another time.
    """
    with suppress(OSError, Trouble), changing(place):
        state = read(place)
        stay = {place.own, state.current, state.previous, state.next, state.failed}
        for path in list(place.versions.iterdir()):
            version = path.name.removesuffix(PART)
            if path.is_dir() and is_version(version) and (path.name != version or version not in stay):
                _discard(path)


def update_state(place: Installation, change: Callable[[State], State]) -> State:
    """Change the state and return it; raises Trouble, and then it is as it was."""
    with changing(place):
        before = read(place)
        after = change(before)
        if after != before:
            write(place, after)
        return after


def startable(place: Installation) -> str:
    """Return the version that can be gone back to, "" for none."""
    state = read(place)
    return state.previous if whole(place, state.previous) and state.previous != place.own else ""


def refuse_unwritable(place: Installation) -> None:
    """Raise Trouble where the folder of the versions cannot be written by whoever runs the program."""
    if not os.access(place.versions, os.W_OK):
        raise Trouble(
            f"程序所在的文件夹“{place.versions.parent}”不能写入，不能换版本。请用安装它的用户登录，或请管理员更新。"
        )
