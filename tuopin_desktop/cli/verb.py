"""A verb of the command line: its name, help, options and what it does, declared in one place."""

import argparse
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import NamedTuple, TextIO, TypeAlias

from tuopin_desktop.cli.opening import opened
from tuopin_desktop.services.office.desk import Desk

Steps: TypeAlias = "argparse._SubParsersAction[ArgumentParser]"
Do = Callable[[Desk, Namespace, TextIO], int | None]
"""What a step does in the open office; nothing or 0 when all went well."""


def steps_of(verb: ArgumentParser, *, dest: str = "step", metavar: str = "步骤") -> Steps:
    """Give a verb its steps; one of them has to be named."""
    return verb.add_subparsers(dest=dest, metavar=metavar, title=metavar, required=True)


def step(steps: Steps, name: str, do: Callable[..., int | None], *, help: str) -> ArgumentParser:
    """Add a step with what it does, so that no second table says it; return its parser for its options."""
    parser = steps.add_parser(name, help=help)
    parser.set_defaults(do=do)
    return parser


def in_office(options: Namespace, out: TextIO) -> int:
    """Open the office and carry out the step that was named."""
    with opened(options) as desk:
        return options.do(desk, options, out) or 0


def no_options(_: ArgumentParser) -> None:
    """Leave a verb without options of its own."""


class Verb(NamedTuple):
    """One verb: `run` gets the parsed options and standard output and returns the exit code.

    A verb made of steps needs no `run` of its own.
    """

    name: str
    help: str
    options: Callable[[ArgumentParser], None]
    run: Callable[[Namespace, TextIO], int] = in_office
