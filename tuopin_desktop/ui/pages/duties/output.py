"""The registers and the duties onto paper and into workbooks: lists, templates, imports, exports."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QMenu

from tuopin_desktop.services import registerlists, registers
from tuopin_desktop.ui.pages.duties import questions
from tuopin_desktop.ui.pages.duties.register import RegisterView
from tuopin_desktop.ui.sheets.exchange import Exchange
from tuopin_desktop.ui.widgets.ask import PDFS, SHEETS, ask_save
from tuopin_desktop.ui.widgets.page import Page
from tuopin_desktop.ui.widgets.parts import button


class Output:
    """Saves and reads on behalf of the page; `view` gives the register in sight."""

    def __init__(self, page: Page, view: Callable[[], RegisterView]) -> None:
        self._page = page
        self._view = view
        self._exchange: Exchange | None = None
        self.excel = button("Excel", lambda: None, icon="file-spreadsheet", tip="模板、导入、导出")
        menu = QMenu(self.excel)
        menu.addAction("从 Excel 导入…", lambda: self.exchange().import_())
        menu.addAction("保存空白模板…", lambda: self.exchange().template())
        menu.addAction("导出登记簿…", self.export)
        self.excel.setMenu(menu)

    def exchange(self) -> Exchange:
        """Return Excel for the register in sight; kept, because its dialog lives on."""
        self._exchange = Exchange(self._page, self._view().kind())
        return self._exchange

    def export(self) -> None:
        """Save the register, of one county where it is filtered and the kind says which county it is of."""
        kind, county = self._view().kind(), self._view().county.code()
        has = any(item.name == "county" for item in registerlists.columns_of(registers.kind_of(kind)))
        self.exchange().export({"county": county} if county and has else {})

    def save_list(self, view: RegisterView, year: int) -> None:
        """Ask where to save the duties of a year, or the register in sight when no year is said."""
        title = f"{year}年履职事项一览表" if year else f"{questions.label_of(view.kind())}登记簿"
        types = f"{PDFS};;{SHEETS}"
        ask_save(self._page, f"保存{title}", f"{title}.pdf", types, lambda path: self.write_list(view, year, path))

    def write_list(self, view: RegisterView, year: int, path: Path) -> None:
        """Write the list."""
        ask, done, failed = self._page.asker.ask, self._written, self._page.complain
        if year:
            ask(questions.write_duties, year, path, then=done, failed=failed)
        else:
            asked = (view.kind(), view.search.text().strip(), view.county.code())
            ask(questions.write, *asked, path, then=done, failed=failed)

    def _written(self, path: Path) -> None:
        self._page.message.say(f"已保存到 {path}")
