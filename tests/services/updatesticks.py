"""Installations of several versions and update files for the tests: signed by a key of the test, whole and hostile."""

import io
import lzma
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import msgspec
import pytest

from tuopin_desktop import __version__
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.exchange import frame, minisign, secretkey, updatefile
from tuopin_desktop.exchange.bag import manifest
from tuopin_desktop.exchange.updatefile import Key, Update
from tuopin_desktop.machine import versions
from tuopin_desktop.machine.versions import Installation, Piece, State
from tuopin_desktop.services.exchange import updates
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store import migrations

NEXT = "9.1.0"
PIECES = (
    Piece("tuopin-desktop", b"#!/bin/sh\necho new\n", executable=True),
    Piece("app/tuopin_desktop/__init__.py", b"__version__ = '9.1.0'\n"),
    Piece("lib/a.bin", bytes(range(256)) * 40),
)
_SECRET_FILE, PUBLIC, NAME = secretkey.make()
KEY = Key(secretkey.secret_of(_SECRET_FILE)[0], NAME)


def installation(folder: Path, monkeypatch: pytest.MonkeyPatch, own: str = __version__) -> Installation:
    """Make this program one that lies beside other versions, and trust the key of the test."""
    place = Installation(folder / versions.VERSIONS, own)
    lay(place, own)
    versions.write(place, State(current=own))
    monkeypatch.setattr(versions, "installation", lambda: place)
    key = folder / "update.pub"
    key.write_bytes(minisign.public_file(PUBLIC, NAME))
    monkeypatch.setattr(updates, "KEY", key)
    return place


def lay(place: Installation, version: str) -> None:
    """Put a version there that could be started."""
    entry = place.versions / version / "tuopin-desktop"
    entry.parent.mkdir(parents=True)
    entry.write_text(f"#!/bin/sh\necho {version}\n")
    entry.chmod(0o755)


def update(version: str = NEXT, system: str = "", schema: int = 0) -> Update:
    """Return what stands on the outside of an update."""
    return Update(
        version=version,
        system=system or versions.system(),
        schema=schema or migrations.newest(),
        date=date(2026, 12, 1).isoformat(),
        unpacked=0,
        pieces=0,
    )


def stick(folder: Path, of: Update | None = None, key: Key = KEY, pieces: Iterable[Piece] = PIECES) -> Path:
    """Write an update to a stick and return its file."""
    of = of or update()
    folder.mkdir(exist_ok=True)
    path = folder / f"{of.name}{updates.ENDING}"
    path.write_bytes(updatefile.write(key, of, pieces))
    return path


def members(path: Path) -> dict[str, bytes]:
    """Return the parts of an update file as they stand."""
    names = [*updatefile._TAGS, updatefile.TREE]
    return {name: bytes(one) for name, one in frame.split(path.read_bytes(), dict.fromkeys(names, 1 << 30)).items()}


def signed(path: Path, tree: bytes, unpacked: int, pieces: int, key: Key = KEY) -> Path:
    """Put another program into an update file, signed by the project all the same: a mistake in packing."""
    parts = members(path)
    parts[updatefile.TREE] = tree
    lines = parts["bag-info.txt"].decode().splitlines()
    values = {"Payload-Oxum": f"{len(tree)}.1", "Tuopin-Unpacked": f"{unpacked}.{pieces}"}
    info = [f"{line.split(': ')[0]}: {values.get(line.split(': ')[0], line.split(': ')[1])}\n" for line in lines]
    parts["bag-info.txt"] = "".join(info).encode()
    parts["manifest-sha256.txt"] = manifest(parts, (updatefile.TREE,))
    tags = parts["tagmanifest-sha256.txt"] = manifest(parts, updatefile._SIGNED)
    name = path.name.removesuffix(updates.ENDING)
    parts["tagmanifest-sha256.txt.minisig"] = minisign.sign_file(key.secret, key.name, tags, name)
    path.write_bytes(frame.join(parts))
    return path


def tree_of(*infos: tuple[tarfile.TarInfo, bytes]) -> bytes:
    """Return a packed program of these members, whatever they are."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for info, content in infos:
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return lzma.compress(out.getvalue(), preset=0)


def named(name: str, content: bytes = b"x", kind: bytes = tarfile.REGTYPE) -> tuple[tarfile.TarInfo, bytes]:
    """Return one member of a packed program."""
    info = tarfile.TarInfo(name)
    info.type = kind
    info.linkname = "../../../etc/passwd" if kind in (tarfile.SYMTYPE, tarfile.LNKTYPE) else ""
    return info, content if kind == tarfile.REGTYPE else b""


def refused(desk: Desk, path: Path) -> str:
    """Return what is said of an update that is not taken."""
    try:
        updates.take(desk, path)
    except (Refused, Trouble) as error:
        return error.sentence
    pytest.fail("it was taken")


@contextmanager
def unchanged(place: Installation) -> Iterator[None]:
    """Hold that the version that runs, and what starts next, are what they were, and nothing half made lies there."""
    before, files = versions.read(place), _files(place)
    yield
    after = versions.read(place)
    assert after == before
    assert _files(place) == files


def _files(place: Installation) -> dict[str, bytes]:
    paths = [path for path in place.versions.rglob("*") if path.is_file() and path.suffix != ".lock"]
    return {path.relative_to(place.versions).as_posix(): path.read_bytes() for path in paths}


def standing(place: Installation, **fields: str) -> State:
    """Write a state and return it."""
    state = msgspec.structs.replace(State(current=place.own), **fields)
    versions.write(place, state)
    return state
