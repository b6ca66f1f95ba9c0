"""Opened offices with a year behind them, for the tests of the annual report."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from tests.services.desks import enter, open_office
from tests.services.test_circular import NAMES, at, keyed
from tuopin_desktop.domain.records import KINDS, Posting, Snapshot
from tuopin_desktop.services.office import belonging
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

PAPER = "内工作队办〔2020〕1号"
COUNTY, ELSEWHERE = "150426", "150124"
GOLDEN = Path(__file__).parent / "golden" / "annual_2019.json"
REGION = GOLDEN.with_name("annual_region_2019.json")
"""The region's report before rates stood with their coverage."""


def one_team(folder: Path) -> Desk:
    """A county: one person reached the days of May, one did not, of three nothing is known."""
    opened = at(open_office(folder), date(2020, 1, 6))
    postings = [enter(opened, name) for name in NAMES]
    keyed(opened, postings[0], 21)
    keyed(opened, postings[1], 12)
    return opened


def two_teams(folder: Path) -> Desk:
    """The region: two teams in two leagues, and one record of every register the report counts."""
    opened = at(open_office(folder, level="region"), date(2020, 1, 6))
    here = [enter(opened, name) for name in NAMES]
    there = enter(opened, "云二", position="leader", county=ELSEWHERE, since=date(2019, 5, 1), until=date(2019, 9, 30))
    keyed(opened, here[0], 21)
    keyed(opened, there, 12)
    kept: tuple[tuple[str, dict[str, Any]], ...] = (
        ("grade", {"subject": here[0].id, "year": 2019, "decided": "excellent"}),
        ("grade", {"subject": here[1].id, "year": 2019, "decided": "competent"}),
        ("grade", {"subject": f"{COUNTY}/team", "year": 2019, "decided": "basic"}),
        ("grade", {"subject": here[2].id, "year": 2018, "decided": "unfit"}),
        ("advancement", {"posting": here[0].id, "type": "grade", "due": date(2019, 3, 1), "done": date(2019, 4, 1)}),
        ("advancement", {"posting": here[1].id, "type": "post", "due": date(2018, 9, 1)}),
        ("advancement", {"posting": here[1].id, "type": "award", "done": date(2019, 7, 1)}),
        ("medical_claim", {"posting": here[0].id, "submitted": date(2019, 2, 1), "reimbursed": date(2019, 3, 1)}),
        ("medical_claim", {"posting": there.id, "submitted": date(2019, 6, 1)}),
        ("subsidy_rate", {"type": "living", "since": date(2018, 6, 1), "amount": 10000}),
        ("fund", {"county": COUNTY, "date": date(2019, 1, 9), "source": "财政", "amount": 1_234_567_00, "spent": 50}),
        ("round_trip", {"posting": there.id, "period": "2019-06-05am/2019-06-08pm", "reimbursed": date(2019, 7, 1)}),
        ("meeting", {"type": "joint", "county": COUNTY, "held": date(2019, 5, 20), "minutes": "形成纪要"}),
    )
    for kind, fields in kept:
        registers.save(opened, belonging.settled(opened, KINDS[kind](id=registers.new_id(opened), **fields)))
    return opened


def posting_of(desk: Desk, name: str) -> Posting:
    person = next(one.id for one in registers.rows(desk, "person") if getattr(one, "name", "") == name)
    found = registers.rows(desk, "posting", {"person": person})[0]
    assert isinstance(found, Posting)
    return found


def first_release() -> Snapshot:
    """A snapshot taken before some figures were declared."""
    return kept_snapshot(GOLDEN)


def kept_snapshot(path: Path) -> Snapshot:
    """A snapshot of an earlier release."""
    kept = json.loads(path.read_text("utf-8"))["snapshot"]
    return Snapshot(**{**kept, "taken": date.fromisoformat(kept["taken"])})
