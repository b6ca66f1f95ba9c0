"""The last signature of an exit, once more in the own folder of the person: taking it out of the data is found out."""

import re
from contextlib import suppress
from pathlib import Path

from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.machine import files, paths

FOLDER = "exits"
_LIMIT = 1024 * 1024
_STATION = re.compile(r"[0-9a-zA-Z]{4,80}")


def keep(station: str, text: str) -> None:
    """Keep what a station signed; a folder that takes nothing keeps nothing, and the office closes all the same."""
    with suppress(Trouble):
        if _STATION.fullmatch(station):
            files.make_folder(_place(station).parent)
            files.write(_place(station), text.encode(), private=True)


def last(station: str) -> str:
    """Return what a station signed last on this PC, "" where that is not here."""
    try:
        return files.read(_place(station), _LIMIT).decode() if _STATION.fullmatch(station) else ""
    except (Trouble, UnicodeDecodeError):
        return ""


def drop(station: str) -> None:
    """Forget it: an older copy takes the place of the data, and what was signed later is not in it."""
    with suppress(Trouble):
        if _STATION.fullmatch(station):
            files.remove(_place(station))


def _place(station: str) -> Path:
    return paths.config_folder() / FOLDER / f"{station}.json"
