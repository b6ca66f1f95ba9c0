"""The numbered steps from an older file to today's tables: all of them or none, after a checked backup."""

from collections.abc import Callable

import msgspec
import peewee

from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.domain.record import fields
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.store.database import APPLICATION_ID, Database
from tuopin_desktop.store.tables import FIXED, GUARDED, TABLES, Disclosure, Parcel, Peer, column, guards


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
        with database.bind_ctx([TABLES[kind]]):
            TABLES[kind].create_table(safe=True)  # the table is there; what it adds is the new field's index

    return run


def add_kind(kind: str) -> Callable[[Database], None]:
    """Return the step for a newly declared kind of record: `Step(3, "...", add_kind("meeting"))`."""

    def run(database: Database) -> None:
        with database.bind_ctx([TABLES[kind]]):
            TABLES[kind].create_table(safe=False)
        for trigger in guards(kind):
            database.execute_sql(trigger)

    return run


def exchange_packages(database: Database) -> None:
    """Add what data packages need: the office of each feed, receipts, the ledger of packages, and undoing an import."""
    database.execute_sql("ALTER TABLE feed ADD COLUMN office TEXT NOT NULL DEFAULT ''")
    database.execute_sql("INSERT INTO gate(n) VALUES (1)")
    database.execute_sql(
        "UPDATE feed SET office = CASE station WHEN 'shipped' THEN '15' "
        "ELSE (SELECT value FROM meta WHERE name = 'office') END"
    )
    database.execute_sql("DELETE FROM gate")
    with database.bind_ctx([Peer, Parcel]):
        database.create_tables([Peer, Parcel], safe=False)
    database.execute_sql("DROP TRIGGER guard_log_delete")
    database.execute_sql(guards("log")[2])


def note_disclosures(database: Database) -> None:
    """Add the lines of what was shown or taken out in full."""
    with database.bind_ctx([Disclosure]):
        Disclosure.create_table(safe=False)
    for trigger in guards("disclosure"):
        database.execute_sql(trigger)


FIRST = 1
STEPS: tuple[Step, ...] = (
    Step(2, "members' and teams' summaries of a year", add_kind("work_summary")),
    Step(3, "routine marks of a month", add_kind("routine_mark")),
    Step(4, "the Office's scores", add_kind("appraisal_score")),
    Step(5, "rounds of paper ballots", add_kind("ballot_round")),
    Step(6, "ballots as keyed", add_kind("ballot")),
    Step(7, "grades of a year", add_kind("grade")),
    Step(8, "the Office notes its spot checks", add_kind("spot_check")),
    Step(9, "leagues and counties note their own checks", add_kind("own_check")),
    Step(10, "findings of checks are put right", add_kind("rectification")),
    Step(11, "whom to check is drawn by lot", add_kind("check_draw")),
    Step(12, "contradictions are explained", add_kind("explanation")),
    Step(13, "daily logs are kept", add_kind("daily_log")),
    Step(14, "weekly notes are kept", add_kind("weekly_note")),
    Step(15, "the work ledger is kept", add_kind("ledger_item")),
    Step(16, "training classes are kept", add_kind("training")),
    Step(17, "who took part in a class", add_kind("training_attendance")),
    Step(18, "round trips are kept", add_kind("round_trip")),
    Step(19, "months of attendance are closed", add_kind("month_close")),
    Step(20, "days of a closed month are corrected", add_kind("correction")),
    Step(21, "meetings are kept", add_kind("meeting")),
    Step(22, "problems raised at meetings", add_kind("meeting_problem")),
    Step(23, "teams' reports", add_kind("team_report")),
    Step(24, "members' half-year reports", add_kind("half_year_report")),
    Step(25, "matters that go up or out", add_kind("matter")),
    Step(26, "talks of the sending unit", add_kind("follow_up")),
    Step(27, "the ten don'ts are signed", add_kind("acknowledgement")),
    Step(28, "advancement while posted", add_kind("advancement")),
    Step(29, "breaches of discipline", add_kind("incident")),
    Step(30, "accident insurance", add_kind("insurance")),
    Step(31, "medical expenses", add_kind("medical_claim")),
    Step(32, "subsidy rates", add_kind("subsidy_rate")),
    Step(33, "working funds", add_kind("fund")),
    Step(34, "stations are certified", add_kind("station")),
    Step(35, "feeds are revoked", add_kind("revocation")),
    Step(36, "data packages travel between offices", exchange_packages),
    Step(37, "cases of recall are opened", add_kind("recall_case")),
    Step(38, "members are heard first", add_kind("statement")),
    Step(39, "measures are taken", add_kind("measure")),
    Step(40, "replacements are applied for", add_kind("replacement")),
    Step(41, "frozen reports", add_kind("snapshot")),
    Step(42, "what is shown or taken out in full is noted", note_disclosures),
    Step(43, "a posting is under a rule pack", add_field("posting", "pack")),
    Step(44, "a posting is to a village", add_field("posting", "village")),
    Step(45, "a ruling is about a rule pack", add_field("ruling", "pack")),
    Step(50, "a close keeps every day as it was counted", add_field("month_close", "roll")),
)
"""Every step since schema 1, never changed once released; a new file is made by `create` and needs none."""


