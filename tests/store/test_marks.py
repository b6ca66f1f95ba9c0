"""An owner's mark changes with every change of one of its rows, by whatever way it was written, and else stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.desks import open_office
from tests.services.exchangers import COUNTY, NEIGHBOUR, found, join, people, region, send
from tests.services.shelfhistory import History, settle
from tests.store.offices import NOON, new_store, person
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store.store import Store

Rows = dict[str, list[tuple[object, ...]]]


def rows_of(store: Store) -> Rows:
    """Return by owner every row of every kind, and what beside them is made of the log."""
    rows: Rows = {}
    with store.ledger.reading() as cursor:
        for kind in KINDS:
            for row in cursor.execute(f'SELECT * FROM "{kind}" ORDER BY id').fetchall():
                rows.setdefault(ids.owner(row[0]), []).append((kind, *row))
        for table in ("altered", "aside"):
            for row in cursor.execute(f"SELECT * FROM {table}").fetchall():
                rows.setdefault(ids.owner(row[0].partition(":")[2]), []).append((table, *row))
    return {owner: sorted(some, key=repr) for owner, some in rows.items()}


def unmarked(before: tuple[Rows, dict[str, str]], after: tuple[Rows, dict[str, str]]) -> list[str]:
    """Return the owners of whom a row changed and the mark did not."""
    owners = {*before[0], *after[0]}
    changed = [owner for owner in owners if before[0].get(owner) != after[0].get(owner)]
    return [owner for owner in changed if before[1].get(owner) == after[1].get(owner)]


def state(store: Store) -> tuple[Rows, dict[str, str]]:
    return rows_of(store), store.marks()


@pytest.fixture
def settled(tmp_path: Path) -> Iterator[Desk]:
    desk = open_office(tmp_path / "region", level="region")
    settle(desk, 3)
    yield desk
    desk.close()


def test_a_mark_changes_when_a_row_of_its_owner_does(settled: Desk) -> None:
    history, before = History(settled, 11), state(settled.store)
    changed = 0
    for _ in range(25):
        event, _ = history.step()
        after = state(settled.store)
        assert unmarked(before, after) == [], event
        changed += before[0] != after[0]
        before = after
    assert changed > 10


def test_a_write_moves_no_other_owners_mark(tmp_path: Path) -> None:
    store = new_store(tmp_path, "15")
    store.commit([person("a"), person("b", owner="150125")], "经办人", NOON)
    before = store.marks()
    store.commit([Change("person", "150125/b", {"name": "白音"})], "经办人", NOON)
    after = store.marks()
    assert {owner for owner in after if after[owner] != before.get(owner)} == {"150125"}
    store.commit([Change("person", "150125/b", {"name": "白音"})], "经办人", NOON)
    assert store.marks() == after
    store.close()


def test_what_fixes_anothers_paper_moves_the_mark_of_the_paper(tmp_path: Path) -> None:
    store = new_store(tmp_path, "15")
    slip = Change("leave_slip", f"{COUNTY}/s", {"posting": f"{COUNTY}/q", "name": "某", "place": "北京"})
    store.commit([slip], "经办人", NOON)
    before = store.marks()
    opinion = {
        "slip": f"{COUNTY}/s",
        "role": "secretary",
        "verdict": "approved",
        "signer": "白音",
        "signed": "2018-06-02",
    }
    store.commit([Change("opinion", f"{NEIGHBOUR}/o", dict(opinion))], "经办人", NOON)
    assert store.marks()[COUNTY] != before[COUNTY]
    store.close()


def test_an_import_moves_marks_and_its_undoing_moves_them_back(tmp_path: Path) -> None:
    root, county = region(tmp_path / "root"), found(tmp_path / "county", COUNTY)
    join(root, county, tmp_path / "stick")
    people(county, "乌云")
    package = send(county, "15", tmp_path / "stick")
    before = state(root.store)
    packages.take(root, package)
    after = state(root.store)
    assert unmarked(before, after) == []
    assert before[1].get(COUNTY) != after[1][COUNTY]
    packages.undo(root)
    undone = state(root.store)
    assert undone[0] == before[0]
    assert undone[1].get(COUNTY) == before[1].get(COUNTY)
    for desk in (root, county):
        desk.close()
