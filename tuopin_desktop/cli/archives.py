"""`archive`: the verb and its parts; whoever adds a step adds one line to `PARTS`."""

from argparse import ArgumentParser
from collections.abc import Callable

from tuopin_desktop.cli.archiving import (
    aids,
    certificates,
    closing,
    compare,
    extracts,
    handing,
    items,
    periods,
    personal,
    search,
    setup,
)
from tuopin_desktop.cli.verb import Steps, Verb, steps_of

PARTS: tuple[Callable[[Steps], None], ...] = (
    setup.options,
    periods.options,
    items.options,
    compare.options,
    aids.options,
    certificates.options,
    personal.options,
    extracts.options,
    handing.options,
    closing.options,
    search.options,
)
"""What declares the steps of each subject, in the order of the help."""


def archive_options(verb: ArgumentParser) -> None:
    """Add the steps of filing."""
    steps = steps_of(verb)
    for part in PARTS:
        part(steps)


VERBS = (Verb("archive", "归档：全宗和期限、归档文件、目录、移交、结束任期", archive_options),)
