"""From a judged row to records: which one it means, what it changes, and whose it becomes."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import partial
from itertools import chain
from typing import Any

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.authority import may_write
from tuopin_desktop.domain.belonging import COUNTY
from tuopin_desktop.domain.change import Change, difference
from tuopin_desktop.domain.columns import ROSTER, kinds_of
from tuopin_desktop.domain.facts import serves
from tuopin_desktop.domain.halves import parse_stored
from tuopin_desktop.domain.journals import entries
from tuopin_desktop.domain.problems import Problem, Refused
from tuopin_desktop.domain.record import Owner, Record, Scalar, scalar, scalars
from tuopin_desktop.domain.records import (
    KINDS,
    CalendarDay,
    LeaveSlip,
    Person,
    Posting,
)
from tuopin_desktop.domain.validate import problems, tidy
from tuopin_desktop.domain.voices import claimed, not_ours
from tuopin_desktop.services.attendance.monthrows import MonthRows
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.office import belonging, closedmonths, daysahead, frozen, offices, ownrules
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.registers.refrows import RefRows, record_of, referred_kinds
from tuopin_desktop.services.sheets.historyrows import HistoryRows
from tuopin_desktop.services.sheets.journalrows import KINDS as JOURNALS
from tuopin_desktop.services.sheets.journalrows import JournalRows
from tuopin_desktop.services.sheets.rowrecords import (
    Values,
    agree,
    could_be,
    merged,
    natural_id,
    office_of,
    part_of,
    refused,
    sole_posting,
)
from tuopin_desktop.services.sheets.sliprows import SlipRows


class Match(msgspec.Struct, frozen=True):
    """What a row comes to: the changes it makes (none: all is there already), or why it cannot be taken.

    `warnings` keep nothing from being written; `before` has for each change what stands there, nothing of a new record.
    """

    changes: tuple[Change, ...] = ()
    new: bool = False
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    before: tuple[Mapping[str, Scalar], ...] = ()


class Matcher:
    """Finds the records the rows of one file mean; remembers the rows before, so that a file agrees with itself."""

    def __init__(self, desk: Desk, kind: str) -> None:
        self._desk, self.vocabulary = desk, desk.vocabulary
        self._kind = kind
        self._scope = desk.scope
        self._today = desk.today()
        self._postings: dict[str, list[Posting]] = defaultdict(list)
        self._by_number: dict[str, Person] = {}
        self._by_name: dict[str, list[Person]] = defaultdict(list)
        self._held: dict[str, dict[str, Record]] = {}
        self._slips = SlipRows(desk)
        self.history = HistoryRows(desk)
        self._days: set[str] = set()
        self._named: set[str] = set()  # record numbers of people that rows of this file gave
        self._months = MonthRows(self._held, self._postings, self._one_person, desk.store)
        self._journals = JournalRows(self._held, self._postings, self._one_person, self._today)
        self._refs = RefRows(
            self._held, self._postings, self._one_person, lambda kind: registers.titles(desk, kind), self._today
        )
        self._keepers: Mapping[str, Callable[[Any], object]] = {
            "leave_slip": self._slips.keep,
            "person": self._keep_person,
            "posting": self._keep_posting,
        }
        self._warners: Mapping[str, Callable[[Any], list[Problem]]] = {"leave_slip": self._warnings}
        self._own: Mapping[str, Callable[[Any], list[Problem]]] = {
            "leave_slip": partial(leave.paper_problems, desk),
            "daily_log": self._journals.log_problems,
            "weekly_note": self._journals.note_problems,
            "ledger_item": self._journals.item_problems,
            "attendance": self._months.problems,
            "calendar_day": self._day_problems,
        }
        beside = ("opinion", "filing") if kind == "leave_slip" else ()
        for name in {*kinds_of(kind), "person", "posting", *referred_kinds(kind), *beside}:
            about = KINDS[name].kind
            scope = desk.scope if about.owner is Owner.COUNTY and not about.inherited else ""
            self._held[name] = {row.id: row for row in closedmonths.rows(desk.store, KINDS[name], scope)}
        for name in ("person", "posting", *(["leave_slip"] if kind == "leave_slip" else [])):
            for row in self._held[name].values():
                self._remember(row)

    def _remember(self, record: Record) -> None:
        if (keep := self._keepers.get(record.kind.name)) is not None:
            keep(record)

    def _keep_person(self, person: Person) -> None:
        if person.deleted:
            return
        if person.id_number:
            self._by_number[person.id_number] = person
        self._by_name[person.name].append(person)

    def _keep_posting(self, posting: Posting) -> None:
        if not posting.deleted:
            self._postings[posting.person].append(posting)

    def match(self, values: Values) -> Match:
        """Return the changes a row without errors makes, or the problems that stop it."""
        try:
            pairs = self._pairs(values)
        except Refused as refused:
            return Match(problems=refused.problems)
        changes, standing, new = list[Change](), list[Mapping[str, Scalar]](), False
        for before, after in pairs:
            after = _settled(tidy(after if before else claimed(after, self._scope)))
            old = scalars(before) if before else {}
            table = difference(old, scalars(after))
            faults = problems(after, self._desk.vocabulary, practice=self._desk.practice, today=self._today)
            faults += self._own_problems(after)
            faults += daysahead.ahead(self._desk, after, table)
            denied = _denied(self._scope, after, table) if table else None
            if faults or denied:
                return Match(problems=(*faults, *([denied] if denied else [])))
            if table:
                changes.append(Change(after.kind.name, after.id, table))
                standing.append(old)
                new = new or before is None
        if shut := frozen.problems(self._desk.store, changes, self._desk.reason):
            return Match(problems=tuple(shut))
        warned = [warn(after) for _, after in pairs if changes and (warn := self._warners.get(after.kind.name))]
        for _, after in pairs:
            self._keep(after)
        return Match(tuple(changes), new, warnings=tuple(chain.from_iterable(warned)), before=tuple(standing))

    def _warnings(self, slip: LeaveSlip) -> list[Problem]:
        """Return the slips a slip overlaps, among those kept before and those of the rows above."""
        posting = record_of(self._held, Posting, slip.posting)
        seats = {one.id for one in self._postings.get(posting.person if posting else "", ())}
        return self._slips.warnings(slip, seats)

    def _own_problems(self, record: Record) -> list[Problem]:
        own = self._own.get(record.kind.name)
        return own(record) if own is not None else ownrules.problems(self._desk, record)

    def _day_problems(self, day: CalendarDay) -> list[Problem]:
        """Return what the rules say of a day of the calendar; one said twice in one file is never just taken."""
        problems_ = ownrules.problems(self._desk, day)
        if day.id in self._days:
            sentence = f"{day.date}在前面已有一行，一天只能录一次，请删去一行"
            problems_.append(Problem(code="calendar.twice", sentence=sentence, fields=("date",)))
        self._days.add(day.id)
        return problems_

    def _pairs(self, values: Values) -> list[tuple[Record | None, Record]]:
        if self._kind == ROSTER:
            return self._roster(values)
        if self._kind == "attendance":
            return self._months.read(part_of(values, "attendance"))
        if self._kind == "leave_slip":
            return self.history.pairs(part_of(values, "leave_slip"), self._single, self._held)
        return [self._single(values)]

    def _keep(self, record: Record) -> None:
        name = record.kind.name
        if record.id not in self._held[name] and name == self._kind:
            self._refs.keep(record)
        if record.id not in self._held[name] or name == "leave_slip":
            self._remember(record)
        self._held[name][record.id] = record

    # -- the roster: a person and the posting in one row

    def _roster(self, values: Values) -> list[tuple[Record | None, Record]]:
        table, about = part_of(values, "person"), part_of(values, "posting")
        county = str(about.get("county") or "")
        person_before = self.person(table, county)
        if not any(value is not None for value in about.values()):
            return [
                (
                    person_before,
                    merged(self._desk, self._kind, Person, person_before, table, values.get("person.id"), ""),
                )
            ]
        person = merged(self._desk, self._kind, Person, person_before, table, values.get("person.id"), county)
        about["person"] = person.id
        standing = self._posting(person.id, about, values.get("posting.id"))
        posting = merged(self._desk, self._kind, Posting, standing, about, values.get("posting.id"), county)
        return [(person_before, person), (standing, posting)]

    def person(self, table: Mapping[str, Scalar], county: str) -> Person | None:
        """Return the kept person that the values of a row mean in a county; None for somebody new."""
        if (person := record_of(self._held, Person, str(table.get("id") or ""))) is not None:
            return person
        number = str(table.get("id_number") or "")
        if number in self._by_number:
            return self._by_number[number]
        own = str(table.get("id") or "")
        alike = [
            person
            for person in self._by_name.get(str(table.get("name") or ""), ())
            if not (number and person.id_number) and agree(person, table) and could_be(person, county)
            if not (own and person.id in self._named)  # two rows with record numbers of their own are two people
        ]
        self._named.add(own)
        return alike[0] if len(alike) == 1 else None

    def _posting(self, person: str, table: Mapping[str, Scalar], value: Scalar) -> Posting | None:
        posting = record_of(self._held, Posting, str(value or ""))
        if posting is not None:
            return posting
        same = [posting for posting in self._postings.get(person, ()) if posting.county == table.get("county")]
        exact = [posting for posting in same if scalar(posting.since) == table.get("since")]
        if not exact and not value:
            standing = [record_of(self._held, Posting, one.id) or one for one in same]
            sole_posting(_name(self._held, person), standing, table)
        return exact[0] if exact else None

    def _single(self, values: Values, register: Mapping[str, str] | None = None) -> tuple[Record | None, Record]:
        cls = KINDS[self._kind]
        table = part_of(values, self._kind)
        owner = str(table.pop("owner", None) or "")
        if (cls is CalendarDay or cls.kind.about == COUNTY) and len(self._scope) == 6 and not table.get("id"):
            table["county"] = table.get("county") or self._scope  # a county enters what is its own
        if cls is Person:
            record: Record | None = self.person(table, owner)
        elif cls is Posting:
            record = self._known_posting(table, owner)
        elif cls is LeaveSlip:
            return self._slip(table, owner, register or {})
        elif self._kind in JOURNALS:
            before = self._given(self._kind, table)
            owner = self._journals.settle(self._kind, table, before, owner)
            record = before or self._natural(table)
        else:
            before = self._given(self._kind, table)
            owner = self._refs.settle(cls, table, owner, before) or office_of(cls, table, self._scope)
            record = before or self._natural(table) or self._refs.twin(cls, table, owner)
        return record, belonging.placed_right(
            self._desk, merged(self._desk, self._kind, cls, record, table, table.get("id"), owner)
        )

    def _known_posting(self, table: dict[str, Scalar], owner: str) -> Record | None:
        name = str(table.get("person") or "")
        record = record_of(self._held, Posting, str(table.get("id") or ""))
        if record is not None and name in (record.person, _name(self._held, record.person)):
            table["person"] = record.person
            return record
        table["person"] = self._one_person(name, str(table.get("county") or owner)).id
        return self._posting(str(table["person"]), table, table.get("id"))

    def _slip(self, table: dict[str, Scalar], owner: str, register: Mapping[str, str]) -> tuple[Record | None, Record]:
        record = self._given("leave_slip", table)
        if record is not None:
            slip = merged(self._desk, self._kind, LeaveSlip, record, table, table.get("id"), owner)
            # A row that says nothing new leaves the form it was printed on, wrong as it may be: rule A10-3 judges it.
            return record, record if slip == record else leave.settle(self._desk, slip)
        person = self._one_person(str(table.get("name") or ""), owner)
        period = parse_stored(str(table.get("period") or ""))
        day = period.first if period else self._desk.today()
        serving = [posting for posting in self._postings.get(person.id, ()) if serves(posting, day)]
        if not serving:
            raise refused("posting", f"{person.name}在{day.isoformat()}没有派驻记录，请先登记派驻", "name")
        drafted = leave.draft(self._desk, serving[-1].id, day)
        slip = merged(
            self._desk,
            self._kind,
            LeaveSlip,
            drafted,
            {key: value for key, value in table.items() if value is not None},
            None,
            "",
        )
        twin = self._slips.twin(slip)
        if twin:
            return twin, twin
        return None, self.history.slip(self._slips.numbered(self._slips.classed(slip)), register)

    def _one_person(self, name: str, county: str) -> Person:
        if (by_id := record_of(self._held, Person, name)) is not None:
            records = [by_id]
        else:
            records = list(self._by_name.get(name, ()))
            near = [person for person in records if ids.owner(person.id) == county]
            records = list(near) if len(near) == 1 else records
        if not records:
            raise refused("person", f"花名册中没有“{name[:20]}”，请先登记人员", "person")
        if len(records) > 1:
            raise refused("person", f"花名册中有{len(records)}个“{name[:20]}”，请改填人员的记录号", "person")
        return records[0]

    def _given(self, kind: str, table: Mapping[str, Scalar]) -> Record | None:
        return self._held[kind].get(str(table.get("id") or ""))

    def _natural(self, table: Mapping[str, Scalar]) -> Record | None:
        return self._held[self._kind].get(natural_id(self._kind, table, self._scope))


_SETTLERS: Mapping[str, Callable[[Any], Record]] = {
    "weekly_note": entries.note_settled,
    "ledger_item": entries.item_settled,
}


def _settled(record: Record) -> Record:
    """Return a record as its kind spells it; under which id it goes the row has said."""
    own = _SETTLERS.get(record.kind.name)
    return own(record) if own is not None else record


def _denied(scope: str, after: Record, table: Mapping[str, Scalar]) -> Problem | None:
    return may_write(scope, type(after), after.id, table, offices.called) or not_ours(after, scope)


def _name(records: Mapping[str, Mapping[str, Record]], person_id: str) -> str:
    person = record_of(records, Person, person_id)
    return person.name if person is not None else ""
