"""A book or slip shown as it will lie on paper, with the printer, PDF and Excel beside it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QScrollArea, QWidget

from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.pages.attendance.monthquestions import Pages
from tuopin_desktop.ui.paper.painter import PaperFonts, paint_mark, paint_sheet
from tuopin_desktop.ui.paper.printing import ask_printer, print_sheets
from tuopin_desktop.ui.widgets.ask import PDFS, SHEETS, ask_save
from tuopin_desktop.ui.widgets.message import MessageBar
from tuopin_desktop.ui.widgets.parts import button, column, label, row
from tuopin_desktop.ui.widgets.placing import resize_fitting

_MM = 3.4  # px: landscape A4 fits the width of a small screen
_GAP = 12


class _Page(QWidget):
    """One page at so many pixels a millimetre."""

    def __init__(self, sheet: Sheet, fonts: PaperFonts, mark: str) -> None:
        super().__init__()
        self._sheet, self._fonts, self._mark = sheet, fonts, mark
        self.setFixedSize(self.sizeHint())
        self.setAccessibleName("纸面预览")

    def sizeHint(self) -> QSize:
        return QSize(round(self._sheet.width * _MM), round(self._sheet.height * _MM))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), Qt.GlobalColor.white)
            paint_sheet(painter, self._sheet, self._fonts, mm=_MM)
            paint_mark(painter, self._sheet, self._fonts, self._mark, mm=_MM)
            painter.setPen(theme.color("line2"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class BookDialog(QDialog):
    """Shows pages; `save(path)` writes them under a name the clerk gives, Excel only where it is offered."""

    def __init__(self, pages: Pages, save: Callable[[Path], object], parent: QWidget, *, excel: bool) -> None:
        super().__init__(parent)
        self.setWindowTitle(pages.title)
        self.message = MessageBar()
        self._pages, self._save = pages, save
        self.fonts = PaperFonts(pages.fonts)
        inside = QWidget()
        shown = [_Page(sheet, self.fonts, pages.mark) for sheet in pages.sheets]
        inside.setLayout(column(*shown, None, gap=_GAP, margins=(_GAP, _GAP, _GAP, _GAP)))
        area = QScrollArea()
        area.setWidget(inside)
        self.print = button("打印", self._print, icon="printer", role="primary")
        tools = [label(f"共{len(pages.sheets)}页", "quiet"), None, button("保存 PDF", lambda: self._ask(PDFS, ".pdf"))]
        if excel:
            tools.append(button("保存 Excel", lambda: self._ask(SHEETS, ".xlsx")))
        tools += [self.print, button("关闭", self.accept, role="flat")]
        whole = column(row(*tools), self.message, area, gap=8, margins=(12, 10, 12, 10))
        whole.setStretch(2, 1)
        self.setLayout(whole)
        resize_fitting(self, 1090, 690)

    def _ask(self, kind: str, ending: str) -> None:
        ask_save(self, f"保存{self._pages.title}", f"{self._pages.title}{ending}", kind, self._save)

    def _print(self) -> None:
        pages = self._pages
        ask_printer(self, pages.sheets, pages.title, self.print_on, lambda: self._ask(PDFS, ".pdf"))

    def print_on(self, printer: QPrinter) -> None:
        """Print on a printer that was chosen."""
        try:
            print_sheets(printer, self._pages.sheets, self.fonts, mark=self._pages.mark)
        except Trouble as trouble:
            self.message.complain(trouble)
        else:
            self.message.say(f"已送打印机：{len(self._pages.sheets)}张")
