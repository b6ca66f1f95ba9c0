"""What is SQLite's alone, as text: settings, guards, JSON lists as parameters, dates and positions in texts.

A store on another server needs this file written anew and `store/statements.py` as it is (docs/storage.md). Nothing
else in the program holds such text: `tests/store/test_statements.py`.
"""

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from tuopin_desktop.domain.change import DOUBT, encode

# -- the file and its transactions

SETTINGS = {
    "synchronous": "FULL",
    "cell_size_check": "ON",
    "trusted_schema": "OFF",
    "secure_delete": "ON",
    "foreign_keys": "OFF",  # orphans are found and shown, never refused: packages arrive in any order
    "temp_store": "MEMORY",
    "cache_size": -65536,
    "busy_timeout": 5000,
    # Fold the journal into the file after every transaction, not every thousand pages: whoever copies the file alone
    # while the program runs (c42) has everything that was acknowledged. Costs one more flush per commit.
    "wal_autocheckpoint": 1,
}
"""What every connection is told when it is opened."""

WAL, TRUNCATE = "WAL", "TRUNCATE"
"""The journal on a local disk, and the one on sticks, network folders and for a file that is not yet an office's."""

IMMEDIATE = "IMMEDIATE"
"""A transaction that takes the lock for writing when it begins: it never fails half-way because another was first."""

ALONE, READ_ONLY, READ_AND_WRITE = "immutable=1", "mode=ro", "mode=rw"
"""How a file is opened: without its journal; with it, so that nothing is written; with a journal to be rolled back."""


def cipher_key(key: bytes, salt: bytes) -> str:
    """Return what tells a connection its key, before anything else: raw, so that opening costs no stretching of it.

    The salt is named too: one that is spoilt at the beginning of a file then costs nothing.
    """
    return f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\""


CIPHER_WAYS = (
    # Said for the process, so that a copy is written in the same way. With SHA-256 a row costs 1.1 times a plain one,
    # with the usual SHA-512 1.4 times; older PCs have both alike.
    "PRAGMA cipher_default_hmac_algorithm = HMAC_SHA256",
    # One bad page would fill the screen of whoever started the program; the error itself is raised.
    "PRAGMA cipher_log_level = NONE",
)
"""How files are encrypted and read, said before the key."""


def copy_place(path: Path, key: bytes, salt: bytes) -> str:
    """Return where `COPY` writes a copy with a key of its own to, said by an open plain or encrypted database."""
    spec = f"x'{key.hex()}{salt.hex()}'"
    return f"{path.absolute().as_uri()}?key={quote(spec)}"


# Folds the journal into the file and empties it.
FOLD_JOURNAL = "PRAGMA wal_checkpoint(TRUNCATE)"
# Writes a compact copy of the open database to a path.
COPY = "VACUUM INTO ?"
# Whose format the file has (`database.APPLICATION_ID`).
APPLICATION = "PRAGMA application_id"
# Writes the whole file anew, so that nothing of what was deleted is left in its pages.
REWRITE = "VACUUM"
# The number of the schema.
SCHEMA_NUMBER = "PRAGMA user_version"
# How many tables, indexes and triggers there are; fails when the file is no database.
SCHEMA_SIZE = "SELECT count(*) FROM sqlite_schema"
# What every table, index and trigger was made by.
SCHEMA = "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"
# The names of the tables.
TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
# The names of a table's columns.
COLUMNS = "SELECT name FROM pragma_table_info(?)"
# Every column of every table.
EVERY_COLUMN = "SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"


def journal_mode(journal: str) -> str:
    """Return the statement that sets the journal and answers which one there is now."""
    return f"PRAGMA journal_mode = {journal}"


def all_rows(table: str) -> str:
    """Return the question for all of a table, in the order in which it keeps them."""
    return f'SELECT * FROM "{table}"'


def check(*, thorough: bool) -> str:
    """Return the statement that answers "ok" or the first fault of the file; thorough compares indexes, too."""
    return f"PRAGMA {'integrity_check' if thorough else 'quick_check'}(1)"


def stamp(application: int, schema: int) -> tuple[str, str]:
    """Return the statements that write whose format the file has and its schema number."""
    return f"PRAGMA application_id = {application}", f"PRAGMA user_version = {schema}"


# -- parts of statements


def among(column: str) -> str:
    """Return the test that a column has one of the values of one parameter, an `array`."""
    return f"{column} IN (SELECT value FROM json_each(?))"


def array(values: Iterable[str]) -> str:
    """Return texts as the one parameter of `among`: a single statement, prepared once, for any number of them."""
    return encode(list(values)).decode()


def same(column: str) -> str:
    """Return the test that a column equals a parameter, where null equals null."""
    return f"{column} IS ?"


