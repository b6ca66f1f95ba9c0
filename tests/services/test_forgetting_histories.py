"""Whatever happens to sticks, copies and stations, what an act of forgetting reached stays forgotten, everywhere."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from tests.services.exchangers import COUNTY, LEAGUE, NEIGHBOUR, REGION
from tests.services.network import SEATS, Network, template
from tuopin_desktop.domain.change import Change, decode
from tuopin_desktop.domain.openings import is_open
from tuopin_desktop.domain.purging import PurgeAct
from tuopin_desktop.services.forgetting import purging
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store import forgetting
from tuopin_desktop.store.forgetting import Forgetting

KEY = f"person:{COUNTY}/p"
NIGHTLY = os.environ.get("TUOPIN_NIGHTLY") == "1"
STEPS = 30
NAME = "植名"


class ForgettingNetwork(Network):
    """Six stations, of which the county's two name a person again and again, and forget him."""

    def plant(self, name: str) -> None:
        """Write a name that is like no other."""
        desk, self.number = self.desks[name], self.number + 1
        tag = f"edit {self.number}"
        change = Change("person", f"{COUNTY}/p", {"name": f"{NAME}{self.number}号", "note": f"住{NAME}{self.number}号"})
        if desk.store.commit([change], tag, self.clocks[name].wall_ms()):
            self.known[name].append(("edit", frozenset({tag})))
            self.scopes[tag] = COUNTY

    def purge(self, name: str) -> None:
        """Forget him, as two would who have nothing else of him."""
        desk, self.number = self.desks[name], self.number + 1
        act: dict[str, str | int | None] = {
            "person": f"{COUNTY}/p",
            "basis": "期满",
            "proposed": "2029-01-01",
            "proposed_by": "赵甲一",
            "confirmed": "2029-01-02",
            "confirmed_by": "钱乙二",
            "keys": KEY,
        }
        tag = f"edit {self.number}"
        work = Forgetting([Change("purge", f"{COUNTY}/act{self.number}", act)], [], [])
        forgetting.carry_out(desk.store.ledger, work, tag, self.clocks[name].wall_ms())
        self.known[name].append(("edit", frozenset({tag})))
        self.scopes[tag] = COUNTY


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        template(Path(folder) / "template")
        yield Path(folder)


def play(net: ForgettingNetwork, chance: Random) -> None:
    """Play one history: names, acts, packages in any order and again, undoing, old copies put back."""
    seats, offices = sorted(SEATS), (REGION, REGION, LEAGUE, COUNTY, NEIGHBOUR)

    def send(seat: str) -> None:
        if (stick := net.make(chance.choice(seats), SEATS[seat])) is not None:
            net.deliver(stick, seat)

    def again(_: str) -> None:
        if net.sticks:
            stick = chance.choice(net.sticks)
            net.deliver(stick, chance.choice([one for one in seats if SEATS[one] == stick.to]))

    doings: list[Callable[[str], object]] = [
        lambda _: net.plant(chance.choice(["a1", "a2"])),
        lambda _: net.plant(chance.choice(["a1", "a2"])),
        lambda _: net.purge(chance.choice(["a1", "a2"])),
        lambda seat: net.edit(seat, chance.randrange(30), chance.randrange(30)),
        lambda seat: net.make(seat, chance.choice(offices)),
        send,
        send,
        again,
        again,
        net.undo,
        net.back_up,
        lambda _: net.restore(chance.randrange(9)),
        lambda seat: net.jump(seat, chance.randrange(4)),
    ]
    for _ in range(STEPS):
        chance.choice(doings)(chance.choice(seats))


def held_open(desk: Desk, acts: list[PurgeAct]) -> list[str]:
    """Return what the log still says of what acts reached, and the tables of what no line of the log says."""
    with desk.store.ledger.reading() as cursor:
        raws = [bytes(row[0]) for row in cursor.execute("SELECT line FROM log WHERE key = ?", (KEY,)).fetchall()]
        until = max((act.at for act in acts), default=0)
        wrong = [str(decode(raw).set) for raw in raws if is_open(raw) and decode(raw).at <= until]
        said = b"".join(raws).decode()
        for table in ("person", "word", "conflict", "aside", "altered", "disclosure", "unsaved", "parcel"):
            for row in cursor.execute(f"SELECT * FROM {table}").fetchall():
                wrong += [f"{table}: {one}" for one in row if isinstance(one, str) and NAME in one and one not in said]
    return wrong


@pytest.mark.parametrize("seed", range(40 if NIGHTLY else 2))
def test_what_was_forgotten_stays_so_in_every_office(made: Path, seed: int) -> None:
    chance = Random(seed)
    net = ForgettingNetwork(made / "template", made / f"history-{seed}")
    for name in ("a1", "a2"):
        net.plant(name)
    play(net, chance)
    net.purge("a1")
    net.heal()
    net.check(everything=True)
    with net.desks["r1"].store.ledger.reading() as cursor:
        acts = forgetting.acts(cursor)
    assert acts
    for name, desk in net.desks.items():
        if desk.scope != NEIGHBOUR:
            with desk.store.ledger.reading() as cursor:
                assert {act.at for act in forgetting.acts(cursor)} == {act.at for act in acts}, name
        assert held_open(desk, acts) == [], name
        assert purging.follow(desk) is None
    for stick in list(net.sticks):
        for name, office in SEATS.items():
            if office == stick.to:
                net.deliver(stick, name)
    assert all(held_open(desk, acts) == [] for desk in net.desks.values())
    net.close()
