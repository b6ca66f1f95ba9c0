"""The rows of an export: records by column key, whoever they point to by name, months of attendance by half-days."""

from collections import Counter
from collections.abc import Mapping

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.attendance import codes as marks
from tuopin_desktop.domain.columns import ROSTER, Column, home_column
from tuopin_desktop.domain.columns import columns as columns_of
from tuopin_desktop.domain.facts import team_order
from tuopin_desktop.domain.ids import Level, level_of
from tuopin_desktop.domain.record import Form, Owner, Record, Scalar, fields, scalars
from tuopin_desktop.domain.records import KINDS, Attendance, Person, Posting
from tuopin_desktop.services.office import closedmonths
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers


def columns_out(desk: Desk, kind: str) -> tuple[Column, ...]:
    """Return the columns of a template or an export; an office above the county also says whose a row is."""
    above = desk.level is not Level.COUNTY and kind != ROSTER
    home = home_column(kind)
    if above and KINDS[kind].kind.owner is Owner.COUNTY and home not in columns_of(kind):
        return (home, *columns_of(kind))
    return columns_of(kind)


def rows(desk: Desk, kind: str, where: Mapping[str, str] | None) -> list[dict[str, Scalar]]:
    """Return the rows of an export by column key."""
    if kind == "attendance":
        return _months(desk, where)
    if kind != ROSTER:
        names = _names(desk, kind)
        return [_values(record, names) for record in registers.rows(desk, kind, where)]
    persons = {record.id: record for record in registers.rows(desk, "person") if isinstance(record, Person)}
    postings = [record for record in registers.rows(desk, "posting", where) if isinstance(record, Posting)]
    rows = [{**_values(persons[posting.person]), **_values(posting)} for posting in _by_team(postings, persons)]
    posted = {posting.person for posting in postings}
    return rows if where else rows + [_values(person) for person in persons.values() if person.id not in posted]


def _names(desk: Desk, kind: str) -> dict[str, str]:
    """Return by id what a sheet calls the records its rows point to; several of one name keep their record number."""
    refs = [item.ref for item in fields(KINDS[kind]) if item.form is Form.REF and item.ref and not item.auto]
    points = {one for ref in refs for one in ref.split(",")}
    names: dict[str, str] = {}
    if points & {"person", "posting"}:
        either = any({"person", "posting"} <= set(ref.split(",")) for ref in refs)  # there a name is the person
        names |= _names_of_people(desk, kind, postings=not either)
    for ref in sorted(points - {"person", "posting"}):
        values = registers.titles(desk, ref)
        once = Counter(values.values())
        names |= {key: text for key, text in values.items() if once[text] == 1}
    return names


def _names_of_people(desk: Desk, kind: str, *, postings: bool) -> dict[str, str]:
    """Return by id the names of people and of their postings, as far as a name means one record to whoever reads it.

    A sheet that has a column for the county may name people of one name in two counties, each where he was entered,
    and somebody who moved from one to another; whoever is meant otherwise keeps his record number.
    """
    by_county = KINDS[kind].kind.owner is Owner.COUNTY
    persons = registers.titles(desk, "person")
    everywhere = Counter(persons.values())
    there = Counter((ids.owner(key), name) for key, name in persons.items())

    def plain(person: str, owner: str) -> bool:
        name, at_home = persons[person], ids.owner(person) == owner
        return everywhere[name] == 1 or (by_county and at_home and there[owner, name] == 1)

    posted = [(one.id, str(getattr(one, "person", ""))) for one in registers.rows(desk, "posting")]
    moved = {person for key, person in posted if ids.owner(key) != ids.owner(person)}
    names = {
        key: name
        for key, name in persons.items()
        if everywhere[name] == 1 or (plain(key, ids.owner(key)) and key not in moved)
    }
    seats = Counter((person, ids.owner(key) if by_county else "") for key, person in posted)
    for key, person in posted if postings else ():
        owner = ids.owner(key)
        if person in persons and plain(person, owner) and seats[person, owner if by_county else ""] == 1:
            names[key] = persons[person]
    return names


def _months(desk: Desk, where: Mapping[str, str] | None) -> list[dict[str, Scalar]]:
    """Return months of attendance in the order of the teams, each half-day under its own column."""
    persons = {record.id: record for record in registers.rows(desk, "person")}
    postings = [record for record in registers.rows(desk, "posting") if isinstance(record, Posting)]
    order = {posting.id: place for place, posting in enumerate(_by_team(postings, persons))}
    names = {posting.id: getattr(persons.get(posting.person), "name", posting.id) for posting in postings}
    records = [record for record in registers.rows(desk, "attendance", where) if isinstance(record, Attendance)]
    lines = {record.id for record in records}
    records = [record for record in closedmonths.as_read(desk.store, records) if not where or record.id in lines]
    records.sort(key=lambda item: (item.month, order.get(item.posting, len(order))))
    return [_halves(record, names) for record in records]


def _halves(record: Attendance, names: Mapping[str, str]) -> dict[str, Scalar]:
    values = _values(record)
    values["attendance.posting"] = names.get(record.posting, record.posting)
    for item in fields(Attendance):
        if item.form is Form.DAY and (day := getattr(record, item.name)):
            morning, afternoon = marks.halves(day)
            values |= {f"attendance.{item.name}.am": morning or None, f"attendance.{item.name}.pm": afternoon or None}
    return values


def _by_team(postings: list[Posting], persons: Mapping[str, Record]) -> list[Posting]:
    their_postings = [posting for posting in postings if posting.person in persons]
    return sorted(their_postings, key=team_order)


def _values(record: Record, names: Mapping[str, str] | None = None) -> dict[str, Scalar]:
    kind = record.kind.name
    values = {f"{kind}.{name}": value for name, value in scalars(record).items()}
    values[f"{kind}.id"] = record.id
    owner = registers.owner_of(record)
    values[f"{kind}.owner"] = owner if level_of(owner) is Level.COUNTY else None
    for item in fields(type(record)) if names else ():
        if item.form is Form.REF and (value_text := values.get(f"{kind}.{item.name}")) is not None:
            values[f"{kind}.{item.name}"] = (names or {}).get(str(value_text), value_text)
    return values
