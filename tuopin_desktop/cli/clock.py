"""`clock`: both times, and the clerk's word that this computer's date is right after all."""

import argparse
from argparse import Namespace
from typing import TextIO

from tuopin_desktop.cli.opening import opened, say
from tuopin_desktop.cli.verb import Verb
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.office import clocks


def clock_options(verb: argparse.ArgumentParser) -> None:
    """Add the one option."""
    verb.add_argument("--accept", action="store_true", help="确认电脑现在的日期是对的（长时间没有使用以后）")


def clock(options: Namespace, out: TextIO) -> int:
    """Print the time of this computer and of the newest entry; with `--accept` go on from the computer's."""
    with opened(options) as desk:
        if options.accept:
            clocks.trust(desk)
        both_clocks = clocks.read(desk)
        say(
            out, f"系统时间{clocks.moment_text(both_clocks.wall)}，最近一次录入{clocks.moment_text(both_clocks.newest)}"
        )
    return 0


VERBS = (Verb("clock", "电脑时钟：系统时间和最近一次录入的时间；确认系统时间", clock_options, clock, Act.READ),)
