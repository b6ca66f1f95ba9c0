"""Every register, from its declaration alone: kept, listed, into a workbook and out of it into an empty office."""

from pathlib import Path

import openpyxl
import pytest

from tests.plausible import plausible
from tests.services.desks import enter, open_office
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.record import Owner, Record, scalars
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.services.office import files
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registerlists, registers
from tuopin_desktop.services.registers.registerlists import ELSEWHERE, kept_here
from tuopin_desktop.services.sheets import intake

CASES = [
    (kind, level)
    for kind in kept_here()
    for level in ("county", "league", "region")
    if level == "region" or KINDS[kind].kind.owner is Owner.COUNTY
]


def a_record(desk: Desk, kind: str, county: str = "150426") -> Record:
    """Keep a plausible record of a kind in a county, and whatever it points to."""

    def refer(ref: str) -> str:
        held = [one for one in registers.rows(desk, ref) if one.id.startswith(county)]
        return (held[0] if held else a_record(desk, ref, county)).id

    where = county if desk.level is Level.REGION else ""
    made = plausible(KINDS[kind], desk.vocabulary, refer, county, id=registers.new_id(desk, where))
    return registers.save(desk, made)


def sheets_of(desk: Desk, kind: str, folder: Path) -> list[tuple[str, Path]]:
    """Write the workbooks an office needs to know what a register points to, and that register last."""
    others = [name for name in kept_here() if name != kind and registers.rows(desk, name)]
    made = []
    for name in ("roster", *others, kind):
        made.append((name, folder / f"{name}.xlsx"))
        files.write(desk, made[-1][1], intake.export(desk, name, reveal=True))
    return made


def without_numbers(path: Path) -> Path:
    """Return the same sheet as somebody who does not know our record numbers would have typed it."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    (cell,) = (cell for row in sheet.iter_rows() for cell in row if cell.value == "记录号")
    sheet.delete_cols(cell.column)
    book.save(path.with_name("typed.xlsx"))
    return path.with_name("typed.xlsx")


def test_every_kind_is_a_register_or_says_where_it_is_kept_instead() -> None:
    assert set(kept_here()) | set(ELSEWHERE) == set(KINDS)
    assert set(kept_here()) & set(ELSEWHERE) == set()
    assert all(ELSEWHERE.values())
    assert [kind for kind in kept_here() if KINDS[kind].kind.sealed] == []


@pytest.mark.parametrize("kind", kept_here())
def test_a_register_says_what_makes_two_of_its_rows_one(kind: str) -> None:
    assert KINDS[kind].kind.key or KINDS[kind].kind.keep_one


@pytest.mark.parametrize(("kind", "level"), CASES)
def test_a_register_is_listed_printed_and_goes_into_an_empty_office(tmp_path: Path, kind: str, level: str) -> None:
    desk = open_office(tmp_path / "office", level=level)
    enter(desk, "王五")
    kept = a_record(desk, kind)
    assert [line.id for line in registerlists.listed(desk, kind).rows] == [kept.id]
    assert len(registerlists.printed(desk, kind).rows) == 1
    sheets = sheets_of(desk, kind, tmp_path)
    desk.close()
    other = open_office(tmp_path / "other", level=level)
    for name, path in sheets:
        seen = intake.preview(other, name, path)
        assert list(seen.messages()) == []
        intake.confirm(other, seen)
    (back,) = registers.rows(other, kind)
    assert (back.id, scalars(back)) == (kept.id, scalars(kept))
    assert intake.preview(other, kind, sheets[-1][1]).counts.text().startswith("新增0行，更新0行，无变化1行")
    other.close()


@pytest.mark.parametrize(("kind", "level"), CASES)
def test_a_list_without_record_numbers_is_taken_in_once(tmp_path: Path, kind: str, level: str) -> None:
    desk = open_office(tmp_path / "office", level=level)
    enter(desk, "王五")
    kept = a_record(desk, kind)
    *_, (_, path) = sheets_of(desk, kind, tmp_path)
    typed = without_numbers(path)
    assert intake.preview(desk, kind, typed).counts.same == 1
    with desk.amending("重复登记"):
        registers.delete(desk, kind, kept.id)
    seen = intake.preview(desk, kind, typed)
    assert list(seen.messages()) == []
    intake.confirm(desk, seen)
    (back,) = registers.rows(desk, kind)
    assert scalars(back) == scalars(kept)
    assert intake.preview(desk, kind, typed).counts.same == 1
    desk.close()


@pytest.mark.parametrize("kind", kept_here())
def test_two_counties_may_say_the_same_word_for_word(tmp_path: Path, kind: str) -> None:
    """Namesakes with the same trip, classes of the same name: each stays its own, with record numbers and without."""
    desk = open_office(tmp_path / "office", level="region")
    for county in ("150426", "150125"):
        enter(desk, "王五", county=county)
    kept = {one.id: scalars(one) for one in (a_record(desk, kind, "150426"), a_record(desk, kind, "150125"))}
    assert len(kept) == 2
    sheets = sheets_of(desk, kind, tmp_path)
    typed = without_numbers(sheets[-1][1])
    assert intake.preview(desk, kind, typed).counts.same == 2
    for record_id in kept:
        with desk.amending("重复登记"):
            registers.delete(desk, kind, record_id)
    for _ in range(2):
        seen = intake.preview(desk, kind, typed)
        assert list(seen.messages()) == []
        intake.confirm(desk, seen)
    assert sorted(one.id[:6] for one in registers.rows(desk, kind)) == ["150125", "150426"]
    desk.close()
    other = open_office(tmp_path / "other", level="region")
    for name, path in sheets:
        seen = intake.preview(other, name, path)
        assert list(seen.messages()) == []
        intake.confirm(other, seen)
    assert {one.id: scalars(one) for one in registers.rows(other, kind)} == kept
    other.close()
