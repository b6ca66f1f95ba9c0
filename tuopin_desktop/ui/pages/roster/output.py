"""What leaves the roster: lists and sheets of people, the form of cadres of one, and the workbooks in and out."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMenu, QPushButton

from tuopin_desktop.services.people.cadreform import LEFT
from tuopin_desktop.services.people.cadreform import TITLE as FORM
from tuopin_desktop.services.people.selections import TITLE
from tuopin_desktop.ui.pages.roster import questions
from tuopin_desktop.ui.sheets.transfer import Exchange
from tuopin_desktop.ui.widgets.ask import PDFS, SHEETS, WORDS, ask_save
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import button


class Output:
    """Writes lists and sheets of people on behalf of the page; `chosen` gives who is marked in its list."""

    def __init__(self, context: PageContext, chosen: Callable[[], Sequence[str]]) -> None:
        self._context = context
        self._chosen = chosen
        self.papers = button("文稿", lambda: None, icon="file-text", tip="审查表、选派人员情况、信息待补")
        menu = QMenu(self.papers)
        menu.addAction(f"{TITLE}（选中的人员）…", lambda: self.statements(self._chosen()))
        menu.addAction(f"{TITLE}（全部在派和拟派人员）…", lambda: self.statements(None))
        menu.addAction("选派人员情况（选中的人员）…", lambda: self.cohort(self._chosen()))
        menu.addAction("选派人员情况（全部在派和拟派人员）…", lambda: self.cohort(None))
        menu.addAction(f"{FORM}（选中的一人，归个人档案）…", lambda: self.form(self._chosen()))
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
        self._context.ask(questions.write_statements, path, people, then=self._written)

    def form(self, people: Sequence[str]) -> None:
        """Ask where to save the form of cadres of one person."""
        if self._nobody(people):
            return
        if len(people) > 1:
            self._context.message.say(f"{FORM}一次出一人，请只选一人。", "warn")
            return
        ask_save(
            self._context.window, f"保存{FORM}", f"{FORM}.lrmx", f"{FORM} (*.lrmx)", partial(self.write_form, people[0])
        )

    def write_form(self, person_id: str, path: Path) -> None:
        """Write the form of cadres of one person."""
        self._context.ask(questions.write_form, path, person_id, then=self._form_written)

    def _form_written(self, path: Path) -> None:
        self._context.message.say_file(path)
        self._context.message.say(f"{LEFT}。", "quiet")

    def cohort(self, people: Sequence[str] | None) -> None:
        """Ask where to save the report of a batch: some people, None for all that serve or are to."""
        if not self._nobody(people):
            self._ask("选派人员情况", f"{PDFS};;{SHEETS}", partial(self.write_cohort, people))

    def write_cohort(self, people: Sequence[str] | None, path: Path) -> None:
        """Write the report of a batch."""
        self._context.ask(questions.write_cohort, path, people, then=self._written)

    def _nobody(self, people: Sequence[str] | None) -> bool:
        if people is not None and not people:
            self._context.message.say("请先在列表中选中人员。", "warn")
        return people is not None and not people

    def todo(self) -> None:
        """Ask where to save whose sheets lack what."""
        self._ask("信息待补一览表", f"{PDFS};;{SHEETS}", self.write_todo)

    def write_todo(self, path: Path) -> None:
        """Write whose sheets lack what."""
        self._context.ask(questions.write_todo, path, then=self._written)

    def _ask(self, name: str, types: str, then: Callable[[Path], object]) -> None:
        ask_save(
            self._context.window, f"保存{name}", f"{name}{self._context.office.today:%Y%m%d}.pdf", types, partial(then)
        )

    def _written(self, path: Path) -> None:
        self._context.message.say_file(path)


def excel_button(exchange: Exchange, where: Callable[[], Mapping[str, str]]) -> QPushButton:
    """Return the button of everything that comes in and goes out by sheets; `where` narrows what goes out."""

    def export(*, reveal: bool = False, bare: bool = False) -> None:
        county = where().get("county")
        exchange.export({"county": county} if county else {}, reveal=reveal, bare=bare)

    excel = button("Excel", lambda: None, icon="file-spreadsheet", tip="模板、导入、导出")
    menu = QMenu(excel)
    menu.addAction("从 Excel 导入…", exchange.import_)
    menu.addAction("导入干部任免审批表（选文件）…", partial(exchange.import_forms, folder=False))
    menu.addAction("导入干部任免审批表（整个文件夹）…", partial(exchange.import_forms, folder=True))
    menu.addAction("保存空白模板…", exchange.template)
    menu.addAction("导出花名册（遮盖个人信息）…", export)
    menu.addAction("导出花名册（不含个人信息栏，给其他单位）…", partial(export, bare=True))
    menu.addAction("导出花名册（完整，留记录）…", partial(export, reveal=True))
    excel.setMenu(menu)
    return excel
