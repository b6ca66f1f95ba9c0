"""The entry form of a record, made from its declaration: sections, editors, hints, and problems at the field."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Generic, TypeVar, cast

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QWidget

from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import Problem, Refused
from tuopin_desktop.domain.record import Field, Form, Owner, Record, editable
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.plumbing.drafting import Draft
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.widgets.dayline import DayLine
from tuopin_desktop.ui.widgets.editor import Editor, Unclear
from tuopin_desktop.ui.widgets.editors import PickEditor, SecretEditor, plain_editor
from tuopin_desktop.ui.widgets.oneline import OneLine
from tuopin_desktop.ui.widgets.parts import column, label, mark

R = TypeVar("R", bound=Record)

_WIDE_FROM = 200
_PROBLEM_HEIGHT = 16
_REGION_ONLY = "由自治区工作队管理办公室登记"

Titles = Mapping[str, Mapping[str, str]]
"""Words of the records a reference field may point to, by kind and id."""


class _Cell(QWidget):
    """A field: its label, its editor, the hint where the editor is too narrow for it, and what is wrong."""

    def __init__(self, title: QLabel, editor: Editor, problem: OneLine) -> None:
        super().__init__()
        self._editor = editor
        self._hint = label(editor.field.hint, "hint", wrap=True)
        self._hint.hide()
        self.setLayout(column(title, editor, self._hint, problem, None, gap=2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint.setVisible(not self._editor.take_hint(self.width()))


def dialog_drafts(window: QWidget) -> dict[tuple[str, str], Draft]:
    """Return by (no page, its title) what is typed in the forms of small windows that stand open: label -> words."""
    draft_by_pair: dict[tuple[str, str], Draft] = {}
    dialogs = cast("list[QDialog]", window.findChildren(QDialog))
    for dialog in dialogs:
        forms = cast("list[RecordForm]", dialog.findChildren(RecordForm)) if dialog.isVisible() else []
        for form in forms:
            if values := form.typed():
                fields = {form.editors[name].field.label: text for name, text in values.items()}
                draft_by_pair["", dialog.windowTitle()] = Draft(dialog.windowTitle(), fields)
    return draft_by_pair


class RecordForm(QWidget, Generic[R]):
    """Editors for a kind of record in sections of `columns`; `edited` tells that a person changed something.

    `revealed(record, field)` tells that a masked value was shown in full.
    """

    edited = Signal()
    revealed = Signal(object, str)

    def __init__(
        self,
        cls: type[R],
        office: OfficeView,
        *,
        columns: int = 2,
        leave_out: Collection[str] = (),
        titles: Titles | None = None,
        headings: bool = True,
    ) -> None:
        super().__init__()
        self._cls = cls
        self.act = cls.kind.act
        """What it is to keep what is entered here."""
        self._office = office
        self._titles = titles or {}
        self._record: R = cls()
        self._loaded: dict[str, str] = {}
        self._problem_labels: dict[str, OneLine] = {}
        self._problems: list[Problem] = []
        self._proposals: set[str] = set()
        self.editors: dict[str, Editor] = {}
        fields = [item for item in editable(cls) if item.name not in leave_out]
        self._build(fields, columns, headings)

    def _build(self, fields: Sequence[Field], columns: int, headings: bool) -> None:
        layout = column(gap=6)
        self.setLayout(layout)
        for number, group in enumerate(dict.fromkeys(item.group for item in fields)):
            if number:
                layout.addSpacing(8)
            if headings:
                layout.addWidget(label(group, "section"))
            grid = QGridLayout()
            grid.setHorizontalSpacing(16)
            grid.setVerticalSpacing(5)
            for at in range(columns):
                grid.setColumnStretch(at, 1)
            self._place(grid, [item for item in fields if item.group == group], columns)
            layout.addLayout(grid)
        layout.addStretch(1)

    def _place(self, grid: QGridLayout, items: Sequence[Field], columns: int) -> None:
        line, at = 0, 0
        for item in items:
            span = columns if item.form is Form.LONG or item.limit > _WIDE_FROM else 1
            if at + span > columns:
                line, at = line + 1, 0
            grid.addWidget(self._cell(item), line, at, 1, span)
            at += span

    def _cell(self, item: Field) -> QWidget:
        editor = self._editor(item)
        self.editors[item.name] = editor
        title = label(f"{item.label} *" if item.required else item.label, "label")
        title.setBuddy(editor.input)
        problem = OneLine()
        problem.setProperty("role", "problem")
        problem.setFixedHeight(theme.scaled(self, _PROBLEM_HEIGHT))  # there also while nothing is wrong: nothing moves
        self._problem_labels[item.name] = problem
        if item.owner is Owner.REGION and self._office.level is not Level.REGION:
            editor.lock(_REGION_ONLY)
        editor.edited.connect(self.edited)
        editor.edited.connect(lambda: self._own(item.name))
        if isinstance(editor, SecretEditor):
            editor.revealed.connect(lambda: self.revealed.emit(self._record, item.name))
        editor.changed.connect(lambda: self._mended(item.name))
        return _Cell(title, editor, problem)

    def _editor(self, item: Field) -> Editor:
        if item.form is Form.CHOICE:
            codes = item.codes(self._office.vocabulary)
            return PickEditor(item, codes.labels, codes.code)
        if item.form is Form.REF:
            values = {key: text for kind in item.ref.split(",") for key, text in self._titles.get(kind, {}).items()}
            back = {text: key for key, text in values.items()}
            return PickEditor(item, values, lambda text: back.get(text) or (text if text in values else None))
        return plain_editor(item, self._office.today)

    # -- values

    def load(self, record: R, values: Mapping[str, str] | None = None) -> None:
        """Show a record, and over it what had been typed before."""
        self._record = record
        for name, editor in self.editors.items():
            editor.load(getattr(record, name))
        self._loaded = {name: editor.typed() for name, editor in self.editors.items()}
        for name in tuple(self._proposals):
            self._own(name)
        for name, text in (values or {}).items():
            self.editors[name].retype(text)
        self.show_problems(())

    def typed(self) -> dict[str, str]:
        """Return what was typed and is not saved yet, by field."""
        return {
            name: editor.typed() for name, editor in self.editors.items() if editor.typed() != self._loaded.get(name)
        }

    def texts(self) -> dict[str, str]:
        """Return the words of every field that is not empty and not locked, to be put back by `load`."""
        return {name: text for name, one in self.editors.items() if not one.locked and (text := one.typed())}

    def record(self) -> R:
        """Return the record the form holds; raises Refused when a field cannot be read."""
        record, problems = self.as_read()
        if problems:
            raise Refused(problems)
        return record

    def as_read(self) -> tuple[R, list[Problem]]:
        """Return the record with every field that can be read, and why the others cannot: they are as loaded."""
        values: dict[str, object] = {}
        problems: list[Problem] = []
        for name, editor in self.editors.items():
            try:
                value = editor.read()
            except Unclear as error:
                problems.append(Problem(code="unclear", sentence=error.sentence, fields=(name,)))
                continue
            values[name] = value
        return msgspec.structs.replace(self._record, **values), problems

    def unclear(self) -> list[Problem]:
        """Mark the fields that cannot be read, and return why."""
        try:
            self.record()
        except Refused as refused:
            self.show_problems(refused.problems)
            return list(refused.problems)
        return []

    def put(self, name: str, value: object) -> None:
        """Fill a field as if it had been typed."""
        self.editors[name].load(value)
        self.edited.emit()

    def tint(self, days: Collection[date]) -> None:
        """Mark days in the months that open under its dates."""
        for editor in self.editors.values():
            if isinstance(editor.input, DayLine):
                editor.input.tinted = lambda: days

    def propose(self, name: str, value: object) -> None:
        """Fill a field nobody filled, or only an earlier proposal did; what was typed is never written over."""
        editor = self.editors[name]
        if editor.typed() and name not in self._proposals:
            return
        self._proposals.add(name)
        self.put(name, value)
        mark(editor.input, "proposed", "true")

    def _own(self, name: str) -> None:
        """Somebody typed in a field: what stands there is no proposal any more."""
        self._proposals.discard(name)
        mark(self.editors[name].input, "proposed", "")

    # -- problems

    def show_problems(self, problems: Sequence[Problem]) -> list[Problem]:
        """Show each problem at its fields, go to the first one, and return those that have no field here."""
        self._problems = [problem for problem in problems if not self.editors.keys().isdisjoint(problem.fields)]
        self._mark()
        first = next((name for name in self.editors if any(name in each.fields for each in self._problems)), None)
        if first:
            self.editors[first].setFocus()
        return [problem for problem in problems if problem not in self._problems]

    def _mark(self) -> None:
        for name, sentence in self._problem_labels.items():
            text = "；".join(str(problem) for problem in self._problems if name in problem.fields)
            sentence.setText(text)
            self.editors[name].complain(text)

    def _mended(self, name: str) -> None:
        """Other words stand in a field: what was said of the old ones, here and at fields beside it, holds no more."""
        rest = [problem for problem in self._problems if name not in problem.fields]
        if len(rest) < len(self._problems):
            self._problems = rest
            self._mark()
