"""The numbered steps from an older file to today's tables: all of them or none, after a checked backup."""

from collections.abc import Callable, Iterable, Iterator

import msgspec
import peewee

from tuopin_desktop.domain.problems import Damaged, Newer
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.store import sqlite, tables
from tuopin_desktop.store.database import APPLICATION_ID, Database
from tuopin_desktop.store.tables import FIXED, GUARDED, TABLES


class Step(msgspec.Struct, frozen=True):
    """One step: the schema number it leads to, what it does in one English line, and the doing."""

    number: int
    what: str
    run: Callable[[Database], None]


def create(database: Database) -> None:
    """Make all tables of today's declarations in an empty file."""
    models = tables.every()
    with database.bind_ctx(models):
        database.create_tables(models, safe=False)
    for table in (*GUARDED, *KINDS):
        _run(database, sqlite.guards(table))


def add_field(table: str, name: str) -> Callable[[Database], None]:
    """Return the step for a newly declared field: `Step(64, "...", add_field("person", "nickname"))`.

    `table` is a kind of record, or the name of a fixed table. Only what is not there is added: an office older than
    the kind gets the table with all of today's fields from the kind's own step. The rows of a kind are filled from
    the log by the re-fold that follows every migration, so that values written by a newer program before this
    upgrade appear.
    """

    def run(database: Database) -> None:
        model = _model(table)
        item = model._meta.fields[name]
        if name not in _columns(database, table):
            database.execute_sql(sqlite.add_column(table, _definition(item)))
        _index(database, model, item)

    return run


def add_kind(kind: str) -> Callable[[Database], None]:
    """Return the step for a newly declared kind of record, or fixed table: `Step(3, "...", add_kind("meeting"))`.

    The table is made of today's declaration; later steps of the kind find their fields there.
    """

    def run(database: Database) -> None:
        with database.bind_ctx([_model(kind)]):
            _model(kind).create_table(safe=False)
        if kind in KINDS or kind in GUARDED:
            _run(database, sqlite.guards(kind))

    return run


def add_kinds(*kinds: str) -> Callable[[Database], None]:
    """Return a step that makes the tables of kinds that came together."""
    steps = [add_kind(kind) for kind in kinds]

    def run(database: Database) -> None:
        for one in steps:
            one(database)

    return run


def _model(table: str) -> type[peewee.Model]:
    fixed = {model._meta.table_name: model for model in FIXED}
    return TABLES[table] if table in KINDS else fixed[table]


def _columns(database: Database, table: str) -> set[str]:
    return {row[0] for row in database.execute_sql(sqlite.COLUMNS, (table,)).fetchall()}


_TYPES = {"INT": "INTEGER", "TEXT": "TEXT", "BLOB": "BLOB"}


def _definition(item: peewee.Field) -> str:
    """Return a column's definition; rows that are there hold the default where the field may not be empty."""
    text = f'"{item.column_name}" {_TYPES[item.field_type]}'
    if item.null:
        return text
    if not isinstance(item.default, str | int):
        raise TypeError(f"{item.column_name} may be empty or has a default: rows of older offices need a value")
    default = "'" + item.default.replace("'", "''") + "'" if isinstance(item.default, str) else item.default
    return f"{text} NOT NULL DEFAULT {default}"


def _index(database: Database, model: type[peewee.Model], item: peewee.Field) -> None:
    """Make the index of one field alone: that of another would name a column whose step is still to come."""
    with database.bind_ctx([model]):
        for index in model._meta.fields_to_index():
            if list(index._expressions) == [item]:
                database.execute(index.safe(True))  # type: ignore[no-untyped-call]  # untyped in peewee's stub


def exchange_packages(database: Database) -> None:
    """Add what data packages need: the office of each feed, receipts, the ledger of packages, and undoing an import."""
    _run(database, sqlite.PACKAGES_STEP)


def note_disclosures(database: Database) -> None:
    """Add the lines of what was shown or taken out in full."""
    _run(database, sqlite.DISCLOSURE_STEP)


def keep_unsaved(database: Database) -> None:
    """Add the place for what is typed and not saved."""
    _run(database, sqlite.UNSAVED_STEP)


def give_drafts_authors(database: Database) -> None:
    """Let what is typed and not saved belong to whoever typed it; what stands there is of nobody yet."""
    _run(database, sqlite.AUTHORS_STEP)


def forget_by_term(database: Database) -> None:
    """Add the acts of forgetting, and let them close lines of the log and blank names in the list of disclosures."""
    add_kind("purge")(database)
    _run(database, sqlite.FORGETTING_STEP)


def write_words_anew(_database: Database) -> None:
    """Change no table: every step is followed by a refold, which writes the words names are found by anew."""


