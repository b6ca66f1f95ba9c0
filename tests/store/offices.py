"""A small office on real SQLite for the store's tests."""

from pathlib import Path

from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import Person
from tuopin_desktop.store.database import APPLICATION_ID, Database, connect
from tuopin_desktop.store.store import DATABASE, Store

SHIPPED = [
    Change("county", "15/150426", {"code": "150426", "name": "翁牛特旗", "league": "赤峰市"}),
    Change("team", "150426/team", {"county": "150426", "name": "总队"}),
]
NOON = 1_528_000_000_000


def new_store(folder: Path, office: str = "150426", *, practice: bool = False) -> Store:
    """Make an office in a folder and return its store."""
    return Store.create(folder / DATABASE, office=office, practice=practice, shipped=SHIPPED)


def person(place: str = "a", name: str = "乌云其其格", owner: str = "150426", **said: object) -> Change:
    """Return the change that enters a person."""
    return Change("person", f"{owner}/{place}", scalars(Person(name=name, **said)))  # type: ignore[arg-type]  # words by name


def of_release(path: Path, kept: Path) -> Database:
    """Make an empty file with the tables of an earlier release, from its kept schema `schema-<number>.sql`."""
    database = connect(path)
    with database.atomic():
        for statement in kept.read_text(encoding="utf-8").split(";\n"):
            if statement.strip():
                database.execute_sql(statement)
    database.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    database.execute_sql(f"PRAGMA user_version = {int(kept.stem.split('-')[1])}")
    return database
