"""What this page asks of the desk; every function here runs in the worker thread."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.exchange.trust import fingerprint, spoken
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.exchange import intray, packageboard, packages, receiptlist, scanpackages, sticks, updates
from tuopin_desktop.services.exchange.accounts import PackageFile
from tuopin_desktop.services.exchange.sticks import Stick
from tuopin_desktop.services.office import clocks, stations, upgrades
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import conflicts

SCANS_OF = 90
"""Days back of which the window sends scans; older ones by word of command."""


class State(msgspec.Struct, frozen=True, kw_only=True):
    """How this PC stands: its own station and fingerprint, the board, conflicts, stations, the newest receipts."""

    board: packageboard.Board
    conflicts: tuple[conflicts.Open, ...]
    seats: tuple[stations.Seat, ...]
    receipts: tuple[packageboard.Receipt, ...]
    entries: tuple[receiptlist.ReceiptEntry, ...]
    station: str
    fingerprint: str
    root: str
    warning: str
    standing: upgrades.Standing
    updates: str
    card: stations.CardNote | None
    batch: tuple[packageboard.Receipt, ...]
    """The packages that would be undone together, the newest first."""

    @property
    def authorised(self) -> bool:
        """Tell whether packages of this PC are taken in elsewhere."""
        return self.board.authorised


def state(desk: Desk) -> State:
    """Return how this PC stands."""
    own = stations.card(desk)
    return State(
        board=packageboard.board(desk),
        conflicts=tuple(conflicts.listed(desk)),
        seats=tuple(stations.listed(desk)),
        receipts=tuple(packageboard.receipts(desk)),
        entries=tuple(receiptlist.entries(desk)),
        station=own.station,
        fingerprint=spoken(fingerprint(own.sign)),
        root=spoken(stations.root(desk)),
        warning=clocks.warning(desk),
        standing=upgrades.standing(),
        updates=updates.handout_words(desk) if desk.level is Level.REGION else "",
        card=stations.card_note(desk),
        batch=tuple(packageboard.batch(desk)),
    )


class Glance(NamedTuple):
    """The sticks that stand in the computer, and the folder in hand with its files by name, size and time."""

    plugged: list[Path]
    folder: Path | None
    files: frozenset[tuple[str, int, int]]


def glance(desk: Desk, folder: Path | None) -> Glance:
    """Return what stands in the computer and what lies in a folder, without opening a file."""
    return Glance(sticks.plugged(desk), folder, sticks.files_of(folder) if folder is not None else frozenset())


def look(desk: Desk, folder: Path) -> Stick:
    """Return what lies on a stick."""
    return sticks.look(desk, folder)


class Wish(NamedTuple):
    """What is to be written beside the data, and whether from the very first line on."""

    scans: bool = False
    everything: bool = False
    update: bool = False


def make_wish(
    desk: Desk, offices: Sequence[str], folder: Path, wish: Wish, progress: Callable[[int, int], None]
) -> "Outgoing":
    """Write packages as `make` does, one after another."""
    scans, everything, update = wish
    return make(desk, offices, folder, scans=scans, everything=everything, update=update, progress=progress)


class Outgoing(NamedTuple):
    """What was written to a stick: packages of data and of scans, and updates of the program."""

    items: list[PackageFile | scanpackages.ScanPackageFile]
    updates: list[Path]


def make(
    desk: Desk,
    offices: Sequence[str],
    folder: Path,
    *,
    scans: bool = False,
    everything: bool = False,
    update: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Outgoing:
    """Write packages to a stick, with the scans of the last months and the kept updates of the program when asked, or
    from the very first line on.
    """
    since = desk.today() - timedelta(days=SCANS_OF) if scans else None
    items = sticks.make_many(desk, offices, folder, since, everything=everything, progress=progress)
    return Outgoing(items, updates.hand_down(desk, folder) if update else [])


def back(_: Desk) -> str:
    """Let the other version of the program start next."""
    return upgrades.back()


def take_scans(desk: Desk, path: Path, progress: Callable[[int, int], None]) -> str:
    """Take a package of scans in and say what came."""
    return scanpackages.take(desk, path, progress=progress).sentence


def first(desk: Desk) -> stations.Seat:
    """Make this PC of the region office the root of trust."""
    own = stations.card(desk)
    return stations.enrol(desk, own, fingerprint(own.sign))


def authorise(desk: Desk, path: Path, text: str, folder: Path) -> str:
    """Certify the PC of a card and write to the stick what brings it home: the office's package and our own card.

    Whoever may not make the package is refused before anything is written: half of it looks like a whole one.
    """
    desk.require(Act.SEND, Act.AUTHORISE)
    seat = enrol(desk, path, text)
    stations.write_card(desk, folder)
    (package, *_) = packages.make(desk, seat.office, folder)
    return f"已授权{seat.whose}{seat.name}的电脑，第{package.number}包和本办的登记卡已写回U盘。"


def enrol(desk: Desk, path: Path, text: str, *, replace: bool = False) -> stations.Seat:
    """Certify the station of a card, or below the region pin the region's own (`replace` a wrong one)."""
    return stations.enrol(desk, stations.read_card(path), text, replace=replace)


def trust(desk: Desk, path: Path | None, text: str, *, replace: bool = False) -> None:
    """Keep the region's number below it, of a card or, without one, as it was heard."""
    if path is None:
        stations.pin(desk, text, replace=replace)
    else:
        enrol(desk, path, text, replace=replace)


def undo(desk: Desk) -> str:
    """Undo the batch that was taken in last and say what went."""
    return intray.undoing_words(intray.undo_all(desk))


def anew(desk: Desk, path: Path) -> str:
    """Note that a package lacks what came before it, and return its sender."""
    return intray.ask_anew(desk, path)


class JobOutcome(NamedTuple):
    """What a long job of this page can have written: the newest import that stands, a swap, an update to hand down."""

    newest: packageboard.Receipt | None
    swap: str
    updates: str
    batch: tuple[packageboard.Receipt, ...] = ()


def job_outcome(desk: Desk) -> JobOutcome:
    """Return what stands, to see whether a cancelled job was through before it heard of it."""
    newest = next(iter(packageboard.receipts(desk)), None)
    handouts = updates.handout_words(desk) if desk.level is Level.REGION else ""
    return JobOutcome(newest, upgrades.standing().next, handouts, tuple(packageboard.batch(desk)))


def heard(desk: Desk, text: str) -> str:
    """Enter a receipt heard over the phone and say what it settled."""
    return packageboard.heard_words(packageboard.acknowledge(desk, text))


def up(office: str, board: packageboard.Board) -> str:
    """Return the office a package of a county goes to when none is chosen: the region, else the only one there is."""
    offices = [row.office for row in board.rows if row.stations]
    return ids.REGION if ids.REGION in offices and office != ids.REGION else (offices[0] if len(offices) == 1 else "")
