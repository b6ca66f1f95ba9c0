"""An update as a signed file: one version of the program for one system, for every office and not encrypted.

The same public formats as a data package (BagIt, minisign, ZIP without compression; the program as tar.xz), so `unzip`,
`sha256sum`, `minisign` and `tar` open and prove it. It is signed by the key of the project (`resources/update.pub`),
not by an office.
"""

import hashlib
import lzma
import tarfile
from collections.abc import Iterable, Iterator
from io import BufferedIOBase, BytesIO
from pathlib import PurePosixPath

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tuopin_desktop.domain.filenames import portable
from tuopin_desktop.domain.versions import is_version
from tuopin_desktop.exchange import frame, minisign
from tuopin_desktop.exchange.bag import BAGIT, label_of, manifest
from tuopin_desktop.exchange.frame import Unsound
from tuopin_desktop.machine.versions import Piece

TREE = "data/program.tar.xz"
MAX_TREE = 200 * 1024 * 1024
MAX_FILE = MAX_TREE + 1024 * 1024
MAX_UNPACKED = 1024 * 1024 * 1024
MAX_PIECES = 20_000
START = 64 * 1024
"""Bytes of a file that hold its label and the signature."""
_TAG = 8 * 1024
_TAGS = {
    "bagit.txt": "文件的开头",
    "bag-info.txt": "标签",
    "manifest-sha256.txt": "内容的清单",
    "tagmanifest-sha256.txt": "清单",
    "tagmanifest-sha256.txt.minisig": "签名",
}
_SIGNED = ("bag-info.txt", "bagit.txt", "manifest-sha256.txt")
_LONGEST = 200
"""Characters of a path inside a version: what stands above it must fit into Windows' 260, too."""


class Update(msgspec.Struct, frozen=True, kw_only=True):
    """What stands on the outside of an update. `schema` is the number of the tables it writes, sizes are bytes."""

    version: str
    system: str
    schema: int
    date: str
    unpacked: int
    pieces: int
    size: int = 0
    sha: str = ""

    @property
    def name(self) -> str:
        """Return what its file is called, without the ending."""
        return f"tuopin-update-{self.version}-{self.system}"


class Key(msgspec.Struct, frozen=True):
    """Who signs: the secret key and the id by which its signatures name it (hex)."""

    secret: Ed25519PrivateKey
    name: str


def write(key: Key, update: Update, pieces: Iterable[Piece]) -> bytes:
    """Return the file; sizes and hash of `update` are taken from the pieces."""
    tree, unpacked, count = _packed(pieces)
    update = msgspec.structs.replace(update, unpacked=unpacked, pieces=count, size=len(tree))
    info = {
        "Source-Organization": "Tuopin Desktop",
        "External-Identifier": update.name,
        "Bagging-Date": update.date,
        "Payload-Oxum": f"{update.size}.1",
        "Tuopin-Update": update.version,
        "Tuopin-System": update.system,
        "Tuopin-Schema": update.schema,
        "Tuopin-Unpacked": f"{update.unpacked}.{update.pieces}",
    }
    members: dict[str, bytes] = {
        "bagit.txt": BAGIT,
        "bag-info.txt": "".join(f"{name}: {value}\n" for name, value in info.items()).encode("ascii"),
        TREE: tree,
    }
    members["manifest-sha256.txt"] = manifest(members, (TREE,))
    tags = members["tagmanifest-sha256.txt"] = manifest(members, _SIGNED)
    members["tagmanifest-sha256.txt.minisig"] = minisign.sign_file(key.secret, key.name, tags, update.name)
    return frame.join({name: members[name] for name in (*_TAGS, TREE)})


def glance(start: bytes, public: bytes) -> tuple[Update, int]:
    """Return what a file says of itself by its first bytes, its signature proved, and its length when it is whole.

    Raises Unsound.
    """
    members = frame.leading(start, dict.fromkeys(_TAGS, _TAG), _TAGS)
    update = _proved(members, public)
    return update, frame.length({name: len(one) for name, one in members.items()} | {TREE: update.size})


def read(raw: bytes, public: bytes) -> tuple[Update, memoryview]:
    """Prove a file whole and return what it says of itself and the packed program; raises Unsound."""
    caps = {**dict.fromkeys(_TAGS, _TAG), TREE: MAX_TREE}
    members = frame.split(raw, caps, {**_TAGS, TREE: "程序"})
    tree = members.pop(TREE)
    update = _proved(members, public)
    if len(tree) != update.size or hashlib.sha256(tree).hexdigest() != update.sha:
        raise Unsound("程序与清单不符")
    return update, tree


