"""A copy on a stick tells nobody anything: put back here by itself, elsewhere by the recovery code or a password.

Those of earlier releases, encrypted to the PC that wrote them, are opened by its key as before.
"""

import shutil
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from tests.services.desks import MORNING, enter, open_office
from tuopin_desktop.cli.main import run
from tuopin_desktop.domain.problems import Locked, Refused, Trouble
from tuopin_desktop.domain.records import Person
from tuopin_desktop.exchange import recoverycode, seal
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.office import backups, disclosures, offices, rescue, stations, vaults
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.vaults import Unlock

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
    """Bring a copy to a stick by one of the two doors, or as an earlier release did."""
    place.mkdir()
    if door == "saved":
        return backups.save_to(desk, place / "存.db")
    if door == "earlier":
        copy = backups.save_to(desk, place / "存.db")
        copy.write_bytes(seal.seal(copy.read_bytes(), [stations.keys(desk).age]))
        return copy
    backups.choose_place(desk, place)
    (copy,) = place.iterdir()
    return copy


@pytest.mark.parametrize("door", ["saved", "second place"])
def test_what_is_on_the_stick_says_nothing_without_the_key(desk: Desk, tmp_path: Path, door: str) -> None:
    content = on_the_stick(desk, tmp_path / "U盘", door).read_bytes()
    assert content[:16] == (desk.folder / "office.db").read_bytes()[:16] != b"SQLite format 3\0"
    assert not any(words in content for words in (PHONE.encode(), "王海".encode(), b"SQLite format"))
    assert [one.name for one in desk.folder.iterdir() if ".part" in one.name] == []


@pytest.mark.parametrize("door", ["saved", "second place", "earlier"])
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


@pytest.mark.parametrize("by", ["code", "password"])
def test_another_pc_opens_it_by_the_code_or_a_password_of_its_day(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    code = vaults.renew_code(desk.folder)
    vaults.set_password(desk.folder, "u1", "当时的口令")
    copy = on_the_stick(desk, tmp_path / "U盘", "saved")
    vaults.set_password(desk.folder, "u1", "后来的口令")
    vaults.renew_code(desk.folder)
    vaults.lock(desk.folder)
    monkeypatch.setenv("TUOPIN_CONFIG", str(tmp_path / "another"))
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    with pytest.raises(Locked, match="口令或恢复码"):
        backups.look(copy, fresh)
    with pytest.raises(Refused, match=r"不对|不是这份"):
        vaults.admit(
            copy, fresh, Unlock(code=recoverycode.new_code()) if by == "code" else Unlock(password="后来的口令")
        )
    vaults.admit(copy, fresh, Unlock(code=code) if by == "code" else Unlock(password="当时的口令"))
    backups.restore(fresh, copy)
    assert names(fresh) == {"王海"}
    assert {way.kind for way in vaults.ways(fresh)} == {"account", "password", "recovery"}


def test_another_pc_says_clearly_why_not_and_what_to_do(desk: Desk, tmp_path: Path) -> None:
    copy = on_the_stick(desk, tmp_path / "U盘", "earlier")
    other = open_office(tmp_path / "other")
    stations.keys(other)
    for folder in (None, tmp_path, other.folder):
        with pytest.raises(Trouble, match=r"加密的备份，本机打不开.*station[.]key"):
            backups.look(copy, folder)
    other.close()
    with pytest.raises(Trouble, match=r"改名为 station-旧电脑[.]key.*本机自己的 station[.]key 不要动"):
        backups.look(copy, other.folder)
    own = (other.folder / stations.FILE).read_bytes()
    shutil.copy(desk.folder / stations.FILE, other.folder / "station-旧电脑.key")  # what the sentence says to do
    backups.restore(other.folder, copy)
    assert names(other.folder) == {"王海"}
    assert (other.folder / stations.FILE).read_bytes() == own


def test_a_folder_without_a_key_takes_the_other_pcs_as_its_own(desk: Desk, tmp_path: Path) -> None:
    copy, fresh = on_the_stick(desk, tmp_path / "U盘", "earlier"), tmp_path / "fresh"
    fresh.mkdir()
    with pytest.raises(Trouble, match=r"station[.]key 放进本机的数据文件夹，再恢复一次"):
        backups.look(copy, fresh)
    shutil.copy(desk.folder / stations.FILE, fresh)
    backups.restore(fresh, copy)
    assert names(fresh) == {"王海"}


def test_copies_of_before_a_new_key_are_still_opened(desk: Desk, tmp_path: Path) -> None:
    early, key = on_the_stick(desk, tmp_path / "一", "earlier"), desk.folder / stations.FILE
    good = key.read_bytes()
    key.write_bytes(b"{}")
    stations.renew(desk)
    late = on_the_stick(desk, tmp_path / "二", "earlier")
    assert backups.look(late, desk.folder).sight.office == "150426"
    with pytest.raises(Trouble, match=r"密钥文件“station-旧1[.]key”打不开"):
        backups.look(early, desk.folder)
    (desk.folder / "station-旧1.key").write_bytes(good)  # the one from the safe
    assert backups.look(early, desk.folder).sight.office == "150426"
    key.write_bytes(b"{}")
    assert backups.look(early, desk.folder).sight.office == "150426"
    with pytest.raises(Trouble, match=r"密钥文件“station[.]key”打不开"):
        backups.look(late, desk.folder)


def test_a_cut_off_copy_is_refused_and_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    copy = on_the_stick(desk, tmp_path / "U盘", "earlier")
    copy.write_bytes(copy.read_bytes()[:-40])
    folder = desk.folder
    desk.close()
    with pytest.raises(Trouble, match="打不开"):
        backups.restore(folder, copy)
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
