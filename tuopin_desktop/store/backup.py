"""Copies of the database that count only once they were opened and checked."""

from pathlib import Path

import msgspec
import peewee

from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.store.database import Database, checked, connect, speaking


class Copy(msgspec.Struct, frozen=True):
    """A finished, checked backup: where it lies and how many log lines it holds."""

    path: Path
    lines: int


def copy_to(database: Database, target: Path) -> Copy:
    """Write a compact copy of the open database, open it, check it and count it before it gets its final name.

    Raises Trouble; an existing file under the final name is replaced only by a checked copy.
    """
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        with speaking():
            database.execute_sql("VACUUM INTO ?", (str(part),))
            wanted = database.execute_sql("SELECT count(*) FROM log").fetchone()[0]
        lines = _proved(part)
        if lines != wanted:
            raise Trouble(f"备份“{target}”与现有数据不一致，没有保存。请检查磁盘后重试。")
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return Copy(target, lines)


def _proved(part: Path) -> int:
    copy = connect(part, journal="DELETE")
    try:
        if found := checked(copy, thorough=True):
            raise Trouble(f"备份检查没有通过（{found}），没有保存。请检查磁盘后重试。")
        return int(copy.execute_sql("SELECT count(*) FROM log").fetchone()[0])
    except peewee.OperationalError as error:
        raise Trouble("备份文件打不开，没有保存。请检查磁盘后重试。") from error
    finally:
        copy.close()
