"""The database file: opened through the SQLCipher driver with its key and the settings that survived fault injection.

A wrong key reads like damage: which key a file wants, and that it is right, is settled before (`store/keyring.py`).
"""

import errno
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import peewee
from sqlcipher3 import dbapi2

from tuopin_desktop.domain.problems import Damaged, Trouble
from tuopin_desktop.machine import diskcauses, files
from tuopin_desktop.store import keyring, sqlite
from tuopin_desktop.store.keyring import DatabaseKey

APPLICATION_ID = 0x54504458  # "TPDX"

_UNREADABLE_PAGE = re.compile(r"error code=([0-9]+)")
_IO_ERROR, _FULL = 10, 13

_READING = ("没有读出", "没有打开")
"""Ends of outcomes of which nothing can be in doubt: nothing was written."""
_SOUND = "程序没有改动它"
_WHY = (
    ("disk is full", "磁盘空间不足", "", "请清理磁盘后重试"),
    ("readonly", "数据文件夹是只读的，磁盘已满或没有响应", "", "请清理磁盘，换一个可以写入的位置，或请管理员开放权限"),
    ("unable to open", "打不开数据文件", "", "请检查数据文件夹是否存在、是否可以写入，磁盘是否已满"),
    ("disk i/o", "读写磁盘出错", "", "请检查磁盘是否已满、是否松动或已拔出，处理后重试"),
    ("locked", "数据正被另一个程序使用", "", "请关闭其他窗口后重试"),
    ("malformed", "数据文件已损坏", _SOUND, "请从备份中恢复"),
    ("could not decode", "数据文件已损坏", _SOUND, "请从备份中恢复"),
    ("unsupported file format", "数据文件已损坏", _SOUND, "请从备份中恢复"),
    ("not a database", "这不是本程序的数据文件，或文件已损坏", _SOUND, "请检查所选文件夹，或从备份中恢复"),
)
"""What the engine says (SQLite's own words, the same on every system), the cause in Chinese, what became of the work
where that is always so, and what to do."""


class Doubtful(Exception):
    """A failure at the very end of a write: whether it reached the disk is known only when the file is read anew.

    A journal whose last flush failed may still hold the whole commit: the next start then takes it over.
    """


class DoubtfulCommit(peewee.OperationalError, Doubtful):
    """The disk failed while a transaction was committed."""


class DoubtfulPlace(OSError, Doubtful):
    """The disk failed after a file had got its final name."""


class Database(peewee.SqliteDatabase):
    """Peewee's SQLite on the SQLCipher driver; without a key the file is an ordinary SQLite database."""

    secret: DatabaseKey | None = None

    def _connect(self) -> Any:
        connection = dbapi2.connect(self.database, isolation_level=None, timeout=5.0, **self.connect_params)
        try:
            set_key(connection, self.secret)
            self._add_conn_hooks(connection)  # type: ignore[attr-defined]  # peewee's stub leaves it out
        except BaseException:
            # A setting fails on a damaged file. Nobody else knows this connection yet, and Windows puts no other
            # file in the place of one that is open.
            connection.close()
            raise
        return connection

    def execute_sql(self, sql: str, params: Sequence[Any] | None = None, commit: object = None) -> Any:
        """Run one statement and return the driver's cursor; declared here because peewee leaves it untyped."""
        return super().execute_sql(sql, params)  # type: ignore[no-untyped-call]  # untyped in peewee's stub

    def commit(self) -> None:
        """End the transaction; raises DoubtfulCommit where it may stand on the disk all the same."""
        try:
            super().commit()
        except peewee.OperationalError as error:
            if "disk i/o" in str(error).lower():
                raise DoubtfulCommit(str(error)) from error
            raise


def set_key(connection: Any, key: DatabaseKey | None) -> None:
    """Tell a connection of the driver its key, before anything is asked; a plain one how a copy of it is encrypted."""
    for statement in sqlite.CIPHER_WAYS:
        connection.execute(statement)
    if key is not None:
        connection.execute(sqlite.cipher_key(key.key, key.id))


def connect(path: Path, *, journal: str = "", how: str = "", key: DatabaseKey | None = None) -> Database:
    """Return an open database with its settings; without a `journal` the file is not changed by opening it.

    `how` is `sqlite.ALONE`, which neither sees nor makes a journal, `READ_ONLY` or `READ_AND_WRITE`, which play one.
    `key` is that of a new file; one that is there says by itself which it wants.
    """
    place = f"{path.absolute().as_uri()}?{how}" if how else str(path)
    database = Database(place, pragmas=sqlite.SETTINGS, autoconnect=False, uri=bool(how))
    database.secret = key or keyring.key_of(path)
    try:
        with speaking("数据没有打开", proof=bool(how)):
            database.connect()
            database.execute_sql(sqlite.SCHEMA_SIZE).fetchone()
        if journal:
            keep_journal(database, journal)
    except BaseException:
        database.close()
        raise
    return database


