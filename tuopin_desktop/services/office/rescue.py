"""The way out when the database is damaged or gone: a copy, what can still be read, the region's package."""

from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import msgspec

from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.machine import files
from tuopin_desktop.machine.clock import Clock, beijing
from tuopin_desktop.machine.lock import FolderLock
from tuopin_desktop.services.office import backups, leftovers, library, offices, sealedcopies, settings, signed
from tuopin_desktop.services.office.backups import BackupFile, BackupInspection
from tuopin_desktop.store import backup, memo, salvage
from tuopin_desktop.store.database import discard, settle, speaking
from tuopin_desktop.store.salvage import Salvage as Salvage  # the page holds one
from tuopin_desktop.store.store import DATABASE

REQUEST = "数据请求单.txt"
_PART = f"{DATABASE}.salvage.part"


class Bench:
    """The folder of an office that cannot be opened; takes the place of the desk in the worker thread."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.folder = folder
        self.clock = clock

    def take_changes(self) -> frozenset[str]:
        """Nothing is written here that a page would show."""
        return frozenset()


class Survey(msgspec.Struct, frozen=True):
    """What there is: the damaged file, the newest sound copy with what it would lack, and how many copies in all.

    `lacking` counts the lines that can be read of the damaged file and are not in the copy; None when none can.
    """

    folder: Path
    has_database: bool
    copies: tuple[BackupFile, ...] = ()
    best: BackupInspection | None = None
    best_made: datetime | None = None
    lacking: int | None = None
    whose: str = ""


def needed(folder: Path) -> bool:
    """Tell whether a folder without a database is not a new one: there are copies, or a station's key."""
    return not offices.is_office(folder) and bool(copies_of(folder))


def copies_of(folder: Path) -> list[BackupFile]:
    """Return the copies that could be put back, those of the second place too, the newest first."""
    return [one for one in _everything(folder) if one.kind != backups.SET_ASIDE]


def _everything(folder: Path) -> list[BackupFile]:
    place = Path(str(settings.kept_in(folder, settings.BACKUP_PLACE)) or "-")
    return backups.ordered([*backups.listed_in(folder), *backups.listed_at(place)])[::-1]


def survey(bench: Bench) -> Survey:
    """Look at what there is; nothing is touched."""
    folder = bench.folder
    copies = copies_of(folder)
    path = folder / DATABASE
    best, moment = _best(copies, folder)
    lacking = None
    if best is not None and path.exists():
        try:
            with sealedcopies.opened(best.path, folder) as plain:
                lacking = salvage.beyond(path, plain)
        except Trouble:
            lacking = None
    return Survey(folder, path.exists(), tuple(copies), best, moment, lacking, best.name if best else "")


def _best(copies: list[BackupFile], folder: Path) -> tuple[BackupInspection | None, datetime | None]:
    for one in copies:
        try:
            return backups.look(one.path, folder), one.made
        except (Refused, Trouble):
            continue
    return None, None


def unlock(bench: Bench, path: Path, text: str) -> None:
    """Open an encrypted copy from elsewhere by its recovery code or a password of its day; raises Refused, Locked."""
    backups.unlock(path, bench.folder, text)


def restore(bench: Bench, path: Path) -> Path | None:
    """Put a copy in the place of the database; return the copy made of what was there, None when it was set aside."""
    return backups.restore(bench.folder, path, bench.clock)


def attempt(bench: Bench) -> Salvage:
    """Make a new database from what can be read, beside the damaged one; nothing is in its place yet.

    Raises Damaged when nothing can be saved, Trouble.
    """
    folder = bench.folder
    lock = FolderLock(folder)
    try:
        leftovers.sweep(folder)
        with ExitStack() as opened:
            copies = [opened.enter_context(sealedcopies.opened(one, folder)) for one in _sound(folder)]
            return salvage.salvage(_source(folder), copies, folder / _PART, library.shipped_records(), _station(folder))
    finally:
        lock.release()


def adopt(bench: Bench, rescue: Salvage) -> Path | None:
    """Set the damaged file aside, as it is, and put the salvaged database in its place; return where the old one lies.

    Raises Trouble, and then nothing was changed.
    """
    folder = bench.folder
    path = folder / DATABASE
    lock = FolderLock(folder)
    try:
        aside = backups.set_aside(folder, bench.clock) if path.exists() else None
        with speaking("没有换上，原文件没有改动"):
            settle(rescue.path, path)
        backup.drop_journals(path)
        memo.forget(path)
    finally:
        lock.release()
    return aside


def give_up(rescue: Salvage) -> None:
    """Let a salvaged database go that nobody wants."""
    discard(rescue.path)


