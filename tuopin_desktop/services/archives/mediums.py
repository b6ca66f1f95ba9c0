"""Writing a medium for the archives: file by file, each whole or not there, the end mark last of all."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from tuopin_desktop.domain.archives import digests
from tuopin_desktop.domain.archives.digests import SHA256, SM3, Whole
from tuopin_desktop.domain.archives.medium import END, UNFINISHED, Place, is_legal
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.machine import files
from tuopin_desktop.machine.lock import FolderLock
from tuopin_desktop.services.archives.mediumjournal import MediumJournal

Progress = Callable[[int, int], None]
_LOCK = "正在写.lock"
_PART = ".part"


class Size(msgspec.Struct, frozen=True):
    """How much a medium holds: items, files of items, and their bytes."""

    items: int
    files: int
    bytes: int


class Source(msgspec.Struct, frozen=True):
    """Where the bytes come from: a file of an item, all other files, and the registration form that closes them.

    `piece(place, at)` is asked only for what is not there yet. `rest(size)` gives (path, bytes) of what lies beside the
    papers. `forms(size, digests)` gets the digests of the digest lists by algorithm.
    """

    piece: Callable[[Place, int], bytes]
    rest: Callable[[Size], Iterable[tuple[str, bytes]]]
    forms: Callable[[Size, Mapping[str, str]], Mapping[str, bytes]]


def algorithms(*, sm3: bool) -> tuple[str, ...]:
    """Return what digests are made by; raises Trouble where this computer's library has no SM3."""
    if sm3 and "sm3" not in hashlib.algorithms_available:
        raise Trouble("这台电脑的系统库不能算 SM3 摘要，请改用 SHA-256（SHA-256 总是会写）。")
    return (SHA256, SM3) if sm3 else (SHA256,)


def write(
    folder: Path,
    places: Sequence[Place],
    source: Source,
    *,
    identity: str,
    names: Sequence[str] = (SHA256,),
    progress: Progress | None = None,
) -> Size:
    """Write a medium into an empty folder, or go on with the same one; return what it holds.

    `identity` tells one medium from another (one line). `names` are of `algorithms`. `progress` hears (items written,
    items) and may raise to stop. Whatever stops it, files have their names only when whole, and what is whole is kept
    for the next try. Raises Trouble.
    """
    files.make_folder(folder)
    with _alone(folder):
        _refuse_others(folder)
        journal = MediumJournal(folder, identity)
        files.remove(folder / END)
        try:
            return _Writing(folder, journal, names).all(places, source, progress or _silent)
        except Trouble as trouble:
            again = "已写好的保留在原处，处理后对同一个文件夹再写一次，就接着写完。"
            raise Trouble(f"移交包没有写完：{trouble.sentence}{again}") from trouble


class _Writing:
    """One go at a medium: what is whole by path, papers and the rest."""

    def __init__(self, folder: Path, journal: MediumJournal, names: Sequence[str]) -> None:
        self._folder = folder
        self._journal = journal
        self._names = names
        self._files: dict[str, Whole] = {}

    def all(self, places: Sequence[Place], source: Source, progress: Progress) -> Size:
        for count, place in enumerate(places):
            progress(count, len(places))
            self._item(place, source)
        progress(len(places), len(places))
        size = Size(len(places), len(self._files), sum(one.size for one in self._files.values()))
        for path, content in source.rest(size):
            self._put(path, content)
        self._clear()
        self._close(source, size)
        return size

    def _item(self, place: Place, source: Source) -> None:
        for at, (path, piece) in enumerate(zip(place.paths, place.entry.pieces, strict=True)):
            whole = self._journal.standing(self._folder, path, piece.stamp)
            if whole is not None and set(self._names) <= whole.digests.keys():
                self._files[path] = whole
                continue
            self._put(path, source.piece(place, at), piece.stamp)

    def _put(self, path: str, content: bytes, stamp: str = "") -> None:
        if not is_legal(path):
            raise ValueError(f"no path for a medium: {path}")
        files.make_folder((self._folder / path).parent)
        files.write(self._folder / path, content)
        self._files[path] = Whole(len(content), {name: _digest(name, content) for name in self._names})
        self._journal.note(path, self._files[path], stamp)

    def _clear(self) -> None:
        """Remove what an earlier try left that is not wanted any more; raises Trouble for a file of somebody else."""
        due = {*self._files, UNFINISHED, _LOCK, *digests.CLOSING}
        for path in sorted(set(_paths(self._folder)) - due):
            if path not in self._journal and not path.endswith(_PART):
                raise Trouble(f"文件夹里有一个不是本程序写的文件“{path}”，请把它移走后再写。")
            files.remove(self._folder / path)
        _remove_empty(self._folder)

    def _close(self, source: Source, size: Size) -> None:
        """Write the lists, the form that states their digests, the end mark; then the journal goes."""
        seals = {digests.LISTS[name]: digests.listing(self._files, name) for name in self._names}
        seals |= source.forms(size, {name: _digest(name, seals[digests.LISTS[name]]) for name in self._names})
        for path in sorted(digests.CLOSING - seals.keys()):
            files.remove(self._folder / path)
        for path, content in seals.items():
            files.write(self._folder / path, content)
        mark = digests.end_mark(self._files, {path: _digest(SHA256, content) for path, content in seals.items()})
        files.write(self._folder / END, mark)
        self._journal.close()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    lock = FolderLock(folder, _LOCK, f"“{folder}”正由另一个窗口写移交包，请等它写完。")
    try:
        yield
    finally:
        lock.release(remove=True)


def _refuse_others(folder: Path) -> None:
    """Raise Trouble unless a folder is empty or holds a medium that is not finished."""
    paths = [path for path in _paths(folder) if path != _LOCK]
    if UNFINISHED in paths or not paths:
        return
    if END in paths:
        raise Trouble(f"“{folder}”里已有一个写完的移交包，不能写在它上面。请换一个空文件夹。")
    raise Trouble(f"“{folder}”里已有别的文件（如“{paths[0]}”），请换一个空文件夹。")


def _paths(folder: Path) -> list[str]:
    """Return the files below a folder, with `/` between; raises Trouble."""
    try:
        return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
    except OSError as error:
        raise files.trouble(error, folder, "读取") from error


def _remove_empty(folder: Path) -> None:
    try:
        for path in sorted(folder.rglob("*"), key=lambda one: len(one.parts), reverse=True):
            if path.is_dir() and not any(path.iterdir()):
                path.rmdir()
    except OSError as error:
        raise files.trouble(error, folder, "整理") from error


def _digest(name: str, content: bytes) -> str:
    return hashlib.new(name.lower(), content).hexdigest()


def _silent(count: int, total: int) -> None:
    del count, total
