"""Sheets in and out: a template, a rehearsed import that writes nothing before it is confirmed, an export."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from tuopin_desktop.documents import grids, rejected, workbook
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.attendance import codes as marks
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.columns import ROSTER, Column, home_column, id_columns, kinds_of, label_of
from tuopin_desktop.domain.columns import columns as columns_of
from tuopin_desktop.domain.facts import team_order
from tuopin_desktop.domain.ids import Level, level_of
from tuopin_desktop.domain.intake import (
    Cell,
    Header,
    Intake,
    Rules,
    SheetRow,
    Status,
    doubtful_cells,
    find_header,
    recognised,
    take_in,
)
from tuopin_desktop.domain.intake.verdicts import VEILED
from tuopin_desktop.domain.problems import Problem, Refused, refuse
from tuopin_desktop.domain.record import Form, Owner, Record, Scalar, fields, scalars
from tuopin_desktop.domain.records import KINDS, Attendance, Person, Posting
from tuopin_desktop.services.judging import sealing
from tuopin_desktop.services.office import clocks, closedmonths, disclosures, library, wrongfiles
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.sheets.matching import Matcher

Action = Literal["new", "changed", "same", "error"]
_WORDS: dict[Action, str] = {"new": "新增", "changed": "更新", "same": "无变化", "error": "需更正"}


class Plan(msgspec.Struct, frozen=True):
    """What one row would do: the judged row, its changes, and in one word the outcome."""

    row: SheetRow
    changes: tuple[Change, ...]
    action: Action

    @property
    def label(self) -> str:
        """Return the outcome in Chinese."""
        return _WORDS[self.action]


class Counts(msgspec.Struct, frozen=True):
    """How many rows are new, change something, change nothing, or were left out."""

    new: int = 0
    changed: int = 0
    same: int = 0
    rejected: int = 0

    def text(self) -> str:
        """Return the counts as the clerk reads them."""
        return f"新增{self.new}行，更新{self.changed}行，无变化{self.same}行，需更正{self.rejected}行"


class Preview(msgspec.Struct, frozen=True):
    """A rehearsed import of one sheet; nothing is written until `confirm`."""

    kind: str
    path: str
    sheet: str
    intake: Intake
    plans: tuple[Plan, ...]
    notes: tuple[str, ...] = ()

    @property
    def counts(self) -> Counts:
        """Return what confirming would do."""
        actions = [plan.action for plan in self.plans]
        return Counts(actions.count("new"), actions.count("changed"), actions.count("same"), actions.count("error"))

    def messages(self) -> Iterator[tuple[int, str, str]]:
        """Yield (sheet row, heading, sentence) for every cell a person should look at."""
        for row in self.intake.rows:
            for cell in row.cells:
                if cell.status > Status.NOTED:
                    yield row.number, cell.column.heading, cell.message


def preview(desk: Desk, kind: str, path: Path, header: Header | None = None, sheet: str = "") -> Preview:
    """Read and judge a file for a register; raises Trouble for a file that is no sheet, Refused without a heading.

    `header` is given when the clerk has assigned the columns anew, with the `sheet` it stands on.
    """
    with wrongfiles.instead_of_sheet(path):
        book = grids.read_book(path)
        grid, match = _choose(book.grids, kind) if header is None else (_named(book.grids, sheet), header)
    rules = _rules(desk, kind)
    if doubtful := doubtful_cells(grid.rows, match):
        rules = msgspec.structs.replace(rules, formats=grids.number_formats(path, grid.name, doubtful))
    matcher = Matcher(desk, kind)
    intake = take_in(grid.rows, match, rules)
    plans = tuple(_plan(matcher, match, row) for row in intake.rows)
    intake = msgspec.structs.replace(intake, rows=tuple(plan.row for plan in plans))
    others = [other.name for other in book.grids if other.name != grid.name]
    notes = [*grid.notes]
    if others:
        notes.append(f"只读取工作表“{grid.name}”，未读取：{'、'.join(others)}")
    if book.hidden:
        notes.append(f"隐藏的工作表没有读取：{'、'.join(book.hidden)}")
    if match.left_out:
        notes.append(f"没有对应项目的列不导入：{'、'.join(match.left_out)}")
    notes += clocks.history(desk, [change for plan in plans for change in plan.changes])
    return Preview(kind, str(path), grid.name, intake, plans, tuple(notes))


def read_row(desk: Desk, kind: str, values: Mapping[str, str]) -> Preview:
    """Read one row typed as field -> words, by the rules of a sheet; fields by their name or by any heading.

    Raises Refused for an unknown field, one said twice, and a row that says nothing.
    """
    columns = [_column(kind, name) for name in values]
    if twice := next((one for place, one in enumerate(columns) if one in columns[:place]), None):
        raise refuse("field", f"“{twice.heading}”写了两遍，请只留一个", twice.name)
    if not any(one.name == "id" for one in columns):
        columns += [one for one in columns_of(kind) if one.field.required and one not in columns]
    row = [*values.values(), *[""] * (len(columns) - len(values))]
    header = Header(kind, 0, 0, dict(enumerate(columns)), dict(enumerate(values)))
    intake = take_in([row], header, _rules(desk, kind))
    if not intake.rows:
        reason = next((f"（像是{skipped.reason}）" for skipped in intake.skipped), "")
        raise refuse("empty", f"没有可登记的内容{reason}，请写成 字段=值", "said")
    matcher = Matcher(desk, kind)
    plans = tuple(_plan(matcher, header, row) for row in intake.rows)
    return Preview(kind, "", "", msgspec.structs.replace(intake, rows=tuple(plan.row for plan in plans)), plans)


typed = read_row
"""The name by which scripts beside the program ask for it (`services/__init__.py`)."""


def _column(kind: str, name: str) -> Column:
    named = {column.name: column for column in (*id_columns(kind), *columns_of(kind))}
    match = named.get(name) or recognised(kind, name)
    if match is None:
        text = "、".join(column.heading for column in columns_of(kind))
        raise refuse("field", f"“{label_of(kind)}”没有字段“{name[:30]}”，可用：{text}", name)
    return match


def _named(sheets: Sequence[grids.Grid], name: str) -> grids.Grid:
    for grid in sheets:
        if name in ("", grid.name):
            return grid
    raise refuse("no_sheet", f"文件里已经没有工作表“{name}”，请重新选择文件")


def _choose(sheets: Sequence[grids.Grid], kind: str) -> tuple[grids.Grid, Header]:
    refused: Problem | None = None
    for grid in sheets:
        match = find_header(grid.rows, kind)
        if isinstance(match, Header):
            return grid, match
        refused = refused or match
    assert refused is not None, "a book has at least one sheet"
    raise Refused([refused])


def _rules(desk: Desk, kind: str) -> Rules:
    defaults: dict[str, Scalar] = {}
    if desk.level is Level.COUNTY:
        defaults = {
            f"{name}.county": desk.scope for name in kinds_of(kind) if name in ("posting", "team", "weekly_note")
        }
    return Rules(vocabulary=desk.vocabulary, areas=library.areas(), practice=desk.practice, defaults=defaults)


def _plan(matcher: Matcher, header: Header, row: SheetRow) -> Plan:
    if row.status is Status.ERROR:
        return Plan(row, (), "error")
    match = matcher.match(row.values)
    if match.problems:
        cells = tuple(_cell(header, row, problem) for problem in match.problems)
        return Plan(msgspec.structs.replace(row, cells=(*row.cells, *cells)), (), "error")
    if not match.changes:
        return Plan(row, (), "same")
    if match.warnings:
        warnings = tuple(_cell(header, row, one, Status.WARNING) for one in match.warnings)
        row = msgspec.structs.replace(row, cells=(*row.cells, *warnings))
    return Plan(_doubted(row) if match.new else row, match.changes, "new" if match.new else "changed")


def _doubted(row: SheetRow) -> SheetRow:
    """Return the row of a new record: what stands masked in it is lacking for good, and a person should know."""
    cells = [
        msgspec.structs.replace(cell, status=Status.WARNING) if cell.message == VEILED.message else cell
        for cell in row.cells
    ]
    return msgspec.structs.replace(row, cells=tuple(cells))


def _cell(header: Header, row: SheetRow, problem: Problem, status: Status = Status.ERROR) -> Cell:
    """Put what is wrong with a row at the cell it names, or at its first column."""
    columns = {column.name: (place, column) for place, column in header.columns.items()}
    first = min(header.columns.items())
    place, column = next((columns[name] for name in problem.fields if name in columns), first)
    raw = row.raw[place] if place < len(row.raw) else None
    return Cell(column, place, raw, row.values.get(column.key), status, str(problem))


def confirm(desk: Desk, rehearsed: Preview) -> Counts:
    """Write what a preview showed, all rows without errors or none; a second call changes nothing."""
    desk.commit(sealing.sealed(desk, [change for plan in rehearsed.plans for change in plan.changes]))
    return rehearsed.counts


def rejects(desk: Desk, rehearsed: Preview) -> bytes:
    """Return the correction workbook: the rows left out with their original cells, to be mended and imported again.

    The cells stay as they were handed in: masked ones could not be mended. What is personal in them is noted.
    """
    title = f"{label_of(rehearsed.kind)}（需更正）"
    bad = [row for row in rehearsed.intake.rows if row.status is Status.ERROR]
    filled = [{cell.key: _raw(row, place) for place, cell in rehearsed.intake.header.columns.items()} for row in bad]
    disclosures.note_sheet(desk, "export", title, rehearsed.intake.header.columns.values(), filled)
    return rejected.rejects(rehearsed.intake, title=title, office=desk.office.name, created=desk.clock.now())


def _raw(row: SheetRow, place: int) -> Scalar:
    cell = row.raw[place] if place < len(row.raw) else None
    return None if cell in (None, "") else str(cell)


def template(desk: Desk, kind: str) -> bytes:
    """Return the empty workbook for a register, with lists to choose from."""
    return workbook.template(
        label_of(kind), _columns(desk, kind), desk.vocabulary, office=desk.office.name, created=desk.clock.now()
    )


def export(
    desk: Desk, kind: str, where: Mapping[str, str] | None = None, *, reveal: bool = False, bare: bool = False
) -> bytes:
    """Return a register as a workbook in the official look; its last columns let it be imported again.

    Personal data are masked, and change nothing when they come back so; with `reveal` they are written out and noted.
    A `bare` one, for other offices, has no personal columns at all; raises Refused for a register of nothing else.
    """
    columns = (*_columns(desk, kind), *id_columns(kind))
    records = _rows(desk, kind, where)
    if reveal:
        disclosures.note_sheet(desk, "export", label_of(kind), columns, records)
    if bare and KINDS.get(kind, Person).kind.restricted:
        raise refuse("personal", f"{label_of(kind)}整本涉及个人，没有“不含个人信息栏”的一份，不能这样导出")
    personal = workbook.Personal.OMIT if bare else workbook.Personal.KEEP if reveal else workbook.Personal.MASK
    headings, rows = workbook.record_table(columns, records, desk.vocabulary, personal=personal)
    return workbook.register(
        label_of(kind) + ("（演示）" if desk.practice else ""),
        headings,
        rows,
        office=desk.office.name,
        filled=desk.today(),
        created=desk.clock.now(),
    )


def _columns(desk: Desk, kind: str) -> tuple[Column, ...]:
    above = desk.level is not Level.COUNTY and kind != ROSTER
    home = home_column(kind)
    if above and KINDS[kind].kind.owner is Owner.COUNTY and home not in columns_of(kind):
        return (home, *columns_of(kind))
    return columns_of(kind)


def _rows(desk: Desk, kind: str, where: Mapping[str, str] | None) -> list[dict[str, Scalar]]:
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
