"""The numbered steps from an empty file to today's tables; each runs in one transaction, after a checked backup."""

from collections.abc import Callable

import msgspec
import peewee

from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.domain.record import fields
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.store.database import APPLICATION_ID, Database
from tuopin_desktop.store.tables import FIXED, GUARDED, TABLES, column, guards


class Step(msgspec.Struct, frozen=True):
    """One step: the schema number it leads to, what it does in one English line, and the doing."""

    number: int
    what: str
    run: Callable[[Database], None]


def create(database: Database) -> None:
    """Make all tables of today's declarations in an empty file."""
    models: list[type[peewee.Model]] = [*FIXED, *TABLES.values()]
    with database.bind_ctx(models):
        database.create_tables(models, safe=False)
    for table in (*GUARDED, *TABLES):
        for trigger in guards(table):
            database.execute_sql(trigger)


def add_field(kind: str, name: str) -> Callable[[Database], None]:
    """Return the step for a newly declared field: `Step(2, "...", add_field("person", "nickname"))`.

    The rows are filled from the log by the re-fold that follows every migration, so that values written by a
    newer program before this upgrade appear.
    """

    def run(database: Database) -> None:
        item = next(item for item in fields(KINDS[kind]) if item.name == name)
        kept = "INTEGER" if column(item).field_type == "INT" else "TEXT"
        database.execute_sql(f'ALTER TABLE "{kind}" ADD COLUMN "{name}" {kept}')
        if item.index:
            database.execute_sql(f'CREATE INDEX "{kind}_{name}" ON "{kind}" ("{name}")')

    return run


FIRST = 1
STEPS: tuple[Step, ...] = ()
"""Every step since schema 1, never changed once released; a new file is made by `create` and needs none."""


def newest(steps: tuple[Step, ...] = STEPS) -> int:
    """Return the schema number this program writes."""
    return steps[-1].number if steps else FIRST


def version(database: Database, steps: tuple[Step, ...] = STEPS) -> int:
    """Return the schema number of a file: 0 for a new one; Trouble for another program's or a newer program's."""
    application = database.execute_sql("PRAGMA application_id").fetchone()[0]
    number = int(database.execute_sql("PRAGMA user_version").fetchone()[0])
    empty = database.execute_sql("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
    if empty and number == 0:
        return 0
    if application != APPLICATION_ID:
        raise Trouble("所选文件不是本程序的数据文件，请检查数据文件夹。")
    if number > newest(steps):
        raise Trouble(
            f"数据由更新版本的程序保存（数据版本 {number}，本程序支持到 {newest(steps)}）。数据未被改动，请先升级程序。"
        )
    return number


def migrate(
    database: Database,
    backup: Callable[[Step], None],
    refold: Callable[[], None],
    steps: tuple[Step, ...] = STEPS,
) -> None:
    """Bring the file to the newest schema.

    `backup` is called before each step, `refold` inside the step's transaction, so that values the log kept for
    fields unknown until now appear. A failing step leaves the file as it was.
    """
    standing = version(database, steps)
    if standing == 0:
        with database.atomic("IMMEDIATE"):
            create(database)
            _stamp(database, newest(steps))
        return
    for step in steps:
        if step.number > standing:
            backup(step)
            with database.atomic("IMMEDIATE"):
                step.run(database)
                _stamp(database, step.number)
                refold()


def _stamp(database: Database, number: int) -> None:
    database.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    database.execute_sql(f"PRAGMA user_version = {number}")
