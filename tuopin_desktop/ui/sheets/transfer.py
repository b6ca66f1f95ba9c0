"""Excel on a page: an empty template, an import rehearsed row by row before it is confirmed, an export."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from tuopin_desktop.domain.columns import label_of
from tuopin_desktop.domain.intake import Cell, Status
from tuopin_desktop.domain.intake.cadreforms import ResumeLine
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.services.office import files
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.sheets import doors, historyrows, intake, takeback
from tuopin_desktop.services.sheets.intake import Plan, Preview
from tuopin_desktop.services.sheets.sources import Source
from tuopin_desktop.services.sheets.takeback import Imported
from tuopin_desktop.ui.plumbing.runner import all_but_last
from tuopin_desktop.ui.sheets.assigning import AssignLine
from tuopin_desktop.ui.sheets.cadrepanel import CadrePanel, ResumeDialog, file_columns, read_resume
from tuopin_desktop.ui.sheets.questions import QuestionsPanel
from tuopin_desktop.ui.widgets.ask import SHEETS, ask_files, ask_folder, ask_open, ask_save
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.message import Toasts
from tuopin_desktop.ui.widgets.page import PageContext
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
_JUDGED = "这里只是检查结果，可以保存更正表"


class PreviewDialog(QDialog):
    """`confirmed` wants the import written, `rejects_wanted` the correction workbook, `other_file_wanted` anew.

    `answered` carries the code of a question and the answer under which the clerk wants the file read again,
    `resume_wanted` the path of a form whose résumé he wants to see.
    """

    confirmed = Signal()
    rejects_wanted = Signal()
    other_file_wanted = Signal()
    answered = Signal(str, str)
    resume_wanted = Signal(str)

    def __init__(self, preview: Preview, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preview = preview
        self._part_of = {id(plan): part for part in preview.parts for plan in part.plans}
        self.setWindowTitle(f"导入{kind}：检查结果")
        resize_fitting(self, 1080, 680 if preview.open else 600)
        self.setMinimumSize(760, 420)
        self._build()
        self._narrow()

    def _build(self) -> None:
        counts = self._preview.counts
        names = dict.fromkeys((Path(self._preview.path).name, self._sheets()))
        title = label(" · ".join(names))
        title.setObjectName("title")
        waiting = "下面的提问没有回答之前，所问的部分不会导入。" if self._preview.open else ""
        quiet = label(f"现在什么也没有写入，确认之后才导入。需更正的行不会导入。{waiting}", "quiet")
        self.questions = QuestionsPanel(self._preview.open)
        self.questions.answered.connect(self.answered)
        self.message = Toasts(self)
        self.only = FilterBox("全部行", _WORDS, "按检查结果筛选")
        self.only.chosen.connect(lambda: self._narrow())
        self.table = RecordTable(self._columns(), self._key, "导入检查结果", no_paste=_JUDGED, unprinted=_JUDGED)
        self.table.current_changed.connect(self._explain)
        self._why = label("", "quiet", wrap=True)
        self._why.setMinimumHeight(40)
        tools = row(
            self.only, *self._pills(), *self._past(), None, label(self._passed_over(), "faint"), margins=(12, 10, 16, 4)
        )
        self.assign = AssignLine(self._preview.intake.header)
        self.assign.assigned.connect(self.answered)
        hide_unless(self.assign, not self._preview.files)
        self.panel = CadrePanel(self._preview) if self._preview.files else None
        if self.panel is not None:
            self.panel.resume_wanted.connect(self.resume_wanted)
        why = row(self._why, *([self.panel] if self.panel else []), margins=(16, 4, 16, 8))
        why.setStretch(0, 1)
        inside = column(tools, self.assign, self.questions, self.table, why, gap=2, margins=(1, 0, 1, 0))
        inside.setStretch(3, 1)
        self._rejects = button("保存更正表…", self.rejects_wanted.emit, icon="file-down")
        set_tip(self._rejects, "把需更正的行连同原因存成一个工作簿，改好后再导入")
        hide_unless(self._rejects, counts.rejected > 0)
        self._confirm = button(self._confirm_words(), self._accept, role="primary")
        self._confirm.setEnabled(counts.new + counts.changed > 0 and not self._column_open())
        self.other = button("换一个文件…", self._other)
        feet = row(self._rejects, self.other, None, button("取消", self.reject), self._confirm)
        layout = column(column(title, quiet, gap=2), card(inside), self._notes(), feet, gap=10)
        layout.setContentsMargins(16, 14, 16, 12)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _pills(self) -> list[QLabel]:
        counts = self._preview.counts
        numbers = {"new": counts.new, "changed": counts.changed, "same": counts.same, "error": counts.rejected}
        numbers |= {"asked": counts.pending} if counts.pending else {}
        return [pill(f"{_WORDS[name]} {number}", _TONES[name]) for name, number in numbers.items()]

    def _past(self) -> list[QWidget]:
        """Return the button by which leave of a sheet becomes history, or new slips again; none for other kinds."""
        if self._preview.kind != historyrows.KIND:
            return []
        past = self._preview.answers.get(historyrows.CODE) == historyrows.PAST.word
        other = historyrows.NEW if past else historyrows.PAST
        stroke = button(other.label, lambda: self.answered.emit(historyrows.CODE, other.word), role="flat")
        set_tip(stroke, "过去的请假登记簿：连同返回、签批、备案一起登记，标明“补录”，不评迟早")
        return [stroke]

    def _notes(self) -> QLabel:
        lines = list(dict.fromkeys(note for part in self._preview.parts for note in part.notes))
        notes = label("；".join(lines[:_NOTES]), "faint", wrap=True)
        hide_unless(notes, bool(lines))
        set_tip(notes, "\n".join(lines))
        return notes

    def _column_open(self) -> bool:
        """Tell whether a column waits for an answer: its words would be left out of rows that are written."""
        return any(question.holds == "column" for question in self._preview.open)

    def _sheets(self) -> str:
        if self._preview.files:
            return self._preview.sheet
        names = list(dict.fromkeys(part.sheet for part in self._preview.parts))
        if names == [self._preview.path]:
            return names[0]  # what was pasted has no file beside its name
        return f"工作表“{names[0]}”" if len(names) == 1 else f"{len(names)}张工作表"

    def _key(self, plan: Plan) -> str:
        return f"{self._part_of[id(plan)].sheet}.{plan.row.number}"

    def _place(self, key: str, plan: Plan) -> int:
        """Return the column a plan's own sheet has an item in, -1 where it has none."""
        columns = self._part_of[id(plan)].intake.header.columns
        return next((place for place, item in columns.items() if item.key == key), -1)

    def _columns(self) -> list[Column]:
        items = {item.key: item for part in self._preview.parts for item in part.intake.header.columns.values()}
        columns = [
            Column("行", lambda plan: str(plan.row.number), 48, right=True, sort=lambda plan: plan.row.number),
            Column("结果", lambda plan: plan.label, 84, tone=lambda plan: _TONES[plan.action]),
        ]
        if self._preview.more:
            columns.insert(0, Column("工作表", lambda plan: self._part_of[id(plan)].sheet, 120))
        columns += file_columns(self._preview) if self._preview.files else []
        for key, item in items.items():
            place = partial(self._place, key)
            width = max(item.field.width, _CELL_PX)
            columns.append(Column(item.heading, _raw(place), width, ground=_ground(place), tip=_tip(place)))
        return columns

    def _narrow(self) -> None:
        target = self.only.code()
        plans = [plan for part in self._preview.parts for plan in part.plans if _fits(plan, target)]
        self.table.replace_rows(plans)
        self._explain(None)

    def _explain(self, plan: Plan | None) -> None:
        if self.panel is not None:
            self.panel.show_plan(plan)
        if plan is None:
            self._why.setText("选中一行看原因。底色：红为需更正，黄为请核对，蓝为程序的理解（鼠标指向该格有说明）。")
            return
        cells = [cell for cell in plan.row.cells if cell.message]
        lines = [f"{cell.column.heading}：{cell.message}" for cell in sorted(cells, key=_gravity)]
        self._why.setText(f"第{plan.row.number}行，{plan.label}。" + ("；".join(lines) or "没有问题。"))

    def _passed_over(self) -> str:
        number = sum(len(part.intake.skipped) for part in self._preview.parts)
        return f"合计、备注等 {number} 行不是数据，没有读入" if number else ""

    def _confirm_words(self) -> str:
        counts = self._preview.counts
        return f"确认导入 {counts.new + counts.changed} 行"

    def _accept(self) -> None:
        self.confirmed.emit()
        self.accept()

    def _other(self) -> None:
        self.reject()
        self.other_file_wanted.emit()


