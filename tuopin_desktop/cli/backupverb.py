"""`backup`: checked copies of the office's database: list, make, look at one, put one back."""

import argparse
from argparse import Namespace
from pathlib import Path
from typing import TextIO

from tuopin_desktop.cli.opening import opened, say, say_json
from tuopin_desktop.services import backups, offices
from tuopin_desktop.services.backups import Found


def backup_parser(verb: argparse.ArgumentParser) -> None:
    """Add the sub-verbs."""
    steps = verb.add_subparsers(dest="step", metavar="步骤", title="步骤", required=True)
    listed = steps.add_parser("list", help="列出本机的备份，新的在前")
    listed.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    made = steps.add_parser("make", help="立即备份")
    made.add_argument("--to", type=Path, metavar="OUT.db", help="存到指定的文件（默认存在数据文件夹的“备份”里）")
    looked = steps.add_parser("look", help="检查一个备份：是哪个单位的、有多少条记录、最后改动时间")
    looked.add_argument("file", type=Path, metavar="FILE.db")
    back = steps.add_parser("restore", help="用备份替换现有数据；现有数据先另存为备份")
    back.add_argument("file", type=Path, metavar="FILE.db")


def backup_verb(asked: Namespace, out: TextIO) -> int:
    """Carry out one step; putting back needs the office closed, so it is not opened here."""
    if asked.step == "look":
        say(out, _words(backups.look(asked.file)))
        return 0
    if asked.step == "restore":
        kept = backups.restore(asked.office, asked.file)
        say(out, f"已恢复：{_words(backups.look(asked.file))}")
        say(out, f"替换下来的数据在 {kept}" if kept else "原来的数据文件已损坏，另存在“备份”文件夹里")
        return 0
    with opened(asked) as desk:
        if asked.step == "make":
            say(out, backups.save_to(desk, asked.to) if asked.to else backups.make(desk).path)
            return 0
        for one in backups.listed(desk):
            if asked.json:
                say_json(out, one)
            else:
                say(out, f"{one.made:%Y-%m-%d %H:%M}\t{one.kind}\t{one.size // 1024} KB\t{one.path}")
    return 0


def _words(found: Found) -> str:
    practice = "（演示）" if found.sight.practice else ""
    whose = offices.default_name(found.sight.office) + practice
    return f"{whose}，{found.sight.lines}条改动，最后改动{backups.newest_words(found)}"
