"""The schema of every release is kept on paper: whatever is declared later must come with its step."""

import os
from pathlib import Path

import pytest

from tests.store.offices import SHIPPED, of_release
from tuopin_desktop.store import migrations
from tuopin_desktop.store.database import Database, connect
from tuopin_desktop.store.store import Store

NEWEST = Path(__file__).with_name("schema-45.sql")
"""The schema of the last release: raise the number with each release, never change or remove an old file."""
KEPT = sorted(Path(__file__).parent.glob("schema-*.sql"))
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


def test_the_last_releases_schema_is_kept(fresh: Path) -> None:
    if WRITE and not NEWEST.exists():
        today = connect(fresh)
        NEWEST.write_text(";\n".join(statements(today)) + ";\n", encoding="utf-8")
        today.close()
    assert NEWEST.exists()


@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: kept.stem)
def test_an_office_of_an_earlier_release_has_the_tables_of_a_fresh_one_after_all_steps(
    fresh: Path, tmp_path: Path, kept: Path
) -> None:
    """A kind that came after the first release is in the later papers: there alone its forgotten field shows."""
    today = connect(fresh)
    old = of_release(tmp_path / "old.db", kept)
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
