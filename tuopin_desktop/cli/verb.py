"""A verb of the command line: its name, help, options and what it does, declared in one place."""

import argparse
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import NamedTuple, TextIO, TypeAlias

from tuopin_desktop.cli.opening import opened
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.office.desk import Desk

Steps: TypeAlias = "argparse._SubParsersAction[ArgumentParser]"
Do = Callable[[Desk, Namespace, TextIO], int | None]
"""What a step does in the open office; nothing or 0 when all went well."""


def steps_of(verb: ArgumentParser, *, dest: str = "step", metavar: str = "步骤") -> Steps:
    """Give a verb its steps; one of them has to be named."""
    return verb.add_subparsers(dest=dest, metavar=metavar, title=metavar, required=True)


def step(steps: Steps, name: str, do: Callable[..., int | None], *, act: Act, help: str) -> ArgumentParser:
    """Add a step with what it does and what it is to do it; return its parser for its options.

    `act` is asked of the table of roles before the step begins (`domain/roles.py`); a step that writes one thing or
    another, as its options say, declares reading, and is asked again where it writes.
    """
    parser = steps.add_parser(name, help=help)
    parser.set_defaults(do=do, act=act)
    return parser


def in_office(options: Namespace, out: TextIO) -> int:
    """Open the office and carry out the step that was named."""
    with opened(options) as desk:
        return options.do(desk, options, out) or 0


def no_options(_: ArgumentParser) -> None:
    """Leave a verb without options of its own."""


class Verb(NamedTuple):
    """One verb: `run` gets the parsed options and standard output and returns the exit code.

    A verb made of steps needs no `run` of its own, and its steps say each what it is to do them: `act`.
    """

    name: str
    help: str
    options: Callable[[ArgumentParser], None]
    run: Callable[[Namespace, TextIO], int] = in_office
    act: Act | None = None
