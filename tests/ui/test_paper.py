"""Paper: the painter agrees with the PDF, lines are crisp, and printing is one to one."""

import gc
from io import BytesIO
from pathlib import Path

import msgspec
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tuopin_desktop.domain.display import Line, Sheet
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.ui.paper.painter import PaperFonts, paint_ops, paint_sheet
from tuopin_desktop.ui.paper.printing import PrinterDialog, print_sheets, printer_for

DPI = 200
MM = DPI / 25.4
NEAR_PX = 2  # at 200 dpi two pixels are 0.25 mm; the promise is 0.3 mm


@pytest.fixture
def fonts(desk: Desk, qtbot: QtBot) -> PaperFonts:
    return PaperFonts(desk.fonts().files())


@pytest.fixture
def slip(desk: Desk, slip_id: str) -> LeaveSlip:
    found = registers.get(desk, "leave_slip", slip_id)
    assert isinstance(found, LeaveSlip)
    return found


def _painted(sheet: Sheet, fonts: PaperFonts) -> Image.Image:
    image = QImage(round(sheet.width * MM), round(sheet.height * MM), QImage.Format.Format_Grayscale8)
    image.fill(QColor("white"))
    with QPainter(image) as painter:
        paint_sheet(painter, sheet, fonts, mm=MM, crisp=False)
    return _image(image)


def _image(image: QImage) -> Image.Image:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes for the format
    return Image.open(BytesIO(bytes(buffer.data().data()))).convert("L")


def _rendered(pdf: bytes | Path) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[0].render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
    finally:
        document.close()


def _strays(one: Image.Image, two: Image.Image) -> int:
    """Count the ink of one picture that has no ink of the other near it."""
    ink = one.point(lambda value: 255 if value < 96 else 0)
    near = two.point(lambda value: 0 if value < 200 else 255).filter(ImageFilter.MinFilter(2 * NEAR_PX + 1))
    return ImageChops.multiply(ink, near).histogram()[255]


def test_screen_and_pdf_put_the_ink_in_the_same_place(desk: Desk, slip: LeaveSlip, fonts: PaperFonts) -> None:
    rare = msgspec.structs.replace(slip, name="龚彧翀", reason="赴自治区教育厅汇报工作，并参加全区推进会。" * 4)
    sheet = leave.sheet(desk, registers.save(desk, rare))
    painted, rendered = _painted(sheet, fonts), _rendered(leave.pdf(desk, [slip.id]))
    assert painted.size == pytest.approx(rendered.size, abs=1)
    rendered = rendered.crop((0, 0, *painted.size))
    assert sum(painted.histogram()[:96]) > 10_000
    assert _strays(painted, rendered) == 0
    assert _strays(rendered, painted) == 0


def test_the_comparison_notices_half_a_millimetre(desk: Desk, slip: LeaveSlip, fonts: PaperFonts) -> None:
    painted = _painted(leave.sheet(desk, slip), fonts)
    assert _strays(ImageChops.offset(painted, 4, 0), painted) > 100


def test_lines_on_the_screen_are_whole_pixels(fonts: PaperFonts) -> None:
    image = QImage(100, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    lines = [Line(5.1, 4.07, 20.3, 4.07, 0.5), Line(5.1, 4.07, 5.1, 12.4, 0.5)]
    with QPainter(image) as painter:
        paint_ops(painter, lines, fonts, mm=3.77)
    shades = {image.pixelColor(x, y).lightness() for x in range(100) for y in range(60)}
    assert shades == {0, 255}


def test_printing_is_full_page_and_one_to_one(desk: Desk, slip: LeaveSlip, fonts: PaperFonts, tmp_path: Path) -> None:
    sheet = leave.sheet(desk, slip)
    printer = printer_for(sheet, "请假报备单")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    target = tmp_path / "print.pdf"
    printer.setOutputFileName(str(target))
    print_sheets(printer, [sheet, sheet], fonts, mark="演示数据  不作凭证")
    document = pypdfium2.PdfDocument(target)
    pages, size = len(document), document[0].get_size()
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert pages == 2
    assert size == pytest.approx((sheet.width * 72 / 25.4, sheet.height * 72 / 25.4), abs=1.0)
    assert "曾国强" in text.replace("\r\n", "")
    assert "不作凭证" in text.replace("\r\n", "")
    printed, painted = _rendered(target), _painted(sheet, fonts)
    assert _strays(painted, printed.crop((0, 0, *painted.size))) == 0


@pytest.mark.no_qt_log
def test_a_printer_that_does_not_answer_is_a_trouble(
    desk: Desk, slip: LeaveSlip, fonts: PaperFonts, tmp_path: Path
) -> None:
    sheet = leave.sheet(desk, slip)
    printer = printer_for(sheet, "请假报备单")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "no" / "folder" / "print.pdf"))
    with pytest.raises(Trouble, match="打印机"):
        print_sheets(printer, [sheet], fonts)


def test_the_print_dialog_keeps_its_printer(desk: Desk, slip: LeaveSlip, qtbot: QtBot) -> None:
    """Qt only borrows the printer: without somebody holding it the process dies."""
    window = QWidget()
    qtbot.addWidget(window)
    dialog = PrinterDialog(printer_for(leave.sheet(desk, slip), "请假报备单"), window)
    gc.collect()
    assert dialog.printer().docName() == "请假报备单"
    assert dialog.printer().fullPage()
    dialog.reject()


def test_a_slanted_line_does_not_fill_what_it_crosses(fonts: PaperFonts) -> None:
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_ops(painter, [Line(1, 1, 9, 9, 0.5)], fonts, mm=10, crisp=True)
    painter.end()
    assert image.pixelColor(50, 50).lightness() < 128
    assert image.pixelColor(75, 25).lightness() == 255
