"""Looking through a medium for the archives: whole, unchanged, nothing missing, nothing too much, nothing twice.

The same is asked by a script that lies on the medium and knows only the layout (`resources/archives/check_medium.py`);
neither uses a line of the other, and a test holds that they find the same.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from tuopin_desktop.domain.archives import cataloguexml, digests
from tuopin_desktop.domain.archives.cataloguexml import Line
from tuopin_desktop.domain.archives.digests import SHA256, SM3
from tuopin_desktop.domain.archives.medium import CATALOGUE, END, NOTE, PAPERS, REST, UNFINISHED, is_legal
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.machine import files

Progress = Callable[[int, int], None]

_ENDS = 4096
_PACKED = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"age-encryption", b"MSCF")
_PDF_LOCKED = b"/Encrypt"


class Fault(msgspec.Struct, frozen=True, order=True):
    """One thing that is not right: which file (from the root on), what in words, and a word for scripts."""

    path: str
    what: str
    code: str

    def __str__(self) -> str:
        return f"“{self.path}”{self.what}" if self.path else self.what


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What was looked at and what is not right; `remarks` say what could not be looked at here."""

    items: int
    files: int
    bytes: int
    faults: tuple[Fault, ...]
    remarks: tuple[str, ...] = ()


class _Look(msgspec.Struct, frozen=True):
    """A medium as it lies there: size and digests of every file, what looks packed, and the lines of its catalogue."""

    sizes: dict[str, int]
    digests: dict[str, dict[str, str]]
    packed: frozenset[str]
    lines: tuple[Line, ...]


def check(folder: Path, progress: Progress | None = None) -> Report:
    """Look through a medium; `progress` hears (files read, files) and may raise. Raises Trouble for no folder."""
    if not files.is_folder(folder):
        raise Trouble(f"没有“{folder}”这个文件夹，U盘可能已拔出。请重新插好后再试。")
    sizes = _sizes(folder)
    if UNFINISHED in sizes or not sizes.keys() & {END, CATALOGUE, NOTE}:
        what = "移交包还没有写完" if UNFINISHED in sizes else "这个文件夹不是移交包"
        return Report(items=0, files=len(sizes), bytes=sum(sizes.values()), faults=(Fault("", what, "unfinished"),))
    faults: list[Fault] = []
    lines = _lines(folder, faults)
    names = [SHA256, *([SM3] if digests.LISTS[SM3] in sizes and _has_sm3() else [])]
    look = _read(folder, sizes, lines, names, progress)
    for find in (_layout, _catalogue, _packed, _names):
        faults.extend(find(look))
    for name in names:
        faults.extend(_listed(folder, look, name))
    faults.extend(_sealed(folder, look))
    faults = [one for one in faults if one.code != "count"] or faults  # that the sums differ then says no more
    remarks = () if digests.LISTS[SM3] not in sizes or _has_sm3() else ("这台电脑不能算 SM3，只核对了 SHA-256。",)
    return Report(
        items=len(lines),
        files=len(sizes),
        bytes=sum(sizes.values()),
        faults=tuple(sorted(set(faults))),
        remarks=remarks,
    )


def _has_sm3() -> bool:
    return "sm3" in hashlib.algorithms_available


def _sizes(folder: Path) -> dict[str, int]:
    try:
        every = [path for path in sorted(folder.rglob("*")) if not path.is_dir()]
        return {path.relative_to(folder).as_posix(): path.stat().st_size for path in every}
    except OSError as error:
        raise files.trouble(error, folder, "读取") from error


def _lines(folder: Path, faults: list[Fault]) -> tuple[Line, ...]:
    try:
        return tuple(cataloguexml.lines(files.read(folder / CATALOGUE)))
    except (ValueError, Trouble):
        faults.append(Fault(CATALOGUE, "没有，或读不出来", "catalogue"))
        return ()


