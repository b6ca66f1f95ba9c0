"""The database file: made whole or not at all, opened with settings that hold, damage found, backups proved."""

import random
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from tests.disks import mounted, remount
from tests.store.offices import NOON, SHIPPED, new_store, person
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.domain.records import KINDS, Person
from tuopin_desktop.store import backup, store
from tuopin_desktop.store.database import APPLICATION_ID, checked, connect, keep_journal
from tuopin_desktop.store.store import DATABASE, Store

ROOT = Path(__file__).parents[2]


def many(path: Path, number: int = 300) -> None:
    """Make an office with some people, closed again."""
    office = new_store(path)
    office.commit([person(f"{place:03}", note="长" * 60) for place in range(number)], "王", NOON)
    office.close()


def content(office: Store) -> object:
    """Return everything an office would miss: its records and its log."""
    rows = {kind: office.rows(cls, deleted=None) for kind, cls in KINDS.items()}
    return rows, office._database.execute_sql("SELECT * FROM log ORDER BY n, seq").fetchall()


def test_the_settings_that_survived_fault_injection_are_in_force(tmp_path: Path) -> None:
    office = new_store(tmp_path)
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "secure_delete": 1,
        "foreign_keys": 0,
        "application_id": APPLICATION_ID,
    }
    held = {name: office._database.execute_sql(f"PRAGMA {name}").fetchone()[0] for name in wanted}
    office.close()
    assert held == wanted


def test_on_a_stick_the_journal_is_truncated_and_back_home_it_is_wal_again(tmp_path: Path) -> None:
    many(tmp_path, 3)
    for journal in ("TRUNCATE", "WAL", "TRUNCATE"):
        office = Store(tmp_path / DATABASE, journal=journal)
        assert office._database.execute_sql("PRAGMA journal_mode").fetchone() == (journal.lower(),)
        assert office.audit() == ""
        office.close()


def test_a_place_that_cannot_keep_the_journal_is_refused() -> None:
    memory = connect(Path(":memory:"))
    with pytest.raises(Trouble, match="不能可靠地保存数据"):
        keep_journal(memory, "WAL")
    memory.close()


def test_an_office_is_made_in_one_piece(tmp_path: Path) -> None:
    office = new_store(tmp_path, "1504", practice=True)
    assert (office.identity.office, office.identity.practice, office.identity.era) == ("1504", True, 1)
    assert len(office.identity.station) == 16
    office.close()
    office.close()
    assert [path.name for path in tmp_path.iterdir()] == [DATABASE]


def test_an_existing_office_is_never_made_again(tmp_path: Path) -> None:
    many(tmp_path, 3)
    before = (tmp_path / DATABASE).read_bytes()
    with pytest.raises(Trouble, match="已有单位数据"):
        new_store(tmp_path)
    assert (tmp_path / DATABASE).read_bytes() == before


def _stumble(*_: object) -> None:
    raise RuntimeError("stumbles")


