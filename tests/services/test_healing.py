"""An office restored from before its authorisation comes back by one package from the very first line on."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.services.exchangers import COUNTY, REGION, copy_of, found, join, names, people, region, restored, send
from tuopin_desktop.domain.exchange.trust import fingerprint
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.services.exchange import packageboard, packages, sticks
from tuopin_desktop.services.office import signed, stations
from tuopin_desktop.services.office.desk import Desk


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Desk]:
    with closing(region(tmp_path / "15")) as desk:
        yield desk


@pytest.mark.parametrize("keyed", [False, True], ids=["before its key", "after its key"])
def test_a_county_restored_from_before_its_authorisation_is_healed(root: Desk, tmp_path: Path, *, keyed: bool) -> None:
    county = found(tmp_path / "c", COUNTY)
    people(county, "早")
    if keyed:
        stations.card(county)
    old = copy_of(county, tmp_path / "old.db")
    join(root, county, tmp_path / "stick")
    people(county, "甲")
    packages.take(root, send(county, REGION, tmp_path / "up"))
    packages.take(county, send(root, COUNTY, tmp_path / "down"))
    county = restored(county, old)
    people(county, "后")
    stations.card(county)
    assert "恢复到了授权以前" in packageboard.board(county).unready
    with pytest.raises(Refused, match="从头重发"):
        send(county, REGION, tmp_path / "up")
    stations.pin(county, fingerprint(stations.card(root).sign))
    with pytest.raises(Refused, match="从头重发"):
        packages.take(county, send(root, COUNTY, tmp_path / "down"))
    (made,) = sticks.make_many(root, [COUNTY], tmp_path / "whole", everything=True)
    packages.take(county, made.path)
    assert packageboard.board(county).unready == ""
    assert names(county) == ["后", "早", "甲"]
    assert signed.missing(county) == {}
    packages.take(root, send(county, REGION, tmp_path / "up"))
    assert names(root) == ["后", "早", "甲"]
    assert county.store.audit() == root.store.audit() == ""
    county.close()


def test_a_closed_pc_is_told_so_and_not_that_it_has_no_authorisation_yet(root: Desk) -> None:
    stations.revoke(root, root.store.identity.station, "换电脑")
    assert "本机已被自治区工作队管理办公室停用" in packageboard.board(root).unready
    with pytest.raises(Refused, match="已被自治区工作队管理办公室停用"):
        packages.ready(root)


def test_a_package_that_is_not_sealed_for_this_pc_says_what_that_may_mean(root: Desk, tmp_path: Path) -> None:
    county = found(tmp_path / "c", COUNTY)
    join(root, county, tmp_path / "stick")
    second = found(tmp_path / "second", COUNTY)
    with pytest.raises(Refused, match=r"没有加密给这台电脑.*还没有授权、已停用"):
        packages.take(second, send(root, COUNTY, tmp_path / "down"))
    for desk in (county, second):
        desk.close()
