"""What was answered at the first start and not yet used: kept for the next start, passwords and code never."""

from pathlib import Path

import msgspec

from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.machine import files, paths
from tuopin_desktop.services.office.founding import Ground

_FILE = "first-start.json"
_LIMIT = 64 * 1024


class SeatDraft(msgspec.Struct, frozen=True):
    """A line of the people: the name, and the key of the roles chosen."""

    name: str = ""
    role: str = ""


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """The answers of the first start as far as they were given: `step` is the page that stood open, from 0.

    `place` is the root of the disk chosen for copies, "" for none yet; `later` where it is to be decided later;
    `folder` is where the data are to lie, "" where the program puts them.
    """

    step: int = 0
    level: str = "county"
    county: str = ""
    practice: bool = False
    seats: tuple[SeatDraft, ...] = ()
    alone: bool = False
    place: str = ""
    later: bool = False
    patient: bool = True
    folder: str = ""


def kept_for(folder: Path) -> Draft:
    """Return what was answered for a folder, or nothing."""
    return _every().get(str(folder), Draft())


def keep(ground: Ground, draft: Draft) -> None:
    """Keep the answers for the next start; raises Trouble."""
    moved = str(ground.folder) if ground.folder != ground.origin else ""
    _write({**_every(), str(ground.origin): msgspec.structs.replace(draft, folder=moved)})


def settle(ground: Ground, *, movable: bool) -> None:
    """Forget the answers: the office stands; where the folder was chosen the next start finds it. Raises Trouble."""
    if movable and ground.folder != ground.origin:
        files.make_folder(paths.choice_file().parent)
        files.write(paths.choice_file(), str(ground.folder).encode())
    _write({folder: draft for folder, draft in _every().items() if folder != str(ground.origin)})


def _write(drafts: dict[str, Draft]) -> None:
    path = paths.config_folder() / _FILE
    if not drafts:
        files.remove(path)
        return
    files.make_folder(path.parent)
    files.write(path, msgspec.json.encode(drafts), private=True)


def _every() -> dict[str, Draft]:
    path = paths.config_folder() / _FILE
    try:
        return msgspec.json.decode(files.read(path, _LIMIT), type=dict[str, Draft]) if path.exists() else {}
    except (msgspec.DecodeError, UnicodeDecodeError, Trouble):
        return {}  # spoilt or not readable: the questions are asked anew
