"""A rule pack as a signed file: its rules and the paper that establishes it, for every office and not encrypted.

The same public formats as a data package (BagIt, minisign, ZIP without compression), so `unzip`, `sha256sum` and
`minisign` open and prove it. The signature covers the hash of the paper: what is kept of a pack proves itself without.
"""

import base64
import hashlib
from collections.abc import Mapping

import msgspec

from tuopin_desktop.exchange import frame, minisign
from tuopin_desktop.exchange.bag import BAGIT, label_of, manifest
from tuopin_desktop.exchange.frame import Unsound
from tuopin_desktop.exchange.keys import Keys

RULES = "data/pack.toml"
ENDINGS = ("pdf", "jpg", "png", "tif")
MAX_RULES = 64 * 1024
MAX_PAPER = 30 * 1024 * 1024
MAX_FILE = MAX_PAPER + 1024 * 1024
_TAG = 64 * 1024
_TAGS = {
    "bagit.txt": "文件的开头",
    "bag-info.txt": "标签",
    "station.pub": "签名人的公钥",
    "manifest-sha256.txt": "内容的清单",
    "tagmanifest-sha256.txt": "清单",
    "tagmanifest-sha256.txt.minisig": "签名",
}
_SIGNED = ("bag-info.txt", "bagit.txt", "manifest-sha256.txt", "station.pub")


class Outside(msgspec.Struct, frozen=True, kw_only=True):
    """What stands on the outside of a pack."""

    name: str
    office: str
    pack: str
    version: int
    date: str
    practice: bool


class PackFile(msgspec.Struct, frozen=True, kw_only=True):
    """A pack whose integrity and signature are proved; whether the signer may speak is for the caller to ask.

    `parts` are all parts but the paper; `paper` is empty where only they were at hand, `sha` its hash all the same.
    """

    label: dict[str, str]
    sign: str
    station: str
    rules: bytes
    paper: bytes
    ending: str
    sha: str
    parts: dict[str, str]


def write(keys: Keys, outside: Outside, rules: bytes, paper: bytes, ending: str) -> bytes:
    """Return the file."""
    info = {
        "Source-Organization": outside.office,
        "External-Identifier": outside.name,
        "Bagging-Date": outside.date,
        "Payload-Oxum": f"{len(rules) + len(paper)}.2",
        "Tuopin-Pack": outside.pack,
        "Tuopin-Version": outside.version,
        "Tuopin-Practice": int(outside.practice),
    }
    members: dict[str, bytes] = {
        "bagit.txt": BAGIT,
        "bag-info.txt": "".join(f"{name}: {value}\n" for name, value in info.items()).encode("ascii"),
        "station.pub": minisign.public_file(keys.sign, keys.station),
        RULES: rules,
        _paper(ending): paper,
    }
    members["manifest-sha256.txt"] = manifest(members, (RULES, _paper(ending)))
    tags = members["tagmanifest-sha256.txt"] = manifest(members, _SIGNED)
    members["tagmanifest-sha256.txt.minisig"] = keys.sign_file(tags, outside.name)
    return frame.join({name: members[name] for name in (*_TAGS, RULES, _paper(ending))})


def read(raw: bytes) -> PackFile:
    """Prove a file; raises Unsound with the check that failed."""
    ending = _ending(raw[-512:])
    caps = {**dict.fromkeys(_TAGS, _TAG), RULES: MAX_RULES, _paper(ending): MAX_PAPER}
    members = frame.split(raw, caps, {**_TAGS, RULES: "规则", _paper(ending): "依据文件"})
    paper = bytes(members.pop(_paper(ending)))
    try:
        values = {name: bytes(content).decode("utf-8") for name, content in members.items()}
    except UnicodeDecodeError as error:
        raise Unsound("规则不是UTF-8文字") from error
    proved = prove(values)
    if proved.ending != ending or hashlib.sha256(paper).hexdigest() != proved.sha:
        raise Unsound("依据文件与清单不符")
    return msgspec.structs.replace(proved, paper=paper)


def prove(values: Mapping[str, str]) -> PackFile:
    """Prove what is kept of a pack, which is all but its paper; raises Unsound."""
    if set(values) != {*_TAGS, RULES}:
        raise Unsound("内容不全")
    members = {name: text.encode("utf-8") for name, text in values.items()}
    if members["bagit.txt"] != BAGIT:
        raise Unsound("文件的开头不符")
    sha, ending = _listed(members)
    if members["tagmanifest-sha256.txt"] != manifest(members, _SIGNED):
        raise Unsound("清单与内容不符")
    sign, station = minisign.public_of(members["station.pub"])
    if hashlib.sha256(base64.b64decode(sign)).hexdigest()[:16] != station:
        raise Unsound("签名人的编号与公钥不符")
    tags, signature = members["tagmanifest-sha256.txt"], members["tagmanifest-sha256.txt.minisig"]
    comment = minisign.check_file(sign, station, tags, signature)
    label = label_of(members["bag-info.txt"])
    if label.get("External-Identifier") != comment:
        raise Unsound("名称与签名不符")
    return PackFile(
        label=label,
        sign=sign,
        station=station,
        rules=members[RULES],
        paper=b"",
        ending=ending,
        sha=sha,
        parts=dict(values),
    )


def _paper(ending: str) -> str:
    return f"data/paper.{ending}"


def _ending(tail: bytes) -> str:
    return next((one for one in ENDINGS if _paper(one).encode() in tail), ENDINGS[0])


def _listed(members: Mapping[str, bytes]) -> tuple[str, str]:
    """Return hash and ending of the paper as the list of contents has them; raises Unsound unless it fits the rules."""
    lines = members["manifest-sha256.txt"].decode("utf-8").splitlines(keepends=True)
    for ending in ENDINGS:
        sha = lines[1][:64] if len(lines) == 2 else ""
        expected = manifest(members, (RULES,)) + f"{sha}  {_paper(ending)}\n".encode()
        if members["manifest-sha256.txt"] == expected and all(char in "0123456789abcdef" for char in sha):
            return sha, ending
    raise Unsound("内容的清单与规则不符")
