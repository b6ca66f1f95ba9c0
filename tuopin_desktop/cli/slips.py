"""`slip`: leave slips, or a blank form, as PDF."""

import argparse
from argparse import Namespace
from pathlib import Path
from typing import TextIO

from tuopin_desktop.cli.opening import opened, say
from tuopin_desktop.cli.verb import Verb
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.office import files


def slip_options(verb: argparse.ArgumentParser) -> None:
    """Declare the options of `slip`."""
    which = verb.add_mutually_exclusive_group(required=True)
    which.add_argument("--number", metavar="N", help="编号，如 2018-0001")
    which.add_argument("--all", action="store_true", help="全部，合成一个文件")
    which.add_argument("--blank", type=int, choices=(1, 2, 3), help="空白的附件1或附件2；3为驻村请假单（示例）")
    verb.add_argument("--overprint", action="append", metavar="CELL", help="套打：只输出这一格，如 return_note，可重复")
    verb.add_argument("--pdf", type=Path, required=True, metavar="OUT.pdf")


def slip(options: Namespace, out: TextIO) -> int:
    """Write leave slips, or a blank form, as one PDF; a blank form needs no office."""
    if options.overprint and not options.number:
        raise refuse("overprint", "套打一次只能用于一张报备单，请用 --number 写明编号", "overprint")
    if options.blank:
        say(out, files.write(None, options.pdf, leave.blank(None, options.blank)))
        return 0
    with opened(options) as desk:
        slips: list[LeaveSlip] = []
        if options.overprint:
            content = leave.overprint_pdf(desk, leave.numbered(desk, options.number).id, options.overprint)
        else:
            slips = leave.slips(desk)[::-1] if options.all else [leave.numbered(desk, options.number)]
            content = leave.pdf(desk, [one.id for one in slips])
        say(out, files.write(desk, options.pdf, content))
        for one in slips:
            if missing := "".join(dict.fromkeys(item.char for item in leave.sheet(desk, one).missing)):
                say(out, f"{one.number}：字库中没有“{missing}”，印为〓，请手写补上")
    return 0


VERBS = (Verb("slip", "输出请假报备单 PDF", slip_options, slip, Act.PRINT),)
