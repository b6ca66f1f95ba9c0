"""`demo`: the practice offices, with the main ways walked through."""

import argparse
from argparse import Namespace
from pathlib import Path
from typing import TextIO

from tuopin_desktop import demo
from tuopin_desktop.cli.opening import say
from tuopin_desktop.cli.verb import Verb


def demo_options(verb: argparse.ArgumentParser) -> None:
    """Declare where the offices go, and how much is in them."""
    verb.add_argument("folder", type=Path, metavar="DIR", help="放演示数据和结果的文件夹")
    verb.add_argument(
        "--full-term",
        action="store_true",
        help="建立 2018年6月至2020年11月全程的演示数据：57支总队逐日考勤、日志和结账（约需两分钟），不输出结果文件",
    )


def tour(options: Namespace, out: TextIO) -> int:
    """Build the practice offices and say the path of every file made."""
    for line in demo.whole_term(options.folder) if options.full_term else demo.tour(options.folder):
        say(out, line)
    return 0


VERBS = (Verb("demo", "建立演示用的自治区办公室和旗县总队，走一遍主要流程", demo_options, tour),)
