"""What lies on a stick: packages and cards, what each is, and whether it was taken in already."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.exchange.trust import Card
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.machine import drives, filekinds, files
from tuopin_desktop.machine.filekinds import Kind
from tuopin_desktop.services.exchange import closedpcs, intray, packages, packfiles, scanpackages, updates
from tuopin_desktop.services.exchange.accounts import PackageFile
from tuopin_desktop.services.office import stations, wrongfiles
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.offices import called
from tuopin_desktop.store import parcels

_MOST = 200
"""Files looked at on one stick; a stick with more packages than that is sorted out by hand."""


_LOOKED_INTO = 64 * 1024 * 1024
_OURS = (Kind.PACKAGE, Kind.SCANS, Kind.RULES, Kind.UPDATE, Kind.CARD)


class OnStick(msgspec.Struct, frozen=True, kw_only=True):
    """One package file: who sent it to whom, and what may be done with it.

    `state` is new, idle (of a closed PC: it would not count), taken, other (addressed to another office), own (made
    here) or bad; `why` says more. `scans` tells
    that it holds files of attachments, of which it is not kept whether they were taken in, `rules` that it is a pack,
    `update` that it is a version of the program: its state may also be ready (starts next) or stored (to hand
    it down).
    """

    path: Path
    office: str
    name: str
    number: int
    changes: int
    date: str
    state: str
    why: str = ""
    scans: bool = False
    rules: bool = False
    update: bool = False
    sender: str = ""
    """The station that signed it, which numbers its packages."""

    @property
    def is_arriving(self) -> bool:
        """Tell whether it is a package for this office, of data or scans, that could be taken in."""
        return self.state in ("new", "idle") and not self.rules and not self.update


class CardOnStick(msgspec.Struct, frozen=True, kw_only=True):
    """One card file: whose it is, or why it cannot be used."""

    path: Path
    card: Card | None
    name: str
    is_trusted: bool
    why: str = ""


class Stick(msgspec.Struct, frozen=True, kw_only=True):
    """A folder with what lies in it, the newest first."""

    folder: Path
    packages: tuple[OnStick, ...]
    cards: tuple[CardOnStick, ...]

    @property
    def arriving(self) -> list[Path]:
        """The packages of data for this office that were not taken in yet, in the order in which they are taken in."""
        data = [one for one in self.packages if one.is_arriving and not one.scans]
        return intray.in_order([(one.path, one.sender, one.number, one.date) for one in data])


def plugged(desk: Desk) -> list[Path]:
    """Return the removable drives that stand in this computer now."""
    del desk  # asked of the computer, not of the office
    return drives.sticks()


def look(desk: Desk, folder: Path) -> Stick:
    """Return what lies on a stick; a file that cannot be read is said in its row. Raises Trouble for a pulled stick."""
    try:
        there = folder.is_dir()
        paths = sorted(_worth(folder), key=lambda path: path.stat().st_mtime, reverse=True)[:_MOST]
    except OSError as error:
        raise Trouble(f"读不到“{folder}”，U盘可能已拔出。请重新插好后再试。") from error
    own = desk.store.identity.station
    names = {one.name for one in parcels.listed(desk.store.ledger, "taken")}
    known_names = {seat.station for seat in stations.listed(desk)}
    if not there:
        raise Trouble(f"没有“{folder}”这个文件夹，U盘可能已拔出。请重新插好后再试。")
    cards = [_card(path, known_names) for path in paths if path.suffix.lower() == ".json"]
    return Stick(
        folder=folder,
        packages=tuple(_package(desk, path, names) for path in paths if path.suffix.lower() == packages.ENDING),
        cards=tuple(one for one in cards if _is_for(desk, one, own)),
    )


def files_of(folder: Path) -> frozenset[tuple[str, int, int]]:
    """Return the files of a folder by name, size and time of change in ns; none where it cannot be read."""
    try:
        stats = [(path.name, path.stat()) for path in folder.iterdir()]
    except OSError:
        return frozenset()
    return frozenset((name, stat.st_size, stat.st_mtime_ns) for name, stat in stats)


def _worth(folder: Path) -> Iterator[Path]:
    """Yield what was written by this program, also renamed, and archives that hold such files."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name.startswith("tuopin-") or _renamed(path) or _wraps(path):
            yield path


def _renamed(path: Path) -> bool:
    ending = path.suffix.lower()
    if ending not in (packages.ENDING, ".json") or not path.is_file():
        return False
    start = files.start(path)
    return filekinds.package_like(start) or filekinds.sight(start, path.name).kind is Kind.CARD


def _wraps(path: Path) -> bool:
    """Tell whether a file has to be unpacked before a package or a card can be taken out of it."""
    if path.suffix.lower() != packages.ENDING or not path.is_file() or path.stat().st_size > _LOOKED_INTO:
        return False
    sight = wrongfiles.look(path)
    return sight.kind is Kind.REPACKED or any(kind in _OURS for _, kind in sight.inside)


