"""Sheets in and out: a template, a rehearsed import that writes nothing before it is confirmed, an export."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path

import msgspec

from tuopin_desktop.documents import grids, rejected, workbook
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.columns import Column, id_columns, kinds_of, label_of
from tuopin_desktop.domain.columns import columns as columns_of
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.intake import (
    Cell,
    Header,
    Rules,
    SheetRow,
    Status,
    doubtful_cells,
    endhalves,
    recognised,
    take_in,
)
from tuopin_desktop.domain.intake.questions import Question
from tuopin_desktop.domain.intake.verdicts import VEILED
from tuopin_desktop.domain.problems import Problem, refuse
from tuopin_desktop.domain.record import Scalar
from tuopin_desktop.domain.records import KINDS, Person
from tuopin_desktop.services.judging import sealing
from tuopin_desktop.services.office import clocks, disclosures, library, wrongfiles
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import photos
from tuopin_desktop.services.sheets import (
    effects,
    historyrows,
    layouts,
    mends,
    practicesheets,
    rowsout,
    sheetnotes,
    sheetparts,
    sightings,
    sources,
)
from tuopin_desktop.services.sheets.hearing import Hear, deaf, heard
from tuopin_desktop.services.sheets.matching import Matcher
from tuopin_desktop.services.sheets.plans import Counts as Counts
from tuopin_desktop.services.sheets.plans import Plan as Plan
from tuopin_desktop.services.sheets.plans import Preview as Preview
from tuopin_desktop.services.sheets.sources import Source


def preview(
    desk: Desk,
    kind: str,
    source: Source,
    header: Header | None = None,
    sheet: str = "",
    answers: Mapping[str, str] | None = None,
    hear: Hear = deaf,
) -> Preview:
    """Read and judge a file, or what was pasted, for a register; raises Trouble for what is no sheet.

    Refused without a heading.

    `header` is given when the clerk has assigned the columns anew, with the `sheet` it stands on; `answers` are his
    answers by the code of the question; `hear` is told how far it is and may raise to end it.
    """
    replies = dict(answers or {})
    book, further = sources.read(source, kind, replies)
    practicesheets.keep_out(desk, book.grids)
    with wrongfiles.instead_of_sheet(source) if isinstance(source, Path) else nullcontext():
        if header is None:
            choice = sheetparts.choose(book.grids, kind, replies)
        else:
            choice = sheetparts.Choice((sheetparts.Table(_named(book.grids, sheet), header),))
    choice = msgspec.structs.replace(choice, questions=(*further, *choice.questions))
    matcher = Matcher(desk, kind)
    parts = [_part(desk, source, matcher, table, replies, book, choice, hear) for table in choice.tables]
    notes = [*parts[0].notes, *sheetnotes.left_sheets(book, choice)]
    changes = [change for part in parts for plan in part.plans for change in plan.changes]
    notes += clocks.history(desk, changes)
    return msgspec.structs.replace(parts[0], notes=tuple(notes), more=tuple(parts[1:]))


def _part(
    desk: Desk,
    source: Source,
    matcher: Matcher,
    table: sheetparts.Table,
    answers: Mapping[str, str],
    book: grids.Workbook,
    choice: sheetparts.Choice,
    hear: Hear,
) -> Preview:
    """Return the rehearsal of one table; rows and parts that something is asked of change nothing."""
    grid, layout = table.grid, layouts.signature(table.header)
    remembered = layouts.answers_of(desk, layout)
    whole_answers = {**remembered, **answers}
    header = historyrows.header_of(sheetparts.assigned(table.header, whole_answers), whole_answers)
    others = [other for other in book.grids if other.name != grid.name and other.name not in choice.fitting]
    sighting = sightings.sight(grid, header, whole_answers, sources.stem_of(source), others)
    questions = (*choice.questions, *historyrows.question(header, whole_answers), *sighting.questions)
    rows, header = sheetparts.parted(historyrows.with_years(sighting.rows, header, answers), header, whole_answers)
    rows, header = endhalves.with_halves(rows, header)
    fixed = mends.corrected(rows, header, _title(table), answers)
    matcher.history.past = answers.get(historyrows.CODE) == historyrows.PAST.word
    rules = rules_of(desk, header.kind)
    rules = msgspec.structs.replace(rules, defaults={**rules.defaults, **sighting.defaults}, since_1904=grid.since_1904)
    rules = msgspec.structs.replace(rules, waived=historyrows.waived(header, answers), beside=fixed.beside)
    if doubtful := doubtful_cells(fixed.rows, header):
        rules = msgspec.structs.replace(rules, formats=sources.formats(source, grid.name, doubtful))
    steps = 2 * len(rows)
    intake = take_in(fixed.rows, header, rules, sighting.aside, hear=lambda number: hear(number, steps))
    read_rows = heard(intake.rows, hear, len(rows), steps)
    plans, questions = _plans(matcher, header, read_rows, questions, answers)
    intake = msgspec.structs.replace(intake, rows=tuple(plan.row for plan in plans))
    notes = [*fixed.notes(header), *grid.notes, *sighting.notes, *historyrows.notes(header, answers)]
    notes += sheetnotes.of_rows(intake)
    if used := [code for code in remembered if code not in answers]:
        notes.append(f"对这种表格已按以前的回答处理（{len(used)}项）")
    path, title = sources.path_of(source), _title(table)
    return Preview(header.kind, path, title, intake, plans, tuple(notes), questions, (), answers, layout)


def _plans(
    matcher: Matcher,
    header: Header,
    rows: Iterable[SheetRow],
    questions: tuple[Question, ...],
    answers: Mapping[str, str],
) -> tuple[tuple[Plan, ...], tuple[Question, ...]]:
    """Return what the rows would do, and the questions with that of leave long over, asked of rows nobody keeps yet."""
    waits = _waiting(questions)
    plans = [Plan(row, (), "asked") if waits(row.number) else plan_of(matcher, header, row) for row in rows]
    late = tuple(matcher.history.question([one.row for one in plans if one.action in ("new", "error")], answers))
    past = _waiting(late)
    plans = [Plan(one.row, (), "asked") if past(one.row.number) else one for one in plans]
    return tuple(plans), (*questions, *late)


def _waiting(questions: Sequence[Question]) -> Callable[[int], bool]:
    """Return what tells whether the row of a number waits for an answer."""
    whole = any(question.holds == "part" for question in questions)
    stopped = frozenset().union(*(question.rows for question in questions))
    return lambda number: whole or number in stopped


def _title(table: sheetparts.Table) -> str:
    return f"{table.grid.name}（第{table.block}组）" if table.block else table.grid.name


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
    intake = take_in([row], header, rules_of(desk, kind))
    if not intake.rows:
        reason = next((f"（像是{skipped.reason}）" for skipped in intake.skipped), "")
        raise refuse("empty", f"没有可登记的内容{reason}，请写成 字段=值", "said")
    matcher = Matcher(desk, kind)
    plans = tuple(plan_of(matcher, header, row) for row in intake.rows)
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


def rules_of(desk: Desk, kind: str) -> Rules:
    """Return what an intake of a kind needs to know in this office."""
    defaults: dict[str, Scalar] = {}
    if desk.level is Level.COUNTY:
        defaults = {
            f"{name}.county": desk.scope for name in kinds_of(kind) if name in ("posting", "team", "weekly_note")
        }
    return Rules(vocabulary=desk.vocabulary, areas=library.areas(), practice=desk.practice, defaults=defaults)


def plan_of(matcher: Matcher, header: Header, row: SheetRow) -> Plan:
    """Return what a judged row would do, by the rows before it and what is kept."""
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
    if match.new:
        return Plan(_doubted(row), match.changes, "new")
    return Plan(row, match.changes, "changed", effects.text(match.changes, match.before, matcher.vocabulary))


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
    """Write what a preview showed, all rows without errors or none; a second call changes nothing.

    What was answered for good is kept for sheets of this layout.
    """
    photos.keep(desk, rehearsed.photos)
    desk.commit(changes_of(desk, rehearsed))
    for part in rehearsed.parts:
        layouts.keep(desk, part.layout, {code: word for code, word in part.answers.items() if _lasting(code)})
    return rehearsed.counts


def changes_of(desk: Desk, rehearsed: Preview) -> list[Change]:
    """Return what confirming a preview writes."""
    changes = [change for part in rehearsed.parts for plan in part.plans for change in plan.changes]
    people = {change.id: change.set for change in changes if change.kind == "person"}
    return sealing.sealed(desk, [*changes, *photos.attaching(desk, people, rehearsed.photos)])


def _lasting(code: str) -> bool:
    return code in ("legend", "colour") or code.startswith(sheetparts.COLUMN)


def rejects(desk: Desk, rehearsed: Preview) -> bytes:
    """Return the correction workbook: the rows left out of every table with their original cells, to be mended.

    The cells stay as they were handed in: masked ones could not be mended. What is personal in them is noted.
    """
    title = f"{label_of(rehearsed.kind)}（需更正）"
    tables = {part.sheet if rehearsed.more else title: part.intake for part in rehearsed.parts}
    for part in rehearsed.parts:
        columns = part.intake.header.columns
        bad = [row for row in part.intake.rows if row.status is Status.ERROR]
        filled = [{cell.key: _raw(row, place) for place, cell in columns.items()} for row in bad]
        disclosures.note_sheet(desk, "export", title, columns.values(), filled)
    return rejected.of_tables(tables, title=title, office=desk.office.name, created=desk.clock.now())


def _raw(row: SheetRow, place: int) -> Scalar:
    cell = row.raw[place] if place < len(row.raw) else None
    return None if cell in (None, "") else str(cell)


def template(desk: Desk, kind: str) -> bytes:
    """Return the empty workbook for a register, with lists to choose from."""
    return workbook.template(
        label_of(kind),
        rowsout.columns_out(desk, kind),
        desk.vocabulary,
        office=desk.office.name,
        created=desk.clock.now(),
    )


def export(
    desk: Desk, kind: str, where: Mapping[str, str] | None = None, *, reveal: bool = False, bare: bool = False
) -> bytes:
    """Return a register as a workbook in the official look; its last columns let it be imported again.

    Personal data are masked, and change nothing when they come back so; with `reveal` they are written out and noted.
    A `bare` one, for other offices, has no personal columns at all; raises Refused for a register of nothing else.
    """
    columns = (*rowsout.columns_out(desk, kind), *id_columns(kind))
    records = rowsout.rows(desk, kind, where)
    if reveal:
        disclosures.note_sheet(desk, "export", label_of(kind), columns, records)
    if bare and KINDS.get(kind, Person).kind.restricted:
        raise refuse("personal", f"{label_of(kind)}整本涉及个人，没有“不含个人信息栏”的一份，不能这样导出")
    personal = workbook.Personal.OMIT if bare else workbook.Personal.KEEP if reveal else workbook.Personal.MASK
    headings, rows = workbook.record_table(columns, records, desk.vocabulary, personal=personal)
    return workbook.register(
        label_of(kind) + ("（练习）" if desk.practice else ""),
        headings,
        rows,
        office=desk.office.name,
        filled=desk.today(),
        created=desk.clock.now(),
    )
