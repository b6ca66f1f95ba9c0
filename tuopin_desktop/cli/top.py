"""What is said before any verb: the data folder and the business day. Enough to know that the window is wanted.

Apart from the verbs, which lead to every use case: a window should not wait for what it does not show.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

from tuopin_desktop import __version__
from tuopin_desktop.cli.usage import Parser
from tuopin_desktop.machine.paths import default_folder


def common(top: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Add the options that stand before a verb."""
    top.add_argument("--version", action="version", version=__version__, help="显示版本号后退出")
    top.add_argument("--office", type=Path, metavar="DIR", help="数据文件夹（默认：本用户的数据文件夹）")
    text = "按哪一天办理和检查（默认今天；补录旧事时用）"
    top.add_argument("--today", type=date.fromisoformat, metavar="YYYY-MM-DD", help=text)
    top.add_argument("--user", default="", metavar="NAME", help="登录人姓名（登记了使用人的要写明），随后输入口令")
    text = "从这个已打开的文件描述符读口令的第一行，不提示输入；口令从不写在命令里"
    top.add_argument("--password-fd", type=int, metavar="N", help=text)
    top.add_argument("--second", default="", metavar="NAME", help="要两个人办的事：另一位的姓名")
    top.add_argument("--second-fd", type=int, metavar="N", help="从这个文件描述符读另一位的口令")
    text = "更正原因：已签字、报出、决定或照纸录入的登记有误时写明，原来的内容照样保留"
    top.add_argument("--amend", default="", metavar="REASON", help=text)
    return top


class _UnclearError(Exception):
    """The words are not those of a plain window; the whole parser says what is wrong with them."""


class _Top(Parser):
    def error(self, message: str) -> NoReturn:
        raise _UnclearError(message)

    def print_help(self, file: object = None) -> NoReturn:
        raise _UnclearError


def wants_window(texts: Sequence[str]) -> tuple[Path, date | None] | None:
    """Return data folder and business day when no verb is given and the window is wanted, else None."""
    try:
        options, rest = common(_Top()).parse_known_args(texts)
    except _UnclearError:
        return None
    return None if rest else (options.office or default_folder(), options.today)


def folder_of(texts: Sequence[str]) -> Path:
    """Return the data folder that a command names, or the user's own."""
    try:
        options, _ = common(_Top()).parse_known_args(texts)
    except _UnclearError:
        return default_folder()
    return options.office or default_folder()


def speak_utf8() -> None:
    """Make the standard streams take Chinese whatever the console's code page is."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
