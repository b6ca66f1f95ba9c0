"""Copies of the database that count only once they were opened and checked, and putting one in its place again."""

from contextlib import closing, suppress
from pathlib import Path

import msgspec

from tuopin_desktop.domain.change import doubtful
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.store import migrations, stamps
from tuopin_desktop.store.database import Database, checked, connect, discard, settle, speaking


class Copy(msgspec.Struct, frozen=True):
    """A finished, checked backup: where it lies and how many log lines it holds."""

    path: Path
    lines: int


class Sight(msgspec.Struct, frozen=True):
    """What a copy says of itself: whose it is, how many lines its log holds, when the newest was written (ms).

    `timed` is False where the computer did not know the time when the last lines were written: then it was later.
    """

    office: str
    practice: bool
    station: str
    lines: int
    newest: int
    timed: bool = True


def look(path: Path) -> Sight:
    """Read what a copy is, every page of it checked; raises Trouble for one that is not sound or not ours."""
    with closing(connect(path)) as copy:
        found = checked(copy, thorough=True) if migrations.version(copy) else "空文件"
        if found:
            raise Trouble(f"“{path.name}”不是完好的备份（{found}），请另选一个。")
        with speaking("备份没有读出"):
            meta = dict(copy.execute_sql("SELECT name, value FROM meta").fetchall())
            lines = copy.execute_sql("SELECT count(*) FROM log").fetchone()[0]
            newest = int(meta.get("clock", "0")) if "farthest" in meta else stamps.believed(copy.cursor())  # type: ignore[no-untyped-call]  # untyped in peewee's stub
    office, practice, station = meta.get("office", ""), meta.get("practice") == "1", meta.get("station", "")
    return Sight(office, practice, station, lines, newest >> 16, timed=not doubtful(newest))


def put_back(copy: Path, target: Path) -> None:
    """Make the database what a copy is: the old one or the new, never half. Nobody may have it open.

    The old one is not kept here: make a copy of it before. One that cannot be opened any more is set aside whole.
    """
    part = target.with_name(target.name + ".restore")
    discard(part)
    try:
        copy_of(copy, part)
        _empty_journal(target)
        with speaking("备份没有恢复，现有数据没有改动"):
            settle(part, target)
    finally:
        discard(part)


def _empty_journal(target: Path) -> None:
    """See to it that no journal of the old database is left to be played into the new one."""
    with suppress(Trouble), closing(connect(target)) as old:
        old.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    for ending in ("-wal", "-shm", "-journal"):
        beside = target.with_name(target.name + ending)
        if beside.exists():
            with speaking("备份没有恢复，现有数据没有改动"):
                beside.replace(target.with_name(f"损坏-{target.name}{ending}"))


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


def copy_of(held: Path, target: Path) -> Copy:
    """Write a checked copy of a database that nobody has open, with what its journal holds; raises Trouble."""
    with closing(connect(held)) as database:
        return copy_to(database, target)


def _proved(part: Path) -> int:
    copy = connect(part)
    try:
        if found := checked(copy, thorough=True):
            raise Trouble(f"备份检查没有通过（{found}），没有保存。请检查磁盘后重试。")
        return int(copy.execute_sql("SELECT count(*) FROM log").fetchone()[0])
    finally:
        copy.close()
