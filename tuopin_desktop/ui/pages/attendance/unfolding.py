"""Fills the panel below the grid with what stands in a cell, why, and what else is known of the day."""

from collections.abc import Callable, Sequence
from functools import partial

from tuopin_desktop.domain.attendance.codes import day_sign
from tuopin_desktop.domain.attendance.laidover import Cover
from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.records import Remark
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.attendance import keep, year
from tuopin_desktop.services.attendance.year import PersonYear
from tuopin_desktop.services.judging import explaining
from tuopin_desktop.ui.pages.attendance.bar import month_title
from tuopin_desktop.ui.pages.attendance.grid import Grid
from tuopin_desktop.ui.pages.attendance.model import TOTALS, MonthModel
from tuopin_desktop.ui.pages.attendance.panel import Line, Panel
from tuopin_desktop.ui.pages.attendance.personmonth import PersonMonth
from tuopin_desktop.ui.widgets.page import PageContext


def facts_of(model: MonthModel, place: int, number: int, *, may_answer: bool) -> list[Line]:
    """Return what slips, remarks and logs say of a day, and what the month can still come to.

    `may_answer` where remarks are answered and logs are written: in the county.
    """
    line = model.lines[place]
    if not line.in_post(number):
        return []
    lines = [_by_papers(line.papers(number)), *(_remark(one, may_answer) for one in model.remarks(place, number))]
    if model.days[number - 1].date <= model.today and not line.papers(number):
        logged = bool(line.row.logged >> (number - 1) & 1)
        way = ("补写日志", f"log:{line.row.posting.id}") if may_answer else ("", "")
        to_write = Line("工作日志", "这一天没有写", *way)
        lines.append(Line("工作日志", "写了") if logged else to_write)
    return [*lines, Line("本月", model.outlook(place))]


def _remark(one: Remark, may_answer: bool) -> Line:
    """Return what an office above thinks is wrong, with the answer or the way to it."""
    on = f"{one.raised.month}月{one.raised.day}日" if one.raised else ""
    text = f"{one.office} {one.by} {on}：{one.text}"
    if one.is_open:
        return Line("更正意见", f"{text}（没有答复）", *(("写答复", f"answer:{one.id}") if may_answer else ("", "")))
    return Line("更正意见", f"{text}　答复：{one.answer}（{one.answered_by}）")


def _by_papers(papers: Sequence[Cover]) -> Line:
    if not papers:
        return Line("报备单", "没有覆盖这一天的")
    text = "；".join(f"{paper.slip.number} {STANDINGS[paper.standing]}" for paper in papers)
    return Line("报备单", text, "打开", f"slip:{papers[0].slip.id}")


STANDINGS = {"approved": "已批准", "waiting": "还没有批准", "refused": "没有同意", "overstay": "超假未归，待核"}


class Unfolder:
    """Fills the panel; `noted` is called with the posting when a note has been stored."""

    def __init__(self, context: PageContext, grid: Grid, panel: Panel, noted: Callable[[str], None]) -> None:
        self._context, self._grid, self._model, self.panel = context, grid, grid.month, panel
        self._noted = noted
        self.may_answer = context.office.level is Level.COUNTY and context.office.who.may(Act.ENTER)
        self.only_looks = False
        """Whether nothing can be written, notes neither."""
        self.team: Callable[[], str] = str
        """Returns the team that is named above the county as the one to be edited."""
        self._again: Callable[[], object] | None = None
        self._shown: tuple[PersonMonth, str, int] | None = None
        """Whose day the panel shows, where a note is asked for."""
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

    def open_slip(self, place: int, column: int) -> bool:
        """Open the slip that speaks of a day; False where none does."""
        inside = column < len(self._model.days)
        papers = self._model.lines[place].papers(column + 1) if inside else ()
        if papers:
            self.panel.followed.emit(f"slip:{papers[0].slip.id}")
        return bool(papers)

    def open(self, place: int, column: int) -> None:
        """Show a cell, and go to the note when it asks for one."""
        self.show(place, column)
        self.panel.ask()

    def renew(self) -> None:
        """Show the same once more: what it is about has been filled or judged since. A note being typed stays."""
        if self._again is not None and self.panel.isVisible() and not self.panel.note.hasFocus():
            self._again()

    def forget(self) -> None:
        """Another month stands there."""
        self.keep_note()
        self._again = self._shown = None

    def show(self, place: int, column: int) -> None:
        """Show what stands in a cell and, when it is coloured, the rule that coloured it."""
        if not (0 <= place < len(self._model.lines) and column < self._model.columnCount()):
            return
        self.keep_note()
        self._shown = None
        self._again = partial(self.show, place, column)
        model = self._model
        if column < len(model.days):
            self._show_day(place, column + 1)
            return
        total = TOTALS[column - len(model.days)]
        text = model.total(place, column - len(model.days)) or "0"
        self.panel.show_total(f"{model.title(place)} {month_title(self._month)}", f"{total.meaning}：{text}")
        self._explain(model.finding(place, total.rule))

    def _show_day(self, place: int, number: int) -> None:
        model, line = self._model, self._model.lines[place]
        clashes = line.clashes(number)
        note = (line.row.notes if clashes else line.row.reasons).get(number, "")
        title = f"{model.title(place)} {model.day_words(number)}"
        findings = [finding for finding in model.findings(place) if finding.verdict.value != "ok"]
        codes = line.laid[number - 1]
        rule = "A16-3" if "u" in codes else "A10-3" if "o" in codes or clashes else ""
        unfolded = model.finding(place, rule) if rule else None
        rest = [finding for finding in findings if finding is not unfolded]
        asks = not (line.shut or self.only_looks) and bool(clashes or line.days[number - 1])
        beside = facts_of(model, place, number, may_answer=self.may_answer)
        self._shown = (line, self._month, number)
        self.panel.show_day(title, line.day_text(number), clashes, note, rest, beside, asks=asks)
        self._explain(unfolded)

    def _explain(self, finding: Finding | None) -> None:
        if finding is not None:
            show = self.panel.show_explained
            self._context.ask(explaining.explain, finding, then=show, lane="explain")

    def show_year(self, place: int) -> None:
        """Show twelve months of a line's person."""
        self.keep_note()
        self._again = self._shown = None
        self._context.ask(
            year.year, self._model.lines[place].row.posting.id, int(self._month[:4]), then=self._year, lane="explain"
        )

    def _year(self, person_year: PersonYear) -> None:
        self.panel.show_year(person_year)
        self._explain(person_year.absence)

    def keep_note(self) -> None:
        """Store a note that was typed and not confirmed: the panel goes on to something else."""
        if self._shown is not None and self.panel.note.isModified():
            self._note(self.panel.note.text())

    def _note(self, text: str) -> None:
        if self._shown is None:
            return
        self.panel.note.setModified(False)
        line, month, number = self._shown
        about = "；".join(line.clashes(number)) or f"登记为{day_sign(line.days[number - 1])}"
        what = f"{line.row.name} {month}-{number:02d} {about}"
        self._context.ask(
            keep.explain,
            line.row.posting.id,
            month,
            number,
            what,
            text,
            "slip" if line.clashes(number) else "note",
            self.team(),
            then=lambda _: self._noted(line.row.posting.id),
        )
