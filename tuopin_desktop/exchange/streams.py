"""A file encrypted piece by piece: whatever its size, no more than a piece of it is in memory at a time.

Every piece is sealed with its number and whether it is the last, so pieces cannot be exchanged, left out or cut off.
The head names the vault whose key opens it; the key of files is derived from that of the database.
"""

import hashlib
import itertools
import secrets
from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from tuopin_desktop.exchange.frame import Unsound

MAGIC = b"TPFILE1\n"
_ID, _CHANCE, _TAG = 16, 7, 16
HEAD = len(MAGIC) + _ID + _CHANCE
PIECE = 1 << 16


def vault_of(head: bytes) -> bytes | None:
    """Return the id of the vault whose key opens a file, by how it begins; None for a file that is not encrypted."""
    return head[len(MAGIC) : len(MAGIC) + _ID] if head.startswith(MAGIC) and len(head) >= HEAD else None


def seal(content: Iterable[bytes], key: bytes, vault_id: bytes) -> Iterator[bytes]:
    """Yield the encrypted file of a content that comes in parts of any size."""
    head = MAGIC + vault_id + secrets.token_bytes(_CHANCE)
    yield head
    cipher, number = ChaCha20Poly1305(_key(key)), 0
    waiting = b""
    for part in content:
        waiting += part
        while len(waiting) > PIECE:
            yield cipher.encrypt(_nonce(head, number, last=False), waiting[:PIECE], head)
            waiting, number = waiting[PIECE:], number + 1
    yield cipher.encrypt(_nonce(head, number, last=True), waiting, head)


def unseal(stored: Iterable[bytes], key: bytes) -> Iterator[bytes]:
    """Yield the content of an encrypted file that comes in parts of any size; raises Unsound for a single wrong bit."""
    parts = iter(stored)
    waiting = b""
    while len(waiting) < HEAD:
        waiting += _next(parts)
    head, waiting = waiting[:HEAD], waiting[HEAD:]
    cipher, number = ChaCha20Poly1305(_key(key)), 0
    for part in itertools.chain([b""], parts):
        waiting += part
        while len(waiting) > PIECE + _TAG:
            yield _opened(cipher, _nonce(head, number, last=False), waiting[: PIECE + _TAG], head)
            waiting, number = waiting[PIECE + _TAG :], number + 1
    yield _opened(cipher, _nonce(head, number, last=True), waiting, head)


def _next(parts: Iterator[bytes]) -> bytes:
    try:
        return next(parts)
    except StopIteration:
        raise Unsound("文件不完整") from None


def _opened(cipher: ChaCha20Poly1305, nonce: bytes, piece: bytes, head: bytes) -> bytes:
    try:
        return cipher.decrypt(nonce, piece, head)
    except InvalidTag as error:
        raise Unsound("文件已损坏") from error


def _nonce(head: bytes, number: int, *, last: bool) -> bytes:
    return head[-_CHANCE:] + number.to_bytes(4, "big") + bytes([last])


def _key(key: bytes) -> bytes:
    return hashlib.blake2b(key, digest_size=32, person=b"tuopin files").digest()
