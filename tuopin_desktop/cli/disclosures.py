"""`disclosures`: who saw or took out personal data in full."""

import argparse
from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import TextIO

from tuopin_desktop.cli.opening import opened, say, say_json
from tuopin_desktop.cli.verb import Verb
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.office import books, disclosurelist


def disclosures_options(verb: argparse.ArgumentParser) -> None:
    """Declare the options of `disclosures`."""
    for name, text in (("--since", "自哪一天起"), ("--until", "到哪一天止")):
        verb.add_argument(name, type=date.fromisoformat, metavar="YYYY-MM-DD", help=text)
    verb.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    verb.add_argument("--out", type=Path, metavar="OUT.pdf|OUT.xlsx", help="写成清单")


def disclosed(options: Namespace, out: TextIO) -> int:
    """List who showed, printed or took out personal data in full on this PC, or write it as a list."""
    with opened(options) as desk:
        book = disclosurelist.listed(desk, options.since, options.until)
        if options.out:
            say(out, books.write(desk, options.out, book))
        elif options.json:
            for line in book.rows:
                say_json(out, line)
        else:
            for text in books.lines(book):
                say(out, text)
    return 0


VERBS = (
    Verb("disclosures", "个人信息查阅导出记录：谁、何时、什么（只存本机）", disclosures_options, disclosed, Act.READ),
)
