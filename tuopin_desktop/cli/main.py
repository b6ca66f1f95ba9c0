"""The command line: parse, do, and say a Problem or Trouble in one Chinese line."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TextIO

from tuopin_desktop.cli.parser import parser
from tuopin_desktop.cli.verbs import VERBS
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.services.offices import default_folder


def run(words: Sequence[str], out: TextIO, err: TextIO) -> int:
    """Carry out one command; return 0 done, 1 a Problem or Trouble (said on `err`); usage errors exit with 2."""
    asked = parser().parse_args(words)
    asked.office = asked.office or default_folder()
    try:
        return VERBS[asked.verb](asked, out)
    except (Refused, Trouble) as error:
        err.write(" ".join(error.sentence.split()) + "\n")
        return 1


def wants_window(words: Sequence[str]) -> tuple[Path, date | None] | None:
    """Return data folder and business day when no verb is given and the window is wanted, else None."""
    asked = parser().parse_args(words)
    return None if asked.verb else (asked.office or default_folder(), asked.today)


def speak_utf8() -> None:
    """Make the standard streams take Chinese whatever the console's code page is."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
