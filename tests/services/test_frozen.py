"""What is fixed like paper, through every door: form, command line, sheet, deleting; with a reason and without."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.plausible import plausible
from tests.services.desks import changed, enter, open_office
from tests.services.leaveteam import at
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.columns import columns, sheet_kinds
from tuopin_desktop.domain.freezing import altered, fixed, reference
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.record import Field, Form, Freeze, Record, editable, scalars
from tuopin_desktop.domain.records import KINDS, Amendment, Attendance
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.office import files, frozen
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.sheets import intake, rowsout

COUNTY = "150426"
CASES = [(name, place) for name, cls in KINDS.items() for place in range(len(cls.kind.freezes))]
_TYPED = (Form.TEXT, Form.LONG, Form.DAY, Form.DATE, Form.CHOICE, Form.PERIOD)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path / "region", level="region")) as opened:
        at(opened, date(2018, 7, 2))  # a plausible record's days have come
        yield opened


def a_record(desk: Desk, kind: str) -> Record:
    """Return a kept record of a kind, with whatever it points to."""
    if kind == "posting":
        return enter(desk, "李四", county=COUNTY)
    if kind == "leave_slip":
        drafted = leave.draft(desk, refer(desk, "posting"))
        said = {"period": "2018-06-06am/2018-06-08pm", "place": "通辽市", "reason": "家中有事", "leave_type": "sick"}
        return leave.save(desk, changed(drafted, **said))
    made = plausible(KINDS[kind], desk.vocabulary, lambda ref: refer(desk, ref), COUNTY, id=f"{COUNTY}/{'a' * 32}")
    if isinstance(made, Attendance):
        made = changed(made, id=f"{made.posting}/2018-06", month="2018-06", d01="", d31="")
    return registers.save(desk, registers.settled(desk, made))


def refer(desk: Desk, ref: str) -> str:
    held = [one for one in registers.rows(desk, ref) if one.id.startswith(COUNTY)]
    return (held[0] if held else a_record(desk, ref)).id


def fix(desk: Desk, record: Record, freeze: Freeze) -> Record:
    """Do to a record what fixes it."""
    if freeze.own:
        own = freeze.own[0]
        if getattr(record, own) in (None, ""):
            value = "voided" if own == "ended" else "2018-06-05"
            desk.store.commit([Change(record.kind.name, record.id, {own: value})], "其其格", desk.clock.wall_ms())
    else:
        kind, field = freeze.by[0]
        value = reference(kind, ids.key(record.kind.name, record.id))
        desk.store.commit([Change(kind, f"{COUNTY}/{'b' * 32}", {field: value, "name": "纪要.pdf"})], "其其格", 1)
    kept = desk.store.get(type(record), record.id)
    assert kept is not None
    return kept


def other(record: Record, freeze: Freeze) -> tuple[str, object]:
    """Return a field the freeze fixes and another value that could be typed there."""
    names = fixed(type(record), freeze)
    for item in editable(type(record)):
        held = getattr(record, item.name)
        if item.name in record.kind.key or item.person_name:
            continue  # these make another record
        if item.name in names and item.form in _TYPED and held not in ("", None):
            if item.form in (Form.TEXT, Form.LONG):
                return item.name, f"另{held}"[: item.limit]
            if item.form is Form.DATE:
                return item.name, held.replace(year=held.year - 1)
            if item.form is Form.DAY:
                return item.name, "cw/cw"
    pytest.fail(f"{record.kind.name} has nothing typed that it fixes")


def typed_fields(record: Record, freeze: Freeze) -> bool:
    names = fixed(type(record), freeze)
    return any(item.name in names and item.form in _TYPED for item in editable(type(record)))


def refused(problems: Sequence[object], freeze: Freeze) -> bool:
    return any(freeze.instead in str(one) for one in problems)


@pytest.mark.parametrize(("kind", "place"), CASES)
def test_a_fixed_record_is_written_over_through_no_door(desk: Desk, tmp_path: Path, kind: str, place: int) -> None:
    freeze = KINDS[kind].kind.freezes[place]
    record = fix(desk, a_record(desk, kind), freeze)
    before = desk.store.get(type(record), record.id)
    with pytest.raises(Refused):
        registers.delete(desk, kind, record.id)
    if typed_fields(record, freeze):
        name, value = other(record, freeze)
        new = changed(record, **{name: value})
        with pytest.raises(Refused) as told:
            registers.save(desk, new)
        assert all(name in problem.fields for problem in told.value.problems if problem.code.startswith("frozen"))
        assert any(problem.code.startswith("frozen") for problem in told.value.problems)
        assert kind in sheet_kinds()
        column = next(item for item in columns(kind) if item.field.name == name)
        written = _written(desk, column.field, value)
        row = intake.read_row(desk, kind, _row(desk, record, column.heading, written))
        with pytest.raises(Refused):
            _confirmed(desk, row)
        sheet = tmp_path / "sheet.xlsx"
        files.write(desk, sheet, intake.export(desk, kind))
        book = openpyxl.load_workbook(sheet)
        _say(book.active, record.id, column.heading, written)
        book.save(sheet)
        with pytest.raises(Refused):
            _confirmed(desk, intake.preview(desk, kind, sheet))
    else:
        own = freeze.own[0]
        with pytest.raises(Refused):
            desk.commit([Change(kind, record.id, {own: None})])
    assert desk.store.get(type(record), record.id) == before
    assert desk.store.audit() == ""


def _written(desk: Desk, item: Field, value: object) -> str:
    """Return a value as it is written in a sheet."""
    if item.form is Form.CHOICE:
        return item.codes(desk.vocabulary).word(str(value))
    return "○" if item.form is Form.DAY else str(value)


def _row(desk: Desk, record: Record, heading: str, written: str) -> dict[str, str]:
    """Return a row of words that says of the record what stands there, and in one cell something else."""
    (held,) = [row for row in rowsout.rows(desk, record.kind.name, None) if row[f"{record.kind.name}.id"] == record.id]
    said = {"记录号": record.id}
    for column in columns(record.kind.name):
        value = held.get(column.key)
        if value is not None and column.field.form is not Form.REF:
            said[column.heading] = _written(desk, column.field, value)
        elif value is not None:
            said[column.heading] = str(value)
    return {**said, heading: written}


def _confirmed(desk: Desk, preview: intake.Preview) -> None:
    """Take a preview as the clerk would; a row that is refused in the rehearsal counts as refused."""
    if preview.counts.rejected:
        words = "".join(sentence for _, _, sentence in preview.messages())
        assert "更正" in words or "作废" in words or "变更" in words, words
        raise Refused(())
    intake.confirm(desk, preview)


def _say(sheet: object, record_id: str, heading: str, value: object) -> None:
    rows = list(sheet.iter_rows())  # type: ignore[attr-defined]  # openpyxl's sheet is untyped
    (head,) = (row for row in rows if any(cell.value == "记录号" for cell in row))
    columns = {str(cell.value): cell.column for cell in head if cell.value}
    first = next(name for name in columns if name == heading or name.startswith(heading) or heading.startswith(name))
    for row in rows:
        if any(cell.value == record_id for cell in row):
            sheet.cell(row[0].row, columns[first], str(value))  # type: ignore[attr-defined]  # openpyxl's sheet is untyped


@pytest.mark.parametrize(("kind", "place"), CASES)
def test_a_reason_corrects_what_may_be_corrected_and_keeps_the_old_value(desk: Desk, kind: str, place: int) -> None:
    freeze = KINDS[kind].kind.freezes[place]
    record = fix(desk, a_record(desk, kind), freeze)
    if typed_fields(record, freeze):
        name, value = other(record, freeze)
        new = changed(record, **{name: value})
    else:
        name, new = freeze.own[0], changed(record, **{freeze.own[0]: None})
    strict = [one for one in frozen.holding(desk.store, record) if not one.amend]
    strict = [one for one in strict if altered(type(record), one, scalars(record), {name: scalars(new)[name]})]
    with desk.amending("笔误"):
        if strict:
            with pytest.raises(Refused):
                desk.commit([Change(kind, record.id, {name: scalars(new)[name]})])
            return
        desk.commit([Change(kind, record.id, {name: scalars(new)[name]})])
    assert desk.store.get(type(record), record.id) == new
    (note,) = desk.store.rows(Amendment)
    assert (note.reason, note.field, note.was) == ("笔误", name, str(scalars(record)[name]))
    assert [one for one in judging.findings(desk, "A10-7") if kind in one.subject] == []
    if name not in freeze.own:  # who takes back what fixed the record may write on it again
        with pytest.raises(Refused):
            desk.commit([Change(kind, record.id, {name: scalars(record)[name]})])


def test_a_kind_that_is_fixed_says_what_to_do_instead() -> None:
    for cls in KINDS.values():
        for freeze in cls.kind.freezes:
            assert freeze.why
            assert freeze.article
            assert any(word in freeze.instead for word in ("更正", "另填"))


def test_a_correction_is_never_typed_or_deleted(desk: Desk) -> None:
    record = registers.blank(desk, "amendment")
    with pytest.raises(Refused):
        registers.save(desk, changed(record, day=date(2018, 6, 5), what="报告", reason="无"))
