"""Unsaved text of the window outlives the program: at most the field in hand is lost.

It is this PC's own: no change of any record, in no package, let go once it is saved or given up.
"""

from collections.abc import Iterable

import msgspec

from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store import unsaved as store
from tuopin_desktop.store.unsaved import Unsaved

__all__ = ["MOST", "Unsaved", "give_up", "keep", "waiting"]

MOST = 400_000
"""Characters of one form; a longer one is not kept."""


def keep(desk: Desk, unsaveds: Iterable[Unsaved], gone: Iterable[tuple[str, str]] = ()) -> None:
    """Store the text of open forms and drop that of the (page, key) that were saved; raises Trouble."""
    now = desk.clock.wall_ms()
    fit = [one for one in unsaveds if sum(map(len, one.content.values())) <= MOST]
    store.put(desk.store.ledger, [msgspec.structs.replace(one, at=now) for one in fit], gone)


def waiting(desk: Desk) -> list[Unsaved]:
    """Return what the program was holding when it ended without saving, the newest first."""
    return store.listed(desk.store.ledger)


def give_up(desk: Desk, gone: Iterable[tuple[str, str]]) -> None:
    """Let go of forms (page, key) that nobody wants any more."""
    store.put(desk.store.ledger, (), gone)
