"""The digests of a medium: lists that `sha256sum -c` reads, and the end mark that closes them.

A list names every file but itself, the end mark and the registration form, which says the digest of the list: so the
signed form stands for the list, the list for every file, and the end mark for the form.
"""

from collections.abc import Mapping
from typing import Final

import msgspec

from tuopin_desktop.domain.archives.medium import END, REGISTRATION, REST

SHA256: Final = "SHA256"
SM3: Final = "SM3"
LISTS: Mapping[str, str] = {name: f"{REST}/数字摘要-{name}.TXT" for name in (SHA256, SM3)}
"""Where the list of each algorithm lies."""
FORMS = (f"{REGISTRATION}.pdf", f"{REGISTRATION}.TXT")
CLOSING = frozenset((END, *FORMS, *LISTS.values()))
"""What no list names."""
_LENGTH = 64
"""Hexadecimal digits of either digest."""


class Whole(msgspec.Struct, frozen=True):
    """A file of the medium: how long it is, and its digests by the name of the algorithm, as hexadecimal digits."""

    size: int
    digests: Mapping[str, str]


def listing(files: Mapping[str, Whole], algorithm: str) -> bytes:
    """Return the list of one algorithm, sorted by path."""
    return "".join(f"{files[path].digests[algorithm]}  {path}\n" for path in sorted(files)).encode()


def entries(raw: bytes) -> list[tuple[str, str]]:
    """Return (path, digest) of each line of a list, also when one path stands there twice; raises ValueError."""
    return [_entry(line) for line in raw.decode().splitlines() if line.strip()]


def end_mark(files: Mapping[str, Whole], seals: Mapping[str, str]) -> bytes:
    """Return the end mark: how many files of how many bytes, and the SHA-256 of the lists and of the form by path."""
    lines = [f"本移交包已完整写出，核对方法见“{REST}”中的说明。"]
    lines += [f"文件数：{len(files)}", f"字节数：{sum(one.size for one in files.values())}"]
    return "".join(f"{line}\n" for line in [*lines, *(f"{seals[path]}  {path}" for path in sorted(seals))]).encode()


def sealed_by(raw: bytes) -> dict[str, str]:
    """Return what an end mark says of the lists and the form: SHA-256 by path; raises ValueError."""
    return dict(_entry(line) for line in raw.decode().splitlines() if f"  {REST}/" in line)


def _entry(line: str) -> tuple[str, str]:
    digest, gap, path = line[:_LENGTH], line[_LENGTH : _LENGTH + 2], line[_LENGTH + 2 :]
    if gap != "  " or not path or set(digest) - set("0123456789abcdef"):
        raise ValueError(f"no line of digests: {line[:80]}")
    return path, digest
