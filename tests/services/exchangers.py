"""Offices that exchange packages by stick: a region that certifies, counties, second PCs, copies and restores."""

import shutil
from contextlib import closing
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

from tuopin_desktop.domain.exchange.trust import fingerprint
from tuopin_desktop.domain.records import Person
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.office import offices, stations
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.vaults import Unlock
from tuopin_desktop.services.registers import registers

MORNING = datetime(2018, 6, 4, 9, 0)
COUNTY, NEIGHBOUR, LEAGUE, REGION = "150426", "150421", "1504", "15"
NO_COPIES = SimpleNamespace(BEFORE_IMPORT="", make=lambda desk, kind: SimpleNamespace(path=None))
"""In the place of `packages.backups` where the copy before an import is most of its time; it is proved elsewhere."""


def found(folder: Path, code: str, *, practice: bool = False) -> Desk:
    """Set up an office by its code and open it."""
    level = {2: "region", 4: "league", 6: "county"}[len(code)]
    clock = FixedClock(MORNING)
    offices.create(folder, level=level, county=code if code != REGION else "", practice=practice, clock=clock)
    return offices.open_desk(folder, clock)


def region(folder: Path, *, practice: bool = False) -> Desk:
    """Set up the region office as the root of trust."""
    desk = found(folder, REGION, practice=practice)
    card = stations.card(desk)
    stations.enrol(desk, card, fingerprint(card.sign))
    return desk


def join(root: Desk, desk: Desk, stick: Path) -> None:
    """Let the region certify a station, and bring the authorisation down."""
    card = stations.read_card(stations.write_card(desk, stick))
    stations.enrol(root, card, fingerprint(card.sign))
    stations.pin(desk, fingerprint(stations.card(root).sign))
    packages.take(desk, send(root, desk.scope, stick))


def send(desk: Desk, to: str, stick: Path) -> Path:
    """Make the package for an office and return its file."""
    return packages.make(desk, to, stick)[0].path


def people(desk: Desk, *names: str, county: str = COUNTY) -> list[str]:
    """Enter persons and return their ids."""
    made = []
    for name in names:
        record = Person(id=registers.new_id(desk, county), name=name, birth="1975-03")
        made.append(registers.save(desk, record).id)
    return made


def names(desk: Desk) -> list[str]:
    """Return the names of the persons here, sorted."""
    return sorted(one.name for one in desk.store.rows(Person))


def reopened(desk: Desk) -> Desk:
    """Close an office and open it again, as its clerk would the next morning."""
    desk.close()
    return offices.open_desk(desk.folder, desk.clock)


def copy_of(desk: Desk, target: Path) -> Path:
    """Make a backup of the database."""
    return desk.store.backup(target).path


def restored(desk: Desk, copy: Path, unlock: Unlock | None = None) -> Desk:
    """Put a backup in the place of the database and open the office."""
    desk.close()
    for ending in ("", "-wal", "-shm"):
        desk.store.path.with_name(desk.store.path.name + ending).unlink(missing_ok=True)
    shutil.copy(copy, desk.store.path)
    return offices.open_desk(desk.folder, desk.clock, unlock=unlock)


def all_closed(*desks: Desk) -> None:
    """Close offices at the end of a test, each proved by its audit."""
    for desk in desks:
        with closing(desk):
            assert desk.store.audit() == ""
