"""What every verb shares: the opened office with somebody at the desk, how a line is written and how a book is."""

import getpass
import os
from argparse import ArgumentParser, Namespace, _ActionsContainer
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import msgspec

from tuopin_desktop.domain.masking import discreet
from tuopin_desktop.domain.problems import Locked, Problem, Refused, refuse
from tuopin_desktop.domain.roles import Signed, refusal
from tuopin_desktop.machine.clock import Clock, DatedClock
from tuopin_desktop.services.office import books, clocks, exitsigns, files, frozen, upgrades, users
from tuopin_desktop.services.office.books import Book
from tuopin_desktop.services.office.desk import Desk

CODE = "恢复码"
_HINTS = {frozen.REASON: "命令行在命令前加：--amend 更正原因", users.GIVEN: "命令行用 user password 换"}
"""What a refusal means on the command line, by its code."""


@contextmanager
def unsigned(options: Namespace) -> Iterator[Desk]:
    """Open the office named on the command line, with nobody signed in; what is odd beside its data is said.

    Data that the account of this PC does not open are opened by the password of whoever is named.
    """
    clock = DatedClock(options.today) if options.today else None
    try:
        desk = upgrades.open_desk(options.office, clock)
    except Locked:
        desk = _by_what_is_told(options, clock)
    try:
        if desk.store.notice:
            options.err.write(desk.store.notice + "\n")
        yield desk
        if desk.wrote:
            exitsigns.sign(desk)
    finally:
        desk.close()


def _by_what_is_told(options: Namespace, clock: Clock | None) -> Desk:
    if hasattr(options, "code_fd"):
        return users.open_by_code(options.office, clock, password_of(options, options.name, CODE, options.code_fd))
    if not options.user:
        raise Locked("数据是加密的，这台电脑的登录用户不能直接打开：请在命令前写明 --user 姓名，再输入口令")
    return users.open_locked(options.office, clock, password_of(options, options.user))


@contextmanager
def opened(options: Namespace) -> Iterator[Desk]:
    """Open the office for one verb with whoever is named at the desk; what is odd beside its data or clock is said."""
    with unsigned(options) as desk:
        try:
            _admit(desk, options)
            if warning := clocks.warning(desk):
                options.err.write(f"{warning}\n")
            with desk.amending(options.amend), desk.countersigned(_second(desk, options)):
                yield desk
        except Refused as refused:
            codes = {problem.code for problem in refused.problems}
            hints = [Problem(code=code, sentence=hint) for code, hint in _HINTS.items() if code in codes]
            if not hints or options.amend:
                raise
            raise Refused([*refused.problems, *hints]) from refused


def _admit(desk: Desk, options: Namespace) -> None:
    """Sign in whoever is named, and ask the table of roles before the verb begins."""
    if options.user and desk.who.name != options.user:
        users.sign_in(desk, options.user, lambda: password_of(options, options.user))
    elif not options.user and users.sign_in_alone(desk):
        raise refuse("user", "本单位登记了使用人，要先登录：在命令前写明 --user 姓名", "user")
    if options.act is not None and (problem := refusal(desk.who, options.act)) is not None:
        raise Refused([problem])


def _second(desk: Desk, options: Namespace) -> Signed | None:
    if not options.second:
        return None
    return users.beside(desk, options.second, password_of(options, options.second, "口令", options.second_fd))


def password_of(options: Namespace, name: str, what: str = "口令", descriptor: int | None = None) -> str:
    """Return what somebody types unseen, or the first line of an open file: never a word of the command line.

    A descriptor is read once: the password of whoever signs in, and the code, are remembered for the one command.
    """
    if what == CODE or name == options.user:
        place = f"text_{what}"
        if not hasattr(options, place):
            setattr(options, place, _read(name, descriptor if what == CODE else options.password_fd, what))
        return str(getattr(options, place))
    return _read(name, descriptor, what)


def new_password(name: str, descriptor: int | None) -> str:
    """Return a password to be set: typed twice, or the first line of an open file; raises Refused."""
    text = _read(name, descriptor, "新口令")
    if descriptor is None and text != _read(name, None, "新口令，再输一遍"):
        raise refuse("password", "两遍输入的不一样，口令没有改动", "password")
    return text


def _read(name: str, descriptor: int | None, what: str) -> str:
    if descriptor is None:
        return getpass.getpass(f"{name}的{what}：")
    try:
        with os.fdopen(os.dup(descriptor), encoding="utf-8") as file:
            return file.readline().rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise refuse(
            "password", f"读不到{name}的{what}：文件描述符{descriptor}没有打开，或不是文字", "password"
        ) from error


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
