"""Practice data leave a practice office by no door into a real one: package, card, copy, folder, sheet."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.services.exchangers import COUNTY, MORNING, REGION, found, names, region, send
from tuopin_desktop.demo import sample
from tuopin_desktop.domain.exchange.planning import addressed
from tuopin_desktop.domain.exchange.trust import fingerprint
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.exchange.bag import open_bag
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.office import backups, files, founding, offices, stations
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.founding import Ground
from tuopin_desktop.services.sheets import intake
from tuopin_desktop.store.store import DATABASE


class Offices(NamedTuple):
    """A practice county with its sample, the real county and the real region."""

    practice: Desk
    county: Desk
    region: Desk


@pytest.fixture(scope="module")
def trio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Offices]:
    folder = tmp_path_factory.mktemp("doors")
    made = Offices(
        found(folder / "practice", COUNTY, practice=True), found(folder / "real", COUNTY), region(folder / "region")
    )
    sample.fill(made.practice)
    yield made
    for desk in made:
        desk.close()


def test_a_package_of_practice_is_taken_in_and_rehearsed_by_no_real_office(trio: Offices, tmp_path: Path) -> None:
    path = send(trio.practice, REGION, tmp_path)
    for door in (packages.rehearse, packages.take, packages.follow):
        with pytest.raises(Refused):
            door(trio.region, path)
    assert names(trio.region) == []


def test_a_header_of_practice_is_for_no_real_office_even_where_it_could_be_opened(
    trio: Offices, tmp_path: Path
) -> None:
    path = send(trio.practice, REGION, tmp_path)
    header = packages.opened(trio.practice, path, open_bag(path.read_bytes()))[0]
    assert header.practice
    problem = addressed(header, REGION, practice=False)
    assert problem is not None
    assert "永不合并" in problem.sentence
    assert addressed(header, REGION, practice=True) is None


def test_neither_side_authorises_the_others_card(trio: Offices) -> None:
    for desk, card in (
        (trio.region, stations.card(trio.practice)),
        (trio.practice, stations.card(trio.region)),
        (trio.county, stations.card(trio.practice)),
    ):
        with pytest.raises(Refused, match="练习数据与正式数据"):
            stations.enrol(desk, card, fingerprint(card.sign))


def test_a_copy_of_practice_is_put_back_into_no_real_office_and_stays_practice_elsewhere(
    trio: Offices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUOPIN_CONFIG", str(tmp_path / "config"))
    copy = backups.make(trio.practice).path
    with pytest.raises(Refused, match="练习"):
        backups.fitting(trio.county, copy)
    real = tmp_path / "real"
    found(real, COUNTY).close()
    with pytest.raises(Refused, match="练习"):
        backups.restore(real, copy)
    ground = Ground(tmp_path / "empty", FixedClock(MORNING))
    founding.restore(ground, copy)
    opened = offices.open_desk(ground.folder, ground.clock)
    assert opened.practice
    assert opened.mark
    opened.close()


def test_a_copied_folder_is_still_practice_and_a_copied_database_sends_nothing(trio: Offices, tmp_path: Path) -> None:
    trio.practice.store.fold_journal()
    shutil.copytree(
        trio.practice.folder, tmp_path / "copied", ignore=shutil.ignore_patterns("*.lock", "*-wal", "*-shm")
    )
    copied = offices.open_desk(tmp_path / "copied", trio.practice.clock)
    assert copied.practice
    copied.close()
    stations.card(trio.county)
    for path in trio.county.folder.glob("*"):
        if path.is_file() and path.name.endswith((".key", ".keys")):
            shutil.copy(path, tmp_path / "copied" / path.name)
    shutil.copy(trio.practice.folder / "office.keys", tmp_path / "copied" / "office.keys")
    assert (tmp_path / "copied" / DATABASE).exists()
    swapped = offices.open_desk(tmp_path / "copied", trio.practice.clock)
    try:
        with pytest.raises(Refused, match="练习数据"):
            packages.make(swapped, REGION, tmp_path / "stick")
    finally:
        swapped.close()


def test_a_sheet_of_practice_people_brings_nobody_into_a_real_office(trio: Offices, tmp_path: Path) -> None:
    path = files.write(trio.practice, tmp_path / "花名册.xlsx", intake.export(trio.practice, "roster"))
    assert intake.preview(trio.practice, "roster", path).counts.new == 0
    with pytest.raises(Refused, match="练习单位导出的"):
        intake.preview(trio.county, "roster", path)
    for kind in ("leave_slip", "attendance"):
        sheet = files.write(trio.practice, tmp_path / f"{kind}.xlsx", intake.export(trio.practice, kind))
        with pytest.raises(Refused, match="练习单位导出的"):
            intake.preview(trio.county, kind, sheet)
