"""Record ids and office codes: an id begins with its owner's GB/T 2260 code, and authority is a prefix of it."""

import enum
import re

REGION = "15"
"""The autonomous region; league offices have 4 digits, county offices 6 (GB/T 2260)."""

_KEY = re.compile(r"([a-z_]{1,40}):(([0-9]{2,12})/[^\s/]{1,120}(?:/[^\s/]{1,60})*)")
_OFFICE = re.compile(r"15((?!00)[0-9]{2}((?!00)[0-9]{2})?)?")
_LONGEST = 6
_LOCAL = 12


class Level(enum.Enum):
    """The levels of an office."""

    REGION = "region"
    LEAGUE = "league"
    COUNTY = "county"


def level_of(office: str) -> Level:
    """Return the level of an office code; raises ValueError for anything that is not one."""
    if not _OFFICE.fullmatch(office):
        raise ValueError(f"not an office code: {office}")
    return {2: Level.REGION, 4: Level.LEAGUE, 6: Level.COUNTY}[len(office)]


def key(kind: str, record_id: str) -> str:
    """Return the log key of a record."""
    return f"{kind}:{record_id}"


def split(log_key: str) -> tuple[str, str]:
    """Return (kind, id) of a log key; raises ValueError when it is not well formed."""
    match = _KEY.fullmatch(log_key)
    if match is None:
        raise ValueError(f"not a key: {log_key[:60]}")
    return match[1], match[2]


def well_formed(log_key: str) -> bool:
    """Return whether a text is a log key `kind:id`."""
    return _KEY.fullmatch(log_key) is not None


def owner(record_id: str) -> str:
    """Return the owner code an id begins with."""
    return record_id.split("/", 1)[0]


def under(office: str, record_id: str) -> str:
    """Return an id as the same record bears it under another office: a blank one is moved to where it belongs."""
    return f"{office}/{own_part(record_id)}"


def own_part(record_id: str) -> str:
    """Return what follows the owner code in an id, "" where nothing does."""
    return record_id.partition("/")[2]


def county(record_id: str) -> str:
    """Return the county an id belongs to; "" for what a higher office keeps, for all or for itself."""
    code = owner(record_id)
    try:
        return code if level_of(code) is Level.COUNTY else ""
    except ValueError:
        return ""


def mark(code: str) -> str:
    """Return an office code as the rooms below carry it; `services/registers/wording.py` puts its name there."""
    return f"〔{code}〕"


def private(office: str) -> str:
    """Return the code under which an office keeps what the offices below it are not given.

    GB/T 2260 pads a code with zeros to name the place itself: 150000 is the region's own, 150400 that of league
    1504. Such a code lies below the office and above or beside nobody, so `sees` needs no exception for it: the
    offices above see it, those below do not. A county has nobody below it: its own code is private.
    """
    return office.ljust(_LONGEST, "0")


def local(office: str) -> str:
    """Return the code under which a computer keeps what no other is given: the office's, padded to 12 digits.

    GB/T 2260 ends at 6 digits and its statistical extension at 12, so it is no office's code.
    """
    return office.ljust(_LOCAL, "0")


def is_local(scope: str) -> bool:
    """Tell whether what is kept under a code is one computer's own."""
    return len(scope) >= _LOCAL


def sees(office: str, scope: str) -> bool:
    """Tell whether an office is given a feed of that scope.

    It is given what was written for itself or an office below it, and what offices above it wrote for all; what is one
    computer's own nobody is given.
    """
    return not is_local(scope) and (scope.startswith(office) or office.startswith(scope))
