"""Six stations of four offices, their sticks and their misfortunes, with a plain model of who knows which edit."""

import random
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from tests.services.exchangers import COUNTY, LEAGUE, NEIGHBOUR, REGION, found, region
from tests.services.oracle import held, meaning, read_log
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.exchange.trust import fingerprint
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.exchange import packageboard, packages
from tuopin_desktop.services.office import offices, stations
from tuopin_desktop.services.office.desk import Desk

SEATS = {"r1": REGION, "r2": REGION, "league": LEAGUE, "a1": COUNTY, "a2": COUNTY, "b1": NEIGHBOUR}
KINDS = ("person", "decision", "ruling", "station", "revocation")
FIELDS = {"person": ("name", "note", "deleted"), "decision": ("paper", "deleted"), "ruling": ("paper", "value")}
CLOCKS = (timedelta(days=-400), timedelta(days=3650), timedelta(hours=1), timedelta(days=-17_600))
Done = TypeVar("Done")
COUNTS: Counter[str] = Counter()


def writable(office: str) -> list[str]:
    """Return the keys an office may write, few enough that authors meet."""
    scopes = [scope for scope in (REGION, LEAGUE, COUNTY, NEIGHBOUR) if scope.startswith(office)]
    keys = [f"person:{scope}/{place}" for scope in scopes for place in "pq"]
    if office == REGION:
        keys += [f"decision:{COUNTY}/d", f"decision:{NEIGHBOUR}/d", "ruling:15/r"]
    return keys


def template(folder: Path) -> None:
    """Set up all stations, certified and in step, and close them."""
    desks = {"r1": region(folder / "r1")}
    desks |= {name: found(folder / name, code) for name, code in SEATS.items() if name != "r1"}
    root = desks["r1"]
    mark = fingerprint(stations.card(root).sign)
    for desk in desks.values():
        if desk is not root:
            card = stations.card(desk)
            stations.enrol(root, card, fingerprint(card.sign))
            stations.pin(desk, mark)
    for desk in desks.values():
        if desk is not root:
            packages.take(desk, packages.make(root, desk.scope, folder / "stick")[0].path)
    for desk in desks.values():
        desk.close()


def attempt(work: Callable[[], Done]) -> tuple[Done | None, str]:
    """Do something; return (what it gave, "") or (None, the code of its refusal)."""
    try:
        return work(), ""
    except Refused as refused:
        return None, refused.problems[0].code


class Stick(msgspec.Struct):
    """A package, who made it for whom, and the edits it may carry."""

    raw: bytes
    name: str
    maker: str
    to: str
    edits: frozenset[str]


