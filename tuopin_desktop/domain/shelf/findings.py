"""The findings on one owner's records, each with its place among those on everybody's, and how they are merged."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from operator import attrgetter

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.alterations import Altered
from tuopin_desktop.domain.change import Alteration, Aside
from tuopin_desktop.domain.contradictions.kinds import Contradiction
from tuopin_desktop.domain.facts import Facts, team_order
from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.domain.order import tuples
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import Posting
from tuopin_desktop.domain.rules import with_places
from tuopin_desktop.domain.shelf.part import Part
from tuopin_desktop.domain.steps import Steps
from tuopin_desktop.domain.uncounted import Uncounted, uncounted_id

Place = tuple[str | int, ...]
"""What a finding is sorted by among those of one rule; of one rule all have the same shape."""

_NOWHERE: Place = ("", -1, "")


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """A finding with its place: by pack, by rule, by where its subject stands (`domain/order.py`), in its part."""

    pack: int
    rule: int
    place: Place
    turn: int
    finding: Finding


def of_part(part: Part) -> Steps[list[Entry]]:
    """Judge what the part holds, rule by rule: the findings in the order in which the whole tells them."""
    places, entries, at = Places(part.facts), list[Entry](), (-1, -1)
    for pack, rule, record, finding in with_places(part.facts, part.policy, part.packs, part.holds):
        if at != (pack, rule):
            at = (pack, rule)
            yield
        entries.append(Entry(pack, rule, places.of(record), len(entries), finding))
    return entries


def merge(parts: Iterable[list[Entry]]) -> Iterator[Finding]:
    """Yield the findings of all parts in the order of the whole; those of one place stand in one part."""
    every = [one for part in parts for one in part]
    every.sort(key=attrgetter("pack", "rule", "place", "turn"))
    return (one.finding for one in every)


class Places:
    """Where subjects stand: people by team and seat, what nobody wrote down by what it was made of, else by owner."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def of(self, record: Record) -> Place:
        """Return the place of a finding's subject."""
        if isinstance(record, Posting):
            return (*team_order(record), ids.owner(record.id))
        if isinstance(record, Contradiction):
            return self._contradiction(record)
        if isinstance(record, Uncounted):
            return self._beside(*self._asides[record.id])
        if isinstance(record, Altered):
            return self._beside(record.key, record.changes[0])
        return (ids.owner(record.id),)

    def _contradiction(self, item: Contradiction) -> Place:
        posting = self._facts.posting_by_id.get(item.posting)
        seat = _NOWHERE if posting is None else team_order(posting)
        return (item.county, item.period.stored(), *seat, ids.owner(item.posting))

    def _beside(self, key: str, note: Alteration | Aside) -> Place:
        """Return the place of what was noted of a record: with it, or behind all others by time if it is not known."""
        kind, _, record_id = key.partition(":")
        record = self._known.get((kind, record_id))
        if record is None:
            return (kind, 1, *_NOWHERE, "", note.at, note.field, key)
        seat = team_order(record) if isinstance(record, Posting) else _NOWHERE
        return (kind, 0, *seat, ids.owner(record_id), 0, "", "")

    @cached_property
    def _asides(self) -> Mapping[str, tuple[str, Aside]]:
        first: dict[str, tuple[str, Aside]] = {}
        for one in self._facts.asides:
            first.setdefault(uncounted_id(one.key), (one.key, one))
        return first

    @cached_property
    def _known(self) -> Mapping[tuple[str, str], Record]:
        facts = self._facts
        holders = (facts, facts.duty_evidence, facts.docket, facts.traces)
        return {
            (record.kind.name, record.id): record
            for holder in holders
            for _, records in tuples(holder)
            for record in records
            if not record.deleted
        }
