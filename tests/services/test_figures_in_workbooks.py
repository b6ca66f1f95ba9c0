"""Amounts and counts are numbers in every workbook, and numbers that are names (of slips, phones) stay text."""

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest

from tests.plausible import plausible
from tests.services.desks import changed, open_office
from tests.services.leaveteam import at, made, team
from tuopin_desktop.documents import sheetlook, table
from tuopin_desktop.documents.sheetlook import figure
from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.domain.columns import columns as columns_of
from tuopin_desktop.domain.record import Form, Owner, Record, fields
from tuopin_desktop.domain.records import KINDS, SubsidyRate
from tuopin_desktop.machine.clock import Clock
from tuopin_desktop.services.duties import supportlists
from tuopin_desktop.services.leave import leavebooks
from tuopin_desktop.services.office import books
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registerlists, registers
from tuopin_desktop.services.reporting import overview
from tuopin_desktop.services.sheets import intake

FIGURES = (Form.INTEGER, Form.MONEY)
LOOKS_LIKE_ONE = re.compile(r"-?[0-9]+([.][0-9]+)?%?")


class Held(NamedTuple):
    heading: str
    value: object
    shape: str


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path / "office", practice=True)) as desk:
        registers.save(desk, changed(desk.office, secretary="白音"))
        yield desk


def cells(data: bytes) -> list[Held]:
    """Every filled cell of the table of a workbook, with its heading."""
    sheet = openpyxl.load_workbook(BytesIO(data)).active
    found: list[Held] = []
    heads: dict[int, str] = {}
    for row in sheet.iter_rows():
        if not heads:
            if row[0].font.name == "黑体":
                heads = {cell.column: str(cell.value).rstrip("*") for cell in row if cell.value}
            continue
        found += [
            Held(heads[cell.column], cell.value, cell.number_format)
            for cell in row
            if cell.value is not None and cell.column in heads
        ]
    return found


def kept(desk: Desk, kind: str) -> Record:
    def refer(ref: str) -> str:
        held = registers.rows(desk, ref)
        return (held[0] if held else kept(desk, ref)).id

    return registers.save(desk, plausible(KINDS[kind], desk.vocabulary, refer, id=registers.new_id(desk)))


@pytest.mark.parametrize("kind", [k for k in registerlists.kept_here() if KINDS[k].kind.owner is Owner.COUNTY])
def test_every_register_writes_its_amounts_and_counts_as_numbers(desk: Desk, kind: str) -> None:
    team(desk)
    record = kept(desk, kind)
    shown = {item.label: item for item in registerlists.listed(desk, kind).columns}
    filled = {item.label for item in fields(type(record)) if getattr(record, item.name) not in (None, "")}
    for data in (books.xlsx(desk, registerlists.printed(desk, kind)), intake.export(desk, kind, reveal=True)):
        held = cells(data)
        headings = {**{one.heading: one.field for one in columns_of(kind)}, **shown}
        numbers = {one.heading for one in held if isinstance(one.value, int | float)}
        wanted = {words for words, item in headings.items() if item.form in FIGURES and words in filled}
        assert wanted & {one.heading for one in held} <= numbers
        for one in held:
            item = headings.get(one.heading)
            if isinstance(one.value, int | float):
                assert one.shape not in ("@", "yyyy-mm-dd"), one
            if item is not None and item.form is Form.MONEY:
                assert one.shape == "0.00", one
            if item is not None and item.form not in (*FIGURES, Form.DATE):
                assert isinstance(one.value, str), one


def test_the_books_of_leave_keep_numbers_and_names_apart(desk: Desk) -> None:
    people = team(desk)
    slip = made(desk, people["李四"], "605-608")
    at(desk, date(2018, 6, 20))
    made_books: tuple[books.Book[Any], ...] = (
        leavebooks.register(desk, 2018),
        leavebooks.card(desk, 2018),
        leavebooks.lates(desk, 2018),
        leavebooks.calls(desk),
        leavebooks.filings(desk, 2018),
    )
    for book in made_books:
        held = cells(books.xlsx(desk, book))
        assert all(one.shape != "@" for one in held if isinstance(one.value, int | float)), book.title
        text = {one.value for one in held if isinstance(one.value, str) and LOOKS_LIKE_ONE.fullmatch(one.value)}
        assert text <= {"10000000001", "10000000002", "10000000003", "10000000004"}, book.title
    names = [one for one in cells(books.xlsx(desk, leavebooks.register(desk, 2018))) if one.heading == "编号"]
    assert names[0].value == slip.number


