"""Copies of the database that count only once they were opened and checked."""

from pathlib import Path

import msgspec

from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.store.database import Database, checked, connect, discard, settle, speaking


class Copy(msgspec.Struct, frozen=True):
    """A finished, checked backup: where it lies and how many log lines it holds."""

    path: Path
    lines: int


def copy_to(database: Database, target: Path) -> Copy:
    """Write a compact copy of the open database, open it, check it and count it before it gets its final name.

    Raises Trouble; an existing file under the final name is replaced only by a checked copy on the disk.
    """
    part = target.with_name(target.name + ".part")
    discard(part)
    try:
        with speaking("备份没有保存"):
            database.execute_sql("VACUUM INTO ?", (str(part),))
            wanted = database.execute_sql("SELECT count(*) FROM log").fetchone()[0]
            lines = _proved(part)
            if lines != wanted:
                raise Trouble(f"备份“{target}”与现有数据不一致，没有保存。请检查磁盘后重试。")
            settle(part, target)
    finally:
        discard(part)
    return Copy(target, lines)


def _proved(part: Path) -> int:
    copy = connect(part)
    try:
        if found := checked(copy, thorough=True):
            raise Trouble(f"备份检查没有通过（{found}），没有保存。请检查磁盘后重试。")
        return int(copy.execute_sql("SELECT count(*) FROM log").fetchone()[0])
    finally:
        copy.close()
