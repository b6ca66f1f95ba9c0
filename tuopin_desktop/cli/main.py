"""The command line: parse, do, and say a Problem or Trouble in one Chinese line."""

from collections.abc import Sequence
from typing import TextIO

from tuopin_desktop.cli.parser import parser
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.machine.paths import default_folder


def run(texts: Sequence[str], out: TextIO, err: TextIO) -> int:
    """Carry out one command; return 0 done, 1 a Problem or Trouble (said on `err`); usage errors exit with 2."""
    options = parser().parse_args(texts)
    options.office = options.office or default_folder()
    options.err = err
    try:
        return int(options.run(options, out))
    except (Refused, Trouble) as error:
        err.write(" ".join(error.sentence.split()) + "\n")
        return 1
