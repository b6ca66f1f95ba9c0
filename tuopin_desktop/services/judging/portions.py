"""The office's records in portions of neighbouring counties, so that a whole region is judged in bounded memory.

A portion holds every record of its counties, and of the others those that a record of its own leads to or that lead
to one: whoever served in two counties is judged in each of them with all that is known of him.
"""

from collections.abc import Iterable, Mapping
from functools import cache

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.record import Field, Form, Record, fields
from tuopin_desktop.domain.records import KINDS, Posting
from tuopin_desktop.domain.steps import Steps, at_once
from tuopin_desktop.services.office.desk import Desk

# Bounds the memory of a check: facts and findings of one portion are dropped before the next is read. Smaller
# portions read more records twice, those of people who served in two counties.
SIZE = 2_000
"""Postings after which the next county begins a new portion; the region of 57 teams is one portion for decades."""

_LAST = "\U0010ffff"

Link = tuple[str, str]
"""A record's id, and the id or county code of another owner that one of its fields names."""

Rows = dict[type[Record], tuple[Record, ...]]

Range = tuple[str, str]
"""Ids from the first on and before the second."""


class Portion(msgspec.Struct, frozen=True):
    """Neighbouring owners: those whose code is `first` or behind it and before `end`."""

    first: str
    end: str

    def holds(self, name: str) -> bool:
        """Tell whether a record id or a county code belongs to the portion."""
        return self.first <= name < self.end


def portions(desk: Desk, size: int = SIZE) -> list[Portion]:
    """Return the portions of this office and those below it, in the order of their codes; together they hold all."""
    starts, number = [desk.scope], 0
    for owner, count in desk.store.owners(Posting, scope=desk.scope):
        if number and number + count > size:
            starts.append(owner)
            number = 0
        number += count
    return [Portion(first, end) for first, end in zip(starts, [*starts[1:], desk.scope + _LAST], strict=True)]


def links(desk: Desk, kinds: Iterable[type[Record]]) -> list[Link]:
    """Return (id, named id) of every record that names a record of another owner; in a settled region these are few."""
    ties = [(cls, name) for cls in kinds for name in leads_of(cls)]
    return [link for cls, name in ties for link in desk.store.crossing(cls, name, scope=desk.scope)]


def rows(desk: Desk, kinds: Iterable[type[Record]], portion: Portion, crossing: Iterable[Link]) -> Rows:
    """Return the live records of a portion by kind, in id order, with those of other owners tied to them."""
    return at_once(reading(desk, kinds, portion, crossing))


def reading(desk: Desk, kinds: Iterable[type[Record]], portion: Portion, crossing: Iterable[Link]) -> Steps[Rows]:
    """Read the same in steps: the portion's own records, then whatever is tied to them, a link further each time."""
    store = desk.store
    record_by_key_by_cls = {
        cls: {one.id: one for one in store.rows(cls, between=(portion.first, portion.end))} for cls in kinds
    }
    names: set[str] = set()
    lines = {
        outside
        for link in crossing
        if portion.holds(link[0]) is not portion.holds(link[1])
        for outside in link
        if not portion.holds(outside)
    }
    while lines:
        yield
        names |= lines
        reached = _reached(desk, record_by_key_by_cls, lines)
        lines = {name for name in reached if not portion.holds(name)} - names
    return {
        cls: tuple(sorted(record_by_key.values(), key=lambda one: one.id))
        for cls, record_by_key in record_by_key_by_cls.items()
    }


def ranges(portion: Portion, rows: Mapping[type[Record], Iterable[Record]]) -> list[Range]:
    """Return where everything lies that is kept beside the records by day: of a portion, and of all owners it leads to.

    Whoever served in two counties has logs in both, and the notes of a county may be asked of a team entered elsewhere.
    """
    owners = {ids.owner(one.id) for records in rows.values() for one in records}
    for cls in rows:
        for name in _about(cls):
            owners.update(getattr(one, name) for one in rows[cls])
    outside = sorted(owner for owner in owners if owner and not portion.holds(f"{owner}/"))
    return [(portion.first, portion.end), *((f"{owner}/", f"{owner}0") for owner in outside)]


def _reached(desk: Desk, records: Mapping[type[Record], dict[str, Record]], lines: set[str]) -> set[str]:
    """Add the records of those ids and the records that name them; return the ids these lead to."""
    leads: set[str] = set()
    names, of_offices = sorted(lines), _of_offices(records)
    for cls, record_by_key in records.items():
        visitors = desk.store.rows(cls, among=names, scope=desk.scope)
        for name in leads_of(cls):
            visitors += desk.store.rows(cls, field_among=(name, names), scope=desk.scope)
        for code in names if cls in of_offices else ():
            if "/" not in code:  # a county: its meetings and reports may be asked of a team entered elsewhere
                visitors += desk.store.rows(cls, between=(f"{code}/", f"{code}0"))
        for one in visitors:
            if one.id not in record_by_key:
                record_by_key[one.id] = one
                leads |= {one.id, *(getattr(one, name) for name in _references(cls))}
    return leads - {""}


@cache
def _references(cls: type[Record]) -> tuple[str, ...]:
    """Return the fields that name records of an owner; what offices above hand down is known in every portion."""
    return tuple(item.name for item in fields(cls) if item.form is Form.REF and item.ref and not _handed_down(item))


def _handed_down(item: Field) -> bool:
    return all(KINDS[kind].kind.inherited for kind in item.ref.split(","))


@cache
def leads_of(cls: type[Record]) -> tuple[str, ...]:
    """Return the fields by which a record names another one or the county it is about."""
    return (*_references(cls), *_about(cls))


@cache
def _about(cls: type[Record]) -> tuple[str, ...]:
    return tuple(item.name for item in fields(cls) if item.form is Form.CHOICE and item.table == "旗县")


def of_everybody(kinds: Iterable[type[Record]]) -> list[type[Record]]:
    """Return the kinds that a rule over the office itself counts by: who is posted where, nothing of single people."""
    return [cls for cls in kinds if cls is Posting or _impersonal(cls)]


def _impersonal(cls: type[Record]) -> bool:
    return not _references(cls) and not any(item.personal for item in fields(cls))


def _of_offices(kinds: Iterable[type[Record]]) -> list[type[Record]]:
    """Return the kinds that tell of a team as a whole, and those that lead to one of these: found by their owner."""
    every = list(kinds)
    names = {cls.kind.name for cls in every if _impersonal(cls)}
    leads = {cls: {kind for item in fields(cls) for kind in item.ref.split(",") if kind} for cls in every}
    return [cls for cls in every if cls.kind.name in names or (leads[cls] and leads[cls] <= names)]
