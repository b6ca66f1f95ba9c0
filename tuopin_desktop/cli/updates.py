"""`update`: a new version of the program by stick: looked at, laid beside the one that runs, gone back from."""

import argparse
from argparse import Namespace
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from tuopin_desktop.cli.opening import opened, say
from tuopin_desktop.cli.verb import Verb, step, steps_of
from tuopin_desktop.domain.problems import Damaged, Newer
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.exchange import updates
from tuopin_desktop.services.office import offices, upgrades


def update_options(verb: argparse.ArgumentParser) -> None:
    """Add the sub-verbs."""
    steps = steps_of(verb)
    show_parser = step(
        steps, "show", _show, act=Act.READ, help="查看程序版本；给出更新文件时核对签名，说明换上会怎样，不写入任何数据"
    )
    show_parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help="U盘上的更新文件")
    take_parser = step(steps, "take", _take, act=Act.UPDATE, help="备份数据，把新版放在旧版旁边，下次打开窗口时换上")
    take_parser.add_argument("file", type=Path, metavar="FILE", help="U盘上的更新文件")
    back = step(
        steps,
        "back",
        _back,
        act=Act.UPDATE,
        help="已备好新版的，不换了；没有的，换回留着的另一个版本。不加 --yes 只说明意味着什么",
    )
    back.add_argument("--yes", action="store_true", help="已看过意味着什么，下次打开窗口时换回")


def update(options: Namespace, out: TextIO) -> int:
    """Carry out one step; going back must work where the data are of a later version, so each opens what it needs."""
    options.do(options, out)
    return 0


def _show(options: Namespace, out: TextIO) -> None:
    if options.file is None:
        say(out, f"{upgrades.sentence(upgrades.standing())}。")
        return
    with opened(options) as desk:
        for text in updates.account(desk, options.file):
            say(out, text)


def _take(options: Namespace, out: TextIO) -> None:
    with opened(options) as desk:
        say(out, updates.take(desk, options.file))


def _back(options: Namespace, out: TextIO) -> None:
    if offices.is_office(options.office):
        with suppress(Damaged, Newer), opened(options):
            pass  # data of a later version name nobody, and going back is what they wait for
    if options.yes:
        say(out, upgrades.back())
        return
    say(out, upgrades.back_meaning())
    say(out, "现在什么也没有改变。看清以上内容后换回：update back --yes")


VERBS = (Verb("update", "程序更新：查看、用U盘上的更新文件换新版、换回旧版", update_options, update),)
