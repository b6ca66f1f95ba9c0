"""Keying: a key, a paste or a command is one step: written, unfolded, sent to be stored soon after, taken back."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QUndoCommand, QUndoStack

from tuopin_desktop.domain.attendance.codes import Mark
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.services.attendance import keep
from tuopin_desktop.services.attendance.keep import CellsOutcome, Edit
from tuopin_desktop.ui.pages.attendance import pasting, plans
from tuopin_desktop.ui.pages.attendance.grid import Grid
from tuopin_desktop.ui.pages.attendance.model import Cell, MonthModel
from tuopin_desktop.ui.pages.attendance.palette import Palette
from tuopin_desktop.ui.pages.attendance.pasting import PasteDialog
from tuopin_desktop.ui.pages.attendance.plans import PART_WORDS, Part, Plan, Write
from tuopin_desktop.ui.pages.attendance.unfolding import Unfolder
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.ask import confirm
from tuopin_desktop.ui.widgets.page import PageContext

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
        self.team = ""
        """The team that is named above the county as the one to be edited; an edit keeps the one it was made under."""
        self._waiting: dict[str, dict[Key, Edit]] = {}  # by team
        self._under_way: dict[Key, Edit] = {}
        self._under_way_team = ""
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.flush)

    @property
    def cells(self) -> int:
        """How many cells are not stored yet."""
        return len({key for edits in self._waiting.values() for key in edits} | self._under_way.keys())

    def edits(self, month: str) -> dict[str, dict[int, str]]:
        """Return the days of a month that are not stored yet, by posting and day."""
        values_by_key: dict[str, dict[int, str]] = {}
        waiting = [edit for edits in self._waiting.values() for edit in edits.values()]
        for edit in (*self._under_way.values(), *waiting):
            if edit.month == month:
                values_by_key.setdefault(edit.posting, {})[edit.number] = edit.now
        return values_by_key

    def note(self, edits: Iterable[Edit]) -> None:
        """Take edits; several of one cell become one."""
        for edit in edits:
            key = (edit.posting, edit.month, edit.number)
            waiting = self._waiting.setdefault(self.team, {})
            first = waiting.get(key)
            waiting[key] = Edit(*key, first.was if first else edit.was, edit.now)
        self._pause.start()

    def flush(self) -> bool:
        """Send what waits, one team at a time; tell whether an answer is awaited: the next batch waits for it."""
        self._pause.stop()
        if self._waiting and not self._under_way:
            team = self._under_way_team = next(iter(self._waiting))
            self._under_way = self._waiting.pop(team)
            batch = list(self._under_way.values())
            self._asker.ask(keep.keep, batch, team, then=self._stored, failed=self._not_done)
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
            if self.flush():  # what was keyed meanwhile is another batch
                return
        else:
            waiting = self._waiting.setdefault(self._under_way_team, {})
            for key, edit in batch.items():
                later = waiting.get(key)
                waiting[key] = Edit(*key, edit.was, later.now if later else edit.now)
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
    """Carries out what the grid, the palette and the menu ask for; `written` is called when something waits."""

    def __init__(
        self,
        context: PageContext,
        grid: Grid,
        palette: Palette,
        keeper: Keeper,
        unfolder: Unfolder,
        *,
        written: Callable[[], None],
    ) -> None:
        self.grid, self.model, self.palette, self.keeper, self.unfolder = grid, grid.month, palette, keeper, unfolder
        self._context, self._written = context, written
        self.undo = QUndoStack(grid)
        self.sentence = palette.account
        self.shut = ""  # why nothing can be written at all; empty when it can
        self.beyond: dict[str, Callable[[], object]] = {}  # what the menu names and is done elsewhere
        self.pasting: PasteDialog | None = None
        self._against = self._agreed = self._clicked = False
        grid.marked.connect(self._mark)
        grid.painted.connect(lambda mark: self._mark(mark, pointer=True))
        grid.part_changed.connect(self._tell_part)
        grid.selectionModel().selectionChanged.connect(lambda *_: self._tell_chosen())
        palette.picked.connect(self._pick)
        palette.brush_wanted.connect(self.hold)
        palette.part_chosen.connect(grid.stay_with)
        palette.filled.toggled.connect(self._ask_anew)
        for source in (grid, palette):
            source.commanded.connect(self.command)

    def _ask_anew(self) -> None:
        self._agreed = False

    def forget(self) -> None:
        """Forget the steps: what stands there now is not what they left."""
        self.undo.clear()
        self._context.message.clear(_CAUSE)

    def say(self, sentence: str) -> None:
        """Tell what was done."""
        self.sentence.setText(sentence)

    def _tell_chosen(self) -> None:
        """Say what a mark would fill, once more than one cell is chosen."""
        cells = self.grid.day_cells()
        if len(cells) > 1:
            empty = sum(not self.model.lines[cell.row].laid[cell.number - 1] for cell in cells)
            names = {cell.row for cell in cells}
            who = self.model.lines[cells[0].row].row.name if len(names) == 1 else f"{len(names)}人"
            numbers = [cell.number for cell in cells]
            self.say(f"已选{len(cells)}格：{who} {min(numbers)}—{max(numbers)}日，其中空格{empty}个")

    # -- marks

    def _pick(self, mark: Mark) -> None:
        """Fill what is chosen; with nothing chosen the mark goes to the pointer."""
        if not self.grid.day_cells():
            self.hold(mark)
            return
        before = self.undo.index()
        self._mark(mark, pointer=True)
        self._clicked = self.undo.index() > before

    def hold(self, mark: Mark | None) -> None:
        """Let a mark stick to the pointer; what the first of two clicks filled is as it was."""
        if self._refuses():
            return
        if mark is not None and self._clicked:
            self.undo.undo()
        self._clicked = False
        self.grid.hold(mark)
        self.palette.show_brush(mark.code if mark else "")
        if mark is not None:
            self.say(f"“{mark.sign}{mark.short}”跟着鼠标：在表上点或拖，按 Esc 结束")

    def let_go(self) -> bool:
        """Drop what sticks to the pointer; tell whether anything did."""
        sticks = self.grid.brush is not None
        if sticks:
            self.hold(None)
            self.say("")
        return sticks

    def menu_mark(self, mark: Mark, part: str) -> None:
        """Set a mark chosen in the menu, on one half where it says so."""
        if part:
            self.grid.set_part("am" if part == "am" else "pm")
        self._mark(mark, pointer=True)

    def _mark(self, mark: Mark, rest_only: bool = False, *, pointer: bool = False) -> None:
        cells = self.grid.day_cells()
        if self._refuses() or not cells:
            return
        care = self.palette.care(rest_only=rest_only, against=self._against)
        plan = plans.fill(self.model, cells, mark, self.grid.part, care)
        if self.grid.part != self.grid.base:
            self.grid.set_part(self.grid.base)
        self._against = False
        self._do(plan, one=len(cells) == 1, pointer=pointer)

    def _refuses(self) -> bool:
        if self.shut:
            self._context.message.say(self.shut, "warn", cause=_CAUSE)
        return bool(self.shut)

    def _do(self, plan: Plan, *, one: bool = False, pointer: bool = False) -> None:
        """Write a plan as one step; what is filled goes only once the clerk agrees, or where it is one cell."""
        if pasting.is_wide(plan):
            then = partial(self._carry_out, plan)
            self.pasting = pasting.ask(self.model, plan, then, self._context.window)
        elif plan.over > _MANY and not (self._agreed or self.palette.filled.isChecked()):
            self._ask(plan)
        else:
            self._carry_out(plan, one=one, pointer=pointer)

    def _ask(self, plan: Plan) -> None:
        def agree() -> None:
            self._agreed = True
            self._carry_out(plan)

        confirm(self._context.window, f"{plan.over}格已有登记，会改成新的。仍要填写吗？", "改成新的", agree)

    def _carry_out(self, plan: Plan, *, one: bool = False, pointer: bool = False) -> None:
        """Write a plan, and say what was done and what was not."""
        self.say(plan.sentence)
        self._clicked = False
        if plan.writes:
            self.undo.push(Step(plan, self._write))
        self._tell(plan, one=one)
        if plan.bad:
            self.unfolder.panel.show_lines(f"{len(plan.bad)}格没有粘贴，其余已填", plan.bad[:200])
            return
        if one and plan.writes and self._clash(plan.writes[0]):
            self.say(f"{plan.sentence}；与报备单不一致，请在下面说明（回车进入）")
            return
        goes_on = one and not pointer and bool(plan.writes or plan.papers)
        if not (goes_on and self.grid.step_on()):  # else the panel goes along to the next day
            self.unfolder.renew()

    def _tell(self, plan: Plan, *, one: bool) -> None:
        """Say at the foot of the page what a fill of several cells did, or what stands in the way of one."""
        message = self._context.message
        message.clear(_CAUSE)
        if plan.shut and not plan.writes:
            message.say(plan.shut[0], "warn", cause=_CAUSE)
        elif plan.papers and not plan.writes and one:
            ways = [("打开报备单", lambda: self.command("slip"))]
            message.say(_BY_PAPER, "warn", cause=_CAUSE, ways=ways)
        elif len(plan.writes) > 1:
            message.say(plan.sentence, cause=_CAUSE, ways=[("撤销  Ctrl+Z", lambda: self.command("undo"))])

    def _clash(self, write: Write) -> bool:
        """Show a day that was keyed otherwise than its slip says; tell whether it was."""
        place = self.model.place(write.posting)
        if place is None or not self.model.lines[place].clashes(write.number):
            return False
        self.unfolder.show(place, write.number - 1)
        return True

    def _write(self, writes: Sequence[Write]) -> None:
        assert self.model.sheet is not None, "there are lines"
        month = self.model.sheet.month
        self.keeper.note(Edit(one.posting, month, one.number, one.was, one.now) for one in writes)
        self.model.write((one.posting, one.number, one.now) for one in writes)
        self._written()

    def _tell_part(self, part: Part) -> None:
        self.palette.show_part(part)
        if part != self.grid.base:
            self.say(f"下一个键只填{PART_WORDS[part]}（再按一次取消）")

    # -- commands

    def command(self, name: str) -> None:
        """Carry out what a key, the palette or the menu names."""
        looking: dict[str, Callable[[], object]] = {
            "next": self._next_empty,
            "year": lambda: self._at(lambda index: self.unfolder.show_year(index.row())),
            "unfold": lambda: self._at(lambda index: self.unfolder.open(index.row(), index.column())),
            "slip": lambda: self._at(self._open_slip),
            "copy_heads": lambda: pasting.copy(self.model, *self.grid.rectangle()),
            "copy": lambda: QGuiApplication.clipboard().setText(plans.text(self.model, *self.grid.rectangle())),
        }
        writing: dict[str, Callable[[], object]] = {
            "undo": lambda: self._take_back(forward=False),
            "redo": lambda: self._take_back(forward=True),
            "against": self._go_against,
            "month": self._whole_month,
        }
        looking |= self.beyond
        if name in looking:
            looking[name]()
        elif self._refuses():
            return
        elif name in writing:
            writing[name]()
        elif cells := self.grid.day_cells():
            self._do(self._plan(name, cells))

    def _plan(self, name: str, cells: Sequence[Cell]) -> Plan:
        """Return what a command would do to the chosen cells."""
        care = self.palette.care()
        commands: dict[str, Callable[[MonthModel, Sequence[Cell]], Plan]] = {
            "clear": plans.clear,
            "papers": plans.by_papers,
            "down": partial(plans.down, care=care),
            "right": partial(plans.right, care=care),
            "day_before": partial(plans.earlier, care=care, days=1),
            "week_before": partial(plans.earlier, care=care, days=7),
            "paste": partial(pasting.plan_of, value=QGuiApplication.clipboard().text()),
        }
        return commands[name](self.model, cells)

    def _at(self, then: Callable[[QModelIndex], object]) -> None:
        index = self.grid.currentIndex()
        if index.isValid():
            then(index)

    def _open_slip(self, index: QModelIndex) -> None:
        if not self.unfolder.open_slip(index.row(), index.column()):
            self.say("这一天没有报备单")

    def _go_against(self) -> None:
        self._against = not self._against
        self.say("下一个符号不按报备单，填后请写原因" if self._against else "")

    def _whole_month(self) -> None:
        """Fill the month of the people chosen, of everybody where one cell is."""
        rows = sorted({cell.row for cell in cells}) if len(cells := self.grid.day_cells()) > 1 else ()
        self._do(plans.whole_month(self.model, rows or range(len(self.model.lines)), self.palette.care()))

    def _take_back(self, *, forward: bool) -> None:
        step = self.undo.redoText() if forward else self.undo.undoText()
        word = "重做" if forward else "撤销"
        self.undo.redo() if forward else self.undo.undo()
        self._context.message.clear(_CAUSE)
        self.say(f"已{word}：{step}" if step else f"没有可{word}的操作")
        self.unfolder.renew()

    def _next_empty(self) -> None:
        index = self.grid.currentIndex()
        start = Cell(index.row(), index.column() + 1) if index.isValid() else None
        cell = plans.next_empty(self.model, start)
        if cell is None:
            self.say("到今天为止没有空格")
        else:
            self.grid.go_to(cell)


_CAUSE = "keying"
_MANY = 3
_BY_PAPER = "这一天按报备单，没有填。确与报备单不一致的，先按 T 再按符号，并写明原因"
