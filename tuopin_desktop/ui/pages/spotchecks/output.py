"""Check sheets and protocols of draws onto paper and into files."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter

from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.services.spotchecks import draws
from tuopin_desktop.services.spotchecks.draws import Proof
from tuopin_desktop.ui.pages.spotchecks import questions
from tuopin_desktop.ui.pages.spotchecks.questions import DrawRow, Printable
from tuopin_desktop.ui.paper.painter import PaperFonts
from tuopin_desktop.ui.paper.printing import ask_printer, print_sheets
from tuopin_desktop.ui.widgets.ask import PDFS, ask_save
from tuopin_desktop.ui.widgets.page import PageContext


class Output:
    """Prints and saves sheets for teams, or for whom a draw chose; says what came of it in the message line."""

    def __init__(self, context: PageContext) -> None:
        self._context = context
        self._fonts: PaperFonts | None = None

    def pdf(self, counties: Sequence[str], draw_id: str) -> None:
        """Ask where to save check sheets."""
        name = f"检查表 {self._context.office.today}.pdf"
        ask_save(
            self._context.window, "保存检查表", name, PDFS, lambda path: self.write_sheets(counties, draw_id, path)
        )

    def write_sheets(self, counties: Sequence[str], draw_id: str, path: Path) -> None:
        """Write check sheets."""
        self._context.ask(
            questions.save_sheets, counties, self._context.office.today, draw_id, path, then=self._written
        )

    def print_(self, counties: Sequence[str], draw_id: str) -> None:
        """Ask for a printer and print check sheets."""
        self._context.ask(
            questions.sheets,
            counties,
            self._context.office.today,
            draw_id,
            then=lambda printable: self._fetch_fonts(printable, partial(self.pdf, counties, draw_id)),
        )

    def _fetch_fonts(self, printable: Printable, pdf: Callable[[], object]) -> None:
        def loaded(files: dict[str, Path]) -> None:
            self._fonts = self._fonts or PaperFonts(files)
            ask_printer(
                self._context.window, printable.sheets, "检查表", lambda printer: self.print_on(printer, printable), pdf
            )

        self._context.ask(questions.font_files, then=loaded)

    def print_on(self, printer: QPrinter, printable: Printable) -> None:
        """Print on a printer that was chosen."""
        assert self._fonts is not None
        try:
            print_sheets(printer, printable.sheets, self._fonts, mark=printable.mark)
        except Trouble as trouble:
            self._context.message.complain(trouble)
        else:
            self._context.message.say(f"已送打印机：{len(printable.sheets)}张")

    def prove(self, item: DrawRow) -> None:
        """Draw again from the seed and say whether it agrees."""
        self._context.ask(draws.prove, item.draw.id, then=self._proved)

    def _proved(self, proof: Proof) -> None:
        self._context.message.say(f"{proof.sentence}。", "ok" if proof.agrees else "bad")

    def protocol(self, item: DrawRow) -> None:
        """Ask where to save the protocol of a draw."""
        name = f"抽签记录 {item.draw.drawn}.pdf"
        ask_save(self._context.window, "保存抽签记录", name, PDFS, lambda path: self.write_protocol(item.draw.id, path))

    def write_protocol(self, draw_id: str, path: Path) -> None:
        """Write the protocol of a draw."""
        self._context.ask(questions.save_protocol, draw_id, path, then=self._written)

    def _written(self, path: Path) -> None:
        self._context.message.say_file(path)