def test_the_overview_and_the_certificate_of_days_can_be_added_up(desk: Desk) -> None:
    team(desk)
    rate = SubsidyRate(id=registers.new_id(desk), county="150426", type="living", amount=10050, since=date(2018, 1, 1))
    registers.save(desk, rate)
    at(desk, date(2018, 7, 3))
    of_team = {one.heading: one for one in cells(books.xlsx(desk, overview.printed(desk)))}
    assert isinstance(of_team["未结账月"].value, int)
    held = cells(books.xlsx(desk, supportlists.certificates(desk, "2018-06")))
    shapes = {"在派天数": "General", "驻旗县天数": "General", "补助标准（元／天）": "0.00", "金额（元）": "0.00"}
    for heading, shape in shapes.items():
        found = [one for one in held if one.heading == heading]
        assert found, heading
        assert all(isinstance(one.value, int | float) and one.shape == shape for one in found), found
    assert {one.value for one in held if one.heading == "补助标准（元／天）"} == {100.5}


@pytest.mark.parametrize(
    ("words", "value", "shape"),
    [
        ("12", 12.0, "0"),
        ("1234.50", 1234.5, "0.00"),
        ("-3.00", -3.0, "0.00"),
        ("85.3%", 0.853, "0.0%"),
        ("100%", 1.0, "0%"),
    ],
)
def test_a_figure_is_printed_as_it_stands_and_is_a_number_in_a_workbook(words: str, value: float, shape: str) -> None:
    sheet = Table(title="表", columns=(Column("数", 30),), rows=((figure(words),),))
    (held,) = [one for one in cells(table.xlsx(sheet, created=Clock().now())) if one.value != "表"][:1]
    assert (held.value, held.shape) == (pytest.approx(value), shape)
    assert table.words_of(figure(words)) == words


@pytest.mark.parametrize("words", ["", "—", "2018-0001", "12天", "1,234", "１２", "1e5", "0x1", "+5", "第1"])
def test_other_words_stay_words(words: str) -> None:
    assert figure(words) == words


def test_a_number_in_a_column_of_words_is_no_text() -> None:
    sheet = Table(title="表", columns=(Column("数", 30), Column("日", 30, form=Form.DATE)), rows=((3, 4),))
    held = cells(table.xlsx(sheet, created=Clock().now()))[:2]
    assert [(one.value, one.shape) for one in held] == [(3, "General"), (4, "General")]
    assert sheetlook.number_format(Form.TEXT) == "@"  # what is empty there is still typed in as text


def test_headings_are_whole_and_days_are_days_in_every_workbook(tmp_path: Path) -> None:
    columns = (Column("到期未办晋升晋级项数（含定级）", 12), Column("日期", 20), Column("天数", 12))
    sheet = Table(title="清单", columns=columns, rows=(("三", "2019-05-06", 2.5), ("四", "2019-02-31", 1)))
    (tmp_path / "a.xlsx").write_bytes(table.xlsx(sheet, created=datetime(2019, 6, 3)))
    page = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    rows = list(page.iter_rows())
    head = next(row for row in rows if row[0].value == columns[0].heading)
    wide = page.column_dimensions["A"].width
    lines = -(-2 * len(columns[0].heading) // int(wide - 1))
    assert lines > 2, "a heading of three lines or more"
    assert page.row_dimensions[head[0].row].height >= 15 * lines
    first, second = (rows[rows.index(head) + at] for at in (1, 2))
    assert first[1].value == datetime(2019, 5, 6)
    assert second[1].value == "2019-02-31", "what is no day stays as it was typed"
    assert first[2].value == 2.5
