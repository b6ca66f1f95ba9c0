"""Signatures as minisign writes them: Ed25519 over a BLAKE2b hash, with a signed comment; keys as it reads them."""

import base64
import binascii
import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tuopin_desktop.exchange.frame import Unsound


def public_file(sign: str, station: str) -> bytes:
    """Return the public key file of a base64 key; the key id is the station's."""
    raw = b"Ed" + bytes.fromhex(station) + base64.b64decode(sign)
    return b"untrusted comment: minisign public key " + station.encode() + b"\n" + base64.b64encode(raw) + b"\n"


def public_of(content: bytes) -> tuple[str, str]:
    """Return (base64 key, station) of a public key file; raises Unsound for anything we would not have written."""
    try:
        raw = base64.b64decode(content.split(b"\n")[1], validate=True)
        sign, station = base64.b64encode(raw[10:]).decode(), raw[2:10].hex()
        same = public_file(sign, station) == content and len(raw) == 42
    except (binascii.Error, IndexError) as error:
        raise Unsound("签名人的公钥读不懂") from error
    if not same:
        raise Unsound("签名人的公钥读不懂")
    return sign, station


def key_of(content: bytes) -> tuple[str, str]:
    """Return (base64 key, key id) of a public key file whoever wrote it, with any comment; raises Unsound."""
    lines = content.split()
    try:
        raw = base64.b64decode(lines[-1], validate=True)
    except (binascii.Error, IndexError) as error:
        raise Unsound("公钥读不懂") from error
    if len(raw) != 42 or raw[:2] != b"Ed":
        raise Unsound("公钥读不懂")
    return base64.b64encode(raw[10:]).decode(), raw[2:10].hex()


def sign_file(key: Ed25519PrivateKey, station: str, content: bytes, comment: str) -> bytes:
    """Return the detached signature of a file."""
    signature = key.sign(hashlib.blake2b(content).digest())
    both = key.sign(signature + comment.encode())
    return (
        b"untrusted comment: signature by station " + station.encode() + b"\n"
        + base64.b64encode(b"ED" + bytes.fromhex(station) + signature) + b"\n"
        + b"trusted comment: " + comment.encode() + b"\n"
        + base64.b64encode(both) + b"\n"
    )  # fmt: skip


def check_file(sign: str, station: str, content: bytes, signature: bytes) -> str:
    """Return the trusted comment of a good signature; raises Unsound."""
    lines = signature.split(b"\n")
    try:
        if len(lines) != 5 or lines[4] or not lines[2].startswith(b"trusted comment: "):
            raise Unsound("签名文件读不懂")
        one, both = base64.b64decode(lines[1], validate=True), base64.b64decode(lines[3], validate=True)
        comment = lines[2].removeprefix(b"trusted comment: ")
        text = comment.decode("ascii")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise Unsound("签名文件读不懂") from error
    is_known = one[:2] == b"ED" and one[2:10].hex() == station
    if not (
        is_known and good(sign, hashlib.blake2b(content).digest(), one[10:]) and good(sign, one[10:] + comment, both)
    ):
        raise Unsound("签名不符：内容被改动过，或不是这台电脑签的")
    return text


def good(sign: str, message: bytes, signature: bytes) -> bool:
    """Tell whether a signature by a base64 public key is good."""
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(sign)).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
