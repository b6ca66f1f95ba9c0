"""The rehearsal of an import: every row and cell as it was understood, corrected in place before it is confirmed."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from tuopin_desktop.domain.intake import Cell, Status
from tuopin_desktop.services.sheets import historyrows, mends
from tuopin_desktop.services.sheets.plans import Plan, Preview
from tuopin_desktop.ui.sheets.assigning import AssignLine
from tuopin_desktop.ui.sheets.cadrepanel import CadrePanel, file_columns
from tuopin_desktop.ui.sheets.mendline import MendLine
from tuopin_desktop.ui.sheets.questions import QuestionsPanel
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.keys import on_window_key
from tuopin_desktop.ui.widgets.message import Toasts
from tuopin_desktop.ui.widgets.parts import button, card, column, hide_unless, label, pill, row
from tuopin_desktop.ui.widgets.placing import resize_fitting
from tuopin_desktop.ui.widgets.plain import set_tip
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_TONES = {"new": "ok", "changed": "warn", "same": "quiet", "error": "bad", "asked": "warn"}
_WORDS = {
    "asked": "待确认",
    "error": "需更正",
    "look": "有提示的",
    "new": "新增",
    "changed": "更新",
    "same": "无变化",
}
_GROUNDS = {Status.NOTED: "quiet", Status.WARNING: "warn", Status.ERROR: "bad"}
_CELL_PX = 88
_OUTCOME_PX = 190
_JUDGED = "这里只是检查结果，可以保存更正表"


class PreviewDialog(QDialog):
    """`confirmed` wants the import written, `rejects_wanted` the correction workbook, `other_file_wanted` anew.

    `answered` carries the code of a question and the answer under which the clerk wants the file read again,
    `mended` that of a correction and the right words, `unmended` wants the last correction taken back, `resume_wanted`
    carries the path of a form whose résumé he wants to see.
    """

    confirmed = Signal()
    rejects_wanted = Signal()
    other_file_wanted = Signal()
    answered = Signal(str, str)
    mended = Signal(str, str)
    unmended = Signal()
    resume_wanted = Signal(str)

    def __init__(self, preview: Preview, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preview = preview
        self._part_of = _by_plan(preview)
        self.setWindowTitle(f"导入{kind}：检查结果")
        resize_fitting(self, 1080, 680 if preview.open else 600)
        self.setMinimumSize(760, 420)
        self._build()
        self._tell_counts()
        self._narrow()

    def show_corrected(self, preview: Preview, back: str = "") -> None:
        """Show the file as it is read under one correction more or less, and go on to the next red row.

        `back` is the code of a correction that was taken back: its row is shown again.
        """
        current = self.table.current()
        key = self._key(current) if current is not None else ""
        self.preview = preview
        self._part_of |= _by_plan(preview)  # the table asks once more for the rows it had
        self._tell_counts()
        self._narrow()
        self._part_of = _by_plan(preview)
        self._go_on(key, mends.spot(back) if back else None)

    def wait(self, *, waiting: bool) -> None:
        """Take nothing while the file is read again."""
        self._whole.setEnabled(not waiting)

    def begin(self) -> None:
        """Stand on the first red row, ready for its right words, unless something is asked first."""
        if self.preview.counts.rejected and not self.preview.open:
            self._go_on("", None)

    def _go_on(self, key: str, back: tuple[str, int] | None) -> None:
        """Stand on the row in hand while it is red, then on the next red one; with none left, on the confirmation."""
        plans = [plan for part in self.preview.parts for plan in part.plans]
        places = {self._key(plan): at for at, plan in enumerate(plans)}
        if back is not None:
            key = next((self._key(one) for one in plans if self._spot(one) == back), key)
        at = places.get(key, 0)
        red = [plan for plan in (*plans[at:], *plans[:at]) if plan.action == "error"]
        if red and back is None:
            key = self._key(red[0])
        self.table.select(key)
        self._explain(self.table.current())
        if red or back is not None:
            self.mend.enter()
        elif self._confirm.isEnabled():
            self._confirm.setFocus()

    def _spot(self, plan: Plan) -> tuple[str, int]:
        return self._part_of[id(plan)].sheet, plan.row.number

    def _build(self) -> None:
        names = dict.fromkeys((Path(self.preview.path).name, self._sheets()))
        title = label(" · ".join(names))
        title.setObjectName("title")
        waiting = "下面的提问没有回答之前，所问的部分不会导入。" if self.preview.open else ""
        quiet = label(f"现在什么也没有写入，确认之后才导入。需更正的行不会导入。{waiting}", "quiet")
        self.questions = QuestionsPanel(self.preview.open)
        self.questions.answered.connect(self.answered)
        self.message = Toasts(self)
        self.only = FilterBox("全部行", _WORDS, "按检查结果筛选")
        self.only.chosen.connect(lambda: self._narrow())
        self.table = RecordTable(self._columns(), self._key, "导入检查结果", no_paste=_JUDGED, unprinted=_JUDGED)
        self.table.current_changed.connect(self._explain)
        self._why = label("", "quiet", wrap=True)
        self._why.setMinimumHeight(40)
        self._pills = {name: pill("", tone) for name, tone in _TONES.items()}
        self._skipped = label("", "faint")
        tools = row(self.only, *self._pills.values(), *self._past(), None, self._skipped, margins=(12, 10, 16, 4))
        self.assign = AssignLine(self.preview.intake.header)
        self.assign.assigned.connect(self.answered)
        hide_unless(self.assign, not self.preview.files)
        self.panel = CadrePanel(self.preview) if self.preview.files else None
        if self.panel is not None:
            self.panel.resume_wanted.connect(self.resume_wanted)
        self._build_mending()
        why = row(self._why, *([self.panel] if self.panel else []), margins=(16, 4, 16, 8))
        why.setStretch(0, 1)
        inside = column(tools, self.assign, self.questions, self.table, self.mend, why, gap=2, margins=(1, 0, 1, 0))
        inside.setStretch(3, 1)
        self._notes = label("", "faint", wrap=True)
        layout = column(column(title, quiet, gap=2), card(inside), self._notes, self._feet(), gap=10)
        layout.setContentsMargins(16, 14, 16, 12)
        layout.setStretch(1, 1)
        self._whole = QWidget()  # what waits; a dialog over this one does not
        self._whole.setLayout(layout)
        self.setLayout(column(self._whole, gap=0, margins=(0, 0, 0, 0)))

    def _build_mending(self) -> None:
        self.mend = MendLine()
        self.mend.mended.connect(self.mended)
        self.mend.unmended.connect(self.unmended)
        self.table.opened.connect(lambda _: self.mend.enter())
        self.table.clicked.connect(self._take_item)
        on_window_key(self, "Ctrl+Z", "退回最后一次改正", self.unmended.emit)

    def _feet(self) -> QHBoxLayout:
        self._rejects = button("保存更正表…", self.rejects_wanted.emit, icon="file-down")
        set_tip(self._rejects, "把需更正的行连同原因存成一个工作簿，改好后再导入")
        self._confirm = button("", self._accept, role="primary")
        self.other = button("换一个文件…", self._other)
        return row(self._rejects, self.other, None, button("取消", self.reject), self._confirm)

    def _tell_counts(self) -> None:
        """Say what confirming would do now."""
        counts = self.preview.counts
        numbers = {"new": counts.new, "changed": counts.changed, "same": counts.same, "error": counts.rejected}
        numbers |= {"asked": counts.pending}
        for name, one in self._pills.items():
            one.setText(f"{_WORDS[name]} {numbers[name]}")
        hide_unless(self._pills["asked"], counts.pending > 0)
        hide_unless(self._rejects, counts.rejected > 0)
        self._confirm.setText(self._confirm_words())
        self._confirm.setEnabled(counts.new + counts.changed > 0 and not self._column_open())
        self._skipped.setText(self._passed_over())
        self.mend.tell(mends.number(self.preview.answers))
        lines = list(dict.fromkeys(note for part in self.preview.parts for note in part.notes))
        self._notes.setText("；".join(lines[:_NOTES]))
        hide_unless(self._notes, bool(lines))
        set_tip(self._notes, "\n".join(lines))

    def _past(self) -> list[QWidget]:
        """Return the button by which leave of a sheet becomes history, or new slips again; none for other kinds."""
        if self.preview.kind != historyrows.KIND:
            return []
        past = self.preview.answers.get(historyrows.CODE) == historyrows.PAST.word
        other = historyrows.NEW if past else historyrows.PAST
        stroke = button(other.label, lambda: self.answered.emit(historyrows.CODE, other.word), role="flat")
        set_tip(stroke, "过去的请假登记簿：连同返回、签批、备案一起登记，标明“补录”，不评迟早")
        return [stroke]

    def _column_open(self) -> bool:
        """Tell whether a column waits for an answer: its words would be left out of rows that are written."""
        return any(question.holds == "column" for question in self.preview.open)

    def _sheets(self) -> str:
        if self.preview.files:
            return self.preview.sheet
        names = list(dict.fromkeys(part.sheet for part in self.preview.parts))
        if names == [self.preview.path]:
            return names[0]  # what was pasted has no file beside its name
        return f"工作表“{names[0]}”" if len(names) == 1 else f"{len(names)}张工作表"

    def _key(self, plan: Plan) -> str:
        return f"{self._part_of[id(plan)].sheet}.{plan.row.number}"

    def _place(self, key: str, plan: Plan) -> int:
        """Return the column a plan's own sheet has an item in, -1 where it has none."""
        columns = self._part_of[id(plan)].intake.header.columns
        return next((place for place, item in columns.items() if item.key == key), -1)

    def _columns(self) -> list[Column]:
        items = {item.key: item for part in self.preview.parts for item in part.intake.header.columns.values()}
        columns = [
            Column("行", lambda plan: str(plan.row.number), 48, right=True, sort=lambda plan: plan.row.number),
            Column("结果", lambda plan: plan.label, 84, tone=lambda plan: _TONES[plan.action]),
            Column("将会怎样", _outcome, _OUTCOME_PX, tip=_outcome),
        ]
        if self.preview.more:
            columns.insert(0, Column("工作表", lambda plan: self._part_of[id(plan)].sheet, 120))
        columns += file_columns(self.preview) if self.preview.files else []
        for key, item in items.items():
            place = partial(self._place, key)
            width = max(item.field.width, _CELL_PX)
            columns.append(Column(item.heading, _raw(place), width, ground=_ground(place), tip=_tip(place)))
        self._keys = [""] * (len(columns) - len(items)) + list(items)
        return columns

    def _take_item(self, index: QModelIndex) -> None:
        """Take the cell that was clicked as the one to be corrected."""
        self.mend.choose(self._keys[index.column()])

    def _narrow(self) -> None:
        target = self.only.code()
        plans = [plan for part in self.preview.parts for plan in part.plans if _fits(plan, target)]
        self.table.replace_rows(plans)
        self._explain(self.table.current())

    def _explain(self, plan: Plan | None) -> None:
        if self.panel is not None:
            self.panel.show_plan(plan)
        self.mend.show_plan(self._part_of[id(plan)] if plan is not None else None, plan)
        if plan is None:
            self._why.setText("选中一行看原因。底色：红为需更正，黄为请核对，蓝为程序的理解（鼠标指向该格有说明）。")
            return
        cells = [cell for cell in plan.row.cells if cell.message]
        lines = [f"{cell.column.heading}：{cell.message}" for cell in sorted(cells, key=_gravity)]
        if plan.effect:
            lines.insert(0, plan.effect)
        self._why.setText(f"第{plan.row.number}行，{plan.label}。" + ("；".join(lines) or "没有问题。"))

    def _passed_over(self) -> str:
        number = sum(len(part.intake.skipped) for part in self.preview.parts)
        return f"合计、备注等 {number} 行不是数据，没有读入" if number else ""

    def _confirm_words(self) -> str:
        counts = self.preview.counts
        return f"确认导入 {counts.new + counts.changed} 行"

    def _accept(self) -> None:
        self.confirmed.emit()
        self.accept()

    def _other(self) -> None:
        self.reject()
        self.other_file_wanted.emit()


