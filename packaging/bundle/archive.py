"""Archives that come out the same byte for byte: entries by name, owned by root, one time for all."""

import lzma
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

LEVEL = 6


class Entry(NamedTuple):
    """A file or a link of an archive; the folders above it come by themselves."""

    name: str
    """Path from the top of the archive, with `/`, without one in front."""
    content: Path | bytes
    mode: int = 0o644
    link: str = ""
    """Where a symbolic link leads; its content is empty."""


def below(folder: Path, prefix: str) -> list[Entry]:
    """Return every file under a folder; who may start it stays, all other rights are the usual ones."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return [
        Entry(f"{prefix}/{path.relative_to(folder).as_posix()}", path, 0o755 if path.stat().st_mode & 0o100 else 0o644)
        for path in files
    ]


def write_tar(out: IO[bytes], entries: Iterable[Entry], epoch: int, *, top: str = "") -> None:
    """Write entries and their folders in order of names; `top` goes before each name (`./` for dpkg)."""
    by_name = {entry.name: entry for entry in entries}
    folders = {str(parent) for name in by_name for parent in PurePosixPath(name).parents} - {"."}
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT, encoding="utf-8") as archive:
        if top:
            archive.addfile(_info(top, epoch, 0o755, tarfile.DIRTYPE))
        for name in sorted(folders | set(by_name)):
            if name in folders:
                archive.addfile(_info(f"{top}{name}/", epoch, 0o755, tarfile.DIRTYPE))
            else:
                _add(archive, by_name[name], epoch, top)


def _add(archive: tarfile.TarFile, entry: Entry, epoch: int, top: str) -> None:
    if entry.link:
        info = _info(f"{top}{entry.name}", epoch, 0o777, tarfile.SYMTYPE)
        info.linkname = entry.link
        archive.addfile(info)
        return
    content = entry.content.read_bytes() if isinstance(entry.content, Path) else entry.content
    info = _info(f"{top}{entry.name}", epoch, entry.mode, tarfile.REGTYPE)
    info.size = len(content)
    archive.addfile(info, BytesIO(content))


def _info(name: str, epoch: int, mode: int, kind: bytes) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.mode, info.mtime = kind, mode, epoch
    info.uid = info.gid = 0
    info.uname = info.gname = "root"
    return info


def write_tar_xz(path: Path, entries: Iterable[Entry], epoch: int, *, top: str = "") -> None:
    """Write a tar archive packed with xz."""
    with lzma.open(path, "wb", preset=LEVEL) as out:
        write_tar(out, entries, epoch, top=top)


def write_deb(path: Path, control: Mapping[str, bytes], entries: Iterable[Entry], epoch: int) -> None:
    """Write a Debian package: an ar archive of the format's number, the control files and the tree (deb(5))."""
    with tempfile.TemporaryDirectory() as folder:
        parts = {"control.tar.xz": [Entry(name, content) for name, content in control.items()], "data.tar.xz": entries}
        for name, inside in parts.items():
            write_tar_xz(Path(folder, name), inside, epoch, top="./")
        with path.open("wb") as out:
            out.write(b"!<arch>\n")
            _member(out, "debian-binary", b"2.0\n", epoch)
            for name in parts:
                _member(out, name, Path(folder, name).read_bytes(), epoch)


def _member(out: IO[bytes], name: str, content: bytes, epoch: int) -> None:
    out.write(f"{name:<16}{epoch:<12}{0:<6}{0:<6}{'100644':<8}{len(content):<10}`\n".encode("ascii"))
    out.write(content + b"\n" * (len(content) % 2))


def write_zip(path: Path, entries: Iterable[Entry], epoch: int) -> None:
    """Write a zip archive in order of names, as if made on FAT: no owner, no rights, no links."""
    moment = datetime.fromtimestamp(epoch, UTC).timetuple()[:6]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for entry in sorted(entries, key=lambda entry: entry.name):
            info = zipfile.ZipInfo(entry.name, moment)
            info.create_system = 0
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, entry.content.read_bytes() if isinstance(entry.content, Path) else entry.content)
