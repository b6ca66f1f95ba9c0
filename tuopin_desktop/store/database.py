"""The database file: opened through the sqlcipher3 driver with the settings that survived fault injection."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import peewee
from sqlcipher3 import dbapi2

from tuopin_desktop.domain.problems import Trouble

APPLICATION_ID = 0x54504458  # "TPDX"

_SETTINGS = {
    "synchronous": "FULL",
    "cell_size_check": "ON",
    "trusted_schema": "OFF",
    "secure_delete": "ON",
    "foreign_keys": "OFF",  # orphans are found and shown, never refused: packages arrive in any order
    "temp_store": "MEMORY",
    "cache_size": -65536,
    "busy_timeout": 5000,
}

_WHY = (
    ("disk is full", "磁盘空间不足，刚才的修改没有保存。请清理磁盘后重试"),
    ("readonly", "数据文件夹是只读的，不能保存。请换一个可以写入的位置，或请管理员开放权限"),
    ("unable to open", "打不开数据文件。请检查数据文件夹是否存在、是否可以写入"),
    ("disk i/o", "读写磁盘出错，刚才的修改没有保存。请检查磁盘或重新插好设备后重试"),
    ("locked", "数据正被另一个程序使用。请关闭其他窗口后重试"),
    ("malformed", "数据文件已损坏，程序没有改动它。请从备份中恢复"),
    ("not a database", "这不是本程序的数据文件，或文件已损坏。请检查所选文件夹，或从备份中恢复"),
)


class Database(peewee.SqliteDatabase):
    """Peewee's SQLite on the SQLCipher driver; no key is set yet, so the file is an ordinary SQLite database."""

    def _connect(self) -> Any:
        connection = dbapi2.connect(self.database, isolation_level=None, timeout=5.0, **self.connect_params)
        self._add_conn_hooks(connection)  # type: ignore[attr-defined]  # peewee's stub leaves it out
        return connection

    def execute_sql(self, sql: str, params: Sequence[Any] | None = None, commit: object = None) -> Any:
        """Run one statement and return the driver's cursor; declared here because peewee leaves it untyped."""
        return super().execute_sql(sql, params)  # type: ignore[no-untyped-call]  # untyped in peewee's stub


def connect(path: Path, *, journal: str = "WAL") -> Database:
    """Return an open database; `journal` is WAL on a local disk and TRUNCATE on sticks and network folders."""
    database = Database(str(path), pragmas={**_SETTINGS, "journal_mode": journal}, autoconnect=False)
    with speaking():
        database.connect()
        database.execute_sql("SELECT count(*) FROM sqlite_schema").fetchone()
    return database


@contextmanager
def speaking() -> Iterator[None]:
    """Turn what the database driver says about the world into Trouble; a constraint failure stays a bug."""
    try:
        yield
    except (peewee.OperationalError, peewee.DatabaseError, dbapi2.OperationalError, dbapi2.DatabaseError) as error:
        if isinstance(error, peewee.IntegrityError | peewee.ProgrammingError | dbapi2.IntegrityError):
            raise
        said = str(error).lower()
        for words, sentence in _WHY:
            if words in said:
                raise Trouble(sentence + "。") from error
        raise


def checked(database: Database, *, thorough: bool = False) -> str:
    """Return "" when the file is sound, else the first line of what SQLite found."""
    command = "integrity_check" if thorough else "quick_check"
    with speaking():
        found = database.execute_sql(f"PRAGMA {command}(1)").fetchone()[0]
    return "" if found == "ok" else str(found)
