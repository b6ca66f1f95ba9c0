"""Papers about people: asks where to save them and writes them."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMenu

from tuopin_desktop.ui.pages.roster import questions
from tuopin_desktop.ui.widgets.ask import PDFS, SHEETS, ask_save
from tuopin_desktop.ui.widgets.page import Page
from tuopin_desktop.ui.widgets.parts import button


class Output:
    """Writes lists of people on behalf of the page, and says where they are."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.papers = button("文稿", lambda: None, icon="file-text", tip="信息待补一览表")
        menu = QMenu(self.papers)
        menu.addAction("信息待补一览表…", self.todo)
        self.papers.setMenu(menu)

    def todo(self) -> None:
        """Ask where to save whose sheets lack what."""
        self._ask("信息待补一览表", f"{PDFS};;{SHEETS}", self.write_todo)

    def write_todo(self, path: Path) -> None:
        """Write whose sheets lack what."""
        self._page.asker.ask(questions.write_todo, path, then=self._written, failed=self._page.complain)

    def _ask(self, name: str, types: str, then: Callable[[Path], object]) -> None:
        ask_save(self._page, f"保存{name}", f"{name}{self._page.facts.today:%Y%m%d}.pdf", types, partial(then))

    def _written(self, path: Path) -> None:
        self._page.message.say(f"已保存到 {path}")
