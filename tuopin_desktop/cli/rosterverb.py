"""`roster`: papers about people before and during their posting."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TextIO

from tuopin_desktop.cli.opening import opened, say_book
from tuopin_desktop.services import essentials
from tuopin_desktop.services.desk import Desk
from tuopin_desktop.services.offices import county_called


def roster_parser(verb: ArgumentParser) -> None:
    """Declare the words of `roster`."""
    steps = verb.add_subparsers(dest="step", metavar="步骤", title="步骤", required=True)
    todo = steps.add_parser("todo", help="人员信息待补：谁的登记表还缺办法要用的哪些栏目")
    _county(todo)
    _listed(todo)


def _county(verb: ArgumentParser) -> None:
    verb.add_argument("--county", default="", help="旗县代码或名称（默认全部）")


def _listed(verb: ArgumentParser) -> None:
    verb.add_argument("--pdf", type=Path, metavar="OUT.pdf", help="输出 PDF")
    verb.add_argument("--xlsx", type=Path, metavar="OUT.xlsx", help="输出 Excel（都不写则逐行列出）")


def roster_verb(asked: Namespace, out: TextIO) -> int:
    """Write or say one of the papers about people."""
    with opened(asked) as desk:
        _STEPS[asked.step](desk, asked, out)
    return 0


def _todo(desk: Desk, asked: Namespace, out: TextIO) -> None:
    say_book(desk, essentials.listed(desk, county_called(desk, asked.county)), asked, out)


_STEPS = {"todo": _todo}
