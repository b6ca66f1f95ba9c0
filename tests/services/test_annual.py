"""The annual report: frozen figures, the same bytes from the same snapshot, differences with their reasons."""

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from string import Formatter

import msgspec
import pytest
from python_calamine import CalamineWorkbook

from tests.documents.conftest import by_pdfplumber, letters
from tests.documents.words import converted, needs_office, paragraphs
from tests.services.desks import changed, enter, open_office
from tests.services.test_circular import MONTH, NAMES, at, keyed
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import KINDS, Posting
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services import registers
from tuopin_desktop.services.desk import Desk
from tuopin_desktop.services.reporting import annexes, annual, figures, reports, snapshots


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = at(open_office(tmp_path / "office"), date(2020, 1, 6))
    postings = [enter(opened, name) for name in NAMES]
    keyed(opened, postings[0], 21)
    keyed(opened, postings[1], 12)
    yield opened
    opened.close()


def posting_of(desk: Desk, name: str) -> Posting:
    person = next(one.id for one in registers.rows(desk, "person") if getattr(one, "name", "") == name)
    found = registers.rows(desk, "posting", {"person": person})[0]
    assert isinstance(found, Posting)
    return found


# -- declarations


def test_every_name_in_a_sentence_is_a_figure_and_every_figure_stands_in_one() -> None:
    named = [
        name for _, parts in annual.SECTIONS for _, words in parts for _, name, _, _ in Formatter().parse(words) if name
    ]
    assert sorted(named) == sorted(figures.BY_KEY)
    assert len(figures.BY_KEY) == len(figures.FIGURES)


def test_every_figure_and_table_names_the_records_it_comes_from() -> None:
    kinds = {one.key: one.kinds for one in figures.FIGURES} | {one.key: one.kinds for one in annexes.TABLES}
    assert all(kinds.values())
    assert {kind for some in kinds.values() for kind in some} <= set(KINDS)


# -- freezing


def test_a_year_is_frozen_with_every_figure_and_its_digest(desk: Desk) -> None:
    taken = snapshots.take(desk, 2019)
    frozen = snapshots.opened(taken)
    assert frozen.figures["posted"] == 5
    assert (frozen.figures["reached"], frozen.figures["short"]) == (1, 1)
    assert frozen.figures["reached_rate"] == 50.0
    assert frozen.figures["person_months"] == 60
    assert frozen.until == "2019-12-31"
    assert len(taken.digest) == 64
    assert desk.store.audit() == ""


def test_unchanged_figures_are_not_frozen_twice(desk: Desk) -> None:
    first = snapshots.take(desk, 2019)
    at(desk, date(2020, 2, 1))
    assert snapshots.take(desk, 2019) == first
    keyed(desk, posting_of(desk, NAMES[2]), 21)
    second = snapshots.take(desk, 2019)
    assert [one.id for one in snapshots.snapshots(desk, 2019)] == [first.id, second.id]


def test_the_same_snapshot_gives_the_same_bytes_whatever_became_of_the_data(desk: Desk) -> None:
    taken = snapshots.take(desk, 2019)
    before = [make(desk, taken) for make in reports.MAKERS.values()]
    keyed(desk, posting_of(desk, NAMES[2]), 21)
    registers.save(desk, changed(desk.office, name="改了名的单位"))
    at(desk, date(2024, 5, 1))
    again = snapshots.snapshot_called(desk, taken.digest[:10])
    assert [make(desk, again) for make in reports.MAKERS.values()] == before


def test_a_snapshot_somebody_touched_makes_no_report(desk: Desk) -> None:
    taken = snapshots.take(desk, 2019)
    forged = msgspec.structs.replace(taken, content=taken.content.replace('"posted":5', '"posted":6'))
    assert forged != taken
    with pytest.raises(Refused) as refused:
        annual.letter(forged)
    assert "校验码不符" in refused.value.problems[0].sentence


# -- differences


def test_nothing_differs_while_nothing_is_written(desk: Desk) -> None:
    assert snapshots.differences(desk, snapshots.take(desk, 2019)) == []


