"""Another office's database beside this PC's key makes no package: it would be signed in the wrong name."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from tests.services.exchangers import COUNTY, NEIGHBOUR, REGION, copy_of, found, join, names, people, region, send
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.exchange import keys as keyfile
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.office import offices, stations
from tuopin_desktop.services.office.desk import Desk


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Desk]:
    with closing(region(tmp_path / "15")) as desk:
        yield desk


@pytest.fixture
def county(root: Desk, tmp_path: Path) -> Iterator[Desk]:
    with closing(found(tmp_path / "a", COUNTY)) as desk:
        join(root, desk, tmp_path / "stick")
        yield desk


def swapped(theirs: Desk, ours: Desk, tmp_path: Path) -> Desk:
    """Return the office of `theirs` opened beside the key of `ours`."""
    copy = copy_of(theirs, tmp_path / "copy.db")
    ours.close()
    for ending in ("-wal", "-shm"):
        ours.store.path.with_name(ours.store.path.name + ending).unlink(missing_ok=True)
    shutil.copy(copy, ours.store.path)
    return offices.open_desk(ours.folder, ours.clock)


def as_before(desk: Desk) -> None:
    """Make the key file what an earlier program wrote: it did not say whose it is."""
    path = desk.folder / stations.FILE
    said = msgspec.json.decode(path.read_bytes())
    del said["office"], said["practice"]
    path.write_bytes(msgspec.json.encode(said))


@pytest.mark.parametrize("old", [False, True], ids=["a key of today", "a key of an earlier program"])
def test_a_neighbours_database_beside_a_key_signs_nothing_and_nothing_moves(
    root: Desk, county: Desk, tmp_path: Path, *, old: bool
) -> None:
    neighbour = found(tmp_path / "b", NEIGHBOUR)
    join(root, neighbour, tmp_path / "stick")
    people(neighbour, "乙", county=NEIGHBOUR)
    send(neighbour, REGION, tmp_path / "up")
    people(county, "甲")
    if old:
        as_before(neighbour)
    wrong = swapped(county, neighbour, tmp_path)
    station, position = wrong.store.identity.station, wrong.store.position()
    doors = (
        lambda: packages.make(wrong, REGION, tmp_path / "up"),
        lambda: stations.card(wrong),
        lambda: packages.take(wrong, send(root, COUNTY, tmp_path / "down")),
    )
    for door in doors:
        with pytest.raises(Refused, match=r"本机的密钥是.*的，数据文件却是翁牛特旗的.*什么也没有改动"):
            door()
    assert (wrong.store.identity.station, wrong.store.position()) == (station, position)
    assert names(wrong) == ["甲"]
    (wrong.folder / stations.FILE).rename(tmp_path / "away.key")
    assert stations.card(wrong).station != station  # as the words say: it goes on as a new station
    assert wrong.store.audit() == ""
    wrong.close()


def test_practice_and_real_data_of_one_office_have_keys_of_their_own(tmp_path: Path) -> None:
    real, practice = found(tmp_path / "real", COUNTY), found(tmp_path / "practice", COUNTY, practice=True)
    stations.card(real)
    wrong = swapped(practice, real, tmp_path)
    with pytest.raises(Refused, match="密钥是正式数据的，数据文件却是练习数据的"):
        stations.card(wrong)
    for desk in (wrong, practice):
        desk.close()


def test_a_key_of_an_earlier_program_is_bound_on_its_first_use_and_goes_on(
    root: Desk, county: Desk, tmp_path: Path
) -> None:
    before = stations.card(county).station
    as_before(county)
    people(county, "甲")
    packages.take(root, send(county, REGION, tmp_path / "up"))
    assert stations.card(county).station == before
    held = keyfile.load((county.folder / stations.FILE).read_bytes())
    assert (held.office, held.practice) == (COUNTY, False)


def test_a_second_pcs_copy_of_the_same_office_still_goes_on_under_this_key(
    root: Desk, county: Desk, tmp_path: Path
) -> None:
    second = found(tmp_path / "second", COUNTY)
    join(root, second, tmp_path / "stick")
    packages.take(county, send(root, COUNTY, tmp_path / "down"))  # the second PC's certificate
    people(county, "甲")
    moved = swapped(county, second, tmp_path)
    packages.take(root, send(moved, REGION, tmp_path / "up"))
    assert names(root) == ["甲"]
    moved.close()
