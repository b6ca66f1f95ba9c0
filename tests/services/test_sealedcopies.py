"""A copy on a stick tells nobody anything: encrypted to this PC, looked at and put back here, and nowhere else."""

import shutil
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from tests.services.desks import MORNING, enter, open_office
from tuopin_desktop.cli.main import run
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.domain.records import Person
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.office import backups, disclosures, offices, rescue, sealedcopies, stations
from tuopin_desktop.services.office.desk import Desk

PHONE = "13947820000"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = open_office(tmp_path / "office", clerk="李秀英")
    enter(desk, "王海", phone=PHONE)
    yield desk
    desk.close()


def names(folder: Path) -> set[str]:
    desk = offices.open_desk(folder, FixedClock(MORNING))
    try:
        return {one.name for one in desk.store.rows(Person)}
    finally:
        desk.close()


def on_the_stick(desk: Desk, place: Path, door: str) -> Path:
    """Bring a copy to a stick by one of the two doors."""
    place.mkdir()
    if door == "saved":
        return backups.save_to(desk, place / "存.db")
    backups.choose_place(desk, place)
    (copy,) = place.iterdir()
    return copy


@pytest.mark.parametrize("door", ["saved", "second place"])
def test_what_is_on_the_stick_says_nothing_without_the_key(desk: Desk, tmp_path: Path, door: str) -> None:
    content = on_the_stick(desk, tmp_path / "U盘", door).read_bytes()
    assert content.startswith(b"age-encryption.org/v1")
    assert not any(words in content for words in (PHONE.encode(), "王海".encode(), b"SQLite format"))
    assert [one.name for one in desk.folder.iterdir() if ".part" in one.name] == []


@pytest.mark.parametrize("door", ["saved", "second place"])
def test_it_is_looked_at_and_put_back_on_this_pc(desk: Desk, tmp_path: Path, door: str) -> None:
    copy = on_the_stick(desk, tmp_path / "U盘", door)
    enter(desk, "后来的人")
    assert backups.fitting(desk, copy).path == copy
    folder = desk.folder
    desk.close()
    (folder / "office.db").unlink()
    assert backups.look(copy, folder).sight.office == "150426"
    backups.restore(folder, copy)
    assert names(folder) == {"王海"}
    assert [one.name for one in folder.rglob("*") if ".part" in one.name or one.name.startswith("打开")] == []


def test_another_pc_says_clearly_why_not_and_what_to_do(desk: Desk, tmp_path: Path) -> None:
    copy = on_the_stick(desk, tmp_path / "U盘", "saved")
    other = open_office(tmp_path / "other")
    stations.keys(other)
    for folder in (None, tmp_path, other.folder):
        with pytest.raises(Trouble, match=r"加密的备份，本机打不开.*station[.]key"):
            backups.look(copy, folder)
    other.close()
    (other.folder / stations.FILE).unlink()
    shutil.copy(desk.folder / stations.FILE, other.folder)  # what the sentence says to do
    backups.restore(other.folder, copy)
    assert names(other.folder) == {"王海"}


def test_a_cut_off_copy_is_refused_and_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    copy = on_the_stick(desk, tmp_path / "U盘", "saved")
    copy.write_bytes(copy.read_bytes()[:-40])
    folder = desk.folder
    desk.close()
    with pytest.raises(Trouble, match="打不开"):
        backups.restore(folder, copy)
    assert names(folder) == {"王海"}


def test_a_plain_copy_of_an_earlier_release_is_still_put_back(desk: Desk, tmp_path: Path) -> None:
    old = tmp_path / "150426-每日-20180604.db"
    desk.store.backup(old)
    folder = desk.folder
    enter(desk, "后来的人")
    desk.close()
    assert not sealedcopies.is_sealed(old)
    assert backups.look(old).sight.office == "150426"
    backups.restore(folder, old)
    assert names(folder) == {"王海"}


def test_by_words_it_is_made_looked_at_and_put_back(desk: Desk, tmp_path: Path) -> None:
    folder, target = desk.folder, tmp_path / "盘" / "存.db"
    desk.close()
    for step in (("make", "--to", target), ("look", target), ("restore", target)):
        out, err = StringIO(), StringIO()
        assert run(["--office", str(folder), "backup", *map(str, step)], out, err) == 0, err.getvalue()
    assert "已恢复：派驻翁牛特旗" in out.getvalue()


def test_every_copy_that_leaves_is_noted(desk: Desk, tmp_path: Path) -> None:
    on_the_stick(desk, tmp_path / "一", "saved")
    on_the_stick(desk, tmp_path / "二", "second place")
    said = [(line.by, line.act, line.what) for line in disclosures.lines(desk)]
    assert said == [
        ("李秀英", "导出", f"备份存到另存位置“{tmp_path / '二'}”（加密）"),
        ("李秀英", "导出", f"备份另存到“{tmp_path / '一' / '存.db'}”（加密）"),
    ]


def test_a_lost_database_is_found_on_the_stick_by_the_page_of_rescue(desk: Desk, tmp_path: Path) -> None:
    on_the_stick(desk, tmp_path / "U盘", "second place")
    folder, bench = desk.folder, rescue.Bench(desk.folder, desk.clock)
    desk.close()
    (folder / "office.db").unlink()
    for copy in (folder / backups.FOLDER).iterdir():
        copy.unlink()
    survey = rescue.survey(bench)
    assert survey.best is not None
    assert survey.best.path.parent == tmp_path / "U盘"
    rescue.adopt(bench, rescue.attempt(bench))
    assert names(folder) == {"王海"}
