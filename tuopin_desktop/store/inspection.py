"""Looking at a database that nobody has open without touching one byte of it, and at the journal beside it.

An ordinary connection folds the journal into the file when it closes, also after the file was refused: whoever wanted
to rescue something from a damaged file would find another file.
"""

import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import peewee
from sqlcipher3 import dbapi2

from tuopin_desktop.domain.problems import Damaged, Trouble
from tuopin_desktop.machine import diskcauses, files
from tuopin_desktop.store import audit, journal, keyring, migrations, sqlite, statements
from tuopin_desktop.store.database import Database, checked, connect, speaking
from tuopin_desktop.store.feeds import chain
from tuopin_desktop.store.identity import identity

SCENE = "检查-"
"""How folders of an inspection begin; what a killed program left of them goes at the next start."""
ASIDE = "未并入-"
"""How files begin that were beside the database and do not belong to it."""
_INDEX = 32768
_PIECE = 1 << 20
T = TypeVar("T")
_UNOPENED = "数据没有打开"


def examine(path: Path) -> str:
    """Check that a database is sound and ours; return a sentence about the journal beside it, or "".

    A journal that does not belong to the database is set aside under another name. Nothing else is changed, and
    nothing at all when Damaged or another Trouble is raised.
    """
    message = _own_journal(path)
    prove(path)
    return message


def prove(path: Path) -> None:
    """Raise Damaged for a database that is not sound or not ours, its journal counted in; every chain too, if any."""

    def proof() -> None:
        with naming_damage(), open_read_only(path) as database:
            _prove(database, chains=_size(beside(path, "-wal")) > 0)

    surely(path, proof)


@contextmanager
def just_proved(outcome: str = _UNOPENED) -> Iterator[None]:
    """Call no damage what comes a moment after the proof: then the disk fails, and no copy must take its place."""
    try:
        yield
    except Damaged as error:
        raise Trouble(f"读写磁盘出错，{outcome}。请检查磁盘是否松动或已拔出，处理后重试。") from error


def surely(path: Path, look: Callable[[], T]) -> T:
    """Return what a look at a database gives; Damaged only when the disk gives every byte of it and says so twice.

    For a page that the disk does not give for a moment the engine, too, says that the file is malformed.
    """
    with suppress(Damaged):
        return look()
    with speaking(_UNOPENED):  # outside: what was said before would speak along with what the disk says now
        for place in (path, beside(path, "-wal"), beside(path, "-journal")):
            if place.exists():
                with place.open("rb") as file:
                    while file.read(_PIECE):
                        pass
    return look()


@contextmanager
def open_read_only(path: Path) -> Iterator[Database]:
    """Yield the database with what its journal holds, read-only, no byte of either changed."""
    wal, rollback = beside(path, "-wal"), beside(path, "-journal")
    if not _size(wal) and not _size(rollback):
        with closing(connect(path, how=sqlite.ALONE)) as database:
            yield database
        return
    with ExitStack() as scenes:
        with speaking(_UNOPENED):
            try:
                place = _laid_out(path, scenes.enter_context(_scene(path.parent)), rollback=_size(rollback) > 0)
            except OSError as error:
                if not diskcauses.is_full(error):
                    raise
                # A full disk must not shut an office whose program was killed: another disk may still have room.
                place = _laid_out(path, scenes.enter_context(_scene(None)), rollback=_size(rollback) > 0)
        with closing(connect(place, how=sqlite.READ_AND_WRITE if _size(rollback) else sqlite.READ_ONLY)) as database:
            yield database


@contextmanager
def _scene(folder: Path | None) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix=SCENE, dir=folder, ignore_cleanup_errors=True) as scene:
        yield Path(scene)


def _laid_out(path: Path, scene: Path, *, rollback: bool) -> Path:
    place = scene / path.name
    if rollback:  # it is played back into the file, which therefore must be another
        shutil.copyfile(path, place)
        shutil.copyfile(beside(path, "-journal"), beside(place, "-journal"))
    else:
        link(path, place)
        shutil.copyfile(beside(path, "-wal"), beside(place, "-wal"))
        with beside(place, "-shm").open("wb") as index:  # so that a full disk says no here, and not in the engine
            index.write(bytes(_INDEX))
    return place


def beside(path: Path, ending: str) -> Path:
    """Return the file of a database that has this ending: -wal, -shm or -journal."""
    return path.with_name(path.name + ending)


def link(path: Path, place: Path) -> None:
    """Give a file a second name, or make a copy where the disk knows no second names; raises OSError."""
    try:
        os.link(path, place)
    except OSError:
        shutil.copyfile(path, place)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