_STAMP = (
    "CASE WHEN substr(line, 1, 6) = x'7B226174223A' THEN CAST(substr(line, 7, 20) AS INTEGER)"
    " ELSE json_extract(CAST(line AS TEXT), '$.at') END"
)
"""The stamp in the bytes of a log line: milliseconds shifted left by 16, with a bit of doubt.

It stands first in every line this program writes, `{"at":`; reading the rest is half the time of asking 200,000 lines.
"""

_DAY, _CHINA = 24 * 3600, 8 * 3600
"""Seconds the days of the log are ahead of its stamps, which are in universal time."""

# -- guards

_NOT_FORGETTING = "NOT EXISTS (SELECT 1 FROM gate WHERE n = 3)"
_APPENDED = {"disclosure": "查阅记录只能追加", "receipt": "回执记录只能追加"}


def guards(table: str) -> list[str]:
    """Return the triggers that let only a commit write to a table; only undoing an import makes the log shorter."""
    shut = "NOT EXISTS (SELECT 1 FROM gate)"
    lines = [
        f"CREATE TRIGGER guard_{table}_{verb.lower()} BEFORE {verb} ON {table} WHEN {shut} "
        f"BEGIN SELECT RAISE(ABORT, '只能由程序写入'); END"
        for verb in ("INSERT", "UPDATE", "DELETE")
    ]
    if table == "log":
        lines[1:] = [
            f"CREATE TRIGGER guard_log_update BEFORE UPDATE ON log WHEN {_NOT_FORGETTING} "
            "OR NEW.n <> OLD.n OR NEW.seq <> OLD.seq OR NEW.key <> OLD.key "
            "BEGIN SELECT RAISE(ABORT, '日志只能追加'); END",
            "CREATE TRIGGER guard_log_delete BEFORE DELETE ON log WHEN NOT EXISTS (SELECT 1 FROM gate WHERE n = 2) "
            "BEGIN SELECT RAISE(ABORT, '日志只能追加'); END",
        ]
    if table in _APPENDED:
        lines[1:] = [
            f"CREATE TRIGGER guard_{table}_{verb.lower()} BEFORE {verb} ON {table} "
            f"{f'WHEN {_NOT_FORGETTING} ' if (table, verb) == ('disclosure', 'UPDATE') else ''}"
            f"BEGIN SELECT RAISE(ABORT, '{_APPENDED[table]}'); END"
            for verb in ("UPDATE", "DELETE")
        ]
    return lines


def lift_guard(table: str) -> str:
    """Return the statement that takes away the guard against inserting into a table."""
    return f"DROP TRIGGER guard_{table}_insert"


# -- schema steps: frozen as they ran, so that a column declared later is added by its own step

PACKAGES_STEP = (
    "ALTER TABLE feed ADD COLUMN office TEXT NOT NULL DEFAULT ''",
    "INSERT INTO gate(n) VALUES (1)",
    "UPDATE feed SET office = CASE station WHEN 'shipped' THEN '15' "
    "ELSE (SELECT value FROM meta WHERE name = 'office') END",
    "DELETE FROM gate",
    'CREATE TABLE "peer" ("station" TEXT NOT NULL PRIMARY KEY, "office" TEXT NOT NULL, "era" INTEGER NOT NULL, '
    '"number" INTEGER NOT NULL, "made" INTEGER NOT NULL, "have" TEXT NOT NULL) WITHOUT ROWID',
    'CREATE TABLE "parcel" ("n" INTEGER NOT NULL PRIMARY KEY, "state" TEXT NOT NULL, "name" TEXT NOT NULL, '
    '"station" TEXT NOT NULL, "office" TEXT NOT NULL, "era" INTEGER NOT NULL, "number" INTEGER NOT NULL, '
    '"made" INTEGER NOT NULL, "at" INTEGER NOT NULL, "lines" INTEGER NOT NULL, "token" TEXT NOT NULL, '
    '"heads" TEXT NOT NULL, "before" TEXT NOT NULL, "note" TEXT NOT NULL)',
    "DROP TRIGGER guard_log_delete",
    guards("log")[2],
)
DISCLOSURE_STEP = (
    'CREATE TABLE "disclosure" ("n" INTEGER NOT NULL PRIMARY KEY, "at" INTEGER NOT NULL, "by" TEXT NOT NULL, '
    '"act" TEXT NOT NULL, "what" TEXT NOT NULL, "rows" INTEGER NOT NULL)',
    *guards("disclosure"),
)
FORGETTING_STEP = (
    "DROP TRIGGER guard_log_update",
    guards("log")[1],
    "DROP TRIGGER guard_disclosure_update",
    guards("disclosure")[1],
)
UNSAVED_STEP = (
    'CREATE TABLE "unsaved" ("page" TEXT NOT NULL, "key" TEXT NOT NULL, "words" TEXT NOT NULL, '
    '"content" TEXT NOT NULL, "at" INTEGER NOT NULL, PRIMARY KEY ("page", "key")) WITHOUT ROWID',
)