def _source(folder: Path) -> Path | None:
    """Return the damaged file: the one in its place, else the newest that was set aside."""
    if (folder / DATABASE).exists():
        return folder / DATABASE
    aside = [one.path for one in backups.listed_in(folder) if one.kind == backups.SET_ASIDE]
    return aside[0] if aside else None


def _sound(folder: Path) -> list[Path]:
    """Return the newest sound copies: two close nearly every gap."""
    paths: list[Path] = []
    for one in copies_of(folder):
        try:
            backups.look(one.path, folder)
        except (Refused, Trouble):
            continue
        paths.append(one.path)
        if len(paths) == 2:
            break
    return paths


def _station(folder: Path) -> str:
    note = signed.note_in(folder)
    return note.station if note else ""


# -- in words


def ways(state: Survey) -> list[str]:
    """Return the ways out in the order in which they cost least, each with what would be lacking."""
    lines = [f"用最近的备份：{copy_words(state)}"] if state.best else ["没有找到完好的备份。"]
    if state.has_database:
        lines.append("救出还能读的：从损坏的文件里逐条读出重建，先看结果再决定用不用（backup salvage）。")
    lines.append("请自治区办公室发回：报送过的都在对方那里；没有报送过的要补登。")
    lines.append(f"先不动：数据在 {state.folder}")
    return lines


def copy_words(state: Survey) -> str:
    """Return what the newest sound copy is and what would be lacking after it was put back."""
    if state.best is None or state.best_made is None:
        return "没有完好的备份"
    text = f"{state.best_made:%Y-%m-%d %H:%M}备份，{state.best.sight.lines}条改动，已检查完好；"
    if state.lacking is None:
        return text + f"会少{state.best.newest:%Y-%m-%d %H:%M}以后的登记"
    return text + (f"会少此后的登记约{state.lacking}条" if state.lacking else "此后没有读到新的登记")


def account(rescue: Salvage) -> list[str]:
    """Return what was saved, line by line, in the clerk's words."""
    whose = offices.default_name(rescue.office) + ("（练习）" if rescue.practice else "")
    lines = [
        f"{whose}：共{rescue.there}条改动，救出{rescue.saved}条"
        + ("，完整。" if rescue.saved == rescue.there else "。")
    ]
    for part in rescue.parts:
        if not part.office or (part.whole and not part.own):
            continue
        name = "本机登记" if part.own else f"{offices.called(part.office)}的登记"
        lines.append(f"{name}：{part.there}条中救出{part.lines_kept + part.moved}条" + _what_became(part))
    others = sum(part.whole and not part.own and bool(part.office) for part in rescue.parts)
    if others:
        lines.append(f"其他单位的登记：{others}份完整。")
    return lines


def _what_became(part: salvage.Part) -> str:
    if part.whole:
        return "，完整。"
    if part.own and part.moved:
        return f"，其中{part.moved}条另起一段保存，下次制作数据包时照常报送。"
    if part.left_out:
        return f"；另有{part.left_out}条接不上，请对方“从头重发”一次，收下后自动补齐。"
    return "；缺少的，报送过的可由自治区办公室发回补齐，没有报送过的请补登。"


def request(bench: Bench) -> Path:
    """Write down what to ask the region office for, and what to do then; return the file. Raises Trouble."""
    state = survey(bench)
    now = beijing(bench.clock.wall_ms())
    whose = state.whose or "（单位名称：                    ）"
    last = f"完好的备份只到 {state.best.newest:%Y-%m-%d %H:%M}。" if state.best else "没有完好的备份。"
    text = (
        f"数据请求单\r\n\r\n{whose}  {now:%Y-%m-%d %H:%M}\r\n\r\n"
        f"本单位的数据文件已损坏或丢失，{last}\r\n"
        "请自治区办公室在“U盘交换”中为本单位“从头重发”一个数据包，存在U盘上带来。\r\n\r\n"
        "收到以后：\r\n"
        "1. 有完好备份的，先恢复备份；没有的，点“重新建立单位”，层级和旗县与原来相同。\r\n"
        "2. 在“U盘交换”中收下带来的数据包，按提示重新授权本机。\r\n"
        "3. 报送过的登记自动补齐；没有报送过的，照纸质材料补登。\r\n"
    )
    path = bench.folder / REQUEST
    files.write(path, ("\ufeff" + text).encode())
    return path


def clear(bench: Bench) -> Path | None:
    """Set the damaged file aside so that the office can be set up anew; return where it lies. Raises Trouble."""
    path = bench.folder / DATABASE
    lock = FolderLock(bench.folder)
    try:
        memo.forget(path)
        if not path.exists():
            return None
        aside = backups.set_aside(bench.folder, bench.clock)
        with speaking("没有重新建立，原文件没有改动"):
            path.unlink()
        backup.drop_journals(path)
    finally:
        lock.release()
    return aside