def test_what_differs_is_said_with_both_values_and_the_records_written_since(desk: Desk) -> None:
    taken = snapshots.take(desk, 2019)
    posting = posting_of(desk, NAMES[2])
    at(desk, date(2020, 3, 1))
    keyed(desk, posting, 21)
    found = {one.key: one for one in snapshots.differences(desk, taken)}
    assert {"reached", "reached_rate", "unknown", "mean_days", "months", "people"} <= set(found)
    assert not {"posted", "slips", "trainings", "leave"} & set(found)
    assert (found["reached"].was, found["reached"].now) == ("1人月", "2人月")
    assert found["reached"].why == (f"考勤1条有改动（经办人）：{posting.id}/{MONTH}",)
    assert NAMES[2] in found["people"].now


def test_a_deletion_is_a_reason_too(desk: Desk) -> None:
    taken = snapshots.take(desk, 2019)
    posting = posting_of(desk, NAMES[4])
    registers.delete(desk, "posting", posting.id)
    found = {one.key: one for one in snapshots.differences(desk, taken)}
    assert (found["posted"].was, found["posted"].now) == ("5人", "4人")
    assert posting.id in found["posted"].why[0]


def test_lines_that_arrive_late_count_whatever_their_date(desk: Desk) -> None:
    taken = snapshots.take(desk, 2019)
    desk.clock = FixedClock(datetime(2019, 2, 1))  # a computer whose clock stood in the past
    posting = posting_of(desk, NAMES[3])
    desk.commit([Change("posting", posting.id, scalars(changed(posting, until=date(2019, 3, 1))))])
    at(desk, date(2020, 3, 1))
    assert posting.id in {one.key: one for one in snapshots.differences(desk, taken)}["posted"].why[0]


# -- the files


def test_report_and_annexes_show_the_frozen_figures(desk: Desk) -> None:
    taken = snapshots.take(desk, 2019)
    pages = "".join(by_pdfplumber(reports.pdf(desk, taken)))
    words = "".join(paragraphs(reports.docx(desk, taken)))
    book = CalamineWorkbook.from_object(io.BytesIO(reports.xlsx(desk, taken)))
    assert book.sheet_names[0] == "指标"
    listed = {row[0]: row[1] for row in book.get_sheet_by_name("指标").to_python()}
    frozen = snapshots.opened(taken)
    for figure in figures.FIGURES:
        value = frozen.figures[figure.key]
        assert figure.said(value) in words
        assert figure.said(value) in pages
        assert listed[figure.words] == ("" if value is None else value)
    assert taken.digest in pages
    assert taken.digest in words
    people = book.get_sheet_by_name("人员出勤情况").to_python()
    assert {row[1] for row in people} >= set(NAMES)


@needs_office
def test_libreoffice_reads_the_same_figures(desk: Desk, tmp_path: Path) -> None:
    taken = snapshots.take(desk, 2019)
    data = reports.docx(desk, taken)
    text = converted(data, tmp_path, "txt:Text").read_text("utf-8-sig")
    assert letters(text) == letters("".join(paragraphs(data)))
    source = reports.xlsx(desk, taken)
    again = converted(source, tmp_path, "ods", "annexes.xlsx")
    wanted = CalamineWorkbook.from_object(io.BytesIO(source))
    found = CalamineWorkbook.from_path(str(again))
    assert found.sheet_names == wanted.sheet_names
    for name in wanted.sheet_names:
        assert cells(found.get_sheet_by_name(name).to_python()) == cells(wanted.get_sheet_by_name(name).to_python())


def cells(rows: Sequence[Sequence[object]]) -> list[list[object]]:
    """The filled cells: trailing empty ones are the reader's business."""
    return [[cell for cell in row if cell != ""] for row in rows]


@pytest.mark.parametrize("level", ["county", "region"])
def test_an_empty_office_has_an_honest_report(tmp_path: Path, level: str) -> None:
    empty = at(open_office(tmp_path, level=level), date(2019, 7, 1))
    try:
        taken = snapshots.take(empty, 2019)
        frozen = snapshots.opened(taken)
        assert frozen.figures["posted"] == 0
        assert frozen.figures["reached_rate"] is None
        words = "".join(paragraphs(reports.docx(empty, taken)))
        assert "达标率（未登记）" in words
        assert "2019年1月1日至2019年7月1日" in words
        assert reports.pdf(empty, taken)
        assert reports.xlsx(empty, taken)
        for year in (2017, 2020):
            with pytest.raises(Refused):
                snapshots.take(empty, year)
    finally:
        empty.close()
