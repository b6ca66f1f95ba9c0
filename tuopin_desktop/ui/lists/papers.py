"""A list onto paper and into a workbook, as it stands on the screen."""

from functools import partial
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.services.office import listpapers
from tuopin_desktop.services.office.listpapers import ListPages, ShownList
from tuopin_desktop.ui.lists.shown import shown_list
from tuopin_desktop.ui.paper.painter import PaperFonts
from tuopin_desktop.ui.paper.printing import ask_printer, print_sheets
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.ask import PDFS, SHEETS, ask_save
from tuopin_desktop.ui.widgets.message import Toasts
from tuopin_desktop.ui.widgets.rowsview import RowsView


class ListPapers:
    """Puts what one list shows onto paper or into a file; `message` is where it says what came of it."""

    def __init__(self, asker: Asker, office: OfficeView, message: Toasts, table: RowsView) -> None:
        self._asker, self._message = asker, message
        self._window: QWidget = table.window()
        self._listing: ShownList = shown_list(table, office)

    def print_(self) -> None:
        """Ask for a printer and print; without one, save as a PDF."""
        self._asker.ask(listpapers.pages, self._listing, then=self._ask_printer, failed=self._message.complain)

    def _ask_printer(self, pages: ListPages) -> None:
        then = partial(self.print_on, pages)
        ask_printer(self._window, pages.sheets, pages.title, then, partial(self._ask_save, ".pdf", PDFS))

    def print_on(self, pages: ListPages, printer: QPrinter) -> None:
        """Print on a printer that was chosen."""
        try:
            print_sheets(printer, pages.sheets, PaperFonts(pages.fonts), mark=pages.mark)
        except Trouble as trouble:
            self._message.complain(trouble)
        else:
            self._message.say(f"已送打印机：{pages.title}，{len(pages.sheets)}张")

    def save_sheet(self) -> None:
        """Ask where to save the rows as a workbook."""
        self._ask_save(".xlsx", SHEETS)

    def _ask_save(self, ending: str, kind: str) -> None:
        ask_save(self._window, f"保存{self._listing.name}", self._listing.title + ending, kind, self.write)

    def write(self, path: Path) -> None:
        """Write the rows as what the file's name says."""
        self._asker.ask(
            listpapers.write, self._listing, path, then=self._message.say_file, failed=self._message.complain
        )
