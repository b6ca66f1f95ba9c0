"""What is noted of packages taken in and undone, and what they tell of how often what was done at their sender's."""

from tuopin_desktop.domain.exchange.parcel import Header
from tuopin_desktop.services.office import disclosures, offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store import tallies
from tuopin_desktop.store.undoing import Undone


def note_import(desk: Desk, header: Header, lines: int) -> None:
    """Note a package that was taken in with so many new lines, and keep the counts of an office below."""
    what = f"{offices.called(header.office)}第{header.number}号数据包"
    disclosures.note(desk, "receive", what, lines, need=None)
    if header.office.startswith(desk.scope) and header.sender != desk.store.identity.station:
        tallies.keep(desk.store.ledger, header.office, header.sender, header.acts)


def note_undoing(desk: Desk, undone: Undone) -> None:
    """Note a package that was undone."""
    what = f"{offices.called(undone.office)}第{undone.number}号数据包"
    disclosures.note(desk, "undo", what, undone.lines, need=None)
