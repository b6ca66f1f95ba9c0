"""The papers of this page, printed or saved: the account of a batch, the slip with the number to read out."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtPrintSupport import QPrinter

from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.services.exchange import exchangepapers
from tuopin_desktop.services.exchange.exchangepapers import Row
from tuopin_desktop.services.office import books
from tuopin_desktop.services.office.books import Book
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.paper.painter import PaperFonts
from tuopin_desktop.ui.paper.printing import ask_printer, print_sheets
from tuopin_desktop.ui.plumbing.runner import question
from tuopin_desktop.ui.widgets.ask import PDFS, ask_save
from tuopin_desktop.ui.widgets.page import PageContext

Volume = Callable[[Desk], Book[Row]]


class Pages(msgspec.Struct, frozen=True):
    """The pages of a paper with what is needed to draw them."""

    sheets: Sequence[Sheet]
    mark: str
    fonts: dict[str, Path]


def pages(desk: Desk, volume: Volume) -> Pages:
    """Return the pages; runs in the worker thread."""
    return Pages(exchangepapers.sheets(desk, volume(desk)), desk.mark, desk.fonts().files())


def write(desk: Desk, volume: Volume, path: Path) -> Path:
    """Write the paper as a PDF."""
    return books.write(desk, path, volume(desk))


def account_of(lines: Sequence[str], sentence: str) -> Volume:
    """Return what makes the account of a batch."""
    return lambda desk: exchangepapers.account(desk, lines, sentence)


class Papers:
    """Prints them, or saves them where there is no printer."""

    def __init__(self, context: PageContext) -> None:
        self._context = context

    def print_(self, title: str, volume: Volume) -> None:
        """Ask on which printer a paper goes."""
        self._context.ask(pages, volume, then=partial(self._ask, title, volume), lane="exchange paper")

    def _ask(self, title: str, volume: Volume, of: Pages) -> None:
        fonts = PaperFonts(of.fonts)

        def print_on(printer: QPrinter) -> None:
            print_sheets(printer, of.sheets, fonts, mark=of.mark)

        ask_printer(self._context.window, of.sheets, title, print_on, lambda: self._ask_save(title, volume))

    def _ask_save(self, title: str, volume: Volume) -> None:
        def save(path: Path) -> None:
            self._context.ask(question(write, volume, path), then=self._context.message.say_file)

        ask_save(self._context.window, f"保存{title}", f"{title}.pdf", PDFS, save)
