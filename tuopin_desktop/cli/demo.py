"""`demo`: the practice offices, with the main ways walked through."""

import argparse
from argparse import Namespace
from pathlib import Path
from typing import TextIO

from tuopin_desktop import demo
from tuopin_desktop.cli.opening import say
from tuopin_desktop.cli.verb import Verb


def demo_options(verb: argparse.ArgumentParser) -> None:
    """Declare where the offices go."""
    verb.add_argument("folder", type=Path, metavar="DIR", help="放演示数据和结果的文件夹")


def tour(options: Namespace, out: TextIO) -> int:
    """Build the practice offices and say the path of every file made."""
    for line in demo.tour(options.folder):
        say(out, line)
    return 0


VERBS = (Verb("demo", "建立演示用的自治区办公室和旗县总队，走一遍主要流程", demo_options, tour),)
