"""The contradictions in one owner's part with what was explained of them, and how the parts are merged."""

from collections.abc import Iterable
from operator import attrgetter

import msgspec

from tuopin_desktop.domain.contradictions.kinds import KINDS, Contradiction
from tuopin_desktop.domain.records import Explanation
from tuopin_desktop.domain.rules import evidence
from tuopin_desktop.domain.shelf.findings import Place, Places
from tuopin_desktop.domain.shelf.part import Part
from tuopin_desktop.domain.under import under

_NUMBER = {what: number for number, what in enumerate(KINDS)}


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """A contradiction with its place: by its kind, by where it stands among those of its kind, in its part."""

    kind: int
    place: Place
    turn: int
    item: Contradiction
    explanation: Explanation | None


def of_part(part: Part) -> list[Entry]:
    """Return the contradictions the part holds, of those posted under the measure itself."""
    facts = under(part.facts, part.policy.id)
    places, explained = Places(facts), facts.traces.explained
    return [
        Entry(_NUMBER[item.what], places.of(item), turn, item, explained.get(item.id))
        for turn, item in enumerate(evidence.subjects(facts, part.policy).values())
        if part.holds(item.kind.name, item.id)
    ]


def merge(parts: Iterable[list[Entry]]) -> list[Entry]:
    """Return the contradictions of all parts in the order of the whole."""
    return sorted((one for part in parts for one in part), key=attrgetter("kind", "place", "turn"))
