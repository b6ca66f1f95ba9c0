"""`backup` and `verify`: copies of the database, the ways out of a damaged one, and the check of everything."""

import argparse
from argparse import Namespace
from pathlib import Path
from typing import TextIO

from tuopin_desktop.cli.opening import CODE, opened, password_of, say, say_json
from tuopin_desktop.cli.verb import Verb, no_options, step, steps_of
from tuopin_desktop.domain.problems import Damaged, Newer, Trouble
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.machine.clock import Clock
from tuopin_desktop.services.office import backups, files, offices, recovery, rescue, soundness
from tuopin_desktop.services.office.backups import BackupInspection


def backup_options(verb: argparse.ArgumentParser) -> None:
    """Add the sub-verbs."""
    steps = steps_of(verb)
    parser = step(steps, "list", _list, act=Act.READ, help="列出本机的备份，新的在前")
    parser.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    argument_parser = step(steps, "make", _make, act=Act.COPY, help="立即备份")
    argument_parser.add_argument(
        "--to", type=Path, metavar="OUT.db", help="加密存到指定的文件（默认存在数据文件夹的“备份”里）"
    )
    looked = step(steps, "look", _look, act=Act.READ, help="检查一个备份：是哪个单位的、有多少条记录、最后改动时间")
    looked.add_argument("file", type=Path, metavar="FILE.db")
    _by_code(looked)
    back = step(steps, "restore", _restore, act=Act.RESTORE, help="用备份替换现有数据；现有数据先另存为备份")
    back.add_argument("file", type=Path, nargs="?", metavar="FILE.db", help="不写时用最近一份完好的备份")
    _by_code(back)
    fresh = step(steps, "code", _code, act=Act.USERS, help="换一个新的恢复码：只显示这一次，以前的作废")
    fresh.add_argument("--pdf", type=Path, metavar="OUT.pdf", help="另存为可以打印的一页（没有加密）")
    text = "数据文件损坏时，从还能读出的登记重建；损坏的文件原样另存"
    saved = step(steps, "salvage", _salvage, act=Act.RESTORE, help=text)
    saved.add_argument("--dry-run", action="store_true", help="只看能救出多少，不换上")
    step(steps, "ways", _ways, act=Act.READ, help="数据打不开时：列出可以走的路，什么都不改动")


def backup(options: Namespace, out: TextIO) -> int:
    """Carry out one step; those that put data back need the office closed, so each step opens it for itself."""
    options.do(options, out)
    return 0


def _list(options: Namespace, out: TextIO) -> None:
    with opened(options) as desk:
        for one in backups.listed(desk):
            if options.json:
                say_json(out, one)
            else:
                say(out, f"{one.made:%Y-%m-%d %H:%M}\t{one.kind}\t{one.size // 1024} KB\t{one.path}")


def _make(options: Namespace, out: TextIO) -> None:
    with opened(options) as desk:
        say(out, backups.save_to(desk, options.to) if options.to else backups.make(desk).path)


def _by_code(verb: argparse.ArgumentParser) -> None:
    text = "备份来自别的电脑：提示输入恢复码（或备份当时的口令）"
    verb.add_argument("--recovery-code", action="store_true", help=text)
    verb.add_argument("--recovery-code-fd", type=int, metavar="N", help="从这个文件描述符读恢复码的第一行")


def _unlock(options: Namespace, path: Path) -> None:
    if options.recovery_code or options.recovery_code_fd is not None:
        backups.unlock(path, options.office, password_of(options, path.name, CODE, options.recovery_code_fd))


def _code(options: Namespace, out: TextIO) -> None:
    with opened(options) as desk:
        paper = recovery.issue(desk)
        say(out, f"恢复码（只显示这一次，请抄下收好）：{paper.code}")
        if options.pdf:
            say(out, files.write(desk, options.pdf, recovery.pdf(desk, paper)))


def _look(options: Namespace, out: TextIO) -> None:
    _unlock(options, options.file)
    say(out, _words(backups.look(options.file, options.office)))


def _bench(options: Namespace) -> rescue.Bench:
    """Return what a closed office is mended on: it may not open at all."""
    return rescue.Bench(options.office, Clock())


def _ask_roles(options: Namespace) -> None:
    """Ask whoever is to put data back who he is; data that do not open name nobody, and their key stands before them.

    The window goes the same way: its ways out of damaged data come before the login.
    """
    if not offices.is_office(options.office):
        return
    try:
        with opened(options):
            return
    except (Damaged, Newer):
        return


def _restore(options: Namespace, out: TextIO) -> None:
    _ask_roles(options)
    bench = _bench(options)
    path = options.file
    is_taken = offices.is_office(options.office)
    if path is None:
        best = rescue.survey(bench).best
        if best is None:
            raise Trouble("没有找到完好的备份。数据文件损坏时可以“backup salvage”，或请自治区办公室发回。")
        path = best.path
    _unlock(options, path)
    backup_inspection = backups.look(path, options.office)
    file = rescue.restore(bench, path)
    say(out, f"已恢复：{_words(backup_inspection)}")
    if file:
        say(out, f"替换下来的数据在 {file}")
    elif is_taken:
        say(out, "原来的数据文件已损坏，原样另存在“备份”文件夹里")


def _salvage(options: Namespace, out: TextIO) -> None:
    _ask_roles(options)
    bench = _bench(options)
    salvage = rescue.attempt(bench)
    for line in rescue.account(salvage):
        say(out, line)
    if options.dry_run:
        rescue.give_up(salvage)
        return
    aside = rescue.adopt(bench, salvage)
    say(out, f"已换上救出的数据；原文件没有改动，在 {aside}" if aside else "已换上救出的数据")


def _ways(options: Namespace, out: TextIO) -> None:
    for line in rescue.ways(rescue.survey(_bench(options))):
        say(out, line)


def verify(options: Namespace, out: TextIO) -> int:
    """Check everything; 1 when something does not agree."""
    with opened(options) as desk:
        soundness_of_office = soundness.verify(desk)
    say(out, soundness_of_office.sentence)
    return 1 if soundness_of_office.fault else 0


def _words(inspection: BackupInspection) -> str:
    practice = "（练习）" if inspection.sight.practice else ""
    whose = offices.default_name(inspection.sight.office) + practice
    return f"{whose}，{inspection.sight.lines}条改动，最后改动{backups.newest_words(inspection)}"


VERBS = (
    Verb("backup", "备份：列出、立即备份、检查、恢复；数据损坏时救出", backup_options, backup),
    Verb("verify", "全面检查：数据文件每一页、每条改动、每条登记是否一致", no_options, verify, Act.CHECK),
)
