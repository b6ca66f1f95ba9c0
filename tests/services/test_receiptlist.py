"""Receipts stay, with their time: of both directions, of every office; an undone import takes its own back."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from tests.services.exchangers import COUNTY, NEIGHBOUR, REGION, found, join, people, region, send
from tuopin_desktop.services.exchange import packageboard, packages, receiptlist
from tuopin_desktop.services.office.desk import Desk


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Desk]:
    with closing(region(tmp_path / "15")) as desk:
        yield desk


@pytest.fixture
def county(root: Desk, tmp_path: Path) -> Iterator[Desk]:
    with closing(found(tmp_path / "county", COUNTY)) as desk:
        join(root, desk, tmp_path / "stick")
        yield desk


def later(desk: Desk, day: int) -> None:
    """Let the desk's clock stand at noon of a day of June."""
    desk.clock.moment = desk.clock.moment.replace(day=day, hour=4)  # type: ignore[attr-defined]  # the tests' clock


def test_every_receipt_is_kept_with_its_time_of_both_sides(root: Desk, county: Desk, tmp_path: Path) -> None:
    neighbour = found(tmp_path / "n", NEIGHBOUR)
    join(root, neighbour, tmp_path / "stick")
    codes = []
    for day in (5, 6, 7):
        for desk in (root, county):
            later(desk, day)
        people(county, f"甲{day}")
        taken = packages.take(root, send(county, REGION, tmp_path / "up"))
        codes.append(taken.receipt)
        packageboard.acknowledge(county, taken.receipt)
    packages.take(root, send(neighbour, REGION, tmp_path / "up"))
    kept = receiptlist.entries(root, COUNTY)
    given = [(one.code, one.when) for one in kept if one.given]
    assert given == [(code, f"2018-06-0{day} 12:00") for code, day in zip(codes[::-1], (7, 6, 5), strict=True)]
    assert {one.office for one in receiptlist.entries(root) if one.given} == {COUNTY, NEIGHBOUR}
    heard = [one for one in receiptlist.entries(county, REGION) if not one.given]
    assert [(one.code, one.when, one.how) for one in heard] == [
        (code, f"2018-06-0{day} 12:00", f"电话，{county.user}登记")
        for code, day in zip(codes[::-1], (7, 6, 5), strict=True)
    ]
    assert all(one.stands for one in (*kept, *heard))
    (row,) = (one for one in packageboard.board(county).rows if one.office == REGION)
    assert [one.number for one in row.receipts if not one.given] == [heard[0].number]
    assert any("2018-06-07 12:00，电话" in line for line in packageboard.board_lines(packageboard.board(county)))
    neighbour.close()


def test_what_a_package_confirms_is_noted_once_and_falls_with_its_undoing(
    root: Desk, county: Desk, tmp_path: Path
) -> None:
    people(county, "甲")
    packages.take(root, send(county, REGION, tmp_path / "up"))
    down = send(root, COUNTY, tmp_path / "down")
    packages.rehearse(county, down)
    assert [one for one in receiptlist.entries(county) if not one.given] == []
    for _ in range(2):
        packages.take(county, down)
        (heard,) = (one for one in receiptlist.entries(county) if not one.given)
        assert heard.stands
        assert heard.how.startswith("随对方第")
    for _ in range(2):
        packages.undo(county)
    (heard,) = (one for one in receiptlist.entries(county) if not one.given)
    assert not heard.stands
    assert "作废" in heard.line


def test_an_undone_imports_own_receipt_stays_in_the_list_and_is_void(root: Desk, county: Desk, tmp_path: Path) -> None:
    people(county, "甲")
    taken = packages.take(root, send(county, REGION, tmp_path / "up"))
    packages.undo(root)
    (one,) = (one for one in receiptlist.entries(root, COUNTY) if one.given)
    assert (one.code, one.stands) == ("", False), "nobody may read it out any more"
    assert taken.receipt not in one.line


def test_nobody_can_change_or_remove_a_receipt(root: Desk, county: Desk, tmp_path: Path) -> None:
    people(county, "甲")
    taken = packages.take(root, send(county, REGION, tmp_path / "up"))
    packageboard.acknowledge(county, taken.receipt)
    beside = "INSERT INTO receipt VALUES (9, 1, '', '', 1, 0, '')"
    for statement in ("UPDATE receipt SET at = 0", "DELETE FROM receipt", beside):
        with pytest.raises(dbapi2.IntegrityError, match="只能"), county.store.ledger.reading() as cursor:
            cursor.execute(statement)