# SQLite gives no table another key, so it is made anew.
AUTHORS_STEP = (
    'CREATE TABLE "unsaved_of" ("page" TEXT NOT NULL, "key" TEXT NOT NULL, "words" TEXT NOT NULL, '
    '"content" TEXT NOT NULL, "at" INTEGER NOT NULL, "author" TEXT NOT NULL, '
    'PRIMARY KEY ("page", "key", "author")) WITHOUT ROWID',
    "INSERT INTO unsaved_of SELECT page, \"key\", words, content, at, '' FROM unsaved",
    "DROP TABLE unsaved",
    "ALTER TABLE unsaved_of RENAME TO unsaved",
)


def add_column(table: str, definition: str) -> str:
    """Return the statement that gives a table one more column."""
    return f'ALTER TABLE "{table}" ADD COLUMN {definition}'


# -- a row in place of the one with the same key, or none where there is one

# Keeps a value about this database.
PUT_META = "INSERT OR REPLACE INTO meta(name, value) VALUES (?, ?)"
# Leaves the mark of a transaction.
PUT_TURN = "INSERT OR REPLACE INTO meta(name, value) VALUES ('turn', ?)"
# Keeps the newest stamp.
PUT_CLOCK = "INSERT OR REPLACE INTO meta(name, value) VALUES ('clock', ?)"
# Keeps the newest receipt of a station.
PUT_PEER = "INSERT OR REPLACE INTO peer(station, office, era, number, made, have) VALUES (?, ?, ?, ?, ?, ?)"
# Keeps how often an act was noted.
PUT_TALLY = "INSERT OR REPLACE INTO tally(office, station, month, act, count) VALUES (?, ?, ?, ?, ?)"
# Keeps a form that is not saved.
PUT_UNSAVED = 'INSERT OR REPLACE INTO unsaved(page, "key", words, content, at, author) VALUES (?, ?, ?, ?, ?, ?)'
# Gives the forms of nobody to somebody; where there is an own one, that stays.
ASSIGN_UNSAVED = "UPDATE OR IGNORE unsaved SET author = ? WHERE author = ''"
# Keeps the seed of a feed.
PUT_SEED = "INSERT OR REPLACE INTO seed(feed, seed) VALUES (?, ?)"
# The same of a feed that came, unless it is known or was given up.
PUT_SEED_ONCE = PUT_SEED.replace("REPLACE", "IGNORE", 1)
# Begins an empty feed.
OPEN_FEED = "INSERT INTO feed(feed, station, scope, era, practice, office, seq, hash) VALUES (?, ?, ?, ?, ?, ?, 0, x'')"
# Begins an empty feed unless it is there.
OPEN_FEED_ONCE = OPEN_FEED.replace("INSERT", "INSERT OR IGNORE", 1)
# Adds search words of a kind from a JSON object of id -> words. One statement for the whole batch, sorted by SQLite:
# half the time of executemany over a sorted list.
ADD_WORDS = (
    "INSERT OR IGNORE INTO word(kind, word, id) "
    "SELECT ?, word.value, entry.key FROM json_each(?) AS entry, json_each(entry.value) AS word ORDER BY 2, 3"
)


def add_once(table: str, width: int) -> str:
    """Return the statement that adds a whole row of `width` columns unless its key is there."""
    return f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * width)})"


# -- questions to the log

# Which of the keys in an array have lines: asked key by key, each stops at its first line.
KEYS_WITH_LINES = "SELECT value FROM json_each(?) AS asked WHERE EXISTS (SELECT 1 FROM log WHERE log.key = asked.value)"
# The newest stamp of each key in an array.
NEWEST_STAMPS = f"SELECT key, max({_STAMP}) FROM log WHERE {among('key')} GROUP BY key"
# The stamp of every line.
STAMPS = f"SELECT {_STAMP} FROM log"
# The kinds of which the log has lines.
KINDS = "SELECT DISTINCT substr(key, 1, instr(key, ':') - 1) FROM log"
# What was written over fixed fields of records whose ids lie from one on and before another.
ALTERATIONS = (
    'SELECT key, field, was, said, "by", at, counts FROM altered '
    "WHERE substr(key, instr(key, ':') + 1) >= ? AND substr(key, instr(key, ':') + 1) < ? ORDER BY key, at, field"
)
# By scope the day of the first line that no shipped feed bears, is not doubted and not later than a time.
FIRST_DAYS = f"""
    SELECT scope, date((min(at) >> 16) / 1000 + {_CHINA}, 'unixepoch') FROM (
        SELECT scope, (SELECT {_STAMP} FROM log WHERE log.n = feed.n AND {_STAMP} & {DOUBT} = 0 AND {_STAMP} >> 16 <= ?
                       ORDER BY seq LIMIT 1) AS at
        FROM feed WHERE station <> ?
    ) GROUP BY scope
"""


