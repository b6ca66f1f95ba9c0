"""`check`: the rules, applied to every record."""

import argparse
from argparse import Namespace
from typing import TextIO

from tuopin_desktop.cli.opening import opened, say, say_json
from tuopin_desktop.cli.verb import Verb
from tuopin_desktop.domain.findings import Finding, Verdict
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.judging import judging


def check_options(verb: argparse.ArgumentParser) -> None:
    """Declare the options of `check`."""
    verb.add_argument("--rule", metavar="KEY", help="只查一条规则，如 A03-4，或一组，如 A10-*")
    verb.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    verb.add_argument("--all", action="store_true", help="连符合规定的也逐条列出")


def check(options: Namespace, out: TextIO) -> int:
    """Apply the rules; each finding is written as soon as it is judged."""
    count = number = 0
    with opened(options) as desk:
        for finding in judging.stream(desk, options.rule):
            count += 1
            if options.json:
                say_json(out, finding)
            elif options.all or finding.verdict is not Verdict.OK:
                number += 1
                _tell(out, finding)
    if not options.json:
        nothing = "没有可检查的记录：" if not count else ""
        say(out, f"{nothing}共检查{count}项，列出{number}项，其余符合规定。")
    return 0


def _tell(out: TextIO, finding: Finding) -> None:
    say(out, f"[{finding.verdict.label}] {finding.rule} {finding.subject_words}：{finding.sentence}")
    for step in finding.steps:
        say(out, f"    {step}")


VERBS = (Verb("check", "按管理办法检查，逐条给出依据和算式", check_options, check, Act.READ),)
