"""The store: one office's records, read as typed records and written only by commit."""

import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import Change, decode
from tuopin_desktop.domain.judgement import judgement
from tuopin_desktop.domain.problems import Damaged, Trouble
from tuopin_desktop.domain.record import Record, Scalar, build_rows, fields
from tuopin_desktop.store import audit, backup, days, healing, inspection, journal, migrations, sqlite, statements
from tuopin_desktop.store.audit import Break
from tuopin_desktop.store.counting import is_folded_alike
from tuopin_desktop.store.database import checked, connect, discard, keep_journal, settle, speaking
from tuopin_desktop.store.identity import Identity, identity
from tuopin_desktop.store.keyring import DatabaseKey
from tuopin_desktop.store.marks import marks
from tuopin_desktop.store.memo import forget
from tuopin_desktop.store.pinyin import typed_word
from tuopin_desktop.store.shipped import write_shipped
from tuopin_desktop.store.writing import Ledger

R = TypeVar("R", bound=Record)

DATABASE = "office.db"
_UNREAD = "数据没有读出"


class First(msgspec.Struct, frozen=True):
    """What a new office writes in its own name while it is made, and the key of its database, which the keyring has."""

    changes: Sequence[Change]
    by: str
    wall_ms: int
    key: DatabaseKey | None = None


