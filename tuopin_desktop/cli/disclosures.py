"""`disclosures`: who saw or took out personal data in full."""

import argparse
from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from tuopin_desktop.cli.opening import opened, say, say_json
from tuopin_desktop.cli.verb import Verb
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.office import books, disclosurelist
from tuopin_desktop.services.office.books import Book


def disclosures_options(verb: argparse.ArgumentParser) -> None:
    """Declare the options of `disclosures`."""
    for name, text in (("--since", "自哪一天起"), ("--until", "到哪一天止")):
        verb.add_argument(name, type=date.fromisoformat, metavar="YYYY-MM-DD", help=text)
    verb.add_argument("--of", default="", metavar="NAME", help="只列经办人或内容里有这个姓名的：谁看过谁")
    verb.add_argument("--counts", action="store_true", help="下级单位各月各做了几次（随数据包报来，只有次数）")
    verb.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    verb.add_argument("--out", type=Path, metavar="OUT.pdf|OUT.xlsx", help="写成清单")


def disclosed(options: Namespace, out: TextIO) -> int:
    """List who showed, printed or took out personal data in full on this PC, or write it as a list."""
    with opened(options) as desk:
        book: Book[Any] = (
            disclosurelist.tally_list(desk)
            if options.counts
            else disclosurelist.listed(desk, options.since, options.until, options.of)
        )
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
    Verb(
        "disclosures",
        "操作记录：登录、查阅和导出个人信息、收发包、备份、清除",
        disclosures_options,
        disclosed,
        Act.READ,
    ),
)