def _run(database: Database, statements: Iterable[str]) -> None:
    for statement in statements:
        database.execute_sql(statement)


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
    Step(46, "what is written over signed paper is noted", add_kind("altered")),
    Step(47, "what is fixed is corrected with a reason", add_kind("amendment")),
    Step(48, "a month keyed back from its paper book is fixed", add_field("attendance", "keyed")),
    Step(50, "a close keeps every day as it was counted", add_field("month_close", "roll")),
    Step(54, "what of a line does not count is kept in sight", add_kind("aside")),
    Step(55, "a check says whether the league or the county made it", add_field("own_check", "level")),
    Step(62, "receipts are kept with their time", add_kind("receipt")),
    Step(69, "what is typed and not saved outlives the program", keep_unsaved),
    Step(81, "what a sending unit says of somebody it puts forward", add_kind("recommendation")),
    Step(87, "rule packs that came by stick and are in use", add_kind("rule_pack")),
    Step(96, "lines hold apart what can be forgotten", add_kind("seed")),
    Step(97, "what is forgotten, by whom and on what basis", forget_by_term),
    Step(99, "offices above hear how often what was done, by month", add_kind("tally")),
    Step(98, "a frozen report outlives the names in it", add_field("snapshot", "remainder")),
    Step(94, "who uses this computer", add_kind("user")),
    Step(95, "what is asked of whoever signs in", add_kind("access")),
    Step(100, "a name is found by a second reading of its surname and of one more character", write_words_anew),
    Step(102, "what is typed and not saved is its author's", give_drafts_authors),
    Step(110, "a slip changed after it was printed is printed again", add_field("leave_slip", "sheet_code")),
    Step(114, "offices above the county write what is to be corrected in attendance", add_kind("remark")),
    Step(120, "papers sent out under a number", add_kind("dispatch")),
    Step(121, "what an office's numbers begin with", add_field("office", "dispatch_code")),
    Step(123, "leave of past years comes from its register", add_field("leave_slip", "history")),
    Step(126, "an office says which fonds its papers are filed in", add_kind("fonds")),
    Step(127, "an office keeps a paper longer, or does not file it", add_kind("filing_rule")),
    Step(128, "papers are filed as items with a number", add_kind("archive_item")),
    Step(129, "catalogues of another layout are read once and for all", add_kind("catalogue_heads")),
    Step(131, "what the archives were handed and have receipted", add_kind("archive_handover")),
    Step(133, "a term is sealed", add_kind("term_seal")),
    Step(134, "why something of a closed term stays as it is", add_kind("closing_note")),
    Step(136, "originals for personal files and where they are", add_kinds("personal_material", "personal_handover")),
    Step(137, "certificates of service have a number each", add_kind("service_certificate")),
    Step(138, "what was taken out for an inspection is kept", add_kind("extract")),
    Step(139, "archives lent come back", add_kind("lending")),
)
"""Every step since schema 1, never changed once released; a new file is made by `create` and needs none.

Numbers only have to be unlike: gaps are nothing, and steps run by number, wherever they stand in the list.
"""


def newest() -> int:
    """Return the schema number this program writes."""
    return max((step.number for step in STEPS), default=FIRST)


def version(database: Database) -> int:
    """Return the schema number of a file: 0 for a new one; Damaged for another program's, Newer for a later one's."""
    application = database.execute_sql(sqlite.APPLICATION).fetchone()[0]
    number = int(database.execute_sql(sqlite.SCHEMA_NUMBER).fetchone()[0])
    empty = database.execute_sql(sqlite.SCHEMA_SIZE).fetchone()[0] == 0
    if empty and number == 0:
        return 0
    if application != APPLICATION_ID:
        raise Damaged("所选文件不是本程序的数据文件，请检查数据文件夹。")
    if number > newest():
        raise Newer(
            f"数据由更新版本的程序保存（数据版本 {number}，本程序支持到 {newest()}）。数据未被改动，请先升级程序。"
        )
    return number


def build_newest(database: Database) -> None:
    """Make the tables of the newest schema in an empty file."""
    with database.atomic(sqlite.IMMEDIATE):
        create(database)
        _stamp(database, newest())


def migrate(database: Database, backup: Callable[[int], None], refold: Callable[[], None]) -> None:
    """Bring the file to the newest schema.

    `backup` is called with the old number before anything is changed, `refold` after the last step, so that values
    the log kept for fields unknown until now appear. All is one transaction: when a step fails, the file is as it
    was and still opens with the older program.
    """
    standing = version(database)
    pending = sorted((step for step in STEPS if step.number > standing), key=lambda step: step.number)
    if not pending:
        complete(database)
        return
    backup(standing)
    with database.atomic(sqlite.IMMEDIATE):
        for step in pending:
            step.run(database)
        complete(database)
        _stamp(database, newest())
        refold()


def complete(database: Database) -> None:
    """Raise Damaged when a table or column of ours is not in the file: its step was forgotten, or its name was damaged.

    It must be asked: to SQLite a quoted name that is no column is a text, and every row would hold its field's name.
    """
    have = {(table, name) for table, name in database.execute_sql(sqlite.EVERY_COLUMN).fetchall()}
    lacking = [f"{table}.{name}" for table, name in _declared() if (table, name) not in have]
    if lacking:
        text = f"数据文件与本程序不配套（缺 {'、'.join(lacking[:3])}），没有打开"
        raise Damaged(f"{text}。请换用配套的程序版本；版本没有换过的，文件已损坏，请从备份中恢复。")


def _declared() -> Iterator[tuple[str, str]]:
    """Yield table and column of everything that is declared: the kinds say it themselves, no table is made of them."""
    for model in FIXED:
        columns = model._meta.sorted_fields
        yield from ((model._meta.table_name, one.column_name) for one in columns)
    for kind, cls in KINDS.items():
        yield from ((kind, name) for name in cls.__struct_fields__)


def _stamp(database: Database, number: int) -> None:
    _run(database, sqlite.stamp(APPLICATION_ID, number))
