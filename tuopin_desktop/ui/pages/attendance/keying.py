"""Keying: a key, a paste or a command is one step: written, unfolded, sent to be stored soon after, taken back."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QUndoCommand, QUndoStack
from PySide6.QtWidgets import QSizePolicy

from tuopin_desktop.domain.attendance.codes import Mark
from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.services.attendance import keep, year
from tuopin_desktop.services.attendance.keep import CellsOutcome, Edit
from tuopin_desktop.services.attendance.year import PersonYear
from tuopin_desktop.services.judging import explaining
from tuopin_desktop.ui.pages.attendance import plans
from tuopin_desktop.ui.pages.attendance.bar import Bar, month_title
from tuopin_desktop.ui.pages.attendance.grid import Grid
from tuopin_desktop.ui.pages.attendance.model import TOTALS, Cell, MonthModel
from tuopin_desktop.ui.pages.attendance.panel import Panel
from tuopin_desktop.ui.pages.attendance.plans import PART_WORDS, Part, Plan, Write
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import label
from tuopin_desktop.ui.widgets.plain import set_tip


class Unfolder:
    """Fills the panel; `noted` is called with the posting when a note has been stored."""

    def __init__(self, context: PageContext, grid: Grid, panel: Panel, noted: Callable[[str], None]) -> None:
        self._context, self._grid, self._model, self.panel = context, grid, grid.month, panel
        self._noted = noted
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
        self.panel.show_total(f"{model.title(place)} {month_title(self._month)}", f"{total.meaning}：{text}")
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
        self.panel.show_day(title, line.day_text(number), clashes, note, rest, asks=bool(clashes) and not line.shut)
        self._explain(unfolded)

    def _explain(self, finding: Finding | None) -> None:
        if finding is not None:
            show = self.panel.show_explained
            self._context.ask(explaining.explain, finding, then=show, lane="explain")

    def show_year(self, place: int) -> None:
        """Show twelve months of a line's person."""
        self._context.ask(
            year.year, self._model.lines[place].row.posting.id, int(self._month[:4]), then=self._year, lane="explain"
        )

    def _year(self, person_year: PersonYear) -> None:
        self.panel.show_year(person_year)
        self._explain(person_year.absence)

    def _note(self, text: str) -> None:
        index = self._grid.currentIndex()
        line, number = self._model.lines[index.row()], index.column() + 1
        what = f"{line.row.name} {self._month}-{number:02d} {'；'.join(line.clashes(number))}"
        self._context.ask(
            keep.explain,
            line.row.posting.id,
            self._month,
            number,
            what,
            text,
            then=lambda _: self._noted(line.row.posting.id),
        )


_PAUSE_MS = 600

Key = tuple[str, str, int]


class Keeper(QObject):
    """Collects edits by cell; `kept` carries the answer and the postings concerned, `refused` and `failed` the error.

    A refused batch can never be stored and is dropped; one that met trouble waits for the next try.
    """

    kept = Signal(object, object)
    refused = Signal(object, object)
    failed = Signal(object)
    settled = Signal()

    def __init__(self, asker: Asker, parent: QObject) -> None:
        super().__init__(parent)
        self._asker = asker
        self._waiting: dict[Key, Edit] = {}
        self._under_way: dict[Key, Edit] = {}
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.flush)

    @property
    def cells(self) -> int:
        """How many cells are not stored yet."""
        return len(self._waiting.keys() | self._under_way.keys())

    def edits(self, month: str) -> dict[str, dict[int, str]]:
        """Return the days of a month that are not stored yet, by posting and day."""
        values_by_key: dict[str, dict[int, str]] = {}
        for edit in (*self._under_way.values(), *self._waiting.values()):
            if edit.month == month:
                values_by_key.setdefault(edit.posting, {})[edit.number] = edit.now
        return values_by_key

    def note(self, edits: Iterable[Edit]) -> None:
        """Take edits; several of one cell become one."""
        for edit in edits:
            key = (edit.posting, edit.month, edit.number)
            first = self._waiting.get(key)
            self._waiting[key] = Edit(*key, first.was if first else edit.was, edit.now)
        self._pause.start()

    def flush(self) -> bool:
        """Send what waits; tell whether an answer is awaited. While one batch is under way the next waits for it."""
        self._pause.stop()
        if self._waiting and not self._under_way:
            self._under_way, self._waiting = self._waiting, {}
            batch = list(self._under_way.values())
            self._asker.ask(keep.keep, batch, then=self._stored, failed=self._not_done)
        return bool(self._under_way)

    def _stored(self, answer: CellsOutcome) -> None:
        touched = {edit.posting for edit in self._under_way.values()}
        self._under_way = {}
        self.kept.emit(answer, touched)
        if not self.flush():
            self.settled.emit()

    def _not_done(self, error: Refused | Trouble) -> None:
        batch, self._under_way = self._under_way, {}
        if isinstance(error, Refused):
            self.refused.emit(error, {edit.posting for edit in batch.values()})
        else:
            for key, edit in batch.items():
                later = self._waiting.get(key)
                self._waiting[key] = Edit(*key, edit.was, later.now if later else edit.now)
            self.failed.emit(error)
        self.settled.emit()


