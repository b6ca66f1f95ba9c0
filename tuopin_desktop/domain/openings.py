"""Lines of format 2: the values that can be forgotten lie beside what is hashed, which holds their digest instead.

The chain of a feed goes over the closed line. It is the same with and without the opening, so a line that was made to
forget its values proves the same as before, and an opening that was altered fits no chain (`docs/exchange.md`).
"""

import base64
import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import count

import msgspec

from tuopin_desktop.domain.change import OPENING, FeedLine, Opening, encode, halves

SEAL = ',"seal":"'
"""What stands before the digest in a line that has no opening; no text holds it unescaped."""
_NO_SALT = OPENING + b'"'


def with_opening(line: FeedLine, apart: Collection[str], salt: Callable[[], str]) -> bytes:
    """Return the bytes of a line with the values of the fields `apart` in its opening, under a fresh random salt.

    A line that says nothing of these fields has none, and is what it was in format 1.
    """
    names = [name for name in line.set if name in apart and _says(line, name)]
    if not names:
        return encode(line)
    was = {name: line.was[name] for name in names if name in line.was}
    opening = encode(Opening(salt(), {name: line.set[name] for name in names}, was))
    bare = msgspec.structs.replace(
        line,
        set={name: value for name, value in line.set.items() if name not in names},
        was={name: value for name, value in line.was.items() if name not in names},
    )
    return encode(bare)[:-1] + b',"open":' + opening + b"}"


def salt_of(seed: str, feed: str, seq: int) -> str:
    """Return the salt of a line by its place in a feed: 16 bytes, told by nobody who does not hold the feed's seed."""
    digest = hashlib.sha256(f"{seed}\n{feed}\n{seq}".encode()).digest()
    return base64.urlsafe_b64encode(digest[:16])[:-2].decode()


def without_salt(raw: bytes, salt: str) -> bytes:
    """Return a line without its salt, if that is the one that its place gives; any other line as it is.

    A salt is a third of what a daily log takes in a package, and the seed stands there once for all lines of a feed.
    """
    place = raw.find(OPENING + salt.encode() + b'"')
    return raw if place < 0 else raw[: place + len(OPENING)] + raw[place + len(OPENING) + len(salt) :]


def with_salts(lines: Iterable[bytes], seed: str, feed: str, start: int) -> Iterator[bytes]:
    """Yield the lines of a feed numbered from `start` on, those that lack their salt with that of their place."""
    for seq, raw in zip(count(start), lines):
        place = raw.find(_NO_SALT) + len(OPENING)
        yield raw if place < len(OPENING) else raw[:place] + salt_of(seed, feed, seq).encode() + raw[place:]


def _says(line: FeedLine, name: str) -> bool:
    return line.set[name] is not None or line.was.get(name) is not None


def chain_form(raw: bytes) -> bytes:
    """Return a line without its opening, as it stands in the chain; one that has none is already so."""
    bare, opening = halves(raw)
    if not opening:
        return raw
    seal = base64.urlsafe_b64encode(hashlib.sha256(opening).digest())[:-1]
    return bare + SEAL.encode() + seal + b'"}'


def is_open(raw: bytes) -> bool:
    """Tell whether a line has its opening in it."""
    return bool(halves(raw)[1])


def same(one: bytes, other: bytes) -> bool:
    """Tell whether two lines are one and the same, whether or not either still has its opening."""
    return one == other or chain_form(one) == chain_form(other)


def link(digest: bytes, raw: bytes) -> bytes:
    """Return the hash of a feed after one more line."""
    return hashlib.sha256(digest + chain_form(raw)).digest()