def _proved(members: dict[str, memoryview], public: bytes) -> Update:
    """Return the label of members that the project signed; raises Unsound."""
    plain = {name: bytes(content) for name, content in members.items()}
    if plain["bagit.txt"] != BAGIT:
        raise Unsound("文件的开头不符")
    if plain["tagmanifest-sha256.txt"] != manifest(plain, _SIGNED):
        raise Unsound("清单与内容不符")
    sign, name = minisign.key_of(public)
    try:
        comment = minisign.check_file(
            sign, name, plain["tagmanifest-sha256.txt"], plain["tagmanifest-sha256.txt.minisig"]
        )
    except Unsound as error:
        raise Unsound("签名不符：不是本程序的发布者签的，或内容被改动过") from error
    update = _labelled(label_of(plain["bag-info.txt"]), plain["manifest-sha256.txt"])
    if comment != update.name:
        raise Unsound("名称与签名不符")
    return update


def _labelled(label: dict[str, str], listed: bytes) -> Update:
    try:
        unpacked, pieces = map(int, label["Tuopin-Unpacked"].split("."))
        update = Update(
            version=label["Tuopin-Update"],
            system=label["Tuopin-System"],
            schema=int(label["Tuopin-Schema"]),
            date=label["Bagging-Date"],
            unpacked=unpacked,
            pieces=pieces,
            size=int(label["Payload-Oxum"].partition(".")[0]),
            sha=listed[:64].decode("ascii"),
        )
    except (KeyError, ValueError) as error:
        raise Unsound("标签读不懂") from error
    if not is_version(update.version) or update.unpacked > MAX_UNPACKED or update.pieces > MAX_PIECES:
        raise Unsound("标签不符")
    return update


# -- the program inside


def _packed(pieces: Iterable[Piece]) -> tuple[bytes, int, int]:
    """Return pieces as tar.xz, the same bytes each time, how large they are unpacked and how many."""
    out, unpacked, count = BytesIO(), 0, 0
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT, encoding="utf-8") as archive:
        for piece in sorted(pieces, key=lambda piece: piece.name):
            info = tarfile.TarInfo(piece.name)
            info.size, info.mode = len(piece.content), 0o755 if piece.executable else 0o644
            archive.addfile(info, BytesIO(piece.content))
            unpacked, count = unpacked + info.size, count + 1
    return lzma.compress(out.getvalue(), preset=6), unpacked, count


def unpack(update: Update, tree: memoryview) -> Iterator[Piece]:
    """Yield the files of a proved update; raises Unsound for one that would lie elsewhere, or for more than it says.

    The signature is of the project, and still nothing is believed: a mistake in packing must not reach the disk.
    """
    before: set[str] = set()
    left = update.unpacked
    try:
        with (
            lzma.open(BytesIO(tree)) as plain,
            tarfile.open(
                fileobj=_Bounded(plain, update.unpacked + 2048 * (update.pieces + 20)), mode="r|", encoding="utf-8"
            ) as archive,
        ):
            for info in archive:
                left -= info.size
                _fits(info, before)
                if left < 0 or len(before) > update.pieces:
                    raise Unsound("程序比标签所写的大")
                file = archive.extractfile(info)
                content = file.read() if file is not None else b""
                if len(content) != info.size:
                    raise Unsound("程序不完整")
                yield Piece(info.name, content, executable=bool(info.mode & 0o100))
    except (lzma.LZMAError, tarfile.TarError, EOFError, UnicodeDecodeError) as error:
        raise Unsound("程序解不开") from error
    if left or len(before) != update.pieces:
        raise Unsound("程序不完整")


def _fits(info: tarfile.TarInfo, before: set[str]) -> None:
    """Raise Unsound unless a member is a plain file with a name every system keeps as it is, and the only one of it."""
    parts = PurePosixPath(info.name).parts
    plain = info.isreg() and "/".join(parts) == info.name and len(info.name) <= _LONGEST
    if not plain or not parts or any(part in (".", "..") or portable(part) != part for part in parts):
        raise Unsound(f"程序里有不能用的文件名“{info.name[:60]}”")
    if info.name.casefold() in before:
        raise Unsound("程序里有重名的文件")
    before.add(info.name.casefold())


class _Bounded(BufferedIOBase):
    """A stream that ends with Unsound when more is read than was announced: a small file may unpack to a full disk."""

    def __init__(self, stream: lzma.LZMAFile, most: int) -> None:
        self._stream, self._left = stream, most

    def read(self, size: int | None = -1) -> bytes:
        """Return the next bytes; raises Unsound beyond the announced size."""
        most = self._left + 1
        content = self._stream.read(most if size is None or size < 0 else min(size, most))
        self._left -= len(content)
        if self._left < 0:
            raise Unsound("程序比标签所写的大")
        return content
