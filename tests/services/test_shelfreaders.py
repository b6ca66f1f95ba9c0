"""Whoever shows what was judged before shows it whole, though the records it was judged from are no more."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.services.desks import open_office
from tests.services.shelfhistory import COUNTIES, STAMP, settle
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.records import LeaveSlip, Person, Posting, Team
from tuopin_desktop.services.attendance import month
from tuopin_desktop.services.duties import radar
from tuopin_desktop.services.evidence import evidence
from tuopin_desktop.services.home.standing import standing
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.people import roster
from tuopin_desktop.services.recall import recall
from tuopin_desktop.services.reporting import overview
from tuopin_desktop.services.shelves import merge, shelves

READERS: dict[str, Callable[[Desk], object]] = {
    "month": lambda desk: month.judge(desk, "2018-09"),
    "overview": overview.overview,
    "radar": radar.overview,
    "first page": standing,
    "evidence": evidence.from_shelves,
    "suspicions": recall.suspicions,
    "heads": lambda desk: roster.heads(desk, merge.stories(desk)),
    "opened": lambda desk: [radar.record_for(desk, one) for one in radar.overview(desk).duties if one.state.open],
    "findings": merge.to_do,
}


@pytest.fixture
def region(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path / "region", level="region")) as desk:
        settle(desk, 2)
        yield desk


def test_what_was_said_before_may_be_of_records_that_are_no_more(region: Desk) -> None:
    merge.settle(region)
    region.patient = True
    for county in COUNTIES[:4]:
        for cls in (Posting, Person, LeaveSlip, Team):
            gone = region.store.rows(cls, between=(f"{county}/", f"{county}0"))
            region.store.commit([Change(cls.kind.name, one.id, {"deleted": 1}) for one in gone], "赵甲", STAMP)
    for name, read in READERS.items():
        read(region)
        assert region.later is not None, f"{name} reads what was said before"
    assert len(shelves.of(region).stale()) > 3
