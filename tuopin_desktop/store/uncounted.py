"""Everything in the log that does not count, for whoever looks at it."""

from tuopin_desktop.domain.change import Aside
from tuopin_desktop.store import asides, notes
from tuopin_desktop.store.writing import Ledger


def listed(ledger: Ledger, scope: str = "") -> list[Aside]:
    """Return what of the lines of records at or below an office was put aside, in the order it was written."""
    with ledger.reading() as cursor:
        return [one for one in asides.listed(cursor) if _below(one, scope)]


def noted_otherwise(ledger: Ledger, scope: str = "") -> list[Aside]:
    """Return what was noted of the Office's opinion and the Office decided otherwise, at or below an office."""
    with ledger.reading() as cursor:
        return [one for one in notes.contradicted(cursor) if _below(one, scope)]


def _below(one: Aside, scope: str) -> bool:
    return one.key.partition(":")[2].startswith(scope)
