"""The keys of the window as they were read off it when the pictures were drawn: for paper made without a window."""

from functools import cache

import msgspec

from tuopin_desktop.machine import files
from tuopin_desktop.machine.paths import RESOURCES
from tuopin_desktop.services.duties.keysheet import KeyRow

PATH = RESOURCES / "manual" / "keys.json"


@cache
def rows() -> tuple[KeyRow, ...]:
    """Return the keys in the order of the pages; raises Trouble when the installation is incomplete."""
    return msgspec.json.decode(files.read(PATH), type=tuple[KeyRow, ...])
