"""How versions lie side by side where the program can follow itself: packaging/launch_table.tsv."""

import re

from bundle.tree import Fault

_PLAIN = re.compile(r"[0-9]+(\.[0-9]+){1,3}")


def place(version: str) -> str:
    """Return the folder of a version below the launcher; Fault for one that the launchers cannot order."""
    if not _PLAIN.fullmatch(version):
        raise Fault(f"Versions lie side by side by their numbers; {version} is none: only a .deb can be built of it.")
    return f"versions/{version}"


def first_state(version: str) -> bytes:
    """Return the file versions/state where only this version lies."""
    return f"current={version}\nprevious=\nnext=\ntrial=\nfailed=\n".encode("ascii")
