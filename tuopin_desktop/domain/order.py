"""The order in which an office's records are told: by what they say, never by the ids they happen to bear.

The same records taken in the other way round, or under the ids of another PC, are told alike. Names go by pinyin, as
the state's character set has them; people by team and seat; what is about somebody by him, then by its days.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.codes import CodeTable
from tuopin_desktop.domain.facts import Facts, team_order
from tuopin_desktop.domain.record import WHOLE, Field, Form, Record, fields
from tuopin_desktop.domain.records import KINDS, Person, Posting
from tuopin_desktop.domain.spelling import PersonName, spelt

R = TypeVar("R", bound=Record)
S = TypeVar("S", bound=msgspec.Struct)

Key = tuple[Any, ...]

Reads = list[Callable[[Record], Any]]

_DAYS = (Form.DATE, Form.MONTH, Form.PERIOD, Form.HALF)
_NAME = "姓名"
_LAST = 1 << 60
"""Behind everything: the place of what is not among the records."""


class Order:
    """Places records by what they say; those that others point to are placed first (`turns`)."""

    def __init__(self) -> None:
        self._places: dict[str, dict[str, int]] = defaultdict(dict)
        self._leads: dict[type[Record], Reads] = {}
        self._wholes: dict[type[Record], Reads] = {}

    def sort(self, rows: Iterable[R]) -> list[R]:
        """Return rows in their order, and remember their places for whatever points to them."""
        records = list(rows)
        turns = sorted(zip(self._first_keys(records), range(len(records)), strict=True))
        result: list[R] = []
        place = at = 0
        while at < len(turns):
            end = at + 1
            while end < len(turns) and turns[end][0] == turns[at][0]:
                end += 1
            for row, ahead in self._apart([records[number] for _, number in turns[at:end]]):
                place += ahead
                if not row.deleted:
                    self._places[row.kind.name][row.id] = place
                result.append(row)
            at = end
        return result

    def _apart(self, alike: list[R]) -> Iterable[tuple[R, int]]:
        """Return rows that lead alike by all they say, each with its distance from the one before: 0 if it says so too.

        Only of what says the very same does the id decide, and then no word can show it.
        """
        if len(alike) == 1:
            return ((alike[0], 1),)
        keyed = sorted(((self._whole(row), row) for row in alike), key=lambda pair: (pair[0], pair[1].id))
        before = [None, *(key for key, _ in keyed)]
        return [(row, int(key != last)) for (key, row), last in zip(keyed, before, strict=False)]

    def seated(self, persons: Iterable[Person], postings: Iterable[Posting]) -> list[Person]:
        """Return people, placed before as postings were, in the order of their first posting's team and seat."""
        seat: dict[str, int] = {}
        for posting in postings:
            at = self.place(posting.kind.name, posting.id)
            if not posting.deleted:
                seat[posting.person] = min(at, seat.get(posting.person, _LAST))
        return sorted(persons, key=lambda one: (ids.owner(one.id), seat.get(one.id, _LAST)))

    def place(self, kind: str, record_id: str) -> int:
        """Return the place of a record, behind all others if it is not known."""
        return self._places[kind].get(record_id, _LAST)

    def _first_keys(self, records: Sequence[Record]) -> Iterable[Key]:
        """Return what each record is compared by first: read field by field over all, where they are of one kind."""
        classes = {type(record) for record in records}
        if len(classes) != 1:
            return [next(iter(self._first_keys([record]))) for record in records]
        cls = classes.pop()
        if cls not in self._leads:
            self._leads[cls] = [self._reading(item) for item in _leading(cls)]
        owners = (ids.owner(record.id) for record in records)
        keys = zip(owners, *(map(read, records) for read in self._leads[cls]), strict=True)
        return ((*team_order(one), *key) for one, key in zip(records, keys, strict=True)) if cls is Posting else keys  # type: ignore[arg-type]  # postings alone are of that class

    def _whole(self, record: Record) -> Key:
        cls = type(record)
        if cls not in self._wholes:
            self._wholes[cls] = [self._reading(item) for item in fields(cls)]
        return tuple([read(record) for read in self._wholes[cls]])

    def _reading(self, item: Field) -> Callable[[Record], Any]:
        """Return what reads a field so that it can be compared with any other of its kind."""
        value: Callable[[Record], Any] = attrgetter(item.name)
        if item.form is Form.REF:
            return self._reference(item, value)
        if item.form in WHOLE:
            return lambda record: -_LAST if (raw := value(record)) is None else int(raw)
        if item.form is Form.CHOICE and isinstance(item.table, CodeTable):
            codes = {code: place for place, code in enumerate(item.table.labels)}
            return lambda record: codes.get(raw, _LAST) if (raw := value(record)) else -1
        if item.form in _DAYS:
            return lambda record: str(value(record) or "")
        if item.label == _NAME:
            return lambda record: spelt(PersonName(value(record)))
        return lambda record: spelt(value(record))

    def _reference(self, item: Field, value: Callable[[Record], Any]) -> Callable[[Record], int]:
        kinds = [self._places[kind] for kind in item.ref.split(",")]
        if len(kinds) == 1:
            return lambda record: kinds[0].get(raw, _LAST) if (raw := value(record)) else -1

        def among(record: Record) -> int:
            raw = value(record)
            return next((kind[raw] for kind in kinds if raw in kind), _LAST if raw else -1)

        return among


