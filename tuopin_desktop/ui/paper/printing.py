"""Printing sheets as vectors, full page and one to one, through the printer the clerk picks."""

from collections.abc import Sequence

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.ui.paper.painter import PaperFonts, paint_mark, paint_sheet

_MM_IN_INCH = 25.4


def printer_for(sheet: Sheet, title: str) -> QPrinter:
    """Return a printer set to the sheet's paper, without margins or scaling of its own."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setFullPage(True)
    short, long = sorted((sheet.width, sheet.height))
    size = QPageSize(QSizeF(short, long), QPageSize.Unit.Millimeter, matchPolicy=_FUZZY)
    lying = sheet.width > sheet.height  # printers know their paper upright and are told to turn it
    turned = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(size, turned, QMarginsF(0, 0, 0, 0)))
    printer.setFullPage(True)
    return printer


_FUZZY = QPageSize.SizeMatchPolicy.FuzzyMatch


def print_sheets(printer: QPrinter, sheets: Sequence[Sheet], fonts: PaperFonts, *, mark: str = "") -> None:
    """Print the sheets in one job, each with the mark if there is one; raises Trouble when the printer stops."""
    painter = QPainter()
    if not painter.begin(printer):
        raise Trouble("打印机没有响应，请检查打印机是否开机、连接和有纸，再打印一次。")
    try:
        mm = printer.resolution() / _MM_IN_INCH
        for number, sheet in enumerate(sheets):
            if number and not printer.newPage():
                raise Trouble(f"打印到第{number}张时打印机停止了，请检查后从第{number + 1}张起重新打印。")
            paint_sheet(painter, sheet, fonts, mm=mm, crisp=False)
            paint_mark(painter, sheet, fonts, mark, mm=mm)
    finally:
        painter.end()


class PrinterDialog(QPrintDialog):
    """The system's print dialog; it holds on to its printer, which Qt only borrows."""

    def __init__(self, printer: QPrinter, parent: QWidget) -> None:
        super().__init__(printer, parent)
        self.target = printer
        self.setWindowTitle("打印")
        self.setModal(True)


def ask_printer(parent: QWidget, sheets: Sequence[Sheet], title: str) -> PrinterDialog:
    """Open the print dialog for the sheets; connect to its `accepted` and print on its `target`."""
    dialog = PrinterDialog(printer_for(sheets[0], title), parent)
    dialog.show()
    return dialog
