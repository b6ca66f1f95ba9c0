"""Short names of counties for a picture: two or three characters, each one's own (巴左, 科左中, 察后)."""

import re
from collections.abc import Iterable

_SUFFIX = re.compile(r"(自治旗|旗|县|市|区)$")
_PEOPLES = re.compile(r"(达斡尔族|族)$")
_WING = re.compile(r"^(.).+([左右])翼(.)$")
_SIDE = re.compile(r"^(.).{1,}([左右前中后])$")
_LONG = 3


def short_places(names: Iterable[str]) -> dict[str, str]:
    """Return by name a short one; those that would be called alike keep as many characters as tell them apart."""
    every = list(dict.fromkeys(names))
    shorts: dict[str, str] = {}
    for name in every:
        tries = (*_tries(name), name)
        others = {one for other in every if other != name for one in (_tries(other)[0],)}
        shorts[name] = next((one for one in tries if one not in others and one not in shorts.values()), name)
    return shorts


def _tries(name: str) -> tuple[str, ...]:
    """Return what a county may be called for short, the shortest usual one first."""
    core = _PEOPLES.sub("", _SUFFIX.sub("", name)) or name
    if wing := _WING.match(core):
        return f"{wing[1]}{wing[2]}{wing[3]}", core
    if len(core) > 2 and (side := _SIDE.match(core)):
        return f"{side[1]}{side[2]}", core
    if len(core) <= _LONG:
        return core, name
    return f"{core[0]}{name[-1]}", core[:_LONG], core


def short_names(name: str) -> tuple[str, ...]:
    """Return what a county is called for short where people speak of it, with the word for its kind and without."""
    return tuple(dict.fromkeys(one for short in _tries(name) for one in (short, _with_kind(short, name[-1]))))


def _with_kind(short: str, kind: str) -> str:
    return short if short.endswith(kind) else short + kind
