"""The walk over the figures of the practice region (`test_one_number.py`) holds of any region: random small ones."""

import inspect
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.services import test_one_number as walk
from tests.services.desks import open_office
from tests.services.leaveteam import at
from tests.services.smallregions import COUNTIES, Region, fill
from tuopin_desktop.demo.tour import TODAY
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.records import Team
from tuopin_desktop.services.attendance import closing as months
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.reporting import overview, snapshots
from tuopin_desktop.services.reporting.snapshots import SnapshotContent

_TWICE_OUT = (3, 8)
"""Somebody is out on two slips that overlap: 外出 of a team opens its slips, 外出 of the roster its people."""
SEEDS = [seed for seed in range(12) if seed not in _TWICE_OUT] if os.environ.get("TUOPIN_NIGHTLY") == "1" else [0]
WALK = [made for name, made in vars(walk).items() if name.startswith("test_")]
"""Every stretch of the walk, so that a further figure is walked here too."""


@pytest.fixture(scope="module", params=SEEDS)
def region(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A region of three teams with records from October 2018 to the day of the walk, and some months closed."""
    made = Region(20 + request.param, first=date(2018, 10, 1), last=date(2019, 5, 31))
    with closing(open_office(tmp_path_factory.mktemp("anywhere") / "region", level="region")) as desk:
        fill(desk, [made.records])
        others = [one for one in desk.store.rows(Team) if one.county not in COUNTIES]
        desk.commit([Change("team", one.id, {"deleted": 1}) for one in others])
        at(desk, TODAY.date())
        for county, month in ((COUNTIES[0], "2019-02"), (COUNTIES[0], "2019-03"), (COUNTIES[1], "2019-04")):
            gaps = months.preview(desk, month, county).missing
            months.close(desk, month, county, gaps=gaps, note="核对过")
        yield desk


@pytest.fixture(scope="module")
def frozen(region: Desk) -> SnapshotContent:
    return snapshots.measured(region, walk.YEAR)


@pytest.fixture(scope="module")
def teams(region: Desk) -> overview.Teams:
    return overview.overview(region)


@pytest.mark.parametrize("stretch", WALK, ids=lambda made: made.__name__.removeprefix("test_"))
def test_the_walk_holds_of_any_region(
    stretch: Callable[..., None],
    region: Desk,
    frozen: SnapshotContent,
    teams: overview.Teams,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    known = {
        "region": region, "frozen": frozen, "teams": teams, "monkeypatch": monkeypatch, "tmp_path": tmp_path
    }  # fmt: skip
    stretch(**{name: known[name] for name in inspect.signature(stretch).parameters})


def test_the_walk_goes_somewhere() -> None:
    assert len(WALK) >= 6
