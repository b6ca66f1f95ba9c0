"""The page of reports: the circular as paper, a year frozen by one key, what differs said with its reasons."""

from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.documents.wordfiles import paragraphs
from tests.services.desks import changed
from tests.ui.conftest import COUNTY
from tuopin_desktop.domain.records import Posting
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.reporting import snapshots
from tuopin_desktop.ui.pages.reports.page import ReportsPage
from tuopin_desktop.ui.paper.chart import ChartCanvas
from tuopin_desktop.ui.plumbing.office import office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> ReportsPage:
    desk.clock = FixedClock(datetime(2019, 1, 7, 9))
    asker = ImmediateRunner(desk)
    made = ReportsPage(asker, office_of(desk))
    qtbot.addWidget(made)
    asker.changed.connect(lambda _: made.refresh())
    made.resize(1093, 614)
    made.show()
    made.refresh()
    return made


def test_the_circular_of_the_month_that_is_over_stands_ready(page: ReportsPage) -> None:
    assert page.month.code() == "2018-12"
    assert len(page.paper.sheets) >= 1


def test_another_month_is_another_paper(page: ReportsPage) -> None:
    before = page.paper.sheets
    page.month.setCurrentIndex(page.month.findData("2018-06"))
    page.month.chosen.emit("2018-06")
    assert page.paper.sheets != before


def test_a_circular_is_saved_as_word_or_pdf(page: ReportsPage, tmp_path: Path) -> None:
    page.write(tmp_path / "a.docx")
    page.write(tmp_path / "a.pdf")
    assert any("2018年12月" in words for words in paragraphs((tmp_path / "a.docx").read_bytes()))
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert "已保存“" in page.message.sentence


def test_without_a_frozen_year_the_page_says_what_to_do_first(page: ReportsPage) -> None:
    page.tabs.setCurrentIndex(1)
    assert page._stack.currentIndex() == 1
    page.save()
    assert page.message.sentence == "没有可以保存的报告。"


def test_one_key_freezes_last_years_figures_and_shows_the_report(page: ReportsPage, desk: Desk) -> None:
    page.new()
    held = snapshots.snapshots(desk)
    assert [one.year for one in held] == [2018]
    current = page.frozen.current()
    assert current is not None
    assert current.check == snapshots.check_number(held[0])
    assert len(page.paper.sheets) > 3
    page.new()
    assert len(snapshots.snapshots(desk)) == 1


def test_what_differs_is_said_in_words(page: ReportsPage, desk: Desk, qtbot: QtBot) -> None:
    page.new()
    qtbot.keyClick(page.frozen.table, Qt.Key.Key_D)
    assert "各项数字都相同" in page.frozen.differences.toPlainText()
    posting = registers.get(desk, "posting", f"{COUNTY}/q2")
    assert isinstance(posting, Posting)
    registers.save(desk, changed(posting, until=date(2018, 12, 1), end_reason="other"))
    qtbot.keyClick(page.frozen.table, Qt.Key.Key_Return)
    said = page.frozen.differences.toPlainText()
    assert "在派人员：4人 → 3人" in said
    assert f"{COUNTY}/q2" in said


@pytest.mark.parametrize("ending", ["docx", "pdf", "xlsx"])
def test_every_file_of_a_report_is_written_from_the_snapshot(page: ReportsPage, tmp_path: Path, ending: str) -> None:
    page.new()
    path = tmp_path / f"report.{ending}"
    page.write(path)
    first = path.read_bytes()
    page.write(path)
    assert path.read_bytes() == first


def test_an_empty_office_has_papers_too(empty_desk: Desk, qtbot: QtBot) -> None:
    made = ReportsPage(ImmediateRunner(empty_desk), office_of(empty_desk))
    qtbot.addWidget(made)
    made.refresh()
    assert len(made.paper.sheets) == 1
    made.new()
    assert made.frozen.current() is not None


def test_a_year_in_charts_leads_from_every_figure_to_its_list(page: ReportsPage, qtbot: QtBot) -> None:
    page.tabs.setCurrentIndex(2)
    page.charted.setCurrentIndex(page.charted.findData("2018"))
    page.charted.chosen.emit("2018")
    assert page.paper.sheets
    wanted: list[tuple[str, str]] = []
    page.wanted.connect(lambda door, subject: wanted.append((door, subject)))
    rows = page.charts.rows
    for place in range(rows.model().rowCount()):
        rows.setCurrentIndex(rows.model().index(place, 0))
        qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert {door for door, _ in wanted} == {"attendance", "duties", "appraisal"}
    assert ("attendance", "2018-12") in wanted
    assert any(subject.startswith("duty:2018/") for _, subject in wanted)


def test_charts_are_saved_as_pdf_or_word(page: ReportsPage, tmp_path: Path) -> None:
    page.tabs.setCurrentIndex(2)
    page.write(tmp_path / "a.pdf")
    page.write(tmp_path / "a.docx")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert "2019年履职情况图" in paragraphs((tmp_path / "a.docx").read_bytes())


def shown(page: ReportsPage, year: str = "2018") -> ChartCanvas:
    """The canvas of leave by month."""
    page.tabs.setCurrentIndex(2)
    page.charted.setCurrentIndex(page.charted.findData(year))
    page.charted.chosen.emit(year)
    return next(one for one in page.charts.canvases if one.view is not None and one.view.spots)


def test_a_mark_says_its_values_and_opens_exactly_its_rows_by_key_and_by_click(page: ReportsPage, qtbot: QtBot) -> None:
    canvas = shown(page)
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    spot = canvas.spot
    assert spot is not None
    assert spot.text == canvas.accessibleDescription()
    for stroke in ("key", "click"):
        page.charts.show_figures()
        if stroke == "key":
            qtbot.keyClick(canvas, Qt.Key.Key_Return)
        else:
            qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.rect_of(spot).center().toPoint())
        assert page.charts.rows.model().rowCount() == len(spot.rows)
        assert f"共{len(spot.rows)}行" in page.charts._heading.text()


def test_the_table_behind_a_chart_is_copied_with_its_heads(page: ReportsPage, qtbot: QtBot) -> None:
    canvas = shown(page)
    assert canvas.view is not None
    qtbot.keyClick(canvas, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert [line.split("\t") for line in lines] == [list(row) for row in canvas.view.table]
    assert len(lines) == len(canvas.view.spots) + 1


def test_a_persons_year_stands_day_by_day_and_the_next_one_is_a_click_away(page: ReportsPage, qtbot: QtBot) -> None:
    shown(page)
    first = page.charts.person.view
    assert first is not None
    assert len(first.table) == 13
    page.charts._turn(1)
    assert page.charts.person.view is not None
    assert page.charts.person.view.title != first.title
    wanted: list[tuple[str, str]] = []
    page.wanted.connect(lambda door, subject: wanted.append((door, subject)))
    page.charts.person.setFocus()
    qtbot.keyClick(page.charts.person, Qt.Key.Key_Return)
    assert wanted
    assert wanted[0][0] == "attendance"
