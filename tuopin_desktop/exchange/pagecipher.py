"""One page of an encrypted database opened by itself, as SQLCipher 4 wrote it, for what is read beside the engine.

AES-256 in CBC with a fresh vector for each page; behind the content stand the vector (16 bytes) and a keyed sum (32).
When a page is opened the sum is not asked: the engine refuses the whole page for one wrong bit, while here it costs 16
bytes and a bit, and what is salvaged of such a page is proved line by line.
"""

import hmac
from collections.abc import Callable

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

RESERVE = 48
_VECTOR, _SUM = 16, 32
_SUM_SALT, _ROUNDS = 0x3A, 2
_MAGIC = b"SQLite format 3\0"


def opener(key: bytes) -> Callable[[int, bytes], bytes]:
    """Return what gives the plain bytes of a page by its number (from 1 on) and its bytes as stored."""
    cipher = algorithms.AES(key)

    def page(number: int, stored: bytes) -> bytes:
        start = len(_MAGIC) if number == 1 else 0
        content = stored[start:-RESERVE]
        if not content or len(content) % _VECTOR:
            return stored  # the file ends within this page
        decryptor = Cipher(cipher, modes.CBC(stored[-RESERVE : _VECTOR - RESERVE])).decryptor()
        return _MAGIC[:start] + decryptor.update(content) + decryptor.finalize() + stored[-RESERVE:]

    return page


def tester(key: bytes, salt: bytes) -> Callable[[int, bytes], bool]:
    """Return what tells by its sum whether a page as stored was written with a key and is sound."""
    # Not hashlib's: that one wants OpenSSL, which the Python of the program for Windows does not bring.
    own = PBKDF2HMAC(hashes.SHA512(), len(key), bytes(one ^ _SUM_SALT for one in salt), _ROUNDS).derive(key)

    def is_own(number: int, stored: bytes) -> bool:
        start = len(_MAGIC) if number == 1 else 0
        content = stored[start:-_SUM] + number.to_bytes(4, "little")
        return hmac.compare_digest(hmac.digest(own, content, "sha256"), stored[-_SUM:])

    return is_own
