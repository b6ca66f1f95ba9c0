"""`manual`: the manual as one paper, or as plain pages on a stick."""

import argparse
from argparse import Namespace
from pathlib import Path
from typing import TextIO

from tuopin_desktop.cli.opening import say
from tuopin_desktop.cli.verb import Verb, step, steps_of
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.manual import papers, web
from tuopin_desktop.services.office.desk import Desk


def manual_options(verb: argparse.ArgumentParser) -> None:
    """Declare the steps of `manual`."""
    steps = steps_of(verb)
    one = step(steps, "pdf", _pdf, act=Act.READ, help="全部说明印成一本：目录、图、按键表、职责卡、条文")
    one.add_argument("out", type=Path, metavar="OUT.pdf", help="写成这个文件")
    copy = step(steps, "copy", _copy, act=Act.READ, help="拷成网页，在任何电脑的浏览器里看")
    copy.add_argument("folder", type=Path, metavar="DIR", help="U盘或文件夹，在里面建“使用手册”")


def _pdf(desk: Desk, options: Namespace, out: TextIO) -> None:
    say(out, papers.write(desk, (), options.out))


def _copy(desk: Desk, options: Namespace, out: TextIO) -> None:
    say(out, web.write(desk, (), options.folder))


VERBS = (Verb("manual", "使用手册：印成一本PDF，或拷到U盘上", manual_options),)
