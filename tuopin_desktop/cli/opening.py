"""What every verb shares: the opened office, how a line is written and how a book is."""

from argparse import ArgumentParser, Namespace, _ActionsContainer
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import msgspec

from tuopin_desktop.domain.masking import discreet
from tuopin_desktop.domain.problems import Problem, Refused
from tuopin_desktop.domain.roles import refusal
from tuopin_desktop.machine.clock import DatedClock
from tuopin_desktop.services.office import books, clocks, files, frozen, upgrades
from tuopin_desktop.services.office.books import Book
from tuopin_desktop.services.office.desk import Desk


@contextmanager
def opened(options: Namespace) -> Iterator[Desk]:
    """Open the office named on the command line for one verb; what is odd beside its data or its clock is said."""
    desk = upgrades.open_desk(options.office, DatedClock(options.today) if options.today else None)
    try:
        if desk.store.notice:
            options.err.write(desk.store.notice + "\n")
        if options.act is not None and (problem := refusal(desk.who, options.act)) is not None:
            raise Refused([problem])
        if warning := clocks.warning(desk):
            options.err.write(f"{warning}\n")
        with desk.amending(options.amend):
            yield desk
    except Refused as refused:
        if not options.amend and any(problem.code == frozen.REASON for problem in refused.problems):
            hint = "命令行在命令前加：--amend 更正原因"
            raise Refused([*refused.problems, Problem(code=frozen.REASON, sentence=hint)]) from refused
        raise
    finally:
        desk.close()


def say(out: TextIO, *items: object) -> None:
    """Write one line."""
    out.write(" ".join(str(word) for word in items) + "\n")


def say_json(out: TextIO, value: Any, *, reveal: bool = False) -> None:
    """Write one JSON value on one line; a path is written as its text, what is personal in a record masked."""
    say(out, msgspec.json.encode(value if reveal else discreet(value), enc_hook=str).decode())


def book_options(verb: ArgumentParser) -> None:
    """Declare the files of a book, and that it goes to another office."""
    verb.add_argument("--pdf", type=Path, metavar="OUT.pdf", help="输出 PDF")
    verb.add_argument("--xlsx", type=Path, metavar="OUT.xlsx", help="输出 Excel（都不写则逐行列出）")
    bare_option(verb)


def bare_option(verb: _ActionsContainer) -> None:
    """Declare that what is written goes to another office."""
    verb.add_argument("--no-personal", dest="bare", action="store_true", help="不含个人信息栏（给其他单位的一份）")


def say_book(desk: Desk, book: Book[Any], options: Namespace, out: TextIO) -> None:
    """Write a book as the PDF and the workbook asked for; without a file name, say its lines."""
    if options.bare:
        book = books.bare(book)
    if options.pdf:
        say(out, files.write(desk, options.pdf, books.pdf(desk, book)))
    if options.xlsx:
        say(out, files.write(desk, options.xlsx, books.xlsx(desk, book)))
    if not options.pdf and not options.xlsx:
        for line in books.lines(book):
            say(out, line)
