"""Killed while making or taking in a package, a full or vanishing stick, a copied PC: the old state or the new."""

import errno
import os
import random
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.disks import mounted
from tests.services.exchangers import (
    COUNTY,
    LEAGUE,
    REGION,
    all_closed,
    copy_of,
    found,
    join,
    names,
    people,
    region,
    reopened,
    restored,
    send,
)
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.machine import files
from tuopin_desktop.services.exchange import packageboard, packages
from tuopin_desktop.services.office import offices, signed

ROOT = Path(__file__).parents[2]
WORKER = """
import os, sys
from pathlib import Path
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.office import offices

desk = offices.open_desk(Path(sys.argv[1]))
# A dot for every few hundred steps of the database engine, so that the parent can kill in the midst of things.
desk.store._database.connection().set_progress_handler(lambda: os.write(1, b".") != 1, 50)
while True:
    if sys.argv[2] == "make":
        packages.make(desk, "15", Path(sys.argv[3]))
    else:
        packages.take(desk, Path(sys.argv[3]))
        packages.undo(desk)
    os.write(1, b".")
"""


def killed(*words: object) -> None:
    """Let a program work in a loop and kill it at some moment."""
    command = [sys.executable, "-c", WORKER, *map(str, words)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as worker:
        assert worker.stdout is not None
        wanted = random.randint(1, 600)
        heard = 0
        while heard < wanted:
            some = os.read(worker.stdout.fileno(), wanted - heard)
            assert some, "the worker stopped by itself"
            heard += len(some)
        worker.kill()


@pytest.mark.skipif(os.name == "nt", reason="kills by signal")
@pytest.mark.parametrize("kills", [6, pytest.param(250, marks=[pytest.mark.nightly, pytest.mark.timeout(3600)])])
def test_killed_while_making_every_whole_file_is_good_and_numbers_only_grow(tmp_path: Path, kills: int) -> None:
    root, county = region(tmp_path / "15"), found(tmp_path / "county", COUNTY)
    join(root, county, tmp_path)
    people(county, *"甲乙丙丁")
    folder, stick, era = county.folder, tmp_path / "stick", county.store.identity.era
    county.close()
    for _ in range(kills):
        killed(folder, "make", stick)
    with closing(offices.open_desk(folder)) as county:
        assert county.store.identity.era == era, "a kill was taken for an old copy"
        assert county.store.audit() == ""
        last = packages.make(county, REGION, stick)[0]
    numbers = sorted(int(path.stem.partition("第")[2].rstrip("包")) for path in stick.glob("*.zip"))
    assert numbers[-1] == last.number
    for path in stick.glob("*.zip"):
        packages.rehearse(root, path)
    packages.take(root, last.path)
    assert names(root) == sorted("甲乙丙丁")
    all_closed(root)


@pytest.mark.skipif(os.name == "nt", reason="kills by signal")
@pytest.mark.parametrize("kills", [6, pytest.param(250, marks=[pytest.mark.nightly, pytest.mark.timeout(3600)])])
def test_killed_while_importing_or_undoing_all_of_a_package_is_there_or_nothing(tmp_path: Path, kills: int) -> None:
    root, county = region(tmp_path / "15"), found(tmp_path / "county", COUNTY)
    join(root, county, tmp_path)
    people(county, *"甲乙丙丁戊己庚辛" * 20)
    package = send(county, REGION, tmp_path)
    folder = root.folder
    root.close()
    for _ in range(kills):
        killed(folder, "take", package)
        with closing(offices.open_desk(folder)) as root:
            assert len(names(root)) in (0, 160)
            assert root.store.audit() == ""
            if names(root):
                packages.undo(root)
    county.close()


def test_a_full_stick_gets_no_half_package_and_says_so(tmp_path: Path) -> None:
    root, county = region(tmp_path / "15"), found(tmp_path / "county", COUNTY)
    join(root, county, tmp_path)
    people(county, *"甲乙丙丁戊己庚辛" * 100)
    with mounted(tmp_path / "disk", "size=4k") as disk:
        with pytest.raises(Trouble, match="磁盘空间不足"):
            packages.make(county, REGION, disk)
        assert list(disk.iterdir()) == []
    assert packages.take(root, send(county, REGION, tmp_path)).outcome.kinds["person"].new == 800
    all_closed(root, county)


@pytest.mark.parametrize("fault", ["fsync", "replace", "read_bytes"])
def test_a_pulled_stick_leaves_no_package_under_its_final_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    root, county = region(tmp_path / "15"), found(tmp_path / "county", COUNTY)
    join(root, county, tmp_path)
    people(county, "甲")
    stick = tmp_path / "stick"
    real_write = files.write

    def pulled(path: Path, content: bytes, *, private: bool = False) -> None:
        with monkeypatch.context() as patch:
            if path.suffix == ".zip":
                error = OSError(errno.EIO, "gone")
                target = os if fault == "fsync" else Path
                patch.setattr(target, fault, lambda *_: (_ for _ in ()).throw(error))
            real_write(path, content, private=private)

    with monkeypatch.context() as patch:
        patch.setattr(files, "write", pulled)
        with pytest.raises(Trouble, match="可能已拔出"):
            packages.make(county, REGION, stick)
    assert list(stick.glob("*.zip")) == []
    assert packages.take(root, send(county, REGION, stick)).outcome.kinds["person"].new == 1
    all_closed(root, county)


def test_no_package_leaves_when_what_was_signed_cannot_be_written_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, county = region(tmp_path / "15"), found(tmp_path / "county", COUNTY)
    join(root, county, tmp_path)

    def full(*_: object, **__: object) -> None:
        raise Trouble("满")

    monkeypatch.setattr(files, "write", full)
    with pytest.raises(Trouble):
        packages.make(county, REGION, tmp_path / "stick")
    assert list((tmp_path / "stick").glob("*.zip")) == []
    all_closed(root, county)


def test_a_pc_copied_with_its_keys_is_noticed_and_loses_nothing(tmp_path: Path) -> None:
    root, county = region(tmp_path / "15"), found(tmp_path / "county", COUNTY)
    join(root, county, tmp_path)
    people(county, "甲")
    county.close()
    shutil.copytree(tmp_path / "county", tmp_path / "copy")
    clone = offices.open_desk(tmp_path / "copy", county.clock)
    county = offices.open_desk(tmp_path / "county", county.clock)
    people(county, "乙")
    people(clone, "丙")
    packages.take(root, send(county, REGION, tmp_path / "one"))
    with pytest.raises(Refused, match="两个版本"):
        packages.take(root, send(clone, REGION, tmp_path / "two"))
    told = packages.take(clone, send(root, COUNTY, tmp_path))
    assert [one.number for one in told.refused] == [1]
    assert told.outcome.forked
    packages.take(root, send(clone, REGION, tmp_path / "two"))
    assert names(root) == names(clone) == ["丙", "乙", "甲"]
    all_closed(root, county, clone)


def test_an_office_that_holds_the_other_version_of_a_copied_pc_follows_the_region_and_loses_nothing(
    tmp_path: Path,
) -> None:
    root, league, county = region(tmp_path / "15"), found(tmp_path / "1504", LEAGUE), found(tmp_path / "c", COUNTY)
    for desk in (league, county):
        join(root, desk, tmp_path)
    packages.take(league, send(root, LEAGUE, tmp_path))
    packages.take(county, send(root, COUNTY, tmp_path))
    people(county, "甲")
    county.close()
    shutil.copytree(tmp_path / "c", tmp_path / "copy")
    clone = offices.open_desk(tmp_path / "copy", county.clock)
    county = offices.open_desk(tmp_path / "c", county.clock)
    people(county, "乙", "丁")
    people(clone, "丙")
    packages.take(league, send(county, LEAGUE, tmp_path / "one"))
    packages.take(root, send(clone, REGION, tmp_path / "two"))
    with pytest.raises(Refused, match="两个版本"):
        packages.take(root, send(league, REGION, tmp_path))
    down = packages.make(root, LEAGUE, tmp_path, everything=True)[0].path
    with pytest.raises(Refused, match="以它为准"):
        packages.take(league, down)
    with pytest.raises(Refused, match="不是它制作的"):
        packages.follow(league, send(county, LEAGUE, tmp_path / "one"))
    rehearsed = packages.follow(league, down, keep=False)
    assert names(league) == ["丁", "乙", "甲"]
    taken = packages.follow(league, down)
    assert rehearsed.outcome == taken.outcome
    assert (taken.outcome.aside, names(league)) == (2, ["丙", "甲"])
    assert taken.backup is not None
    assert any("放下本机原存的另一个版本2条" in line for line in packages.account(taken))
    assert league.store.audit() == ""
    packages.undo(league)
    assert (names(league), league.store.audit()) == (["甲"], "")
    packages.take(league, down)
    packages.take(county, packages.make(root, COUNTY, tmp_path, everything=True)[0].path)
    packages.take(league, send(county, LEAGUE, tmp_path / "one"))
    packages.take(root, send(league, REGION, tmp_path))
    assert names(root) == names(league) == names(county) == ["丁", "丙", "乙", "甲"]
    all_closed(root, league, county, clone)


def test_what_was_only_on_a_lost_stick_is_written_off_after_the_regions_answer_and_welcome_if_found(
    tmp_path: Path,
) -> None:
    root, county = region(tmp_path / "15"), found(tmp_path / "c", COUNTY)
    join(root, county, tmp_path)
    people(county, "甲")
    packages.take(root, send(county, REGION, tmp_path))
    packages.take(county, send(root, COUNTY, tmp_path))
    with pytest.raises(Refused, match="没有待补"):
        signed.write_off(county)
    snapshot = copy_of(county, tmp_path / "snapshot.db")
    people(county, "乙", "丙")
    lost = send(county, REGION, tmp_path / "lost")
    county = restored(county, snapshot)
    people(county, "丁")
    packages.take(county, send(root, COUNTY, tmp_path))  # made before the region heard of what was written since
    with pytest.raises(Refused, match="还没有答复"):
        signed.write_off(county)
    packages.take(root, send(county, REGION, tmp_path))
    packages.take(county, send(root, COUNTY, tmp_path))
    assert [wanted - here for here, wanted in packageboard.board(county).missing.values()] == [2]
    assert len(signed.write_off(county)) == 1
    county = reopened(county)
    assert packageboard.board(county).missing == {}
    packages.take(root, send(county, REGION, tmp_path))
    assert names(root) == names(county) == ["丁", "甲"]
    packages.take(root, lost)
    packages.take(county, send(root, COUNTY, tmp_path))
    assert names(root) == names(county) == ["丁", "丙", "乙", "甲"]
    all_closed(root, county)


def test_a_database_without_its_key_goes_on_as_a_new_station_and_loses_nothing(tmp_path: Path) -> None:
    root, county = region(tmp_path / "15"), found(tmp_path / "county", COUNTY)
    join(root, county, tmp_path)
    people(county, "甲")
    packages.take(root, send(county, REGION, tmp_path))
    people(county, "乙")
    old = county.store.identity.station
    county.close()
    (tmp_path / "county" / "station.key").unlink()
    county = offices.open_desk(tmp_path / "county", county.clock)
    with pytest.raises(Refused, match="授权"):
        send(county, REGION, tmp_path)
    assert county.store.identity.station != old
    join(root, county, tmp_path)
    packages.take(root, send(county, REGION, tmp_path))
    assert names(root) == names(county) == ["乙", "甲"]
    all_closed(root, county)


def test_parts_are_complete_in_themselves_and_a_late_one_names_the_gap(tmp_path: Path) -> None:
    root, county = region(tmp_path / "15"), found(tmp_path / "county", COUNTY)
    join(root, county, tmp_path)
    people(county, *["甲"] * 300)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tuopin_desktop.store.sending._PIECE", 100)
        parts = packages.make(county, REGION, tmp_path / "parts", part_bytes=1)
    assert len(parts) > 2
    with pytest.raises(Refused, match="缺第"):
        packages.take(root, parts[-1].path)
    for part in parts:
        packages.take(root, part.path)
    assert len(names(root)) == 300
    all_closed(root, county)
