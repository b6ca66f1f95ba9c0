"""The verbs in the order of the help, and the parser made of them."""

import argparse

from tuopin_desktop.cli import (
    appraisal,
    archives,
    attachments,
    attendance,
    backups,
    checks,
    clock,
    demo,
    disclosures,
    duties,
    evidence,
    exchange,
    journals,
    leave,
    manual,
    offices,
    packs,
    purging,
    recall,
    registers,
    reports,
    roster,
    rulings,
    slips,
    spotchecks,
    updates,
    users,
)
from tuopin_desktop.cli.top import common
from tuopin_desktop.cli.usage import Parser
from tuopin_desktop.cli.verb import Verb

VERBS: tuple[Verb, ...] = (
    *offices.VERBS,
    *registers.VERBS,
    *roster.VERBS,
    *checks.VERBS,
    *slips.VERBS,
    *attachments.VERBS,
    *disclosures.VERBS,
    *leave.VERBS,
    *duties.VERBS,
    *attendance.VERBS,
    *journals.VERBS,
    *rulings.VERBS,
    *packs.VERBS,
    *spotchecks.VERBS,
    *appraisal.VERBS,
    *evidence.VERBS,
    *reports.VERBS,
    *exchange.VERBS,
    *updates.VERBS,
    *users.VERBS,
    *clock.VERBS,
    *backups.VERBS,
    *recall.VERBS,
    *purging.VERBS,
    *archives.VERBS,
    *manual.VERBS,
    *demo.VERBS,
)


def parser() -> argparse.ArgumentParser:
    """Return the parser, whose answer carries what the verb runs; without a verb the window is wanted."""
    top: argparse.ArgumentParser = Parser(
        prog="tuopin-desktop", description="脱贫攻坚工作总队管理。不带命令时打开窗口。"
    )
    common(top)
    verbs = top.add_subparsers(dest="verb", metavar="命令", title="命令")
    for verb in VERBS:
        one = verbs.add_parser(verb.name, help=verb.help)
        one.set_defaults(run=verb.run, act=verb.act)
        verb.options(one)
    return top
