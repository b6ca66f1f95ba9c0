"""A package as a bag (RFC 8493): what a courier can read, what anyone can verify, and the sealed changes."""

import base64
import hashlib
from collections.abc import Mapping

import msgspec

from tuopin_desktop.exchange import frame, minisign
from tuopin_desktop.exchange.frame import Unsound
from tuopin_desktop.exchange.keys import Keys

PAYLOAD = "data/changes.jsonl.gz.age"
MAX_PAYLOAD = 512 * 1024 * 1024
MAX_FILE = MAX_PAYLOAD + 1024 * 1024
_TAG = 64 * 1024
_CAPS = {
    "bagit.txt": _TAG,
    "bag-info.txt": _TAG,
    "station.pub": _TAG,
    "manifest-sha256.txt": _TAG,
    "tagmanifest-sha256.txt": _TAG,
    "tagmanifest-sha256.txt.minisig": _TAG,
    PAYLOAD: MAX_PAYLOAD,
}
_SPOKEN = {
    "bagit.txt": "包的开头",
    "bag-info.txt": "包的标签",
    "station.pub": "签名人的公钥",
    "manifest-sha256.txt": "内容的清单",
    "tagmanifest-sha256.txt": "包的清单",
    "tagmanifest-sha256.txt.minisig": "签名",
    PAYLOAD: "包的内容",
}
"""What a clerk is told instead of the names in the package."""
_SIGNED = ("bag-info.txt", "bagit.txt", "manifest-sha256.txt", "station.pub")
BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """What stands on the outside of a package, for a clerk or courier without any key."""

    name: str
    office: str
    to: str
    number: int
    changes: int
    date: str


class Bag(msgspec.Struct, frozen=True):
    """A package whose integrity and signature are proved: its label, who signed, and the sealed payload."""

    label: dict[str, str]
    sign: str
    station: str
    payload: memoryview


def manifest(members: Mapping[str, bytes | memoryview], names: tuple[str, ...]) -> bytes:
    """Return the list of SHA-256 sums of members, as `sha256sum` writes it."""
    return "".join(f"{hashlib.sha256(members[name]).hexdigest()}  {name}\n" for name in names).encode()


def pack(keys: Keys, label: Label, payload: bytes) -> bytes:
    """Return the package file."""
    info = {
        "Source-Organization": label.office,
        "External-Identifier": label.name,
        "Bagging-Date": label.date,
        "Payload-Oxum": f"{len(payload)}.1",
        "Tuopin-To": label.to,
        "Tuopin-Number": label.number,
        "Tuopin-Changes": label.changes,
    }
    members: dict[str, bytes] = {
        "bagit.txt": BAGIT,
        "bag-info.txt": "".join(f"{name}: {value}\n" for name, value in info.items()).encode("ascii"),
        "station.pub": minisign.public_file(keys.sign, keys.station),
        PAYLOAD: payload,
    }
    members["manifest-sha256.txt"] = manifest(members, (PAYLOAD,))
    tags = members["tagmanifest-sha256.txt"] = manifest(members, _SIGNED)
    members["tagmanifest-sha256.txt.minisig"] = keys.sign_file(tags, label.name)
    return frame.join({name: members[name] for name in _CAPS})


def open_bag(raw: bytes) -> Bag:
    """Prove a package without opening its payload; raises Unsound with the check that failed."""
    members = frame.split(raw, _CAPS, _SPOKEN)
    if members["bagit.txt"] != BAGIT:
        raise Unsound("包的开头不符")
    for name, row in (("manifest-sha256.txt", (PAYLOAD,)), ("tagmanifest-sha256.txt", _SIGNED)):
        if members[name] != manifest(members, row):
            raise Unsound(f"{_SPOKEN[name]}与内容不符")
    sign, station = minisign.public_of(bytes(members["station.pub"]))
    if hashlib.sha256(base64.b64decode(sign)).hexdigest()[:16] != station:
        raise Unsound("签名人的编号与公钥不符")
    tags, signature = bytes(members["tagmanifest-sha256.txt"]), bytes(members["tagmanifest-sha256.txt.minisig"])
    comment = minisign.check_file(sign, station, tags, signature)
    label = label_of(bytes(members["bag-info.txt"]))
    if label.get("External-Identifier") != comment:
        raise Unsound("包名与签名不符")
    return Bag(label, sign, station, members[PAYLOAD])


def label_of(raw: bytes) -> dict[str, str]:
    """Return what stands on the outside of a bag; raises Unsound."""
    try:
        pairs = [line.split(": ", 1) for line in raw.decode("ascii").splitlines()]
        return {name: value for name, value in pairs}  # noqa: C416  # unpacking refuses a line without ": "
    except (UnicodeDecodeError, ValueError) as error:
        raise Unsound("包的标签读不懂") from error
