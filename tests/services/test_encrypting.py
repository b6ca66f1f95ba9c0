"""A plain office of an earlier release becomes an encrypted one, whatever stops it on the way."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.services.desks import MORNING, enter
from tests.services.plainoffices import make_plain
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.domain.records import Person
from tuopin_desktop.machine import files, versions
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.machine.versions import Installation
from tuopin_desktop.services.leave import tray
from tuopin_desktop.services.office import backups, encrypting, offices, safe, vaults
from tuopin_desktop.store import backup, keyring, sameness, sqlite
from tuopin_desktop.store.database import connect
from tuopin_desktop.store.store import DATABASE

NAME, PHONE = "斯琴高娃", "13947820001"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Return the folder of an office as an earlier release left it: nothing in it is encrypted."""
    folder = tmp_path / "office"
    make_plain(folder)
    (folder / vaults.COPIES).mkdir()
    shutil.copy(folder / DATABASE, folder / vaults.COPIES / "每日-20180603-第1号.db")
    scan = folder / "attachments" / "ab" / f"{'ab' * 32}.pdf"
    scan.parent.mkdir(parents=True)
    scan.write_bytes(f"%PDF- {NAME}".encode() * 20000)
    (folder / "tray").mkdir()
    (folder / "tray" / f"{'cd' * 32}.json").write_text(
        f'{{"name":"{NAME}.pdf","pages":1,"size":3,"taken":"2018-06-01","waiting":{{"1":"无编号"}}}}', encoding="utf-8"
    )
    return folder


def people(folder: Path) -> set[str]:
    with closing(offices.open_desk(folder, FixedClock(MORNING))) as desk:
        assert desk.store.audit() == ""
        return {one.name for one in desk.store.rows(Person)}


def plain_files(folder: Path) -> list[str]:
    """Return the files that an earlier release could read."""
    heads = {path: path.read_bytes()[:200] for path in folder.rglob("*") if path.is_file()}
    return [path.name for path, head in heads.items() if b"SQLite format" in head or NAME.encode() in head]


def test_an_old_office_is_encrypted_at_its_first_start_and_says_so_once(old: Path) -> None:
    assert len(plain_files(old)) == 4
    with closing(offices.open_desk(old, FixedClock(MORNING))) as desk:
        assert encrypting.NOTICE in desk.store.notice
        assert [one.name for one in desk.store.rows(Person)] == ["先来的人"]
        assert [item.name for item in tray.items(desk)] == [f"{NAME}.pdf"]
    assert vaults.is_encrypted(old / DATABASE)
    assert plain_files(old) == []
    with closing(offices.open_desk(old, FixedClock(MORNING))) as desk:
        assert desk.store.notice == ""
    assert not (old / encrypting.MARK).exists()


def test_the_copy_made_before_and_those_of_earlier_days_are_encrypted_and_can_be_put_back(old: Path) -> None:
    assert people(old) == {"先来的人"}
    copies = backups.listed_in(old)
    assert {one.kind for one in copies} == {backups.BEFORE_CIPHER, backups.DAILY}
    for one in copies:
        assert keyring.carried(one.path)
        with closing(offices.open_desk(old, FixedClock(MORNING))) as desk:
            enter(desk, "后来的人")
        backups.restore(old, one.path, FixedClock(MORNING))
        assert people(old) == {"先来的人"}


def test_a_plain_copy_from_elsewhere_is_put_back_and_the_office_stays_encrypted(old: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(old / DATABASE, tmp_path / "旧备份.db"))
    assert people(old) == {"先来的人"}
    before = keyring.head(old / DATABASE)
    backups.restore(old, copy, FixedClock(MORNING))
    assert keyring.head(old / DATABASE) == before
    assert people(old) == {"先来的人"}
    assert plain_files(old) == []


def test_what_stands_in_the_journal_alone_comes_along(old: Path) -> None:
    raw = connect(old / DATABASE, journal=sqlite.WAL)
    raw.execute_sql("PRAGMA wal_autocheckpoint=0")
    raw.execute_sql("INSERT INTO unsaved VALUES ('页', '键', '没存完的字', '{}', 1, '')")
    kept = old.parent / "pulled"
    shutil.copytree(old, kept)
    raw.close()
    assert (kept / f"{DATABASE}-wal").stat().st_size > 0
    with closing(offices.open_desk(kept, FixedClock(MORNING))) as desk:
        rows = desk.store._database.execute_sql("SELECT words FROM unsaved").fetchall()
    assert rows == [("没存完的字",)]


def test_a_damaged_plain_office_is_left_as_it_is(old: Path) -> None:
    raw = bytearray((old / DATABASE).read_bytes())
    raw[4096 * 3 : 4096 * 9] = bytes(4096 * 6)
    (old / DATABASE).write_bytes(raw)
    with pytest.raises(Trouble, match="损坏"):
        offices.open_desk(old)
    assert (old / DATABASE).read_bytes() == raw


def test_a_version_on_trial_encrypts_nothing(old: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(versions, "installation", lambda: Installation(tmp_path, own="9.9.9"))
    monkeypatch.setenv(versions.TRIAL, "9.9.9")
    assert people(old) == {"先来的人"}
    assert not vaults.is_encrypted(old / DATABASE)
    monkeypatch.delenv(versions.TRIAL)
    assert people(old) == {"先来的人"}
    assert vaults.is_encrypted(old / DATABASE)


STEPS: list[tuple[Any, str]] = [
    (backup, "copy_of"),
    (sameness, "differing"),
    (backup, "fold"),
    (encrypting, "settle"),
    (backup, "drop_journals"),
    (safe, "seal"),
    (files, "remove"),
]


@pytest.mark.parametrize("after", [False, True], ids=["before it", "after it"])
@pytest.mark.parametrize(("module", "name"), STEPS, ids=[name for _, name in STEPS])
def test_stopped_at_any_step_it_opens_and_the_next_start_goes_on(
    old: Path, monkeypatch: pytest.MonkeyPatch, module: Any, name: str, after: bool
) -> None:
    whole: Callable[..., Any] = getattr(module, name)

    class Killed(BaseException):
        pass

    def killed(*said: Any, **more: Any) -> Any:
        if after:
            whole(*said, **more)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(module, name, killed)
        with pytest.raises(Killed):
            offices.open_desk(old, FixedClock(MORNING))
    assert people(old) == {"先来的人"}
    assert plain_files(old) == []
    assert not (old / encrypting.MARK).exists()
    assert [path.name for path in old.rglob("*.part*")] == []


@pytest.mark.parametrize(("module", "name"), STEPS[:4], ids=[name for _, name in STEPS[:4]])
def test_a_disk_that_says_no_leaves_the_office_open_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch, module: Any, name: str
) -> None:
    def full(*_: Any, **__: Any) -> Any:
        raise Trouble("磁盘空间不足。")

    with monkeypatch.context() as patch:
        patch.setattr(module, name, full)
        with closing(offices.open_desk(old, FixedClock(MORNING))) as desk:
            assert "下次打开时继续：磁盘空间不足" in desk.store.notice
            assert [one.name for one in desk.store.rows(Person)] == ["先来的人"]
    assert people(old) == {"先来的人"}
    assert plain_files(old) == []