@pytest.mark.parametrize("step", ["write_shipped", "settle"])
def test_a_failed_creation_leaves_nothing_and_no_stranger_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    others = ["office.db.old", "office.db-2017备份", "office.dbx"]
    for name in others:
        (tmp_path / name).write_text("kept", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(store, step, _stumble)
        with pytest.raises(RuntimeError, match="stumbles"):
            new_store(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(others)
    new_store(tmp_path).close()


def test_a_creation_that_was_killed_can_simply_be_repeated(tmp_path: Path) -> None:
    (tmp_path / "office.db.new").write_bytes(b"half")
    (tmp_path / "office.db.new-wal").write_bytes(b"half")
    office = new_store(tmp_path)
    assert office.audit() == ""
    office.close()
    assert [path.name for path in tmp_path.iterdir()] == [DATABASE]


def test_a_folder_that_is_not_there_is_explained(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="打不开数据文件"):
        new_store(tmp_path / "nowhere")
    with pytest.raises(Trouble, match="没有单位数据"):
        Store(tmp_path / DATABASE)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_refused_and_left_empty(tmp_path: Path) -> None:
    path = tmp_path / DATABASE
    path.touch()
    with pytest.raises(Trouble, match="是空的"):
        Store(path)
    assert path.read_bytes() == b""


@pytest.mark.parametrize("content", [b"x" * 5000, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / DATABASE
    path.write_bytes(content)
    with pytest.raises(Trouble, match=r"不是本程序的数据文件|已损坏"):
        Store(path)
    assert path.read_bytes() == content


def test_a_damaged_page_is_found_at_the_start_and_the_file_left_as_it_is(tmp_path: Path) -> None:
    many(tmp_path)
    path = tmp_path / DATABASE
    whole = path.read_bytes()
    for page in range(1, len(whole) // 4096, 7):
        hurt = bytearray(whole)
        hurt[page * 4096 : page * 4096 + 12] = b"\xff" * 12
        path.write_bytes(hurt)
        with pytest.raises(Trouble, match=r"已损坏.*请从备份中恢复"):
            Store(path)
        assert path.read_bytes() == hurt
    path.write_bytes(whole[: len(whole) // 2 // 4096 * 4096])
    with pytest.raises(Trouble, match=r"已损坏.*请从备份中恢复"):
        Store(path)


@pytest.mark.parametrize(("place", "byte"), [(0, 0), (19, 9), (28, 0xFF), (47, 9), (59, 2), (68, 0), (100, 0xFF)])
def test_a_damaged_head_of_the_file_is_told_in_words(tmp_path: Path, place: int, byte: int) -> None:
    many(tmp_path, 3)
    path = tmp_path / DATABASE
    hurt = bytearray(path.read_bytes())
    hurt[place] = byte
    path.write_bytes(hurt)
    with pytest.raises(Trouble, match=r"损坏|不是本程序"):
        Store(path)
    assert path.read_bytes() == hurt


def _opened(path: Path) -> tuple[str, object]:
    """Return what is found wrong with a file, and its content when nothing is."""
    try:
        office = Store(path)
    except Trouble as trouble:
        return trouble.sentence, None
    try:
        found = office.audit()
        return found, None if found else content(office)
    except Trouble as trouble:
        return trouble.sentence, None
    finally:
        office.close()


@pytest.mark.parametrize("flips", [60, pytest.param(2000, marks=pytest.mark.nightly)])
def test_a_flipped_bit_is_found_or_does_no_harm(tmp_path: Path, flips: int) -> None:
    many(tmp_path, 40)
    path = tmp_path / DATABASE
    whole = path.read_bytes()
    _, wanted = _opened(path)
    found = 0
    for _ in range(flips):
        hurt = bytearray(whole)
        place = random.randrange(len(hurt))
        hurt[place] ^= 1 << random.randrange(8)
        path.write_bytes(hurt)
        said, held = _opened(path)
        assert said or held == wanted, f"byte {place}"
        found += bool(said)
    assert found


@pytest.mark.parametrize("table", ["opinion", "log", "conflict"])
def test_a_damaged_name_of_a_column_is_found_at_the_start(tmp_path: Path, table: str) -> None:
    many(tmp_path, 4)
    path = tmp_path / DATABASE
    with closing(dbapi2.connect(str(path))) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (made,) = raw.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    first = made.partition('("')[2].partition('"')[0]
    whole = path.read_bytes()
    hurt = made.replace(f'("{first}"', f'("{"x" * len(first)}"').encode()
    assert whole.count(made.encode()) == 1
    path.write_bytes(whole.replace(made.encode(), hurt))
    with pytest.raises(Trouble, match="从备份中恢复"):
        Store(path)


def test_a_backup_is_the_same_office_checked_and_counted(tmp_path: Path) -> None:
    many(tmp_path)
    office = Store(tmp_path / DATABASE)
    copy = office.backup(tmp_path / "备份.db")
    assert copy.lines == 300 + len(SHIPPED)
    wanted = content(office)
    office.close()
    again = Store(copy.path)
    assert content(again) == wanted
    assert again.audit() == ""
    again.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([DATABASE, "备份.db"])


@pytest.mark.parametrize(
    ("name", "broken", "words"),
    [
        ("checked", lambda *_, **__: "row 7 missing", "备份检查没有通过"),
        ("_proved", lambda _: 3, "不一致"),
        ("settle", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")), "空间不足，备份没有保存"),
    ],
)
def test_a_backup_that_is_not_proved_never_takes_the_place_of_an_older_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, broken: Callable[..., Any], words: str
) -> None:
    office = new_store(tmp_path)
    older = tmp_path / "备份.db"
    older.write_bytes(b"older")
    monkeypatch.setattr(backup, name, broken)
    with pytest.raises(Trouble, match=words):
        office.backup(older)
    office.close()
    assert older.read_bytes() == b"older"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([DATABASE, "备份.db"])


def test_a_backup_to_nowhere_is_explained(tmp_path: Path) -> None:
    office = new_store(tmp_path)
    with pytest.raises(Trouble, match="打不开"):
        office.backup(tmp_path / "nowhere" / "备份.db")
    (tmp_path / "folder").mkdir()
    with pytest.raises(Trouble, match="备份没有保存"):
        office.backup(tmp_path / "folder")
    office.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", DATABASE]


def test_a_read_only_disk_is_explained(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "size=4m") as disk:
        many(disk, 3)
        remount(disk, "ro")
        with pytest.raises(Trouble, match=r"只读|打不开"):
            Store(disk / DATABASE)
        with pytest.raises(Trouble, match=r"只读|打不开"):
            Store.create(disk / "other.db", office="150426", practice=False, shipped=SHIPPED)


OTHER = """
import sys
from pathlib import Path
from tests.store.offices import NOON, person
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.store.store import Store
store = Store(Path(sys.argv[1]))
print(len(store.find("person", "wy")), flush=True)
sys.stdin.readline()
store._database.execute_sql("PRAGMA busy_timeout = 10")
try:
    store.commit([person("other")], "other", NOON)
except Trouble as trouble:
    sys.stdout.buffer.write(trouble.sentence.encode())
else:
    sys.stdout.buffer.write(b"written")
store.close()
"""


@pytest.mark.parametrize(("busy", "said"), [(True, "数据正被另一个程序使用"), (False, "written")])
def test_two_programs_never_write_at_once(tmp_path: Path, busy: bool, said: str) -> None:
    office = new_store(tmp_path)
    office.commit([person()], "王", NOON)
    command = [sys.executable, "-X", "utf8", "-c", OTHER, str(tmp_path / DATABASE)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"1"
        if busy:
            with office._ledger.writing():
                heard = other.communicate(b"go\n")[0].decode()
        else:
            heard = other.communicate(b"go\n")[0].decode()
    assert said in heard
    assert (office.get(Person, "150426/other") is None) is busy
    assert office.audit() == ""
    office.close()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE person SET name = '别人' WHERE id = '150426/000'", "person:150426/000 与日志不符"),
        ("DELETE FROM person WHERE id = '150426/000'", "person:150426/000 与日志不符"),
        ("INSERT INTO person(id, name) VALUES ('150426/x', '谁')", "person:150426/x 与日志不符"),
        ("UPDATE log SET line = replace(line, '乌云', '乌日') WHERE key = 'person:150426/001'", "校验不符"),
        ("DELETE FROM log WHERE key = 'person:150426/001'", "缺第 2 行"),
        ("DELETE FROM log WHERE key = 'person:150426/002'", "缺第"),
        ("UPDATE log SET key = 'person:150426/000' WHERE key = 'person:150426/001'", "记录号不符"),
        ("UPDATE feed SET hash = 'text' WHERE station != 'shipped'", "校验不符"),
        ("UPDATE feed SET scope = '150421' WHERE station != 'shipped'", "名称与来源不符"),
        ("DELETE FROM feed WHERE station != 'shipped'", "不属于任何来源"),
        ("INSERT INTO gate(n) VALUES (7)", "写入保护没有关上"),
    ],
)
def test_the_audit_finds_what_was_done_behind_the_programs_back(tmp_path: Path, statement: str, said: str) -> None:
    many(tmp_path, 3)
    meddler = connect(tmp_path / DATABASE)
    for (trigger,) in meddler.execute_sql("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        meddler.execute_sql(f"DROP TRIGGER {trigger}")
    meddler.execute_sql(statement)
    assert checked(meddler, thorough=True) == ""
    meddler.close()
    office = Store(tmp_path / DATABASE)
    assert said in office.audit()
    office.close()


def test_a_record_typed_with_its_dot_is_found(tmp_path: Path) -> None:
    office = new_store(tmp_path)
    office.commit([person(name="额尔德尼·朝鲁")], "王", NOON)
    assert office.find("person", "额尔德尼·朝鲁") == office.find("person", "尼·朝") == ["150426/a"]
    office.close()


def test_rows_are_narrowed_by_scope_field_and_id(tmp_path: Path) -> None:
    office = new_store(tmp_path, "15")
    people = [person("a", "甲"), person("b", "乙", sex="1"), person("c", "丙", "150421", sex="1")]
    office.commit(people, "办", NOON)

    def ids_of(**asked: Any) -> list[str]:
        return [row.id for row in office.rows(Person, **asked)]

    assert ids_of() == ["150421/c", "150426/a", "150426/b"]
    assert ids_of(scope="150426") == ["150426/a", "150426/b"]
    assert ids_of(scope="1504", where={"sex": "1"}) == ["150421/c", "150426/b"]
    assert ids_of(where={"sex": None}) == ["150426/a"]
    assert ids_of(among=["150426/b", "150426/none"]) == ["150426/b"]
    assert ids_of(field_among=("name", ["甲", "丙"])) == ["150421/c", "150426/a"]
    assert ids_of(limit=1) == ["150421/c"]
    assert (office.count(Person), office.count(Person, scope="150426")) == (3, 2)
    assert office.highest("person", "name", "", "150426") == max("甲", "乙")
    with pytest.raises(KeyError):
        office.rows(Person, {"salary": 1})
    office.close()


def test_what_ships_is_byte_for_byte_the_same_in_every_office_and_older_than_anything_written(tmp_path: Path) -> None:
    shipped = []
    for code in ("150426", "1504", "15"):
        (tmp_path / code).mkdir()
        office = new_store(tmp_path / code, code)
        shipped.append(office._database.execute_sql("SELECT feed, seq, hash FROM feed").fetchall())
        office.commit([person()], "王", 0)
        stamps = {office.history(kind, key)[0][0] for kind, key in (("county", "15/150426"), ("team", "150426/team"))}
        assert max(stamps) < office.history("person", "150426/a")[0][0]
        office.close()
    assert shipped[0] == shipped[1] == shipped[2]
    assert [row[:2] for row in shipped[0]] == [("shipped.1.15", len(SHIPPED))]
