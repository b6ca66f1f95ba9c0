"""A folder of 干部任免审批表, rehearsed as a sheet is: a row for every file, seen before anything is written.

Of the family nothing is read. Résumé, rewards and whatever else has no place in the roster is left out and named.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from tuopin_desktop.documents import cadrefiles, portraits
from tuopin_desktop.domain.columns import Column, all_columns, home_column
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.intake import Cell, Header, Intake, SheetRow, Status, take_in
from tuopin_desktop.domain.intake.cadreforms import (
    FIELDS,
    PROPOSED,
    CadreForm,
    Entry,
    Remark,
    ResumeLine,
    entry,
    left_out,
    resume,
)
from tuopin_desktop.domain.intake.questions import Answer, Question
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.domain.record import build, scalars
from tuopin_desktop.domain.records import Person
from tuopin_desktop.machine import filekinds, files
from tuopin_desktop.services.office import attachments, clocks
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import photos
from tuopin_desktop.services.sheets import mends
from tuopin_desktop.services.sheets.cadreverdicts import eligibilities
from tuopin_desktop.services.sheets.hearing import Hear, deaf, heard
from tuopin_desktop.services.sheets.intake import plan_of, rules_of
from tuopin_desktop.services.sheets.matching import Matcher
from tuopin_desktop.services.sheets.plans import Plan, Preview, RowFile
from tuopin_desktop.services.sheets.rowrecords import part_of

KINDS = ("person", "roster")
"""The sheets in whose place a folder of forms may come."""

MOST_FILES = 1000
_DEEPEST = 6
_SPOILT = frozenset(
    (
        filekinds.Kind.FORM,
        filekinds.Kind.OTHER,
        filekinds.Kind.TEXT,
        filekinds.Kind.EMPTY,
        filekinds.Kind.BROKEN,
    )
)
"""What a form that cannot be read may look like: of these the reader's own sentence says more."""
_NAMED = 5
_HOME = "home"
_FILE, _KIND = "文件", "person"
_COLUMNS: Mapping[str, Column] = {one.name: one for one in all_columns(_KIND)}


class _Reading(msgspec.Struct, frozen=True):
    """What became of one file: its form, the photo as it would be kept, or why it could not be read."""

    path: Path
    form: CadreForm = CadreForm({})
    why: str = ""
    photo: str = ""

    @property
    def name(self) -> str:
        return attachments.file_name(self.path)


def are_forms(kind: str, paths: Sequence[Path]) -> bool:
    """Tell whether what was handed over for a sheet are forms of cadres: by their endings, or folders."""
    return kind in KINDS and any(path.suffix.lower() in cadrefiles.ENDINGS or files.is_folder(path) for path in paths)


def preview(desk: Desk, paths: Sequence[Path], answers: Mapping[str, str] | None = None, hear: Hear = deaf) -> Preview:
    """Read and judge the forms of some files and folders; raises Trouble where there is none, or far too many.

    `hear` is told before each file how many are read, and may raise to end it.
    """
    replies = dict(answers or {})
    sources, others = _files(paths)
    readings = [_read(path) for path in heard(sources, hear, 0, len(sources), stride=1)]
    questions = () if desk.level is Level.COUNTY or replies.get(_HOME) else (_home(desk),)
    units = sorted({one.unit for one in desk.store.rows(Person) if one.unit})
    entries = [entry(one.form, desk.vocabulary, units) for one in readings]
    header = _header(desk)
    rows = [_raw(one, form, replies.get(_HOME, "")) for one, form in zip(readings, entries, strict=True)]
    sheet = f"{len(readings)}份审批表"
    fixed = mends.corrected(rows, header, sheet, replies)
    rules = msgspec.structs.replace(rules_of(desk, _KIND), beside=fixed.beside)
    entries = [_as_corrected(number, one, fixed) for number, one in enumerate(entries, 1)]
    intake = take_in(fixed.rows, header, rules)
    matcher = Matcher(desk, _KIND)
    plans, people = _plans(desk, matcher, header, _whole(intake, readings, fixed.rows), readings, entries)
    if questions:
        plans = [msgspec.structs.replace(one, changes=(), action="asked") for one in plans]
    intake = msgspec.structs.replace(intake, rows=tuple(one.row for one in plans), skipped=())
    notes = [
        *fixed.notes(header),
        *_notes(readings, others),
        *clocks.history(desk, [change for one in plans for change in one.changes]),
    ]
    where = str(paths[0]) if len(paths) == 1 else str(paths[0].parent)
    return Preview(
        _KIND,
        where,
        sheet,
        intake,
        tuple(plans),
        tuple(notes),
        questions,
        answers=replies,
        files=_sources(desk, readings, people),
    )


