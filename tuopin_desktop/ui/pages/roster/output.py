"""Papers about people: asks where to save them and writes them."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMenu

from tuopin_desktop.services.people.selections import TITLE
from tuopin_desktop.ui.pages.roster import questions
from tuopin_desktop.ui.widgets.ask import PDFS, SHEETS, WORDS, ask_save
from tuopin_desktop.ui.widgets.page import Page
from tuopin_desktop.ui.widgets.parts import button


class Output:
    """Writes lists and sheets of people on behalf of the page; `chosen` gives who is marked in its list."""

    def __init__(self, page: Page, chosen: Callable[[], Sequence[str]]) -> None:
        self._page = page
        self._chosen = chosen
        self.papers = button("文稿", lambda: None, icon="file-text", tip="审查表、选派人员情况、信息待补")
        menu = QMenu(self.papers)
        menu.addAction(f"{TITLE}（选中的人员）…", lambda: self.statements(self._chosen()))
        menu.addAction(f"{TITLE}（全部在派和拟派人员）…", lambda: self.statements(None))
        menu.addAction("选派人员情况（选中的人员）…", lambda: self.cohort(self._chosen()))
        menu.addAction("选派人员情况（全部在派和拟派人员）…", lambda: self.cohort(None))
        menu.addAction("信息待补一览表…", self.todo)
        self.papers.setMenu(menu)

    def statements(self, people: Sequence[str] | None) -> None:
        """Ask where to save the sheets of some people, None for all that serve or are to."""
        if self._nobody(people):
            return
        one = people is not None and len(people) == 1
        self._ask(TITLE, f"{PDFS};;{WORDS}" if one else PDFS, partial(self.write_statements, people))

    def write_statements(self, people: Sequence[str] | None, path: Path) -> None:
        """Write the sheets of some people."""
        pair = (path, people)
        self._page.asker.ask(questions.write_statements, *pair, then=self._written, failed=self._page.complain)

    def cohort(self, people: Sequence[str] | None) -> None:
        """Ask where to save the report of a batch: some people, None for all that serve or are to."""
        if not self._nobody(people):
            self._ask("选派人员情况", f"{PDFS};;{SHEETS}", partial(self.write_cohort, people))

    def write_cohort(self, people: Sequence[str] | None, path: Path) -> None:
        """Write the report of a batch."""
        self._page.asker.ask(questions.write_cohort, path, people, then=self._written, failed=self._page.complain)

    def _nobody(self, people: Sequence[str] | None) -> bool:
        if people is not None and not people:
            self._page.message.say("请先在列表中选中人员。", "warn")
        return people is not None and not people

    def todo(self) -> None:
        """Ask where to save whose sheets lack what."""
        self._ask("信息待补一览表", f"{PDFS};;{SHEETS}", self.write_todo)

    def write_todo(self, path: Path) -> None:
        """Write whose sheets lack what."""
        self._page.asker.ask(questions.write_todo, path, then=self._written, failed=self._page.complain)

    def _ask(self, name: str, types: str, then: Callable[[Path], object]) -> None:
        ask_save(self._page, f"保存{name}", f"{name}{self._page.office.today:%Y%m%d}.pdf", types, partial(then))

    def _written(self, path: Path) -> None:
        self._page.message.say(f"已保存到 {path}")