def _fits(plan: Plan, target: str) -> bool:
    if target == "look":
        return any(cell.status >= Status.NOTED for cell in plan.row.cells)
    return not target or plan.action == target


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


FORMS = "干部任免审批表 (*.lrmx *.lrm)"
READABLE = "表格文件 (*.xlsx *.xls *.et *.ods *.csv);;所有文件 (*)"


def save_template(desk: Desk, kind: str, path: Path) -> Path:
    """Write the empty workbook; runs in the worker thread."""
    return files.write(desk, path, intake.template(desk, kind))


def save_export(
    desk: Desk, kind: str, where: Mapping[str, str], path: Path, *, reveal: bool = False, bare: bool = False
) -> Path:
    """Write the register as a workbook, personal data in full, masked or left out; runs in the worker thread."""
    return files.write(desk, path, intake.export(desk, kind, where, reveal=reveal, bare=bare))


def save_rejects(desk: Desk, preview: Preview, path: Path) -> Path:
    """Write the correction workbook; runs in the worker thread."""
    return files.write(desk, path, intake.rejects(desk, preview))


def _called(sources: Sequence[Source]) -> str:
    first = sources[0].name if isinstance(sources[0], Path) else "粘贴的内容"
    return first if len(sources) == 1 else f"{len(sources)}个文件"


