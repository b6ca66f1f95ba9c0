"""What the first page shows at once, and the last such answer, kept beside the database for the next start.

It holds for the very records and the very day it was answered of, and for the program that answered it: whatever it
follows from is in its key. So a start with nothing changed loads no rules and judges nothing.
"""

import hashlib
from datetime import datetime

import msgspec

from tuopin_desktop import __version__
from tuopin_desktop.machine import programme
from tuopin_desktop.services.home.abovestate import AboveState
from tuopin_desktop.services.home.closingstate import ClosingState
from tuopin_desktop.services.home.countystate import CountyState
from tuopin_desktop.services.office import clocks, library
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.people.heads import Heads
from tuopin_desktop.store import feeds, parcels

_NAME = "first page"


class HomeState(msgspec.Struct, frozen=True, kw_only=True):
    """How the office stands today: everything the first page says, counted `at` one time.

    It is of a `county`, of an office `above`, or of the `closing` of a term that is over.
    """

    at: datetime
    heads: Heads
    teams: int
    vacant: int
    slips: int
    slips_others: int
    county: CountyState | None = None
    above: AboveState | None = None
    closing: ClosingState | None = None


def last(desk: Desk) -> HomeState | None:
    """Return how the office stands as it was last kept; None where anything is another now, or nothing was kept.

    It is as of now: since it was kept nothing has changed.
    """
    raw = desk.memo.answer(_NAME, key(desk))
    try:
        if raw is None:
            return None
        return msgspec.structs.replace(msgspec.msgpack.decode(raw, type=HomeState), at=desk.clock.now())
    except msgspec.MsgspecError:
        return None


def keep(desk: Desk, key_before: str, state: HomeState) -> None:
    """Keep an answer under the key that held before it was worked out, unless it has become another meanwhile."""
    if key(desk) == key_before:
        desk.memo.keep(_NAME, key_before, msgspec.msgpack.encode(state))


def key(desk: Desk) -> str:
    """Return the digest of everything the first page follows from: program, packs, day, and every row by its mark."""
    with desk.store.ledger.reading() as cursor:
        root, packages = feeds.meta(cursor).get("root", ""), parcels.state(cursor)
    program = (__version__, programme.judging(), desk.policy if desk.policy is not library.policy() else None)
    office = (desk.scope, root, packages, sorted(desk.store.marks().items()))
    return hashlib.sha256(
        msgspec.msgpack.encode((program, office, desk.today(), clocks.doubtful_from(desk)))
    ).hexdigest()
