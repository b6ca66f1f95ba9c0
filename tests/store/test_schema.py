"""The schema of the first release is kept on paper: whatever is declared later must come with its step."""

import os
from pathlib import Path

import pytest

from tests.store.offices import SHIPPED
from tuopin_desktop.store import migrations
from tuopin_desktop.store.database import APPLICATION_ID, Database, connect
from tuopin_desktop.store.store import Store

KEPT = Path(__file__).with_name("schema-1.sql")
WRITE = os.environ.get("TUOPIN_WRITE_REFERENCES") == "1"


def statements(database: Database) -> list[str]:
    """Return what makes the tables, indexes and triggers of a file, in their order."""
    rows = database.execute_sql("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
    return [row[0] for row in rows.fetchall()]


def shape(database: Database) -> dict[str, object]:
    """Return tables with their columns, whatever the order, and the names of indexes and triggers."""
    found: dict[str, object] = {}
    for kind, name in database.execute_sql("SELECT type, name FROM sqlite_schema").fetchall():
        columns = database.execute_sql("SELECT name, type, pk FROM pragma_table_info(?)", (name,)).fetchall()
        found[f"{kind} {name}"] = sorted(columns) if kind == "table" else None
    return found


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    Store.create(tmp_path / "fresh.db", office="150426", practice=False, shipped=SHIPPED).close()
    return tmp_path / "fresh.db"


def test_an_office_of_the_first_release_has_the_tables_of_a_fresh_one_after_all_steps(
    fresh: Path, tmp_path: Path
) -> None:
    today = connect(fresh)
    if WRITE and not migrations.STEPS:
        KEPT.write_text(";\n".join(statements(today)) + ";\n", encoding="utf-8")
    old = connect(tmp_path / "old.db")
    for statement in KEPT.read_text(encoding="utf-8").split(";\n"):
        if statement.strip():
            old.execute_sql(statement)
    old.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    old.execute_sql(f"PRAGMA user_version = {migrations.FIRST}")
    migrations.migrate(old, lambda number: None, lambda: None)
    assert shape(old) == shape(today)
    old.close()
    today.close()


def test_a_new_kind_comes_by_one_step(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    older = connect(fresh)
    before = shape(older)
    older.execute_sql("DROP TABLE call")
    step = migrations.Step(migrations.newest() + 1, "calls are noted", migrations.add_kind("call"))
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, step))
    migrations.migrate(older, lambda number: None, lambda: None)
    assert shape(older) == before
    older.close()