def _read(
    folder: Path, sizes: dict[str, int], lines: tuple[Line, ...], names: list[str], progress: Progress | None
) -> _Look:
    every: dict[str, dict[str, str]] = {}
    packed: set[str] = set()
    for count, path in enumerate(sizes):
        if progress is not None:
            progress(count, len(sizes))
        hashes = {name: hashlib.new(name.lower()) for name in names}
        first = last = b""
        for some in files.parts_of(folder / path):
            first = first or some[:_ENDS]
            last = (last + some)[-_ENDS:]
            for one in hashes.values():
                one.update(some)
        every[path] = {name: one.hexdigest() for name, one in hashes.items()}
        if first.startswith(_PACKED) or (first.startswith(b"%PDF") and _PDF_LOCKED in first + last):
            packed.add(path)
    return _Look(sizes, every, frozenset(packed), lines)


def _layout(look: _Look) -> Iterator[Fault]:
    for path in (NOTE, END):
        if path not in look.sizes:
            yield Fault(path, "缺失", "missing")
    for path in look.sizes:
        if path not in (NOTE, CATALOGUE) and path.partition("/")[0] not in (PAPERS, REST):
            yield Fault(path, "是多余的文件", "extra")


def _catalogue(look: _Look) -> Iterator[Fault]:
    paths = Counter(path for line in look.lines for path in line.paths)
    yield from (Fault(path, "在文件目录里出现了不止一次", "twice") for path, count in paths.items() if count > 1)
    yield from (Fault(path, "缺失", "missing") for path in paths if path not in look.sizes)
    for path in look.sizes:
        if path.startswith(f"{PAPERS}/") and path not in paths:
            yield Fault(path, "是多余的文件", "extra")
    codes = Counter(line.code for line in look.lines if line.code)
    yield from (Fault(CATALOGUE, f"中档号{code}出现了不止一次", "twice") for code, count in codes.items() if count > 1)
    if [line.ordinal for line in look.lines] != [str(at) for at in range(1, len(look.lines) + 1)]:
        yield Fault(CATALOGUE, "的顺序号不连续", "ordinal")


def _packed(look: _Look) -> Iterator[Fault]:
    for path in look.packed:
        yield Fault(path, "是加密或压缩的文件", "packed")


def _names(look: _Look) -> Iterator[Fault]:
    for path in look.sizes:
        if not is_legal(path):
            yield Fault(path, "的名称太长，或有 Windows 不能用的字符", "name")


def _listed(folder: Path, look: _Look, name: str) -> Iterator[Fault]:
    """Compare the files with a digest list, both ways."""
    where = digests.LISTS[name]
    try:
        entries = digests.entries(files.read(folder / where))
    except (ValueError, Trouble):
        yield Fault(where, "没有，或读不出来", "list")
        return
    for path, count in Counter(path for path, _ in entries).items():
        if count > 1:
            yield Fault(path, "在数字摘要表里出现了不止一次", "twice")
    for path, digest in entries:
        if path not in look.sizes:
            yield Fault(path, "缺失", "missing")
        elif look.digests[path][name] != digest:
            yield Fault(path, "的内容被改动过", "changed")
    for path in look.sizes.keys() - {path for path, _ in entries} - digests.CLOSING:
        yield Fault(path, "是多余的文件", "extra")


def _sealed(folder: Path, look: _Look) -> Iterator[Fault]:
    """Compare the lists and the form with the end mark, and the end mark with what it must say."""
    if END not in look.sizes:
        return
    raw = files.read(folder / END)
    try:
        seals = digests.sealed_by(raw)
    except ValueError:
        yield Fault(END, "的内容被改动过", "changed")
        return
    whole = {
        path: digests.Whole(size, look.digests[path])
        for path, size in look.sizes.items()
        if path not in digests.CLOSING
    }
    for path in sorted((digests.CLOSING - {END}) & (look.sizes.keys() | seals.keys())):
        if path not in look.sizes:
            yield Fault(path, "缺失", "missing")
        elif path not in seals:
            yield Fault(path, "是多余的文件", "extra")
        elif look.digests[path][SHA256] != seals[path]:
            yield Fault(path, "的内容被改动过", "changed")
    if raw != digests.end_mark(whole, seals):
        yield Fault(END, "写的文件数、字节数与实际不符，或被改动过", "count")
