"""Finding a county or a league by whatever somebody types of it: characters, pinyin, initials, short name, code."""

from collections.abc import Sequence

import msgspec

from tuopin_desktop.domain.shortplaces import short_names
from tuopin_desktop.domain.spelling import initials


class Place(msgspec.Struct, frozen=True):
    """A county or a league: its code, its name, and the league a county belongs to ("" for a league)."""

    code: str
    name: str
    league: str = ""


def hits(places: Sequence[Place], text: str) -> list[Place]:
    """Return the places that are meant by what was typed, the likeliest first; none for nothing.

    What is called or coded just so comes first, then what begins so, then what only contains it.
    """
    key = "".join(text.split()).casefold()
    if not key:
        return []
    ranks = [(rank, place) for place in places if (rank := _rank(place, key)) is not None]
    return [place for _, place in sorted(ranks, key=lambda pair: pair[0])]


def _rank(place: Place, key: str) -> int | None:
    names = _names(place)
    if key in names:
        return 0
    if any(name.startswith(key) for name in names):
        return 1
    is_word = not key.isascii()
    return 2 if is_word and any(key in name for name in (place.name, place.league)) else None


def _names(place: Place) -> set[str]:
    spoken = {place.name, place.league + place.name, *short_names(place.name)}
    return spoken | {place.code} | {one for word in spoken for one in initials(word)}