@cache
def _leading(cls: type[Record]) -> tuple[Field, ...]:
    """Return the fields compared first: those a kind names itself, else whom it is about, then its days."""
    every = fields(cls)
    if cls.kind.order:
        return tuple(item for name in cls.kind.order for item in every if item.name == name)
    return tuple(
        [item for item in every if item.form is Form.REF and item.ref] + [item for item in every if item.form in _DAYS]
    )


@cache
def points_to(cls: type[Record]) -> tuple[type[Record], ...]:
    """Return the kinds a kind's records point to, without itself."""
    names = (kind for item in fields(cls) if item.form is Form.REF for kind in item.ref.split(",") if kind)
    return tuple(KINDS[kind] for kind in dict.fromkeys(names) if KINDS[kind] is not cls)


@cache
def turns() -> Mapping[type[Record], int]:
    """Return the turn in which each kind is placed: behind those its records point to."""
    ranks: dict[type[Record], int] = {}

    def go(cls: type[Record]) -> None:
        for other in points_to(cls):
            if other not in ranks:
                go(other)
        ranks.setdefault(cls, len(ranks))

    for cls in KINDS.values():
        go(cls)
    return ranks


def ordered(facts: Facts) -> Facts:
    """Return facts with all their records in order; whatever is made of them then comes out in it by itself."""
    order, replace = Order(), msgspec.structs.replace
    own, evidence, docket, traces = _turned((facts, facts.duty_evidence, facts.docket, facts.traces), order)
    own["persons"] = tuple(order.seated(own.get("persons", ()), facts.postings))
    own["alterations"] = tuple(
        sorted(facts.alterations, key=lambda one: (*_noted(order, one[0]), one[1].at, one[1].field))
    )
    own["asides"] = tuple(sorted(facts.asides, key=lambda one: (*_noted(order, one.key), one.at, one.field)))
    own["duty_evidence"] = replace(facts.duty_evidence, **evidence)
    own["docket"] = replace(facts.docket, **docket)
    return replace(facts, **own, traces=replace(facts.traces, **traces))


def arranged(holder: S) -> S:
    """Return a structure with the records of all its tuples in order."""
    return msgspec.structs.replace(holder, **_turned((holder,), Order())[0])


def _turned(holders: Sequence[msgspec.Struct], order: Order) -> list[dict[str, Any]]:
    """Return the tuples of records of each structure in order, by the names of their fields."""
    rows = [(at, name, some) for at, holder in enumerate(holders) for name, some in tuples(holder)]
    groups: list[dict[str, Any]] = [{} for _ in holders]
    for at, name, some in sorted(rows, key=lambda one: turns()[type(one[2][0])]):
        groups[at][name] = tuple(order.sort(some))
    return groups


def tuples(holder: msgspec.Struct) -> Iterator[tuple[str, Sequence[Record]]]:
    """Yield the fields of a structure that hold records, with these."""
    for name in holder.__struct_fields__:
        value = getattr(holder, name)
        if isinstance(value, tuple) and value and isinstance(value[0], Record):
            yield name, value


def _noted(order: Order, log_key: str) -> tuple[str, int]:
    kind, _, record_id = log_key.partition(":")
    return kind, order.place(kind, record_id)