def newest() -> int:
    """Return the schema number this program writes."""
    return STEPS[-1].number if STEPS else FIRST


def version(database: Database) -> int:
    """Return the schema number of a file: 0 for a new one; Trouble for another program's or a newer program's."""
    application = database.execute_sql("PRAGMA application_id").fetchone()[0]
    number = int(database.execute_sql("PRAGMA user_version").fetchone()[0])
    empty = database.execute_sql("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
    if empty and number == 0:
        return 0
    if application != APPLICATION_ID:
        raise Trouble("所选文件不是本程序的数据文件，请检查数据文件夹。")
    if number > newest():
        raise Trouble(
            f"数据由更新版本的程序保存（数据版本 {number}，本程序支持到 {newest()}）。数据未被改动，请先升级程序。"
        )
    return number


def found(database: Database) -> None:
    """Make the tables of the newest schema in an empty file."""
    with database.atomic("IMMEDIATE"):
        create(database)
        _stamp(database, newest())


def migrate(database: Database, backup: Callable[[int], None], refold: Callable[[], None]) -> None:
    """Bring the file to the newest schema.

    `backup` is called with the old number before anything is changed, `refold` after the last step, so that values
    the log kept for fields unknown until now appear. All is one transaction: when a step fails, the file is as it
    was and still opens with the older program.
    """
    standing = version(database)
    pending = [step for step in STEPS if step.number > standing]
    if not pending:
        _complete(database)
        return
    backup(standing)
    with database.atomic("IMMEDIATE"):
        for step in pending:
            step.run(database)
        _complete(database)
        _stamp(database, newest())
        refold()


def _complete(database: Database) -> None:
    """Raise Trouble when a table or column of ours is not in the file: its step was forgotten, or its name was damaged.

    It must be asked: to SQLite a quoted name that is no column is a text, and every row would hold its field's name.
    """
    lacking = []
    for model in (*FIXED, *TABLES.values()):
        table, columns = model._meta.table_name, model._meta.sorted_fields  # type: ignore[attr-defined]  # peewee's own
        have = {row[0] for row in database.execute_sql("SELECT name FROM pragma_table_info(?)", (table,)).fetchall()}
        lacking += [f"{table}.{one.column_name}" for one in columns if one.column_name not in have]
    if lacking:
        said = f"数据文件与本程序不配套（缺 {'、'.join(lacking[:3])}），没有打开"
        raise Trouble(f"{said}。请换用配套的程序版本；版本没有换过的，文件已损坏，请从备份中恢复。")


def _stamp(database: Database, number: int) -> None:
    database.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    database.execute_sql(f"PRAGMA user_version = {number}")
