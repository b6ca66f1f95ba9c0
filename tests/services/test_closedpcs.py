"""A closed PC's package is kept and does not count: told at the rehearsal, at the import, in the list, by words."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.services.exchangers import COUNTY, LEAGUE, REGION, all_closed, found, join, names, people, region, send
from tuopin_desktop.domain.exchange.trust import fingerprint
from tuopin_desktop.services.exchange import packages, sticks
from tuopin_desktop.services.exchange.accounts import ImportAccount
from tuopin_desktop.services.office import stations
from tuopin_desktop.services.office.desk import Desk


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Desk]:
    with closing(region(tmp_path / "15")) as desk:
        yield desk


@pytest.fixture
def county(root: Desk, tmp_path: Path) -> Iterator[Desk]:
    """Return a county that has sent once and was closed since, without having heard of it."""
    with closing(found(tmp_path / "county", COUNTY)) as desk:
        join(root, desk, tmp_path / "stick")
        people(desk, "甲")
        packages.take(root, send(desk, REGION, tmp_path / "up"))
        stations.revoke(root, desk.store.identity.station, "电脑丢失")
        yield desk


def words(taken: ImportAccount) -> str:
    return "\n".join(packages.account(taken))


def test_what_a_closed_pc_wrote_since_is_kept_and_told_not_to_count(root: Desk, county: Desk, tmp_path: Path) -> None:
    people(county, "乙", "丙")
    package = send(county, REGION, tmp_path / "up")
    for taken in (packages.rehearse(root, package), packages.take(root, package)):
        assert [one.lines for one in taken.outcome.idle] == [2]
        assert taken.outcome.kinds == {}
        assert "停用以后送来的2条收下但不计入" in words(taken)
        assert "新记录" not in words(taken)
        assert "不计入" in taken.result
        assert names(root) == ["甲"]
    again = packages.take(root, package)
    assert again.outcome.new == 0
    assert "收下但不计入" in words(again)
    assert root.store.audit() == ""


def test_lines_after_a_reopening_count_again(root: Desk, county: Desk, tmp_path: Path) -> None:
    people(county, "乙")
    packages.take(root, send(county, REGION, tmp_path / "up"))
    stations.reopen(root, county.store.identity.station)
    people(county, "丙")
    taken = packages.take(root, send(county, REGION, tmp_path / "up"))
    assert taken.outcome.idle == ()
    assert "不计入" not in words(taken)
    assert taken.result == "已收下"
    assert names(root) == ["丙", "乙", "甲"]


def test_a_league_that_learns_of_the_closing_in_the_same_package_is_told_too(
    root: Desk, county: Desk, tmp_path: Path
) -> None:
    people(county, "乙")
    packages.take(root, send(county, REGION, tmp_path / "up"))
    league = found(tmp_path / "league", LEAGUE)
    join(root, league, tmp_path / "stick")
    assert names(league) == ["甲"]
    taken = packages.take(league, packages.make(root, LEAGUE, tmp_path / "down", everything=True)[0].path)
    assert taken.outcome.new == 0
    all_closed(league)


def test_a_first_package_that_brings_the_closing_and_the_lines_counts_only_what_counts(
    root: Desk, county: Desk, tmp_path: Path
) -> None:
    people(county, "乙")
    packages.take(root, send(county, REGION, tmp_path / "up"))
    league = found(tmp_path / "league", LEAGUE)
    card = stations.read_card(stations.write_card(league, tmp_path / "stick"))
    stations.enrol(root, card, fingerprint(card.sign))
    stations.pin(league, fingerprint(stations.card(root).sign))
    taken = packages.take(league, send(root, LEAGUE, tmp_path / "down"))
    assert sum(one.lines for one in taken.outcome.idle) == 1
    assert taken.outcome.kinds["person"].new == 1
    assert names(league) == ["甲"]
    all_closed(league)


def test_the_list_and_the_label_say_so_before_anything_is_tried(root: Desk, county: Desk, tmp_path: Path) -> None:
    people(county, "乙")
    package = send(county, REGION, tmp_path / "up")
    assert packages.show(root, package).shut
    rows = {item.path: item for item in sticks.look(root, tmp_path / "up").packages}
    assert rows[package].state == "idle"
    assert "收下但不计入" in rows[package].why
