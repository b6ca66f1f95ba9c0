"""Unfolding: from a cell, a total or a name to the words, the rule, the article and the settings behind it."""

from collections.abc import Callable

from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.services.attendance import keep, year
from tuopin_desktop.services.attendance.year import PersonYear
from tuopin_desktop.services.judging import explaining
from tuopin_desktop.ui.pages.attendance.bar import words
from tuopin_desktop.ui.pages.attendance.grid import Grid
from tuopin_desktop.ui.pages.attendance.model import TOTALS, MonthModel
from tuopin_desktop.ui.pages.attendance.panel import Panel
from tuopin_desktop.ui.plumbing.runner import Asker, Failed


class Unfolder:
    """Fills the panel; `noted` is called with the posting when a note has been stored."""

    def __init__(
        self, asker: Asker, grid: Grid, model: MonthModel, panel: Panel, failed: Failed, noted: Callable[[str], None]
    ) -> None:
        self._asker, self._grid, self._model, self.panel = asker, grid, model, panel
        self._failed, self._noted = failed, noted
        grid.unfolded.connect(self.show)
        grid.selectionModel().currentChanged.connect(lambda now, _: self._follow(now.row(), now.column()))
        grid.verticalHeader().sectionClicked.connect(self.show_year)
        panel.noted.connect(self._note)

    @property
    def _month(self) -> str:
        assert self._model.sheet is not None, "there are lines"
        return self._model.sheet.month

    def _follow(self, place: int, column: int) -> None:
        """Keep the panel at the cell the keyboard is on."""
        if self.panel.isVisible() and 0 <= place < len(self._model.lines) and column >= 0:
            self.show(place, column)

    def open(self, place: int, column: int) -> None:
        """Show a cell, and go to the note when it asks for one."""
        self.show(place, column)
        self.panel.ask()

    def show(self, place: int, column: int) -> None:
        """Show what stands in a cell and, when it is coloured, the rule that coloured it."""
        model = self._model
        if column < len(model.days):
            self._show_day(place, column + 1)
            return
        total = TOTALS[column - len(model.days)]
        text = model.total(place, column - len(model.days)) or "0"
        self.panel.show_total(f"{model.title(place)} {words(self._month)}", f"{total.meaning}：{text}")
        self._explain(model.finding(place, total.rule))

    def _show_day(self, place: int, number: int) -> None:
        model, line = self._model, self._model.lines[place]
        clashes, note = line.clashes(number), line.row.notes.get(number, "")
        title = f"{model.title(place)} {model.day_words(number)}"
        findings = [finding for finding in model.findings(place) if finding.verdict.value != "ok"]
        codes = line.laid[number - 1]
        rule = "A16-3" if "u" in codes else "A10-3" if "o" in codes or clashes else ""
        unfolded = model.finding(place, rule) if rule else None
        rest = [finding for finding in findings if finding is not unfolded]
        self.panel.show_day(title, line.words(number), clashes, note, rest, asks=bool(clashes) and not line.shut)
        self._explain(unfolded)

    def _explain(self, finding: Finding | None) -> None:
        if finding is not None:
            show = self.panel.show_explained
            self._asker.ask(explaining.explain, finding, then=show, failed=self._failed, lane="explain")

    def show_year(self, place: int) -> None:
        """Show twelve months of a line's person."""
        pair = (self._model.lines[place].row.posting.id, int(self._month[:4]))
        self._asker.ask(year.year, *pair, then=self._year, failed=self._failed, lane="explain")

    def _year(self, person_year: PersonYear) -> None:
        self.panel.show_year(person_year)
        self._explain(person_year.absence)

    def _note(self, text: str) -> None:
        index = self._grid.currentIndex()
        line, number = self._model.lines[index.row()], index.column() + 1
        what = f"{line.row.name} {self._month}-{number:02d} {'；'.join(line.clashes(number))}"
        row = (line.row.posting.id, self._month, number, what, text)
        self._asker.ask(keep.explain, *row, then=lambda _: self._noted(line.row.posting.id), failed=self._failed)
