"""The sealed payload: gzip inside age; opened in steps, so that a bomb is stopped long before it is large."""

import zlib
from collections.abc import Iterable, Iterator, Sequence

import pyrage

from tuopin_desktop.exchange.frame import Unsound

_STEP = 1024 * 1024
MAX_LINE = 1024 * 1024
MAX_TOTAL = 2 * 1024 * 1024 * 1024
_GZIP = 31
_MAGIC = b"age-encryption.org/v1"
HEAD = len(_MAGIC)


class Squeezer:
    """Takes lines and keeps only their compressed bytes."""

    def __init__(self, *, fast: bool) -> None:
        self._zip = zlib.compressobj(1 if fast else 6, zlib.DEFLATED, _GZIP)
        self._made: list[bytes] = []
        self.size = 0

    def add(self, lines: Iterable[bytes]) -> None:
        """Add whole lines, without their line ends."""
        self._keep(self._zip.compress(b"\n".join(lines) + b"\n"))

    def finish(self) -> bytes:
        """Return the whole."""
        self._keep(self._zip.flush())
        return b"".join(self._made)

    def _keep(self, some: bytes) -> None:
        self._made.append(some)
        self.size += len(some)


def seal(squeezed: bytes, recipients: Sequence[str]) -> bytes:
    """Encrypt to age recipients."""
    keys = [pyrage.x25519.Recipient.from_str(one) for one in dict.fromkeys(recipients)]
    return bytes(pyrage.encrypt(squeezed, keys))


def is_sealed(head: bytes) -> bool:
    """Tell by its first `HEAD` bytes whether a file is encrypted as we do it."""
    return head.startswith(_MAGIC)


def is_recipient(text: str) -> bool:
    """Tell whether a word is an age recipient."""
    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True


def unseal(payload: bytes | memoryview, secret: str) -> bytes:
    """Return the compressed lines; raises Unsound when it is not for this key or was cut off."""
    try:
        return bytes(pyrage.decrypt(bytes(payload), [pyrage.x25519.Identity.from_str(secret)]))
    except pyrage.DecryptError as error:
        raise Unsound("解不开：没有加密给这台电脑（它可能还没有授权、已停用，或换过密钥），或内容已损坏") from error


def lines(squeezed: bytes) -> Iterator[bytes]:
    """Yield the lines of a payload; raises Unsound for a second member, a tail, a line or a whole that is too long."""
    unzip = zlib.decompressobj(_GZIP)
    rest, source, total = b"", squeezed, 0
    while not unzip.eof:
        try:
            some = unzip.decompress(source, _STEP)
        except zlib.error as error:
            raise Unsound("压缩内容已损坏") from error
        source = unzip.unconsumed_tail
        if not some and not source and not unzip.eof:
            raise Unsound("压缩内容不完整")
        total += len(some)
        if total > MAX_TOTAL:
            raise Unsound("解开后过大")
        *whole, rest = (rest + some).split(b"\n")
        yield from whole
        if len(rest) > MAX_LINE:
            raise Unsound("有一行过长")
    if unzip.unused_data or rest:
        raise Unsound("压缩内容后面还有多余的字节")