def keyed_out_of_time(kind: str) -> str:
    """Return the question for ids, and the day of their first line, where that is before the day or long after it.

    Parameters: the first key and the one behind the last, the last time believed (ms), the most days after, the first
    day of those that may be long before. Days are numbered from 1970-01-01, the one of the line too.
    """
    keyed = f"((at >> 16) / 1000 + {_CHINA}) / {_DAY}"
    record_id = f"substr(key, {len(kind) + 2})"
    day = "CAST(julianday(substr(key, -10)) - 2440587.5 AS INTEGER)"
    return f"""
        SELECT {record_id}, {keyed}
        FROM (SELECT key, min({_STAMP}) AS at FROM log WHERE key >= ? AND key < ? GROUP BY key)
        WHERE at & {DOUBT} = 0 AND at >> 16 <= ? AND {keyed} - {day} NOT BETWEEN 0 AND ?
          AND ({keyed} < {day} OR substr(key, -10) >= ?)
          AND EXISTS (SELECT 1 FROM "{kind}" AS own WHERE own.id = {record_id} AND coalesce(deleted, 0) = 0)
        ORDER BY key
    """


# -- a text wherever it stands

# The records of which a line holds some bytes, given as a text.
RECORDS_HOLDING = "SELECT DISTINCT key FROM log WHERE instr(line, CAST(? AS BLOB)) > 0"
# Takes a text out of why packages were refused.
BLANK_PARCELS = "UPDATE parcel SET note = replace(note, ?, ?) WHERE instr(note, ?) > 0"
# Takes a text out of what was shown, and puts another in its place.
BLANK_DISCLOSURES = "UPDATE disclosure SET what = replace(what, ?, ?) WHERE instr(what, ?) > 0"
# Gives up the forms that hold a text.
DROP_UNSAVED_HOLDING = "DELETE FROM unsaved WHERE instr(content || words, ?) > 0"


# -- questions to the rows of a kind, by parts of their ids

_LIVE = "coalesce(deleted, 0) = 0 AND id >= ? AND id < ?"
_MONTH, _BIT = "substr(id, 1, length(id) - 3)", "1 << (substr(id, -2) - 1)"
"""Of an id that ends in a day: what is before the day, and the day as a bit of its month."""


def days(kind: str, *, of_month: bool) -> str:
    """Return the question for the days of live rows as bits by the id up to the month."""
    dated = ' AND "date" >= ? AND "date" < ?' if of_month else ""
    return f'SELECT {_MONTH} AS month, sum({_BIT}) FROM "{kind}" WHERE {_LIVE}{dated} GROUP BY month'


def days_by_value(kind: str, field: str) -> str:
    """Return the question for the days of live rows as bits by the id up to the month and by a field's value."""
    return f'SELECT {_MONTH}, coalesce("{field}", \'\'), sum({_BIT}) FROM "{kind}" WHERE {_LIVE} GROUP BY 1, 2'


def owners(kind: str) -> str:
    """Return the question for the owners of live rows with how many each has, in order."""
    owner = "substr(id, 1, instr(id, '/') - 1) AS owner"
    return f'SELECT {owner}, count(*) FROM "{kind}" WHERE {_LIVE} GROUP BY owner ORDER BY owner'


def crossing(kind: str, field: str) -> str:
    """Return the question for live rows whose field names a record, or is the code, of another owner."""
    named = f"substr(\"{field}\" || '/', 1, instr(\"{field}\" || '/', '/'))"
    return (
        f'SELECT id, "{field}" FROM "{kind}" WHERE {_LIVE} AND "{field}" IS NOT NULL'
        f" AND substr(id, 1, instr(id, '/')) <> {named}"
    )


def fixing_elsewhere(kind: str, field: str, names: Iterable[str]) -> str:
    """Return the question for id, field and some columns of all rows whose field names a record of another owner.

    The field holds an id, or a log key with its kind in front.
    """
    value = f'substr("{field}", instr("{field}", \':\') + 1)'
    columns = "".join(f', "{name}"' for name in names)
    return (
        f'SELECT id, "{field}"{columns} FROM "{kind}" WHERE "{field}" IS NOT NULL'
        f" AND substr(id, 1, instr(id, '/')) <> substr({value}, 1, instr({value}, '/'))"
    )
