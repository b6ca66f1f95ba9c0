"""Copies of the database that count only once they were opened and checked, and putting one in its place again."""

from contextlib import closing, suppress
from functools import partial
from pathlib import Path

import msgspec

from tuopin_desktop.domain.change import doubtful
from tuopin_desktop.domain.problems import Damaged, Trouble
from tuopin_desktop.domain.record import build_rows
from tuopin_desktop.domain.records import User
from tuopin_desktop.machine import files
from tuopin_desktop.store import keyring, migrations, sqlite, stamps, statements
from tuopin_desktop.store.audit import broken_chain
from tuopin_desktop.store.database import Database, checked, connect, discard, settle, speaking
from tuopin_desktop.store.inspection import beside, damaged, just_proved, link, naming_damage, open_read_only, surely
from tuopin_desktop.store.journal import take_turn
from tuopin_desktop.store.keyring import DatabaseKey

_USERS_SINCE = 94
"""The number of the tables that first had users."""
JOURNALS = ("-wal", "-shm", "-journal")


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
    """Read what a copy is, every page and every chain of it checked, and touch nothing.

    Raises Damaged for one that is not sound or not ours, another Trouble where it could not be read.
    """
    try:
        return surely(path, lambda: _look(path))
    except Damaged as error:
        raise Damaged(f"“{path.name}”不是本程序的数据文件，或不是完好的备份，请另选一个。") from error


def _look(path: Path) -> Sight:
    with naming_damage(), open_read_only(path) as copy:
        fault = "空文件" if migrations.version(copy) == 0 else checked(copy, thorough=True) or broken_chain(copy)
        if fault:
            raise damaged(fault)
        meta = dict(copy.execute_sql(statements.META).fetchall())
        lines = copy.execute_sql(statements.LINE_COUNT).fetchone()[0]
        newest = int(meta.get("clock", "0")) if "farthest" in meta else stamps.believed(copy)
    office, practice, station = meta.get("office", ""), meta.get("practice") == "1", meta.get("station", "")
    return Sight(office, practice, station, lines, newest >> 16, timed=not doubtful(newest))


def lines_in(path: Path) -> int:
    """Return how many lines the log of a database holds, whatever version of the program wrote it; raises Trouble."""
    with speaking("数据没有读出"), open_read_only(path) as database:
        return int(database.execute_sql(statements.LINE_COUNT).fetchone()[0])


def users_in(path: Path) -> list[User]:
    """Return who was registered in a copy, with what counts for signing in, whichever version wrote it.

    Raises Trouble.
    """
    names = ["name", "admin", "disabled", "awaits"]
    with speaking("数据没有读出"), open_read_only(path) as database:
        if migrations.version(database) < _USERS_SINCE:
            return []
        query = statements.rows_in_order(User.kind.name, names, [statements.LIVE])
        return build_rows(User, names, database.execute_sql(query, [-1]).fetchall())


def put_back(copy: Path, target: Path, key: DatabaseKey | None = None) -> None:
    """Make the database what a copy is: the old one or the new, never half. Nobody may have it open.

    A plain copy becomes a database with that `key`; an encrypted one keeps its own.
    The old one is not kept here: a copy of it, or the whole file under a second name, was made before. Its journal
    stays until the new one is in place: it would not be played into that, since the marks of the two do not follow.
    """
    part = target.with_name(target.name + ".restore")
    discard(part)
    try:
        copy_of(copy, part, key, carrying=False)
        with speaking("备份没有恢复，现有数据没有改动"):
            settle(part, target)
    finally:
        discard(part)
    drop_journals(target)


def drop_journals(target: Path) -> None:
    """Take away the journals of a database whose place another has taken; they have a second name by now."""
    for ending in JOURNALS:
        with suppress(OSError):
            files.patiently(partial(beside(target, ending).unlink, missing_ok=True))


def fold(path: Path) -> None:
    """Fold the journal of a database that nobody has open into it, and leave none beside it; raises Trouble."""
    with closing(connect(path, journal=sqlite.TRUNCATE)) as database:
        database.execute_sql(sqlite.FOLD_JOURNAL)


def keep_whole(path: Path, target: Path) -> None:
    """Give a file that cannot be opened any more, and the journals beside it, a second name; not a byte is changed.

    Raises Trouble, and then nothing of the second name is left.
    """
    paths = []
    try:
        with speaking("没有恢复，现有数据没有改动"):
            for ending in ("", *JOURNALS):
                if beside(path, ending).exists():
                    paths.append(beside(target, ending))
                    link(beside(path, ending), paths[-1])
    except BaseException:
        for one in paths:
            with suppress(OSError):
                files.patiently(partial(one.unlink, missing_ok=True))
        raise


def copy_to(database: Database, target: Path, key: DatabaseKey | None = None, *, carrying: bool = True) -> Copy:
    """Write a compact copy of the open database, open it, check it and count it before it gets its final name.

    With a `key` the copy of a plain database is encrypted; the one of an encrypted database is in any case. `carrying`:
    it has its vault behind its last page, so that it opens by itself when everything else is lost.
    Raises Trouble; an existing file under the final name is replaced only by a checked copy on the disk.
    """
    part = target.with_name(target.name + ".part")
    discard(part)
    try:
        with just_proved("备份没有保存"), speaking("备份没有保存"):
            other = key if database.secret is None else None
            place = sqlite.copy_place(part, other.key, other.id) if other is not None else str(part)
            database.execute_sql(sqlite.COPY, (place,))
            line_count = database.execute_sql(statements.LINE_COUNT).fetchone()[0]
            _renew_mark(part)
            if carrying:
                _give_vault(part)
            lines = _proved(part)
            if lines != line_count:
                raise Trouble(f"备份“{target}”与现有数据不一致，没有保存。请检查磁盘后重试。")
            settle(part, target)
    finally:
        discard(part)
    return Copy(target, lines)


def copy_of(path: Path, target: Path, key: DatabaseKey | None = None, *, carrying: bool = True) -> Copy:
    """Write a checked copy of a database that nobody has open, with what its journal holds (see `copy_to`).

    Raises Trouble.
    """
    with just_proved("没有复制，现有数据没有改动"), open_read_only(path) as database:
        return copy_to(database, target, key, carrying=carrying)


def _give_vault(part: Path) -> None:
    key = keyring.key_of(part)
    if key is not None:
        with part.open("ab") as file:
            file.write(keyring.behind(key.vault))


def _renew_mark(part: Path) -> None:
    """Give the copy a mark of its own: its pages are numbered anew, and no journal of the original fits it."""
    with closing(connect(part)) as copy:
        take_turn(copy.cursor())  # type: ignore[no-untyped-call]  # untyped in peewee's stub


def _proved(part: Path) -> int:
    copy = connect(part, how=sqlite.ALONE)
    try:
        if checked(copy, thorough=True) or broken_chain(copy):
            raise Trouble("备份检查没有通过，没有保存。请在“设置·备份”中点“全面检查”，按提示处理后重试。")
        return int(copy.execute_sql(statements.LINE_COUNT).fetchone()[0])
    finally:
        copy.close()
