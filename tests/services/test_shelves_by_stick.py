"""What comes by signed packages, is undone, revoked or gives way: shelves say what judging at once says, each time."""

import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.services.exchangers import COUNTY, LEAGUE, NEIGHBOUR, REGION, found, join, people, send
from tests.services.exchangers import region as root_of
from tests.services.shelfhistory import FIRST, LAST, NOW, STAMP, again, differences
from tests.services.smallregions import Region
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import Change, difference
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.record import Owner, Record, scalars
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.office import offices, stations
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.shelves import merge

NIGHTLY = os.environ.get("TUOPIN_NIGHTLY") == "1"
SEEDS, STEPS = (range(12), 25) if NIGHTLY else (range(1), 6)
_BATCHES = 4


class Sticks:
    """A region and two counties that exchange packages: each event is done as its clerks would do it."""

    def __init__(self, folder: Path, root: Desk, counties: dict[str, Desk], seed: int) -> None:
        self.folder, self.root, self.counties = folder, root, counties
        self.rng = random.Random(seed)
        records = Region(seed, tuple(counties), FIRST, LAST).records
        self.left = {code: [one for one in records if ids.owner(one.id) == code and _may(one)] for code in counties}
        self.batch = {code: len(some) // _BATCHES + 1 for code, some in self.left.items()}
        self.events: tuple[Callable[[Desk], object], ...] = (
            self.bring, self.bring, self.bring, self.carry_down, self.undo, self.revoke, self.reopen
        )  # fmt: skip

    def step(self) -> str:
        """Let something happen; return what."""
        event, county = self.rng.choice(self.events), self.rng.choice(list(self.counties.values()))
        try:
            event(county)
        except Refused as refusal:
            return f"{event.__name__} refused: {refusal.problems[0].code}"
        return event.__name__

    def bring(self, county: Desk) -> None:
        """A county writes some more of its records and sends all it has."""
        some, size = self.left[county.scope], self.batch[county.scope]
        batch, self.left[county.scope] = some[:size], some[size:]
        changes = [Change(one.kind.name, one.id, difference({}, scalars(one))) for one in batch]
        if changes:
            county.touch(county.store.commit(changes, "经办人", STAMP))
        packages.take(self.root, send(county, REGION, self.folder / "up"))

    def carry_down(self, county: Desk) -> None:
        packages.take(county, send(self.root, county.scope, self.folder / "down"))

    def undo(self, _: Desk) -> None:
        packages.undo(self.root)

    def revoke(self, county: Desk) -> None:
        stations.revoke(self.root, county.store.identity.station, "电脑丢失")

    def reopen(self, county: Desk) -> None:
        stations.reopen(self.root, county.store.identity.station)


def _may(record: Record) -> bool:
    """Tell whether a county writes such records: it draws nobody and scores nobody."""
    return record.kind.owner is Owner.COUNTY


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Desk]:
    with closing(root_of(tmp_path / REGION)) as desk:
        desk.clock = FixedClock(NOW)
        yield desk


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_comes_by_stick_the_shelves_say_what_judging_at_once_says(
    root: Desk, tmp_path: Path, seed: int
) -> None:
    with ExitStack() as stack:
        counties = {code: stack.enter_context(closing(found(tmp_path / code, code))) for code in (COUNTY, NEIGHBOUR)}
        for desk in counties.values():
            desk.clock = FixedClock(NOW)
            join(root, desk, tmp_path / "stick")
        sticks = Sticks(tmp_path, root, counties, seed)
        sticks.bring(counties[COUNTY])
        for number in range(STEPS):
            event = sticks.step()
            assert differences(root) == [], (seed, number, event)
            assert again(root).stale() == [], (seed, number, event)


def test_where_one_version_of_a_copied_pc_gives_way_the_shelves_follow(root: Desk, tmp_path: Path) -> None:
    league, county = found(tmp_path / LEAGUE, LEAGUE), found(tmp_path / COUNTY, COUNTY)
    for desk in (league, county):
        desk.clock = FixedClock(NOW)
        join(root, desk, tmp_path)
    packages.take(county, send(root, COUNTY, tmp_path))
    people(county, "甲")
    county.close()
    shutil.copytree(tmp_path / COUNTY, tmp_path / "copy")
    with (
        closing(offices.open_desk(tmp_path / "copy", county.clock)) as clone,
        closing(offices.open_desk(tmp_path / COUNTY, county.clock)) as first,
        closing(league),
    ):
        people(first, "乙", "丁")
        people(clone, "丙")
        packages.take(league, send(first, LEAGUE, tmp_path / "one"))
        packages.take(root, send(clone, REGION, tmp_path / "two"))
        before = judged(league)
        packages.follow(league, packages.make(root, LEAGUE, tmp_path, everything=True)[0].path)
        after = judged(league)
        assert (before, after) == (3, 2)  # 甲, 乙, 丁; then 甲, 丙
        packages.undo(league)
        assert judged(league) == 1


def judged(desk: Desk) -> int:
    """Return of how many the shelves say that something is lacking, which is what judging at once says."""
    assert differences(desk) == []
    assert again(desk).stale() == []
    return merge.tallies(desk)[COUNTY].incomplete
