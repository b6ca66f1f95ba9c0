"""Originals for the personal files (Art. 15-4): what there is of whom, who keeps his file, where they are."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

import msgspec

from tuopin_desktop.domain.appraisal.grading import WHOLE_TERM
from tuopin_desktop.domain.facts import team_order
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import Grade, Person, PersonalHandover, PersonalMaterial, Posting
from tuopin_desktop.domain.roster import grouped, in_order
from tuopin_desktop.domain.spelling import PersonName, spelt
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

NO_UNIT = "派出单位没有登记"
"""The list of those whose unit nobody entered: they too are in one."""
COMPREHENSIVE = "综合考核材料"
UNSENT, SENT, RECEIVED, RETURNED = "未送出", "已送出", "已签收", "已退回"
STATES = (UNSENT, SENT, RECEIVED, RETURNED)
"""Where somebody's originals are; what is sent and not receipted is the open list."""
_NUMBER = re.compile(r"移交〔([0-9]{4})〕([0-9]+)号")


class Material(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a catalogue of materials: the original as far as it is on record."""

    name: str
    formed: date | None = None
    pages: int | None = None
    signed: bool = False
    stamped: bool = False
    note: str = ""

    @property
    def lacks(self) -> tuple[str, ...]:
        """Return what is not on record of the original: without it a print is no material for a file."""
        pairs = ((self.signed, "签字"), (self.stamped, "盖章"), (self.formed, "形成时间"))
        return tuple(label for value, label in pairs if not value)


class PersonRow(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody once posted: his unit, where he served, his materials, and where the originals are."""

    person: str
    name: str
    unit: str
    county: str
    materials: tuple[Material, ...]
    state: str = UNSENT
    number: str = ""
    since: date | None = None
    """The day of the state."""
    reason: str = ""

    @property
    def unready(self) -> tuple[Material, ...]:
        """Return the materials whose signature, stamp or date is not on record."""
        return tuple(one for one in self.materials if one.lacks)

    @property
    def pages(self) -> int:
        """Return the pages on record."""
        return sum(one.pages or 0 for one in self.materials)


class UnitRow(msgspec.Struct, frozen=True, kw_only=True):
    """A unit that keeps files: how many people, and how many of them stand where."""

    unit: str
    people: int
    unsent: int
    open: int
    received: int
    returned: int
    unready: int


def people(desk: Desk, unit: str = "", state: str = "", persons: Collection[str] = ()) -> list[PersonRow]:
    """Return everybody ever posted, in the order of units, teams and seats; of a unit, in a state, or these persons."""
    rows = desk.once(("personal files", desk.today()), lambda: tuple(_rows(desk)))
    return [
        row
        for row in rows
        if unit in ("", row.unit) and state in ("", row.state) and (not persons or row.person in persons)
    ]


def units(desk: Desk) -> list[UnitRow]:
    """Return the units with their counts, in the order of the list of people."""
    rows = grouped_rows(people(desk))
    return [
        UnitRow(
            unit=unit,
            people=len(some),
            unsent=sum(one.state == UNSENT for one in some),
            open=sum(one.state == SENT for one in some),
            received=sum(one.state == RECEIVED for one in some),
            returned=sum(one.state == RETURNED for one in some),
            unready=sum(bool(one.unready) for one in some),
        )
        for unit, some in rows.items()
    ]


def grouped_rows(rows: Iterable[PersonRow]) -> Mapping[str, tuple[PersonRow, ...]]:
    """Return people by the unit that keeps their files."""
    groups: dict[str, list[PersonRow]] = defaultdict(list)
    for row in rows:
        groups[row.unit].append(row)
    return {unit: tuple(some) for unit, some in groups.items()}


def _rows(desk: Desk) -> list[PersonRow]:
    postings = [one for one in in_order(desk.store.rows(Posting, scope=desk.scope)) if one.person]
    persons = {one.id: one for one in desk.store.rows(Person, scope=desk.scope)}
    by_person = grouped(postings, lambda one: one.person)
    handovers = grouped(desk.store.rows(PersonalHandover, scope=desk.scope), lambda one: one.person)
    materials = _Materials(
        grades=grouped(desk.store.rows(Grade, scope=desk.scope), lambda one: one.subject),
        originals=grouped(desk.store.rows(PersonalMaterial, scope=desk.scope), lambda one: one.person),
    )
    rows = []
    spelling = {one.id: spelt(PersonName(one.name)) for one in persons.values()}
    in_turn = sorted(by_person.items(), key=lambda item: (*team_order(item[1][-1]), spelling.get(item[0], "")))
    for person, own in in_turn:
        last = max(handovers.get(person, ()), key=lambda one: one.sent or date.min, default=None)
        state, since = _state(last) if last else (UNSENT, None)
        somebody = persons.get(person) or Person(id=person, name="未登记人员")
        unit = _unit(last.unit if last else "") or _unit(somebody.unit) or NO_UNIT
        rows.append(
            PersonRow(
                person=person,
                name=somebody.name,
                unit=unit,
                county=desk.vocabulary["旗县"].word(own[-1].county),
                materials=tuple(materials.of(person, own)),
                state=state,
                since=since,
                number=last.number if last else "",
                reason=last.reason if last else "",
            )
        )
    return sorted(rows, key=lambda one: (one.unit == NO_UNIT, one.unit))


def _unit(text: str) -> str:
    """Return a unit's name as the lists are made by it: blanks and line ends tell no two units apart."""
    return "".join(text.split())


def _state(last: PersonalHandover) -> tuple[str, date | None]:
    """Return where originals are that were sent once, and since when."""
    if last.returned:
        return RETURNED, last.returned
    return (RECEIVED, last.received) if last.received else (SENT, last.sent)


class _Materials(msgspec.Struct, frozen=True, kw_only=True):
    """What there is of whom: grades by posting, originals on record by person."""

    grades: Mapping[str, Sequence[Grade]]
    originals: Mapping[str, Sequence[PersonalMaterial]]

    def of(self, person: str, postings: Sequence[Posting]) -> list[Material]:
        """Return somebody's materials in the order of their dates; the comprehensive appraisal stands last."""
        expected = {one.name: one for one in self._expected(postings)}
        for one in self.originals.get(person, ()):
            standing = expected.get(one.name, Material(name=one.name))
            expected[one.name] = Material(
                name=one.name,
                formed=one.formed or standing.formed,
                pages=one.pages,
                signed=one.signed,
                stamped=one.stamped,
                note=one.note or standing.note,
            )
        return sorted(expected.values(), key=lambda one: (one.name == COMPREHENSIVE, one.formed or date.max, one.name))

    def _expected(self, postings: Sequence[Posting]) -> Iterator[Material]:
        """Yield what the appraisals of a person come to on paper, whoever has it now."""
        grades = [one for posting in postings for one in self.grades.get(posting.id, ()) if one.decided]
        whole = [one for one in grades if one.year == WHOLE_TERM]
        for one in grades:
            if one.year and one.year != WHOLE_TERM:
                yield Material(name=f"{one.year}年度考核材料", formed=one.decided_on, note=one.paper)
        yield Material(
            name=COMPREHENSIVE,
            formed=whole[-1].decided_on if whole else None,
            note=whole[-1].paper if whole else "",
        )


def enter_originals(
    desk: Desk,
    persons: Collection[str],
    names: Collection[str] = (),
    *,
    formed: date | None = None,
    signed: bool = True,
    stamped: bool = True,
) -> int:
    """Note of several people at once that their originals are signed and stamped; return of how many materials.

    No names: every material they have. What is on record of date, pages and remark stays where nothing new is said.
    """
    standing = {(one.person, one.name): one for one in desk.store.rows(PersonalMaterial, scope=desk.scope)}
    records = []
    for row in people(desk, persons=_some(persons)):
        for one in row.materials:
            if names and one.name not in names:
                continue
            before = standing.get((row.person, one.name)) or PersonalMaterial(
                id=registers.new_id(desk), person=row.person, name=one.name, note=one.note
            )
            records.append(msgspec.structs.replace(before, formed=formed or one.formed, signed=signed, stamped=stamped))
    registers.save_all(desk, records)
    return len(records)


def _some(persons: Collection[str]) -> Collection[str]:
    if not persons:
        raise refuse("empty", "请先选中人员", "person", article=15)
    return persons


def send(desk: Desk, persons: Collection[str], day: date | None = None) -> list[str]:
    """Note that the originals of some people went to their units; return the numbers of the lists, one for each unit.

    Raises Refused for whom they are already with: what was sent waits for its receipt.
    """
    rows = people(desk, persons=_some(persons))
    if away := [row.name for row in rows if row.state in (SENT, RECEIVED)]:
        names = "、".join(away[:5]) + (f"等{len(away)}人" if len(away) > 5 else "")
        raise refuse("sent", f"{names}的材料已经送出，请先登记回执或退回", "person", article=15)
    if homeless := [row.name for row in rows if row.unit == NO_UNIT]:
        names = "、".join(homeless[:5])
        raise refuse(
            "unit",
            f"{names}没有登记派出单位，不知道送给谁，请先在花名册中补上（任期已封存的，先重新打开）",
            "unit",
            article=15,
        )
    on, numbers = day or desk.today(), list[str]()
    records: list[PersonalHandover] = []
    for unit, some in grouped_rows(rows).items():
        numbers.append(_next_number(desk, on.year, len(numbers)))
        records += [
            PersonalHandover(
                id=registers.new_id(desk),
                person=row.person,
                number=numbers[-1],
                unit=unit,
                sent=on,
                sent_by=desk.user,
            )
            for row in some
        ]
    registers.save_all(desk, records)
    return numbers


def _next_number(desk: Desk, year: int, more: int) -> str:
    rows = desk.store.rows(PersonalHandover, scope=desk.scope, deleted=None)
    matches = (_NUMBER.fullmatch(one.number) for one in rows)
    serials = [int(match[2]) for match in matches if match and int(match[1]) == year]
    return f"移交〔{year}〕{max(serials, default=0) + 1 + more}号"


def receipt(
    desk: Desk, number: str, by: str = "", day: date | None = None, persons: Collection[str] = ()
) -> list[PersonRow]:
    """Note the receipt of a list, of all on it or of some; return who is still without one. Raises Refused."""
    some = [one for one in _open(desk, number) if not persons or one.person in persons]
    if not some:
        raise refuse("number", f"没有等着回执的移交清单“{number[:40]}”", "number", article=15)
    received = day or desk.today()
    registers.save_all(
        desk,
        [msgspec.structs.replace(one, received=received, received_by=by, returned=None, reason="") for one in some],
    )
    return [row for row in people(desk, state=SENT) if row.number == number]


def give_back(desk: Desk, persons: Collection[str], reason: str, day: date | None = None) -> int:
    """Note that a unit gave the originals of some people back, and why; return how many. Raises Refused."""
    if not reason.strip():
        raise refuse("required", "请写明退回原因，如 未盖章", "reason", article=15)
    rows = {row.person: row for row in people(desk, persons=_some(persons)) if row.state in (SENT, RECEIVED)}
    lists = [one for number in {row.number for row in rows.values()} for one in _handovers(desk, number)]
    last = [one for one in lists if one.person in rows and one.number == rows[one.person].number and not one.returned]
    if not last:
        raise refuse("sent", "这些人的材料没有送出，不能登记退回", "person", article=15)
    registers.save_all(
        desk, [msgspec.structs.replace(one, returned=day or desk.today(), reason=reason.strip()) for one in last]
    )
    return len(last)


def _handovers(desk: Desk, number: str) -> list[PersonalHandover]:
    return desk.store.rows(PersonalHandover, {"number": number or None}, scope=desk.scope)


def _open(desk: Desk, number: str) -> list[PersonalHandover]:
    return [one for one in _handovers(desk, number) if not one.received and not one.returned] if number else []
