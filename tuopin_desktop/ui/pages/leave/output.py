"""Slips onto paper and into files: the printer, one PDF for many, blank forms."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.services.leave import leavedesk
from tuopin_desktop.ui.pages.leave import questions
from tuopin_desktop.ui.pages.leave.overprint import Overprintable, OverprintDialog, overprintable
from tuopin_desktop.ui.pages.leave.questions import Printable
from tuopin_desktop.ui.pages.leave.scans import ScansDialog
from tuopin_desktop.ui.paper.painter import PaperFonts
from tuopin_desktop.ui.paper.printing import ask_printer, print_sheets
from tuopin_desktop.ui.paper.viewer import ScanViewer
from tuopin_desktop.ui.widgets.ask import PDFS, ask_save
from tuopin_desktop.ui.widgets.landing import SCAN_FILES, Landing
from tuopin_desktop.ui.widgets.page import PageContext

_BLANK_NAMES = {1: "附件1 队长请假报备单（空白）", 2: "附件2 副队长、队员请假报备单（空白）"}


def file_name(slips: Sequence[LeaveSlip]) -> str:
    """Return the name of the file of some slips: number and name of one, from which to which number of several."""
    first, *_ = ordered = sorted(slips, key=lambda slip: slip.number)
    if len(ordered) == 1:
        return f"请假报备单 {first.number} {first.name}"
    return f"请假报备单 {first.number}至{ordered[-1].number} {first.name}等{len(ordered)}张"


class Output:
    """Prints and saves kept slips; says what came of it in the message line."""

    def __init__(self, context: PageContext) -> None:
        self._context = context
        self._fonts: PaperFonts | None = None
        self.overprinting: OverprintDialog | None = None
        self.tray: ScansDialog | None = None
        self.viewer: ScanViewer | None = None

    def with_fonts(self, then: Callable[[PaperFonts], None]) -> None:
        """Hand over the paper's fonts, fetched on first use."""
        if self._fonts is not None:
            then(self._fonts)
            return

        def loaded(files: dict[str, Path]) -> None:
            self._fonts = PaperFonts(files)
            then(self._fonts)

        self._context.ask(questions.font_files, then=loaded)

    def print_slips(self, slips: Sequence[LeaveSlip]) -> None:
        """Ask for a printer and print a page per slip."""
        ids = [slip.id for slip in slips]
        self._context.ask(
            questions.printable,
            ids,
            then=lambda answer: self.with_fonts(lambda fonts: self._choose_printer(answer, fonts, slips)),
        )

    def _choose_printer(self, printable: Printable, fonts: PaperFonts, slips: Sequence[LeaveSlip]) -> None:
        ask_printer(
            self._context.window,
            printable.sheets,
            "请假报备单",
            lambda printer: self.print_on(printer, printable, fonts),
            lambda: self.pdf(slips),
        )

    def print_on(self, printer: QPrinter, printable: Printable, fonts: PaperFonts) -> None:
        """Print on a printer that was chosen."""
        try:
            print_sheets(printer, printable.sheets, fonts, mark=printable.mark)
        except Trouble as trouble:
            self._context.message.complain(trouble)
        else:
            self._context.message.say(f"已送打印机：{len(printable.sheets)}张")
            self._context.ask(leavedesk.printed, list(printable.ids))

    def pdf(self, slips: Sequence[LeaveSlip]) -> None:
        """Ask where to save one PDF with a page per slip."""
        ids = [slip.id for slip in slips]
        ask_save(
            self._context.window, "存为 PDF", f"{file_name(slips)}.pdf", PDFS, lambda path: self.write_pdf(ids, path)
        )

    def write_pdf(self, slip_ids: Sequence[str], path: Path) -> None:
        """Write the PDF."""
        self._context.ask(questions.save_pdf, slip_ids, path, then=self._written)

    def overprint(self, slip: LeaveSlip) -> None:
        """Offer to print single cells onto the slip's signed sheet."""
        self._context.ask(
            overprintable,
            slip.id,
            then=lambda answer: self.with_fonts(lambda fonts: self._offer_overprint(answer, fonts)),
        )

    def _offer_overprint(self, overprint: Overprintable, fonts: PaperFonts) -> None:
        self.overprinting = dialog = OverprintDialog(self._context.asker, fonts, overprint, self._context.window)
        dialog.said.connect(self._context.message.say)
        dialog.filed.connect(self._context.message.say_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def landing(self, slip: Callable[[], LeaveSlip | None]) -> Landing:
        """Return what becomes of scans and photos dropped on the page; `slip` gives the one in hand."""
        how = "按页脚二维码归到报备单，认不出的等您指定"
        return Landing("收扫描件", SCAN_FILES, partial(self.take_scans, slip), how, folders=True)

    def take_scans(self, slip: Callable[[], LeaveSlip | None], paths: list[Path]) -> None:
        """Open the tray and take scans in; what bears no code is offered to the slip in hand."""
        dialog, hand = self.scans(), slip()
        if hand is not None:
            dialog.prefer(ids.key("leave_slip", hand.id))
        dialog.take_in(paths)

    def scans(self) -> ScansDialog:
        """Open the tray, and take scans in."""
        self.tray = dialog = ScansDialog(self._context.asker, self._context.window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def show_scan(self, attachment_id: str, name: str) -> None:
        """Show a scan beside the slip; the slip stays usable."""
        self.viewer = viewer = ScanViewer(self._context.asker, attachment_id, name, self._context.window)
        viewer.finished.connect(viewer.deleteLater)
        viewer.show()

    def blank(self, number: int) -> None:
        """Ask where to save the empty Attachment 1 or 2."""
        name = f"{_BLANK_NAMES[number]}.pdf"
        ask_save(self._context.window, "保存空白表", name, PDFS, lambda path: self.write_blank(number, path))

    def write_blank(self, number: int, path: Path) -> None:
        """Write the empty form."""
        self._context.ask(questions.save_blank, number, path, then=self._written)

    def _written(self, path: Path) -> None:
        self._context.message.say_file(path)
