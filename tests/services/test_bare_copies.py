"""What goes to another office without the personal columns holds none of their values, and nobody has to be noted."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tests.planted import kinds, planted, seen_in
from tests.plausible import plausible
from tuopin_desktop.documents.table import Table
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.columns import sheet_kinds
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.record import Scalar, scalars
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.services.leave.leavebooks import calls
from tuopin_desktop.services.office import books, disclosures
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registerlists
from tuopin_desktop.services.sheets import intake

COUNTY = "150426"
PERSONAL = [cls.kind.name for cls in kinds()]


def _plant(desk: Desk, kind: str) -> None:
    def refer(ref: str) -> str:
        return next((one.id for one in desk.store.rows(KINDS[ref])), f"{COUNTY}/none")

    cls = KINDS[kind]
    whole = planted(cls, plausible(cls, desk.vocabulary, refer, COUNTY, id=f"{COUNTY}/{'7' * 32}"))
    values: dict[str, Scalar] = {
        name: value
        for name, value in scalars(whole).items()
        if value is not None and name != "id" and not name.startswith("handler")
    }
    desk.store.commit([Change(kind, whole.id, values)], "李秀英", desk.clock.wall_ms())


def _text(workbook: bytes) -> str:
    cells = (cell for sheet in openpyxl.load_workbook(BytesIO(workbook)) for row in sheet.values for cell in row)
    return "\n".join(str(cell) for cell in cells if cell is not None)


@pytest.mark.parametrize("kind", [one for one in PERSONAL if one in sheet_kinds()])
def test_a_register_without_personal_columns_holds_no_personal_value(desk: Desk, kind: str) -> None:
    _plant(desk, kind)
    assert seen_in(_text(intake.export(desk, kind, reveal=True))), "what is left out is there"
    before = len(disclosures.lines(desk))
    if KINDS[kind].kind.restricted:
        with pytest.raises(Refused, match="整本涉及个人"):
            intake.export(desk, kind, bare=True)
        return
    text = _text(intake.export(desk, kind, bare=True))
    assert seen_in(text) == []
    assert "**" not in text, "the columns are gone, not masked"
    assert len(disclosures.lines(desk)) == before


@pytest.mark.parametrize("kind", [one for one in PERSONAL if one in registerlists.kept_here()])
def test_a_printed_register_without_personal_columns_fills_its_page_all_the_same(desk: Desk, kind: str) -> None:
    _plant(desk, kind)
    whole = registerlists.printed(desk, kind)
    if KINDS[kind].kind.restricted:
        with pytest.raises(Refused, match="整本涉及个人"):
            books.bare(whole)
        return
    bare = books.bare(whole)
    assert seen_in(_text(books.xlsx(desk, bare))) == []
    assert sum(one.width for one in bare.sheet.columns) == pytest.approx(
        sum(one.width for one in whole.sheet.columns), abs=1
    )
    assert disclosures.lines(desk) == []


def test_a_call_sheet_without_numbers_keeps_everything_else(desk: Desk, tmp_path: Path) -> None:
    whole = calls(desk)
    bare = books.bare(whole)
    missing = {one.heading for one in whole.sheet.columns} - {one.heading for one in bare.sheet.columns}
    assert missing == {"联系电话"}
    assert all(
        isinstance(paper, Table) and "联系电话" not in {c.heading for c in paper.columns} for paper in bare.papers
    )
    assert all(len(row) == len(bare.sheet.columns) for row in bare.sheet.rows)
    assert books.write(desk, tmp_path / "call.pdf", bare).read_bytes()[:4] == b"%PDF"