def _by_plan(preview: Preview) -> dict[int, Preview]:
    return {id(plan): part for part in preview.parts for plan in part.plans}


def _fits(plan: Plan, target: str) -> bool:
    if target == "look":
        return any(cell.status >= Status.NOTED for cell in plan.row.cells)
    return not target or plan.action == target


def _outcome(plan: Plan) -> str:
    """Return what a row would do: a new record by its name, of one that is kept what would be another."""
    names = [str(value) for key, value in plan.row.values.items() if key.endswith(".name") and value]
    return f"{plan.label} {names[0]}" if plan.action == "new" and names else plan.effect


def _gravity(cell: Cell) -> int:
    return -int(cell.status)


def _cell(plan: Plan, place: int) -> Cell | None:
    cells = [cell for cell in plan.row.cells if cell.place == place]
    return max(cells, key=lambda cell: cell.status, default=None)


_Place = Callable[[Plan], int]
_NOTES = 4
"""Notes that stand below the rows; all of them are in the tip."""


def _raw(place: _Place) -> Callable[[Plan], str]:
    def brief(plan: Plan) -> str:
        at = place(plan)
        raw = plan.row.raw[at] if 0 <= at < len(plan.row.raw) else None
        return "" if raw is None else str(raw)

    return brief


def _ground(place: _Place) -> Callable[[Plan], str]:
    def ground(plan: Plan) -> str:
        cell = _cell(plan, place(plan))
        return _GROUNDS.get(cell.status, "") if cell else ""

    return ground


def _tip(place: _Place) -> Callable[[Plan], str]:
    def tip(plan: Plan) -> str:
        cell = _cell(plan, place(plan))
        return cell.message if cell else ""

    return tip
