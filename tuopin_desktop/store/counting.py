"""Which part of a stored line counts: what was not revoked, and what its author may write by today's declarations."""

import functools

import msgspec

from tuopin_desktop.domain.authority import withheld
from tuopin_desktop.domain.change import Placed, decode
from tuopin_desktop.domain.exchange.trust import always
from tuopin_desktop.domain.records import KINDS


@functools.cache
def _withheld(office: str, kind: str) -> frozenset[str] | None:
    return withheld(office, KINDS[kind]) if kind in KINDS else frozenset()


def counting(key: str, feed: str, seq: int, raw: bytes, limit: int | None, office: str) -> Placed | None:
    """Return the line as the fold takes it, or None when nothing of it counts.

    A line may have come while its kind or field was unknown here; what its author may not write is left out now,
    as a program that knew it would have refused it.
    """
    if limit is not None and seq > limit and not always(key):
        return None
    line = decode(raw)
    kept = _withheld(office, key.partition(":")[0])
    if kept is None:
        return None
    if not kept.isdisjoint(line.set):
        line = msgspec.structs.replace(line, set={name: value for name, value in line.set.items() if name not in kept})
    return Placed(line.at, feed, seq, line) if line.set else None
