"""The secret key file of minisign, as a person who signs updates has it: read, opened with its password, made anew."""

import base64
import binascii
import hashlib
import secrets
import struct

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tuopin_desktop.exchange.frame import Unsound

_KEY = struct.Struct("<2s2s2s32sQQ104s")
_BARE, _SCRYPT = b"\0\0", b"Sc"
_OPEN = "untrusted comment: minisign unencrypted secret key"


def is_locked(content: bytes) -> bool:
    """Tell whether a password is needed; raises Unsound for what is no secret key."""
    return _fields(content)[1] == _SCRYPT


def secret_of(content: bytes, password: str = "") -> tuple[Ed25519PrivateKey, str]:
    """Return the key and its id; raises Unsound for another file or a wrong password."""
    _, kind, _, salt, operations, memory, raw = _fields(content)
    if kind == _SCRYPT:
        count, blocks, lanes = _cost(operations, memory)
        room = 128 * blocks * (count + lanes + 2)
        stream = hashlib.scrypt(password.encode(), salt=salt, n=count, r=blocks, p=lanes, maxmem=room, dklen=len(raw))
        raw = bytes(one ^ other for one, other in zip(raw, stream, strict=True))
    name, seed, public, check = raw[:8], raw[8:40], raw[40:72], raw[72:]
    key = Ed25519PrivateKey.from_private_bytes(seed)
    if kind == _SCRYPT and hashlib.blake2b(b"Ed" + raw[:72], digest_size=32).digest() != check:
        raise Unsound("密码不对")
    if _public(key) != public:
        raise Unsound("私钥已损坏")
    return key, name.hex()


def make() -> tuple[bytes, str, str]:
    """Return a new secret key file without a password, its public key (base64) and its id."""
    key, name = Ed25519PrivateKey.generate(), secrets.token_bytes(8)
    seed = key.private_bytes(serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption())
    public = _public(key)
    check = hashlib.blake2b(b"Ed" + name + seed + public, digest_size=32).digest()
    raw = _KEY.pack(b"Ed", _BARE, b"B2", bytes(32), 0, 0, name + seed + public + check)
    return f"{_OPEN}\n{base64.b64encode(raw).decode()}\n".encode(), base64.b64encode(public).decode(), name.hex()


def _public(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def _fields(content: bytes) -> tuple[bytes, bytes, bytes, bytes, int, int, bytes]:
    try:
        raw = base64.b64decode(content.splitlines()[1], validate=True)
        fields: tuple[bytes, bytes, bytes, bytes, int, int, bytes] = _KEY.unpack(raw)
    except (binascii.Error, IndexError, struct.error) as error:
        raise Unsound("这不是私钥文件") from error
    if fields[0] != b"Ed" or fields[1] not in (_BARE, _SCRYPT):
        raise Unsound("这不是私钥文件")
    return fields


def _cost(operations: int, memory: int) -> tuple[int, int, int]:
    """Return n, r, p of scrypt as libsodium chooses them from its two limits."""
    blocks, most = 8, max(operations, 32768)
    if most < memory // 32:
        return _power(most // (blocks * 4)), blocks, 1
    count = _power(memory // (blocks * 128))
    return count, blocks, min(most // 4 // count, 0x3FFFFFFF) // blocks


def _power(most: int) -> int:
    """Return the smallest power of two, from 2 on, that is more than half of a number."""
    count = 2
    while count <= most // 2:
        count *= 2
    return count
