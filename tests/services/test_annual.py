"""The annual report: frozen figures, the same bytes from the same snapshot, the same figures in every file."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from python_calamine import CalamineWorkbook

from tests.documents.conftest import by_pdfplumber, letters
from tests.documents.wordfiles import converted, needs_office, paragraphs
from tests.services.annualdesks import (
    GOLDEN,
    PAPER,
    REGION,
    first_release,
    kept_snapshot,
    one_team,
    posting_of,
    two_teams,
)
from tests.services.desks import changed, open_office
from tests.services.test_circular import NAMES, at, keyed
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import KINDS, Snapshot
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.reporting import annexes, annual, figures, reports, sections, snapshots
from tuopin_desktop.services.reporting.differences import differences
from tuopin_desktop.services.rulings import rulings


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = one_team(tmp_path / "office")
    yield opened
    opened.close()


@pytest.fixture
def region(tmp_path: Path) -> Iterator[Desk]:
    opened = two_teams(tmp_path / "region")
    yield opened
    opened.close()


@pytest.fixture(params=["desk", "region"])
def office(request: pytest.FixtureRequest) -> Desk:
    """Either office."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Desk)
    return found


# -- declarations


def test_every_name_in_a_sentence_is_a_figure_and_every_figure_stands_in_one() -> None:
    sentences = [one for _, parts in sections.SECTIONS for _, sentences in parts for one in sentences]
    named = [name for sentence in sentences for name in sections.named(sentence)]
    assert set(named) == set(figures.BY_KEY)
    retired = {figure.key for figure in figures.FIGURES if figure.retired}
    now = [
        name for sentence in sentences if not sections.named(sentence) & retired for name in sections.named(sentence)
    ]
    assert sorted(now) == sorted(figure.key for figure in figures.COUNTED)
    assert len(figures.BY_KEY) == len(figures.FIGURES)


def test_every_figure_and_table_names_the_records_it_comes_from() -> None:
    kinds = [*(one.kinds for one in figures.FIGURES), *(one.kinds for one in annexes.TABLES)]
    assert all(kinds)
    assert {kind for some in kinds for kind in some} <= set(KINDS)


# -- freezing


def test_a_year_is_frozen_with_every_figure_and_its_digest(desk: Desk) -> None:
    taken = snapshots.take(desk, 2019)
    frozen = snapshots.opened(taken)
    assert frozen.figures["posted"] == 5
    assert (frozen.figures["reached"], frozen.figures["short"]) == (1, 1)
    assert (frozen.figures["reached_share"], frozen.figures["registered"]) == (None, 3.3)
    assert "reached_rate" not in frozen.figures
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


def test_a_ruling_that_changes_no_figure_freezes_nothing_anew(region: Desk) -> None:
    first = snapshots.take(region, 2019)
    rulings.rule(region, "support.insurance_alert_days", "31", PAPER, date(2019, 1, 2))
    assert snapshots.take(region, 2019) == first
    assert differences(region, first) == []


def test_the_same_snapshot_gives_the_same_bytes_whatever_became_of_the_data(office: Desk) -> None:
    desk = office
    taken = snapshots.take(desk, 2019)
    before = [make(desk, taken) for make in reports.MAKERS.values()]
    keyed(desk, posting_of(desk, NAMES[2]), 21)
    registers.save(desk, changed(desk.office, name="改了名的单位"))
    at(desk, date(2024, 5, 1))
    again = snapshots.snapshot_called(desk, taken.digest[:10])
    assert [make(desk, again) for make in reports.MAKERS.values()] == before


def test_a_snapshot_of_the_first_release_gives_the_report_it_gave_then(desk: Desk) -> None:
    """Figures and tables declared since are not said of it; pictures and compression are the libraries' business."""
    assert made_of(desk, first_release()) == json.loads(GOLDEN.read_text("utf-8"))["made"]


def test_a_snapshot_taken_before_rates_had_a_coverage_gives_the_report_it_gave_then(region: Desk) -> None:
    """Its tables and drawings have no column of what is registered, and its rate was stated whatever it rested on."""
    taken = kept_snapshot(REGION)
    assert made_of(region, taken) == json.loads(REGION.read_text("utf-8"))["made"]
    assert not {"leagues", "teams", "league_rates", "team_rates"} & {one.key for one in differences(region, taken)}


def made_of(desk: Desk, taken: Snapshot) -> dict[str, str]:
    sheets = plainly(reports.sheets(desk, taken))
    found = {".pdf": hashlib.sha256(msgspec.json.encode(sheets)).hexdigest()}
    for ending in (".docx", ".xlsx"):
        with zipfile.ZipFile(io.BytesIO(reports.MAKERS[ending](desk, taken))) as parts:
            inside = b"".join(name.encode() + parts.read(name) for name in parts.namelist() if ".png" not in name)
        found[ending] = hashlib.sha256(inside).hexdigest()
    return found


def plainly(value: Any) -> Any:
    """Return what a sheet shows, as plain values: lengths in whole micrometres, and nothing that is left as declared.

    The last bits of a length are each computer's own; a further field of a sheet that shows nothing is no other report.
    """
    if isinstance(value, msgspec.Struct):
        default = {item.name: item.default for item in msgspec.structs.fields(value)}
        shown = {name: getattr(value, name) for name in default}
        return {name: plainly(part) for name, part in shown.items() if part != default[name]}
    if isinstance(value, float):
        return round(value, 3)
    return [plainly(part) for part in value] if isinstance(value, list | tuple) else value


def test_a_snapshot_somebody_touched_makes_no_report(desk: Desk) -> None:
    taken = snapshots.take(desk, 2019)
    forged = msgspec.structs.replace(taken, content=taken.content.replace('"posted":5', '"posted":6'))
    assert forged != taken
    with pytest.raises(Refused) as refused:
        annual.letter(forged)
    assert "核对码不符" in refused.value.problems[0].sentence


# -- the files


def test_report_and_annexes_show_the_frozen_figures(office: Desk) -> None:
    desk = office
    taken = snapshots.take(desk, 2019)
    pages = "".join(by_pdfplumber(reports.pdf(desk, taken)))
    words = "".join(paragraphs(reports.docx(desk, taken)))
    book = CalamineWorkbook.from_object(io.BytesIO(reports.xlsx(desk, taken)))
    assert book.sheet_names[0] == "指标"
    listed = {row[0]: row[1] for row in book.get_sheet_by_name("指标").to_python()}
    frozen = snapshots.opened(taken)
    for figure in figures.COUNTED:
        value = frozen.figures[figure.key]
        assert figure.value_text(value) in words
        assert figure.value_text(value) in pages
        assert listed[figure.label] == ("" if value is None else value)
    assert snapshots.check_number(taken) in pages
    assert snapshots.check_number(taken) in words
    assert taken.digest[:8] not in pages + words, "no hash on paper"
    people = book.get_sheet_by_name("人员出勤情况").to_python()
    assert {row[1] for row in people} >= set(NAMES)


@needs_office
def test_libreoffice_reads_the_same_figures(office: Desk, tmp_path: Path) -> None:
    desk = office
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
        assert frozen.figures["reached_share"] is None
        words = "".join(paragraphs(reports.docx(empty, taken)))
        assert "达标率登记不足，不作比率（已登记—）" in words
        assert "2019年1月1日至2019年7月1日" in words
        assert reports.pdf(empty, taken)
        assert reports.xlsx(empty, taken)
        for year in (2017, 2020):
            with pytest.raises(Refused):
                snapshots.take(empty, year)
    finally:
        empty.close()
