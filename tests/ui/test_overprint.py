"""Printing onto a signed sheet: the cells chosen, the printer's own shift, and how it is measured."""

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from tests.ui.test_names import _nameless
from tuopin_desktop.domain.overprint import CROSSES, Calibration
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.services.leave import leave, leavedesk
from tuopin_desktop.services.office import calibrations
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.leave.overprint import OverprintDialog
from tuopin_desktop.ui.pages.leave.page import LeavePage
from tuopin_desktop.ui.paper.calibration import CalibrationDialog
from tuopin_desktop.ui.paper.printing import printer_for
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner


@pytest.fixture
def page(asker: ImmediateRunner, office: OfficeView, slip_id: str, qtbot: QtBot) -> LeavePage:
    made = LeavePage(asker, office)
    qtbot.addWidget(made)
    made.refresh()
    made.show_subject(f"leave_slip:{slip_id}")
    return made


@pytest.fixture
def dialog(page: LeavePage, desk: Desk, slip_id: str) -> OverprintDialog:
    leavedesk.back_now(desk, [slip_id])
    page.refresh()
    page.overprint()
    made = page.output.overprinting
    assert made is not None
    return made


def _words(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return str(document[0].get_textpage().get_text_range())
    finally:
        document.close()


def test_only_the_return_is_chosen_and_drawn_over_the_form(dialog: OverprintDialog, tmp_path: Path) -> None:
    assert dialog.names() == ["return_note"]
    assert dialog.preview._overlay
    dialog.write_pdf(tmp_path / "second.pdf")
    assert _words(tmp_path / "second.pdf").split() == ["6月5日", "已销假"]


def test_the_date_is_one_choice_of_three_boxes(dialog: OverprintDialog) -> None:
    dialog.boxes["return_note"].setChecked(False)
    dialog.boxes["year"].setChecked(True)
    assert dialog.names() == ["year", "month", "day"]
    dialog.boxes["year"].setChecked(False)
    assert dialog.preview._overlay == ()
    dialog.reject()


def test_nothing_chosen_is_refused_in_the_dialog(dialog: OverprintDialog, tmp_path: Path) -> None:
    dialog.boxes["return_note"].setChecked(False)
    dialog.write_pdf(tmp_path / "none.pdf")
    assert "请选择要套打的格子" in dialog.message.sentence
    assert not (tmp_path / "none.pdf").exists()
    dialog.reject()


def test_a_slip_without_a_return_says_so(page: LeavePage) -> None:
    page.overprint()
    made = page.output.overprinting
    assert made is not None
    assert "return_note" not in made.boxes
    made.reject()


def test_it_is_printed_through_the_printer_chosen(
    dialog: OverprintDialog, desk: Desk, slip_id: str, page: LeavePage, tmp_path: Path
) -> None:
    sheet = leave.overprint(desk, slip_id, ["return_note"])
    printer = printer_for(sheet, "套打")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    dialog.print_on(printer, sheet)
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")
    assert page.message.sentence == "已送打印机：套打1张"


def _measured(dialog: CalibrationDialog, *numbers: str) -> None:
    for field, number in zip(dialog.fields.values(), numbers, strict=True):
        field.setText(number)
        field.textEdited.emit(number)


def test_a_printer_is_measured_and_remembered_in_the_office_folder(dialog: OverprintDialog, desk: Desk) -> None:
    dialog._calibrate()
    measuring = dialog.calibrating
    assert measuring is not None
    assert sorted(set(_nameless(measuring))) == []
    _measured(measuring, "20.8", "19,6", "190.8", "276.6")
    assert measuring.outcome.text().startswith("偏右0.8毫米、偏上0.4毫米")
    measuring._save()
    (kept,) = calibrations.by_printer(desk).values()
    assert (round(kept.dx, 2), round(kept.dy, 2), round(kept.sx, 4)) == (0.8, -0.4, 1.0)
    assert (desk.folder / calibrations.FILE).exists()
    assert dialog._printers == calibrations.by_printer(desk)
    dialog.reject()


def test_a_measure_that_cannot_be_right_is_refused(dialog: OverprintDialog, desk: Desk) -> None:
    dialog._calibrate()
    measuring = dialog.calibrating
    assert measuring is not None
    _measured(measuring, "2.0", "2.0", "19.0", "27.7")
    assert "请核对单位是毫米" in measuring.outcome.text()
    measuring._save()
    assert "请核对单位是毫米" in measuring.message.sentence
    assert calibrations.by_printer(desk) == {}
    _measured(measuring, "", "2.0", "19.0", "27.7")
    measuring._save()
    assert "四个毫米数" in measuring.message.sentence
    measuring.reject()
    dialog.reject()


def test_the_test_page_is_written(dialog: OverprintDialog, tmp_path: Path) -> None:
    dialog._calibrate()
    measuring = dialog.calibrating
    assert measuring is not None
    measuring.write_pdf(tmp_path / "crosses.pdf")
    assert "套打校准页" in _words(tmp_path / "crosses.pdf")
    measuring.reject()
    dialog.reject()


def test_a_spoilt_file_counts_as_not_measured(desk: Desk) -> None:
    (desk.folder / calibrations.FILE).write_text("{", encoding="utf-8")
    assert calibrations.by_printer(desk) == {}
    calibrations.measure(desk, "HP", *CROSSES)
    assert calibrations.by_printer(desk) == {"HP": Calibration()}
    with pytest.raises(Refused):
        calibrations.measure(desk, "HP", (0, 0), (0, 0))
