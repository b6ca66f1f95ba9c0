"""Rows that point to other records by their names, and rows that say again what may stand there once only."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeVar, cast

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.belonging import COUNTY, named_id
from tuopin_desktop.domain.columns import kinds_of
from tuopin_desktop.domain.facts import serves
from tuopin_desktop.domain.halves import parse_stored
from tuopin_desktop.domain.problems import Problem, Refused
from tuopin_desktop.domain.record import Field, Form, Record, Scalar, build, fields, scalar
from tuopin_desktop.domain.records import KINDS, Person, Posting

R = TypeVar("R", bound=Record)


class RefRows:
    """Reads the rows of one file; what was read before counts as held."""

    def __init__(
        self,
        records: Mapping[str, Mapping[str, Record]],
        postings: Mapping[str, Sequence[Posting]],
        person: Callable[[str, str], Person],
        titles: Callable[[str], Mapping[str, str]],
        today: date,
    ) -> None:
        """Take the records held by kind and id, postings by person, who a name means, and what records are called."""
        self._held, self._postings, self._person, self._today = records, postings, person, today
        self._titles = titles
        self._called: dict[str, Mapping[str, str]] = {}
        self._once: dict[tuple[Scalar, ...], list[Record]] | None = None

    def settle(self, cls: type[Record], table: dict[str, Scalar], owner: str, record: Record | None) -> str:
        """Put ids where the row calls people, classes and meetings by name; return who owns the row, "" if unsaid.

        What `record` points to stays, if the row calls it by one of its names.
        """
        day = next((day for item in fields(cls) if (day := first_day(table.get(item.name)))), self._today)
        for item in fields(cls):
            if item.form is Form.REF and item.ref and not item.auto and (text := str(table.get(item.name) or "")):
                target = str(getattr(record, item.name, None) or "")
                stored = target and text in self._words_of(item, target)
                table[item.name] = target if stored else self._referred(item, text, owner, day)
        value = str(table.get(cls.kind.about) or "") if cls.kind.about else ""
        return owner or (ids.owner(value) if "/" in value else value)

    def _words_of(self, item: Field, record_id: str) -> tuple[str, ...]:
        """Return what a sheet may call the record that a field points to."""
        for kind in item.ref.split(","):
            if (row := self._held[kind].get(record_id)) is not None:
                posting = record_of(self._held, Posting, record_id) if kind == "posting" else None
                person = self._held["person"].get(posting.person) if posting else None
                return (record_id, _name_of(person or row), self._titled(kind).get(record_id, ""))
        return (record_id,)

    def _referred(self, item: Field, text: str, owner: str, day: date) -> str:
        """Return the record that a row means by its id or words; of several kinds the first that knows them."""
        kinds = item.ref.split(",")
        if any(text in self._held[kind] for kind in kinds):
            return text
        refused: Refused | None = None
        for kind in kinds:
            try:
                return self._finder(kind, item.name, owner, day)(text)
            except Refused as error:
                refused = refused or error
        assert refused is not None, "a field points to one kind at least"
        raise refused

    def _finder(self, kind: str, field: str, owner: str, day: date) -> Callable[[str], str]:
        if kind == "person":
            return lambda text: self._person(text, owner).id
        if kind == "posting":
            return lambda sentence: self._serving(sentence, owner, day, field).id
        return lambda label: self._called_so(kind, label, field)

    def _called_so(self, kind: str, text: str, field: str) -> str:
        rows, called = self._held[kind].values(), self._titled(kind)
        alike = [row.id for row in rows if not row.deleted and text in (called.get(row.id), _name_of(row))]
        if len(alike) != 1:
            match = f"没有登记“{text[:30]}”" if not alike else f"有{len(alike)}个“{text[:30]}”，请改填记录号"
            raise _refused(f"{KINDS[kind].kind.label}中{match}", field)
        return alike[0]

    def _titled(self, kind: str) -> Mapping[str, str]:
        if kind not in self._called:
            self._called[kind] = self._titles(kind)
        return self._called[kind]

    def _serving(self, name: str, owner: str, day: date, field: str) -> Posting:
        """Return the posting a name means: in the row's county if there is one, serving on its day, else the latest."""
        person = self._person(name, owner)
        every = self._postings.get(person.id, ())
        near = [posting for posting in every if ids.owner(posting.id) == owner] or every
        postings = sorted(near, key=lambda posting: posting.since or date.min)
        serving = [posting for posting in postings if serves(posting, day)] or postings
        if not serving:
            raise _refused(f"{person.name}没有派驻记录，请先登记派驻", field)
        return serving[-1]

    def twin(self, cls: type[Record], table: Mapping[str, Scalar], owner: str) -> Record | None:
        """Return the record of which a row without a record number says the same again.

        Two counties may say the same word for word: a row that says whose it is means that owner's record, one that
        does not the only one there is.
        """
        names = cls.kind.keep_one
        items = tuple(table.get(name) or None for name in names)
        # The region office's own names no county: whose it is stands in its id.
        needed = [value for name, value in zip(names, items, strict=True) if owner != ids.REGION or name != COUNTY]
        if not names or not all(needed) or table.get("id"):
            return None
        if self._once is None:
            live = [record for record in self._held[cls.kind.name].values() if not record.deleted]
            self._once = defaultdict(list)
            for record in live:
                self._once[_once(record)].append(record)
        alike = [record for record in self._once.get(items, ()) if owner in ("", ids.owner(record.id))]
        return alike[0] if len(alike) == 1 or (owner and alike) else None

    def keep(self, record: Record) -> None:
        """Remember a record of an earlier row."""
        if self._once is not None:
            self._once[_once(record)].append(record)


def record_of(records: Mapping[str, Mapping[str, Record]], cls: type[R], record_id: str) -> R | None:
    """Return one of the records by kind and id, as its class: what lies under the name of a kind is of that kind."""
    return cast("R | None", records[cls.kind.name].get(record_id))


def _once(record: Record) -> tuple[Scalar, ...]:
    return tuple(scalar(getattr(record, name)) or None for name in record.kind.keep_one)


def declared_id(kind: str, table: Mapping[str, Scalar], scope: str) -> str:
    """Return the id a row's record has by the key its kind declares, "" for kinds without one."""
    if kind not in KINDS or not KINDS[kind].kind.key:
        return ""
    stated: dict[str, Scalar] = {name: value for name, value in table.items() if name != "id" and value is not None}
    return named_id(build(KINDS[kind], "", stated), scope)


def referred_kinds(kind: str) -> set[str]:
    """Return the kinds that a row of this sheet may call by name."""
    refs = [item.ref for name in kinds_of(kind) for item in fields(KINDS[name]) if item.form is Form.REF]
    return {one for ref in refs if ref for one in ref.split(",")}


def first_day(value: Scalar) -> date | None:
    """Return the day a date or a period begins with, None of anything else."""
    text = str(value or "")
    period = parse_stored(text)
    if period is not None:
        return period.first
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _name_of(record: Record) -> str:
    return str(getattr(record, record.kind.title[0]) or "")


def _refused(sentence: str, name: str) -> Refused:
    return Refused([Problem(code="reference", sentence=sentence, fields=(name,))])
