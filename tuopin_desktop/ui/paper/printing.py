"""Printing sheets as vectors, full page and one to one, through the printer the clerk picks."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QMessageBox, QWidget

from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.ui.paper.painter import PaperFonts, paint_mark, paint_sheet
from tuopin_desktop.ui.widgets.ask import confirm

_MM_IN_INCH = 25.4
_FUZZY = QPageSize.SizeMatchPolicy.FuzzyMatch
_SILENT = "打印机没有响应，请检查打印机是否开机、连接和有纸，再打印一次。"
_NO_PRINTER = "这台电脑上没有可用的打印机"


def printer_for(sheet: Sheet, title: str, name: str = "") -> QPrinter:
    """Return a printer set to the sheet's paper, without margins or scaling of its own.

    `name` is that of a printer of this computer, "" the usual one. Raises Trouble when it is gone: Qt would print on
    the usual one instead.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    if name:
        printer.setPrinterName(name)
        if printer.printerName() != name:
            raise Trouble(f"找不到打印机“{name}”。请检查打印机是否已连接，或换一台打印机。")
    _lay_paper(printer, sheet)
    return printer


def _lay_paper(printer: QPrinter, sheet: Sheet) -> bool:
    """Give the printer the sheet's paper, turned as the sheet lies; tell whether it took it.

    Full page comes first: a driver whose margins are not zero refuses the whole layout otherwise, and with it the
    turning, and a landscape book goes out upright.
    """
    printer.setFullPage(True)
    short, long = sorted((sheet.width, sheet.height))
    size = QPageSize(QSizeF(short, long), QPageSize.Unit.Millimeter, matchPolicy=_FUZZY)
    lying = sheet.width > sheet.height  # printers know their paper upright and are told to turn it
    turned = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
    layout = QPageLayout(size, turned, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    laid_out = printer.setPageLayout(layout)
    if not laid_out:  # each by itself: a driver that does not know the size may still turn the paper
        sized = printer.setPageSize(size)
        laid_out = printer.setPageOrientation(turned) and sized
    printer.setFullPage(True)
    return laid_out or _fits(printer, sheet)


def _fits(printer: QPrinter, sheet: Sheet) -> bool:
    paper = printer.pageLayout().fullRect(QPageLayout.Unit.Millimeter)
    return (paper.width() > paper.height()) is (sheet.width > sheet.height)


def print_sheets(printer: QPrinter, sheets: Sequence[Sheet], fonts: PaperFonts, *, mark: str = "") -> None:
    """Print the sheets in one job, each with the mark if there is one; raises Trouble when the printer stops."""
    if printer.outputFormat() is QPrinter.OutputFormat.PdfFormat and not printer.outputFileName():
        raise Trouble(f"{_NO_PRINTER}。请先连接并安装打印机，或存为 PDF。")
    # The dialog may have changed the printer, which comes with a paper of its own.
    if not _fits(printer, sheets[0]) and not _lay_paper(printer, sheets[0]):
        way = "横" if sheets[0].width > sheets[0].height else "纵"
        raise Trouble(f"打印机不接受{way}向的纸张，没有打印。请在打印机设置中改为{way}向后重试，或存为 PDF。")
    painter = QPainter()
    if not painter.begin(printer):
        raise Trouble(_SILENT)
    try:
        mm = printer.resolution() / _MM_IN_INCH
        for number, sheet in enumerate(sheets):
            if number and not printer.newPage():
                raise Trouble(f"打印到第{number}张时打印机停止了，请检查后从第{number + 1}张起重新打印。")
            paint_sheet(painter, sheet, fonts, mm=mm, crisp=False)
            paint_mark(painter, sheet, fonts, mark, mm=mm)
    except BaseException:
        painter.end()
        raise
    if not painter.end():
        raise Trouble(_SILENT)


class PrinterDialog(QPrintDialog):
    """The system's print dialog; it holds on to its printer, which Qt only borrows."""

    def __init__(self, printer: QPrinter, parent: QWidget) -> None:
        super().__init__(printer, parent)
        self.target = printer
        self.setWindowTitle("打印")
        self.setModal(True)


def ask_printer(
    parent: QWidget, sheets: Sequence[Sheet], title: str, then: Callable[[QPrinter], object], pdf: Callable[[], object]
) -> PrinterDialog | QMessageBox:
    """Ask on which printer the sheets go and call `then` with it; without any printer offer `pdf` instead.

    The window of Windows answers inside show(): whoever listens afterwards hears nothing, and nothing comes out.
    """
    if not QPrinterInfo.availablePrinterNames():
        return confirm(parent, f"{_NO_PRINTER}。可以先存为 PDF，再到有打印机的电脑上打印。", "存为 PDF", pdf)
    dialog = PrinterDialog(printer_for(sheets[0], title), parent)
    dialog.accepted.connect(lambda: then(dialog.target))
    dialog.finished.connect(dialog.deleteLater)
    dialog.show()
    return dialog
