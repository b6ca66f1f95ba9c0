"""What the rules say of everybody, put together from the shelves: what judging all at once says, in its order."""

from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.domain.shelf.findings import merged
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.shelves import drawers, shelves


def findings(desk: Desk) -> list[Finding]:
    """Return what `judging.findings` returns, `ok` included."""
    of = shelves.of(desk)
    return list(merged([*of.of(drawers.SHOWN), *of.of(drawers.REST)]))


def shown(desk: Desk) -> list[Finding]:
    """Return those of them that somebody has to do something about."""
    return list(merged(shelves.of(desk).of(drawers.SHOWN)))