class Store:
    """An open database. Belongs to the thread that opened it."""

    def __init__(self, path: Path, *, journal: str = sqlite.WAL) -> None:
        """Open an existing database and bring it to today's schema; raises Trouble and leaves the file as it was."""
        if not path.exists():
            raise Damaged(f"“{path.parent}”中没有单位数据。请检查数据文件夹，或先建立单位。")
        self.path = path
        self.notice = inspection.examine(path)
        """What is to be told once of the files beside the database, or ""."""
        with inspection.just_proved():
            self._database = connect(path)
        self._ledger = self.ledger = Ledger(self._database)
        try:
            with inspection.just_proved():
                keep_journal(self._database, journal)
            with speaking("数据没有升级"):
                migrations.migrate(self._database, self._before_upgrade, self.refold)
                if not is_folded_alike(self._database):
                    self.refold()
                healing.heal_clock(self.ledger)
            self.identity = self._identity()
        except BaseException:
            self._database.close()
            raise

    @classmethod
    def create(
        cls, path: Path, *, office: str, practice: bool, shipped: Sequence[Change], first: First | None = None
    ) -> "Store":
        """Make a new database for an office with the shipped records and its own first commit in it.

        Raises Trouble when one is there, or when it does not fit; then nothing is left of it.
        """
        if path.exists():
            raise Trouble(f"“{path.parent}”中已有单位数据，不能重复建立。请直接打开，或换一个空文件夹。")
        part = path.with_name(path.name + ".new")
        discard(part)
        forget(path)  # of an office whose database was lost or taken away
        try:
            _found(part, office, shipped, first, practice=practice)
            with speaking("单位没有建立"):
                settle(part, path)
        finally:
            discard(part)
        try:
            return cls(path)
        except BaseException:
            discard(path)  # made a moment ago and never opened: nobody has anything in it
            raise

    def _identity(self) -> Identity:
        try:
            with speaking(_UNREAD):
                return identity(self._database)
        except (KeyError, ValueError) as error:
            raise inspection.damaged("meta") from error

    def _before_upgrade(self, standing: int) -> None:
        self.backup(self.path.with_name(f"升级前备份-{standing}.db"))

    @property
    def turn(self) -> str:
        """Return the mark of the last write; two equal ones mean that nothing was written in between."""
        with self.ledger.reading() as cursor:
            return journal.mark_of(cursor.execute(statements.TURN).fetchone())

    def marks(self) -> dict[str, str]:
        """Return by owner code a mark that changes with every change of a row of that owner."""
        with self.ledger.reading() as cursor:
            return marks(cursor)

    def reread(self) -> None:
        """Look again whose database this is, after a new key or era."""
        self.identity = self._identity()

    def fold_journal(self) -> None:
        """Fold what the journal still holds into the file and empty it; a database without one is left as it is."""
        with speaking("数据没有整理"):
            self._database.execute_sql(sqlite.FOLD_JOURNAL).fetchone()

    def close(self) -> None:
        """Close the database; a second call does nothing."""
        if not self._database.is_closed():
            self._database.close()

    def get(self, cls: type[R], record_id: str) -> R | None:
        """Return the record, also a deleted one, or None."""
        records = self.rows(cls, {"id": record_id}, deleted=None)
        return records[0] if records else None

    def rows(
        self,
        cls: type[R],
        where: Mapping[str, Scalar] | None = None,
        *,
        scope: str = "",
        deleted: bool | None = False,
        among: Sequence[str] | None = None,
        field_among: tuple[str, Sequence[str]] | None = None,
        between: tuple[str, str] | None = None,
        limit: int = -1,
    ) -> list[R]:
        """Return the records whose fields equal `where` (null matches empty), in id order.

        `scope` keeps ids of offices at or below that code; `among` keeps these ids, `field_among` rows whose field
        has one of these values, `between` ids from the first up to and without the second; `deleted=None` gives all.
        """
        names = [item.name for item in fields(cls)]
        tests, values = _tests(where or {}, names)
        if deleted is not None:
            tests.append(statements.DELETED if deleted else statements.LIVE)
        if scope:
            tests.append(statements.ID_RANGE)
            values += [scope, scope + "\U0010ffff"]
        if between:
            tests.append(statements.ID_RANGE)
            values += between
        name, lines = field_among or ("id", among)
        if lines is not None:
            tests.append(sqlite.among(f'"{name}"'))
            values.append(sqlite.array(lines))
        query = statements.rows_in_order(cls.kind.name, names, tests)
        with speaking(_UNREAD):
            rows = self._database.execute_sql(query, [*values, limit]).fetchall()
        return build_rows(cls, names, rows)

    def look(
        self, cls: type[Record], names: Sequence[str], *, scope: str = "", between: tuple[str, str] | None = None
    ) -> list[tuple[Any, ...]]:
        """Return the id and some fields of every live record, as stored: to see which few are worth reading whole.

        `between` takes the ids from its first on and before its second instead of those of a scope.
        """
        known_names = [item.name for item in fields(cls)]
        tests = [statements.LIVE, statements.ID_RANGE]
        query = statements.rows(cls.kind.name, [name for name in names if name in known_names], tests)
        with speaking(_UNREAD):
            return list(self._database.execute_sql(query, between or (scope, scope + "\U0010ffff")).fetchall())

    def count(self, cls: type[Record], *, scope: str = "") -> int:
        """Return how many live records of offices at or below `scope` there are."""
        query = statements.row_count(cls.kind.name, [statements.LIVE, statements.ID_RANGE])
        with speaking(_UNREAD):
            return int(self._database.execute_sql(query, (scope, scope + "\U0010ffff")).fetchone()[0])

    def owners(self, cls: type[Record], *, scope: str = "") -> list[tuple[str, int]]:
        """Return the owner codes at or below `scope` that have live records of a kind, with how many, in order."""
        query = sqlite.owners(cls.kind.name)
        with speaking(_UNREAD):
            rows = self._database.execute_sql(query, (scope, scope + "\U0010ffff")).fetchall()
        return [(str(owner), int(count)) for owner, count in rows]

    def days_kept(self, cls: type[Record], between: tuple[str, str], month: str = "") -> dict[str, int]:
        """Return the days of live records whose ids end in a day `YYYY-MM-DD`, as bits by the id up to its month.

        One pass over the ids, no text is read: the first of a month is bit 0. Ids from `between[0]` on and before its
        end; with a `month` only its days, by the index of the field `date`.
        """
        with speaking(_UNREAD):
            return days.day_bits(self._database, cls, between, month)

    def days_by(self, cls: type[Record], field: str, between: tuple[str, str]) -> dict[str, dict[str, int]]:
        """Return days of live records by the id up to its month and by a field's value (see `store/days.py`)."""
        with speaking(_UNREAD):
            return days.by_value(self._database, cls, field, between)

    def crossing(self, cls: type[Record], field: str, *, scope: str = "") -> list[tuple[str, str]]:
        """Return (id, value) of live records whose field names a record, or is the code, of another owner."""
        query = sqlite.crossing(cls.kind.name, field)
        with speaking(_UNREAD):
            rows = self._database.execute_sql(query, (scope, scope + "\U0010ffff")).fetchall()
        return [(str(record_id), str(value)) for record_id, value in rows]

    def find(self, kind: str, text: str, limit: int = 200) -> list[str]:
        """Return the ids of records a part of whose name, pinyin or initials begins with the text: one index range."""
        word = typed_word(text)
        with speaking(_UNREAD):
            rows = self._database.execute_sql(statements.FIND, (kind, word, word + "\U0010ffff", limit)).fetchall()
        return [row[0] for row in rows]

    def highest(self, kind: str, field: str, prefix: str, owner: str) -> str:
        """Return the greatest value of an indexed text field that begins with the prefix, among an owner's, or ""."""
        with speaking(_UNREAD):
            row = self._database.execute_sql(
                statements.highest(kind, field),
                (prefix, prefix + "\U0010ffff", owner + "/", owner + "0"),
            ).fetchone()
        return str(row[0] or "")

    def commit(self, changes: Sequence[Change], by: str, wall_ms: int) -> frozenset[str]:
        """Write all changes or none (see `Ledger.commit`); return the kinds that changed."""
        return self._ledger.commit(changes, by, wall_ms)

    def refold(self) -> None:
        """Rebuild every row from the log; what was judged of the rows before is forgotten."""
        self._ledger.refold()
        forget(self.path)

    def audit(self) -> str:
        """Check every page and index, then recompute all chains and rows; return "" or the first fault."""
        with speaking(_UNREAD):
            return checked(self._database, thorough=True) or str(audit.first(self._database) or "")

    def first_break(self) -> Break | None:
        """Return the first thing in the log or its tables that does not agree; Damaged when pages are not sound."""
        with speaking(_UNREAD):
            if fault := checked(self._database, thorough=True):
                raise inspection.damaged(fault)
            return audit.first(self._database)

    def differs(self, copy: Path, feed: str) -> tuple[int, str, int] | None:
        """Return the first line of a feed that is another in a copy: (place, key, stamp); raises Trouble."""
        with inspection.naming_damage(), inspection.open_read_only(copy) as other:
            return audit.differing(self._database, other, feed)

    def backup(self, target: Path) -> backup.Copy:
        """Make a checked copy of the whole database."""
        return backup.copy_to(self._database, target)

    def history(self, kind: str, record_id: str) -> list[tuple[int, str, dict[str, Scalar], dict[str, Scalar]]]:
        """Return the record's log lines in order: (stamp, by, set, was)."""
        with speaking(_UNREAD):
            rows = self._database.execute_sql(statements.LINES_OF_RECORD, (ids.key(kind, record_id),)).fetchall()
        lines = sorted((decode(bytes(row[0])) for row in rows), key=lambda line: line.at)
        return [(line.at, line.by, line.set, line.was) for line in lines]

    def position(self) -> dict[str, int]:
        """Return how far the log reaches: the last sequence number of every feed that has lines."""
        with speaking(_UNREAD):
            rows = self._database.execute_sql(statements.FEED_LENGTHS_IN_ORDER).fetchall()
        return {str(feed): int(seq) for feed, seq in rows}

    def kinds_in_log(self) -> list[str]:
        """Return the kinds of records of which the log has lines, also those unknown here."""
        with speaking(_UNREAD):
            return [str(row[0]) for row in self._database.execute_sql(sqlite.KINDS).fetchall()]

    def since(self, position: Mapping[str, int]) -> list[tuple[int, str, str, dict[str, Scalar]]]:
        """Return the log lines that came after a position, whenever they were written: (stamp, by, key, set)."""
        with speaking(_UNREAD):
            feeds = self._database.execute_sql(statements.FEED_NUMBERS).fetchall()
            rows = [
                row
                for feed, n in feeds
                for row in self._database.execute_sql(statements.LINES_AFTER, (n, position.get(feed, 0))).fetchall()
            ]
        lines = sorted(((decode(bytes(raw)), str(key)) for key, raw in rows), key=lambda pair: (pair[0].at, pair[1]))
        return [(line.at, line.by, key, line.set) for line, key in lines]


def _found(part: Path, office: str, shipped: Sequence[Change], first: First | None, *, practice: bool) -> None:
    """Make a complete database under a name that is not yet an office's.

    Not in WAL: folding the WAL into the file when it is closed fails in silence on a full disk.
    """
    with speaking("单位没有建立"):
        database = connect(part, journal=sqlite.TRUNCATE, key=first.key if first is not None else None)
        try:
            migrations.build_newest(database)
            ledger = Ledger(database)
            meta = {"office": office, "practice": str(int(practice)), "station": secrets.token_hex(8), "era": "1"}
            meta["judgement"] = judgement()
            with ledger.writing() as cursor:
                cursor.executemany(statements.ADD_META, list(meta.items()))
                write_shipped(cursor, ledger, shipped)
            if first is not None:
                ledger.commit(first.changes, first.by, first.wall_ms)
        finally:
            database.close()


def _tests(where: Mapping[str, Scalar], names: Sequence[str]) -> tuple[list[str], list[Any]]:
    tests: list[str] = []
    values: list[Any] = []
    for name, value in where.items():
        if name != "id" and name not in names:
            raise KeyError(name)
        tests.append(sqlite.same(f'"{name}"'))
        values.append(value)
    return tests, values