Apply = Callable[[Sequence[Write]], None]


class Step(QUndoCommand):
    """The writes of a plan; undoing writes back what was there."""

    def __init__(self, plan: Plan, apply: Apply) -> None:
        super().__init__(f"{plan.text}（{len(plan.writes)}格）")
        self._forth = tuple(plan.writes)
        self._back = tuple(Write(one.posting, one.number, one.now, one.was) for one in plan.writes)
        self._apply = apply

    def redo(self) -> None:
        self._apply(self._forth)

    def undo(self) -> None:
        self._apply(self._back)


class Keyer:
    """Carries out what the grid and the menu ask for; `written` is called when something waits to be kept."""

    def __init__(
        self,
        context: PageContext,
        grid: Grid,
        bar: Bar,
        keeper: Keeper,
        unfolder: Unfolder,
        *,
        written: Callable[[], None],
    ) -> None:
        self.grid, self.model, self.bar, self.keeper, self.unfolder = grid, grid.month, bar, keeper, unfolder
        self._context, self._written = context, written
        self.undo = QUndoStack(grid)
        self.sentence = label("", "quiet")
        self.sentence.setAccessibleName("刚才的操作")
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # never widens the window
        grid.marked.connect(self._mark)
        grid.commanded.connect(self.command)
        grid.part_changed.connect(self._tell_part)
        bar.commanded.connect(self.command)

    def forget(self) -> None:
        """Forget the steps: what stands there now is not what they left."""
        self.undo.clear()

    def say(self, sentence: str) -> None:
        """Tell what was done."""
        self.sentence.setText(sentence)
        set_tip(self.sentence, sentence)

    def _mark(self, mark: Mark, part: Part, rest_only: bool) -> None:
        cells = self.grid.day_cells()
        rest: plans.Rest = "only" if rest_only else ("skip" if self.bar.skip.isChecked() else "all")
        self._do(plans.fill(self.model, cells, mark, part, rest), one=len(cells) == 1)

    def _do(self, plan: Plan, *, one: bool = False) -> None:
        """Write a plan as one step, and say what was done and what was not."""
        self.say(plan.sentence)
        if plan.writes:
            self.undo.push(Step(plan, self._write))
        if plan.bad:
            self.unfolder.panel.show_lines(f"{len(plan.bad)}格没有粘贴，其余已填", plan.bad[:200])
        if plan.shut and not plan.writes:
            self._context.message.say(plan.shut[0], "warn")
        if one and plan.writes:
            write = plan.writes[0]
            place = self.model.place(write.posting)
            if place is not None and self.model.lines[place].clashes(write.number):
                self.unfolder.show(place, write.number - 1)
                self.say(f"{plan.sentence}；与报备单不一致，请在下面说明（回车进入）")
                return
            self.grid.step_on()

    def _write(self, writes: Sequence[Write]) -> None:
        assert self.model.sheet is not None, "there are lines"
        month = self.model.sheet.month
        self.keeper.note(Edit(one.posting, month, one.number, one.was, one.now) for one in writes)
        self.model.write((one.posting, one.number, one.now) for one in writes)
        self._written()

    def _tell_part(self, part: Part) -> None:
        if part != "day":
            self.say(f"下一个键只填{PART_WORDS[part]}（再按一次取消）")

    def command(self, name: str) -> None:
        model, grid = self.model, self.grid
        if name in ("undo", "redo"):
            self._take_back(forward=name == "redo")
        elif name == "next":
            self._next_empty()
        elif name in ("year", "unfold"):
            index = grid.currentIndex()
            if index.isValid():
                self.unfolder.show_year(index.row()) if name == "year" else self.unfolder.open(
                    index.row(), index.column()
                )
        elif name == "copy":
            QGuiApplication.clipboard().setText(plans.text(model, *grid.rectangle()))
        elif cells := grid.day_cells():
            commands: dict[str, Callable[[MonthModel, Sequence[Cell]], Plan]] = {
                "clear": plans.clear,
                "papers": plans.by_papers,
                "down": plans.down,
                "right": plans.right,
                "day_before": partial(plans.earlier, days=1),
                "week_before": partial(plans.earlier, days=7),
                "paste": partial(plans.paste, value=QGuiApplication.clipboard().text()),
            }
            self._do(commands[name](model, cells))

    def _take_back(self, *, forward: bool) -> None:
        step = self.undo.redoText() if forward else self.undo.undoText()
        word = "重做" if forward else "撤销"
        self.undo.redo() if forward else self.undo.undo()
        self.say(f"已{word}：{step}" if step else f"没有可{word}的操作")

    def _next_empty(self) -> None:
        index = self.grid.currentIndex()
        start = Cell(index.row(), index.column() + 1) if index.isValid() else None
        cell = plans.next_empty(self.model, start)
        if cell is None:
            self.say("到今天为止没有空格")
        else:
            self.grid.go_to(cell)