class Network:
    """The six stations, each with its own clock, and what each has come to know: edits and imports in order."""

    def __init__(self, made: Path, folder: Path) -> None:
        shutil.copytree(made, folder)
        self.folder = folder
        self.clocks = {name: FixedClock(datetime(2019, 3, 4, 9)) for name in SEATS}
        self.desks: dict[str, Desk] = {name: self._open(name) for name in SEATS}
        self.known: dict[str, list[tuple[str, frozenset[str]]]] = {
            name: [] if name == "r1" else [("import", frozenset())] for name in SEATS
        }
        self.copies: list[tuple[str, Path, list[tuple[str, frozenset[str]]]]] = []
        self.sticks: list[Stick] = []
        self.scopes: dict[str, str] = {}
        self.number = 0

    def _open(self, name: str) -> Desk:
        return offices.open_desk(self.folder / name, self.clocks[name])

    def close(self) -> None:
        for desk in self.desks.values():
            desk.close()
        shutil.rmtree(self.folder)

    def knows(self, name: str) -> frozenset[str]:
        return frozenset().union(*(edits for _, edits in self.known[name]))

    # ------------------------------------------------------------ what people do

    def edit(self, name: str, choice: int, value: int) -> None:
        """Write one field; what was written is what is read, whatever the clock says."""
        desk = self.desks[name]
        key = writable(desk.scope)[choice % len(writable(desk.scope))]
        kind, record_id = key.split(":")
        field = FIELDS[kind][choice % len(FIELDS[kind])]
        new = (1 if value % 2 else None) if field == "deleted" else f"{value % 3}" if value % 5 else None
        self.number += 1
        tag = f"edit {self.number}"
        change, wall = Change(kind, record_id, {field: new}), self.clocks[name].wall_ms()
        kinds, code = attempt(lambda: desk.store.commit([change], tag, wall))
        assert code in ("", "closed")
        if kinds:
            COUNTS["edit"] += 1
            self.known[name].append(("edit", frozenset({tag})))
            self.scopes[tag] = ids.owner(record_id)
            with desk.store.ledger.reading() as cursor:
                assert cursor.execute(f'SELECT "{field}" FROM "{kind}" WHERE id = ?', (record_id,)).fetchone() == (new,)

    def jump(self, name: str, which: int) -> None:
        clock = self.clocks[name]
        clock.moment = max(datetime(1970, 1, 2), min(clock.moment + CLOCKS[which % 4], datetime(2090, 1, 1)))

    def make(self, name: str, to: str) -> Stick | None:
        desk = self.desks[name]
        parts, code = attempt(lambda: packages.make(desk, to, self.folder / "stick"))
        COUNTS["make refused" if code else "make"] += 1
        if parts is None:
            assert code in ("unauthorised", "nobody")
            return None
        made = parts[0]
        edits = frozenset(tag for tag in self.knows(name) if ids.sees(to, self.scopes[tag]))
        self.sticks.append(Stick(made.path.read_bytes(), made.path.name, name, to, edits))
        made.path.unlink()
        return self.sticks[-1]

    def deliver(self, stick: Stick, name: str, *, rehearse: bool = False, phone: bool = False) -> str:
        """Import a package; return "" or the code of the refusal, after which nothing has changed."""
        desk = self.desks[name]
        path = self.folder / "stick" / stick.name
        path.write_bytes(stick.raw)
        before = self.print_of(name)
        taken, code = attempt(lambda: (packages.rehearse if rehearse else packages.take)(desk, path))
        if taken is None:
            COUNTS[f"refused: {code}"] += 1
            assert self.print_of(name) == before
            assert code in ("address", "damaged", "gap")
            assert code != "address" or stick.to != desk.scope
            return code
        assert stick.to == desk.scope
        COUNTS["rehearsal" if rehearse else "import"] += 1
        if rehearse:
            assert self.print_of(name) == before
            return ""
        self.known[name].append(("import", stick.edits))
        if phone and stick.maker != name:
            heard, _ = attempt(lambda: packageboard.acknowledge(self.desks[stick.maker], taken.receipt))
            COUNTS["receipt by phone" if heard else "receipt not known"] += 1  # its maker may have been restored
        return ""

    def damage(self, stick: Stick, name: str, seed: int) -> None:
        chance = random.Random(seed)
        raw = bytearray(stick.raw)
        if chance.random() < 0.3:
            del raw[chance.randrange(len(raw)) :]
        else:
            raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        assert self.deliver(msgspec.structs.replace(stick, raw=bytes(raw)), name) == "damaged"

    def undo(self, name: str) -> None:
        before = self.print_of(name)
        undone, code = attempt(lambda: packages.undo(self.desks[name]))
        COUNTS["undo" if undone else "undo refused"] += 1
        if undone is None:
            assert code in ("nothing", "depends")
            assert self.print_of(name) == before
            return
        last = max(place for place, (what, _) in enumerate(self.known[name]) if what == "import")
        del self.known[name][last]

    def back_up(self, name: str) -> None:
        path = self.folder / f"copy-{len(self.copies)}.db"
        self.desks[name].store.backup(path)
        self.copies.append((name, path, list(self.known[name])))

    def restore(self, which: int) -> None:
        if not self.copies:
            return
        name, path, known = self.copies[which % len(self.copies)]
        desk = self.desks[name]
        desk.close()
        for ending in ("", "-wal", "-shm"):
            desk.store.path.with_name(desk.store.path.name + ending).unlink(missing_ok=True)
        shutil.copy(path, desk.store.path)
        self.desks[name] = self._open(name)
        COUNTS["restored"] += 1
        COUNTS["new era"] += self.desks[name].store.identity.era > desk.store.identity.era
        self.known[name] = list(known)

    def close_station(self, root: str, name: str, *, everything: bool) -> None:
        with_root = self.desks[root]
        if stations.authorised(with_root):
            stations.revoke(with_root, self.desks[name].store.identity.station, "", everything=everything)
            COUNTS["closed"] += 1

    def reopen_station(self, root: str, name: str) -> None:
        stations.reopen(self.desks[root], self.desks[name].store.identity.station)
        COUNTS["reopened"] += 1

    # ------------------------------------------------------------ the end of a history

    def heal(self) -> None:
        """Exchange over the star: everybody to the region, its two PCs to each other, the region to everybody."""
        for _ in range(5):
            before = [self.print_of(name) for name in SEATS], COUNTS["refused: gap"]
            for name in SEATS:
                self._pass(name, REGION)
            for root in ("r1", "r2"):
                for office in (LEAGUE, COUNTY, NEIGHBOUR):
                    self._pass(root, office)
            if before[0] == [self.print_of(name) for name in SEATS] and before[1] == COUNTS["refused: gap"]:
                return

    def _pass(self, maker: str, to: str) -> None:
        stick = self.make(maker, to)
        if stick is None:
            return
        for name, office in SEATS.items():
            if office == to and name != maker:
                self.deliver(stick, name)

    def check(self, *, everything: bool) -> None:
        """All open stations agree with the region, the region with the oracle, and no edit anybody knew is gone."""
        root = self.desks["r1"]
        log = read_log(root)
        rows, conflicts = meaning(log)
        wanted = {key: row for key, row in rows.items() if key.split(":")[0] in KINDS}
        assert held(root, KINDS) == (wanted, conflicts)
        shut = {seat.station for seat in stations.listed(root) if seat.closed}
        for name, desk in self.desks.items():
            assert desk.store.audit() == ""
            if desk.store.identity.station in shut:
                continue
            seen = {key: row for key, row in wanted.items() if ids.sees(desk.scope, ids.owner(key.split(":")[1]))}
            lost = {at: pair for at, pair in conflicts.items() if ids.sees(desk.scope, ids.owner(at[0].split(":")[1]))}
            assert held(desk, KINDS) == (seen, lost), name
            strays = {line["key"] for _, _, line in read_log(desk)}
            assert all(ids.sees(desk.scope, ids.owner(key.split(":")[1])) for key in strays), name
        if everything:
            there = {line["by"] for _, _, line in log}
            assert frozenset().union(*map(self.knows, SEATS)) <= there

    def print_of(self, name: str) -> Any:
        """Return what may not change when nothing happened."""
        with self.desks[name].store.ledger.reading() as cursor:
            feeds = cursor.execute("SELECT feed, seq, hash, lim FROM feed ORDER BY feed").fetchall()
            peers = cursor.execute("SELECT * FROM peer ORDER BY station").fetchall()
            era = cursor.execute("SELECT value FROM meta WHERE name = 'era'").fetchall()
        return feeds, peers, era
