"""Unsaved text of the window outlives the program: at most the field in hand is lost.

It is this PC's own: no change of any record, in no package, let go once it is saved or given up. It may hold personal
data in full, so it is its author's alone.
"""

from collections.abc import Iterable

import msgspec

from tuopin_desktop.services.office import access
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store import unsaved as store
from tuopin_desktop.store.unsaved import Unsaved

__all__ = ["MOST", "Unsaved", "assign", "give_up", "keep", "left_behind", "waiting"]

MOST = 400_000
"""Characters of one form; a longer one is not kept."""


def keep(desk: Desk, unsaveds: Iterable[Unsaved], gone: Iterable[tuple[str, str]] = (), author: str = "") -> None:
    """Store the text of open forms and drop that of the (page, key) that were saved; raises Trouble.

    `author` is the user whose window it is: somebody else may be at the desk already when it is put away. "" is
    whoever is at the desk.
    """
    now = desk.clock.wall_ms()
    fit = [one for one in unsaveds if sum(map(len, one.content.values())) <= MOST]
    rows = [msgspec.structs.replace(one, at=now) for one in fit]
    store.put(desk.store.ledger, rows, gone, author or desk.who.user)


def waiting(desk: Desk) -> list[Unsaved]:
    """Return what whoever is at the desk typed and did not save, the newest first; nobody reads another's."""
    if desk.who.only_looks:
        return []
    users = [user.id for user in access.users(desk.store, desk.scope) if user.active]
    if users == [desk.who.user]:
        store.assign(desk.store.ledger, desk.who.user)  # typed here before drafts had authors: there was nobody else
    return store.listed(desk.store.ledger, desk.who.user)


def assign(desk: Desk, author: str) -> None:
    """Give what was typed in an office without users to the first of them."""
    store.assign(desk.store.ledger, author)


def left_behind(desk: Desk) -> dict[str, int]:
    """Return by name how much waits of those who sign in no more; under "" what is of nobody that is known."""
    user_by_id = {user.id: user for user in access.users(desk.store, desk.scope)}
    count_by_name: dict[str, int] = {}
    for author, count in store.counts(desk.store.ledger).items():
        user = user_by_id.get(author)
        if author == desk.who.user or (user is not None and user.active):
            continue
        name = user.name if user is not None else ""
        count_by_name[name] = count_by_name.get(name, 0) + count
    return count_by_name


def give_up(desk: Desk, gone: Iterable[tuple[str, str]], author: str = "") -> None:
    """Let go of forms (page, key) that their author wants no more; `author` as in `keep`."""
    store.put(desk.store.ledger, (), gone, author or desk.who.user)