def _package(desk: Desk, path: Path, names: set[str]) -> OnStick:
    try:
        start = files.start(path)
        if filekinds.RULES_LABEL in start:
            return _rules(desk, path)
        if filekinds.UPDATE_LABEL in start:
            return _update(desk, path)
        package_view = packages.show(desk, path)
    except (Refused, Trouble) as error:
        return OnStick(
            path=path, office="", name=path.name, number=0, changes=0, date="", state="bad", why=error.sentence
        )
    label = package_view.label
    office, scans = label.get("Source-Organization", ""), scanpackages.are_scans(label)
    state = "taken" if label.get("External-Identifier") in names else _whose(desk.scope, office, label)
    return OnStick(
        path=path,
        office=office,
        name=(called(office) if office else path.name) + ("（扫描件）" if scans else ""),
        scans=scans,
        sender=package_view.station,
        number=_number(label.get("Tuopin-Number", "")),
        changes=_number(label.get("Tuopin-Changes", "")),
        date=label.get("Bagging-Date", ""),
        state="idle" if package_view.shut and state == "new" else state,
        why=f"这台电脑已停用：停用以后送来的内容{closedpcs.IDLE}" if package_view.shut else "",
    )


def _rules(desk: Desk, path: Path) -> OnStick:
    try:
        proved_pack = packfiles.glance(desk, path)
    except (Refused, Trouble) as error:
        name = f"办法文件 {path.name}"
        return OnStick(
            path=path, office="", name=name, number=0, changes=0, date="", state="bad", why=error.sentence, rules=True
        )
    return OnStick(
        path=path,
        office=ids.REGION,
        name=f"办法文件{proved_pack.name}",
        number=0,
        changes=0,
        date=proved_pack.file.label.get("Bagging-Date", ""),
        state="new" if proved_pack.state == "new" else "taken",
        why={"here": "已收下，在“设置”的“办法文件”里待启用", "used": "已启用"}.get(proved_pack.state, ""),
        rules=True,
    )


_UPDATE_STATES = {"new": "new", "ready": "ready", "same": "taken", "older": "bad", "other": "other"}


def _update(desk: Desk, path: Path) -> OnStick:
    try:
        proved = updates.glance(path)
    except (Refused, Trouble) as error:
        name = f"程序更新 {path.name}"
        return OnStick(
            path=path, office="", name=name, number=0, changes=0, date="", state="bad", why=error.sentence, update=True
        )
    state = _UPDATE_STATES[proved.state]
    if proved.state == "other" and desk.level is Level.REGION:
        state = "stored" if updates.has_handout(desk, proved) else "new"
    return OnStick(
        path=path,
        office="",
        name=f"程序更新 {proved.update.version}（{proved.system}）",
        number=0,
        changes=0,
        date=proved.update.date,
        state=state,
        why=proved.why,
        update=True,
    )


def _whose(scope: str, office: str, label: dict[str, str]) -> str:
    if label.get("Tuopin-To") == scope:
        return "new"
    return "own" if office == scope else "other"


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() else 0


def _is_for(desk: Desk, card_on_stick: CardOnStick, own: str) -> bool:
    """Tell whether a card concerns this office: its own never does, below the region only the region's do."""
    card = card_on_stick.card
    if card is None:
        return True
    return card.station != own and (desk.level is Level.REGION or card.office == ids.REGION)


def _card(path: Path, known_names: set[str]) -> CardOnStick:
    try:
        card = stations.read_card(path)
    except (Refused, Trouble) as error:
        return CardOnStick(path=path, card=None, name=path.name, is_trusted=False, why=error.sentence)
    return CardOnStick(path=path, card=card, name=called(card.office), is_trusted=card.station in known_names)


def make_many(
    desk: Desk,
    offices: Sequence[str],
    folder: Path,
    scans_since: date | None = None,
    *,
    everything: bool = False,
    progress: packages.Progress | None = None,
) -> list[PackageFile | scanpackages.ScanPackageFile]:
    """Write the packages for several offices; what was written before one fails stays, and is complete.

    `everything` passes over the receipts. `progress` hears (packages written, packages) and may raise to stop.
    With a day, the scans kept since then go too; an office for which there are none gets its data all the same.
    """
    items: list[PackageFile | scanpackages.ScanPackageFile] = []
    for number, office in enumerate(offices):
        if progress is not None:
            progress(number, len(offices))
        items += packages.make(desk, office, folder, everything=everything)
        if scans_since is not None and scanpackages.any_for(desk, office, scans_since):
            items += scanpackages.make(desk, office, folder, since=scans_since)
    return items
