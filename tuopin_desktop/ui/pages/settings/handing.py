"""The card of a handover: to whom, the paper as it will be signed, and the receiver's confirmation."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFrame

from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.domain.roles import Act, Signed
from tuopin_desktop.services.office import files
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.users import UserRow
from tuopin_desktop.services.reporting import handover
from tuopin_desktop.ui.pages.settings.userdialogs import UserDialog
from tuopin_desktop.ui.paper.pages import PagesView
from tuopin_desktop.ui.paper.painter import PaperFonts
from tuopin_desktop.ui.paper.printing import ask_printer, print_sheets
from tuopin_desktop.ui.widgets.ask import PDFS, ask_save
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import button, column, label, row

_HINT = "接收人用自己的口令确认后，今后的登记记在接收人名下。"
_NOBODY = "要交接时，先添加接收人。"


def paper(desk: Desk, receiver: str) -> tuple[tuple[Sheet, ...], str, dict[str, Path]]:
    """Return the pages, their mark and the letters they need; runs in the worker thread."""
    return handover.sheets(desk, receiver), desk.mark, desk.fonts().files()


def write(desk: Desk, receiver: str, path: Path) -> Path:
    """Write the paper as a PDF."""
    return files.write(desk, path, handover.pdf(desk, receiver))


class HandingCard(QFrame):
    """Hidden for whoever may not hand over; without a receiver it says what to do first."""

    def __init__(self, context: PageContext, renew: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._context, self._renew = context, renew
        self._rows: list[UserRow] = []
        self._fonts: PaperFonts | None = None
        self._mark = ""
        self.to = FilterBox("", {}, "接收人")
        self.to.chosen.connect(lambda _: self._look())
        self.print_button = button("打印", self.ask_print, icon="printer")
        self.save_button = button("存为 PDF", self.ask_save, icon="file-down")
        self.confirm_button = button("接收人确认…", self.ask_confirm, role="primary")
        self._from = label("", "quiet")
        self.view = PagesView("交接单")
        self._hint = label(_HINT, "quiet", wrap=True)
        head = row(label("交接", "section"), None, self.save_button, self.print_button, gap=6)
        line = row(self._from, self.to)
        line.setStretch(1, 1)
        layout = column(head, line, self.view, row(self._hint, self.confirm_button), gap=8, margins=(14, 10, 14, 10))
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def show_rows(self, rows: Sequence[UserRow], who: Signed) -> None:
        """Offer the others as receivers, those who await it first."""
        self.setVisible(bool(rows) and who.may(Act.HAND_OVER))
        self._from.setText(f"{who.name} 交给")
        self._rows = [one for one in handover.waiting(rows) if one.id != who.user]
        before = self.to.code()
        self.to.clear()
        for one in self._rows:
            self.to.addItem(f"{one.name}（{one.state}）", one.id)
        self.to.setCurrentIndex(max(0, self.to.findData(before)))
        self._look()

    def _look(self) -> None:
        one = next((row for row in self._rows if row.id == self.to.code()), None)
        for each in (self.print_button, self.save_button):
            each.setEnabled(one is not None)
        self.confirm_button.setEnabled(one is not None and one.state == "待交接")
        self._hint.setText(_HINT if self._rows else _NOBODY)
        if one is not None and self.isVisible():
            self._context.ask(paper, one.id, then=self._show, lane="handover")
        else:
            self.view.hide()

    def _show(self, pages: tuple[Sequence[Sheet], str, dict[str, Path]]) -> None:
        sheets, self._mark, fonts = pages
        self._fonts = self._fonts or PaperFonts(fonts)
        self.view.show()
        self.view.show_sheets(sheets, self._fonts, self._mark)

    def ask_print(self) -> None:
        """Ask on which printer the paper goes."""
        if self.view.sheets:
            ask_printer(self, self.view.sheets, handover.TITLE, self.print_on, self.ask_save)

    def print_on(self, printer: QPrinter) -> None:
        """Print the paper."""
        if self._fonts is not None:
            print_sheets(printer, self.view.sheets, self._fonts, mark=self._mark)

    def ask_save(self) -> None:
        """Ask where the paper is saved."""
        ask_save(self, "保存交接单", f"{handover.TITLE}.pdf", PDFS, self.save_to)

    def save_to(self, path: Path) -> None:
        """Save the paper."""
        self._context.ask(write, self.to.code(), path, then=self._context.message.say_file)

    def ask_confirm(self) -> None:
        """Ask the receiver for the own password."""
        receiver = self.to.code()
        name = next((one.name for one in self._rows if one.id == receiver), "")
        dialog = UserDialog("接收人确认", "确认接收", lambda form: confirm(str(form["password"])), self._context.window)

        def confirm(password: str) -> None:
            self._context.asker.ask(handover.confirm, receiver, password, then=took, failed=dialog.refuse)

        def took(name: str) -> None:
            dialog.accept()
            self._context.message.say(f"{name}已接收，今后的登记记在接收人名下")
            self._renew()

        dialog.with_password(f"{name}的口令", twice=False).ask("请接收人核对交接单、双方签字后，输入自己的口令。")
