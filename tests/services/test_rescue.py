"""When the database is damaged or gone: a copy, what can be read, the region's package; nothing is touched before."""

import shutil
from io import StringIO
from pathlib import Path

import pytest

from tests.services.desks import MORNING, enter, open_office
from tuopin_desktop.cli.main import run
from tuopin_desktop.domain.problems import Damaged
from tuopin_desktop.domain.records import Person
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.office import backups, offices, rescue, soundness
from tuopin_desktop.services.office.rescue import Bench

PAGE = 4096


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a closed office with 王海 in a copy and 李江 entered after it."""
    desk = open_office(tmp_path / "office")
    enter(desk, "王海")
    backups.make(desk)
    enter(desk, "李江")
    desk.close()
    return desk.folder


def bench(folder: Path) -> Bench:
    return Bench(folder, FixedClock(MORNING))


def names(folder: Path) -> set[str]:
    desk = offices.open_desk(folder, FixedClock(MORNING))
    try:
        assert desk.store.audit() == ""
        return {one.name for one in desk.store.rows(Person)}
    finally:
        desk.close()


def said(folder: Path, *words: str) -> tuple[int, str]:
    out, err = StringIO(), StringIO()
    return run(["--office", str(folder), *words], out, err), out.getvalue() + err.getvalue()


def hurt(path: Path, how: str) -> bytes:
    """Damage a database in one of the ways disks do; return what it is then."""
    raw = bytearray(path.read_bytes())
    if how == "first page":
        raw[: PAGE // 2] = bytes(PAGE // 2)
    elif how == "head":
        raw[:100] = b"\xff" * 100
    elif how == "middle":
        raw[len(raw) // 2 : len(raw) // 2 + 3 * PAGE] = b"\xee" * (3 * PAGE)
    elif how == "cut":
        del raw[len(raw) * 3 // 4 :]
    path.write_bytes(raw)
    return bytes(raw)


def state(folder: Path) -> dict[str, bytes]:
    """Return every file of the office but the lock, byte for byte."""
    held = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "office.lock"]
    return {str(path.relative_to(folder)): path.read_bytes() for path in held}


WAYS = ["first page", "head", "middle", "cut"]


@pytest.mark.parametrize("how", WAYS)
@pytest.mark.parametrize("journal", [False, True])
def test_a_refused_file_and_all_beside_it_stay_byte_for_byte(folder: Path, how: str, journal: bool) -> None:
    if journal:
        pulled(folder)
    hurt(folder / "office.db", how)
    before = state(folder)
    with pytest.raises(Damaged):
        offices.open_desk(folder)
    found = rescue.survey(bench(folder))
    assert state(folder) == before
    assert found.best is not None


def pulled(folder: Path) -> None:
    """Leave the folder as a PC leaves it whose plug was pulled: the last entry stands in the journal alone."""
    desk = offices.open_desk(folder, FixedClock(MORNING))
    desk.store._database.execute_sql("PRAGMA wal_autocheckpoint=0")
    enter(desk, "赵林")
    kept = folder.parent / "pulled"
    shutil.copytree(folder, kept)
    desk.close()
    shutil.rmtree(folder)
    kept.rename(folder)
    assert (folder / "office.db-wal").stat().st_size > 0


@pytest.mark.parametrize("how", WAYS)
def test_the_copy_is_put_back_and_the_damaged_file_is_set_aside_as_it_is(folder: Path, how: str) -> None:
    raw = hurt(folder / "office.db", how)
    found = rescue.survey(bench(folder))
    assert found.best is not None
    assert rescue.restore(bench(folder), found.best.path) is None
    assert names(folder) == {"王海"}
    (aside,) = (folder / backups.FOLDER).glob("损坏-*.db")
    assert aside.read_bytes() == raw
    assert [one.kind for one in backups.listed_in(folder)].count(backups.SET_ASIDE) == 1


@pytest.mark.parametrize("how", WAYS)
def test_what_can_be_read_is_shown_before_it_is_taken_and_the_old_file_is_kept(folder: Path, how: str) -> None:
    raw = hurt(folder / "office.db", how)
    made = rescue.attempt(bench(folder))
    assert (folder / "office.db").read_bytes() == raw
    assert made.saved <= made.there
    words = rescue.account(made)
    assert f"救出{made.saved}条" in words[0]
    assert "旗" in words[0]
    aside = rescue.adopt(bench(folder), made)
    assert aside is not None
    assert aside.read_bytes() == raw
    assert "王海" in names(folder)
    assert said(folder, "verify")[0] == 0


def test_a_salvage_nobody_wants_leaves_nothing_behind(folder: Path) -> None:
    hurt(folder / "office.db", "middle")
    before = state(folder)
    rescue.give_up(rescue.attempt(bench(folder)))
    assert state(folder) == before


def test_copies_beside_a_missing_database_are_seen_offered_and_not_built_over(folder: Path) -> None:
    (folder / "office.db").unlink()
    assert rescue.needed(folder)
    found = rescue.survey(bench(folder))
    assert (found.has_database, found.best is not None) == (False, True)
    with pytest.raises(Damaged, match="备份"):
        offices.open_desk(folder)
    with pytest.raises(Damaged, match="不要在这里重新建立单位"):
        offices.create(folder, level="county", county="150426")
    assert said(folder, "list", "person")[0] == 1
    status, words = said(folder, "backup", "restore")
    assert (status, "损坏" in words) == (0, False)
    assert names(folder) == {"王海"}


def test_an_empty_folder_is_a_new_office(tmp_path: Path) -> None:
    assert not rescue.needed(tmp_path)
    assert not rescue.needed(tmp_path / "none")


def test_without_a_copy_what_was_set_aside_can_still_be_salvaged(folder: Path) -> None:
    hurt(folder / "office.db", "head")
    rescue.clear(bench(folder))
    for copy in (folder / backups.FOLDER).glob("手工-*.db"):
        copy.unlink()
    assert not (folder / "office.db").exists()
    status, words = said(folder, "backup", "salvage")
    assert (status, "救出" in words) == (0, True)
    assert names(folder) == {"王海", "李江"}


def test_the_same_ways_are_on_the_command_line(folder: Path) -> None:
    hurt(folder / "office.db", "head")
    status, words = said(folder, "backup", "ways")
    assert status == 0
    assert "会少此后的登记约2条" in words
    assert (
        words.index("用最近的备份") < words.index("救出还能读的") < words.index("自治区办公室") < words.index("先不动")
    )
    before = state(folder)
    assert "救出" in said(folder, "backup", "salvage", "--dry-run")[1]
    assert state(folder) == before
    assert said(folder, "backup", "salvage")[0] == 0
    assert names(folder) == {"王海", "李江"}


def test_the_request_says_to_whom_it_goes_and_what_to_do_then(folder: Path) -> None:
    hurt(folder / "office.db", "head")
    words = rescue.request(bench(folder)).read_text(encoding="utf-8-sig")
    assert "从头重发" in words
    assert "翁牛特旗" in words


# -- the check of everything


def test_verify_says_that_all_is_well_and_is_due_once_a_week(folder: Path) -> None:
    desk = offices.open_desk(folder, FixedClock(MORNING))
    found = soundness.weekly(desk)
    assert found is not None
    assert found.fault == ""
    assert "全面检查通过" in found.sentence
    assert soundness.weekly(desk) is None
    desk.close()
    assert said(folder, "verify")[0] == 0


def altered(folder: Path, sql: str) -> None:
    """Change a database behind the program's back."""
    desk = offices.open_desk(folder, FixedClock(MORNING))
    database = desk.store._database
    for (name,) in database.execute_sql("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        database.execute_sql(f"DROP TRIGGER {name}")
    database.execute_sql(sql)
    desk.close()


def test_an_altered_line_is_named_by_its_record_and_not_by_an_id(folder: Path) -> None:
    altered(folder, "UPDATE log SET line = replace(line, '王海', '王河') WHERE key LIKE 'person:%'")
    status, words = said(folder, "verify")
    assert status == 1
    assert "王海" in words or "人员" in words
    assert "被改动过" in words
    assert "150426" not in words.replace(str(folder), "")
    desk = offices.open_desk(folder, FixedClock(MORNING))
    with pytest.raises(Exception, match="备份检查没有通过"):
        backups.make(desk)
    desk.close()


def test_a_row_that_is_not_what_the_log_says_is_put_right_and_told(folder: Path) -> None:
    altered(folder, "UPDATE person SET name = '王河' WHERE name = '王海'")
    status, words = said(folder, "verify")
    assert status == 1
    assert "已按日志改正" in words
    assert names(folder) == {"王海", "李江"}


# -- the journal


def test_a_journal_of_another_time_is_set_aside_and_told_and_never_mixed_in(folder: Path, tmp_path: Path) -> None:
    pulled(folder)
    old = (folder / "office.db-wal").read_bytes()
    assert names(folder) == {"王海", "李江", "赵林"}
    desk = offices.open_desk(folder, FixedClock(MORNING))
    enter(desk, "孙文")
    desk.close()
    (folder / "office.db-wal").write_bytes(old)
    desk = offices.open_desk(folder, FixedClock(MORNING))
    assert "没有并入" in desk.store.notice
    assert desk.store.audit() == ""
    assert {one.name for one in desk.store.rows(Person)} == {"王海", "李江", "赵林", "孙文"}
    desk.close()
    (aside,) = folder.glob("未并入-*")
    assert aside.read_bytes() == old
    desk = offices.open_desk(folder)
    assert desk.store.notice == ""
    desk.close()


@pytest.mark.parametrize("whose", ["another office", "a clone", "rubbish", "the copy was put over by hand"])
def test_a_journal_that_is_not_its_own_is_set_aside(folder: Path, tmp_path: Path, whose: str) -> None:
    if whose == "another office":
        other = open_office(tmp_path / "other", county="150125")
        other.store._database.execute_sql("PRAGMA wal_autocheckpoint=0")
        enter(other, "钱达", county="150125")
        shutil.copy(tmp_path / "other" / "office.db-wal", folder)
        other.close()
    elif whose == "a clone":
        shutil.copytree(folder, tmp_path / "twin")
        pulled(tmp_path / "twin")
        shutil.copy(tmp_path / "twin" / "office.db-wal", tmp_path / "wal")
        desk = offices.open_desk(folder, FixedClock(MORNING))
        enter(desk, "孙文")
        desk.close()
        shutil.copy(tmp_path / "wal", folder / "office.db-wal")
    elif whose == "rubbish":
        (folder / "office.db-wal").write_bytes(b"7\x7f\x06\x82" + b"\xab" * 9000)
    else:
        pulled(folder)
        (copy,) = (folder / backups.FOLDER).glob("手工-*.db")
        shutil.copy(copy, folder / "office.db")
    before = (folder / "office.db-wal").read_bytes()
    desk = offices.open_desk(folder, FixedClock(MORNING))
    assert "没有并入" in desk.store.notice
    assert desk.store.audit() == ""
    desk.close()
    (aside,) = folder.glob("未并入-*")
    assert aside.read_bytes() == before


def test_its_own_journal_is_played_in_whole_also_after_a_kill_in_the_midst_of_folding(folder: Path) -> None:
    pulled(folder)
    assert names(folder) == {"王海", "李江", "赵林"}
    assert not list(folder.glob("未并入-*"))


def test_a_journal_damaged_where_it_was_folded_already_does_not_spoil_the_file(folder: Path) -> None:
    desk = offices.open_desk(folder, FixedClock(MORNING))
    for name in ("赵林", "孙文", "周和"):
        enter(desk, name)
    kept = folder.parent / "killed"
    shutil.copytree(folder, kept)
    desk.close()
    wal = bytearray((kept / "office.db-wal").read_bytes())
    wal[24 + 32 + 3000] ^= 1
    (kept / "office.db-wal").write_bytes(wal)
    assert names(kept) == {"王海", "李江", "赵林", "孙文", "周和"}


def test_what_a_killed_program_left_unfinished_is_gone_at_the_next_start(folder: Path) -> None:
    unfinished = [
        folder / "office.db.restore",
        folder / "settings.json.part",
        folder / backups.FOLDER / "每日-20180604.db.part",
        folder / backups.FOLDER / "每日-20180604.db.part-journal",
        folder / "office.db.new",
    ]
    for path in unfinished:
        path.write_bytes(b"half")
    (folder / "检查-abcd").mkdir()
    assert names(folder) == {"王海", "李江"}
    assert not [path for path in unfinished if path.exists()]
    assert not (folder / "检查-abcd").exists()


def test_copies_set_aside_and_before_an_upgrade_are_listed_and_thinned_out(folder: Path) -> None:
    copies = folder / backups.FOLDER
    for place in range(8):
        (copies / f"损坏-2018060{place + 1}-090000-0000.db").write_bytes(b"x")
        (copies / f"损坏-2018060{place + 1}-090000-0000.db-wal").write_bytes(b"x")
    for place in range(12):
        (folder / f"升级前备份-{place}.db").write_bytes(b"x")
    desk = offices.open_desk(folder, FixedClock(MORNING))
    backups.make(desk)
    kinds = [one.kind for one in backups.listed(desk)]
    assert (kinds.count("升级前"), kinds.count("损坏")) == (10, 8)
    desk.close()
    hurt(folder / "office.db", "head")
    assert said(folder, "backup", "restore")[0] == 0
    assert len(list(copies.glob("损坏-*.db"))) == 5
    assert len(list(copies.glob("损坏-*.db-wal"))) == 4