class Exchange:
    """Excel for one kind of sheet, on behalf of a page."""

    def __init__(self, context: PageContext, kind: str) -> None:
        self._context = context
        self.kind = kind
        self._label = label_of(kind)
        self.dialog: PreviewDialog | None = None
        self.resume: ResumeDialog | None = None
        self._sources: Sequence[Source] = ()

    def import_(self) -> None:
        """Ask for a file and rehearse it."""
        ask_open(self._context.window, f"选择要导入的{self._label}", READABLE, self.rehearse)

    def import_forms(self, *, folder: bool) -> None:
        """Ask for forms of cadres, single files or a whole folder, and rehearse them together."""
        window, title = self._context.window, "选择干部任免审批表"
        if folder:
            ask_folder(window, f"{title}所在的文件夹", "forms", self.rehearse, files=True)
        else:
            ask_files(window, title, FORMS, self.rehearse_all)

    def rehearse(self, source: Source) -> None:
        """Read and judge a file, or what was pasted; nothing is written."""
        self.rehearse_all([source])

    def rehearse_all(self, sources: Sequence[Source]) -> None:
        """Read and judge what was chosen or dropped, the first of what does not belong together; nothing is written."""
        self._sources, *others = doors.groups(self.kind, sources)
        later = f"，一次检查一个，另外{len(others)}个请随后再导入" if others else ""
        self._context.message.say(f"正在读取并检查 {_called(self._sources)} ……{later}", "quiet")
        self._context.ask(doors.rehearse, self.kind, self._sources, then=self._show)

    def template(self) -> None:
        """Ask where to save the empty workbook."""
        self._save(f"{self._label}模板.xlsx", all_but_last(save_template, self.kind))

    def export(self, where: Mapping[str, str], *, reveal: bool = False, bare: bool = False) -> None:
        """Ask where to save the register; with `reveal` personal data are in it in full, and that is noted.

        A `bare` one goes to other offices, without the personal columns.
        """
        day = self._context.office.today
        full = "（完整）" if reveal else "（不含个人信息）" if bare else ""
        kind, wanted = self.kind, dict(where)
        self._save(
            f"{self._label}{full} {day:%Y%m%d}.xlsx",
            lambda desk, path: save_export(desk, kind, wanted, path, reveal=reveal, bare=bare),
        )

    def _show(self, preview: Preview) -> None:
        self._context.message.clear()
        self.dialog = PreviewDialog(preview, self._label, self._context.window)
        hide_unless(self.dialog.other, all(isinstance(one, Path) for one in self._sources))
        self.dialog.confirmed.connect(lambda: self._context.ask(takeback.confirm, preview, then=self._tell_counts))
        self.dialog.rejects_wanted.connect(lambda: self._rejects(preview))
        again = partial(self.import_forms, folder=False) if preview.files else self.import_
        self.dialog.other_file_wanted.connect(again)
        self.dialog.resume_wanted.connect(self._ask_resume)
        self.dialog.answered.connect(lambda code, word: self._reread(preview, {code: word}))
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    def _ask_resume(self, path: str) -> None:
        """Show the résumé of one form over the rehearsal."""
        dialog = self.dialog
        assert dialog is not None, "the wish came from it"

        def show(lines: Sequence[ResumeLine]) -> None:
            self.resume = ResumeDialog(Path(path).name, lines, dialog)
            self.resume.open()

        self._context.asker.ask(read_resume, path, then=show, failed=dialog.message.complain)

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _reread(self, preview: Preview, answer: Mapping[str, str]) -> None:
        """Read the file again under one more answer of the clerk; the dialog waits and is then replaced."""
        dialog = self.dialog
        assert dialog is not None, "the wish came from it"
        dialog.setEnabled(False)

        def read(other: Preview) -> None:
            if self.dialog is dialog:
                dialog.reject()
                self._show(other)

        def failed(error: Refused | Trouble) -> None:
            if self.dialog is dialog:
                dialog.setEnabled(True)
                dialog.message.complain(error)

        answers = {**preview.answers, **answer}
        self._context.asker.ask(doors.rehearse, self.kind, self._sources, answers, then=read, failed=failed)

    def _tell_counts(self, imported: Imported) -> None:
        """Say what was written; one stroke takes all of it back."""

        def undo() -> None:
            self._context.ask(takeback.take_back, imported, then=self._context.message.say)

        self._context.message.say(imported.sentence, undo=undo if imported.after else None)

    def _rejects(self, preview: Preview) -> None:
        self._save(f"{Path(preview.path).stem} 需更正.xlsx", all_but_last(save_rejects, preview))

    def _save(self, name: str, function: Callable[[Desk, Path], Path]) -> None:
        def chosen(path: Path) -> None:
            self._context.ask(function, path, then=self._written)

        ask_save(self._context.window, "保存到", name, SHEETS, chosen)

    def _written(self, path: Path) -> None:
        where = self._context.message if self.dialog is None else self.dialog.message
        where.say_file(path)