def resume_of(path: Path) -> tuple[ResumeLine, ...]:
    """Return the résumé of one file line by line, when somebody asks to see it; it is kept nowhere. Raises Trouble."""
    old = path.suffix.lower() == cadrefiles.ENDINGS[1]
    return resume(cadrefiles.resume_of(files.read(path, cadrefiles.MOST), old=old))


# -- the files


def _files(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Return the forms among files and folders, by name, and what else lies in the folders."""
    forms: dict[Path, None] = {}
    others: list[Path] = []
    for path in paths:
        for one in _within(path) if files.is_folder(path) else (path,):
            if one.suffix.lower() in cadrefiles.ENDINGS or one == path:
                forms[one] = None
            elif one.suffix.lower() != ".pic" and not one.name.startswith((".", "~")):
                others.append(one)
            if len(forms) > MOST_FILES:
                raise Trouble(f"一次最多导入{MOST_FILES}份审批表，请分几个文件夹导入")
    if not forms:
        sheets = "；里面有表格，要导入表格请选表格文件本身" if any(map(_is_sheet, others)) else ""
        raise Trouble(f"“{paths[0].name}”里没有干部任免审批表（.lrmx、.lrm）{sheets}，请检查是否选错了文件夹")
    return sorted(forms, key=lambda one: (str(one.parent), one.name)), others


def _is_sheet(path: Path) -> bool:
    return path.suffix.lower() in (".xlsx", ".xls", ".et", ".csv", ".ods")


def _within(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder and its folders; links to other places are not followed."""
    for place, folders, names in os.walk(folder):
        if len(Path(place).relative_to(folder).parts) >= _DEEPEST:
            folders.clear()
        yield from (Path(place) / name for name in sorted(names))


def _read(path: Path) -> _Reading:
    try:
        raw = files.read(path, cadrefiles.MOST)
        old = path.suffix.lower() == cadrefiles.ENDINGS[1]
        form = cadrefiles.read_old(raw, _beside(path)) if old else cadrefiles.read(raw)
    except Trouble as error:
        return _Reading(path, why=_why(path, error))
    if not form.photo:
        return _Reading(path, form, photo="没有照片")
    picture = portraits.portrait(form.photo)  # drawn small at once: of a hundred large ones one is held at a time
    return _Reading(path, msgspec.structs.replace(form, photo=picture.data), photo=picture.why)


def _why(path: Path, error: Trouble) -> str:
    """Return why a file could not be read; one of another kind is called what it is."""
    try:
        start = files.start(path)
    except Trouble:
        return error.sentence
    sight = filekinds.sight(start, path.name)
    if sight.kind in _SPOILT:
        return error.sentence
    return filekinds.sentence(path.name, sight, "干部任免审批表")


def _beside(path: Path) -> bytes:
    """Return the picture that lies beside a form of the older kind."""
    try:
        return files.read(path.with_suffix(".pic"), cadrefiles.MOST)
    except Trouble:
        return b""


# -- the rows


def _header(desk: Desk) -> Header:
    columns = {place: _COLUMNS[name] for place, name in enumerate(FIELDS, 1)}
    if desk.level is not Level.COUNTY:
        columns[len(FIELDS) + 1] = home_column(_KIND)
    return Header(_KIND, 0, 0, columns, {0: _FILE, **{place: one.heading for place, one in columns.items()}})


def _home(desk: Desk) -> Question:
    counties = {code: name for code, name in desk.vocabulary["旗县"].labels.items() if code.startswith(desk.scope)}
    answers = tuple(Answer(name, name) for name in counties.values())
    return Question(_HOME, "审批表里没有派驻旗县，这些人归哪个旗县？", answers)


def _raw(reading: _Reading, form: Entry, home: str) -> list[object]:
    texts = [form.texts[name] for name in FIELDS] if not reading.why else [""] * len(FIELDS)
    return [reading.name, *texts, home if any(texts) else ""]


def _as_corrected(number: int, form: Entry, fixed: mends.Corrected) -> Entry:
    """Return a form without what was remarked of items the clerk has typed himself since."""
    own = {name for name in form.remarks if (number, _COLUMNS[name].key) in fixed.spots}
    remarks = {name: remark for name, remark in form.remarks.items() if name not in own}
    return msgspec.structs.replace(form, remarks=remarks) if own else form


def _whole(intake: Intake, readings: Sequence[_Reading], rows: Sequence[Sequence[object]]) -> list[SheetRow]:
    """Return a row for every file: one that could not be read, or says nothing of anybody, says so."""
    judged_rows = {row.number: row for row in intake.rows}
    reasons = {row.number: row.reason for row in intake.skipped}
    whole = []
    for number, (reading, raw) in enumerate(zip(readings, rows, strict=True), 1):
        if number in judged_rows and not reading.why:
            whole.append(judged_rows[number])
            continue
        sentence = reading.why or (f"像是{reasons[number]}，不是一个人" if number in reasons else "文件里没有填写姓名")
        cell = Cell(_COLUMNS["name"], 1, raw[1], None, Status.ERROR, sentence)
        whole.append(SheetRow(number, raw, {}, (cell,)))
    return whole


def _plans(
    desk: Desk,
    matcher: Matcher,
    header: Header,
    rows: Sequence[SheetRow],
    readings: Sequence[_Reading],
    entries: Sequence[Entry],
) -> tuple[list[Plan], dict[int, Person]]:
    """Return what each row would do, and whom it would leave on the roster, by number."""
    plans, people = list[Plan](), dict[int, Person]()
    for row, reading, form in zip(rows, readings, entries, strict=True):
        before = matcher.person(part_of(row.values, _KIND), "") if row.values else None
        row = row if reading.why else _remarked(row, {**form.remarks, **_named_otherwise(row, before)}, before)
        plan = plan_of(matcher, header, row)
        person = _after(plan, before)
        if person is not None:
            people[row.number] = person
        photo = reading.form.photo
        if plan.action == "same" and person and photo and photos.lacking(desk, person.id, photo):
            plan = msgspec.structs.replace(plan, action="changed")
        plans.append(plan)
    return plans, people


def _named_otherwise(row: SheetRow, before: Person | None) -> Mapping[str, Remark]:
    """Return what is said of a form whose number is somebody's with another name: nobody is renamed by a file."""
    name = row.values.get("person.name")
    if before is None or name is None or name == before.name:
        return {}
    sentence = f"花名册里用这个公民身份号码的是“{before.name}”，姓名不同，请核对是哪一份错了"
    return {"name": Remark(Status.ERROR, sentence)}


def _remarked(row: SheetRow, remarks: Mapping[str, Remark], before: Person | None) -> SheetRow:
    """Return a row with what is said beside its cells; what is only proposed is never put over what is kept."""
    values, cells = dict(row.values), list(row.cells)
    for name, remark in remarks.items():
        column = _COLUMNS[name]
        if name in PROPOSED and before is not None and getattr(before, name):
            values[column.key] = None
            continue
        place = FIELDS.index(name) + 1
        cells = [one for one in cells if one.column.key != column.key or one.status > remark.status]
        cells.append(Cell(column, place, row.raw[place], values.get(column.key), remark.status, remark.message))
        if remark.status is Status.ERROR:
            values.pop(column.key, None)
    return msgspec.structs.replace(row, values=values, cells=tuple(cells))


def _after(plan: Plan, before: Person | None) -> Person | None:
    change = next((one for one in plan.changes if one.kind == _KIND), None)
    if change is None:
        return before if plan.action == "same" else None
    return build(Person, change.id, {**(scalars(before) if before else {}), **change.set})


def _sources(desk: Desk, readings: Sequence[_Reading], people: Mapping[int, Person]) -> tuple[RowFile, ...]:
    verdicts = dict(zip(people, eligibilities(desk, list(people.values())), strict=True))
    result = []
    for number, one in enumerate(readings, 1):
        person, verdict = people.get(number), verdicts.get(number)
        result.append(
            RowFile(
                one.name,
                str(one.path),
                person.id if person else "",
                one.form.photo,
                verdict.text if verdict else "",
                verdict.tone if verdict else "",
            )
        )
    return tuple(result)


# -- what was left out


def _notes(readings: Sequence[_Reading], others: Sequence[Path]) -> Iterator[str]:
    forms = [one.form for one in readings if not one.why]
    family = sum(form.family for form in forms)
    if family:
        yield f"家庭主要成员及重要社会关系：{family}份里填了，一律不读，也不保存"
    if labels := left_out(forms):
        yield f"花名册里没有、没有导入的项目：{'、'.join(labels)}（简历可以另看，不保存）"
    if unknown := list(dict.fromkeys(name for form in forms for name in form.unknown)):
        yield f"不认识、没有读的项目：{_listed(unknown)}"
    if others:
        yield f"文件夹里不是审批表、没有读的文件：{_listed([attachments.file_name(one) for one in others])}"
    if lacking := [one.name for one in readings if not one.why and one.photo]:
        yield f"没有可用的照片：{_listed(lacking)}"
    for note in dict.fromkeys(note for form in forms for note in form.notes):
        yield f"{note}：{_listed([one.name for one in readings if note in one.form.notes])}"


def _listed(names: Sequence[str]) -> str:
    return "、".join(names[:_NAMED]) + (f"等{len(names)}个" if len(names) > _NAMED else "")
