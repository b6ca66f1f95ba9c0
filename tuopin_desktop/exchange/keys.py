"""A station's two keys and how far it has signed: a file beside the database, never in it (`docs/exchange.md`)."""

import base64
import hashlib

import msgspec
import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tuopin_desktop.exchange import minisign, wrapping
from tuopin_desktop.exchange.frame import Unsound


class Locked(Unsound):
    """Windows does not open the secrets: it wrapped them for another user, or for this one before a new set-up."""


class Keys(msgspec.Struct, frozen=True, kw_only=True):
    """The keys of this PC: public parts in base64 and age form, secrets in memory only.

    `office` is the one whose data they were made for, "" in a file of an earlier program; `practice` likewise.
    """

    station: str
    sign: str
    age: str
    seed: bytes
    identity: str
    office: str = ""
    practice: bool = False

    def sign_file(self, content: bytes, comment: str) -> bytes:
        """Return minisign's detached signature of a file."""
        return minisign.sign_file(self._key(), self.station, content, comment)

    def sign_bytes(self, message: bytes) -> bytes:
        """Return the bare Ed25519 signature of a message."""
        return self._key().sign(message)

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


class _File(msgspec.Struct, kw_only=True):
    version: int = 1
    station: str
    wrap: str
    seed: str
    identity: str
    office: str = ""
    practice: bool = False


def generate(office: str = "", *, practice: bool = False) -> Keys:
    """Return new keys for an office; the station is named after the public key."""
    keys = _keys(Ed25519PrivateKey.generate().private_bytes_raw(), str(pyrage.x25519.Identity.generate()))
    return msgspec.structs.replace(keys, office=office, practice=practice)


def _keys(seed: bytes, identity: str) -> Keys:
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    age = str(pyrage.x25519.Identity.from_str(identity).to_public())
    return Keys(
        station=hashlib.sha256(public).hexdigest()[:16],
        sign=base64.b64encode(public).decode(),
        age=age,
        seed=seed,
        identity=identity,
    )


def dump(keys: Keys) -> bytes:
    """Return the key file; raises OSError when Windows will not wrap the secrets."""
    seed, identity = (base64.b64encode(wrapping.wrap(one)).decode() for one in (keys.seed, keys.identity.encode()))
    file = _File(
        station=keys.station,
        wrap=wrapping.WRAP,
        seed=seed,
        identity=identity,
        office=keys.office,
        practice=keys.practice,
    )
    return msgspec.json.format(msgspec.json.encode(file), indent=2)


def load(raw: bytes) -> Keys:
    """Return the keys of a key file; raises Unsound when it is damaged, Locked when Windows does not open it here."""
    try:
        file = msgspec.json.decode(raw, type=_File)
        seed, identity = (wrapping.unwrap(base64.b64decode(one, validate=True)) for one in (file.seed, file.identity))
        keys = _keys(seed, identity.decode("ascii"))
    except OSError as error:
        raise Locked("密钥属于另一个 Windows 用户或另一台电脑") from error
    except (ValueError, pyrage.IdentityError) as error:  # what msgspec and base64 raise are ValueErrors
        raise Unsound("密钥文件已损坏") from error
    if keys.station != file.station:
        raise Unsound("密钥文件前后矛盾")
    return msgspec.structs.replace(keys, office=file.office, practice=file.practice)
