"""Record ids and office codes: an id begins with its owner's GB/T 2260 code, and authority is a prefix of it."""

import enum
import re

REGION = "15"
"""The autonomous region; league offices have 4 digits, county offices 6 (`exchange.md`)."""

_KEY = re.compile(r"([a-z_]{1,40}):(([0-9]{2,12})/[^\s/]{1,120}(?:/[^\s/]{1,60})*)")
_OFFICE = re.compile(r"15([0-9]{2}([0-9]{2})?)?")


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


def owner(record_id: str) -> str:
    """Return the owner code an id begins with."""
    return record_id.split("/", 1)[0]


def sees(office: str, scope: str) -> bool:
    """Tell whether an office is given a feed of that scope: its own subtree and its ancestors' broadcasts."""
    return scope.startswith(office) or office.startswith(scope)
