"""The ways out of the help: the whole manual printed, saved as one PDF, or copied to a stick as plain pages."""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.services.duties.keysheet import KeyRow
from tuopin_desktop.services.manual import papers, web
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.paper.painter import PaperFonts
from tuopin_desktop.ui.paper.printing import ask_printer, print_sheets
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.ask import PDFS, ask_folder, ask_save
from tuopin_desktop.ui.widgets.page import Page


class Pages(msgspec.Struct, frozen=True):
    """The pages of the manual with what is needed to draw them."""

    sheets: Sequence[Sheet]
    fonts: dict[str, Path]


def pages(desk: Desk, rows: Sequence[KeyRow]) -> Pages:
    """Return the pages; runs in the worker thread."""
    return Pages(papers.sheets(desk, rows), desk.fonts().files())


class ManualDoors:
    """Prints, saves and copies the manual; `keys` gives the keys of the window, `page` the page that says what came."""

    def __init__(
        self, window: QWidget, asker: Asker, keys: Callable[[], Sequence[KeyRow]], page: Callable[[], Page]
    ) -> None:
        self._window, self._asker, self._keys, self._page = window, asker, keys, page

    def ask_print(self) -> None:
        """Ask on which printer it goes, once its pages are made."""
        page = self._page()
        self._asker.ask(pages, self._keys(), then=self._ask_printer, failed=page.complain)

    def _ask_printer(self, of: Pages) -> None:
        fonts = PaperFonts(of.fonts)

        def print_on(printer: QPrinter) -> None:
            print_sheets(printer, of.sheets, fonts)

        ask_printer(self._window, of.sheets, papers.TITLE, print_on, self.ask_save)

    def ask_save(self) -> None:
        """Ask where it is saved as a PDF."""
        ask_save(self._window, "保存手册", f"{papers.TITLE}.pdf", PDFS, self.save)

    def save(self, path: Path) -> None:
        """Save it as one PDF."""
        page = self._page()
        self._asker.ask(papers.write, self._keys(), path, then=page.message.say_file, failed=page.complain)

    def ask_copy(self) -> None:
        """Ask for the stick or folder its pages are copied to."""
        ask_folder(self._window, "选择U盘或文件夹", "stick", self.copy)

    def copy(self, place: Path) -> None:
        """Copy it as pages that any browser opens."""
        page = self._page()
        self._asker.ask(
            web.write,
            self._keys(),
            place,
            then=lambda folder: page.message.say_folder(folder, f"手册已拷到“{{}}”，在里面双击“{web.FIRST}”"),
            failed=page.complain,
        )