# -- the journal


def _own_journal(path: Path) -> str:
    """Set a journal aside that is not the database's own; return the sentence about it, "" for its own or none."""
    wal = beside(path, "-wal")
    if not _size(wal):
        return ""
    with speaking(_UNOPENED):
        key = keyring.key_of(path)
        parts = journal.read(wal.read_bytes(), key.page if key is not None else journal.as_stored)
    if parts.readable and not parts.commits and not parts.cut_off:
        return ""  # begun and never saved: the engine starts over
    if not parts.readable or not _belongs(path, parts):
        return _set_aside(wal)
    return _keep_torn(wal, parts.cut_off) if parts.cut_off else ""


def _belongs(path: Path, other: journal.Journal) -> bool:
    """Tell whether a journal may be played into its database.

    The marks decide where both have them. Else, and whenever the two together are not sound, the file alone is asked:
    one that is sound without a journal which spoils it does not need that journal.
    """
    alone = _alone(path)
    if alone is None:
        return True  # the file may be half folded into: with its journal it is sound, or it is refused as damaged
    if other.turns and not other.follows(alone):
        return False
    try:
        prove(path)
    except Damaged:
        return False
    return bool(other.turns) or _goes_on(path)


def _alone(path: Path) -> str | None:
    """Return the mark of the file without its journal; None when it is not sound by itself."""

    def mark() -> str:
        with naming_damage(), closing(connect(path, how=sqlite.ALONE)) as database:
            _prove(database, chains=True)
            return journal.mark_of(database.execute_sql(statements.TURN).fetchone())

    try:
        return surely(path, mark)
    except Damaged:
        return None


def _goes_on(path: Path) -> bool:
    """Tell whether the database with its journal holds all that it holds alone, line by line."""
    with naming_damage(), closing(connect(path, how=sqlite.ALONE)) as alone:
        standing = _meta(alone), alone.execute_sql(statements.FEED_HASHES).fetchall()
    with naming_damage(), open_read_only(path) as database:
        if _meta(database) != standing[0]:
            return False
        cursor = database.cursor()  # type: ignore[no-untyped-call]  # untyped in peewee's stub
        numbers = dict(database.execute_sql(statements.FEED_NUMBERS).fetchall())
        return all(
            feed in numbers and chain(cursor, numbers[feed], seq) == bytes(digest) for feed, seq, digest in standing[1]
        )


def _meta(database: Database) -> list[Any]:
    return list(database.execute_sql(statements.IDENTITY).fetchall())


def _set_aside(wal: Path) -> str:
    target = wal.with_name(f"{ASIDE}{secrets.token_hex(3)}-{wal.name}")
    with speaking(_UNOPENED):
        files.patiently(lambda: wal.rename(target))
    return (
        f"数据文件旁边有一个不属于它的日志文件（多半是单独复制或恢复过数据文件），没有并入，已原样另存为“{target.name}”。"
        "请核对最近的登记是否齐全；缺少的，请联系技术人员，不要删除该文件。"
    )


def _keep_torn(wal: Path, lost: int) -> str:
    target = wal.with_name(f"{ASIDE}{secrets.token_hex(3)}-{wal.name}")
    with speaking(_UNOPENED):
        shutil.copyfile(wal, target)
    stored = f"日志已原样另存为“{target.name}”"
    return f"日志文件有损坏，最近{lost}次保存可能读不出来；{stored}。请核对最近的登记，缺少的请补登。"


# -- soundness


@contextmanager
def naming_damage() -> Iterator[None]:
    """Turn what the engine says of the file's inside into Damaged."""
    try:
        with speaking(_UNOPENED, proof=True):
            yield
    except (peewee.DatabaseError, dbapi2.DatabaseError, ValueError, KeyError, TypeError) as error:
        raise damaged(" ".join(str(error).split())) from error


def _prove(database: Database, *, chains: bool) -> None:
    standing = migrations.version(database)
    if standing == 0:
        raise Damaged("数据文件是空的，程序没有改动它。请从备份中恢复，或换一个空文件夹重新建立单位。")
    if fault := checked(database):
        raise damaged(fault)
    identity(database)
    if standing == migrations.newest():
        migrations.complete(database)
    if chains and (fault := audit.broken_chain(database)):
        raise damaged(fault)


def damaged(fault: str) -> Damaged:
    """Return the refusal of a damaged file; what the engine said stays in the cause, for the technician."""
    error = Damaged("数据文件已损坏，程序没有改动它。请从备份中恢复。")
    error.add_note(fault)
    return error
