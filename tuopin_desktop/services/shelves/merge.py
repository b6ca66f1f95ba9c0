"""What the rules say of everybody, put together from the shelves: what judging all at once says, in its order."""

from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.domain.shelf.findings import merge
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.shelves import drawers, shelves


def findings(desk: Desk) -> list[Finding]:
    """Return what `judging.findings` returns, `ok` included."""
    of = shelves.of(desk)
    return list(merge([*of.of(drawers.GRAVE), *of.of(drawers.REST)]))


def to_do(desk: Desk) -> list[Finding]:
    """Return those of them that somebody has to do something about."""
    return list(merge(shelves.of(desk).of(drawers.GRAVE)))
