"""Paper comes out whatever the system's printing is like: dialogs that answer at once, drivers that refuse, none."""

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtGui import QPageLayout
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.attendance.monthdialogs import BookDialog, Pages
from tuopin_desktop.ui.paper import printing
from tuopin_desktop.ui.paper.painter import PaperFonts
from tuopin_desktop.ui.paper.printing import PrinterDialog, ask_printer, print_sheets, printer_for

UPRIGHT = Sheet(form="x", width=210, height=297, static=(), fields=())
LYING = Sheet(form="x", width=297, height=210, static=(), fields=())


class HastyDialog(PrinterDialog):
    """Like the one of Windows: the native window is open and answered before show() returns."""

    def show(self) -> None:
        self.accepted.emit(self.target)


class NativePrinter(QPrinter):
    """A queue of Windows: its driver has margins, so that it refuses a layout that is not full page."""

    def setPageLayout(self, layout: QPageLayout) -> bool:
        if layout.mode() is not QPageLayout.Mode.FullPageMode or not self.fullPage():
            return False
        return bool(super().setPageLayout(layout))


class StubbornPrinter(QPrinter):
    """A driver that turns no paper."""

    def setPageLayout(self, layout: QPageLayout) -> bool:
        return False

    def setPageOrientation(self, orientation: QPageLayout.Orientation) -> bool:
        return False


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def fonts(desk: Desk, qtbot: QtBot) -> PaperFonts:
    return PaperFonts(desk.fonts().files())


def _is_lying(printer: QPrinter) -> bool:
    paper = printer.pageLayout().fullRect(QPageLayout.Unit.Millimeter)
    return paper.width() > paper.height()


def _to_file(printer: QPrinter, target: Path) -> QPrinter:
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    return printer


@pytest.fixture
def one_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: ["HP"]))


def test_a_dialog_that_answers_inside_show_prints_all_the_same(
    window: QWidget, monkeypatch: pytest.MonkeyPatch, one_printer: None
) -> None:
    monkeypatch.setattr(printing, "PrinterDialog", HastyDialog)
    printers: list[QPrinter] = []
    ask_printer(window, [LYING], "考勤簿", printers.append, lambda: pytest.fail("a printer is there"))
    assert [printer.docName() for printer in printers] == ["考勤簿"]


def test_the_book_of_a_month_goes_to_a_printer_that_was_chosen_inside_show(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, one_printer: None, window: QWidget, tmp_path: Path
) -> None:
    class HastyFile(HastyDialog):
        def show(self) -> None:
            _to_file(self.target, tmp_path / "book.pdf")
            super().show()

    monkeypatch.setattr(printing, "PrinterDialog", HastyFile)
    pages = Pages(sheets=(LYING, LYING), fonts=desk.fonts().files(), title="考勤簿", mark="")
    dialog = BookDialog(pages, lambda path: None, window, excel=True)
    dialog.print.click()
    assert "已送打印机：2张" in dialog.message.sentence
    document = pypdfium2.PdfDocument(tmp_path / "book.pdf")
    sizes = [page.get_size() for page in document]
    document.close()
    assert [width > height for width, height in sizes] == [True, True]


def test_without_a_printer_it_is_said_and_a_pdf_offered(window: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    offers: list[str] = []
    box = ask_printer(window, [UPRIGHT], "x", lambda printer: pytest.fail("no printer"), lambda: offers.append("pdf"))
    assert isinstance(box, QMessageBox)
    assert "没有可用的打印机" in box.text()
    next(one for one in box.buttons() if one.text() == "存为 PDF").click()
    assert offers == ["pdf"]


def test_a_printer_that_is_none_says_so(fonts: PaperFonts) -> None:
    """Without a queue Qt prints into a PDF without a name, and nothing comes of it."""
    printer = printer_for(UPRIGHT, "x")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    with pytest.raises(Trouble, match="没有可用的打印机"):
        print_sheets(printer, [UPRIGHT], fonts)


def test_a_printer_that_is_gone_is_not_replaced_by_another(qtbot: QtBot) -> None:
    with pytest.raises(Trouble, match="找不到打印机“HP”"):
        printer_for(UPRIGHT, "x", "HP")


def test_a_driver_with_margins_turns_the_paper(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "QPrinter", NativePrinter)
    assert _is_lying(printer_for(LYING, "x"))
    assert not _is_lying(printer_for(UPRIGHT, "x"))


def test_a_printer_chosen_in_the_dialog_gets_the_paper_anew(fonts: PaperFonts, tmp_path: Path) -> None:
    printer = _to_file(QPrinter(), tmp_path / "turned.pdf")
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    print_sheets(printer, [LYING], fonts)
    document = pypdfium2.PdfDocument(tmp_path / "turned.pdf")
    width, height = document[0].get_size()
    document.close()
    assert width > height


def test_a_driver_that_will_not_turn_the_paper_prints_nothing_and_says_so(fonts: PaperFonts, tmp_path: Path) -> None:
    printer = _to_file(StubbornPrinter(), tmp_path / "no.pdf")
    with pytest.raises(Trouble, match="横向"):
        print_sheets(printer, [LYING], fonts)
    assert not (tmp_path / "no.pdf").exists()
