"""What the first page shows at once, and the last such answer, kept beside the database for the next start.

It holds for the very records and the very day it was answered of, and for the program that answered it: whatever it
follows from is in its key. So a start with nothing changed loads no rules and judges nothing.
"""

import hashlib

import msgspec

from tuopin_desktop import __version__
from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.machine import programme
from tuopin_desktop.services.leave.watchedslip import WatchedSlip
from tuopin_desktop.services.office import clocks, library
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.people.heads import Heads
from tuopin_desktop.store import feeds

_NAME = "first page"


class HomeState(msgspec.Struct, frozen=True):
    """How the office stands today."""

    heads: Heads
    teams: int
    vacant: int
    slips: int
    slips_others: int
    watched: tuple[WatchedSlip, ...]
    findings: tuple[Finding, ...]


def last(desk: Desk) -> HomeState | None:
    """Return how the office stands as it was last kept; None where anything is another now, or nothing was kept."""
    raw = desk.memo.answer(_NAME, key(desk))
    try:
        return None if raw is None else msgspec.msgpack.decode(raw, type=HomeState)
    except msgspec.MsgspecError:
        return None


def keep(desk: Desk, key_before: str, state: HomeState) -> None:
    """Keep an answer under the key that held before it was worked out, unless it has become another meanwhile."""
    if key(desk) == key_before:
        desk.memo.keep(_NAME, key_before, msgspec.msgpack.encode(state))


def key(desk: Desk) -> str:
    """Return the digest of everything the first page follows from: program, packs, day, and every row by its mark."""
    with desk.store.ledger.reading() as cursor:
        root = feeds.meta(cursor).get("root", "")
    program = (__version__, programme.judging(), desk.policy if desk.policy is not library.policy() else None)
    office = (desk.scope, root, sorted(desk.store.marks().items()))
    return hashlib.sha256(
        msgspec.msgpack.encode((program, office, desk.today(), clocks.doubtful_from(desk)))
    ).hexdigest()
