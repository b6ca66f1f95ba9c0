"""The drawers of a shelf: each is a pure function of an owner's part, declared once, and kept by its name."""

from typing import Any, Generic, TypeVar

import msgspec

from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.shelf import findings
from tuopin_desktop.domain.shelf.findings import Entry
from tuopin_desktop.domain.shelf.part import Part

T = TypeVar("T")

TO_DO = frozenset({Verdict.RED, Verdict.SUSPECTED, Verdict.UNKNOWN, Verdict.AMBER})
"""The verdicts that somebody has to do something about."""

_encode = msgspec.msgpack.Encoder().encode


class Drawer(msgspec.Struct, Generic[T], frozen=True):
    """What is kept under a name, and its type."""

    name: str
    type: Any

    def pack(self, value: T) -> bytes:
        """Return the content of the drawer as it is kept."""
        return _encode(value)

    def unpack(self, raw: bytes) -> T:
        """Return what was kept; raises msgspec.MsgspecError for anything else."""
        content: T = msgspec.msgpack.decode(raw, type=self.type)
        return content


GRAVE: Drawer[list[Entry]] = Drawer("grave", list[Entry])
REST: Drawer[list[Entry]] = Drawer("rest", list[Entry])


def fill(part: Part) -> dict[str, bytes]:
    """Return the content of every drawer of an owner's shelf by name, made in one pass."""
    every = findings.of_part(part)
    return {
        GRAVE.name: GRAVE.pack([one for one in every if one.finding.verdict in TO_DO]),
        REST.name: REST.pack([one for one in every if one.finding.verdict not in TO_DO]),
    }
