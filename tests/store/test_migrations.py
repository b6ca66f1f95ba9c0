"""Upgrades: all steps or none, a checked backup first, what the log kept appears, and no stranger's file is touched."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.store.offices import NOON, new_store, person
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.domain.records import Person, Team
from tuopin_desktop.store import migrations
from tuopin_desktop.store.database import Database, connect
from tuopin_desktop.store.migrations import Step, add_field
from tuopin_desktop.store.store import DATABASE, Store

NOTE = Step(2, "persons have a note", add_field("person", "note"))
COUNTY = Step(3, "teams name their county", add_field("team", "county"))


def raw(path: Path, *statements: str) -> list[Any]:
    """Run statements on the file beside the program; return the rows of the last."""
    database = connect(path)
    try:
        rows = [database.execute_sql(statement).fetchall() for statement in statements]
        return rows[-1] if rows else []
    finally:
        database.close()


def shape(path: Path) -> tuple[dict[str, set[tuple[str, ...]]], set[tuple[str, ...]]]:
    """Return every table's columns and every index and trigger of a file, whatever their order."""
    tables = [row[0] for row in raw(path, "SELECT name FROM sqlite_schema WHERE type = 'table'")]
    columns = {
        table: set(raw(path, f"SELECT name, type, \"notnull\", pk FROM pragma_table_info('{table}')"))
        for table in tables
    }
    return columns, set(raw(path, "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE type != 'table'"))


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return what declares the steps of a newer program; until it is called there are none, whatever this one has."""

    def declare(*declared: Step) -> None:
        monkeypatch.setattr(migrations, "STEPS", declared)

    declare()
    return declare


@pytest.fixture
def older(tmp_path: Path, steps: Callable[..., None]) -> Path:
    """Return a database of schema 1, when persons had no note and teams no county, whose log already holds both."""
    store = new_store(tmp_path)
    store.commit([person(note="会蒙古语"), person("b", "张三")], "王", NOON)
    store.close()
    raw(
        tmp_path / DATABASE,
        'DROP INDEX "teamrow_county"',
        "ALTER TABLE team DROP COLUMN county",
        "ALTER TABLE person DROP COLUMN note",
    )
    return tmp_path / DATABASE


def test_an_upgrade_gives_the_schema_of_a_fresh_file_and_fills_it_from_the_log(
    older: Path, tmp_path: Path, steps: Callable[..., None]
) -> None:
    steps(NOTE, COUNTY)
    store = Store(older)
    assert store.get(Person, "150426/a") == Person(id="150426/a", name="乌云其其格", note="会蒙古语")
    assert store.rows(Team, {"county": "150426"}) == [Team(id="150426/team", county="150426", name="总队")]
    assert store.audit() == ""
    store.commit([Change("person", "150426/b", {"note": "新"})], "王", NOON)
    store.close()
    (tmp_path / "fresh").mkdir()
    new_store(tmp_path / "fresh").close()
    assert shape(older) == shape(tmp_path / "fresh" / DATABASE)
    assert raw(older, "PRAGMA user_version") == raw(tmp_path / "fresh" / DATABASE, "PRAGMA user_version") == [(3,)]


def test_the_upgrade_leaves_a_checked_backup_that_the_older_program_opens(
    older: Path, monkeypatch: pytest.MonkeyPatch, steps: Callable[..., None]
) -> None:
    wanted = shape(older)
    steps(NOTE, COUNTY)
    Store(older).close()
    kept = older.with_name("升级前备份-1.db")
    assert shape(kept) == wanted
    assert raw(kept, "PRAGMA user_version") == [(1,)]
    assert [path.name for path in older.parent.iterdir() if path.suffix == ".part"] == []


def test_an_upgraded_file_is_not_upgraded_again(older: Path, steps: Callable[..., None]) -> None:
    steps(NOTE, COUNTY)
    Store(older).close()
    older.with_name("升级前备份-1.db").unlink()
    Store(older).close()
    assert [path.name for path in older.parent.iterdir()] == [DATABASE]


def _stumble(database: Database) -> None:
    database.execute_sql("DROP TABLE team")
    raise RuntimeError("the step stumbles")


def test_a_failing_step_leaves_version_and_data_of_before_even_after_others_went_well(
    older: Path, steps: Callable[..., None]
) -> None:
    before = (shape(older), raw(older, "SELECT * FROM person ORDER BY id"), raw(older, "SELECT * FROM log"))
    steps(NOTE, Step(3, "stumbles", _stumble))
    with pytest.raises(RuntimeError, match="stumbles"):
        Store(older)
    assert (shape(older), raw(older, "SELECT * FROM person ORDER BY id"), raw(older, "SELECT * FROM log")) == before
    assert raw(older, "PRAGMA user_version") == [(1,)]
    steps(NOTE, COUNTY)
    store = Store(older)
    assert store.audit() == ""
    store.close()


def _cramped(database: Database) -> None:
    """Do the step and leave the file no room for what the re-fold brings."""
    add_field("person", "note")(database)
    pages = database.execute_sql("PRAGMA page_count").fetchone()[0]
    database.execute_sql(f"PRAGMA max_page_count = {pages}")


def test_a_disk_that_fills_up_during_the_upgrade_leaves_the_file_as_it_was(
    tmp_path: Path, steps: Callable[..., None]
) -> None:
    store = new_store(tmp_path)
    store.commit([person(str(place), note="长" * 300) for place in range(60)], "王", NOON)
    store.close()
    path = tmp_path / DATABASE
    raw(path, "ALTER TABLE person DROP COLUMN note", "VACUUM")
    before = (shape(path), raw(path, "SELECT * FROM person ORDER BY id"))
    steps(Step(2, "persons have a note, but no room", _cramped))
    with pytest.raises(Trouble, match="磁盘空间不足"):
        Store(path)
    assert (shape(path), raw(path, "SELECT * FROM person ORDER BY id")) == before
    assert raw(path, "PRAGMA user_version") == [(1,)]
    steps(NOTE)
    store = Store(path)
    assert store.audit() == ""
    store.close()


def test_without_room_for_the_backup_nothing_is_upgraded(
    older: Path, monkeypatch: pytest.MonkeyPatch, steps: Callable[..., None]
) -> None:
    def full(store: Store, target: Path) -> None:
        raise Trouble("磁盘空间不足。")

    monkeypatch.setattr(Store, "backup", full)
    steps(NOTE)
    with pytest.raises(Trouble, match="空间不足"):
        Store(older)
    assert raw(older, "PRAGMA user_version") == [(1,)]


def test_a_newer_programs_file_is_refused_with_both_numbers_and_not_touched(tmp_path: Path) -> None:
    new_store(tmp_path).close()
    path = tmp_path / DATABASE
    later = migrations.newest() + 1
    raw(path, "PRAGMA journal_mode = DELETE", f"PRAGMA user_version = {later}")
    before = path.read_bytes()
    with pytest.raises(Trouble, match=rf"数据版本 {later}，本程序支持到 {migrations.newest()}.*请先升级程序"):
        Store(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("journal", ["DELETE", "WAL"])
def test_another_programs_database_is_refused_and_not_touched(tmp_path: Path, journal: str) -> None:
    path = tmp_path / DATABASE
    raw(path, f"PRAGMA journal_mode = {journal}", "PRAGMA application_id = 252006674", "CREATE TABLE page (n)")
    before = path.read_bytes()
    with pytest.raises(Trouble, match="不是本程序的数据文件"):
        Store(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_no_two_steps_of_this_program_have_one_number() -> None:
    numbers = [step.number for step in migrations.STEPS]
    assert len(set(numbers)) == len(numbers)
    assert migrations.FIRST < min(numbers)
    assert migrations.newest() == max(numbers)


def test_steps_run_by_number_wherever_they_stand_and_a_gap_is_nothing(
    older: Path, steps: Callable[..., None], tmp_path: Path
) -> None:
    ran: list[int] = []

    def step(number: int, table: str, name: str) -> Step:
        def run(database: Database) -> None:
            ran.append(number)
            add_field(table, name)(database)

        return Step(number, name, run)

    steps(step(9, "team", "county"), step(4, "person", "note"))
    Store(older).close()
    assert ran == [4, 9]
    assert raw(older, "PRAGMA user_version") == [(9,)]
    Store(older).close()
    assert ran == [4, 9]


def test_a_field_that_came_without_its_step_is_refused_and_not_read_as_its_own_name(
    older: Path, steps: Callable[..., None]
) -> None:
    steps(Step(2, "the other one was forgotten", add_field("team", "county")))
    with pytest.raises(Trouble, match=r"person\.note"):
        Store(older)
    assert raw(older, "PRAGMA user_version") == [(1,)]
    steps()
    with pytest.raises(Trouble, match=r"person\.note"):
        Store(older)