def keep_journal(database: Database, journal: str) -> None:
    """Set the journal, WAL on a local disk and TRUNCATE on sticks and network folders; Trouble when SQLite will not.

    SQLite stays silently with DELETE where it cannot do WAL, and DELETE was seen to lose acknowledged commits.
    """
    with speaking("数据没有打开"):
        stored = str(database.execute_sql(sqlite.journal_mode(journal)).fetchone()[0])
    if stored.upper() != journal:
        raise Trouble(f"该位置不能可靠地保存数据（{stored}）。请把数据文件夹放到本机硬盘上。")


@contextmanager
def speaking(outcome: str = "刚才的修改没有保存", *, proof: bool = False) -> Iterator[None]:
    """Turn what the driver or the disk says about the world into Trouble; a constraint failure stays a bug.

    `outcome` says what became of the work; where nobody can know, that it may not have been done, and to look. Only in
    a `proof`, where nothing else is going on and which is done twice, a file is called damaged: for a page that the
    disk does not give for a moment the engine says so, too.
    """
    try:
        yield
    except UnicodeDecodeError as error:  # text no program of ours wrote
        raise _misread(outcome, "数据文件已损坏", "请从备份中恢复", proof=proof) from error
    except (peewee.DatabaseError, dbapi2.DatabaseError, OSError) as error:
        if isinstance(error, peewee.IntegrityError | peewee.ProgrammingError | dbapi2.IntegrityError):
            raise
        if _in_doubt(error) and not outcome.endswith(_READING):
            outcome = outcome.partition("，")[0].replace("没有", "可能没有", 1) + "，请重新打开后核对"
        trouble = _trouble(error, outcome, proof=proof)
        if trouble is None:
            raise
        raise trouble from error


def _trouble(error: Exception, outcome: str, *, proof: bool) -> Trouble | None:
    """Return what is told of an error; None for one of which nothing is known."""
    if pair := _cause_by_system(error):
        return Trouble(f"{pair[0]}，{outcome}。{pair[1]}。")
    text = _words_of(error)
    for sentence, cause, always, advice in _WHY:
        if sentence in text:
            plain = Trouble(f"{cause}，{outcome}。{advice}。")
            return _misread(outcome, cause, advice, proof=proof) if always else plain
    if isinstance(error, OSError):
        return Trouble(f"读写磁盘出错（{error.strerror or error}），{outcome}。请检查磁盘后重试。")
    return None


def _misread(outcome: str, cause: str, advice: str, *, proof: bool) -> Trouble:
    if proof:
        return Damaged(f"{cause}，{_SOUND}。{advice}。")
    return Trouble(f"数据文件读出有误，{outcome}。请检查磁盘，关闭后重新打开：再打不开时，按提示恢复。")


def _in_doubt(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, Doubtful):
            return True
        error = error.__context__
    return False


def _cause_by_system(error: BaseException | None) -> tuple[str, str] | None:
    """Return cause and advice of the first error of the system among what led to this one, by its number."""
    while error is not None:
        if isinstance(error, OSError) and not isinstance(error, Doubtful) and (pair := diskcauses.cause(error)):
            return pair
        error = error.__context__
    return None


def _words_of(error: BaseException | None) -> str:
    """Return what the engine says of an error, and of what led to it; what the system says is in its own language.

    SQLite ends a transaction by itself when the disk is full; the roll-back that peewee then asks for fails with
    words of its own, which would hide the cause.
    """
    lines = []
    while error is not None:
        if not isinstance(error, OSError):
            lines.append(str(error).lower())
        error = error.__context__
    return " ".join(lines)


def settle(part: Path, target: Path) -> None:
    """Flush a finished file to the disk and give it its final name; raises OSError, DoubtfulPlace once it has it."""
    with part.open("r+b") as file:
        os.fsync(file.fileno())
    files.replace(part, target)
    try:
        files.flush_name(target)
    except OSError as error:
        raise DoubtfulPlace(error.errno, error.strerror) from error


def discard(path: Path) -> None:
    """Remove an unfinished database file with the journals beside it, where the device still answers."""
    for ending in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            files.patiently(partial(path.with_name(path.name + ending).unlink, missing_ok=True))


def checked(database: Database, *, thorough: bool = False) -> str:
    """Return "" when the file is sound, else the first line of what SQLite found; raises what the disk says."""
    match = str(database.execute_sql(sqlite.check(thorough=thorough)).fetchone()[0])
    code = _UNREADABLE_PAGE.search(match)
    if code is not None and int(code[1]) & 0xFF in (_IO_ERROR, _FULL):
        # SQLite lists a page the disk did not give among the faults of the file. A stick that wobbles is no damage.
        raise OSError(errno.EIO, "disk i/o error")
    return "" if match == "ok" else " ".join(str(match).split())
